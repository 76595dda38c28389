import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** A declared absence, never its cause. */
export const Absence: TypePolicy = {
  id: forWhom.itsDistrictTeam,
  worker: forWhom.itsDistrictTeam,
  startsAt: forWhom.itsDistrictTeam,
  endsAt: forWhom.itsDistrictTeam,
  contradictedAt: forWhom.itsDistrictTeam,
  version: forWhom.itsDistrictTeam,
};
