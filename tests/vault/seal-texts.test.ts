import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { dropDatabase, emptyDatabase } from '../../prisma/migration/databases.js';
import { asOwner, withConnection } from '../../src/database/connection.js';
import { putLoginKeys } from '../../src/database/login-keys.js';
import { projectRoot } from '../../src/database/project-root.js';
import { derivedPassword, urlAs } from '../../src/database/roles.js';
import { applyMigrations } from '../../src/database/schema-engine.js';
import { openCaseKeyStore } from '../../src/vault/case-key-store.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { rotateCaseKeys } from '../../src/vault/rotate.js';
import { countUnsealed, sealTexts } from '../../src/vault/seal-texts.js';
import { openText, type SealedText, TEXT_TABLES, type TextTable } from '../../src/vault/sealed-text.js';
import { TEST_LOGIN_SECRET, testProver } from '../support/login.js';
import { testVault } from '../support/vault.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';

/** A database of the version before, in which texts about persons are not sealed: it is migrated, and its texts are sealed. */
const server = process.env['COSMOS_TEST_SERVER'] ?? '';
const MIGRATIONS = join(projectRoot, 'prisma', 'migrations');
const vault = testVault();
const ids = Object.fromEntries(
  ['district', 'appointment', 'plain', 'referral', 'silent', 'asked', 'release', 'report', 'worker'].map(
    (name) => [name, randomUUID()] as const,
  ),
) as Readonly<Record<string, string>>;
const messages = Array.from({ length: 250 }, () => randomUUID());

let url: string;
let migrated: string;

/** Rows of the version before, without what they refer to. */
const ROWS = `
  set session_replication_role = replica;
  insert into appointment (id, district_id, type_code, subject, starts_at, ends_at)
    values ('${ids['appointment']}', '${ids['district']}', 'FOLLOW_UP', 'Son logement, dit-elle', now(), now() + interval '30 minutes'),
      ('${ids['plain']}', '${ids['district']}', 'FOLLOW_UP', null, now(), now() + interval '30 minutes');
  insert into referral (id, case_id, to_district_id, sent_by_id, answer_by, district_id, mission)
    select r, gen_random_uuid(), '${ids['district']}', '${ids['worker']}', now() + interval '9 days', '${ids['district']}', 'POLYVALENCE' from unnest('{${ids['referral']},${ids['silent']}}'::uuid[]) r;
  insert into referral_content (referral_id, body, need_codes) values ('${ids['referral']}', 'Rappeler le matin', '{}'), ('${ids['silent']}', null, '{LOG-01}');
  insert into incoming_request_content (request_id, body) values ('${ids['asked']}', 'Est-elle accompagnée ?');
  insert into message (id, district_id, worker_id, name, text, from_worker_id)
    select m, '${ids['district']}', '${ids['worker']}', 'Nour', 'Message ' || n, '${ids['worker']}'
    from unnest('{${messages.join(',')}}'::uuid[]) with ordinality u(m, n);
  insert into message (district_id, worker_id, name) values ('${ids['district']}', '${ids['worker']}', 'Sans texte');
  insert into danger_statement (release_id, facts, author_called_at, author_call) values ('${ids['release']}', 'Des coups, hier', now(), 'NO_ANSWER');
  insert into activity_report_text (report_id, version, narrative, narrative_en, stated_on)
    values ('${ids['report']}', 1, 'L’année « dure »', 'A hard year', current_date), ('${ids['report']}', 2, null, null, current_date);
  set session_replication_role = origin`;

const EXPECTED: readonly (readonly [TextTable, string, string])[] = [
  ['appointment_subject', ids['appointment'] ?? '', 'Son logement, dit-elle'],
  ['referral_content', ids['referral'] ?? '', 'Rappeler le matin'],
  ['incoming_request_content', ids['asked'] ?? '', 'Est-elle accompagnée ?'],
  ['danger_statement', ids['release'] ?? '', 'Des coups, hier'],
  ['activity_report_text', `${ids['report']}:1`, '["L’année « dure »", "A hard year"]'],
  ...messages.map((id, nth) => ['message_text', id, `Message ${nth + 1}`] as const),
];

beforeAll(async () => {
  const before = await mkdtemp(join(tmpdir(), 'cosmos-before-'));
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d{14}_/.test(name)).sort();
  for (const name of names.slice(
    0,
    names.findIndex((each) => each.endsWith('_sealed_texts')),
  ))
    await cp(join(MIGRATIONS, name), join(before, name), { recursive: true });
  await cp(join(MIGRATIONS, 'migration_lock.toml'), join(before, 'migration_lock.toml'));
  migrated = await emptyDatabase(server, `sealing_${process.pid}`);
  url = migrated;
  await applyMigrations(asOwner(url), before);
  await run(ROWS);
  await applyMigrations(asOwner(url), MIGRATIONS);
  await putLoginKeys(url, [TEST_LOGIN_SECRET]);
  await rm(before, { recursive: true });
});
afterAll(() => dropDatabase(migrated));

