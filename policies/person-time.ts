import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { allow } from './rules.js';

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
