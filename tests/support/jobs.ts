import type pg from 'pg';
import { openJobsPool } from '../../src/database/jobs-pool.js';
import type { TestDatabase } from './database.js';
import { testProver } from './login.js';

/** Connections of the jobs, as their process has them. A connection that is lost is told of by its statement. */
export function jobsOf(database: TestDatabase, max = 2): pg.Pool {
  return openJobsPool(database.urlAs('cosmos_jobs'), testProver(), max);
}
