import { DAY } from '../../support/days.js';
import type { Hiding, HidingCounty } from './hidden-pair.js';
import { NOBODY } from './hidden-pair.js';
import {
  appointmentId,
  caseReference,
  fullNameOf,
  type PersonName,
  personId,
  personReference,
  phoneOf,
  requestId,
  SHARED_PHONE,
  STANDING,
  type Standing,
  workerId,
} from './scene.js';

/** The version that workers read, or the one that the person reads. */
type Version = 'version' | 'shown_version';

/** One of the two counties during the days. The rows that the acts make have ids of their own in each county. */
export class Side {
  readonly made = new Map<string, string>();
  constructor(
    readonly county: HidingCounty,
    /** The persons whom nobody in this county knows. */
    readonly unknown: ReadonlySet<PersonName>,
  ) {}

  person(name: PersonName): string {
    return this.unknown.has(name) ? NOBODY.id : personId(name);
  }

  /** The name and the number that a caller or a visitor gives who asks for this person. */
  said(name: PersonName): { fullName: string; phone: string } {
    return this.unknown.has(name)
      ? { fullName: NOBODY.fullName, phone: NOBODY.phone }
      : { fullName: fullNameOf(name), phone: phoneOf(name) };
  }

  reference(name: PersonName): string {
    return this.unknown.has(name) ? NOBODY.reference : personReference(name);
  }

  /** The id and the version of the row that an act made. If the act made none, the id names nothing. */
  async of(table: string, name: string, version?: Version): Promise<{ id: string; expectedVersion: number }> {
    return this.row(table, this.made.get(name) ?? NOBODY.id, version);
  }

  async row(
    table: string,
    id: string,
    version: Version = 'version',
  ): Promise<{ id: string; expectedVersion: number }> {
    const [row] = await this.county.database.sql<{ version: number }>(
      `select "${version}" as version from "${table}" where id = $1`,
      [id],
    );
    return { id, expectedVersion: row?.version ?? 1 };
  }

  /** The version of her open address, as the desk reads it. */
  async addressVersion(name: PersonName): Promise<number> {
    const [row] = await this.county.database.sql<{ version: number }>(
      'select version from person_address where person_id = $1 and not confidential order by recorded_at desc limit 1',
      [personId(name)],
    );
    return row?.version ?? 0;
  }
}

/** An act or a question that happens in both counties at the same minute. */
export interface Act {
  /** A name for people, such as `the desk books him`. */
  readonly name: string;
  readonly login: string;
  readonly root: string;
  /** The fields that are selected of the payload. */
  readonly select: string;
  input(side: Side): Promise<object> | object;
  /** The name by which later acts find the row that this act makes. */
  readonly makes?: string;
  /** True for a question; an act is a mutation. */
  readonly asks?: boolean;
  /** The type of the input, if the root field does not give it its name. */
  readonly type?: string;
}

const APPOINTMENT =
  'id version status startsAt endsAt publicLabel place persons { id displayName } workers { id displayName }';
const VISIT = 'id ticket status version person { id displayName }';
const REQUEST = 'id version status rank reference calledName publicLabel person { id displayName }';
const DESK = 'reception.sevran';

/** The standing appointment of a day whose name begins with these persons. */
const standingOn = (day: number, of: string): Standing | undefined =>
  STANDING.find((standing) => standing.day === day && standing.name.startsWith(`${of} `));

