/** An attack: what the greedy client does on each of its connections, over and over. */
export interface Attack {
  readonly title: string;
  /** The login; null without a token. */
  readonly login: string | null;
  readonly connections: number;
  readonly query: string;
  readonly variables: (ids: Ids) => Record<string, unknown>;
  /** The page that the nth request fetches, instead of a query. */
  readonly page?: (nth: number) => string;
  /** The sockets that the attack also holds: boards that follow a district, or sockets that show no token. */
  readonly sockets?: 'boards' | 'strangers';
}

/** The ids of the county that an attack names. */
export interface Ids {
  readonly districtId: string;
  readonly caseId: string;
}

export type AttackName = 'anonymous' | 'row' | 'letters' | 'calendars' | 'boards' | 'strangers' | 'reports';

/** A calendar of a thousand meetings, each of which recurs. */
const CALENDAR = [
  'BEGIN:VCALENDAR',
  ...Array.from({ length: 1_000 }, (_, nth) =>
    [
      'BEGIN:VEVENT',
      `UID:${nth}`,
      `DTSTART:2026${String((nth % 12) + 1).padStart(2, '0')}01T0${nth % 10}0000Z`,
      'DURATION:PT30M',
      'RRULE:FREQ=WEEKLY;COUNT=20',
      'END:VEVENT',
    ].join('\r\n'),
  ),
  'END:VCALENDAR',
].join('\r\n');

const NAMES = '{ districts { id slug name } appointmentTypes { code publicLabelFr publicLabelEn } }';

export const ATTACKS: Readonly<Record<AttackName, Attack>> = {
  anonymous: {
    title: '64 connections without a token',
    login: null,
    connections: 64,
    query: NAMES,
    variables: () => ({}),
  },
  row: {
    title: '24 connections on one row',
    login: 'worker.gagny',
    connections: 24,
    query: `mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }`,
    variables: ({ caseId }) => ({ input: { caseId, body: 'Une note.' } }),
  },
  letters: {
    title: '24 connections for letters',
    login: 'reception.gagny',
    connections: 24,
    query: `query ($districtId: ID!) { noticesToGive(districtId: $districtId, first: 100) { edges { node { letter } } } }`,
    variables: ({ districtId }) => ({ districtId }),
  },
  calendars: {
    title: '24 connections that import calendars',
    login: 'worker.gagny',
    connections: 24,
    query: `mutation ($input: ImportCalendarInput!) { importCalendar(input: $input) { id } }`,
    variables: ({ districtId }) => ({ input: { districtId, name: 'Ailleurs', content: CALENDAR } }),
  },
  boards: {
    title: '100 live boards, and visits without end',
    login: 'reception.gagny',
    connections: 2,
    query: `mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }`,
    variables: ({ districtId }) => ({ input: { districtId, kind: 'WALK_IN' } }),
    sockets: 'boards',
  },
  strangers: {
    title: 'sockets without a token, without end',
    login: null,
    connections: 0,
    query: '',
    variables: () => ({}),
    sockets: 'strangers',
  },
  reports: {
    title: '64 connections for reports that are not published',
    login: null,
    connections: 64,
    query: '',
    variables: () => ({}),
    // The county of the benchmarks has published no report, so each request looks for one. `http/report-turns` has a report that is drawn.
    page: (nth) => `/rapports/${2000 + (nth % 27)}/departement?lang=${nth % 2 === 0 ? 'fr' : 'en'}`,
  },
};
