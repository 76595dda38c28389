import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { buildCosmosSchema } from '../../schema/index.js';
import { foreseeLines } from '../../src/http/limits.js';
import { LINE_LIMITS, LineTurns } from '../../src/log/line-turns.js';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

/** One login wrote 50,000 lines in ten seconds. Here it has twelve at once, and sixty a minute. */
const LIMITS = { atOnce: 12, perMinute: 60 };

describe('the turns of a login', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
  });
  const turns = (): LineTurns => new LineTurns(LIMITS, () => now);
  const codeOf = (turn: Promise<unknown>): Promise<unknown> =>
    turn.then(
      () => 'entered',
      ({ code, details }) => ({ code, ...details }),
    );

  test('take what was written, and not what was foreseen', async () => {
    const all = turns();
    (await all.enter('alice', 12))(2);
    (await all.enter('alice', 10))(10);
    expect(await codeOf(all.enter('alice', 1))).toEqual({ code: 'RATE_LIMITED', retryAfter: 1 });
  });

  test('come back with time, and are never more than at once', async () => {
    const all = turns();
    (await all.enter('alice', 12))(12);
    expect(await codeOf(all.enter('alice', 5))).toEqual({ code: 'RATE_LIMITED', retryAfter: 5 });
    now += 5_000;
    (await all.enter('alice', 5))(5);
    now += 3_600_000;
    (await all.enter('alice', 12))(12);
    expect(await codeOf(all.enter('alice', 1))).toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('wait for what others of the same login leave, in the order in which they came', async () => {
    const all = turns();
    const leave = await all.enter('alice', 8);
    const begun: string[] = [];
    const second = all.enter('alice', 6).then((leaveToo) => {
      begun.push('second');
      return leaveToo;
    });
    const third = all.enter('alice', 2).then((leaveToo) => {
      begun.push('third');
      return leaveToo;
    });
    await new Promise(setImmediate);
    expect(begun).toEqual([]);
    leave(1);
    await Promise.all([second, third]);
    expect(begun).toEqual(['second', 'third']);
  });

  test('are refused once nobody is under way who could leave anything, and pass over who has gone', async () => {
    const all = turns();
    const leave = await all.enter('alice', 12);
    const gone = codeOf(all.enter('alice', 1, () => false));
    const late = codeOf(all.enter('alice', 3));
    leave(12);
    expect(await gone).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await late).toEqual({ code: 'RATE_LIMITED', retryAfter: 3 });
  });

  test('make up for an operation that wrote more than was foreseen', async () => {
    const all = turns();
    (await all.enter('alice', 1))(42);
    expect(await codeOf(all.enter('alice', 1))).toEqual({ code: 'RATE_LIMITED', retryAfter: 31 });
  });

  test('are each login’s own', async () => {
    const all = turns();
    (await all.enter('alice', 12))(12);
    (await all.enter('bruno', 12))(12);
    expect(await codeOf(all.enter('bruno', 1))).toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('do not begin for an operation that is larger than any may be', async () => {
    expect(await codeOf(turns().enter('alice', 13))).toMatchObject({ code: 'DOCUMENT_TOO_COSTLY' });
  });

  test('let no login write 50,000 lines in ten seconds, and a desk read its day list as often', () => {
    expect(LINE_LIMITS.atOnce + LINE_LIMITS.perMinute / 6).toBeLessThan(50_000 / 8);
    // A hundred appointments on the day list, read again every ten seconds.
    expect(LINE_LIMITS.perMinute).toBeGreaterThanOrEqual(100 * 6);
  });
});

describe('the lines that are foreseen for an operation', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildCosmosSchema();
  });
  const foreseen = (query: string): number => {
    const document = parse(query);
    const operation = document.definitions[0] as OperationDefinitionNode;
    return foreseeLines({ schema, document, operation, variables: {}, operationName: undefined });
  };
  const PAGE = `id persons { displayName } needs { id } interviewNotes(first: 3) { edges { node { body } } }
    appointments(first: 1) { edges { node { startsAt persons { id } } } } referrals { status }`;

  test.each([
    ['one for what is asked alone, or names nobody', '{ viewer { kind } }', 1],
    ['one for a case', '{ case(id: "x") { id } }', 1],
    [
      'one for each case of a page, its notes and its persons',
      '{ cases(first: 20) { edges { node { id persons { id } interviewNotes { edges { node { id } } } } } } }',
      140,
    ],
    [
      'of aliases, all of them',
      '{ a: cases(first: 100) { edges { cursor node { id } } } b: cases(first: 100) { edges { node { id } } } }',
      200,
    ],
    ['a hundred for the list of a day', '{ dayList(districtId: "x") }', 100],
    [
      'five hundred for what others changed in a day, by each alias',
      '{ a: changesOfDay(districtId: "x") { kind } b: changesOfDay(districtId: "x") { kind } }',
      1_000,
    ],
    [
      'those of all acts that may be taken back together',
      'mutation { takeBackActs(input: { kind: CANCEL_APPOINTMENT }) { howMany } }',
      600,
    ],
    [
      'those of a meeting for what is done to an appointment, which may be one',
      'mutation { recordOutcome(input: { id: "x", expectedVersion: 1, outcome: HONOURED }) { id } }',
      200,
    ],
  ])('are %s', (_what, query, lines) => {
    expect(foreseen(query)).toBe(lines);
  });

  test('let a worker have a hundred cases with all that hangs on them', () => {
    const lines = foreseen(`{ cases(first: 100) { edges { node { ${PAGE} } } } }`);
    expect(lines).toBeLessThan(LINE_LIMITS.atOnce / 3);
  });

  test('of what a document may cost at all are a few thousand', () => {
    const pages = Array.from(
      { length: 30 },
      (_, nth) => `a${nth}: cases(first: 100) { edges { node { id } } }`,
    );
    expect(foreseen(`{ ${pages.join(' ')} }`)).toBe(3_000);
  });
});

