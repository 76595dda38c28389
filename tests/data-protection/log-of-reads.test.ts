import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BuiltCase } from '../support/county.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/** Rule 9: who read what, once for each row; of what was not there, or not theirs, nothing. */
let made: LoggedCounty;
let file: BuiltCase;
let vars: Record<string, unknown>;

beforeAll(async () => {
  made = await startLoggedCounty();
  file = await made.newCase();
  const { make, district: districtId } = made;
  await make.personAccount({ personId: file.personId, subject: 'ana' });
  await make.absence({ workerId: made.who['alice'], districtId });
  const indicatorId = await make.indicator({
    code: 'OPEN_CASES',
    status: 'ADOPTED',
    proposedOn: '2024-11-04',
    consultedFrom: '2024-12-02',
    consultedUntil: '2024-12-20',
    adoptedOn: '2025-01-01',
    givenBy: 'DISTRICT',
    place: 1,
  });
  const snapshotId = await make.snapshot({
    period: '2025',
    startsOn: '2025-01-01',
    endsOn: '2026-01-01',
    frozenOn: '2026-02-10',
    methodVersion: 1,
    secretMark: new Uint8Array(1),
  });
  await make.snapshotTable({ snapshotId, indicatorId, districtId, dimensions: [], cells: [30] });
  vars = {
    id: file.id,
    reference: file.reference,
    missing: '00000000-0000-4000-8000-000000000000',
    district: made.district,
    worker: made.who['alice'],
    from: new Date().toISOString(),
    to: new Date(Date.now() + 86_400_000).toISOString(),
  };
});
afterAll(() => made.close());

const FIGURES =
  'statistics(indicator: "OPEN_CASES", period: "2025", districtId: $district) { cells { edges { node { value } } } }';

/** The types of the variables by their name. */
const typeOf = (name: string): string =>
  name === 'reference' ? 'String!' : /^(from|to)$/.test(name) ? 'DateTime!' : 'ID!';

async function asked(by: string, selection: string): Promise<string[]> {
  const names = [...new Set(selection.match(/(?<=\$)\w+/g) ?? [])];
  const head = names.length === 0 ? '' : `query (${names.map((name) => `$${name}: ${typeOf(name)}`)}) `;
  const requester = by === 'anonymous' ? made.app.anonymous : await made.app.as(by);
  return made.logged(async () => {
    const answer = await requester.send(
      `${head}{ ${selection} }`,
      Object.fromEntries(names.map((name) => [name, vars[name]])),
    );
    expect([200, 400]).toContain(answer.status);
    expect(answer.codes.filter((code) => code !== 'FORBIDDEN')).toEqual([]);
  });
}

