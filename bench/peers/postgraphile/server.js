import { createServer } from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { TYPES } from 'postgraphile/@dataplan/pg';
import * as adaptor from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { makeV4Preset } from 'postgraphile/presets/v4';
import { serveParent } from '../../../dist/bench/page/child.js';
import { BENCH_LOGIN_SECRET } from '../../../dist/bench/support/app.js';
import { createTokenVerifier } from '../../../dist/src/auth/token-verifier.js';
import { LoginProver } from '../../../dist/src/database/login-proof.js';

/** PostGraphile does not know the type of the times that are free. The page has none. */
const MultirangeAsText = {
  name: 'MultirangeAsText',
  version: '1.0.0',
  gather: {
    hooks: {
      pgCodecs_findPgCodec(_info, found) {
        if (found.pgType.typtype === 'm') found.pgCodec ??= TYPES.text;
      },
    },
  },
};

/**
 * PostGraphile over the same database, with the same role, row-level security, login, isolation, pool size and plan setting. It verifies the
 * same tokens. It has no policies on fields, writes no access log, and decrypts nothing.
 */
await serveParent(async (config) => {
  const verifier = createTokenVerifier({ issuers: [config.issuer] });
  const prover = new LoginProver(BENCH_LOGIN_SECRET);
  const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 10, pipeline: true });
  let sent = 0;

  /** Begins and logs in without a wait, as Cosmos does, then hands the connection to PostGraphile. */
  async function asViewer(claims, run) {
    const connection = await pool.connect();
    let lost = true;
    try {
      const opened = [
        connection.query(
          'begin isolation level repeatable read; set local statement_timeout = 1600; set local random_page_cost = 1.1; set local plan_cache_mode = force_generic_plan',
        ),
        connection.query('select login($1, $2)', prover.prove(claims)),
      ];
      const within = adaptor.makeWithPgClientViaPgClientAlreadyInTransaction(connection, true);
      const [answer] = await Promise.all([within(null, run), ...opened]);
      await connection.query('commit');
      sent += 4;
      lost = false;
      return answer;
    } finally {
      connection.release(lost);
    }
  }

  const plain = adaptor.createWithPgClient({
    pool: new pg.Pool({ connectionString: config.databaseUrl, max: 2 }),
  });
  const viewerAdaptor = {
    ...adaptor,
    createWithPgClient: () => {
      const withPgClient = (settings, run) =>
        settings?.claims === undefined ? plain(null, run) : asViewer(JSON.parse(settings.claims), run);
      withPgClient.release = () => undefined;
      return withPgClient;
    },
  };
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset, makeV4Preset({ simpleCollections: 'omit', enhanceGraphiql: false })],
    plugins: [MultirangeAsText],
    pgServices: [
      {
        ...adaptor.makePgService({ pool, schemas: ['public'], pubsub: false }),
        adaptor: viewerAdaptor,
      },
    ],
    grafserv: { port: 0, graphqlPath: '/graphql', graphiql: false, watch: false },
    grafast: {
      explain: false,
      context: async ({ node }) => {
        const token = (node?.req.headers.authorization ?? '').slice('Bearer '.length);
        const { issuer, subject, clientId: client, scopes } = await verifier.verify(token);
        return { pgSettings: { claims: JSON.stringify({ issuer, subject, client, scopes, token: '' }) } };
      },
    },
  });
  const server = createServer();
  await instance.createServ(grafserv).addTo(server);
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, waits: () => sent };
});
