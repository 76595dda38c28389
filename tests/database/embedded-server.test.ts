import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/** What a script makes of the server that comes as a package. */
test.each([
  ['ends well ends with 0', '', 0],
  ['has failed ends with the code that it has set', 'process.exitCode = 3;', 3],
  [
    'says at its exit that it has failed, as a test runner does, ends with that code',
    `process.on('exit', () => { process.exitCode = 4; });`,
    4,
  ],
])('a script that started it and %s', async (_, end, code) => {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-embedded-'));
  const script = `
    const { startEmbeddedServer } = await import('./dist/src/database/embedded-server.js');
    const server = await startEmbeddedServer(${JSON.stringify(folder)}, { password: 'test' });
    await server.stop();
    ${end}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
  try {
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
