/** Ids and instants of the county that the operations name. */
export interface Facts {
  readonly district: string;
  readonly worker: string;
  readonly colleague: string;
  /** Who logs in with two districts. */
  readonly shared: string;
  readonly absentWorker: string;
  readonly case: string;
  readonly reference: string;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly reference: string;
    readonly birthYear: number;
    readonly phone: string;
  };
  /** Of someone who is at the counter of the district. */
  readonly presentVisit: string;
  /** Of someone who must be seen this week, in the district. */
  readonly urgentRequest: string;
  /** ISO 8601, of some past day, of today and of one six weeks ahead. */
  readonly past: string;
  readonly now: string;
  readonly ahead: string;
}

/** Of nobody: for who looks at the documents alone. */
export const NO_FACTS: Facts = {
  district: 'x',
  worker: 'x',
  colleague: 'x',
  shared: 'x',
  absentWorker: 'x',
  case: 'x',
  reference: 'x',
  person: { id: 'x', name: 'x', reference: 'x', birthYear: 2000, phone: 'x' },
  presentVisit: 'x',
  urgentRequest: 'x',
  past: '2026-01-05T09:00:00Z',
  now: '2026-01-06T09:00:00Z',
  ahead: '2026-02-06T09:00:00Z',
};

export interface Listed {
  readonly name: string;
  readonly login: string;
  readonly document: string;
  /** How many rows the page may show, with what hangs on each: what is read is measured against it. */
  readonly page: number;
  /** Where the next page begins, as a path of the answer; the same operation is then asked again with it. */
  readonly cursor?: readonly (string | number)[];
}

const FIRST = 20;
const CASE_LOGINS = ['worker.sevran', 'reception.sevran', 'head.sevran'] as const;
const AFTER = '$AFTER';

/** Every list, filter, sort and cursor that the API offers, asked by those to whom it is offered. */
export function listedOperations(facts: Facts): readonly Listed[] {
  return [
    ...cases(facts),
    ...appointments(facts),
    ...nested(facts),
    ...directory(facts),
    ...workersOwn(facts),
    ...agendas(facts),
    ...waitingList(facts),
    ...reception(facts),
    ...statistics(facts),
    ...figures(facts),
    ...reports(facts),
    ...orientation(facts),
    ...lookUps(facts),
    ...atTheCounter(facts),
    ...accessLog(facts),
  ];
}

/** The operation's next page. */
export function nextPage(listed: Listed, answer: unknown): Listed | null {
  if (listed.cursor === undefined) return null;
  const found = listed.cursor.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    answer,
  );
  if (typeof found !== 'string') return null;
  const { cursor: _cursor, ...rest } = listed;
  return { ...rest, name: `${listed.name}, next page`, document: withCursor(listed.document, `"${found}"`) };
}

/** The first page. */
export function firstPage(listed: Listed): Listed {
  return { ...listed, document: withCursor(listed.document, 'null') };
}

function withCursor(document: string, literal: string): string {
  return document.replaceAll(AFTER, literal);
}

function cases({ district, absentWorker, shared }: Facts): Listed[] {
  const filters: readonly (readonly [name: string, filter: string, logins: readonly string[]])[] = [
    ['all', '{}', [...CASE_LOGINS, 'person.sevran', shared, 'adviser']],
    ['of a district', `{ districtId: "${district}" }`, CASE_LOGINS],
    ['open', '{ status: OPEN }', CASE_LOGINS],
    ['closed', '{ status: CLOSED }', CASE_LOGINS],
    ['of a mission', '{ mission: LOGEMENT }', CASE_LOGINS],
    ['of a rare mission', '{ mission: ENFANCE_FAMILLE, status: CLOSED }', CASE_LOGINS],
    ['mine', '{ assignedToMe: true }', ['worker.sevran', 'worker2.sevran']],
    ['mine, open', '{ assignedToMe: true, status: OPEN }', ['worker.sevran']],
    ['mine, closed', '{ assignedToMe: true, status: CLOSED }', ['worker.sevran']],
    ['mine, of a mission', '{ assignedToMe: true, mission: RSA }', ['worker.sevran']],
    ['mine, of a district', `{ assignedToMe: true, districtId: "${district}" }`, ['worker.sevran']],
    ['unassigned', '{ unassigned: true }', CASE_LOGINS],
    ['unassigned, open', '{ unassigned: true, status: OPEN }', CASE_LOGINS],
    ['unassigned, of a mission', '{ unassigned: true, mission: RSA }', ['head.sevran']],
    ['of someone away', `{ absentWorkerId: "${absentWorker}", purpose: RELAY }`, ['head.sevran']],
  ];
  const sorts = ['OPENED_AT_DESC', 'OPENED_AT_ASC'] as const;
  return filters.flatMap(([name, filter, logins]) =>
    logins.flatMap((login) =>
      sorts.map(
        (sort): Listed => ({
          name: `cases ${name}, ${sort}, ${login}`,
          login,
          page: FIRST,
          document: `{ cases(first: ${FIRST}, after: ${AFTER}, sort: ${sort}, filter: ${filter}) {
            edges { node { id reference status assignedWorker { displayName } } } pageInfo { hasNextPage endCursor } } }`,
          cursor: ['cases', 'pageInfo', 'endCursor'],
        }),
      ),
    ),
  );
}