describe('what is read', () => {
  test.each<[name: string, by: string, selection: string, lines: readonly string[]]>([
    ['a case', 'bruno', 'case(id: $id) { id status }', ['LOOK_UP_CASE the case by bruno: DONE']],
    [
      'a case twice in a document',
      'bruno',
      'a: case(id: $id) { id } b: case(id: $id) { reference }',
      ['LOOK_UP_CASE the case by bruno: DONE'],
    ],
    // What finds nothing is a line too, and the same where there is something.
    ['a case that is not there', 'alice', 'case(id: $missing) { id }', ['LOOK_UP_CASE by alice: DONE']],
    ['a case of another district', 'gaston', 'case(id: $id) { id }', ['LOOK_UP_CASE by another: DONE']],
    [
      'its persons',
      'hélène',
      'case(id: $id) { persons { displayName } }',
      ['LOOK_UP_CASE the case by hélène: DONE', 'READ_PERSON Ana by hélène: DONE'],
    ],
    [
      'a case on whose notes a colleague is refused',
      'bruno',
      'case(id: $id) { interviewNotes { edges { node { id } } } }',
      ['LOOK_UP_CASE the case by bruno: DONE'],
    ],
    ['oneself', 'ana', 'me { displayName }', ['READ_PERSON Ana by Ana: DONE']],
    [
      'someone looked up',
      'rachida',
      'personLookUp(input: { fullName: "Ana Petit", reference: "P-X" }) { id }',
      ['LOOK_UP_PERSON by rachida: DONE'],
    ],
    [
      'the cases of who is absent',
      'hélène',
      'cases(filter: { absentWorkerId: $worker, purpose: RELAY }) { edges { node { id } } }',
      ['LIST_CASES_FOR_RELAY for alice by hélène: DONE', 'READ_CASE the case by hélène: DONE'],
    ],
    [
      'a colleague’s agenda',
      'rachida',
      'appointments(filter: { workerId: $worker, from: $from, to: $to }) { edges { node { id } } }',
      ['FILTER_BY_WORKER for alice by rachida: DONE'],
    ],
    [
      'when a colleague is busy',
      'bruno',
      'busyTimes(districtId: $district, workerId: $worker, from: $from, to: $to) { startsAt }',
      ['FILTER_BY_WORKER for alice by bruno: DONE'],
    ],
    [
      'how a colleague’s agenda is opened',
      'rachida',
      'availabilities(districtId: $district, workerId: $worker) { opensAt } unavailabilities(districtId: $district, workerId: $worker) { startsAt }',
      ['FILTER_BY_WORKER for alice by rachida: DONE'],
    ],
    [
      'a colleague’s free slots',
      'bruno',
      'slots(filter: { typeCode: "FOLLOW_UP", districtId: $district, workerIds: [$worker] }) { whyNone }',
      ['FILTER_BY_WORKER for alice by bruno: DONE'],
    ],
    [
      'the log itself',
      'déléguée',
      'accessLog(filter: { caseReference: $reference, ground: COMPLAINT }) { edges { cursor } }',
      ['READ_ACCESS_LOG the case by déléguée: DONE'],
    ],
    [
      'what a team observed',
      'client.reporting',
      'indicatorObservations(districtId: $district, year: 2025) { body }',
      ['READ_STATISTICS by another: DONE'],
    ],
  ])('%s, by %s', async (_name, by, selection, lines) => {
    expect(await asked(by, selection)).toEqual(lines);
  });

  test('someone found by look-up is named', async () => {
    const reference = await made.one('select reference from person where id = $1', [file.personId]);
    expect(
      await asked(
        'rachida',
        `personLookUp(input: { fullName: "Ana Petit", reference: "${reference}" }) { id }`,
      ),
    ).toEqual(['LOOK_UP_PERSON Ana by rachida: DONE']);
  });

  test('of a page of cases, each case once and its notes once, however many notes and wherever asked', async () => {
    await made.newCase();
    const notes = 'interviewNotes { edges { node { id body author { displayName } } } }';
    const lines = await asked(
      'alice',
      `cases(filter: { assignedToMe: true }) { edges { node { id a: ${notes} b: ${notes.replace('{', '(first: 1) {')} } } }`,
    );
    expect(lines.sort()).toEqual(
      ['READ_CASE', 'READ_CASE', 'READ_NOTES', 'READ_NOTES'].map((line) => `${line} the case by alice: DONE`),
    );
  });

  test('of the changes of a day, each person once', async () => {
    const { make, sevran, district: districtId, who } = made;
    const { id: garde } = await sevran.worker('garde');
    const { id: personId } = await sevran.person();
    await make.visit({ districtId, personId, workerId: garde });
    const act = { workerId: who['rachida'], districtId, rowId: personId, personIds: [personId] };
    await Promise.all([make.act(act), make.act({ ...act, kind: 'SET_OBJECTION' })]);
    expect(await asked('garde', 'changesOfDay(districtId: $district) { kind personName }')).toEqual([
      'READ_PERSON another by another: DONE',
    ]);
    expect(await asked('alice', 'changesOfDay(districtId: $district) { kind }')).toEqual([]);
  });

  test('of two agendas in one document, whose they are', async () => {
    const times = (worker: string) =>
      `slots(filter: { districtId: $district, typeCode: "FIRST_RECEPTION", workerIds: ["${made.who[worker]}"] }) { whyNone }`;
    expect(await asked('rachida', `a: ${times('alice')} b: ${times('bruno')}`)).toEqual([
      'FILTER_BY_WORKER for alice by rachida: DONE',
      'FILTER_BY_WORKER for bruno by rachida: DONE',
    ]);
  });

  test('of a page, what is on it, and not the first of the next', async () => {
    expect(
      await asked('alice', 'cases(first: 1) { edges { node { id } } pageInfo { hasNextPage } }'),
    ).toEqual(['READ_CASE the case by alice: DONE']);
  });
});

describe('nothing is written', () => {
  test.each([
    ['of oneself as a worker', 'alice', 'viewer { kind memberships { role } }'],
    ['of what is public', 'alice', 'districts { name } needCodes { code } privacyNotices { kind }'],
    ['of what is public, by anyone', 'anonymous', 'districts { name } errorCodes'],
    ['of an appointment that is not there', 'alice', 'appointment(id: $missing) { id }'],
    ['of a case that nobody in particular asks for', 'anonymous', 'case(id: $id) { id }'],
    ['of an empty list', 'gaston', 'cases { edges { node { id } } } relays(districtId: $district) { id }'],
    [
      'of what is offered to nobody',
      'bruno',
      'pendingHandovers { id } notifications { edges { node { id } } }',
    ],
    [
      'of what is counted, and of how it is protected',
      'anonymous',
      'indicators { code opinions { position } } statisticsMethods { version }',
    ],
    [
      'of figures, which are everyone’s',
      'client.reporting',
      `a: ${FIGURES} b: ${FIGURES} snapshots(year: 2025) { period }`,
    ],
    ['of figures, by anyone', 'anonymous', FIGURES],
    [
      'of figures, by the service’s own',
      'bruno',
      `${FIGURES} snapshots(year: 2025) { period } indicatorObservations(districtId: $district, year: 2025) { body }
        waitSimulations(districtId: $district) { sentenceFr }`,
    ],
    [
      'of what a team votes on, by one of the team',
      'bruno',
      'teamOptions(districtId: $district) { status myVote } walkInHours(districtId: $district) { startsAt }',
    ],
    ['of hours without an appointment', 'anonymous', 'walkInHours(districtId: $district) { startsAt }'],
    [
      'of a refused log',
      'alice',
      'accessLog(filter: { caseReference: $reference, ground: COMPLAINT }) { edges { cursor } }',
    ],
    [
      'of a refused look-up',
      'hélène',
      'personLookUp(input: { fullName: "Ana Petit", birthYear: 1980 }) { id }',
    ],
  ])('%s, to %s', async (_name, by, selection) => {
    expect(await asked(by, selection)).toEqual([]);
  });
});
