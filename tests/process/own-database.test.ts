import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { derivedLoginSecret, derivedPassword, urlAs } from '../../src/database/roles.js';
import { until } from '../support/until.js';
import {
  ask,
  developmentToken,
  end,
  endAll,
  newDataDir,
  startCosmos,
  startSealing,
} from './cosmos-process.js';

/** The process as an operator of a county meets it: what it needs, and what it refuses. */
afterEach(endAll);

describe('a configuration that is refused', () => {
  async function refused(env: Record<string, string>): Promise<string> {
    const cosmos = startCosmos(env);
    expect(await cosmos.ended).toBe(1);
    expect(cosmos.output().stdout).toBe('');
    return cosmos.output().stderr;
  }

  test('every fault is in one message, which repeats no value', async () => {
    const said = await refused({ PORT: 'abc', DATABASE_URL: 'nonsense-with-a-secret', LOG_LEVEL: 'loud' });
    expect(said.split('\n')).toEqual([
      'Configuration refused:',
      expect.stringContaining('PORT: '),
      expect.stringContaining('DATABASE_URL: '),
      expect.stringContaining('LOG_LEVEL: '),
      '',
    ]);
    expect(said).not.toContain('secret');
  });

  test('production needs its database, keys and issuers', async () => {
    const said = await refused({ NODE_ENV: 'production' });
    for (const name of [
      'DATABASE_URL',
      'COSMOS_VAULT_KEYS',
      'COSMOS_FINGERPRINT_SECRET',
      'COSMOS_LOGIN_SECRET',
      'COSMOS_COUNTY',
      'COSMOS_ISSUERS',
    ]) {
      expect(said).toContain(`${name}: required in production`);
    }
  });

  test('a database that does not answer is said without its password', async () => {
    const dataDir = await newDataDir();
    const said = await refused({
      COSMOS_DATA_DIR: dataDir,
      DATABASE_URL: 'postgresql://cosmos_app:hush@127.0.0.1:1/cosmos',
    });
    expect(said).toContain('ECONNREFUSED');
    expect(said).not.toContain('hush');
    await rm(dataDir, { recursive: true });
  });
});

