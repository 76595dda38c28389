/** An attack: what the greedy client does on each of its connections, over and over. */
export interface Attack {
  readonly title: string;
  /** The login; null without a token. */
  readonly login: string | null;
  /** A token that is refused is sent instead: one that an altered signature spoils, or one that is no token. */
  readonly badToken?: 'altered' | 'garbage';
  readonly connections: number;
  /** The number of addresses that the connections come from; one unless given. */
  readonly addresses?: number;
  readonly query: string;
  readonly variables: (ids: Ids) => Record<string, unknown>;
  /** The page that the nth request fetches, instead of a query. */
  readonly page?: (nth: number) => string;
  /**
   * The sockets that the attack also holds: boards that follow a district, sockets that show no token, or a number of sockets that send
   * documents which are refused, and wait for no answer.
   */
  readonly sockets?: 'boards' | 'strangers' | number;
  /** The seconds for which a worker's page is measured beside it; 20 unless given. */
  readonly seconds?: number;
}

/** The ids of the county that an attack names. */
export interface Ids {
  readonly districtId: string;
  readonly caseId: string;
}

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

const NONE = (): Record<string, unknown> => ({});
const LONG = 250_000;
/** What is refused is measured for a minute: an attack may begin well and grow. */
const MINUTE = { login: null, variables: NONE, seconds: 60 } as const;

/** Two lists of 99 fields that no type has: a hundred fields side by side would be refused at once. */
const UNKNOWN = `{ ${['districts', 'appointmentTypes']
  .map((field) => `${field} { ${Array.from({ length: 99 }, (_, nth) => `unknown${nth}`).join(' ')} }`)
  .join(' ')} }`;
const LONG_STRING = `{ unknown(text: "${'x'.repeat(LONG)}") }`;
const DEEP = '{ a '.repeat(900);
const SYNTAX_AT_THE_END = `{ ${'districts { id name } '.repeat(300)} ) }`;
/** A subscription of 9 kB with 99 unknown fields. */
export const UNKNOWN_SUBSCRIPTION = `subscription { visitChanges(districtId: "x") { ${Array.from(
  { length: 99 },
  (_, nth) => `${'unknown'.repeat(12)}${nth}`,
).join(' ')} } }`;

const SEARCHES = `query ($to: DateTime!) { ${Array.from(
  { length: 30 },
  (_, nth) =>
    `s${nth}: slots(filter: { typeCode: "FIRST_RECEPTION", inARow: 8, mode: VIDEO, to: $to }) { whyNone slots { startsAt } }`,
).join(' ')} }`;
const IN_91_DAYS = (): Record<string, unknown> => ({ to: new Date(Date.now() + 91 * 86_400_000) });

const ATTACKS_BY_NAME = {
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
  unknown: { ...MINUTE, title: '20 without a token, 198 unknown fields', connections: 20, query: UNKNOWN },
  longString: {
    ...MINUTE,
    title: '20 without a token, a string of 250 kB in an invalid document',
    connections: 20,
    query: LONG_STRING,
  },
  deep: {
    ...MINUTE,
    title: '20 without a token, a deep document that does not parse',
    connections: 20,
    query: DEEP,
  },
  syntax: {
    ...MINUTE,
    title: '20 without a token, a syntax error at the end',
    connections: 20,
    query: SYNTAX_AT_THE_END,
  },
  longStrings: {
    ...MINUTE,
    title: '100 without a token, a string of 250 kB',
    connections: 100,
    query: LONG_STRING,
  },
  altered: {
    ...MINUTE,
    title: '100 with a refused token and a body of 250 kB',
    badToken: 'altered',
    connections: 100,
    query: LONG_STRING,
  },
  garbage: {
    ...MINUTE,
    title: '100 with a token that is none',
    badToken: 'garbage',
    connections: 100,
    query: NAMES,
  },
  socket: {
    ...MINUTE,
    title: 'a socket of a desk that sends refused documents',
    login: 'reception.gagny',
    connections: 0,
    query: '',
    sockets: 1,
  },
  sockets: {
    ...MINUTE,
    title: 'ten such sockets of one desk',
    login: 'reception.gagny',
    connections: 0,
    query: '',
    sockets: 10,
  },
  searches: {
    ...MINUTE,
    title: '12 without a token from two addresses, 30 searches of the county each',
    connections: 12,
    addresses: 2,
    query: SEARCHES,
    variables: IN_91_DAYS,
  },
  searchesAllowed: {
    ...MINUTE,
    title: '12 without a token from two addresses, two searches of the county each',
    connections: 12,
    addresses: 2,
    query: SEARCHES.replace(/ s2:.*/, ' }'),
    variables: IN_91_DAYS,
  },
} satisfies Record<string, Attack>;

/** The name of an attack. */
export type AttackName = keyof typeof ATTACKS_BY_NAME;

/** The attacks, by name. */
export const ATTACKS: Readonly<Record<AttackName, Attack>> = ATTACKS_BY_NAME;
