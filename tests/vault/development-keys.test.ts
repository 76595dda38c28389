import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addDevelopmentKey, loadOrCreateDevelopmentKeys } from '../../src/vault/development-keys.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { compileProgram, startChild } from './support/child-program.js';

let folder: string;
let dataDir: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosmos-vault-'));
  dataDir = join(folder, 'data');
  file = join(dataDir, 'vault-keys.json');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function messageOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    expect((error as Error).cause).toBeUndefined();
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

const PROGRAM = `
import { once } from 'node:events';
import { loadOrCreateDevelopmentKeys } from './src/vault/development-keys.js';
console.log('ready');
await once(process.stdin, 'data');
const keys = await loadOrCreateDevelopmentKeys(process.argv[2]);
console.log(JSON.stringify(keys.map(({ id, key }) => [id, key.toString('base64')])));
`;

describe('development keys', () => {
  test('are created once and then read', async () => {
    const keys = await loadOrCreateDevelopmentKeys(dataDir);
    expect(keys).toHaveLength(1);
    expect(await loadOrCreateDevelopmentKeys(dataDir)).toEqual(keys);
    expect(createLocalKeyService(keys).currentKeyId).toBe(keys[0]?.id);
  });

  test('are readable by their owner only, and nothing else is left in the folder', async () => {
    await loadOrCreateDevelopmentKeys(dataDir);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await addDevelopmentKey(dataDir);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['vault-keys.json']);
  });

  test('are the same for processes that start at once', async () => {
    const program = await compileProgram(folder, PROGRAM);
    for (let round = 0; round < 5; round += 1) {
      const roundDir = join(folder, `round-${round}`);
      const children = Array.from({ length: 4 }, () => startChild(program, [roundDir]));
      await Promise.all(children.map((child) => child.ready));
      for (const child of children) {
        child.go();
      }
      const outputs = await Promise.all(children.map((child) => child.output));
      expect(new Set(outputs).size).toBe(1);
      expect(outputs[0]).toMatch(/^\[\["dev-[0-9a-f]{8}","[A-Za-z0-9+/]{43}="\]\]\n$/);
      expect(await readdir(roundDir)).toEqual(['vault-keys.json']);
    }
  });

  test('are the same for many calls at once in one process', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateDevelopmentKeys(dataDir)));
    expect(new Set(all.map((keys) => keys[0]?.id)).size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['vault-keys.json']);
  });

  test('gain a new current key and keep the old ones', async () => {
    const [first] = await loadOrCreateDevelopmentKeys(dataDir);
    const second = await addDevelopmentKey(dataDir);
    const third = await addDevelopmentKey(dataDir);
    expect(third.slice(1)).toEqual(second);
    expect(third[2]).toEqual(first);
    expect(new Set(third.map(({ id }) => id)).size).toBe(3);
    expect(await loadOrCreateDevelopmentKeys(dataDir)).toEqual(third);
  });

  test('can be added to before there is a file', async () => {
    expect(await addDevelopmentKey(dataDir)).toHaveLength(2);
  });

  test('lose none when two are added at once: each call adds its own or is refused', async () => {
    await loadOrCreateDevelopmentKeys(dataDir);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => addDevelopmentKey(dataDir)));
    const added = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value[0]?.id] : [],
    );
    const ids = (await loadOrCreateDevelopmentKeys(dataDir)).map(({ id }) => id);
    expect(added.length).toBeGreaterThanOrEqual(1);
    expect(ids).toHaveLength(1 + added.length);
    expect(ids).toEqual(expect.arrayContaining(added));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect((outcome.reason as Error).message).toContain('another process is adding a key');
      }
    }
  });

  test('say what to do about the lock of an addition that was killed', async () => {
    await loadOrCreateDevelopmentKeys(dataDir);
    await writeFile(`${file}.lock`, '');
    expect(await messageOf(() => addDevelopmentKey(dataDir))).toContain(`remove ${file}.lock`);
    expect(await loadOrCreateDevelopmentKeys(dataDir)).toHaveLength(1);
  });

  test('are not overwritten, nor their content echoed, when the file is damaged', async () => {
    const [key] = await loadOrCreateDevelopmentKeys(dataDir);
    const secret = key?.key.toString('base64') ?? '';
    const whole = await readFile(file, 'utf8');
    const damaged = [
      '',
      secret,
      whole.slice(0, -10),
      whole.replace('"keys"', '"keyz"'),
      whole.replace(':', ''),
      JSON.stringify({ keys: [secret] }),
      JSON.stringify({ keys: [`dev-1:${secret.slice(1)}`] }),
      JSON.stringify({ keys: [] }),
      JSON.stringify({ keys: { secret } }),
      JSON.stringify([secret]),
      'null',
    ];
    for (const content of damaged) {
      await writeFile(file, content);
      for (const call of [loadOrCreateDevelopmentKeys, addDevelopmentKey]) {
        const message = await messageOf(() => call(dataDir));
        for (let start = 0; start + 5 <= secret.length; start += 1) {
          expect(message.includes(secret.slice(start, start + 5))).toBe(false);
        }
      }
      expect(await readFile(file, 'utf8')).toBe(content);
    }
  });
});
