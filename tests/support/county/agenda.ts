import { dayAhead } from '../days.js';
import { ownId, type UsualRows } from './table.js';

/** An option on which its team votes for a week from today. */
export const VOTED_ON = {
  status: 'PROPOSED',
  proposedOn: dayAhead(0),
  votedUntil: dayAhead(7),
  startsOn: dayAhead(8),
  endsOn: dayAhead(90),
} as const;

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
  // In force since a week, for almost three months more.
  teamOption: () => ({
    ...ownId(),
    kind: 'GROUP_MEETING' as const,
    status: 'ADOPTED' as const,
    proposedOn: dayAhead(-15),
    votedUntil: dayAhead(-8),
    startsOn: dayAhead(-7),
    endsOn: dayAhead(85),
  }),
  teamVote: () => ({ inFavour: true }),
  calendarFeed: () => ({ ...ownId(), label: 'Téléphone' }),
} satisfies UsualRows;
