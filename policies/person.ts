import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { allow } from './rules.js';

/** Personne accompagnée. */
export const Person: TypePolicy = {
  id: forWhom.whoKnowsTheName,
  displayName: forWhom.whoKnowsTheName,
  givenName: forWhom.whoKnowsTheName,
  familyName: forWhom.whoKnowsTheName,
  chosenName: forWhom.whoKnowsTheName,

  reference: forWhom.whoKnowsThePerson,
  birthDate: forWhom.whoKnowsThePerson,
  phone: forWhom.whoKnowsThePerson,
  safeContact: forWhom.whoKnowsThePerson,
  version: forWhom.whoKnowsThePerson,
  noticeReceipts: forWhom.whoKnowsThePerson,
  // A confidential address is no address for whom it is not: its loader decides by its row.
  address: forWhom.whoKnowsThePerson,

  // At the desk, to route; online, those shown. A case is never found by way of a person otherwise.
  cases: forWhom.theDeskOrThePerson,
};

/** Reached through `Person.address` alone, which has judged the row. */
export const PersonAddress: TypePolicy = {
  line: forWhom.whoMayKnowPersons,
  postalCode: forWhom.whoMayKnowPersons,
  city: forWhom.whoMayKnowPersons,
  confidential: forWhom.whoMayKnowPersons,
  version: forWhom.whoMayKnowPersons,
};

/** What a look-up answers: no fact of any case. */
export const PersonMatch: TypePolicy = {
  id: forWhom.whoLooksUp,
  displayName: forWhom.whoLooksUp,
  birthYear: forWhom.whoLooksUp,
  reference: forWhom.whoLooksUp,
};

/** As the worker states it. Reached through `Person.noticeReceipts` alone. */
export const NoticeReceipt: TypePolicy = {
  id: forWhom.whoMayKnowPersons,
  notice: forWhom.whoMayKnowPersons,
  channel: forWhom.whoMayKnowPersons,
  givenAt: forWhom.whoMayKnowPersons,
  statedBy: forWhom.whoMayKnowPersons,
};

/** The notices are public. */
export const PrivacyNotice: TypePolicy = {
  id: allow,
  kind: allow,
  version: allow,
  textFr: allow,
  textEn: allow,
  publishedOn: allow,
};
