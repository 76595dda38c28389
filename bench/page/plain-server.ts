import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { createTokenVerifier, type IssuerConfig } from '../../src/auth/token-verifier.js';
import { LoginProver } from '../../src/database/login-proof.js';
import { BENCH_LOGIN_SECRET, benchVault } from '../support/app.js';
import { serveParent } from './child.js';
import { PLAIN_PAGE } from './plain-sql.js';

/** The configuration from the parent: where the data is, and whose tokens count. */
export interface PageServerConfig {
  readonly databaseUrl: string;
  readonly issuer: IssuerConfig;
}

interface PlainRow {
  readonly id: string;
  readonly persons: readonly { readonly id: string }[];
  readonly notes: readonly { readonly id: string; readonly writtenAt: string; readonly sealed: string }[];
  readonly key: { readonly masterKeyId: string; readonly wrapped: string } | null;
}

/**
 * The page without Cosmos: plain node:http and pg, one SQL statement that is prepared and has a generic plan, the same token, role,
 * row-level security, access log, pool and decryption. It has no GraphQL and no policies.
 */
await serveParent<PageServerConfig>(async (config) => {
  const vault = benchVault();
  const verifier = createTokenVerifier({ issuers: [config.issuer] });
  const prover = new LoginProver(BENCH_LOGIN_SECRET);
  const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 10, pipeline: true });

  async function page(token: string, first: number): Promise<string> {
    const { issuer, subject, clientId: client, scopes } = await verifier.verify(token);
    const proof = prover.prove({ issuer, subject, client, scopes, token: '' });
    const connection = await pool.connect();
    let lost = true;
    try {
      // All of it leaves in one flight: nothing waits for the answer to BEGIN.
      const begun = connection.query(
        'begin isolation level repeatable read; set local statement_timeout = 1600; set local plan_cache_mode = force_generic_plan',
      );
      const loggedIn = connection.query('select login($1, $2)', [...proof]);
      const asked = connection.query<PlainRow>({ name: 'page', text: PLAIN_PAGE, values: [first] });
      const [{ rows }] = await Promise.all([asked, begun, loggedIn]);
      const entries = rows.flatMap((row) => [
        { action: 'READ_CASE', caseId: row.id, outcome: 'DONE' },
        ...row.persons.map(({ id }) => ({ action: 'READ_PERSON', personId: id, outcome: 'DONE' })),
        { action: 'READ_NOTES', caseId: row.id, outcome: 'DONE' },
      ]);
      await connection.query(
        `select log_access('${randomUUID()}', '${JSON.stringify(entries)}'::jsonb); commit`,
      );
      lost = false;
      const edges = await Promise.all(
        rows.map(async ({ notes, key, ...row }) => {
          const opened =
            key === null
              ? null
              : await vault.openCaseKey({ ...key, wrapped: Buffer.from(key.wrapped, 'base64') }, row.id);
          return {
            node: {
              ...row,
              interviewNotes: {
                edges: notes.map(({ id, writtenAt, sealed }) => ({
                  node: { id, writtenAt, body: opened?.open(id, Buffer.from(sealed, 'base64')) },
                })),
              },
            },
          };
        }),
      );
      return `${JSON.stringify({ data: { cases: { edges } } })}\n`;
    } finally {
      connection.release(lost);
    }
  }

  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { first } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { first: number };
      const token = (req.headers.authorization ?? '').slice('Bearer '.length);
      page(token, first).then(
        (body) => res.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body),
        (error: unknown) => res.writeHead(500).end(String(error)),
      );
    });
  });
  // Others have their turn in between.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, waits: () => 2 };
});
