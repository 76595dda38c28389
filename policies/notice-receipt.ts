import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** As the worker states it. Reached through `Person.noticeReceipts` alone. */
export const NoticeReceipt: TypePolicy = {
  id: forWhom.whoMayKnowPersons,
  notice: forWhom.whoMayKnowPersons,
  channel: forWhom.whoMayKnowPersons,
  givenAt: forWhom.whoMayKnowPersons,
  statedBy: forWhom.whoMayKnowPersons,
};