/** The acts of a day: most happen every day, some every few days. */
export function actsOf(day: number, start: Date, { districtId }: { districtId: string }): Act[] {
  const at = (days: number, minute: number): string =>
    new Date(start.getTime() + (day + days) * DAY + minute * 60_000).toISOString();
  const dayOf = (days: number): string => at(days, 720).slice(0, 10);
  const book = (who: PersonName | null, login: string, minute: number, more: object = {}): Act => ({
    name: `${login} books ${who ?? 'somebody without a name'}`,
    login,
    root: 'bookAppointment',
    select: APPOINTMENT,
    makes: `booked ${who ?? 'nobody'} ${day}`,
    input: (side) => ({
      districtId,
      workerIds: [workerId('second')],
      typeCode: 'FIRST_RECEPTION',
      startsAt: at(6, minute),
      personIds: who === null ? [] : [side.person(who)],
      ...more,
    }),
  });
  const move = (of: (side: Side) => Promise<object>, name: string, login: string, startsAt: string): Act => ({
    name,
    login,
    root: 'moveAppointment',
    select: `${APPOINTMENT} warnings`,
    input: async (side) => ({ ...(await of(side)), startsAt }),
  });
  const visit = (who: PersonName, kind: string): Act[] => [
    {
      name: `the desk records that ${who} comes`,
      login: DESK,
      root: 'recordVisit',
      select: VISIT,
      makes: `visit ${who} ${day}`,
      input: (side) => ({ districtId, kind, personId: side.person(who), workerId: workerId('second') }),
    },
    {
      name: `the desk closes the visit of ${who}`,
      login: DESK,
      root: 'closeVisit',
      select: VISIT,
      input: async (side) => ({
        ...(await side.of('visit', `visit ${who} ${day}`)),
        outcome: kind === 'CALL' ? 'ANSWERED' : 'LEFT',
      }),
    },
  ];
  const lookUp = (who: PersonName, login: string): Act => ({
    name: `${login} looks ${who} up`,
    login,
    root: 'personLookUp',
    select: 'id displayName reference birthYear',
    asks: true,
    input: (side) => side.said(who),
  });
  const today = (of: string): Standing | undefined => standingOn(day, of);
  const outcome = (of: string, what: string): Act[] => {
    const standing = today(of);
    return standing === undefined
      ? []
      : [
          {
            name: `${standing.worker} records the outcome of ${of}`,
            login: standing.worker,
            root: 'recordOutcome',
            select: APPOINTMENT,
            input: async (side) => ({
              ...(await side.row('appointment', appointmentId(standing.name))),
              outcome: what,
            }),
          },
        ];
  };
  const soon = (of: string, from = 2): Standing | undefined =>
    STANDING.find((standing) => standing.name.startsWith(`${of} `) && standing.day >= day + from);
  const standingRow =
    (standing: Standing | undefined) =>
    (side: Side): Promise<{ id: string; expectedVersion: number }> =>
      side.row('appointment', standing === undefined ? NOBODY.id : appointmentId(standing.name));
  const callOff = (who: PersonName): Act => ({
    name: `somebody calls off an appointment of ${who}`,
    login: DESK,
    root: 'noteTelephoneCancellation',
    select: 'fr',
    input: (side) => ({
      districtId,
      day: dayOf((soon(who)?.day ?? day) - day),
      wantsAnother: day % 8 < 4,
      dutyWorkerId: workerId('second'),
      ...side.said(who),
    }),
  });
  return [
    ...outcome('rosa', day % 2 === 0 ? 'HONOURED' : 'NOT_HONOURED'),
    ...outcome('karim', 'HONOURED'),
    ...outcome('child', 'HONOURED'),
    ...visit('karim', 'WALK_IN'),
    ...visit('rosa', day % 2 === 0 ? 'WALK_IN' : 'CALL'),
    ...visit('nadia', 'CALL'),
    book('karim', DESK, 540),
    book('rosa', DESK, 570),
    book(null, DESK, 690),
    book('nadia', 'clerk', 720),
    book('omar', 'clerk', 840),
    book('leo', 'second', 900, { place: 'Bibliothèque, 8 rue Haute' }),
    // This is refused, since her time is taken. The refusal names the next free times.
    move(
      (side) => side.of('appointment', `booked karim ${day}`),
      'the desk moves him to a time that is taken',
      DESK,
      at(6, 570),
    ),
    move((side) => side.of('appointment', `booked karim ${day - 1}`), 'the desk moves him', DESK, at(5, 750)),
    move(
      standingRow(soon('paul')),
      'the clerk moves Paul to the time of the couple',
      'clerk',
      takenBy(soon('couple'), start),
    ),
    {
      name: 'the desk cancels what somebody without a name had',
      login: DESK,
      root: 'cancelAppointment',
      select: APPOINTMENT,
      input: async (side) => ({
        ...(await side.of('appointment', `booked nobody ${day - 2}`)),
        by: 'SERVICE',
        reason: 'OTHER_TIME_AGREED',
      }),
    },
    {
      name: 'second cancels what the desk had booked for Karim',
      login: 'second',
      root: 'cancelAppointment',
      select: APPOINTMENT,
      input: async (side) => ({
        ...(await side.of('appointment', `booked karim ${day - 3}`)),
        by: 'SERVICE',
        reason: 'OTHER_TIME_AGREED',
      }),
    },
    {
      name: 'the clerk gives a paper to somebody without a name',
      login: 'clerk',
      root: 'requestAppointment',
      select: REQUEST,
      makes: `paper ${day}`,
      input: () => ({
        districtId,
        typeCode: day % 2 === 0 ? 'SOCIAL_ASSESSMENT' : 'FIRST_RECEPTION',
        calledName: `M. ${day}`,
        wantedFrom: dayOf(40),
      }),
    },
    {
      name: 'the clerk withdraws a paper of two days ago',
      login: 'clerk',
      root: 'withdrawRequest',
      type: 'VersionedInput',
      select: REQUEST,
      input: async (side) => side.of('appointment_request', `paper ${day - 2}`),
    },
    ...(day % 7 === 3
      ? [
          {
            name: 'the desk writes an open address of her',
            login: DESK,
            root: 'setPersonAddress',
            select: 'id address { line version confidential }',
            input: async (side: Side) => ({
              personId: personId('rosa'),
              expectedVersion: await side.addressVersion('rosa'),
              line: `${day} rue du Domicile`,
              confidential: false,
            }),
          },
        ]
      : []),
    ...(day % 5 === 4 && day < 25
      ? [
          {
            name: 'the clerk opens hours for one type alone',
            login: 'clerk',
            root: 'openAvailability',
            select: 'id startsOn endsOn',
            input: () => ({
              districtId,
              workerId: workerId('follows'),
              typeCodes: ['RSA_CONTRACT'],
              modes: ['ON_SITE'],
              startsOn: dayOf(9),
              opensAt: '17:00',
              closesAt: '20:00',
            }),
          },
        ]
      : []),
    ...([4, 5].includes(day % 6)
      ? [
          {
            name: 'follows says another number of Paul, and then his own again',
            login: 'follows',
            root: 'setSafeContact',
            select: 'id version',
            input: async (side: Side) => ({
              personId: personId('paul'),
              expectedVersion: (await side.row('person', personId('paul'))).expectedVersion,
              safeContact: 'NEUTRAL_TEXT',
              phone: day % 6 === 4 ? SHARED_PHONE : phoneOf('paul'),
            }),
          },
        ]
      : []),
    ...(day % 4 === 2 ? (['rosa', 'nadia'] as const) : day % 4 === 3 ? (['karim'] as const) : []).map(
      callOff,
    ),
    {
      name: 'the clerk calls the duty worker for her reference',
      login: 'clerk',
      root: 'callDutyWorker',
      select: VISIT,
      input: (side) => ({ districtId, workerId: workerId('second'), reference: side.reference('nadia') }),
    },
    ...(['rosa', 'karim', 'nadia', 'omar'] as const).map((who) => lookUp(who, 'clerk')),
    ...(['rosa', 'nadia', 'paul'] as const).map((who) => lookUp(who, 'second')),
    lookUp('zoe', 'reception.gagny'),
    // These are the persons' own acts, on a phone that somebody else may hold.
    ...(['rosa', 'karim'] as const).map(
      (who): Act => ({
        name: `${who} asks for an appointment`,
        login: who,
        root: 'requestAppointment',
        select: 'id version status',
        makes: `asked by ${who} ${day}`,
        input: () => ({ districtId, typeCode: 'PHONE_CALL', wantedFrom: dayOf(20) }),
      }),
    ),
    ...(['rosa', 'karim'] as const).map(
      (who): Act => ({
        name: `${who} withdraws what was asked yesterday`,
        login: who,
        root: 'withdrawRequest',
        type: 'VersionedInput',
        select: 'id version status',
        input: async (side) => side.of('appointment_request', `asked by ${who} ${day - 1}`, 'shown_version'),
      }),
    ),
  ];
}

