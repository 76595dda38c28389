import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { carryOutReassignments } from '../../src/jobs/tasks.js';
import { brunoReads, type ReleaseCounty, releaseCounty } from '../release/releases.js';
import type { BuiltCase } from '../support/county.js';
import { ago } from '../support/days.js';
import { jobsOf } from '../support/jobs.js';
import { until } from '../support/until.js';

/** On Mondays the head reassigns: for Friday, or many cases at once. Each author has the same choice. */
let made: ReleaseCounty;
let jobs: pg.Pool;
beforeAll(async () => {
  made = await releaseCounty();
  jobs = jobsOf(made.database);
});
afterAll(async () => {
  await jobs.end();
  await made.close();
});

interface HeldCase extends BuiltCase {
  /** The subject of her to whom it is assigned, and who wrote its notes. */
  readonly author: string;
}

let nth = 0;
const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

/** Someone new, and cases of theirs with a note each. */
async function held(count = 1, notes: readonly string[] = ['texte']): Promise<HeldCase[]> {
  nth += 1;
  const author = `marie-${nth}`;
  const worker = made.sevran.worker(author);
  (made.ids as Record<string, string>)[author] = (await worker).id;
  const files: HeldCase[] = [];
  for (let one = 0; one < count; one += 1)
    files.push({ ...(await notes.reduce((built, note) => built.note(note), worker.case())), author });
  return files;
}

async function heldOne(notes?: readonly string[]): Promise<HeldCase> {
  const [file] = await held(1, notes);
  if (file === undefined) throw new Error('no case');
  return file;
}

const FIELDS = 'id caseReference toWorker { id } takesEffectAt version';
const plan = (file: BuiltCase, given: Record<string, unknown> = {}, who = 'hélène') =>
  made.send(
    who,
    'planReassignment',
    { caseId: file.id, workerId: made.ids['bruno'], takesEffectAt: inDays(3), expectedVersion: 1, ...given },
    FIELDS,
  );

async function planned(file: BuiltCase, given: Record<string, unknown> = {}): Promise<string> {
  const { code, data } = await plan(file, given);
  expect(code).toBeUndefined();
  return String(data?.['id']);
}

/** Its time has come, and the job runs. How many cases were reassigned. */
async function comesDue(id: string): Promise<number> {
  await made.database.sql(
    `update planned_reassignment set planned_at = now() - interval '4 days', takes_effect_at = now() - interval '1 second' where id = $1`,
    [id],
  );
  return carryOutReassignments(jobs);
}

