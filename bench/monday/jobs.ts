import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { projectRoot } from '../../src/database/project-root.js';
import { BENCH_KEY, BENCH_LOGIN_SECRET } from '../support/app.js';

export interface JobsProcess {
  readonly pid: number;
  stop(): Promise<void>;
}

/** The longest time that the work of the start takes, in milliseconds. */
const QUIET_WITHIN_MS = 120_000;

/** Starts the jobs in a process of their own, as operators run them. */
export async function startJobs(url: string): Promise<JobsProcess> {
  const child = spawn(process.execPath, [join(projectRoot, 'dist/src/jobs/main.js')], {
    env: {
      PATH: process.env['PATH'],
      LOG_LEVEL: 'error',
      JOBS_DATABASE_URL: url,
      COSMOS_STATISTICS_SECRET: BENCH_KEY.toString('base64'),
      COSMOS_LOGIN_SECRET: BENCH_LOGIN_SECRET.toString('base64'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`the jobs have ended with ${code}`);
  });
  await Promise.race([once(child.stdout, 'data'), ended]);
  // From here on, their end is no fault of the run.
  ended.catch(() => undefined);
  return {
    pid: child.pid ?? Number.NaN,
    stop: async () => {
      child.kill('SIGTERM');
      await ended.catch(() => undefined);
    },
  };
}

/** Waits until the jobs have done what was left for them to do. @param url of the superuser */
export async function untilQuiet(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const end = Date.now() + QUIET_WITHIN_MS; Date.now() < end; await sleep(500)) {
      const { rows } = await client.query<{ due: number }>(
        'select count(*)::integer as due from graphile_worker.jobs where run_at <= now() and attempts < max_attempts',
      );
      if (rows[0]?.due === 0) return;
    }
    process.stderr.write('the jobs are still at work\n');
  } finally {
    await client.end();
  }
}
