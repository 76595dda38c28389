import { expect, test } from '@jest/globals';
import { dropDatabase, emptyDatabase } from '../../prisma/migration/databases.js';
import { provisionRoles } from '../../src/database/roles.js';

/** Roles are of the whole server. Each database of the server is provisioned with the same ones. */
test('several databases of a server are provisioned at the same time', async () => {
  const server = process.env['COSMOS_TEST_SERVER'] ?? '';
  const names = Array.from({ length: 4 }, (_, nth) => `provisioned_${process.pid}_${nth}`);
  const urls: string[] = [];
  try {
    for (const name of names) urls.push(await emptyDatabase(server, name));
    for (let round = 0; round < 4; round += 1) await Promise.all(urls.map(provisionRoles));
  } finally {
    for (const url of urls) await dropDatabase(url);
  }
  expect(urls).toHaveLength(names.length);
});
