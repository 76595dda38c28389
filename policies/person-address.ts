import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Reached through `Person.address` alone, which has judged the row. */
export const PersonAddress: TypePolicy = {
  line: forWhom.whoMayKnowPersons,
  postalCode: forWhom.whoMayKnowPersons,
  city: forWhom.whoMayKnowPersons,
  confidential: forWhom.whoMayKnowPersons,
  version: forWhom.whoMayKnowPersons,
};
