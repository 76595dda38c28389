import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NOBODY, nameOf, type Scene, type Sender, setScene } from './scene.js';
import { openSession } from './session.js';
import { COUNTING, TELLING } from './tries/counting.js';

/** Two counties differ in rows that the sender cannot read, and in nothing else. A statement answers alike in both. */
let few: Scene;
let many: Scene;
beforeAll(async () => {
  few = await setScene();
  many = await setScene();
  await many.database.sql(`set session_replication_role = replica;
    insert into interview_note (case_id, district_id, author_id, reader_id, body)
      select '${many.hidden.case}', '${many.hidden.district}', '${many.hidden.author}', '${many.hidden.author}', repeat('x', 2000)::bytea
      from generate_series(1, 2000);
    insert into access_log (operation_id, actor_kind, action, outcome) select gen_random_uuid(), 'WORKER', 'READ_CASE', 'DONE' from generate_series(1, 500);
    set session_replication_role = origin`);
  for (const { database } of [few, many]) await database.sql('analyze');
});
afterAll(async () => {
  for (const { database } of [few, many]) await database.drop();
});

async function answers(sender: Sender, sql: string): Promise<readonly string[]> {
  return Promise.all(
    [few, many].map(async (scene) => {
      const session = await openSession(scene.database, sender);
      try {
        await session.begin();
        const texts: string[] = [];
        for (const statement of sql.split('; ')) texts.push((await session.say(statement)).text);
        return texts.join('\n').replaceAll(scene.database.name, 'county');
      } finally {
        await session.rollback();
        await session.close();
      }
    }),
  );
}

const SENDERS: readonly Sender[] = [NOBODY, { role: 'cosmos_app', login: 'worker.sevran' }];

describe.each(SENDERS.map((sender) => ({ sender, name: nameOf(sender) })))(
  '$name learns no count',
  ({ sender }) => {
    test('by a statement that is refused or answers what the sender may read', async () => {
      const telling: string[] = [];
      for (const [name, sql] of COUNTING) {
        const [one, other] = await answers(sender, sql);
        if (one !== other) telling.push(name);
      }
      expect(telling).toEqual([]);
    });

    // PostgreSQL lets every role read pg_class, and EXPLAIN what it may read.
    test.failing.each(TELLING)('%s', async (_name, sql) => {
      const author = few.hidden.author;
      const [one, other] = await answers(
        sender,
        sql.replace('(select id from worker where false)', `'${author}'`),
      );
      expect(one).toBe(other);
    });

    test('a size that everyone may ask for is found', async () => {
      for (const { database } of [few, many])
        await database.sql(
          'grant execute on function pg_relation_size(regclass, text), pg_relation_size(regclass) to cosmos_app',
        );
      const [one, other] = await answers(sender, `select pg_relation_size('interview_note')`);
      for (const { database } of [few, many])
        await database.sql(
          'revoke execute on function pg_relation_size(regclass, text), pg_relation_size(regclass) from cosmos_app',
        );
      expect(one).not.toBe(other);
    });
  },
);

// They tell of the whole server: how large it is, and how much is written. Two counties of one server answer alike, so their rights are read.
describe('what tells of the server is no right of the API', () => {
  test.each([
    'pg_tablespace_size(oid)',
    'pg_current_wal_lsn()',
    'pg_current_wal_insert_lsn()',
    'pg_control_checkpoint()',
    'currtid2(text, tid)',
  ])('%s', async (name) => {
    const [row] = await few.database.sql<{ may: boolean }>(
      `select has_function_privilege('cosmos_app', '${name}', 'execute') as may`,
    );
    expect(row?.may).toBe(false);
  });
});
