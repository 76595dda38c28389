import { type Runner, run } from 'graphile-worker';
import pg from 'pg';
import { QUEUE_SCHEMA, SILENT, withoutNoise } from '../database/job-queue.js';
import { describeError, type Logger } from '../log/logger.js';
import { CRONTAB, tasksOf } from './tasks.js';

export interface JobsOptions {
  /** The role `cosmos_jobs`'s, and PostgreSQL itself: LISTEN goes through no pooler in transaction mode. */
  readonly url: string;
  readonly logger: Logger;
}

export interface RunningJobs {
  /** Lets the jobs under way end. */
  readonly close: () => Promise<void>;
  /** Fulfilled once closed; rejected when the queue gives up before, which whoever started it may start again. */
  readonly ended: Promise<void>;
}

const AT_ONCE = 2;

/**
 * Runs the jobs until closed; as many processes as one likes. The first thing is a sweep, so that whatever was left
 * undone by one that died is done at once.
 * @throws Error when the database cannot be reached, or has no queue (`npm run migrate`)
 */
export async function runJobs({ url, logger }: JobsOptions): Promise<RunningJobs> {
  const pool = withoutNoise(
    new pg.Pool({ connectionString: url, max: AT_ONCE + 3, connectionTimeoutMillis: 5_000 }),
  );
  let runner: Runner;
  try {
    const { rowCount } = await pool.query("select from pg_namespace where nspname = 'graphile_worker'");
    if (rowCount === 0) throw new Error('The database has no queue of jobs: run `npm run migrate`.');
    runner = await run({
      pgPool: pool,
      schema: QUEUE_SCHEMA,
      concurrency: AT_ONCE,
      noHandleSignals: true,
      logger: SILENT,
      taskList: tasksOf(pool),
      crontab: CRONTAB,
    });
    await runner.addJob('sweep', {}, { maxAttempts: 1, jobKey: 'sweep' });
  } catch (error) {
    await pool.end();
    throw error;
  }
  runner.events.on('job:error', ({ job, error }) =>
    logger.error(
      { job: job.task_identifier, attempt: job.attempts, ...describeError(error) },
      'a job failed',
    ),
  );
  const ended = runner.promise;
  ended.catch((error: unknown) => logger.error(describeError(error), 'the jobs have ended'));
  return {
    ended,
    close: async () => {
      // What has ended of itself needs no stopping.
      await runner.stop().catch(() => undefined);
      await ended.catch(() => undefined);
      await pool.end();
    },
  };
}
