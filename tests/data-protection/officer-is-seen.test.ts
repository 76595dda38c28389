import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/**
 * The officer read the logs of 21 workers in one operation, 92 ms, and ranked them by their open cases. Nobody was told. Now an operation
 * reads the log of one subject, a day has a measure, and the worker or a second person is told.
 */
let made: LoggedCounty;
let app: TestApp;
/** Ids by login: the officer, a second one, an adviser and others. */
let who: Readonly<Record<string, string>>;
/** Workers of the district: more than a day’s measure. */
const workers: string[] = [];

const WORKERS_PER_DAY = 5;
const OTHERS_PER_DAY = 30;

beforeAll(async () => {
  made = await startLoggedCounty();
  app = await startTestApp(made.database, {
    logsPerDay: { workers: WORKERS_PER_DAY, others: OTHERS_PER_DAY },
  });
  who = { ...made.who, seconde: (await made.sevran.worker('seconde')).id };
  for (let nth = 0; nth < 21; nth += 1) workers.push((await made.sevran.worker(`w${nth}`)).id);
});
beforeEach(async () => {
  await made.database.sql('truncate access_log');
  await made.database.sql('delete from notification');
  await isOfficer('seconde');
});
afterAll(async () => {
  await app.close();
  await made.close();
});

/** Makes a worker an officer without a district. */
const isOfficer = (name: string) =>
  made.database.sql(
    `update membership set district_id = null, role = 'DATA_PROTECTION_OFFICER', ends_at = null where worker_id = $1`,
    [who[name]],
  );

/** Ends the post of a worker. */
const leaves = (name: string) =>
  made.database.sql(`update membership set ends_at = now() - interval '1 minute' where worker_id = $1`, [
    who[name],
  ]);

const LOG = `query ($filter: AccessLogFilter!, $first: Int, $after: String) {
  accessLog(filter: $filter, first: $first, after: $after) { edges { node { action } } pageInfo { endCursor } } }`;

const read = async (
  filter: Record<string, unknown>,
  { by = 'déléguée', ...page }: { by?: string; first?: number; after?: string } = {},
): Promise<Answer> => (await app.as(by)).send(LOG, { filter: { ground: 'CONTROL', ...filter }, ...page });

/** The words of the first error, or `read`. */
const outcomeOf = ({ errors }: Answer): string => {
  const [first] = errors;
  return first === undefined ? 'read' : `${first.extensions.code} ${first.extensions['field']}`;
};

/** Returns the notifications that the worker reads, the newest first. */
async function toldTo(subject: string): Promise<unknown[]> {
  const answer = await (await app.as(subject)).send(
    '{ notifications { edges { node { kind aboutWorker { id } } } } }',
  );
  expect(answer.errors).toEqual([]);
  return answer.data?.['notifications'].edges.map(
    ({ node }: { node: { kind: string; aboutWorker: { id: string } | null } }) =>
      `${node.kind} ${node.aboutWorker?.id === undefined ? 'nobody' : nameOf(node.aboutWorker.id)}`,
  );
}
const nameOf = (id: string): string => {
  const nth = workers.indexOf(id);
  return nth >= 0 ? `w${nth}` : (Object.entries(who).find(([, one]) => one === id)?.[0] ?? 'another');
};

/** The lines about the reading of logs, in words. */
const lines = async (): Promise<string[]> =>
  (
    await made.database.sql<{ line: string }>(
      `select action || ' ' || outcome as line from access_log where action like 'READ_ACCESS_LOG%' order by id`,
    )
  ).map(({ line }) => line);

