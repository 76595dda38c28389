import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const names = or(forWhom.colleagues, forWhom.thePersonConcerned);

/** Agent. */
export const Worker: TypePolicy = {
  id: names,
  displayName: names,
  givenName: names,
  familyName: names,
  memberships: or(forWhom.administrators, forWhom.theWorkerThemselves),
  disabledAt: forWhom.administrators,
  version: forWhom.administrators,
};
