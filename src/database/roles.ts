import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withConnection } from './connection.js';
import { projectRoot } from './project-root.js';

/** The three roles of the database that log in. SECURITY.md tells what each may do. A fourth role, `cosmos_keeper`, cannot log in. */
export const LOGIN_ROLES = ['cosmos_owner', 'cosmos_app', 'cosmos_jobs'] as const;
/** One of `LOGIN_ROLES`. */
export type LoginRole = (typeof LOGIN_ROLES)[number];

/**
 * Returns the password of a role on a server that Cosmos provisions itself (development). It is derived from the superuser's, so that
 * every node computes the same one and none is written down.
 */
export function derivedPassword(superuserPassword: string, role: LoginRole): string {
  return createHmac('sha256', `cosmos:${superuserPassword}`).update(role).digest('base64url');
}

/** Returns the secret of the logins on such a server, derived alike. */
export function derivedLoginSecret(superuserPassword: string): Buffer {
  return createHmac('sha256', `cosmos:${superuserPassword}`).update('login').digest();
}

/** Returns the URL of the same server and database, for another role. */
export function urlAs(url: string, role: LoginRole, password: string): string {
  const target = new URL(url);
  target.username = role;
  target.password = password;
  return target.href;
}

/** Creates or repairs the roles and gives the database to its owner. It needs a superuser, and may be repeated. */
export async function provisionRoles(superuserUrl: string): Promise<void> {
  await withConnection(superuserUrl, async (client) => {
    const password = decodeURIComponent(new URL(superuserUrl).password);
    await client.query('begin');
    // Roles are of the whole server, and an advisory lock is of one database. Nobody who reads waits for this one.
    await client.query('lock table pg_authid in share row exclusive mode');
    for (const role of [...LOGIN_ROLES, 'cosmos_keeper'] as const) {
      const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
      if (rowCount === 0) await client.query(`create role ${role}`);
      const login =
        role === 'cosmos_keeper'
          ? 'nologin bypassrls'
          : `login nobypassrls password ${client.escapeLiteral(derivedPassword(password, role))}`;
      await client.query(`alter role ${role} nosuperuser nocreatedb nocreaterole ${login}`);
    }
    // The owner hands a few functions over to the keeper, and the first migration one to the jobs. It does nothing else in their name.
    await client.query('grant cosmos_keeper, cosmos_jobs to cosmos_owner');
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    const database = client.escapeIdentifier(rows[0]?.name ?? 'cosmos');
    await client.query(`alter database ${database} owner to cosmos_owner`);
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant connect on database ${database} to cosmos_app, cosmos_jobs`);
    await client.query('alter schema public owner to cosmos_owner');
    await client.query('revoke all on schema public from public');
    await client.query('grant usage on schema public to cosmos_app, cosmos_jobs, cosmos_keeper');
    await client.query('grant create on schema public to cosmos_keeper');
    // Where login() writes who the viewer is: nobody else can.
    await client.query('grant set on parameter backtrace_functions to cosmos_keeper');
    for (const extension of ['btree_gist', 'unaccent']) {
      await client.query(`create extension if not exists ${extension} with schema public`);
    }
    await client.query(await readFile(join(projectRoot, 'prisma', 'revoked.sql'), 'utf8'));
    await client.query('commit');
  });
}
