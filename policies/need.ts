import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { allow } from './rules.js';

/** Besoin: for who follows the case. */
export const Need: TypePolicy = {
  id: forWhom.whoFollowsTheCase,
  code: forWhom.whoFollowsTheCase,
  person: forWhom.whoFollowsTheCase,
  startsOn: forWhom.whoFollowsTheCase,
  endsOn: forWhom.whoFollowsTheCase,
  version: forWhom.whoFollowsTheCase,
};

/** The nomenclature is public. */
export const NeedCode: TypePolicy = {
  code: allow,
  theme: allow,
  labelFr: allow,
  labelEn: allow,
  definitionFr: allow,
  countsFr: allow,
  doesNotCountFr: allow,
  sensitive: allow,
};
