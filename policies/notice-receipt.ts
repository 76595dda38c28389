import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** As the worker states it. */
export const NoticeReceipt: TypePolicy = {
  id: forWhom.whoKnowsThePerson,
  notice: forWhom.whoKnowsThePerson,
  channel: forWhom.whoKnowsThePerson,
  givenAt: forWhom.whoKnowsThePerson,
  statedBy: forWhom.whoKnowsThePerson,
};
