import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const whoSeesTheNeed = or(forWhom.whoFollowsTheCase, forWhom.whoOpenedTheCase);

/** Besoin: for who follows the case, and for who entered it. */
export const Need: TypePolicy = {
  id: whoSeesTheNeed,
  code: whoSeesTheNeed,
  person: whoSeesTheNeed,
  startsOn: whoSeesTheNeed,
  endsOn: whoSeesTheNeed,
  version: whoSeesTheNeed,
};
