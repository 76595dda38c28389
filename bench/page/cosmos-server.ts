import pg from 'pg';
import { startApp } from '../../app/app.js';
import { createLogger } from '../../src/log/logger.js';
import { BENCH_LOGIN_SECRET, benchVault } from '../support/app.js';
import { serveParent } from './child.js';
import type { PageServerConfig } from './plain-server.js';

/** Cosmos with everything on, in a process of its own. It counts how often it waits for PostgreSQL: each call is a flight. */
await serveParent<PageServerConfig>(async (config) => {
  let sent = 0;
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    sent += 1;
    return Reflect.apply(query, this, args);
  } as typeof query;
  const app = await startApp({
    databaseUrl: config.databaseUrl,
    poolSize: 10,
    // One login asks as much as all logins of a county.
    lookUpsPerHour: Number.MAX_SAFE_INTEGER,
    papersPerHour: Number.MAX_SAFE_INTEGER,
    logsPerDay: { workers: Number.MAX_SAFE_INTEGER, others: Number.MAX_SAFE_INTEGER },
    lineLimits: { atOnce: Number.MAX_SAFE_INTEGER, perMinute: Number.MAX_SAFE_INTEGER },
    vault: benchVault(),
    loginSecret: BENCH_LOGIN_SECRET,
    issuers: [config.issuer],
    allowedOrigins: [],
    graphiql: null,
    logger: createLogger('info'),
    host: '127.0.0.1',
    port: 0,
  });
  return { url: app.url, waits: () => sent };
});
