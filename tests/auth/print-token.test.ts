import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadOrCreateDevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { LOGINS } from '../../src/auth/logins.js';
import { printToken } from '../../src/auth/print-token.js';
import { createTokenVerifier } from '../../src/auth/token-verifier.js';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cosmos-token-'));
});

afterEach(async () => {
  await rm(dataDir, { recursive: true });
});

async function run(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await printToken(argv, dataDir, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

test.each(LOGINS.map(({ login }) => login))('prints a token for %s and nothing else', async (login) => {
  const { code, stdout, stderr } = await run(login);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\n$/);
  const { config } = await loadOrCreateDevelopmentIssuer(dataDir);
  const verified = await createTokenVerifier({ issuers: [config] }).verify(stdout.trim());
  const { subject, clientId, scopes } = LOGINS.find((each) => each.login === login) ?? {};
  expect(verified).toMatchObject({ subject, clientId, scopes });
});

test('lists the logins in aligned columns, and makes no key for it', async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(LOGINS.length);
  const columns = lines.map((line, index) => line.indexOf(LOGINS[index]?.describes.fr ?? '?'));
  expect(new Set(columns)).toEqual(new Set(['client.integration'.length + 2]));
  expect(await readdir(dataDir)).toEqual([]);
});

test.each([
  ['worker.sevrna', 'worker.sevran'],
  ['Worker.Sevran', 'worker.sevran'],
  ['head', 'head.gagny'],
  ['admn', 'admin'],
])('names the nearest logins for %s', async (typed, near) => {
  const { code, stdout, stderr } = await run(typed);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(near);
});

test('refuses what is near to nothing, and sends no control character to the terminal', async () => {
  const { code, stdout, stderr } = await run('\u001b[2Jzzzzzzzzzzzzzzzzzzzz');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('npm run token');
  expect(stderr).not.toContain('\u001b');
});

test('refuses two logins, and an empty one', async () => {
  expect(await run('admin', 'dpo')).toMatchObject({ code: 2, stdout: '' });
  expect(await run('')).toMatchObject({ code: 2, stdout: '' });
});
