import { join } from 'node:path';
import { asOwner, withConnection } from './connection.js';
import { migrateQueue } from './job-queue.js';
import { requireSameHistory } from './migration-history.js';
import { projectRoot } from './project-root.js';
import { applyMigrations } from './schema-engine.js';

/**
 * Applies the migrations of this checkout, and those of the job queue's library, as the role `cosmos_owner`. `url` is the owner's, or a
 * superuser's (development), who steps down to the owner.
 * @returns the names of the applied migrations
 * @throws Error in plain words if the database was made by other migrations
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const connection = asOwner(url);
  const folder = join(projectRoot, 'prisma', 'migrations');
  await requireSameHistory(connection, folder);
  const applied = await applyMigrations(connection, folder);
  await migrateQueue(url);
  return applied;
}

/** True if the database was ever migrated, as far as the API's own role can tell. */
export async function hasSchema(url: string): Promise<boolean> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ found: boolean }>(
      `select to_regprocedure('login(text,bytea)') is not null as found`,
    );
    return rows[0]?.found ?? false;
  });
}
