import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  openCalendarFeed: {
    to: forWhom.whoKeepsFeeds,
    fr: 'suivre son agenda sur un téléphone',
    en: 'open a calendar of one’s own appointments for a telephone',
    where: { fr: 'de leurs propres rendez-vous', en: 'for their own appointments' },
  },
  revokeCalendarFeed: {
    to: forWhom.whoKeepsFeeds,
    fr: 'ne plus le suivre',
    en: 'revoke a calendar feed',
    where: { fr: 'les leurs', en: 'their own calendar feeds' },
  },
};
