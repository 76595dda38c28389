import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { or } from './rules.js';

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