describe('one subject an operation', () => {
  test('21 logs by worker in one operation: the first is answered, and its worker is told the ground', async () => {
    const aliases = workers.map(
      (id, nth) =>
        `w${nth}: accessLog(first: 100, filter: { workerId: "${id}", ground: COMPLAINT }) { edges { node { action } } }`,
    );
    const answer = await (await app.as('déléguée')).send(`{ ${aliases.join('\n')} }`);
    expect(Object.values(answer.data ?? {}).filter((log) => log !== null)).toHaveLength(1);
    expect(answer.data?.['w0']).not.toBeNull();
    expect(answer.codes).toEqual(Array.from({ length: 20 }, () => 'INVALID_INPUT'));
    expect(await toldTo('w0')).toEqual(['LOG_READ_COMPLAINT w0']);
    expect(await toldTo('w1')).toEqual([]);
    // The log has the refused readings too, as refused.
    expect((await lines()).sort()).toEqual([
      'READ_ACCESS_LOG DONE',
      ...Array.from({ length: 20 }, () => 'READ_ACCESS_LOG REFUSED'),
    ]);
  });

  test('pages of the same subject go on, in one operation and in the next', async () => {
    const page = `accessLog(first: 1, filter: { workerId: "${workers[0]}", ground: CONTROL }) { edges { node { action } } }`;
    const answer = await (await app.as('déléguée')).send(`{ a: ${page} b: ${page} }`);
    expect(answer.errors).toEqual([]);
    for (let nth = 0; nth < 2 * WORKERS_PER_DAY; nth += 1)
      expect(outcomeOf(await read({ workerId: workers[0] }))).toBe('read');
    expect(await toldTo('w0')).toEqual(['LOG_READ_CONTROL w0']);
    expect(await toldTo('seconde')).toEqual([]);
  });

  test('a case beside a worker, and a second case, are refused', async () => {
    const [one, other] = [await made.newCase(), await made.newCase()];
    const log = (filter: string): string =>
      `accessLog(filter: { ${filter}, ground: COMPLAINT }) { edges { node { action } } }`;
    const answer = await (await app.as('déléguée')).send(
      `{ a: ${log(`caseReference: "${one.reference}"`)} b: ${log(`caseReference: "${other.reference}"`)}
         c: ${log(`workerId: "${workers[0]}"`)} d: ${log(`personId: "${other.personId}"`)} }`,
    );
    expect(answer.errors.map(({ path, extensions }) => [path?.[0], extensions.code])).toEqual([
      ['b', 'INVALID_INPUT'],
      ['c', 'INVALID_INPUT'],
      ['d', 'INVALID_INPUT'],
    ]);
    expect(answer.data?.['a']).not.toBeNull();
    expect(await toldTo('w0')).toEqual([]);
  });
});