async function stateOf(id: string): Promise<{ worker: string; version: number; status: string }> {
  const [row] = await made.database.sql<{ worker: string; version: number; status: string }>(
    `select w.subject as worker, c.version, c.status::text as status from "case" c join worker w on w.id = c.assigned_worker_id where c.id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('no case');
  return row;
}

async function outcomeOf(id: string): Promise<string | null> {
  const [row] = await made.database.sql<{ outcome: string | null }>(
    'select outcome::text as outcome from planned_reassignment where id = $1',
    [id],
  );
  return row?.outcome ?? null;
}

/** What someone was told about the case. */
async function toldOf(who: string, file: BuiltCase): Promise<string[]> {
  const rows = await made.database.sql<{ kind: string }>(
    `select kind::text as kind from notification where worker_id = $1 and case_id = $2 order by created_at, kind::text`,
    [made.ids[who], file.id],
  );
  return rows.map(({ kind }) => kind);
}

const ask = async (who: string, query: string, variables: Record<string, unknown> = {}) =>
  (await made.app.as(who)).send(query, variables);
const ofCase = async (who: string, file: BuiltCase) =>
  (
    await ask(
      who,
      'query ($id: ID!) { case(id: $id) { version assignedWorker { id } plannedReassignment { id takesEffectAt toWorker { id } } } }',
      { id: file.id },
    )
  ).data?.['case'];

describe('a reassignment that is dated', () => {
  test('tells both workers at once, and the one who takes the case reads its reference and the date alone', async () => {
    const file = await heldOne();
    const { data } = await plan(file);
    expect(data).toMatchObject({
      caseReference: file.reference,
      toWorker: { id: made.ids['bruno'] },
      version: 1,
    });
    for (const who of [file.author, 'bruno'])
      expect(await toldOf(who, file)).toEqual(['REASSIGNMENT_PLANNED']);
    const toCome = await made.list('bruno', 'casesToCome', 'caseReference takesEffectAt');
    expect(toCome.map(({ caseReference }) => caseReference)).toContain(file.reference);
    const case_ = (
      await ask(
        'bruno',
        `query ($id: ID!) { case(id: $id) { reference assignedWorker { id } mission persons { id } needs { id } plannedReassignment { id }
          interviewNotes { edges { node { id } } } } }`,
        { id: file.id },
      )
    ).data?.['case'];
    expect(case_).toEqual({
      reference: file.reference,
      assignedWorker: { id: made.ids[file.author] },
      mission: null,
      persons: null,
      needs: null,
      plannedReassignment: null,
      interviewNotes: null,
    });
    for (const who of ['carla', 'louise', 'rose']) expect(await made.list(who, 'casesToCome')).toEqual([]);
  });

  test('moves nothing before its time, and no version by which others would see it', async () => {
    const file = await heldOne();
    const id = await planned(file);
    expect(await carryOutReassignments(jobs)).toBe(0);
    expect(await stateOf(file.id)).toMatchObject({ worker: file.author, version: 1 });
    expect((await ofCase('carla', file))?.plannedReassignment).toBeNull();
    for (const who of [file.author, 'hélène'])
      expect((await ofCase(who, file))?.plannedReassignment).toMatchObject({ id });
  });

  test('is done when its time has come, once, as the head who planned it; both are told again', async () => {
    const file = await heldOne();
    const id = await planned(file);
    expect(await comesDue(id)).toBe(1);
    expect(await carryOutReassignments(jobs)).toBe(0);
    expect(await outcomeOf(id)).toBe('DONE');
    expect(await stateOf(file.id)).toMatchObject({ worker: 'bruno', version: 2 });
    expect(await toldOf(file.author, file)).toEqual(['REASSIGNMENT_PLANNED', 'CASE_REASSIGNED']);
    expect(await toldOf('bruno', file)).toEqual(['REASSIGNMENT_PLANNED', 'CASE_ASSIGNED']);
    expect(
      await made.database.sql(
        `select assigned_by_id = $2 as "bySame", starts_at > now() - interval '1 minute' as "isNew" from assignment
          where case_id = $1 and ends_at is null`,
        [file.id, made.ids['hélène']],
      ),
    ).toEqual([{ bySame: true, isNew: true }]);
    expect(
      await made.database.sql(
        `select actor_kind, actor_id, outcome, target_worker_id from access_log where case_id = $1 and action = 'REASSIGN_CASE'`,
        [file.id],
      ),
    ).toEqual([{ actor_kind: 'JOBS', actor_id: null, outcome: 'DONE', target_worker_id: made.ids['bruno'] }]);
    expect((await ofCase('bruno', file))?.plannedReassignment).toBeNull();
  });

  test('two jobs at once do it once', async () => {
    const file = await heldOne();
    const id = await planned(file);
    await made.database.sql(
      `update planned_reassignment set planned_at = now() - interval '4 days', takes_effect_at = now() where id = $1`,
      [id],
    );
    const done = await Promise.all([carryOutReassignments(jobs), carryOutReassignments(jobs)]);
    expect(done[0] + done[1]).toBe(1);
    expect(await made.database.sql('select from assignment where case_id = $1', [file.id])).toHaveLength(2);
  });

  test('a second job that comes while the first is at it waits, and finds it done', async () => {
    const file = await heldOne();
    const id = await planned(file);
    await made.database.sql(
      `update planned_reassignment set planned_at = now() - interval '4 days', takes_effect_at = now() where id = $1`,
      [id],
    );
    const [first, second] = [await jobs.connect(), await jobs.connect()];
    try {
      const carry = 'select carry_out_reassignment($1) as done';
      await first.query('begin');
      expect((await first.query(carry, [id])).rows).toEqual([{ done: true }]);
      const waiting = second.query(carry, [id]);
      await until('the second job waits for the first', async () => {
        const rows = await made.database.sql(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query = $1`,
          [carry],
        );
        return rows.length > 0;
      });
      await first.query('commit');
      expect((await waiting).rows).toEqual([{ done: false }]);
    } finally {
      first.release();
      second.release();
    }
    expect(await outcomeOf(id)).toBe('DONE');
    expect(await made.database.sql('select from assignment where case_id = $1', [file.id])).toHaveLength(2);
    expect(
      await made.database.sql(`select from access_log where case_id = $1 and actor_kind = 'JOBS'`, [file.id]),
    ).toHaveLength(1);
  });

  test('a job that is called too early does nothing', async () => {
    const file = await heldOne();
    const id = await planned(file);
    const { rows } = await jobs.query('select carry_out_reassignment($1) as done', [id]);
    expect(rows).toEqual([{ done: false }]);
    expect(await outcomeOf(id)).toBeNull();
  });

  test('the author chooses while they read, and what is accepted opens once the case has moved', async () => {
    const file = await heldOne(['gardé', 'transmis']);
    const id = await planned(file);
    const offered = await made.send(file.author, 'offerHandover', {
      caseId: file.id,
      toWorkerId: made.ids['bruno'],
      noteIds: file.noteIds.slice(1),
    });
    expect(offered.code).toBeUndefined();
    const accept = () => made.send('bruno', 'acceptHandover', { id: offered.data?.['id'] }, 'acceptedAt');
    expect((await accept()).code).toBe('FORBIDDEN');
    expect(await comesDue(id)).toBe(1);
    expect(await brunoReads(made, file)).toEqual([]);
    expect((await accept()).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['transmis']);
    expect(
      (
        await ask(
          file.author,
          'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { id } } } } }',
          { id: file.id },
        )
      ).data?.['case'].interviewNotes,
    ).toBeNull();
  });

  test('a release counts from its effect, and is refused before', async () => {
    const file = await heldOne();
    const id = await planned(file);
    const request = () =>
      made.send('bruno', 'requestRelease', { caseId: file.id, ground: 'APPEAL' }, 'waitsUntil');
    expect((await request()).code).toBe('FORBIDDEN');
    await comesDue(id);
    const { data } = await request();
    expect(Date.parse(String(data?.['waitsUntil']))).toBeGreaterThan(Date.now() + 1.9 * DAY);
  });

  test('is withdrawn by a head of the district alone, with its version, and both are told', async () => {
    const file = await heldOne();
    const id = await planned(file);
    const withdraw = (who: string, expectedVersion = 1) =>
      made.send(who, 'withdrawPlannedReassignment', { id, expectedVersion }, 'version');
    for (const who of [file.author, 'bruno', 'carla']) expect((await withdraw(who)).code).toBe('FORBIDDEN');
    expect(await withdraw('hélène', 2)).toMatchObject({ code: 'CONFLICT', reason: 'VERSION_CHANGED' });
    const { data } = await withdraw('hélène');
    expect(data).toMatchObject({ version: 2 });
    expect((await withdraw('hélène', 2)).code).toBe('CONFLICT');
    expect(await comesDue(id)).toBe(0);
    expect(await stateOf(file.id)).toMatchObject({ worker: file.author, version: 1 });
    for (const who of [file.author, 'bruno'])
      expect(await toldOf(who, file)).toEqual(['REASSIGNMENT_PLANNED', 'REASSIGNMENT_CALLED_OFF']);
    expect(await toldOf('hélène', file)).toEqual([]);
    expect((await plan(file)).code).toBeUndefined();
  });

  test('there is one for a case, and not for who has it, nor for a closed case, nor beyond five days', async () => {
    const file = await heldOne();
    for (const takesEffectAt of [inDays(5.1), inDays(0), inDays(-1)])
      expect(await plan(file, { takesEffectAt })).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await plan(file, { workerId: made.ids[file.author] })).reason).toBe('STATE_CHANGED');
    expect((await plan(file, { expectedVersion: 7 })).reason).toBe('VERSION_CHANGED');
    await planned(file);
    expect((await plan(file, { workerId: made.ids['carla'] })).reason).toBe('ALREADY_PLANNED');
    const other = await heldOne();
    await made.send(other.author, 'closeCase', { caseId: other.id, expectedVersion: 1 });
    expect((await plan(other, { expectedVersion: 2 })).reason).toBe('STATE_CHANGED');
  });

  test('nobody plans it for themselves, a head gets none where they head, and nobody but the head plans', async () => {
    const file = await heldOne();
    expect((await plan(file, { workerId: made.ids['hélène'] })).code).toBe('INVALID_INPUT');
    for (const who of ['bruno', file.author, 'jules'])
      expect((await plan(file, {}, who)).code).toBe('FORBIDDEN');
    expect((await plan(file, { workerId: made.ids['louise'] })).code).toBe('INVALID_INPUT');
    await expect(
      made.database.sql(
        `insert into planned_reassignment (case_id, to_worker_id, planned_by_id, takes_effect_at) values ($1, $2, $3, now() + interval '1 day')`,
        [file.id, made.ids['hélène'], made.ids['jules']],
      ),
    ).rejects.toThrow('not assignable');
  });

  test.each([
    [
      'the case was reassigned meanwhile',
      async (file: HeldCase) => {
        await made.send('hélène', 'reassignCase', {
          caseId: file.id,
          workerId: made.ids['carla'],
          expectedVersion: 1,
        });
      },
      'carla',
    ],
    [
      'it was closed',
      async (file: HeldCase) => {
        await made.send(file.author, 'closeCase', { caseId: file.id, expectedVersion: 1 });
      },
      null,
    ],
  ] as const)('lapses at once when %s', async (_why, happens, holder) => {
    const file = await heldOne();
    const id = await planned(file);
    await happens(file);
    expect(await outcomeOf(id)).toBe('LAPSED');
    expect(await toldOf('bruno', file)).toEqual(['REASSIGNMENT_PLANNED', 'REASSIGNMENT_CALLED_OFF']);
    expect(await comesDue(id)).toBe(0);
    expect((await stateOf(file.id)).worker).toBe(holder ?? file.author);
  });

  test.each([
    [
      'the new worker has left',
      (who: string) =>
        made.database.sql(
          `update membership set ends_at = now() - interval '1 ms' where worker_id = (select id from worker where subject = $1)`,
          [who],
        ),
      'taker',
    ],
    [
      'the head who planned it no longer heads the district',
      (who: string) =>
        made.database.sql(
          `update membership set ends_at = now() - interval '1 ms' where worker_id = (select id from worker where subject = $1) and role = 'DISTRICT_HEAD'`,
          [who],
        ),
      'planner',
    ],
    [
      'the head who planned it has a login no more',
      (who: string) => made.database.sql('update worker set disabled_at = now() where subject = $1', [who]),
      'planner',
    ],
    [
      'the new worker has come to head the district',
      async (who: string) =>
        made.make.membership({
          workerId: made.ids[who],
          districtId: (await made.sevran).id,
          role: 'DISTRICT_HEAD',
          startsAt: ago(1 / 24),
        }),
      'taker',
    ],
  ] as const)('lapses at its time when %s, and the heads are told', async (_why, happens, whom) => {
    const file = await heldOne();
    const [taker, planner] = [`taker-${nth}`, `planner-${nth}`];
    const ids = made.ids as Record<string, string>;
    ids[taker] = (await made.sevran.worker(taker)).id;
    ids[planner] = (await made.sevran.worker(planner, 'DISTRICT_HEAD')).id;
    const { data } = await plan(file, { workerId: made.ids[taker] }, planner);
    await happens(whom === 'taker' ? taker : planner);
    expect(await comesDue(String(data?.['id']))).toBe(0);
    expect(await outcomeOf(String(data?.['id']))).toBe('LAPSED');
    expect(await stateOf(file.id)).toMatchObject({ worker: file.author, version: 1 });
    for (const who of [file.author, 'hélène'])
      expect(await toldOf(who, file)).toContain('REASSIGNMENT_CALLED_OFF');
  });
});