function appointments({ district, worker, past, now, ahead, shared }: Facts): Listed[] {
  const all = ['worker.sevran', 'worker2.sevran', 'reception.sevran', 'person.sevran', shared] as const;
  const workers = ['worker.sevran', 'worker2.sevran', 'reception.sevran'] as const;
  const filters: readonly (readonly [name: string, filter: string, logins: readonly string[]])[] = [
    ['all', '{}', all],
    ['from today', `{ from: "${now}" }`, all],
    ['from some past day', `{ from: "${past}" }`, workers],
    ['until today', `{ to: "${now}" }`, workers],
    ['between', `{ from: "${now}", to: "${ahead}" }`, all],
    ['of a district', `{ districtId: "${district}" }`, workers],
    ['of a district from today', `{ districtId: "${district}", from: "${now}" }`, workers],
    ['booked', '{ status: BOOKED }', workers],
    ['cancelled by the service', '{ status: CANCELLED_BY_SERVICE }', workers],
    ['booked, from today', `{ status: BOOKED, from: "${now}" }`, workers],
    [
      'of one worker from today',
      `{ workerId: "${worker}", from: "${now}", to: "${ahead}" }`,
      ['worker.sevran', 'reception.sevran'],
    ],
    ['of oneself', `{ workerId: "${worker}" }`, ['worker.sevran']],
    ['of oneself, not honoured', `{ workerId: "${worker}", status: NOT_HONOURED }`, ['worker.sevran']],
  ];
  return filters.flatMap(([name, filter, logins]) =>
    logins.map(
      (login): Listed => ({
        name: `appointments ${name}, ${login}`,
        login,
        page: FIRST,
        document: `{ appointments(first: ${FIRST}, after: ${AFTER}, filter: ${filter}) {
          edges { node { id startsAt status } } pageInfo { hasNextPage endCursor } } }`,
        cursor: ['appointments', 'pageInfo', 'endCursor'],
      }),
    ),
  );
}

/** What hangs on a case, an appointment, a person. */
function nested({ case: id, reference, person, now, ahead }: Facts): Listed[] {
  const list = (field: string, first: number, more: string): string =>
    `${field}(first: ${first}, after: ${AFTER}) { edges { node { ${more} } } pageInfo { hasNextPage endCursor } }`;
  return [
    {
      name: 'a worker’s page of cases with everything',
      login: 'worker.sevran',
      page: 25 * 10,
      document: `{ cases(first: 25, filter: { assignedToMe: true }) { edges { node { id district { name }
        persons { displayName address { line } noticeReceipts { givenAt } } needs { code { code } } nextAppointment { startsAt }
        appointments(first: 1) { edges { node { id } } } interviewNotes(first: 3) { edges { node { id } } } } } } }`,
    },
    ...(['worker.sevran', 'head.sevran'] as const).map(
      (login): Listed => ({
        name: `a page of cases with their persons and assigned worker, ${login}`,
        login,
        page: 25 * 3,
        document: `{ cases(first: 25) { edges { node { id persons { displayName } assignedWorker { displayName } } } } }`,
      }),
    ),
    {
      name: 'what is loose in a case',
      login: 'worker.sevran',
      page: 20,
      document: `{ case(id: "${id}") { looseEnds { appointments { startsAt } needs { code { code } } } } }`,
    },
    ...CASE_LOGINS.map(
      (login): Listed => ({
        name: `a case by its reference, ${login}`,
        login,
        page: 1,
        document: `{ caseByReference(reference: "${reference}") { id status assignedWorker { displayName } } }`,
      }),
    ),
    {
      name: 'notes of a case, worker.sevran',
      login: 'worker.sevran',
      page: 3,
      document: `{ case(id: "${id}") { ${list('interviewNotes', 1, 'id body author { displayName }')} } }`,
      cursor: ['case', 'interviewNotes', 'pageInfo', 'endCursor'],
    },
    {
      name: 'appointments of a case, worker.sevran',
      login: 'worker.sevran',
      page: 3,
      document: `{ case(id: "${id}") { ${list('appointments', 1, 'id workers { displayName } persons { displayName }')} } }`,
      cursor: ['case', 'appointments', 'pageInfo', 'endCursor'],
    },
    ...(['reception.sevran', 'worker.sevran'] as const).map(
      (login): Listed => ({
        name: `a page of appointments with persons and their receipts, ${login}`,
        login,
        page: FIRST * 5,
        document: `{ appointments(first: ${FIRST}, filter: { from: "${now}", to: "${ahead}" }) { edges { node {
          workers { displayName } persons { displayName noticeReceipts { givenAt } } } } } }`,
      }),
    ),
    {
      name: 'a page of appointments with what was said of contact, worker.sevran',
      login: 'worker.sevran',
      page: FIRST * 5,
      document: `{ appointments(first: ${FIRST}, filter: { from: "${now}", to: "${ahead}" }) { edges { node {
        persons { contactWords { saidAs countsFrom } } } } } }`,
    },
    {
      name: 'the cases of one person, reception.sevran',
      login: 'reception.sevran',
      page: 20,
      document: `{ casesOfPerson(personId: "${person.id}") { id status assignedWorker { displayName } } }`,
    },
    {
      name: 'one’s own cases and receipts, person.sevran',
      login: 'person.sevran',
      page: 10,
      document: '{ me { displayName cases { reference } noticeReceipts { givenAt } } }',
    },
  ];
}

