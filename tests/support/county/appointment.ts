import { ownId, type UsualRows } from './table.js';

export const appointmentTables = {
  appointment: () => ({ ...ownId(), typeCode: 'FIRST_RECEPTION' }),
  appointmentWorker: () => ({}),
  appointmentPerson: () => ({}),
  appointmentParticipant: () => ({ ...ownId(), kind: 'INTERPRETER' }),
  appointmentNotice: () => ({ ...ownId(), kind: 'MOVED' }),
  onlineBooking: () => ({}),
  dispatch: ownId,
} satisfies UsualRows;
