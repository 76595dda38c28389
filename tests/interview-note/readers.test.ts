import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago, ahead } from '../support/days.js';

/**
 * Rules 1 and 2 in the database itself, which alone keeps the reader of a note: a case that was its author's and is
 * bruno's now, and what of a handover or a release opens the note to bruno. Each differs from the first in one thing.
 */
let database: TestDatabase;
let make: Rows;
let sevran: DistrictBuilder;
let districts: { sevran: string; gagny: string };
let bruno: { id: string };
let carla: { id: string };
let adviser: { id: string };
let author: { id: string };
let file: BuiltCase;
let other: BuiltCase;
let nth = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  make = rowsOf(database);
  const made = await county(database);
  sevran = made.district('Sevran');
  districts = { sevran: (await sevran).id, gagny: (await made.district('Gagny')).id };
  [bruno, carla, adviser] = [
    await sevran.worker('bruno'),
    await sevran.worker('carla'),
    await sevran.worker('adviser'),
  ];
  other = await sevran.case();
});
beforeEach(async () => {
  nth += 1;
  const builder = sevran.worker(`author ${nth}`);
  author = await builder;
  file = await builder.case().note('texte');
  await assign(bruno.id);
});
afterAll(() => database.drop());

async function assign(workerId: string): Promise<void> {
  await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
    file.id,
  ]);
  await make.assignment({ caseId: file.id, workerId });
}

async function one(sql: string, values: readonly unknown[]): Promise<string> {
  return String(Object.values((await database.sql(sql, [...values]))[0] ?? {})[0]);
}

const isBrunos = async (): Promise<boolean> =>
  (await one('select reader_id from interview_note where id = $1', [file.noteIds[0]])) === bruno.id;
/** Once its wait is over. */
const approve = (release: string) =>
  database.sql(
    'update release set waits_until = requested_at, approved_at = now(), approved_by_id = $2 where id = $1',
    [release, adviser.id],
  );
/** As the database sees to it at every reassignment, acceptance and approval. */
const reset = () => database.sql('select reset_note_readers($1)', [file.id]);
const makeDraft = async () => {
  await database.sql('alter table interview_note disable trigger user');
  await database.sql(`update interview_note set status = 'DRAFT' where case_id = $1`, [file.id]);
  await database.sql('alter table interview_note enable trigger user');
};

describe('a note goes along with a handover', () => {
  interface Handover {
    readonly to?: () => string;
    readonly of?: () => string;
    readonly accepted?: boolean;
    readonly draft?: boolean;
    readonly without?: boolean;
  }
  async function handOver({
    to,
    of,
    accepted = true,
    draft = false,
    without = false,
  }: Handover): Promise<void> {
    if (draft) await makeDraft();
    const handoverId = await make.handover({
      caseId: of?.() ?? file.id,
      fromWorkerId: author.id,
      toWorkerId: to?.() ?? bruno.id,
      acceptedAt: accepted ? new Date() : null,
    });
    if (!without) await make.handoverNote({ handoverId, noteId: file.noteIds[0] });
    await reset();
  }

  test.each<[string, Handover, boolean]>([
    ['that is of its case, to who has it now, and accepted', {}, true],
    ['that is not accepted: it stays shut', { accepted: false }, false],
    ['to someone else: it stays shut', { to: () => carla.id }, false],
    ['of another case: it stays shut', { of: () => other.id }, false],
    ['as a draft: it stays shut', { draft: true }, false],
    ['without it: it stays shut', { without: true }, false],
  ])('%s', async (_name, handover, opened) => {
    await handOver(handover);
    expect(await isBrunos()).toBe(opened);
  });

  test('until the case is someone else’s, and again when it comes back', async () => {
    await handOver({});
    await assign(carla.id);
    expect(await isBrunos()).toBe(false);
    await assign(bruno.id);
    expect(await isBrunos()).toBe(true);
  });
});