/** Each way of asking for the log: whole, of some days, of some actions, and both. */
function accessLog({ reference, person, worker, past, now }: Facts): Listed[] {
  const subjects = {
    case: `caseReference: "${reference}"`,
    person: `personReference: "${person.reference}"`,
    'person by id': `personId: "${person.id}"`,
    worker: `workerId: "${worker}", withoutTelling: false`,
  };
  const days = `from: "${past.slice(0, 10)}", to: "${now.slice(0, 10)}"`;
  const narrowed = {
    whole: '',
    'of some days': days,
    'of some actions': 'actions: [CLOSE_CASE, LOOK_UP_PERSON, CONFIDENTIAL_PART]',
    'of both': `${days}, actions: [READ_ACCESS_LOG, SEND_NOTICE]`,
  };
  return Object.entries(subjects).flatMap(([of, subject]) =>
    Object.entries(narrowed).map(([which, filter]) => ({
      name: `access log of a ${of}, ${which}, dpo`,
      login: 'dpo',
      page: FIRST,
      document: `{ accessLog(first: ${FIRST}, after: ${AFTER}, filter: { ${subject}, ground: CONTROL, ${filter} }) {
        edges { node { occurredOn action caseReference personReference clientId worker { displayName } } }
        pageInfo { hasNextPage endCursor } } }`,
      cursor: ['accessLog', 'pageInfo', 'endCursor'],
    })),
  );
}

function directory({ district }: Facts): Listed[] {
  return [
    {
      name: 'districts with their workers',
      login: 'worker.sevran',
      page: 1_000,
      document: `{ districts { name communes { name } openingHours { weekday } workers { displayName memberships { role } } } }`,
    },
    {
      name: 'the reference tables',
      login: 'worker.sevran',
      page: 200,
      // Who sees what is made once at the start, and languages are a package’s: neither reads a table.
      document: `{ needCodes { code } appointmentTypes { code } privacyNotices { version } errorCodes languages(search: "sign") { code }
        policyMatrix { standpoints { key } types { fields { coordinate } } actions { coordinate } } }`,
    },
    {
      name: 'drafts of notices, dpo',
      login: 'dpo',
      page: 100,
      document: '{ privacyNoticeDrafts { textFr opinion } }',
    },
    {
      name: 'suspensions, dpo',
      login: 'dpo',
      page: 100,
      document: '{ suspensions { what worker { displayName } suspendedBy { displayName } lapsesAt } }',
    },
    {
      name: 'persons to inform, worker.sevran',
      login: 'worker.sevran',
      page: FIRST,
      document: `{ personsToInform(first: ${FIRST}, after: ${AFTER}) { edges { node { since givenANotice deferralGround } } pageInfo { endCursor } } }`,
      cursor: ['personsToInform', 'pageInfo', 'endCursor'],
    },
    { name: 'clients, admin', login: 'admin', page: 20, document: '{ clients { clientId } }' },
    {
      name: 'relays of a district, head.sevran',
      login: 'head.sevran',
      page: 20,
      document: `{ relays(districtId: "${district}") { startsAt absentWorker { displayName } } }`,
    },
    {
      name: 'absences of a district, head.sevran',
      login: 'head.sevran',
      page: 100,
      document: `{ absences(districtId: "${district}") { startsAt worker { displayName } proposedStandIns { displayName } } }`,
    },
    {
      name: 'absences declared about the viewer, worker.sevran',
      login: 'worker.sevran',
      page: 20,
      document: '{ myAbsences { startsAt endsAt } }',
    },
    {
      name: 'what the viewer holds, worker.sevran',
      login: 'worker.sevran',
      page: 5,
      document: '{ viewer { memberships { role district { name } } } }',
    },
  ];
}

