import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

/**
 * That a notice was given, as a worker states it. Which worker: the worker who follows the person reads it, and the person. To anyone else it
 * would be a list of the workers who give notices.
 */
export const NoticeReceipt: TypePolicy = {
  id: forWhom.whoKnowsThePerson,
  notice: forWhom.whoKnowsThePerson,
  channel: forWhom.whoKnowsThePerson,
  givenAt: forWhom.whoKnowsThePerson,
  statedBy: or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves),
};
