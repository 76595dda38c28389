import { randomUUID } from 'node:crypto';
import { DEVELOPMENT_ISSUER } from '../../../src/auth/development-issuer.js';
import { ownId, type UsualRows } from './table.js';

export const directoryTables = {
  district: () => ({
    ...ownId(),
    addressLine: '1 rue de la Mairie',
    postalCode: '93270',
    communeCode: '93071',
    phone: '01 99 00 00 00',
  }),
  commune: () => ({}),
  openingHours: () => ({ ...ownId(), opensAt: '09:00', closesAt: '17:00' }),
  districtPlace: () => ({}),
  publicHoliday: () => ({}),
  worker: () => ({ ...ownId(), issuer: DEVELOPMENT_ISSUER, subject: randomUUID(), givenName: 'Agent' }),
  membership: () => ({ ...ownId(), role: 'SOCIAL_WORKER', startsAt: '2020-01-01T00:00:00Z' }),
  client: () => ({
    ...ownId(),
    issuer: DEVELOPMENT_ISSUER,
    clientId: `client.${randomUUID()}`,
    kind: 'FRONT_END',
    name: 'Essai',
  }),
  suspension: () => ({ ...ownId(), what: 'ACCOUNT' }),
  notification: ownId,
} satisfies UsualRows;