function workersOwn({ district, worker, absentWorker, case: one, now, ahead }: Facts): Listed[] {
  return [
    {
      name: 'notifications, worker.sevran',
      login: 'worker.sevran',
      page: FIRST,
      document: `{ notifications(first: ${FIRST}, after: ${AFTER}) { edges { node { kind case { reference } } }
        pageInfo { hasNextPage endCursor } } }`,
      cursor: ['notifications', 'pageInfo', 'endCursor'],
    },
    {
      name: 'busy times, worker.sevran',
      login: 'worker2.sevran',
      page: 100,
      document: `{ busyTimes(districtId: "${district}", workerId: "${worker}", from: "${now}", to: "${ahead}") { startsAt } }`,
    },
    {
      name: 'pending handovers, worker.sevran',
      login: 'worker.sevran',
      page: 20,
      document: '{ pendingHandovers { id offeredAt case { reference } } }',
    },
    {
      name: 'handovers to make, worker.sevran',
      login: 'worker.sevran',
      page: 100,
      document: '{ handoverTasks { id reassignedAt caseReference toWorker { displayName } } }',
    },
    {
      name: 'handovers that were refused, worker.sevran',
      login: 'worker.sevran',
      page: 100,
      document: '{ refusedHandovers { id reassignedAt reason worker { displayName } } }',
    },
    {
      name: 'cases to come, worker.sevran',
      login: 'worker.sevran',
      page: 100,
      document: '{ casesToCome { id caseReference takesEffectAt toWorker { displayName } } }',
    },
    {
      name: 'preview of reassignments, head.sevran',
      login: 'head.sevran',
      page: 1,
      document: `{ previewReassignments(input: { fromWorkerId: "${absentWorker}", takesEffectAt: "${new Date(Date.now() + 86_400_000).toISOString()}",
        moves: [{ caseId: "${one}", workerId: "${worker}", expectedVersion: 1 }] }) { caseId outcome } }`,
    },
    {
      name: 'planned reassignments of one’s own cases, worker.sevran',
      login: 'worker.sevran',
      page: 100,
      document:
        '{ cases(first: 100) { edges { node { reference plannedReassignment { takesEffectAt } } } } }',
    },
    {
      name: 'pending releases, adviser',
      login: 'adviser',
      page: 20,
      cursor: ['pendingReleases', 0, 'id'],
      document:
        '{ pendingReleases(after: $AFTER) { id requestedAt requestedBy { displayName } answers { answer } } }',
    },
    {
      name: 'releases of one’s own, worker.sevran',
      login: 'worker.sevran',
      page: 100,
      document: '{ myReleases { id requestedAt answers { answer reason worker { displayName } } } }',
    },
    {
      name: 'releases to answer, worker.sevran',
      login: 'worker.sevran',
      page: 20,
      document: '{ releasesToAnswer { id requestedAt caseReference } }',
    },
    {
      name: 'releases of former cases, worker.sevran',
      login: 'worker.sevran',
      page: 100,
      document: '{ releasesOfFormerCases { id requestedAt openUntil answers { answer } } }',
    },
    {
      name: 'releases in force, dpo',
      login: 'dpo',
      page: 100,
      cursor: ['releasesInForce', 0, 'id'],
      document: '{ releasesInForce(after: $AFTER) { id requestedAt openUntil answers { answer } } }',
    },
    {
      name: 'dangers to review, dpo',
      login: 'dpo',
      page: 100,
      document: '{ releasesToReview { id reviewDueAt danger { facts } reviews { opinion } } }',
    },
  ];
}

