import { randomUUID } from 'node:crypto';
import { makePersonReference } from '../../../prisma/seed/references.js';
import { DEVELOPMENT_ISSUER } from '../../../src/auth/development-issuer.js';
import { ahead } from '../days.js';
import { SECURE_DRAW } from '../draw.js';
import { ownId, type UsualRows } from './table.js';

export const personTables = {
  person: () => ({
    ...ownId(),
    reference: makePersonReference(SECURE_DRAW, 8),
    givenName: 'Ana',
    familyName: 'Petit',
    safeContact: 'NONE',
  }),
  personAddress: () => ({ ...ownId(), line: '3 rue des Lilas', postalCode: '93270', city: 'Sevran' }),
  safeAddress: () => ({ line: 'chez une amie', postalCode: '93270', city: 'Sevran' }),
  withheldPlace: () => ({}),
  homeWord: ownId,
  personAccount: () => ({ ...ownId(), issuer: DEVELOPMENT_ISSUER, subject: randomUUID() }),
  personKnown: () => ({}),
  contactProposal: () => ({ ...ownId(), safeContact: 'NEUTRAL_TEXT' }),
  contactWord: () => ({
    ...ownId(),
    saidAs: 'OTHER_CASE',
    kind: 'SAFE_CONTACT',
    said: { safe_contact: 'LETTER' },
    countsFrom: ahead(2),
  }),
  agreedWord: () => ({}),
  lookUpTurn: () => ({}),
} satisfies UsualRows;
