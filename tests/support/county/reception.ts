import { ownId, type UsualRows } from './table.js';

export const receptionTables = {
  visit: () => ({ ...ownId(), kind: 'WALK_IN' }),
  endedForDesk: ownId,
  message: ownId,
  messageText: () => ({ ...ownId(), text: 'Rappelez-nous' }),
  encounter: ownId,
  encounterKey: () => ({}),
  telephoneCancellation: ownId,
} satisfies UsualRows;