/** Free slots, and how agendas are opened. */
function agendas({ district, worker, colleague, case: caseId, now, ahead }: Facts): Listed[] {
  const inDistrict = `typeCode: "FOLLOW_UP", districtId: "${district}"`;
  const searches: readonly (readonly [name: string, login: string, filter: string])[] = [
    ['of a district', 'reception.sevran', inDistrict],
    ['of a district in a period', 'reception.sevran', `${inDistrict}, from: "${now}", to: "${ahead}"`],
    ['of a district by phone', 'worker.sevran', `${inDistrict}, mode: PHONE`],
    ['several in a row', 'worker.sevran', `${inDistrict}, inARow: 2`],
    ['of one worker', 'reception.sevran', `${inDistrict}, workerIds: ["${worker}"]`],
    [
      'of two together',
      'reception.sevran',
      `${inDistrict}, workerIds: ["${worker}", "${colleague}"], together: true`,
    ],
    ['of the case’s worker', 'reception.sevran', `${inDistrict}, caseId: "${caseId}"`],
    ['of a commune', 'person.sevran', 'typeCode: "FOLLOW_UP", communeCode: "93071"'],
    ['of the county', 'person.sevran', 'typeCode: "FOLLOW_UP"'],
  ];
  return [
    ...searches.map(
      ([name, login, filter]): Listed => ({
        name: `slots ${name}, ${login}`,
        login,
        // What two have free together is known once all is read that each has free, in eight weeks at most.
        page: name.includes('together') ? 56 : FIRST,
        document: `{ slots(first: ${FIRST}, filter: { ${filter} }) { whyNone slots { startsAt district { name }
          ${login === 'person.sevran' ? '' : 'workers { displayName }'} } } }`,
      }),
    ),
    ...(['worker.sevran', 'reception.sevran'] as const).map(
      (login): Listed => ({
        name: `the list of a day, ${login}`,
        login,
        page: 300,
        document: `{ dayList(districtId: "${district}") }`,
      }),
    ),
    ...(['worker.sevran', 'reception.sevran'] as const).map(
      (login): Listed => ({
        name: `who is out on a home visit, ${login}`,
        login,
        page: FIRST,
        document: `{ homeVisitsOut(districtId: "${district}", first: ${FIRST}) { expectedBackAt participants { language } } }`,
      }),
    ),
    {
      name: 'who is not back from a home visit, head.sevran',
      login: 'head.sevran',
      page: 100,
      document: `{ homeVisitsNotBack(districtId: "${district}") { endsAt place workers { displayName } } }`,
    },
    {
      name: 'of whom nobody can be told that a worker is away, and where they may go, reception.sevran',
      login: 'reception.sevran',
      // Five times are proposed for each.
      page: FIRST * 6,
      document: `{ appointmentsWithoutContact(districtId: "${district}", first: ${FIRST}, after: ${AFTER}) {
        edges { node { id proposedMoves { startsAt } } } pageInfo { endCursor } } }`,
      cursor: ['appointmentsWithoutContact', 'pageInfo', 'endCursor'],
    },
    ...(['worker.sevran', 'reception.sevran', 'head.sevran'] as const).map(
      (login): Listed => ({
        name: `options of a team, ${login}`,
        login,
        // As many as are listed.
        page: 100,
        document: `{ teamOptions(districtId: "${district}") { kind status startsOn textFr myVote district { name } } }`,
      }),
    ),
    ...(['worker.sevran', 'person.sevran'] as const).map(
      (login): Listed => ({
        name: `hours without an appointment, ${login}`,
        login,
        // Four weeks of a district, of which a hundred are listed.
        page: 100,
        document: `{ walkInHours(districtId: "${district}") { startsAt endsAt place } }`,
      }),
    ),
    {
      name: 'one’s calendars, worker.sevran',
      login: 'worker.sevran',
      page: FIRST,
      document: '{ calendarFeeds { id label } }',
    },
    {
      name: 'one’s other calendars, worker.sevran',
      login: 'worker.sevran',
      // The times of three calendars, half a year ahead, are looked at whole: an import takes no more of one.
      page: 180,
      document: '{ outsideCalendars { name reachesUntil appointmentsOver(first: 3) { startsAt } } }',
    },
    ...(['worker.sevran', 'reception.sevran'] as const).map(
      (login): Listed => ({
        name: `collective appointments with a place left, ${login}`,
        login,
        page: FIRST * 3,
        document: `{ collectiveAppointments(districtId: "${district}", typeCode: "INFORMATION_MEETING", first: ${FIRST}) {
          placesLeft takenPlaces { outcome person { displayName } } appointment { startsAt } } }`,
      }),
    ),
    {
      name: 'who is to be told, reception.sevran',
      login: 'reception.sevran',
      page: FIRST,
      document: `{ noticesToGive(districtId: "${district}", first: ${FIRST}, after: ${AFTER}) {
        edges { node { kind previousStartsAt } } pageInfo { hasNextPage endCursor } } }`,
      cursor: ['noticesToGive', 'pageInfo', 'endCursor'],
    },
    ...(['worker.sevran', 'reception.sevran'] as const).map(
      (login): Listed => ({
        name: `an agenda’s hours and time off, ${login}`,
        login,
        page: FIRST * 3,
        document: `{
          availabilities(districtId: "${district}", workerId: "${worker}") { opensAt closedOn types { code }
            appointmentsLeft(first: 3) { startsAt warnings } }
          unavailabilities(districtId: "${district}", workerId: "${worker}") { startsAt appointmentsOver(first: 3) { startsAt } } }`,
      }),
    ),
    {
      name: 'warnings of a page of appointments, reception.sevran',
      login: 'reception.sevran',
      page: FIRST * 3,
      document: `{ appointments(first: ${FIRST}, filter: { from: "${now}", to: "${ahead}" }) { edges { node { warnings } } } }`,
    },
  ];
}

