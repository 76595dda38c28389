import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** When someone comes, or came: told to them at the counter, by the desk to which they came. */
export const PersonTime: TypePolicy = {
  startsAt: forWhom.theDeskOfTheVisit,
  endsAt: forWhom.theDeskOfTheVisit,
  mode: forWhom.theDeskOfTheVisit,
  place: forWhom.theDeskOfTheVisit,
  publicLabel: forWhom.theDeskOfTheVisit,
};

/** One sentence, which tells nothing. */
export const TimesSentAgain: TypePolicy = { text: allow };
