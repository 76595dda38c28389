import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEVELOPMENT_ISSUER } from '../../../src/auth/development-issuer.js';
import { Database } from '../../../src/database/client.js';
import { runOperation } from '../../../src/database/run-operation.js';
import type { Operation } from '../../../src/operation.js';
import { testProver } from '../../support/login.js';
import { testVault } from '../../support/vault.js';
import { digestOf } from './look.js';
import { type Hidden, JOBS, NOBODY, type Scene, type Sender, setScene } from './scene.js';
import { sayAll } from './session.js';

/** What an attack by hand has opened once, and what is closed since. */
let scene: Scene;
let hidden: Hidden;
beforeAll(async () => {
  scene = await setScene();
  hidden = scene.hidden;
});
afterAll(() => scene.database.drop());

const as = (login: string): Sender => ({ role: 'cosmos_app', login });

/** The answers of a sender's statements, in one transaction. */
const said = (sender: Sender, statements: readonly string[], end?: 'commit') =>
  sayAll(scene.database, sender, statements, end);

async function one(sql: string): Promise<string> {
  const [row] = await scene.database.sql<{ value: string }>(sql);
  if (row === undefined) throw new Error(`no row for: ${sql}`);
  return row.value;
}

describe('the jobs’ role', () => {
  // viewer_worker() and its like name split_part() and the operator of NULLIF without a schema, and run with the caller's search_path. So no
  // role that logs in may own a schema, or create anything.
  test('makes no viewer for the API’s role by functions of its own schema', async () => {
    const reader = await one(`select reader_id as value from interview_note where id = '${hidden.note}'`);
    const [worker, district] = [reader, hidden.district].map((id) => id.replaceAll('-', ''));
    const text = `cosmos,${worker},,,,,ab,notesXread,,,${district},,${district},`;
    await said(
      JOBS,
      [
        'grant usage on schema graphile_worker to public',
        `create function graphile_worker.split_part(text, text, integer) returns text language sql stable
         as $$ select pg_catalog.split_part(pg_catalog.current_setting('my.viewer', true), $2, $3) $$`,
      ],
      'commit',
    );
    try {
      const answers = await said(NOBODY, [
        'set local search_path = graphile_worker, pg_catalog, public',
        `set local my.viewer = '${text}'`,
        'select * from public.interview_note',
      ]);
      expect(answers.at(-1)?.count).toBe(0);
    } finally {
      await scene.database.sql('drop function if exists graphile_worker.split_part(text, text, integer)');
    }
  });

  test('reads no wrapped key without a proof, by functions of its own schema', async () => {
    const answers = await said(JOBS, [
      `create function graphile_worker.current_setting(text) returns text language sql stable as $$ select 'cosmos_jobs'::text $$`,
      'set local search_path = graphile_worker, pg_catalog, public',
      'select * from public.case_key',
    ]);
    expect(answers.at(-1)?.count).toBe(0);
  });

  // A trigger of the API's transaction calls wake_jobs(), which calls graphile_worker.add_job(). What that function sets for the session
  // outlives it.
  test('sets nothing for a connection of the API', async () => {
    const request =
      await one(`select r.id as value from appointment_request r join district d on d.id = r.district_id
      where d.slug = 'sevran' and r.status = 'WAITING' limit 1`);
    const signature = `identifier text, payload json default null, queue_name text default null, run_at timestamptz default null,
      max_attempts integer default null, job_key text default null, priority integer default null, flags text[] default null,
      job_key_mode text default 'replace'`;
    await said(
      JOBS,
      [
        `create or replace function graphile_worker.add_job(${signature}) returns graphile_worker._private_jobs language plpgsql
         as $$ begin perform pg_catalog.set_config('search_path', 'graphile_worker, public', false); return null; end $$`,
      ],
      'commit',
    );
    const answers = await said(as('reception.sevran'), [
      `update appointment_request set present_until = now() + interval '1 hour', version = version + 1 where id = '${request}'`,
      'show search_path',
    ]);
    expect(answers[0]?.count).toBe(1);
    expect(answers[1]?.text).not.toContain('graphile_worker');
  });
});

