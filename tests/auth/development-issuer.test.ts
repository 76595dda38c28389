import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  loadOrCreateDevelopmentIssuer,
} from '../../src/auth/development-issuer.js';
import { writeExclusively } from '../../src/auth/exclusive-file.js';
import { DEMO_CLIENTS, LOGINS } from '../../src/auth/logins.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { createTokenVerifier } from '../../src/auth/token-verifier.js';

const LOGIN = { subject: 'worker.sevran', clientId: 'front.demo', scopes: ['cases:read', 'notes:read'] };

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cosmos-issuer-'));
});

afterEach(async () => {
  await rm(dataDir, { recursive: true });
});

describe('the development issuer', () => {
  test('signs tokens that the verifier accepts', async () => {
    const issuer = await loadOrCreateDevelopmentIssuer(dataDir);
    const verified = await createTokenVerifier({ issuers: [issuer.config] }).verify(await issuer.sign(LOGIN));
    expect(verified).toMatchObject({ issuer: DEVELOPMENT_ISSUER, ...LOGIN });
    expect(issuer.config.audience).toBe(DEVELOPMENT_AUDIENCE);
    expect(verified.expiresAt.getTime() - Date.now()).toBeGreaterThan(3_590_000);
  });

  test('gives each token its own id, and the lifetime asked for', async () => {
    const issuer = await loadOrCreateDevelopmentIssuer(dataDir);
    const verifier = createTokenVerifier({ issuers: [issuer.config] });
    const one = await verifier.verify(await issuer.sign({ ...LOGIN, scopes: [] }, { lifetimeSeconds: 60 }));
    const other = await verifier.verify(await issuer.sign(LOGIN));
    expect(one.tokenId).not.toBe(other.tokenId);
    expect(one.scopes).toEqual([]);
    expect(one.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(60_000);
  });

  test('keeps its key for the next start, readable by its owner only, and publishes no private part', async () => {
    const dir = join(dataDir, 'made', 'on', 'demand');
    const { config } = await loadOrCreateDevelopmentIssuer(dir);
    expect((await loadOrCreateDevelopmentIssuer(dir)).config).toEqual(config);
    expect((await stat(join(dir, 'development-issuer.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['development-issuer.json']);
    expect(JSON.stringify(config)).not.toContain('"d"');
  });

  test('ends with one key when many start at the same time', async () => {
    const issuers = await Promise.all(
      Array.from({ length: 20 }, () => loadOrCreateDevelopmentIssuer(dataDir)),
    );
    const keys = new Set(issuers.map(({ config }) => JSON.stringify(config.jwks)));
    expect(keys.size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['development-issuer.json']);
  });

  test.each(['', '{', 'null', '{"kty":"EC","crv":"P-256"}', '{"kty":"oct","k":"c2VjcmV0"}'])(
    'does not replace a file that holds no key: %j',
    async (text) => {
      const path = join(dataDir, 'development-issuer.json');
      await writeFile(path, text);
      await expect(loadOrCreateDevelopmentIssuer(dataDir)).rejects.toThrow('does not hold a key');
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});

describe('writing exclusively', () => {
  test('never shows half a file to another process', async () => {
    const path = join(dataDir, 'file');
    const script = `
      const { readFileSync } = require('node:fs');
      for (;;) try { process.stdout.write(String(readFileSync(${JSON.stringify(path)}).length)); break; }
      catch (error) { if (error.code !== 'ENOENT') throw error; }`;
    const reader = promisify(execFile)(process.execPath, ['-e', script], { timeout: 20_000 });
    const text = 'x'.repeat(5_000_000);
    expect(await writeExclusively(path, text)).toBe(true);
    expect((await reader).stdout).toBe('5000000');
    expect(await writeExclusively(path, 'late')).toBe(false);
    expect((await stat(path)).size).toBe(5_000_000);
  });

  test('leaves nothing behind when it fails', async () => {
    await expect(writeExclusively(join(dataDir, 'missing', 'file'), 'x')).rejects.toThrow('ENOENT');
    await chmod(dataDir, 0o700);
    expect(await readdir(dataDir)).toEqual([]);
  });
});

describe('the demo logins', () => {
  test('are the seventeen of the demonstration, each named once and described twice', () => {
    expect(LOGINS.map(({ login }) => login)).toEqual([
      ...[
        'reception.sevran',
        'worker.sevran',
        'worker2.sevran',
        'head.sevran',
        'worker.gagny',
        'reception.gagny',
      ],
      ...['head.gagny', 'adviser', 'adviser2', 'trainee.sevran', 'dpo', 'admin', 'admin2', 'person.sevran'],
      ...['client.reporting', 'client.integration', 'client.booking'],
    ]);
    for (const { login, subject, describes } of LOGINS) {
      expect(subject).toBe(login);
      expect(describes.fr).not.toBe('');
      expect(describes.en).not.toBe('');
    }
  });

  test('ask for no scope beyond their client, and no client beyond the list', () => {
    const clients = new Map(DEMO_CLIENTS.map((client) => [client.clientId, client]));
    expect(clients.size).toBe(DEMO_CLIENTS.length);
    for (const { clientId, scopes } of LOGINS) {
      expect(clients.get(clientId)?.scopes).toEqual(expect.arrayContaining([...scopes]));
    }
    for (const { scopes } of DEMO_CLIENTS) expect(SCOPES).toEqual(expect.arrayContaining([...scopes]));
  });

  test('book only through the booking client', () => {
    const booking = LOGINS.filter(({ scopes }) => scopes.includes('booking'));
    expect(booking.map(({ login }) => login)).toEqual(['client.booking']);
    expect(LOGINS.find(({ login }) => login === 'worker.sevran')?.scopes).toHaveLength(SCOPES.length - 1);
  });
});
