import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { nameOf, type Scene, type Sender, setScene } from './scene.js';
import { openSession } from './session.js';

/**
 * A statement that reads no column is asked by PostgreSQL of the policy of UPDATE or DELETE alone, and not of the policy of SELECT. Each
 * table is tried: nobody changes a row that they do not read.
 */
let scene: Scene;
let writable: readonly { table: string; columns: readonly string[]; deletes: boolean }[];
beforeAll(async () => {
  scene = await setScene();
  writable = await scene.database.sql(
    `select c.oid::regclass::text as table, has_table_privilege('cosmos_app', c.oid, 'delete') as deletes,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and has_column_privilege('cosmos_app', c.oid, a.attnum, 'update') order by 1) as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`,
  );
});
afterAll(() => scene.database.drop());

const SENDERS = [
  'worker.sevran',
  'reception.sevran',
  'head.sevran',
  'person.sevran',
  'adviser',
  'dpo',
  'admin',
  'client.integration',
  'client.booking',
].map((login): Sender => ({ role: 'cosmos_app', login }));

describe.each(SENDERS.map((sender) => ({ sender, name: nameOf(sender) })))('$name', ({ sender }) => {
  test('changes and deletes no row that they do not read', async () => {
    const session = await openSession(scene.database, sender);
    const blind: string[] = [];
    try {
      for (const { table, columns, deletes } of writable) {
        const tries = [
          ...columns.map((column) => `update ${table} set ${column} = default`),
          ...(deletes ? [`delete from ${table}`] : []),
        ];
        for (const sql of tries) {
          await session.begin();
          const { count: seen } = await session.say(`select from ${table}`);
          const { count, code } = await session.say(sql);
          await session.rollback();
          // A constraint or a trigger that refuses has come to a row.
          const touched = code === null ? (count ?? 0) : /^(23|P0|42501)/.test(code) ? null : 0;
          if ((touched ?? 0) > (seen ?? 0) || (touched === null && seen === 0 && code !== '42501'))
            blind.push(`${sql}: ${code ?? count} of ${seen}`);
        }
      }
    } finally {
      await session.close();
    }
    expect(blind).toEqual([]);
  });
});
