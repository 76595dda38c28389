import { ownId, type UsualRows } from './table.js';

export const interviewNoteTables = {
  interviewNote: () => ({ ...ownId(), body: new Uint8Array(1) }),
  handover: ownId,
  handoverNote: () => ({}),
  handoverTask: ownId,
} satisfies UsualRows;