/** Who came, and who is to be called back. */
function reception({ district, shared }: Facts): Listed[] {
  return [
    ...(['reception.sevran', 'head.sevran', 'worker.sevran'] as const).flatMap((login): Listed[] =>
      (
        [
          '',
          ', status: WAITING',
          ', status: TAKEN_IN',
          ', status: CLOSED',
          `, day: "${new Date().toISOString().slice(0, 10)}"`,
        ] as const
      ).map((status) => ({
        name: `who came${status}, ${login}`,
        login,
        page: FIRST,
        document: `{ visits(districtId: "${district}"${status}, first: ${FIRST}, after: ${AFTER}) {
          edges { node { ticket arrivedAt status } } pageInfo { hasNextPage endCursor } } }`,
        cursor: ['visits', 'pageInfo', 'endCursor'],
      })),
    ),
    ...(['worker.sevran', shared] as const).map(
      (login): Listed => ({
        name: `times called off, ${login}`,
        login,
        page: 100,
        document: '{ timesCalledOff { id startsAt heldUntil displayName } }',
      }),
    ),
    {
      name: 'what was changed today, worker.sevran',
      login: 'worker.sevran',
      // As many as are listed.
      page: 100,
      document: `{ changesOfDay(districtId: "${district}") { kind doneAt personReference personName } }`,
    },
    ...(['worker.sevran', shared] as const).map(
      (login): Listed => ({
        name: `who was seen on duty, ${login}`,
        login,
        page: FIRST,
        document: `{ encounters(first: ${FIRST}, after: ${AFTER}) { edges { node { heldAt case { reference } } } pageInfo { hasNextPage endCursor } } }`,
        cursor: ['encounters', 'pageInfo', 'endCursor'],
      }),
    ),
    ...(['worker.sevran', shared] as const).map(
      (login): Listed => ({
        name: `who is to be called back, ${login}`,
        login,
        page: FIRST,
        document: `{ messages(first: ${FIRST}, after: ${AFTER}) { edges { node { sentAt name } } pageInfo { hasNextPage endCursor } } }`,
        cursor: ['messages', 'pageInfo', 'endCursor'],
      }),
    ),
  ];
}

/** Waiting time, week by week, and what teams have asked about it. */
function statistics({ district }: Facts): Listed[] {
  const measured = (['worker.sevran', 'head.sevran', 'client.reporting'] as const).map(
    (login): Listed => ({
      name: `waiting time, ${login}`,
      login,
      page: FIRST,
      document: `{
        thirdNextAvailable(districtId: "${district}", typeCode: "FOLLOW_UP", from: "2025-06-01", to: "2025-06-21") { days } }`,
    }),
  );
  const simulated = (['worker.sevran', 'head.sevran', 'adviser', 'dpo'] as const).map(
    (login): Listed => ({
      name: `simulations of the wait, ${login}`,
      login,
      // As many as are listed.
      page: 20,
      document: `{ waitSimulations(districtId: "${district}") {
        sentenceFr assumptionsFr district { name } asNow { loadPercent days } changed { loadPercent growsDaysAWeek } } }`,
    }),
  );
  return [...measured, ...simulated];
}

