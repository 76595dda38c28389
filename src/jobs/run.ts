import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, run } from 'graphile-worker';
import type pg from 'pg';
import { QUEUE_SCHEMA, SILENT, withoutNoise } from '../database/job-queue.js';
import { openJobsPool } from '../database/jobs-pool.js';
import { LoginProver } from '../database/login-proof.js';
import { describeError, type Logger } from '../log/logger.js';
import type { Sender } from './senders/sender.js';
import { CRONTAB, EVERY_MINUTE, tasksOf } from './tasks.js';

/** The options of `runJobs`. */
export interface JobsOptions {
  /** As the role `cosmos_jobs`, and to PostgreSQL itself: LISTEN does not pass a pooler in transaction mode. */
  readonly url: string;
  /** The secret by which the process proves itself to the database (`LoginProver`). */
  readonly loginSecret: Buffer;
  readonly logger: Logger;
  /** The senders of neutral texts. Without any, workers tell everyone. */
  readonly senders: readonly Sender[];
  /** What stands before the secret in the link of a message; null if messages have no link. */
  readonly linkUrl?: string | null;
  /** The secret that protects the figures: at least 32 bytes, the same for ever. */
  readonly statisticsSecret: Buffer;
}

/** The jobs of this process. */
export interface RunningJobs {
  /** Lets the running jobs end, while there is a database. The next process repeats a job that is cut off. */
  readonly close: () => Promise<void>;
}

const AT_ONCE = 2;
const BEFORE_STARTING_AGAIN_MS = 1_000;
/** A job that still runs after so long is done again by the next process, as after a kill. */
const CLOSES_WITHIN_MS = 60_000;
/** The interval at which a closing process checks whether the database is still there. */
const LOOKS_EVERY_MS = 500;

/**
 * Runs the jobs until closed, in as many processes as one likes. It begins with a sweep, so that work left by a process that died is done
 * at once. If the database is gone for longer than the library bears, the library is started again.
 * @throws Error when the database cannot be reached at first, or has no queue (`npm run migrate`)
 */
export async function runJobs(options: JobsOptions): Promise<RunningJobs> {
  const { url, loginSecret, logger, senders } = options;
  const pool = withoutNoise(openJobsPool(url, new LoginProver(loginSecret), AT_ONCE + 3));
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
        // `close` has stopped the runner before it, and has not seen this one.
        if (started && isClosing) await stop(current);
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
      // The library goes on trying to end a job when the database is gone, and Ctrl-C would wait for it.
      await Promise.race([end(), databaseIsGone(pool), sleep(CLOSES_WITHIN_MS, undefined, { ref: false })]);
      for (const sender of senders) sender.close();
    },
  };
}

/** Resolves when the database no longer answers. */
async function databaseIsGone(pool: pg.Pool): Promise<void> {
  for (let answers = true; answers; ) {
    await sleep(LOOKS_EVERY_MS, undefined, { ref: false });
    answers = await pool.query('select 1').then(
      () => true,
      () => false,
    );
  }
}

/** A runner of the library. */
export interface Run {
  readonly runner: Pick<Runner, 'promise' | 'stop'>;
  /**
   * Resolves when the library has given the runner up, because it could not write how a job ended. The runner's own promises may then
   * never settle: graphile-worker 0.17.3 waits until nothing is left to write, and where two jobs fail side by side it counts one of them
   * twice.
   */
  readonly givenUp: Promise<void>;
}

/** Resolves when a runner has stopped or was given up. */
export async function whenOver({ runner, givenUp }: Run): Promise<void> {
  await Promise.race([runner.promise.catch(() => undefined), givenUp]);
}

/** Lets the running jobs end. A runner that has stopped by itself needs no stopping, and one that was given up is not waited for. */
export async function stop({ runner, givenUp }: Run): Promise<void> {
  await Promise.race([runner.stop().catch(() => undefined), givenUp]);
}

async function startRun(
  pool: pg.Pool,
  { logger, loginSecret, senders, linkUrl, statisticsSecret }: JobsOptions,
): Promise<Run> {
  const runner = await run({
    pgPool: pool,
    schema: QUEUE_SCHEMA,
    concurrency: AT_ONCE,
    noHandleSignals: true,
    logger: SILENT,
    taskList: tasksOf(
      pool,
      senders,
      linkUrl == null ? null : { url: linkUrl, key: loginSecret },
      statisticsSecret,
    ),
    crontab: CRONTAB,
    // If these were batched, the library would wait for neither, and a database that has just gone would end the process.
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
    void stop({ runner, givenUp });
    throw error;
  }
  return { runner, givenUp };
}
