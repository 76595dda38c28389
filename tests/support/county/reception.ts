import { ownId, type UsualRows } from './table.js';

export const receptionTables = {
  visit: () => ({ ...ownId(), kind: 'WALK_IN' }),
  message: ownId,
  messageText: () => ({ ...ownId(), text: 'Rappelez-nous' }),
  encounter: ownId,
  encounterKey: () => ({}),
} satisfies UsualRows;