describe('a measure by day', () => {
  test('five workers a day: the sixth is refused, also when it is asked again; the second officer is told once', async () => {
    for (const workerId of workers.slice(0, WORKERS_PER_DAY))
      expect(outcomeOf(await read({ workerId }))).toBe('read');
    for (let nth = 0; nth < 2; nth += 1) {
      const refused = await read({ workerId: workers[WORKERS_PER_DAY] });
      expect(outcomeOf(refused)).toBe('RATE_LIMITED filter');
      expect(refused.data).toEqual({ accessLog: null });
      expect(refused.errors[0]?.extensions['retryAfter']).toBeGreaterThan(86_000);
      expect(refused.errors[0]?.extensions['retryAfter']).toBeLessThanOrEqual(86_400);
    }
    expect(outcomeOf(await read({ workerId: workers[WORKERS_PER_DAY + 1] }))).toBe('RATE_LIMITED filter');
    // The worker whose log was not read is told nothing, and those that were read can be read on.
    expect(await toldTo(`w${WORKERS_PER_DAY}`)).toEqual([]);
    expect(outcomeOf(await read({ workerId: workers[0] }))).toBe('read');
    expect(await toldTo('seconde')).toEqual(['LOG_MEASURE_REACHED déléguée']);
    expect(await toldTo('conseillère')).toEqual([]);
    // Another officer has a measure of their own, and cases have another one.
    expect(outcomeOf(await read({ workerId: workers[WORKERS_PER_DAY] }, { by: 'seconde' }))).toBe('read');
    expect(outcomeOf(await read({ caseReference: (await made.newCase()).reference }))).toBe('read');
    // The next day.
    await made.database.sql(`update access_log set occurred_at = occurred_at - interval '24 hours'`);
    expect(outcomeOf(await read({ workerId: workers[WORKERS_PER_DAY + 1] }))).toBe('read');
  });

  test('thirty cases and persons a day, and one that is not there counts each time', async () => {
    const file = await made.newCase();
    for (let nth = 0; nth < OTHERS_PER_DAY - 1; nth += 1)
      expect(outcomeOf(await read({ caseReference: 'NOT-THERE' }))).toBe('read');
    expect(outcomeOf(await read({ caseReference: file.reference }))).toBe('read');
    expect(outcomeOf(await read({ personId: file.personId }))).toBe('RATE_LIMITED filter');
    expect(outcomeOf(await read({ caseReference: 'NOT-THERE' }))).toBe('RATE_LIMITED filter');
    expect(outcomeOf(await read({ caseReference: file.reference }))).toBe('read');
    expect(outcomeOf(await read({ workerId: workers[0] }))).toBe('read');
  });

  test('asked at once of two processes, no more are answered', async () => {
    const second = await startTestApp(made.database, {
      logsPerDay: { workers: WORKERS_PER_DAY, others: OTHERS_PER_DAY },
    });
    try {
      const both = [await app.as('déléguée'), await second.as('déléguée')];
      const answers = await Promise.all(
        workers
          .slice(0, 12)
          .map((workerId, nth) => both[nth % 2]?.send(LOG, { filter: { ground: 'CONTROL', workerId } })),
      );
      expect(answers.filter((answer) => answer?.errors.length === 0)).toHaveLength(WORKERS_PER_DAY);
    } finally {
      await second.close();
    }
    expect(await toldTo('seconde')).toEqual(['LOG_MEASURE_REACHED déléguée']);
  });

  test('a faulty question does not count', async () => {
    for (let nth = 0; nth < OTHERS_PER_DAY; nth += 1)
      expect(outcomeOf(await read({}, { first: 1 }))).toBe('INVALID_INPUT filter');
    expect(outcomeOf(await read({ caseReference: 'NOT-THERE' }))).toBe('read');
  });
});

