import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** With the viewer's relation to its person. A confidential one is for fewer. */
export const PersonAddress: TypePolicy = {
  line: forWhom.whoKnowsTheAddress,
  postalCode: forWhom.whoKnowsTheAddress,
  city: forWhom.whoKnowsTheAddress,
  confidential: forWhom.whoKnowsTheAddress,
  version: forWhom.whoKnowsTheAddress,
};
