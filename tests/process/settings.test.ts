import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SETTINGS } from '../../src/config.js';
import { endAll, startCosmos, startJobs } from './cosmos-process.js';

/** If a setting is misspelt, or does not reach the container, its default would count and nobody would be told. */
afterEach(endAll);

test.each([
  ['COSMOS_TRUSTED_PROXY', 'COSMOS_TRUSTED_PROXIES'],
  ['COSMOS_VAULT_KEY', 'COSMOS_VAULT_KEYS'],
  ['COSMOS_ALOWED_ORIGIN', 'COSMOS_ALLOWED_ORIGINS'],
])('%s is refused, and %s is named as the nearest', async (name, nearest) => {
  for (const cosmos of [
    startCosmos({ [name]: 'a-secret' }),
    startJobs('postgresql://x@127.0.0.1:1/x', { [name]: 'a-secret' }),
  ]) {
    expect(await cosmos.ended).toBe(1);
    expect(cosmos.output().stderr).toContain(
      `  - ${name}: no setting has this name; the nearest is ${nearest}\n`,
    );
    expect(cosmos.output().stderr).not.toContain('a-secret');
  }
});

describe('every setting', () => {
  /** The image sets the first, and its folder is read-only. */
  const OF_THE_IMAGE = ['NODE_ENV', 'COSMOS_DATA_DIR', 'HOST'];

  test('is passed on by docker-compose.yml, except those of the image', async () => {
    const text = await readFile('docker-compose.yml', 'utf8');
    const passed = [...text.matchAll(/^ {6}([A-Z_]+): /gm)].map(([, name]) => name);
    expect(SETTINGS.filter((name) => !passed.includes(name))).toEqual(OF_THE_IMAGE.sort());
  });

  test('stands in .env.example if docker-compose.yml takes it from the environment, and only then', async () => {
    const compose = await readFile('docker-compose.yml', 'utf8');
    const example = await readFile('.env.example', 'utf8');
    const taken = new Set([...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));
    const given = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    expect([...given].sort()).toEqual([...taken].sort());
    expect(SETTINGS.filter((name) => !example.includes(name))).toEqual([]);
  });
});
