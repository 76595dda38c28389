import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** Who sees what is public. */
export const PolicyMatrix: TypePolicy = { standpoints: allow, types: allow, actions: allow };
export const PolicyStandpoint: TypePolicy = {
  key: allow,
  roleFr: allow,
  roleEn: allow,
  labelFr: allow,
  labelEn: allow,
  descriptionFr: allow,
  descriptionEn: allow,
};
export const PolicyType: TypePolicy = { name: allow, labelFr: allow, labelEn: allow, fields: allow };
export const PolicyRule: TypePolicy = {
  coordinate: allow,
  labelFr: allow,
  labelEn: allow,
  ruleFr: allow,
  ruleEn: allow,
  openTo: allow,
  closedTo: allow,
};
