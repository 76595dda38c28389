import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, run } from 'graphile-worker';
import pg from 'pg';
import { QUEUE_SCHEMA, SILENT, withoutNoise } from '../database/job-queue.js';
import { describeError, type Logger } from '../log/logger.js';
import type { Sender } from './senders/sender.js';
import { CRONTAB, EVERY_MINUTE, tasksOf } from './tasks.js';

export interface JobsOptions {
  /** The role `cosmos_jobs`'s, and PostgreSQL itself: LISTEN goes through no pooler in transaction mode. */
  readonly url: string;
  readonly logger: Logger;
  /** By what neutral texts are sent; without any, people tell everyone. */
  readonly senders: readonly Sender[];
  /** By which figures are protected: at least 32 bytes, the same for ever. */
  readonly statisticsSecret: Buffer;
}

export interface RunningJobs {
  /** Lets the jobs under way end, while there is a database: what is cut off is done again by the next process. */
  readonly close: () => Promise<void>;
}

const AT_ONCE = 2;
const BEFORE_STARTING_AGAIN_MS = 1_000;
/** How often a process that closes looks whether the database is still there. */
const LOOKS_EVERY_MS = 500;

/**
 * Runs the jobs until closed; as many processes as one likes. The first thing is a sweep, so that whatever was left
 * undone by one that died is done at once. When the database has gone for longer than the library bears, it is started again.
 * @throws Error when the database cannot be reached at first, or has no queue (`npm run migrate`)
 */
export async function runJobs(options: JobsOptions): Promise<RunningJobs> {
  const { url, logger, senders } = options;
  const pool = withoutNoise(
    new pg.Pool({ connectionString: url, max: AT_ONCE + 3, connectionTimeoutMillis: 5_000 }),
  );
  let isClosing = false;
  let current: Run;
  try {
    const { rowCount } = await pool.query('select from pg_namespace where nspname = $1', [QUEUE_SCHEMA]);
    if (rowCount === 0) throw new Error('The database has no queue of jobs: run `npm run migrate`.');
    current = await startRun(pool, options);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const running = (async () => {
    for (;;) {
      await whenOver(current);
      if (isClosing) return;
      logger.warn('the jobs have stopped, and are started again');
      void stop(current);
      for (let started = false; !started && !isClosing; ) {
        await new Promise((resolve) => setTimeout(resolve, BEFORE_STARTING_AGAIN_MS));
        started = await startRun(pool, options).then(
          (again) => {
            current = again;
            return true;
          },
          () => false,
        );
      }
    }
  })();
  const end = async (): Promise<void> => {
    await stop(current);
    await running;
    await pool.end();
  };
  return {
    close: async () => {
      isClosing = true;
      // A database that has gone ends no job: the library goes on trying, and Ctrl-C would wait for it.
      await Promise.race([end(), databaseIsGone(pool)]);
      for (const sender of senders) sender.close();
    },
  };
}

/** Comes when the database no longer answers. */
async function databaseIsGone(pool: pg.Pool): Promise<void> {
  for (let answers = true; answers; ) {
    await sleep(LOOKS_EVERY_MS, undefined, { ref: false });
    answers = await pool.query('select 1').then(
      () => true,
      () => false,
    );
  }
}

/** A runner of the library's. */
export interface Run {
  readonly runner: Pick<Runner, 'promise' | 'stop'>;
  /**
   * Comes when the library has given the runner up, because it could not write how a job ended. The runner's own promises may then never
   * settle: graphile-worker 0.17.3 waits until nothing is left to write, and where two jobs fail beside each other it counts one of
   * them twice.
   */
  readonly givenUp: Promise<void>;
}

/** Comes when a runner has stopped or was given up. */
export async function whenOver({ runner, givenUp }: Run): Promise<void> {
  await Promise.race([runner.promise.catch(() => undefined), givenUp]);
}

/** Lets the jobs under way end. What has stopped of itself needs no stopping, and what was given up is not waited for. */
export async function stop({ runner, givenUp }: Run): Promise<void> {
  await Promise.race([runner.stop().catch(() => undefined), givenUp]);
}

async function startRun(pool: pg.Pool, { logger, senders, statisticsSecret }: JobsOptions): Promise<Run> {
  const runner = await run({
    pgPool: pool,
    schema: QUEUE_SCHEMA,
    concurrency: AT_ONCE,
    noHandleSignals: true,
    logger: SILENT,
    taskList: tasksOf(pool, senders, statisticsSecret),
    crontab: CRONTAB,
    // Unbatched, the library waits for neither, and a database that has just gone ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  const givenUp = new Promise<void>((resolve) => runner.events.once('pool:fatalError', () => resolve()));
  runner.events.on('job:error', ({ job, error }) =>
    logger.error(
      { job: job.task_identifier, attempt: job.attempts, ...describeError(error) },
      'a job failed',
    ),
  );
  try {
    for (const { task, priority } of EVERY_MINUTE)
      await runner.addJob(task, {}, { maxAttempts: 1, jobKey: task, priority });
  } catch (error) {
    await stop({ runner, givenUp });
    throw error;
  }
  return { runner, givenUp };
}
