import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { or } from './rules.js';

/** As the worker states it. To others than who follows the person it would be a list of who informs whom. */
export const NoticeReceipt: TypePolicy = {
  id: forWhom.whoKnowsThePerson,
  notice: forWhom.whoKnowsThePerson,
  channel: forWhom.whoKnowsThePerson,
  givenAt: forWhom.whoKnowsThePerson,
  statedBy: or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves),
};
