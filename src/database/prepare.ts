import { withConnection } from './connection.js';
import { putLoginKeys } from './login-keys.js';
import { hasSchema, migrate } from './migrate.js';
import { derivedLoginSecret, derivedPassword, type LoginRole, provisionRoles, urlAs } from './roles.js';

/** The URLs of a database that is ready. */
export interface PreparedDatabase {
  /** For the API, as `cosmos_app`. */
  readonly appUrl: string;
  /** For migrations and the seed; null where they are a step of their own. */
  readonly ownerUrl: string | null;
  /** For the jobs, as `cosmos_jobs`; null where they are a process of their own. */
  readonly jobsUrl: string | null;
  /** The secret by which the API proves logins; null where the setting has it. */
  readonly loginSecret: Buffer | null;
}

interface Standing {
  readonly superuser: boolean;
  readonly bypassesRls: boolean;
  readonly ownsTables: boolean;
  readonly isApp: boolean;
  readonly version: number;
}

async function standingOf(url: string): Promise<Standing> {
  return withConnection(url, async (client) => {
    const { rows } =
      await client.query<Standing>(`select rolsuper as superuser, rolbypassrls as "bypassesRls",
      exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r' and pg_has_role(current_user, c.relowner, 'MEMBER')) as "ownsTables",
      coalesce(pg_has_role(current_user, (select oid from pg_roles where rolname = 'cosmos_app'), 'MEMBER'), false) as "isApp",
      current_setting('server_version_num')::integer as version from pg_roles where rolname = current_user`);
    const [row] = rows;
    if (row === undefined) throw new Error('DATABASE_URL: the role cannot be read.');
    return row;
  });
}

/**
 * Makes the database ready for the API. With a superuser's URL (development, or the embedded server) it creates the roles and migrates.
 * With any other URL, the roles and migrations are steps of their own, which must have been done before.
 * @throws Error in plain words: the server is too old, the database is not migrated, or the role is not bound by row-level security
 */
export async function prepareDatabase(url: string, production: boolean): Promise<PreparedDatabase> {
  const standing = await standingOf(url);
  if (standing.version < 150_000) throw new Error('DATABASE_URL: PostgreSQL 15 or newer is needed.');
  if (standing.superuser && !production) {
    await provisionRoles(url);
    await migrate(url);
    const password = decodeURIComponent(new URL(url).password);
    const loginSecret = derivedLoginSecret(password);
    await putLoginKeys(url, [loginSecret]);
    const as = (role: LoginRole): string => urlAs(url, role, derivedPassword(password, role));
    return { appUrl: as('cosmos_app'), ownerUrl: url, jobsUrl: as('cosmos_jobs'), loginSecret };
  }
  if (standing.superuser || standing.bypassesRls || standing.ownsTables || !standing.isApp) {
    throw new Error(
      'DATABASE_URL: the API runs as cosmos_app; a superuser, owner or BYPASSRLS role is refused.',
    );
  }
  if (!(await hasSchema(url)))
    throw new Error('The database is not migrated: run `npm run migrate` with MIGRATION_DATABASE_URL.');
  return { appUrl: url, ownerUrl: null, jobsUrl: null, loginSecret: null };
}
