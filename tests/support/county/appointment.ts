import { ago } from '../days.js';
import { ownId, type UsualRows } from './table.js';

export const appointmentTables = {
  appointment: () => ({ ...ownId(), typeCode: 'FIRST_RECEPTION' }),
  appointmentSubject: () => ({ text: 'Logement' }),
  appointmentWorker: () => ({}),
  appointmentPerson: () => ({}),
  appointmentParticipant: () => ({ ...ownId(), kind: 'INTERPRETER' }),
  appointmentNotice: () => ({ ...ownId(), kind: 'MOVED', previousStartsAt: ago(0) }),
  onlineBooking: () => ({}),
  appointmentLink: () => ({}),
  dispatch: ownId,
} satisfies UsualRows;
