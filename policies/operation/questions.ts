import type { FieldPolicies } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  errorCodes: { to: allow, fr: 'codes d’erreur', en: 'error codes' },
};
