import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

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
