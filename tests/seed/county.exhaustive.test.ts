import { describe, expect, test } from '@jest/globals';
import { seedCounty } from '../../prisma/seed/seed.js';
import { cloneDatabase } from '../support/database.js';
import { testVault } from '../support/vault.js';
import { digests } from './digests.js';
import { SCALE, TODAY } from './small-county.js';

describe('the run', () => {
  test('the same day gives the same ids and content', async () => {
    const [one, again] = [await cloneDatabase(), await cloneDatabase()];
    try {
      for (const { url } of [one, again])
        await seedCounty({ url, vault: testVault(), today: TODAY, size: SCALE });
      expect(await digests(again.sql)).toEqual(await digests(one.sql));
    } finally {
      await one.drop();
      await again.drop();
    }
  });
});