describe('a login that floods the log', () => {
  let database: TestDatabase;
  let app: TestApp;
  let file: BuiltCase;
  let districtId: string;

  beforeAll(async () => {
    database = await cloneDatabase();
    const sevran = (await county(database)).district('Sevran');
    districtId = (await sevran).id;
    await sevran.receptionist('rachida');
    const alice = sevran.worker('alice');
    file = await alice.case();
    for (let nth = 0; nth < 4; nth += 1) await alice.case();
  });
  beforeEach(async () => {
    await app?.close();
    app = await startTestApp(database, { lineLimits: { ...LIMITS, perMinute: 1 } });
    await database.sql('truncate access_log');
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const lines = async (): Promise<number> => (await database.sql('select from access_log')).length;
  const look = async (by: string): Promise<Answer> =>
    (await app.as(by)).send(`{ case(id: "${file.id}") { id } }`);

  test('is stopped, by 429 and when to ask again, and every line of what it was answered is there', async () => {
    const answers: Answer[] = [];
    for (let nth = 0; nth < 20; nth += 1) answers.push(await look('rachida'));
    const answered = answers.filter(({ data }) => data?.['case'] != null);
    expect(answered).toHaveLength(LIMITS.atOnce);
    expect(await lines()).toBe(LIMITS.atOnce);
    for (const { status, data, errors } of answers.slice(LIMITS.atOnce)) {
      expect({ status, data }).toEqual({ status: 429, data: undefined });
      expect(errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    }
  });

  test('at once, too: forty at the same time are no more than twelve', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => look('rachida')));
    expect(answers.filter(({ data }) => data?.['case'] != null)).toHaveLength(LIMITS.atOnce);
    expect(await lines()).toBe(LIMITS.atOnce);
  });

  test('by another token is still the same login', async () => {
    for (let nth = 0; nth < LIMITS.atOnce; nth += 1) await look('rachida');
    expect((await look('rachida')).status).toBe(429);
  });

  test('keeps nobody else from their work', async () => {
    for (let nth = 0; nth < 20; nth += 1) await look('rachida');
    expect((await look('alice')).errors).toEqual([]);
  });

  test('by one operation of many lines is refused before it reads: nothing is answered, nothing written', async () => {
    const page = '{ cases(first: 100) { edges { node { id } } } }';
    const large = await (await app.as('alice')).send(page);
    expect({ status: large.status, codes: large.codes, data: large.data }).toEqual({
      status: 400,
      codes: ['DOCUMENT_TOO_COSTLY'],
      data: undefined,
    });
    expect(await lines()).toBe(0);
    const small = await (await app.as('alice')).send(page.replace('100', '10'));
    expect(small.data?.['cases'].edges).toHaveLength(5);
    expect(await lines()).toBe(5);
    // Seven are left, and ten foreseen.
    expect((await (await app.as('alice')).send(page.replace('100', '10'))).status).toBe(429);
    expect(await lines()).toBe(5);
    expect((await (await app.as('alice')).send(page.replace('100', '7'))).errors).toEqual([]);
    expect(await lines()).toBe(10);
  });

  test('a write that is refused for it has no effect', async () => {
    for (let nth = 0; nth < LIMITS.atOnce; nth += 1) await look('alice');
    const answer = await (await app.as('alice')).send(
      'mutation ($input: CloseCaseInput!) { closeCase(input: $input) { id } }',
      { input: { caseId: file.id, expectedVersion: 1 } },
    );
    expect(answer.status).toBe(429);
    expect(await database.sql(`select status from "case" where id = $1`, [file.id])).toEqual([
      { status: 'OPEN' },
    ]);
  });

  test('by a wrong version of a meeting of 150 is counted by the lines that are written, one for each who comes', async () => {
    await app.close();
    app = await startTestApp(database, { lineLimits: { atOnce: 400, perMinute: 1 } });
    const make = rowsOf(database);
    const meeting = await make.appointment({
      districtId,
      startsAt: ahead(1),
      endsAt: ahead(25 / 24),
      places: 200,
    });
    await Promise.all(
      Array.from({ length: 150 }, async () =>
        make.appointmentPerson({ appointmentId: meeting, personId: await make.person({ districtId }) }),
      ),
    );
    await database.sql('truncate access_log');
    const callOff = async (): Promise<Answer> =>
      (await app.as('rachida')).send(
        'mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { id } }',
        { input: { id: meeting, expectedVersion: 77, by: 'SERVICE' } },
      );
    expect((await callOff()).codes).toEqual(['CONFLICT']);
    expect(await lines()).toBe(150);
    expect((await callOff()).codes).toEqual(['CONFLICT']);
    // A hundred are left, and two hundred foreseen.
    expect((await callOff()).status).toBe(429);
    expect(await lines()).toBe(300);
  });
});
