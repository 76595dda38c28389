import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  notifications: {
    to: forWhom.workers,
    fr: 'avis qui lui sont adressés',
    en: 'one’s own notifications',
    where: { fr: 'les leurs', en: 'their own notifications' },
  },
};
