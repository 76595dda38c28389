import { readConfig } from '../config.js';
import { createLogger } from '../log/logger.js';
import { type RunningJobs, runJobs } from './run.js';
import { createSenders } from './senders/create.js';

// `npm run jobs`: a process of its own in production, which needs the jobs' URL and nothing of what the API needs. In development `npm
// start` runs the jobs itself.
let jobs: RunningJobs | null = null;

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 9_500).unref();
  await jobs?.close();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

try {
  const config = readConfig({ NODE_ENV: 'development' });
  if (config.jobsDatabaseUrl === null)
    throw new Error('JOBS_DATABASE_URL: required, as the role cosmos_jobs.');
  if (config.statisticsSecret === null)
    throw new Error('COSMOS_STATISTICS_SECRET: required, at least 32 bytes in base64, the same for ever.');
  const loginSecret = config.loginSecrets?.[0];
  if (loginSecret === undefined)
    throw new Error('COSMOS_LOGIN_SECRET: required, the same as `npm run migrate` has.');
  jobs = await runJobs({
    url: config.jobsDatabaseUrl,
    loginSecret,
    logger: createLogger(config.logLevel),
    senders: createSenders(config),
    linkUrl: config.linkUrl,
    statisticsSecret: config.statisticsSecret,
  });
  process.stdout.write('Cosmos is running its jobs.\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(1);
}
