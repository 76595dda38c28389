import { ahead, dayAhead } from '../../support/days.js';
import { type Shape, seen } from './seen.js';

const hours = () => ({
  typeCodes: [seen['type']],
  modes: ['ON_SITE', 'PHONE', 'HOME', 'VIDEO'],
  startsOn: dayAhead(200),
  opensAt: '09:00',
  closesAt: '12:00',
});

export const AGENDA_SHAPES: readonly Shape[] = [
  [
    'openAvailability',
    'OpenAvailabilityInput',
    'districtId',
    ['foreignDistrict'],
    () => ({ workerId: seen['foreignWorker'], ...hours() }),
  ],
  [
    'openAvailability',
    'OpenAvailabilityInput',
    'workerId',
    ['foreignWorker'],
    () => ({ districtId: seen['sevran'], ...hours() }),
  ],
  [
    'endAvailability',
    'EndAvailabilityInput',
    'id',
    ['foreignAvailability'],
    () => ({ expectedVersion: 1, endsOn: dayAhead(20) }),
  ],
  [
    'closeAvailabilityOn',
    'CloseAvailabilityOnInput',
    'id',
    ['foreignAvailability'],
    () => ({ expectedVersion: 1, day: dayAhead(20) }),
  ],
  [
    'declareUnavailability',
    'DeclareUnavailabilityInput',
    'districtId',
    ['foreignDistrict'],
    () => ({ workerId: seen['foreignWorker'], startsAt: ahead(1), endsAt: ahead(2) }),
  ],
  [
    'declareUnavailability',
    'DeclareUnavailabilityInput',
    'workerId',
    ['foreignWorker'],
    () => ({ districtId: seen['sevran'], startsAt: ahead(1), endsAt: ahead(2) }),
  ],
  [
    'importCalendar',
    'ImportCalendarInput',
    'districtId',
    ['foreignDistrict'],
    () => ({ name: 'Outlook', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' }),
  ],
  ['removeOutsideCalendar', 'RemoveOutsideCalendarInput', 'id', ['foreignCalendar'], () => ({})],
  ['endUnavailability', 'VersionedInput', 'id', ['foreignUnavailability'], () => ({ expectedVersion: 1 })],
  [
    'voteOnOption',
    'VoteOnOptionInput',
    'id',
    ['foreignOption', 'foreignOptionInForce'],
    () => ({ inFavour: true }),
  ],
];