/** Published reports, of which there are few dozens a year, and one of them; a draft for who reads it. */
function reports({ district }: Facts): Listed[] {
  const fieldsFor = (
    login: string,
  ): string => `narrative declined district { name } simulation { sentenceFr } observations { body } signatures { name } errata { textFr }
    sections { code thirdNext { typeCode days } figures { indicator { code } dimension { code } lines { code value yearBefore county } months { period value }
      ${login === 'worker.sevran' ? 'funnel { rate base low high isOwn }' : ''} } }`;
  return (['person.sevran', 'worker.sevran'] as const).flatMap((login): Listed[] => [
    {
      name: `published reports, ${login}`,
      login,
      page: 200,
      document: '{ activityReports { year district { name } } }',
    },
    ...[2015, new Date().getFullYear() - 1].map((year) => ({
      name: `the report of ${year}, ${login}`,
      login,
      // As many tables as a report cites.
      page: 220,
      document: `{ activityReport(districtId: "${district}", year: ${year}) { ${fieldsFor(login)}${login === 'worker.sevran' ? ' earlierTexts { version } laterTexts { version }' : ''} } }`,
    })),
  ]);
}

/** Indicators and frozen tables, which are public; and the observations of a team, which readers of statistics see. */
function figures({ district }: Facts): Listed[] {
  const indicator =
    'code labelFr dimensions { code } programme { by } opinions { position district { name } voices { words earlier { words } } } decisions { reason }';
  return [
    ...['PROPOSED', 'CONSULTED', 'ADOPTED', 'RETIRED', 'REFUSED'].map(
      (status): Listed => ({
        name: `indicators ${status}`,
        login: 'person.sevran',
        page: FIRST,
        document: `{ indicators(status: ${status}) { ${indicator} } statisticsMethods { version } }`,
      }),
    ),
    ...[
      '',
      '(period: "2015-03")',
      '(indicator: "APPOINTMENTS")',
      '(period: "2015-03", indicator: "APPOINTMENTS")',
    ].map(
      (of): Listed => ({
        name: `errata${of}`,
        login: 'person.sevran',
        // As many as are listed.
        page: 100,
        document: `{ errata${of} { textFr signedBy district { name } } }`,
      }),
    ),
    {
      name: 'errata to sign',
      login: 'worker.sevran',
      page: 100,
      document: '{ errataToSign { textFr proposedBy district { name } } }',
    },
    ...(['worker.sevran', 'head.sevran', 'client.reporting'] as const).flatMap((login): Listed[] => [
      {
        name: `one indicator and what is frozen of a year, ${login}`,
        login,
        page: FIRST,
        document: `{ indicators(code: "APPOINTMENTS") { ${indicator} } snapshots(year: 2019) { period } }`,
      },
      {
        name: `observations of a year, ${login}`,
        login,
        page: FIRST,
        document: `{ indicatorObservations(districtId: "${district}", year: 2012) { code body district { name } } }`,
      },
      {
        name: `observations of a year and an indicator, ${login}`,
        login,
        page: FIRST,
        document: `{ indicatorObservations(districtId: "${district}", year: 2012, code: "VISITS") { body } }`,
      },
      {
        name: `figures and those of the year before, ${login}`,
        login,
        page: FIRST,
        document: `{ statistics(indicator: "NEEDS", period: "${new Date().getFullYear() - 1}", by: ["NEED_CODE"]) {
          dimensions { code categories { code } } errata { textFr }
          cells(first: ${FIRST}, after: ${AFTER}) { edges { node { categories { code } value yearBefore { value } } }
            pageInfo { hasNextPage endCursor } } } }`,
        cursor: ['statistics', 'cells', 'pageInfo', 'endCursor'],
      },
    ]),
  ];
}

/** Where people are sent, what partners ask, and the directory of organisations. */
function orientation({ district, case: caseId, now, ahead }: Facts): Listed[] {
  const queue = (list: string, args: string, fields: string): string =>
    `{ ${list}(districtId: "${district}"${args}, first: ${FIRST}, after: ${AFTER}) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`;
  const organisations = (filter: string): string =>
    `{ organisations(filter: { ${filter} }, first: ${FIRST}, after: ${AFTER}) { edges { node { name themes } } pageInfo { hasNextPage endCursor } } }`;
  return [
    ...(['head.sevran', 'worker.sevran'] as const).flatMap((login): Listed[] => [
      ...['', ', overdueOnly: true', ', answered: true'].map((args) => ({
        name: `referrals received${args}, ${login}`,
        login,
        page: FIRST,
        document: queue('receivedReferrals', args, 'status answerBy overdue'),
        cursor: ['receivedReferrals', 'pageInfo', 'endCursor'],
      })),
      ...['', ', overdueOnly: true', ', done: true'].map((args) => ({
        name: `what partners ask${args}, ${login}`,
        login,
        page: FIRST,
        document: queue('incomingRequests', args, 'status answerBy overdue'),
        cursor: ['incomingRequests', 'pageInfo', 'endCursor'],
      })),
    ]),
    ...[
      'name: "struct"',
      'theme: "numerique"',
      'communeCode: "93071"',
      'theme: "numerique", communeCode: "93071", name: "s"',
    ].map(
      (filter): Listed => ({
        name: `organisations, ${filter}`,
        login: 'worker.sevran',
        page: FIRST,
        document: organisations(filter),
        cursor: ['organisations', 'pageInfo', 'endCursor'],
      }),
    ),
    {
      name: 'where those of a case are sent, worker.sevran',
      login: 'worker.sevran',
      page: 20,
      document: `{ case(id: "${caseId}") { referrals { status persons { displayName } needs { code } } } }`,
    },
    {
      name: 'where one is sent',
      login: 'person.sevran',
      page: 20,
      document: '{ me { referrals { status } } }',
    },
    {
      name: 'that they are sent on, reception.sevran',
      login: 'reception.sevran',
      page: 20,
      document: `{ appointments(filter: { districtId: "${district}", from: "${now}", to: "${ahead}" }, first: 20) {
        edges { node { persons { referralMentions { status } } } } } }`,
    },
    {
      name: 'sectors of a street',
      login: 'reception.sevran',
      page: 20,
      document: '{ sectorsFor(communeCode: "93071", street: "1 rue de la Gare") { streets } }',
    },
    {
      name: 'what can be booked online',
      login: 'reception.sevran',
      page: 20,
      document: `{ onlineTypes(districtId: "${district}") { nextFree type { code } } }`,
    },
  ];
}

