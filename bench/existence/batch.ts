import { createRandom } from '../../prisma/seed/content/random.js';
import type { BenchCounty, Requester } from '../support/app.js';
import { judge, type Pair, type Verdict } from './classifier.js';

/**
 * The number of refused reassignments of one case that are sent at once. Each waits for the one before, so the time of the last is the time
 * of all. It is compared between a case without notes and cases with ten and fifty.
 */
const AT_ONCE = 60;
export const NOTES = [0, 10, 50] as const;

/**
 * A mutation that is refused only after the reassignment is done, by a field that it asks of a worker. Nothing before says that it will be
 * refused.
 */
const QUERY = `mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { assignedWorker { version } } }`;

/** Finds cases of worker.sevran by their number of notes, one case for each number. */
async function casesWithNotes(county: BenchCounty): Promise<ReadonlyMap<number, string>> {
  const cases = await county.sql<{ id: string }>(
    `select c.id from "case" c join worker w on w.id = c.assigned_worker_id
     where w.subject = 'worker.sevran' and c.status = 'OPEN' and c.version = 1 order by c.id desc limit ${NOTES.length}`,
  );
  const ids = cases.map(({ id }) => id);
  if (ids.length < NOTES.length) throw new Error('too few cases');
  await county.sql('alter table interview_note disable trigger user');
  for (const [nth, count] of NOTES.entries()) {
    const ofCase = [ids[nth]];
    await county.sql(
      'delete from handover_note where note_id in (select id from interview_note where case_id = $1)',
      ofCase,
    );
    await county.sql('delete from interview_note where case_id = $1', ofCase);
    await county.sql(
      `insert into interview_note (case_id, author_id, district_id, reader_id, body)
       select c.id, c.assigned_worker_id, c.district_id, c.assigned_worker_id, '\\x00' from "case" c, generate_series(1, $2::integer)
       where c.id = $1`,
      [ids[nth], count],
    );
  }
  await county.sql('alter table interview_note enable trigger user');
  await county.sql('vacuum analyze interview_note');
  return new Map(NOTES.map((count, nth) => [count, ids[nth] ?? '']));
}

export interface BatchVerdict extends Verdict {
  readonly name: string;
  readonly ms: number;
}

/** Measures how well the time of a batch tells a case with notes from a case without. */
export async function measureBatches(
  county: BenchCounty,
  head: Requester,
  rounds: number,
): Promise<readonly BatchVerdict[]> {
  const random = createRandom('batches');
  const cases = await casesWithNotes(county);
  const [worker] = await county.sql<{ id: string }>(`select id from worker where subject = 'worker2.sevran'`);
  const timed = async (count: number): Promise<number> => {
    const input = { caseId: cases.get(count), workerId: worker?.id, expectedVersion: 1 };
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => head.send(QUERY, { input })));
    const ms = performance.now() - startedAt;
    const other = answers.find(({ text }) => !text.includes('"FORBIDDEN"'));
    if (other !== undefined) throw new Error(`not refused: ${other.text}`);
    return ms;
  };
  const times: Record<number, number>[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const of: Record<number, number> = {};
    for (const count of random.shuffle(NOTES)) of[count] = await timed(count);
    if (round >= 0) times.push(of);
  }
  return NOTES.slice(1).map((count) => {
    const pairs: Pair[] = times.map((of) => ({ missing: of[0] ?? 0, forbidden: of[count] ?? 0 }));
    const none = pairs.map(({ missing }) => missing).sort((a, b) => a - b);
    return {
      name: `${AT_ONCE} refused reassignments at once, without notes or with ${count}`,
      ms: none[Math.floor(none.length / 2)] ?? Number.NaN,
      ...judge(pairs),
    };
  });
}