/** Each test has a copy of the migrated database. */
beforeEach(async () => {
  const [template, name] = [new URL(migrated).pathname.slice(1), `sealing_${process.pid}_${Date.now()}`];
  const postgres = server.replace(/\w+$/, 'postgres');
  await withConnection(postgres, (client) => client.query(`create database ${name} template ${template}`));
  url = server.replace(/\w+$/, name);
});
afterEach(() => dropDatabase(url));

const run = (text: string) => withConnection(url, (client) => client.query(text));
const jobs = (): string => urlAs(url, 'cosmos_jobs', derivedPassword('tests', 'cosmos_jobs'));
const left = (): Promise<number> => withConnection(url, countUnsealed);

/** Each text, opened; the reason for one that does not open. */
async function readAll(): Promise<unknown[]> {
  const read: unknown[] = [];
  for (const [table, columns] of Object.entries(TEXT_TABLES)) {
    const { rows } = (await run(
      `select ${columns.join(` || ':' || `)} || '' as row, body, master_key_id as "masterKeyId", wrapped from ${table} where body is not null`,
    )) as pg.QueryResult<{ row: string } & SealedText>;
    for (const row of rows)
      read.push([table, row.row, await openText(vault, table as TextTable, row.row, row)]);
  }
  return read;
}

describe('a database of the version before', () => {
  test('is migrated with every text, and none is sealed yet', async () => {
    expect(await left()).toBe(EXPECTED.length);
    const { rows } = await run(
      `select (select count(*) from appointment)::integer as appointments, (select count(*) from referral_content)::integer as contents,
        (select count(*) from message where text_id is null)::integer as "withoutText",
        (select count(*) from activity_report_text where body is null)::integer as declined`,
    );
    expect(rows).toEqual([{ appointments: 2, contents: 2, withoutText: 1, declined: 1 }]);
  });

  test('has each text sealed in its row, and says how far it is', async () => {
    const progress: unknown[] = [];
    const { sealed } = await sealTexts(jobs(), testProver(), vault, {
      batch: 100,
      onProgress: (step) => progress.push(step),
    });
    expect(sealed).toBe(EXPECTED.length);
    expect(progress).toEqual([
      { sealed: 100, left: 155 },
      { sealed: 200, left: 55 },
      { sealed: 255, left: 0 },
    ]);
    expect(await left()).toBe(0);
    const sorted = (all: readonly unknown[]): string[] => all.map((one) => JSON.stringify(one)).sort();
    expect(sorted(await readAll())).toEqual(sorted(EXPECTED));
    // The next run finds nothing.
    expect(await sealTexts(jobs(), testProver(), vault)).toEqual({ sealed: 0 });
  });

  test.each([1, 2, 3])(
    'loses nothing where the command dies in batch %i, and the next run does the rest',
    async (batch) => {
      let seals = 0;
      const dying = {
        ...vault,
        newCaseKey: (name: string) => {
          seals += 1;
          if (seals > (batch - 1) * 100 + 37) throw new Error('killed');
          return vault.newCaseKey(name);
        },
      };
      await expect(sealTexts(jobs(), testProver(), dying)).rejects.toThrow('killed');
      // A batch is sealed as a whole, or not at all.
      expect(await left()).toBe(EXPECTED.length - (batch - 1) * 100);
      await sealTexts(jobs(), testProver(), vault);
      expect((await readAll()).length).toBe(EXPECTED.length);
    },
  );

  test('is sealed by two commands at the same time', async () => {
    await Promise.all([1, 2].map(() => sealTexts(jobs(), testProver(), vault, { batch: 20 })));
    expect(await left()).toBe(0);
    expect((await readAll()).length).toBe(EXPECTED.length);
  });

  test('has its keys rotated before it is sealed, and loses no text by that', async () => {
    const { store, close } = openCaseKeyStore(jobs(), testProver());
    try {
      const keys = createLocalKeyService([{ id: 'test', key: TEST_VAULT_KEY }]);
      expect(await rotateCaseKeys(store, keys, { batch: 100 })).toEqual({ rewrapped: 0 });
    } finally {
      await close();
    }
    expect(await left()).toBe(EXPECTED.length);
  });

  test('takes no new text that is not sealed', async () => {
    await expect(
      run(`update message_text set body = 'in plain words' where id = '${messages[0]}'`),
    ).rejects.toMatchObject({ code: '23514' });
  });
});

test('nobody but the jobs’ process reads what is not sealed, and it seals nothing twice', async () => {
  const anyone = new pg.Client({ connectionString: jobs() });
  await anyone.connect();
  try {
    for (const call of [
      'select unsealed_texts(1)',
      `select seal_text('message_text', null, null, null, null, null)`,
    ])
      await expect(anyone.query(call)).rejects.toMatchObject({ code: '42501' });
  } finally {
    await anyone.end();
  }
  await sealTexts(jobs(), testProver(), vault);
  const sealedOnce = await readAll();
  await run(
    `create function pg_temp.as_jobs() returns void language sql as $$ select set_config('backtrace_functions', 'cosmos_jobs', true) $$;
     select pg_temp.as_jobs(), seal_text('message_text', '${messages[0]}', null, '\\x01', 'x', '\\x01')`,
  );
  expect(await readAll()).toEqual(sealedOnce);
});
