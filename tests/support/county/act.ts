import { randomUUID } from 'node:crypto';
import { ownId, type UsualRows } from './table.js';

export const actTables = {
  act: () => ({ ...ownId(), kind: 'CHANGE_CONTACT', subject: 'person', rowId: randomUUID() }),
} satisfies UsualRows;