describe('a note is opened by a release', () => {
  interface Release {
    readonly by?: () => string;
    readonly of?: () => string;
    readonly approved?: boolean;
    readonly draft?: boolean;
  }
  test.each<[string, Release, boolean]>([
    ['of its case, asked by who has it now, and approved', {}, true],
    ['that is not approved: it stays shut', { approved: false }, false],
    ['that someone else asked for: it stays shut', { by: () => carla.id }, false],
    ['of another case: it stays shut', { of: () => other.id }, false],
    ['as a draft: it stays shut', { draft: true }, false],
  ])('%s', async (_name, { by, of, approved = true, draft = false }, opened) => {
    if (draft) await makeDraft();
    const releaseId = await make.release({
      caseId: of?.() ?? file.id,
      requestedById: by?.() ?? bruno.id,
      ground: 'COURT_ORDER',
      requestedAt: ago(8),
      ...(approved ? { approvedAt: ago(0), approvedById: adviser.id, openUntil: ahead(30) } : {}),
    });
    await make.releaseNote({ releaseId, noteId: file.noteIds[0] });
    await reset();
    expect(await isBrunos()).toBe(opened);
  });

  // The columns hold milliseconds, and round: now() itself may lie half a millisecond ahead of the question.
  const justNow = `now() - interval '1 ms'`;
  const ends = `update membership set ends_at = ${justNow} where worker_id = AUTHOR`;
  const leaves = `update membership set ends_at = ${justNow}, ended_by_id = AUTHOR, end_confirmed_at = now(), end_confirmed_by_id = ADVISER where worker_id = AUTHOR`;
  const isAbsent = (district: 'SEVRAN' | 'GAGNY', since: number, declared: number, until = 'null'): string =>
    `insert into absence (worker_id, district_id, starts_at, declared_at, ends_at) select AUTHOR, ${district},
       now() - interval '${since} days', now() - interval '${declared} days', ${until}`;
  test.each<[string, string, boolean]>([
    ['has left the county, as two people say', leaves, true],
    [
      'works in another district since then',
      `${leaves}; insert into membership (worker_id, district_id, role, starts_at) values (AUTHOR, GAGNY, 'SOCIAL_WORKER', ${justNow})`,
      false,
    ],
    ['has left, as one person says', ends, false],
    [
      'has left, and is back',
      `${leaves}; insert into membership (worker_id, district_id, role, starts_at) values (AUTHOR, SEVRAN, 'SOCIAL_WORKER', ${justNow})`,
      false,
    ],
    [
      'has a disabled login, and nothing else',
      'update worker set disabled_at = now() where id = AUTHOR',
      false,
    ],
    ['is at the desk now', `update membership set role = 'RECEPTIONIST' where worker_id = AUTHOR`, false],
    ['has been absent for 16 days', isAbsent('SEVRAN', 16, 16), true],
    [
      'has been absent for 16 days, and has a disabled login',
      `${isAbsent('SEVRAN', 16, 16)}; update worker set disabled_at = now() where id = AUTHOR`,
      false,
    ],
    [
      'has been absent for 16 days, and whose post one person has ended',
      `${isAbsent('SEVRAN', 16, 16)}; ${ends}`,
      false,
    ],
    ['is still there', 'select', false],
    [
      'leaves in a month',
      `update membership set ends_at = now() + interval '1 month' where worker_id = AUTHOR`,
      false,
    ],
    ['has been absent for 14 days', isAbsent('SEVRAN', 14, 14), false],
    ['was declared absent yesterday, for a month back', isAbsent('SEVRAN', 30, 1), false],
    ['has come back from an absence', isAbsent('SEVRAN', 30, 30, `now() - interval '1 day'`), false],
    ['is absent elsewhere alone', isAbsent('GAGNY', 30, 30), false],
  ])('when its author %s', async (_name, change, opened) => {
    const named = {
      AUTHOR: author.id,
      ADVISER: adviser.id,
      SEVRAN: districts.sevran,
      GAGNY: districts.gagny,
    };
    await database.sql(
      change.replace(/AUTHOR|ADVISER|SEVRAN|GAGNY/g, (name) => `'${named[name as keyof typeof named]}'`),
    );
    const release = await make.release({ caseId: file.id, requestedById: bruno.id, ground: 'COURT_ORDER' });
    expect(await isBrunos()).toBe(false);
    await approve(release);
    expect(await isBrunos()).toBe(opened);
    const told = await database.sql<{ worker_id: string }>(
      `select worker_id from notification where kind = 'RELEASE_APPROVED' and case_id = $1`,
      [file.id],
    );
    expect(told.map((row) => row.worker_id).sort()).toEqual(
      [bruno.id, ...(opened ? [author.id] : [])].sort(),
    );
  });

  test('without its author’s drafts', async () => {
    await makeDraft();
    await database.sql(leaves.replaceAll('AUTHOR', '$1').replace('ADVISER', '$2'), [author.id, adviser.id]);
    const release = await make.release({ caseId: file.id, requestedById: bruno.id, ground: 'COURT_ORDER' });
    await approve(release);
    expect(await isBrunos()).toBe(false);
    expect(await database.sql('select from release_note where release_id = $1', [release])).toEqual([]);
  });
});
