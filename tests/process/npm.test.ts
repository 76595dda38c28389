import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100));
}

test('SIGTERM to npm, whose shell passes it on to nobody, stops the server and its PostgreSQL', async () => {
  // mkdtemp's folder is closed to others: as root, it is opened for PostgreSQL's user to walk through.
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-npm-'));
  const shell = spawn('sh', ['-c', 'node dist/src/main.js; true'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'development',
      PORT: '0',
      COSMOS_DATA_DIR: join(folder, 'data'),
      npm_lifecycle_event: 'start',
    },
  });
  let output = '';
  shell.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await until(async () => output.includes('/graphiql'));
  const url = /POST (\S+)\/graphql/.exec(output)?.[1] ?? '';
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  shell.kill('SIGTERM');
  await until(() =>
    fetch(`${url}/health/live`).then(
      () => false,
      () => true,
    ),
  );
  // The lock goes last, after PostgreSQL.
  await until(async () => (await import('node:fs')).existsSync(join(folder, 'data', 'cosmos.pid')) === false);
  await rm(folder, { recursive: true, force: true });
}, 60_000);
