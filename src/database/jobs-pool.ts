import pg from 'pg';
import type { LoginProver } from './login-proof.js';

interface Answer {
  readonly refused?: string;
  /** The database's time in seconds, with a refused proof. */
  readonly now?: number;
}

/**
 * Proves on a connection of `cosmos_jobs` that it is one of the jobs' process. It holds as long as the connection.
 * @throws Error in plain words if the database does not know the secret
 */
export async function logInJobs(client: Pick<pg.ClientBase, 'query'>, prover: LoginProver): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const { rows } = await client.query<{ answer: Answer }>('select log_in_jobs($1, $2) as answer', [
      ...prover.proveJobs(),
    ]);
    const { refused, now } = rows[0]?.answer ?? {};
    if (refused === undefined) return;
    if (refused !== 'proof-stale' || now === undefined || !isFirst)
      throw new Error(
        `COSMOS_LOGIN_SECRET: the database refuses it (${refused}): run \`npm run migrate\` with this one.`,
      );
    prover.setClock(now);
  }
}

/**
 * Opens a pool of connections as `cosmos_jobs`, each of which proves itself before it is used. They go to PostgreSQL itself: a pooler in
 * transaction mode would give the proven connection to others. If an idle connection is lost, nothing happens until the next query, which
 * takes a new one.
 */
export function openJobsPool(url: string, prover: LoginProver, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    onConnect: (client) => logInJobs(client, prover),
  });
  // Without a listener, the loss would end the process.
  return pool.on('error', () => undefined);
}
