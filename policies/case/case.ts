import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

/** Dossier social. That it exists is known to the district; what it says, to who follows it; notes, to one. */
export const Case: TypePolicy = {
  id: forWhom.whoKnowsOfTheCase,
  reference: forWhom.whoKnowsOfTheCase,
  status: forWhom.whoKnowsOfTheCase,
  assignedWorker: forWhom.whoKnowsOfTheCase,
  district: forWhom.whoKnowsOfTheCase,
  openedAt: forWhom.whoKnowsOfTheCase,
  closedAt: forWhom.whoKnowsOfTheCase,
  version: forWhom.whoKnowsOfTheCase,

  plannedReassignment: forWhom.whoSeesTheReassignmentOfTheCase,
  mission: or(forWhom.whoFollowsTheCase, forWhom.whoAllocatesTheCase, forWhom.whoOpenedTheCase),
  persons: or(forWhom.whoFollowsTheCase, forWhom.whoAllocatesTheCase, forWhom.whoOpenedTheCase),
  needs: or(forWhom.whoFollowsTheCase, forWhom.whoOpenedTheCase),
  referrals: forWhom.whoFollowsTheCase,
  appointments: forWhom.whoFollowsTheCase,
  nextAppointment: forWhom.whoFollowsTheCase,

  looseEnds: forWhom.whoKeepsTheCase,

  interviewNotes: forWhom.theAssignedWorker,
};

/** What is loose in the case that they are about to close. */
export const LooseEnds: TypePolicy = {
  appointments: forWhom.whoKeepsTheCase,
  needs: forWhom.whoKeepsTheCase,
};
