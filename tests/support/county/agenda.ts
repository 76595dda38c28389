import { dayAhead } from '../days.js';
import { ownId, type UsualRows } from './table.js';

export const agendaTables = {
  appointmentType: () => ({}),
  availability: () => ({
    ...ownId(),
    startsOn: dayAhead(1),
    endsOn: dayAhead(20),
    opensAt: '09:00',
    closesAt: '12:00',
  }),
  availabilityType: () => ({ typeCode: 'FIRST_RECEPTION' }),
  availabilityOccurrence: ownId,
  freeTime: () => ({ typeCode: 'FIRST_RECEPTION' }),
  occupancy: ownId,
  outsideCalendar: () => ({ ...ownId(), name: 'Outlook' }),
  unavailability: ownId,
  calendarFeed: () => ({ ...ownId(), label: 'Téléphone' }),
} satisfies UsualRows;
