import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

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
