import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  calendarFeeds: {
    to: forWhom.whoKeepsFeeds,
    fr: 'agendas suivis',
    en: 'calendar feeds',
    where: { fr: 'les leurs', en: 'their own calendar feeds' },
  },
};