describe('without a login', () => {
  test('nobody opens the contact of a person', async () => {
    const before = await digestOf(scene.database);
    await said(NOBODY, [`select confirm_contact('${hidden.appointment}')`], 'commit');
    expect(await digestOf(scene.database)).toEqual(before);
  });

  // RESET ALL throws the viewer away, and the transaction goes on as nobody.
  test('a worker who throws the viewer away opens no contact', async () => {
    const [, answer] = await said(as('trainee.sevran'), [
      'reset all',
      `select confirm_contact(a.id) from unnest(array['${await one(`select a.id as value from appointment a join district d on d.id = a.district_id
        where d.slug = 'sevran' and a.status = 'BOOKED' and a.places is null and a.starts_at > now()
          and exists (select from appointment_person ap where ap.appointment_id = a.id) limit 1`)}'::uuid]) a (id)`,
    ]);
    expect(answer?.text).toContain('"confirm_contact":0');
  });

  test('nobody writes into the access log', async () => {
    const before = await one('select count(*)::text as value from access_log');
    await said(
      NOBODY,
      [
        `select log_access(gen_random_uuid(), '[{"action": "READ_CASE", "outcome": "DONE", "caseId": "${hidden.case}"}]')`,
      ],
      'commit',
    );
    expect(await one('select count(*)::text as value from access_log')).toBe(before);
  });

  test('nobody counts the persons of an appointment', async () => {
    const log = (id: string): string =>
      `select log_access(gen_random_uuid(), '[{"action": "X", "outcome": "DONE", "appointmentId": "${id}"}]')`;
    const meeting = await one(
      'select appointment_id::text as value from appointment_person group by 1 having count(*) > 1 limit 1',
    );
    const [real, none] = await said(NOBODY, [log(meeting), log(crypto.randomUUID())]);
    expect(real?.text).toBe(none?.text);
  });
});

describe('on a connection of the pool', () => {
  test('a cursor does not keep the rows of the viewer before, nor a search_path', async () => {
    const database = new Database({ url: scene.database.urlAs('cosmos_app'), poolSize: 1 });
    const ask = (subject: string, task: (op: Operation) => Promise<unknown>) =>
      runOperation(
        { database, prover: testProver(), vault: testVault() },
        {
          kind: 'query',
          token: {
            issuer: DEVELOPMENT_ISSUER,
            subject,
            clientId: 'front.demo',
            scopes: ['notes:read'],
            tokenId: 'test',
            expiresAt: new Date(),
          },
          idempotencyKey: null,
        },
        async (op) => ({ errors: [], result: await task(op) }),
      );
    try {
      await ask('worker.sevran', async ({ tx }) => {
        await tx.run`declare kept cursor with hold for select id from interview_note`;
        await tx.run`set search_path = public, information_schema`;
      });
      await expect(ask('worker2.sevran', ({ tx }) => tx.rows`fetch all from kept`)).rejects.toMatchObject({
        code: '34000',
      });
      await expect(ask('worker2.sevran', ({ tx }) => tx.rows`show search_path`)).resolves.toMatchObject({
        result: [{ search_path: 'public' }],
      });
    } finally {
      await database.close();
    }
  });
});

describe('a statement that reads no column', () => {
  // Without WHERE and RETURNING, PostgreSQL asks the policy of UPDATE or DELETE alone.
  test.each([
    ['head.sevran', 'person_address', `update person_address set line = 'x'`],
    ['reception.sevran', 'appointment', 'update appointment set mode = mode'],
    ['reception.sevran', 'appointment_participant', 'delete from appointment_participant'],
  ])('by %s changes no row of %s that they do not read', async (login, table, sql) => {
    const [seen, changed] = await said(as(login), [`select from ${table}`, sql]);
    expect(changed?.code).toBeNull();
    expect(changed?.count).toBeLessThanOrEqual(seen?.count ?? 0);
  });
});
