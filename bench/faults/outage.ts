import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../prisma/seed/content/random.js';
import { type BenchCounty, startBenchServer } from '../support/app.js';
import { runLoad, Tally } from '../support/load.js';
import { signalPostgres } from '../support/postgres-processes.js';
import type { BenchProcess } from '../support/process.js';
import { expectedAnswers, plantCanaries, questionsOf } from '../support/questions.js';
import { type ClientOptions, checkWrites, startClients, type WriteCheck } from './clients.js';

const LOGINS = ['worker.sevran', 'worker2.sevran', 'head.sevran', 'worker.gagny', 'dpo', 'person.sevran'];

export type Fault = 'killed' | 'hangs';

export interface OutageOptions {
  /** The milliseconds for which the database is away. */
  readonly awayMs: number;
  /** The number of operations, after the outage, whose answers were compared with what they must be. */
  readonly operationsAfter: number;
}

export interface OutageResult {
  readonly fault: Fault;
  /** The number of requests that were sent, or waited, while the database was away. */
  readonly during: number;
  readonly unavailable: number;
  readonly wrong: readonly string[];
  /**
   * The milliseconds until the answer UNAVAILABLE, sorted. They count from sending, or from the fault for a request that was under way
   * then.
   */
  readonly failedAfter: readonly number[];
  /** The longest request of all, right or not, in milliseconds. */
  readonly longest: number;
  /** The milliseconds until the server itself was ready again. */
  readonly serverBackMs: number;
  /** The milliseconds from then until an answer was right. */
  readonly firstRightMs: number;
  /** The milliseconds from then until nothing failed any more. */
  readonly lastFailureMs: number;
  readonly writes: WriteCheck;
  readonly wrongAfter: number;
  readonly ended: boolean;
}

/** Finds out what the clients ask and what they must be answered, before anything fails. */
export async function prepareClients(county: BenchCounty, api: BenchProcess, clients: number) {
  const viewers = [...(await Promise.all(LOGINS.map((login) => api.as(login)))), api.anonymous];
  const owns = await plantCanaries(county, viewers);
  const questions = await questionsOf(county, owns);
  const expected = await expectedAnswers(viewers, questions);
  const [district] = await county.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
  if (district === undefined) throw new Error('no district');
  const desk = await api.as('reception.sevran');
  const options: ClientOptions = {
    ...{ count: clients, viewers, questions, expected },
    ...{ desk, districtId: district.id },
  };
  return { owns, options };
}

/** Takes the server away, and brings it back on the same data and port. */
async function failAndReturn(county: BenchCounty, fault: Fault, awayMs: number) {
  const failedAt = performance.now();
  await signalPostgres(county.folder, fault === 'killed' ? 'SIGKILL' : 'SIGSTOP');
  await sleep(awayMs);
  const returnedAt = performance.now();
  if (fault === 'hangs') await signalPostgres(county.folder, 'SIGCONT');
  else await startBenchServer(county.folder, { port: Number(new URL(county.url).port) });
  return { failedAt, returnedAt, backAt: performance.now() };
}

/** Runs one outage under load, and reports on it afterwards. */
export async function runOutage(
  county: BenchCounty,
  api: BenchProcess,
  { owns, options }: Awaited<ReturnType<typeof prepareClients>>,
  fault: Fault,
  { awayMs, operationsAfter }: OutageOptions,
): Promise<OutageResult> {
  let ended = false;
  void api.ended.then(() => {
    ended = true;
  });
  const clients = startClients(options);
  await sleep(1_500);
  const { failedAt, returnedAt, backAt } = await failAndReturn(county, fault, awayMs);
  // The clients may take ten seconds to recover.
  await sleep(10_000);
  await clients.stop();
  const { sent, writes } = clients;
  const during = sent.filter(({ from, to }) => to > failedAt && from < backAt);
  const failures = sent.filter(({ outcome }) => outcome === 'UNAVAILABLE');
  const rightAfter = sent.filter(({ outcome, to }) => outcome === 'RIGHT' && to > backAt);
  const tally = new Tally();
  await runLoad(
    {
      ...{ operations: operationsAfter, clients: options.count, writeEvery: 8, owns },
      ...{ viewers: options.viewers, questions: options.questions, expected: options.expected },
      random: createRandom(`after ${fault}`),
    },
    tally,
  );
  return {
    fault,
    during: during.length,
    unavailable: failures.length,
    wrong: sent.filter(({ outcome }) => outcome === 'WRONG').map(({ came }) => came),
    failedAfter: failures.map(({ from, to }) => to - Math.max(from, failedAt)).sort((a, b) => a - b),
    longest: Math.max(...sent.map(({ from, to }) => to - from)),
    serverBackMs: backAt - returnedAt,
    firstRightMs: Math.min(...rightAfter.map(({ to }) => to)) - backAt,
    lastFailureMs: Math.max(0, Math.max(...failures.map(({ to }) => to)) - backAt),
    writes: await checkWrites(county, options, writes),
    wrongAfter: tally.faults,
    ended,
  };
}
