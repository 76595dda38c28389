import { randomBytes } from 'node:crypto';
import { VOTED_ON } from '../../support/county/agenda.js';
import { openHours } from '../../support/county.js';
import { ahead, dayAhead } from '../../support/days.js';
import { type Action, type Scene, versionOne } from './scene.js';

/** Bruno is open on two days that no other test takes. */
async function newHours({ made, nth }: Scene) {
  const days = {
    from: dayAhead(60 + 2 * nth),
    until: dayAhead(62 + 2 * nth),
    weekdays: [1, 2, 3, 4, 5, 6, 7],
  };
  const { id } = await openHours(made.database, made.who['bruno'] ?? '', made.district, days);
  return {
    ...versionOne(id),
    day: await made.one(
      `select ((starts_at at time zone 'Europe/Paris')::date)::text as id from availability_occurrence
      where availability_id = $1 order by 1 limit 1`,
      [id],
    ),
  };
}

/** Bruno is away tomorrow. */
const newTimeOff = async ({ make, made }: Scene) =>
  versionOne(
    await make.unavailability({
      workerId: made.who['bruno'],
      districtId: made.district,
      startsAt: ahead(1),
      endsAt: ahead(2),
    }),
  );

const newCalendarFeed = async ({ make, made }: Scene) => ({
  id: await make.calendarFeed({
    workerId: made.who['alice'],
    clientId: await made.one(`select id from client where client_id = 'front.demo'`),
    secretHash: randomBytes(32),
  }),
});

const newOutsideCalendar = async ({ make, made }: Scene) => ({
  id: await make.outsideCalendar({
    workerId: made.who['bruno'],
    districtId: made.district,
    name: 'Zimbra',
    reachesUntil: ahead(182),
  }),
});

export const calendarActions = (scene: Scene): readonly Action[] => [
  [
    'clearUnavailability',
    'rachida',
    async () => ({ ...(await newTimeOff(scene)), how: 'CANCEL' }),
    ['CHANGE_AGENDA for bruno by rachida: DONE'],
  ],
  ['openCalendarFeed', 'alice', () => ({}), ['OPEN_CALENDAR_FEED for alice by alice: DONE']],
  [
    'revokeCalendarFeed',
    'alice',
    () => newCalendarFeed(scene),
    ['REVOKE_CALENDAR_FEED for alice by alice: DONE'],
  ],
];

export const agendaActions = (scene: Scene): readonly Action[] => [
  [
    'openAvailability',
    'rachida',
    () => ({
      districtId: scene.made.district,
      workerId: scene.made.who['bruno'],
      typeCodes: ['FOLLOW_UP'],
      modes: ['ON_SITE'],
      startsOn: dayAhead(355),
      endsOn: dayAhead(360),
      opensAt: '09:00',
      closesAt: '12:00',
    }),
    ['CHANGE_AGENDA for bruno by rachida: DONE'],
  ],
  [
    'endAvailability',
    'bruno',
    async () => {
      const { day, ...hours } = await newHours(scene);
      return { ...hours, endsOn: day };
    },
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  ['closeAvailabilityOn', 'rachida', () => newHours(scene), ['CHANGE_AGENDA for bruno by rachida: DONE']],
  [
    'declareUnavailability',
    'bruno',
    () => ({
      districtId: scene.made.district,
      workerId: scene.made.who['bruno'],
      startsAt: ahead(1),
      endsAt: ahead(2),
    }),
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  [
    'importCalendar',
    'bruno',
    () => ({
      districtId: scene.made.district,
      name: 'Outlook',
      content: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//FR\r\nEND:VCALENDAR\r\n',
    }),
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  [
    'removeOutsideCalendar',
    'bruno',
    () => newOutsideCalendar(scene),
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  ['endUnavailability', 'rachida', () => newTimeOff(scene), ['CHANGE_AGENDA for bruno by rachida: DONE']],
  // About no person and no agenda.
  [
    'proposeOption',
    'bruno',
    () => ({
      districtId: scene.made.district,
      kind: 'WALK_IN_HOUR',
      startsOn: dayAhead(20),
      endsOn: dayAhead(40),
    }),
    [],
  ],
  [
    'voteOnOption',
    'rachida',
    async () => ({
      id: await scene.make.teamOption({ districtId: scene.made.district, kind: 'CALL_BACK', ...VOTED_ON }),
      inFavour: true,
    }),
    [],
  ],
];
