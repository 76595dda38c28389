import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

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
  email: forWhom.whoKnowsThePerson,
  safeContact: forWhom.whoKnowsThePerson,
  confirmNothing: forWhom.whoKnowsThePerson,
  contactSuspended: forWhom.whoKnowsThePerson,
  objectsToStatistics: forWhom.whoKnowsThePerson,
  provisional: forWhom.whoKnowsThePerson,
  language: forWhom.whoKnowsThePerson,
  communicationNeeds: forWhom.whoKnowsThePerson,
  version: forWhom.whoKnowsThePerson,
  noticeReceipts: forWhom.whoKnowsThePerson,
  // A confidential address is no address for whom it is not: its loader decides by its row.
  address: forWhom.whoKnowsThePerson,
  contactProposal: or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves),
  safeAddress: or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves),

  // Those shown. Others look up the cases of one person at a time, and never of a list of persons.
  cases: forWhom.thePersonThemselves,

  // Where they are sent: to them, what concerns them alone and is shown; to the desk, that they are.
  referrals: forWhom.thePersonThemselves,
  referralMentions: forWhom.theDeskThatFoundThem,
};
