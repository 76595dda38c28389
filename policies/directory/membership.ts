import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const administratorOrHolder = or(forWhom.administrators, forWhom.itsHolder);

/** Appartenance, over time. */
export const Membership: TypePolicy = {
  id: administratorOrHolder,
  role: administratorOrHolder,
  district: administratorOrHolder,
  startsAt: administratorOrHolder,
  endsAt: administratorOrHolder,
  endConfirmedAt: administratorOrHolder,
  version: administratorOrHolder,
};
