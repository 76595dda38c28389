import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Suppléance: the district's team knows which worker stands in. */
export const Relay: TypePolicy = {
  fr: 'Suppléance',
  en: 'Relay',
  fields: {
    district: { to: forWhom.itsDistrictTeam, fr: 'circonscription' },
    absentWorker: { to: forWhom.itsDistrictTeam, fr: 'agent absent' },
    standIn: { to: forWhom.itsDistrictTeam, fr: 'suppléant' },
    startsAt: { to: forWhom.itsDistrictTeam, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.itsDistrictTeam, fr: 'fin', en: 'end' },
    id: { to: forWhom.itsDistrictTeam, ...ID },
    version: { to: forWhom.itsDistrictTeam, ...VERSION },
  },
};
