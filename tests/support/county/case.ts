import { makeCaseReference } from '../../../prisma/seed/references.js';
import { ago, ahead } from '../days.js';
import { SECURE_DRAW } from '../draw.js';
import { ownId, type UsualRows } from './table.js';

export const caseTables = {
  case: () => ({ ...ownId(), reference: makeCaseReference(SECURE_DRAW), mission: 'POLYVALENCE' }),
  casePerson: () => ({}),
  caseKey: () => ({}),
  assignment: ownId,
  plannedReassignment: () => ({ ...ownId(), takesEffectAt: ahead(3) }),
  absence: () => ({ ...ownId(), startsAt: ago(1) }),
  relay: () => ({ ...ownId(), startsAt: ago(1), endsAt: ahead(9) }),
  needCode: () => ({}),
  need: () => ({ ...ownId(), startsOn: ago(1) }),
} satisfies UsualRows;