describe('the worker is told, or a second person', () => {
  const quietly = { ground: 'COMPLAINT', withoutTelling: true };
  /** Moves what waits to be told so many days ahead in time. */
  const pass = (days: number) =>
    made.database.sql('update notification set created_at = created_at - make_interval(days => $1)', [days]);

  test('each ground is told under its own name', async () => {
    for (const ground of ['PERSON_REQUEST', 'COMPLAINT', 'CONTROL', 'SECURITY_INCIDENT'])
      expect(outcomeOf(await read({ workerId: workers[0], ground }))).toBe('read');
    expect(((await toldTo('w0')) as string[]).sort()).toEqual([
      'LOG_READ_COMPLAINT w0',
      'LOG_READ_CONTROL w0',
      'LOG_READ_PERSON_REQUEST w0',
      'LOG_READ_SECURITY_INCIDENT w0',
    ]);
    // Nothing in the notification or in the log of the worker says it before they are told, and nobody else is told.
    expect(await toldTo('seconde')).toEqual([]);
    expect(await toldTo('conseillère')).toEqual([]);
  });

  test('without telling, the second officer is told at once, and the worker 30 days later', async () => {
    expect(outcomeOf(await read({ workerId: workers[0], ...quietly }))).toBe('read');
    expect(await toldTo('w0')).toEqual([]);
    expect(await toldTo('seconde')).toEqual(['LOG_READ_COMPLAINT w0']);
    expect(await toldTo('conseillère')).toEqual([]);
    expect(await lines()).toEqual(['READ_ACCESS_LOG_WITHOUT_TELLING DONE']);
    await pass(29);
    expect(await toldTo('w0')).toEqual([]);
    // Read again: it is told again later, and what was to be told is not put off.
    expect(outcomeOf(await read({ workerId: workers[0], ...quietly }))).toBe('read');
    await pass(1);
    expect(await toldTo('w0')).toEqual(['LOG_READ_COMPLAINT w0']);
  });

  test('without a second officer, the technical advisers are told; without them it is refused', async () => {
    await leaves('seconde');
    expect(outcomeOf(await read({ workerId: workers[0], ...quietly }))).toBe('read');
    expect(await toldTo('conseillère')).toEqual(['LOG_READ_COMPLAINT w0']);
    await leaves('conseillère');
    const refused = await read({ workerId: workers[1], ...quietly });
    expect(outcomeOf(refused)).toBe('INVALID_INPUT filter.withoutTelling');
    expect(refused.data).toEqual({ accessLog: null });
    expect(await toldTo('w1')).toEqual([]);
    // The worker can still be told, and then the log is read.
    expect(outcomeOf(await read({ workerId: workers[1], ground: 'COMPLAINT' }))).toBe('read');
    expect(await toldTo('w1')).toEqual(['LOG_READ_COMPLAINT w1']);
    await made.database.sql('update membership set ends_at = null where worker_id = $1', [
      who['conseillère'],
    ]);
  });

  test('the log of the second officer is told to the adviser', async () => {
    expect(outcomeOf(await read({ workerId: who['seconde'], ...quietly }))).toBe('read');
    expect(await toldTo('seconde')).toEqual([]);
    expect(await toldTo('conseillère')).toEqual(['LOG_READ_COMPLAINT seconde']);
  });

  test('only in an inquiry, and only of a worker', async () => {
    for (const ground of ['PERSON_REQUEST', 'CONTROL'])
      expect(outcomeOf(await read({ workerId: workers[0], ground, withoutTelling: true }))).toBe(
        'INVALID_INPUT filter.withoutTelling',
      );
    const file = await made.newCase();
    expect(outcomeOf(await read({ caseReference: file.reference, ...quietly }))).toBe(
      'INVALID_INPUT filter.withoutTelling',
    );
    expect(await toldTo('seconde')).toEqual([]);
    expect(new Set(await lines())).toEqual(new Set(['READ_ACCESS_LOG_WITHOUT_TELLING REFUSED']));
  });

  test('of a worker whose account is closed, who reads nothing any more, the second officer is told', async () => {
    await made.database.sql('update worker set disabled_at = now() where id = $1', [workers[20]]);
    expect(outcomeOf(await read({ workerId: workers[20] }))).toBe('read');
    expect(await toldTo('seconde')).toEqual(['LOG_READ_CONTROL w20']);
  });

  test('a worker who is not there is told nothing, and neither is who works in the case', async () => {
    expect(outcomeOf(await read({ workerId: '00000000-0000-4000-8000-000000000009', ...quietly }))).toBe(
      'read',
    );
    expect(await toldTo('seconde')).toEqual([]);
    const file = await made.newCase();
    expect(outcomeOf(await read({ caseReference: file.reference }))).toBe('read');
    expect(await toldTo('alice')).toEqual([]);
  });

  test('what is read without telling stands in the log of that worker, which the second officer reads', async () => {
    expect(outcomeOf(await read({ workerId: workers[0], ...quietly }))).toBe('read');
    const answer = await read({ workerId: workers[0], ...quietly }, { by: 'seconde' });
    expect(
      answer.data?.['accessLog'].edges.map(({ node }: { node: { action: string } }) => node.action),
    ).toEqual(['READ_ACCESS_LOG_WITHOUT_TELLING']);
    // The officer who has read is told of it as well.
    expect(await toldTo('déléguée')).toEqual(['LOG_READ_COMPLAINT w0']);
  });

  test('the database shows nobody a notification before its time', async () => {
    expect(outcomeOf(await read({ workerId: workers[0], ...quietly }))).toBe('read');
    expect(await byHand(made.database, 'w0', async (hand) => hand('select from notification'))).toBe('0');
  });
});