/** The instant of a standing appointment; the first midnight if there is none. */
function takenBy(standing: Standing | undefined, start: Date): string {
  return new Date(
    start.getTime() + (standing?.day ?? 0) * DAY + (standing?.minute ?? 0) * 60_000,
  ).toISOString();
}

/** The questions of everyone about the scene, beside the wide documents: by id, for each person, case, request and appointment. */
export function questionsOf(
  day: number,
  start: Date,
  districtId: string,
  side: Side,
): { root: string; query: string; variables: Record<string, unknown> }[] {
  const at = (days: number): string => new Date(start.getTime() + (day + days) * DAY).toISOString();
  const all: { root: string; query: string; variables: Record<string, unknown> }[] = [];
  const ask = (root: string, query: string, variables: Record<string, unknown>): void => {
    all.push({ root, query, variables });
  };
  const PERSON = `id displayName reference phone email safeContact contactSuspended confirmNothing version
    address { line confidential version } safeAddress { line } cases { id reference }`;
  for (const name of ['rosa', 'karim', 'leo', 'nadia', 'omar', 'paul'] as const)
    ask(
      'casesOfPerson',
      `query ($id: ID!) { casesOfPerson(personId: $id) { id reference status mission assignedWorker { id } } }`,
      { id: side.person(name) },
    );
  for (const name of ['couple', 'child', 'otherCouple', 'paul'] as const)
    ask(
      'caseByReference',
      `query ($reference: String!) { caseByReference(reference: $reference) { id reference status persons { ${PERSON} }
      appointments { edges { node { id startsAt place type { code } subject publicLabel persons { id } } } } } }`,
      { reference: caseReference(name) },
    );
  ask(
    'appointments',
    `query ($filter: AppointmentFilter) { appointments(filter: $filter, first: 50) { edges { node {
      id version status startsAt endsAt publicLabel place type { code } subject mode bookedAt warnings persons { ${PERSON} } workers { id }
      proposedMoves { startsAt endsAt } case { id } } } } }`,
    { filter: { districtId, from: at(0), to: at(3) } },
  );
  for (const to of [0, 1, 2])
    ask('dayList', 'query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }', {
      id: districtId,
      day: at(to).slice(0, 10),
    });
  ask(
    'waitingList',
    `query ($id: ID!) { waitingList(districtId: $id, first: 100) { edges { node { id version status rank askedAt urgency publicLabel
      type { code } reference calledName contact phone skips { reason startsAt } offers { id status channel startsAt answerBy text letter }
      person { ${PERSON} } } } } }`,
    { id: districtId },
  );
  for (const name of ['rosa', 'karim', 'paul', 'omar', 'vera'] as const)
    ask(
      'appointmentRequest',
      `query ($id: ID!) { appointmentRequest(id: $id) { id version status rank askedAt type { code } skips { reason startsAt }
      offers { status channel startsAt place text letter } person { ${PERSON} } } }`,
      { id: requestId(name) },
    );
  for (const standing of STANDING.filter(({ day: on }) => on >= day && on <= day + 4))
    ask(
      'appointment',
      `query ($id: ID!) { appointment(id: $id) { id version status startsAt place type { code } subject publicLabel warnings
      proposedMoves { startsAt endsAt } persons { ${PERSON} } workers { id } participants { kind } case { id } } }`,
      { id: appointmentId(standing.name) },
    );
  for (const [worker, typeCode] of [
    ['second', 'FIRST_RECEPTION'],
    ['follows', 'SOCIAL_ASSESSMENT'],
    ['follows', 'RSA_CONTRACT'],
  ] as const)
    ask(
      'slots',
      `query ($filter: SlotFilter!) { slots(filter: $filter, first: 20) { slots { startsAt endsAt place workers { id } } } }`,
      { filter: { districtId, typeCode, workerIds: [workerId(worker)] } },
    );
  for (const name of ['second', 'follows'] as const)
    ask(
      'busyTimes',
      `query ($districtId: ID!, $workerId: ID!, $from: DateTime!, $to: DateTime!) {
      busyTimes(districtId: $districtId, workerId: $workerId, from: $from, to: $to) { startsAt endsAt } }`,
      { districtId, workerId: workerId(name), from: at(1), to: at(8) },
    );
  ask('me', `{ me { ${PERSON} givenName familyName noticeReceipts { id } referralMentions { id } } }`, {});
  ask(
    'noticesToGive',
    `query ($id: ID!) { noticesToGive(districtId: $id, first: 50) { edges { node { id kind text letter sending createdAt previousStartsAt person { ${PERSON} } appointment { id place } } } } }`,
    { id: districtId },
  );
  ask(
    'visits',
    `query ($id: ID!) { visits(districtId: $id, first: 100) { edges { node { id ticket kind status outcome person { ${PERSON} } worker { id } } } } }`,
    { id: districtId },
  );
  for (const [root, filter] of [
    ['accessLog', { personId: personId('karim') }],
    ['accessLog', { personId: personId('leo') }],
    ['accessLog', { caseReference: caseReference('child') }],
    ['accessLogOfHer', { personId: personId('rosa') }],
    ['accessLogOfHer', { personId: personId('nadia') }],
    ['accessLogOfHer', { caseReference: caseReference('couple') }],
    ['accessLogOfWorker', { workerId: workerId('second') }],
    ['accessLogOfWorker', { workerId: workerId('clerk') }],
  ] as const)
    ask(
      root,
      `query ($filter: AccessLogFilter!) { accessLog(filter: $filter, first: 100) { edges { node { action outcome occurredOn actorKind worker { displayName } clientId ground } } } }`,
      { filter: { ...filter, ground: 'CONTROL' } },
    );
  return all;
}

/** The persons whom nobody knows in the second county on this day, by the hidings that are on. */
export function unknownOf(hidings: readonly Hiding[], day: number): ReadonlySet<PersonName> {
  return new Set(hidings.filter((hiding) => day >= hiding.day).flatMap(({ unknown }) => [...unknown]));
}
