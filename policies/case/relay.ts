import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Suppléance: the district's team knows who stands in. */
export const Relay: TypePolicy = {
  id: forWhom.itsDistrictTeam,
  district: forWhom.itsDistrictTeam,
  absentWorker: forWhom.itsDistrictTeam,
  standIn: forWhom.itsDistrictTeam,
  startsAt: forWhom.itsDistrictTeam,
  endsAt: forWhom.itsDistrictTeam,
  version: forWhom.itsDistrictTeam,
};
