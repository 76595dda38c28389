import pg from 'pg';

/** A server that does not answer is told of after five seconds, not after TCP's minutes. */
const ANSWERS_WITHIN_MS = 5_000;

/** The connection of this URL's role that acts as `cosmos_owner`: what it makes belongs to the owner. */
export const asOwner = (url: string): pg.ClientConfig => ({
  connectionString: url,
  options: '-c role=cosmos_owner',
  connectionTimeoutMillis: ANSWERS_WITHIN_MS,
});

/**
 * Runs `work` on a connection of its own, and closes it however `work` ends. What was not committed goes with the connection.
 * @param connection a URL, or more than that
 * @throws whatever `work` throws; the driver's error if the server does not answer within five seconds
 */
export async function withConnection<T>(
  connection: string | pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const config = typeof connection === 'string' ? { connectionString: connection } : connection;
  const client = new pg.Client({ connectionTimeoutMillis: ANSWERS_WITHIN_MS, ...config });
  // A server that goes away fails the query under way, which says enough.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
