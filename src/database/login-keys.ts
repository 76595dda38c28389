import { asOwner, withConnection } from './connection.js';
import { LoginProver, paddedKey } from './login-proof.js';

/**
 * Tells the database by which secrets it verifies logins, as the role `cosmos_owner`. These secrets replace all others: a secret that is
 * being replaced stays in the list until every process has the new one.
 * @param url the owner's, or a superuser's (development)
 */
export async function putLoginKeys(url: string, secrets: readonly Buffer[]): Promise<void> {
  const keys = secrets.map(paddedKey);
  const inner = keys.map((key) => key.inner);
  await withConnection(asOwner(url), async (client) => {
    await client.query('begin');
    await client.query(
      `insert into login_key ("inner", "outer") select * from unnest($1::bytea[], $2::bytea[]) on conflict do nothing`,
      [inner, keys.map((key) => key.outer)],
    );
    await client.query('delete from login_key where "inner" <> all ($1::bytea[])', [inner]);
    await client.query('commit');
  });
}

/**
 * Checks that the database verifies logins by this secret, and has room for the viewer.
 * @param url the API's, as `cosmos_app`
 * @throws Error in plain words if it knows another secret, or if a value is set where login() writes the viewer
 */
export async function requireLoginKey(url: string, secret: Buffer): Promise<void> {
  const nobody = { issuer: '', subject: '', client: '', scopes: [], token: '' };
  const { rows } = await withConnection(url, (client) =>
    client.query<{ taken: string; refused: string }>(
      `select current_setting('backtrace_functions') as taken, login($1, $2) ->> 'refused' as refused`,
      [...new LoginProver(secret).prove(nobody)],
    ),
  );
  const [row] = rows;
  if (row?.taken !== '')
    throw new Error(
      'PostgreSQL has a value for backtrace_functions, where Cosmos keeps the viewer: remove it.',
    );
  if (row.refused === 'proof-unknown')
    throw new Error(
      'COSMOS_LOGIN_SECRET: the database knows another one: run `npm run migrate` with this one.',
    );
}
