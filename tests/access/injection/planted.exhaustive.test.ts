import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { attack, lookBefore } from './attack.js';
import { MOST_WANTED } from './everything.js';
import { NOBODY, type Scene, setScene } from './scene.js';
import { MAKING } from './tries/making.js';
import { READING } from './tries/reading.js';
import { WRITING } from './tries/writing.js';
import type { Tries, Try } from './try.js';

/** The same tries find each weakness that is planted in the database: the check can fail. */
let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.database.drop());

/** Plants a weakness, makes the tries as nobody, and takes the weakness away. What nobody sees is looked at before it is planted. */
async function faultsWith(plant: string, undo: string, tries: Tries): Promise<string> {
  const before = await lookBefore(scene.database, NOBODY, MOST_WANTED);
  await scene.database.sql(plant);
  try {
    return (await attack(scene, NOBODY, tries, before)).join('\n');
  } finally {
    await scene.database.sql(undo);
  }
}

const only = (tries: Tries, names: RegExp): Tries => ({
  ...tries,
  of: (hidden) => tries.of(hidden).filter(([name]) => names.test(name)),
});
const own = (...tries: readonly Try[]): Tries => ({
  subject: 'tries',
  end: 'commit',
  looks: true,
  of: () => tries,
});

test('a function that sets the viewer', async () => {
  const worker = scene.hidden.author.replaceAll('-', '');
  const district = scene.hidden.district.replaceAll('-', '');
  const text = `cosmos,${worker},,,,,ab,notesXread,,,${district},,${district},`;
  const found = await faultsWith(
    `create function planted(t text) returns text language sql security definer as $$ select set_config('backtrace_functions', t, true) $$;
     grant execute on function planted to cosmos_app`,
    'drop function planted',
    own(['calls it', `select planted('${text}')`]),
  );
  expect(found).toContain('calls it: sees interview_note');
});

test('a table without row-level security', async () => {
  const found = await faultsWith(
    'alter table person disable row level security',
    'alter table person enable row level security',
    only(READING, /person$/),
  );
  for (const way of ['selects', 'adds rows up as JSON', 'reads by a cursor', 'asks for XML'])
    expect(found).toContain(`${way}: person: tells`);
});

test('an error that says a value', async () => {
  const found = await faultsWith(
    'alter table person disable row level security',
    'alter table person enable row level security',
    only(READING, /^casts a name to a number/),
  );
  expect(found).toContain('casts a name to a number: tells');
});

test('a grant on the access log', async () => {
  const found = await faultsWith(
    'grant insert on access_log to cosmos_app; grant usage on sequence access_log_id_seq to cosmos_app; create policy planted on access_log for insert to cosmos_app with check (true)',
    'revoke insert on access_log from cosmos_app; revoke usage on sequence access_log_id_seq from cosmos_app; drop policy planted on access_log',
    only(WRITING, /name of another/),
  );
  expect(found).toContain('changed access_log');
});

test('a policy that lets everyone write', async () => {
  const found = await faultsWith(
    `create policy planted on person for update to cosmos_app using (true); create policy planted_read on person for select to cosmos_app using (true);
     alter policy person_scope on person using (true)`,
    `drop policy planted on person; drop policy planted_read on person;
     alter policy person_scope on person using ((select viewer_has_scope('persons:read')))`,
    only(WRITING, /^changes a hidden person/),
  );
  expect(found).toContain('changed person');
});

test('a schema in which everyone makes objects', async () => {
  const found = await faultsWith(
    'grant create on schema public to cosmos_app',
    'revoke create on schema public from cosmos_app; drop table if exists public.loot',
    only(MAKING, /^creates a table in public/),
  );
  expect(found).toContain('changed the objects');
});