/** Who waits, and what is offered to them. */
function waitingList({ district, shared, urgentRequest }: Facts): Listed[] {
  const list = (filter: string, more: string): string =>
    `{ waitingList(first: ${FIRST}, after: ${AFTER}${filter}) { edges { node { id askedAt ${more} } } pageInfo { hasNextPage endCursor } } }`;
  const cursor = ['waitingList', 'pageInfo', 'endCursor'];
  const logins = ['reception.sevran', 'head.sevran', 'worker.sevran', 'worker2.sevran'] as const;
  return [
    ...[...logins, 'person.sevran', shared, 'adviser'].map(
      (login): Listed => ({
        name: `who waits, ${login}`,
        login,
        page: FIRST,
        document: list('', ''),
        cursor,
      }),
    ),
    ...logins.map(
      (login): Listed => ({
        name: `who waits in a district, with their rank, ${login}`,
        login,
        // A rank counts everyone who waits in the district, once for a page: here they are 421.
        page: FIRST * 2,
        document: list(`, districtId: "${district}"`, 'rank urgency'),
        cursor,
      }),
    ),
    ...(['reception.sevran', 'worker.sevran'] as const).map(
      (login): Listed => ({
        name: `who waits, with what is offered to them and who was passed over, ${login}`,
        login,
        page: FIRST * 5,
        document: list('', 'offers { startsAt text } skips { reason startsAt }'),
        cursor,
      }),
    ),
    {
      name: 'times for who must be seen soon, reception.sevran',
      login: 'reception.sevran',
      page: FIRST * 5,
      document: `{ urgentSlots(requestId: "${urgentRequest}", first: ${FIRST}) { startsAt workers { displayName } } }`,
    },
    ...(['reception.sevran', 'worker.sevran'] as const).map(
      (login): Listed => ({
        name: `of what is offered nobody was told yet, ${login}`,
        login,
        page: FIRST,
        document: `{ offersToGive(districtId: "${district}", first: ${FIRST}, after: ${AFTER}) {
          edges { node { answerBy channel } } pageInfo { hasNextPage endCursor } } }`,
        cursor: ['offersToGive', 'pageInfo', 'endCursor'],
      }),
    ),
  ];
}

/** What is told to who stands at the counter. */
function atTheCounter({ presentVisit }: Facts): Listed[] {
  return [false, true].map(
    (past): Listed => ({
      name: `times ${past ? 'past' : 'to come'} of who is present, reception.sevran`,
      login: 'reception.sevran',
      page: 100,
      document: `{ timesOfPresent(visitId: "${presentVisit}", past: ${past}) { startsAt place publicLabel } }`,
    }),
  );
}

function lookUps({ person }: Facts): Listed[] {
  const said = [
    `birthYear: ${person.birthYear}`,
    `reference: "${person.reference}"`,
    `phone: "${person.phone}"`,
  ];
  return (['reception.sevran', 'worker.sevran'] as const).flatMap((login) =>
    said.map(
      (thing): Listed => ({
        name: `look-up by name and ${thing.split(':')[0]}, ${login}`,
        login,
        page: 20,
        document: `{ personLookUp(input: { fullName: "${person.name}", ${thing} }) { displayName } }`,
      }),
    ),
  );
}