describe('with a database of one’s own', () => {
  const name = `process_${process.pid}`;
  const server = process.env['COSMOS_TEST_SERVER'] ?? '';
  const superuser = server.replace(/cosmos$/, name);
  const app = urlAs(superuser, 'cosmos_app', derivedPassword('tests', 'cosmos_app'));
  const issuer = {
    issuer: 'https://login.example.test',
    audience: 'https://api.example.test',
    jwksUrl: 'https://login.example.test/jwks',
  };
  const production = {
    NODE_ENV: 'production',
    COSMOS_ISSUERS: JSON.stringify([issuer]),
    COSMOS_VAULT_KEYS: `prod:${Buffer.alloc(32, 1).toString('base64')}`,
    COSMOS_FINGERPRINT_SECRET: Buffer.alloc(32, 2).toString('base64'),
    // As the superuser's start told it to the database.
    COSMOS_LOGIN_SECRET: derivedLoginSecret('tests').toString('base64'),
    COSMOS_COUNTY: 'Département de démonstration',
  };
  let dataDir: string;

  async function onServer(statement: string, url = server.replace(/cosmos$/, 'postgres')): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  /** Until a migration has begun and is not marked as applied. */
  async function migrationUnderWay(): Promise<void> {
    const client = new pg.Client({ connectionString: superuser });
    await client.connect();
    const exists = `select to_regclass('public._prisma_migrations') is not null as yes`;
    const begun = 'select exists (select from _prisma_migrations where finished_at is null) as yes';
    for (const question of [exists, begun]) {
      while ((await client.query<{ yes: boolean }>(question)).rows[0]?.yes !== true);
    }
    await client.end();
  }

  beforeAll(async () => {
    dataDir = await newDataDir();
    await onServer(`create database ${name} template template0`);
  });
  afterAll(async () => {
    await onServer(`drop database ${name} with (force)`);
    await rm(dataDir, { recursive: true, force: true });
  });

  async function refused(env: Record<string, string>): Promise<string> {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, ...env });
    expect(await cosmos.ended).toBe(1);
    return cosmos.output().stderr;
  }

  test('killed in the middle of a migration, it leaves nothing that keeps the next start from migrating', async () => {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, DATABASE_URL: superuser });
    await migrationUnderWay();
    cosmos.signal('SIGKILL');
    expect(await cosmos.ended).toBe('SIGKILL');
    expect(cosmos.output().stdout).not.toContain('Seeding');
  });

  test('a superuser’s, in development: it makes the roles, migrates and seeds', async () => {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, DATABASE_URL: superuser });
    const url = await cosmos.listening();
    expect(cosmos.output().stdout).not.toContain('embedded');
    expect((await ask(url, null, '{ districts { name } }')).data?.['districts']).toHaveLength(3);
    const token = await developmentToken(dataDir, 'worker.sevran');
    expect(await ask(url, token, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'WORKER' } } });
    expect(await end(cosmos)).toBe(0);
    expect(existsSync(`${dataDir}/postgres`)).toBe(false);
  });

  test('production is refused without both notices, with an example of an officer’s address, without an opinion and without readers', async () => {
    const notices = (sql: string): Promise<void> => onServer(sql, superuser);
    const start = () => refused({ ...production, DATABASE_URL: app });
    expect(await start()).toBe(
      [
        'Production needs the privacy notices of the county:',
        '  - the SHORT notice gives an address of an example for the data protection officer',
        '  - the SHORT notice was published without the data protection officer’s opinion',
        '  - the FULL notice gives an address of an example for the data protection officer',
        '  - the FULL notice was published without the data protection officer’s opinion',
        'Let `npm run provision -- county.json` draft them. Then start once with COSMOS_ONLY_NOTICES=yes: the officer gives an opinion, and the administrator publishes.',
        '',
      ].join('\n'),
    );
    // A newer version is the one in force: of the short notice alone, the full one is still an example.
    const newer = (kind: string, version: number, readers: string, opinion: string): string =>
      `insert into privacy_notice (id, kind, version, text_fr, text_en, published_on, who_reads_fr, who_reads_en, opinion, opinion_on)
       select gen_random_uuid(), kind, ${version}, replace(text_fr, 'departement.example', 'departement-fictif.fr'),
         replace(text_en, 'departement.example', 'departement-fictif.fr'), current_date, ${readers}, ${opinion}
       from privacy_notice where kind = '${kind}' and version = 1`;
    const [readers, opinion] = ['who_reads_fr, who_reads_en', `'FAVOURABLE', current_date`];
    await notices(newer('SHORT', 2, 'null, null', opinion));
    expect(await start()).toContain('  - the SHORT notice does not say who reads what\n');
    await notices(newer('SHORT', 3, readers, opinion));
    expect(await start()).not.toContain('SHORT');
    await notices(newer('FULL', 2, readers, 'null, null'));
    expect(await start()).toContain(
      '  - the FULL notice was published without the data protection officer’s opinion\n',
    );
    await notices(newer('FULL', 3, readers, opinion));
    // Set aside and brought back, as nobody can but who owns the server.
    await notices('alter table privacy_notice disable trigger published_for_ever');
    await notices('create table kept as select * from privacy_notice; delete from notice_receipt');
    await notices(`delete from privacy_notice where kind = 'FULL'`);
    expect(await start()).toContain('  - no FULL notice is published\n');
    await notices(`insert into privacy_notice select * from kept where kind = 'FULL'; drop table kept`);
    await notices('alter table privacy_notice enable trigger published_for_ever');
    // A release of the software lets others read: no county stops on that day, and none goes on for ever.
    await notices(newer('FULL', 4, `'autrement', 'otherwise'`, opinion));
    const cosmos = startCosmos({ ...production, COSMOS_DATA_DIR: dataDir, DATABASE_URL: app });
    await cosmos.listening();
    expect(await end(cosmos)).toBe(0);
    await notices(`update who_reads_what set since = since - interval '31 days'`);
    expect(await start()).toContain(
      '  - for more than 30 days the FULL notice has not said who reads what\n',
    );
    await notices(newer('FULL', 5, readers, opinion));
  });

  test('until they are published, production can be started for the officer and the administrator alone', async () => {
    const cosmos = startCosmos({
      ...production,
      COSMOS_DATA_DIR: dataDir,
      DATABASE_URL: app,
      COSMOS_ONLY_NOTICES: 'yes',
    });
    const url = await cosmos.listening();
    const answer = await ask(url, null, '{ districts { name } }');
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    expect(await end(cosmos)).toBe(0);
  });

  test('cosmos_app’s, in production: it serves, trusts no development token and leaves the folder alone', async () => {
    const unused = `${dataDir}/unused`;
    const cosmos = startCosmos({ ...production, COSMOS_DATA_DIR: unused, DATABASE_URL: app });
    const url = await cosmos.listening();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await ask(url, null, '{ districts { name } }')).data?.['districts']).toHaveLength(3);
    const token = await developmentToken(dataDir, 'worker.sevran');
    const answer = await ask(url, token, '{ viewer { kind } }');
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(await end(cosmos)).toBe(0);
    expect(existsSync(unused)).toBe(false);
  });

  describe('in production, a database that is not what this process needs', () => {
    const start = (env: Record<string, string> = {}) => refused({ ...production, DATABASE_URL: app, ...env });
    const restored = (statement: string): Promise<void> => onServer(statement, superuser);
    const readiness = async (url: string): Promise<unknown> => {
      const answer = await fetch(`${url}/health/ready`);
      return { http: answer.status, ...((await answer.json()) as object) };
    };

    test('is refused under another vault key of the same name', async () => {
      const other = `prod:${Buffer.alloc(32, 8).toString('base64')}`;
      expect(await start({ COSMOS_VAULT_KEYS: other })).toBe(
        'COSMOS_VAULT_KEYS: prod: not the key of this name under which the texts of this database are sealed.\n',
      );
    });

    test.each([
      [
        'the rights on the database, as a superuser’s restore does',
        `grant connect, temporary on database ${name} to public`,
        `revoke all on database ${name} from public`,
        'RIGHTS',
        'The database has not the rights that it needs (everybody may connect; everybody may make temporary tables): a superuser runs `prisma/roles.sql` in it again.\n',
      ],
      [
        'a migration, as an older backup does',
        `update _prisma_migrations set rolled_back_at = now() where migration_name like '%_vault_key_check'`,
        'update _prisma_migrations set rolled_back_at = null',
        'SCHEMA',
        /^The database lacks \d+_vault_key_check: run `npm run migrate` with MIGRATION_DATABASE_URL.\n$/,
      ],
      [
        'the text of a migration',
        `update _prisma_migrations set checksum = reverse(checksum) where migration_name like '%_baseline'`,
        `update _prisma_migrations set checksum = reverse(checksum) where migration_name like '%_baseline'`,
        'SCHEMA',
        /^The database was migrated with another text of \d+_baseline.\n$/,
      ],
    ])('is noticed when it loses %s, at start and while it runs', async (_what, lose, mend, fault, said) => {
      const cosmos = startCosmos({ ...production, COSMOS_DATA_DIR: dataDir, DATABASE_URL: app });
      const url = await cosmos.listening();
      expect(await readiness(url)).toEqual({ http: 200, status: 'ready' });
      await restored(lose);
      try {
        await until(
          'the process is not ready',
          async () => (await fetch(`${url}/health/ready`)).status === 503,
        );
        expect(await readiness(url)).toEqual({ http: 503, status: 'unavailable', faults: [fault] });
        expect(await start()).toMatch(said);
      } finally {
        await restored(mend);
      }
      await until('the process is ready again', async () => (await fetch(`${url}/health/ready`)).ok);
      expect(await end(cosmos)).toBe(0);
    });

    test('is served, and the log says so, if a newer version has migrated it', async () => {
      await restored(
        `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ('newer', 'x', '29990101000000_newer', now(), 1)`,
      );
      const cosmos = startCosmos({
        ...production,
        COSMOS_DATA_DIR: dataDir,
        DATABASE_URL: app,
        LOG_LEVEL: 'warn',
      });
      const url = await cosmos.listening();
      expect(await readiness(url)).toEqual({ http: 200, status: 'ready' });
      expect(cosmos.output().stdout).toContain(
        'a newer version has migrated the database: replace this process',
      );
      expect(await end(cosmos)).toBe(0);
      await restored(`delete from _prisma_migrations where id = 'newer'`);
    });
  });

  test('with texts that are not sealed yet, it is refused in production; a command that is killed seals them the next time', async () => {
    // As the migration leaves the texts of the version before.
    const constraint = 'constraint appointment_subject_sealed';
    await onServer(
      `alter table appointment_subject drop ${constraint};
       update appointment_subject set body = 'Son logement', master_key_id = 'unsealed', wrapped = ''
         where appointment_id in (select appointment_id from appointment_subject limit 350);
       alter table appointment_subject add ${constraint} check (is_sealed(body, master_key_id, wrapped)) not valid`,
      superuser,
    );
    const start = await refused({ ...production, DATABASE_URL: app });
    expect(start).toBe('350 texts about persons are not sealed yet: run `npm run vault:seal`.\n');

    const jobs = urlAs(superuser, 'cosmos_jobs', derivedPassword('tests', 'cosmos_jobs'));
    const killed = startSealing(jobs, { ...production, NODE_ENV: 'development' });
    await killed.shown();
    killed.signal('SIGKILL');
    // On a slow machine it may have ended before.
    expect(['SIGKILL', 0]).toContain(await killed.ended);
    const client = new pg.Client({ connectionString: superuser });
    await client.connect();
    const { rows } = await client.query<{ left: number }>('select count_unsealed_texts() as left');
    await client.end();
    const after = rows[0]?.left ?? 0;
    expect([250, 150, 50, 0]).toContain(after);

    const sealing = startSealing(jobs, { ...production, NODE_ENV: 'development' });
    expect(await sealing.ended).toBe(0);
    expect(sealing.output().stdout).toContain(`\nDone: ${after} texts are sealed under prod.\n`);
    const cosmos = startCosmos({ ...production, COSMOS_DATA_DIR: dataDir, DATABASE_URL: app });
    await cosmos.listening();
    expect(await end(cosmos)).toBe(0);
  });

  test('a superuser’s or the owner’s is refused in production', async () => {
    const owner = urlAs(superuser, 'cosmos_owner', derivedPassword('tests', 'cosmos_owner'));
    for (const url of [superuser, owner]) {
      const said = await refused({ ...production, DATABASE_URL: url });
      expect(said).toBe(
        'DATABASE_URL: the API runs as cosmos_app; a superuser, owner or BYPASSRLS role is refused.\n',
      );
    }
  });

  test('the development issuer is refused in production', async () => {
    const development = {
      issuer: DEVELOPMENT_ISSUER,
      audience: DEVELOPMENT_AUDIENCE,
      jwksUrl: 'https://issuer.cosmos.invalid/jwks',
    };
    const said = await refused({
      ...production,
      DATABASE_URL: app,
      COSMOS_ISSUERS: JSON.stringify([issuer, development]),
    });
    expect(said).toContain('COSMOS_ISSUERS: the development issuer is refused in production');
  });

  test('one that is not migrated is refused in production, with what to do', async () => {
    await onServer(`create database ${name}_bare template template0`);
    await onServer(`grant connect on database ${name}_bare to cosmos_app`);
    const said = await refused({ ...production, DATABASE_URL: app.replace(name, `${name}_bare`) });
    await onServer(`drop database ${name}_bare with (force)`);
    expect(said).toBe('The database is not migrated: run `npm run migrate` with MIGRATION_DATABASE_URL.\n');
  });
});