describe('many cases of someone who is away', () => {
  const move = (files: readonly BuiltCase[], given: Record<string, unknown> = {}) =>
    files.map(({ id }) => ({ caseId: id, workerId: made.ids['bruno'], expectedVersion: 1, ...given }));
  const reassign = (from: string, moves: unknown, takesEffectAt?: string) =>
    made.send(
      'hélène',
      'reassignCases',
      { fromWorkerId: made.ids[from], moves, ...(takesEffectAt === undefined ? {} : { takesEffectAt }) },
      'caseId outcome',
    );
  const preview = async (from: string, moves: unknown, who = 'hélène', takesEffectAt?: string) => {
    const answer = await ask(
      who,
      'query ($input: ReassignCasesInput!) { previewReassignments(input: $input) { caseId outcome } }',
      { input: { fromWorkerId: made.ids[from], moves, takesEffectAt } },
    );
    return {
      codes: answer.codes,
      outcomes: answer.data?.['previewReassignments']?.map((row: { outcome: string }) => row.outcome),
    };
  };
  const away = async (files: readonly HeldCase[]): Promise<string> => {
    const author = files[0]?.author ?? '';
    await made.absent(author, 1);
    return author;
  };

  test('go to others at once; each author has their choice, and each worker is told of each case', async () => {
    const files = await held(3);
    const author = await away(files);
    const [first, ...rest] = files;
    if (first === undefined) throw new Error('no case');
    const moves = [...move([first], { workerId: made.ids['carla'] }), ...move(rest)];
    expect((await preview(author, moves)).outcomes).toEqual(['READY', 'READY', 'READY']);
    expect(await reassign(author, moves)).toMatchObject({
      code: undefined,
      data: files.map(({ id }) => ({ caseId: id, outcome: 'DONE' })),
    });
    expect(await Promise.all(files.map(({ id }) => stateOf(id)))).toMatchObject([
      { worker: 'carla', version: 2 },
      { worker: 'bruno', version: 2 },
      { worker: 'bruno', version: 2 },
    ]);
    expect(await made.list(author, 'handoverTasks')).toHaveLength(3);
    for (const file of files) expect(await toldOf(author, file)).toEqual(['CASE_REASSIGNED']);
    expect(await toldOf('carla', first)).toEqual(['CASE_ASSIGNED']);
    for (const file of files)
      expect(
        await made.database.sql(
          `select outcome from access_log where case_id = $1 and action = 'REASSIGN_CASE' and actor_id = $2`,
          [file.id, made.ids['hélène']],
        ),
      ).toEqual([{ outcome: 'DONE' }]);
  });

  test('or at a time, and the author still reads until then', async () => {
    const files = await held(2);
    const author = await away(files);
    expect((await reassign(author, move(files), inDays(2))).code).toBeUndefined();
    for (const file of files) {
      expect(await stateOf(file.id)).toMatchObject({ worker: author, version: 1 });
      expect(await toldOf(author, file)).toEqual(['REASSIGNMENT_PLANNED']);
    }
    expect((await preview(author, move(files), 'hélène', inDays(2))).outcomes).toEqual([
      'ALREADY_PLANNED',
      'ALREADY_PLANNED',
    ]);
    expect(await reassign(author, move(files), inDays(3))).toMatchObject({ reason: 'ALREADY_PLANNED' });
  });

  test('all or none: one stale version changes nothing, and the preview says which it is', async () => {
    const files = await held(3);
    const author = await away(files);
    const moves = [...move(files.slice(0, 2)), ...move(files.slice(2), { expectedVersion: 4 })];
    expect((await preview(author, moves)).outcomes).toEqual(['READY', 'READY', 'VERSION_CHANGED']);
    expect(await reassign(author, moves)).toMatchObject({ code: 'CONFLICT', reason: 'VERSION_CHANGED' });
    for (const file of files) {
      expect(await stateOf(file.id)).toMatchObject({ worker: author, version: 1 });
      expect(await toldOf('bruno', file)).toEqual([]);
    }
  });

  test('the preview says of each what stands against it, and changes nothing', async () => {
    const files = await held(4);
    const author = await away(files);
    const [closed, same, head] = files;
    if (closed === undefined || same === undefined || head === undefined) throw new Error('no case');
    await made.send(author, 'closeCase', { caseId: closed.id, expectedVersion: 1 });
    const foreign = await heldOne();
    const moves = [
      ...move([closed], { expectedVersion: 2 }),
      ...move([same], { workerId: made.ids[author] }),
      ...move([head], { workerId: made.ids['hélène'] }),
      ...move([foreign]),
      ...move([{ ...foreign, id: 'nothing' }]),
      ...move(files.slice(3)),
    ];
    expect((await preview(author, moves)).outcomes).toEqual([
      'CLOSED',
      'SAME_WORKER',
      'NOT_ASSIGNABLE',
      'NOT_FOUND',
      'NOT_FOUND',
      'READY',
    ]);
    expect((await stateOf(files[3]?.id ?? '')).worker).toBe(author);
    const refused = await Promise.all(moves.slice(0, 5).map((one) => reassign(author, [one])));
    expect(refused.map(({ code }) => code)).toEqual([
      'CONFLICT',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });

  test('a case of anyone else, or of who contests the absence, answers as one that does not exist', async () => {
    const there = await heldOne();
    const [contested] = await held(1);
    if (contested === undefined) throw new Error('no case');
    const author = await away([contested]);
    await made.database.sql('update absence set contradicted_at = now() where worker_id = $1', [
      made.ids[author],
    ]);
    for (const [from, file] of [
      [there.author, there],
      [author, contested],
    ] as const) {
      expect((await preview(from, move([file]))).outcomes).toEqual(['NOT_FOUND']);
      expect((await reassign(from, move([file]))).code).toBe('NOT_FOUND');
    }
  });

  test('only the head asks, fifty at most, each case once, and one worker an operation', async () => {
    const files = await held(1);
    const author = await away(files);
    for (const who of ['bruno', 'jules', 'rose', author])
      expect((await preview(author, move(files), who)).codes).toEqual(['FORBIDDEN']);
    for (const moves of [[], [...move(files), ...move(files)], Array(51).fill(move(files)[0])])
      expect((await reassign(author, moves)).code).toBe('INVALID_INPUT');
    const two = await ask(
      'hélène',
      `query ($a: ReassignCasesInput!, $b: ReassignCasesInput!) {
        a: previewReassignments(input: $a) { outcome } b: previewReassignments(input: $b) { outcome } }`,
      {
        a: { fromWorkerId: made.ids[author], moves: move(files) },
        b: { fromWorkerId: made.ids['carla'], moves: move(files) },
      },
    );
    expect(two.codes).toEqual(['INVALID_INPUT']);
  });

  test('fifty go at once, and each leaves its author a task', async () => {
    const files = await held(50, []);
    const author = await away(files);
    expect((await reassign(author, move(files))).code).toBeUndefined();
    expect(await made.list(author, 'handoverTasks')).toHaveLength(50);
  });
});
