import { join } from 'node:path';
import type { Asking } from './asking.js';
import { historyFaults } from './migration-history.js';
import { projectRoot } from './project-root.js';

/** The rights that `prisma/roles.sql` and `prisma/revoked.sql` give and take, in words. A dump does not restore all of them. */
const RIGHTS = `select what from (values
    ('cosmos_app may not connect', has_database_privilege('cosmos_app', current_database(), 'connect')),
    ('everybody may connect', not has_database_privilege('public', current_database(), 'connect')),
    ('everybody may make temporary tables', not has_database_privilege('public', current_database(), 'temporary')),
    ('everybody may look into the schema', not has_schema_privilege('public', 'public', 'usage')),
    ('cosmos_app may make tables', not has_schema_privilege('cosmos_app', 'public', 'create')),
    ('everybody may wait on purpose', not has_function_privilege('public', 'pg_sleep(double precision)', 'execute')),
    ('everybody may write programs', not has_language_privilege('public', 'plpgsql', 'usage')),
    ('login() may not set the viewer', has_parameter_privilege('cosmos_keeper', 'backtrace_functions', 'set'))
  ) rights(what, holds) where not holds`;

/** A fault of the database for this process: its kind, for a client of `/health/ready`, and words for the operator. */
export interface DeploymentFault {
  readonly kind: 'RIGHTS' | 'SCHEMA';
  readonly words: string;
}

/**
 * Compares the database with this version of the program: the rights on the database itself, which a superuser's restore leaves out, and
 * its migrations. A database that a newer version has migrated is no fault: processes of the last version run until the new ones have
 * started.
 * @param client as `cosmos_app`
 */
export async function deploymentFaults(client: Asking): Promise<readonly DeploymentFault[]> {
  const { rows: lost } = await client.query<{ what: string }>(RIGHTS);
  const faults: DeploymentFault[] = [];
  if (lost.length > 0)
    faults.push({
      kind: 'RIGHTS',
      words: `The database has not the rights that it needs (${lost.map(({ what }) => what).join('; ')}): a superuser runs \`prisma/roles.sql\` in it again.`,
    });
  const { missing, changed } = await historyOf(client);
  if (missing.length > 0)
    faults.push({
      kind: 'SCHEMA',
      words: `The database lacks ${missing.join(', ')}: run \`npm run migrate\` with MIGRATION_DATABASE_URL.`,
    });
  if (changed.length > 0)
    faults.push({
      kind: 'SCHEMA',
      words: `The database was migrated with another text of ${changed.join(', ')}.`,
    });
  return faults;
}

/** Returns the migrations of the database that this version does not know: a newer version has migrated it. */
export async function newerMigrations(client: Asking): Promise<readonly string[]> {
  return (await historyOf(client)).unknown;
}

async function historyOf(client: Asking): ReturnType<typeof historyFaults> {
  const { rows: known } = await client.query<{ yes: boolean }>(
    `select to_regprocedure('finished_migrations()') is not null as yes`,
  );
  const { rows } =
    known[0]?.yes === true
      ? await client.query<{ name: string; checksum: string }>(
          'select name, checksum from finished_migrations()',
        )
      : { rows: [] };
  return historyFaults(rows, join(projectRoot, 'prisma', 'migrations'));
}

/**
 * Refuses a database that is not this version's.
 * @param client as `cosmos_app`
 * @throws Error in plain words, with every fault
 */
export async function requireDeployment(client: Asking): Promise<void> {
  const faults = await deploymentFaults(client);
  if (faults.length > 0) throw new Error(faults.map(({ words }) => words).join('\n'));
}
