import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EFFECTS, type Effect } from '../../policies/act/effects.js';
import { Mutation } from '../../policies/roots.js';
import { ActKind } from '../../prisma/generated/enums.js';
import { projectRoot } from '../../src/database/project-root.js';
import { everyAction } from '../data-protection/log-of-actions/every.js';
import type { Scene } from '../data-protection/log-of-actions/scene.js';
import { type LoggedCounty, startLoggedCounty } from '../data-protection/logged.js';
import type { BuiltCase } from '../support/county.js';
import { cloneDatabase } from '../support/database.js';

/** Every action says whose work it is, its measure, who is told, and how it lapses; and what it says of its measure is what it does. */
let made: LoggedCounty;
let file: BuiltCase;
let nth = 0;

beforeAll(async () => {
  made = await startLoggedCounty();
});
beforeEach(async () => {
  nth += 1;
  file = await made.newCase();
});
afterAll(() => made.close());

const scene: Scene = {
  get made() {
    return made;
  },
  get make() {
    return made.make;
  },
  get file() {
    return file;
  },
  get nth() {
    return nth;
  },
};

test('an action of the schema without an entry is found, and so is an entry without an action', async () => {
  const { data } = await (await made.app.as('alice')).send(
    '{ __schema { mutationType { fields { name } } } }',
  );
  const names = data?.['__schema'].mutationType.fields.map(({ name }: { name: string }) => name);
  expect(Object.keys(EFFECTS).sort()).toEqual(names.sort());
});

test('each measure bounds an action', () => {
  const measured = new Set(Object.values(EFFECTS).flatMap(({ measures }) => measures));
  expect([...measured].sort()).toEqual(Object.values(ActKind).sort());
});

describe('an act counts as the kinds that its entry names, and as no other', () => {
  test.each(everyAction(scene))('%s by %s', async (mutation, by, input) => {
    const prepared = await input();
    const [before] = await made.database.sql<{ ids: string[] }>('select array(select id from act) as ids');
    expect((await made.send(by, mutation, prepared)).errors).toEqual([]);
    const rows = await made.database.sql<{ kind: string }>(
      'select distinct kind::text from act where id <> all ($1)',
      [before?.ids],
    );
    const kinds = rows.map(({ kind }) => kind);
    const { measures } = EFFECTS[mutation] as Effect;
    expect(measures).toEqual(expect.arrayContaining(kinds));
    // The receptionist follows nobody and has no agenda, so nothing is the receptionist's own work. Nothing is booked in the time off here.
    if (by === 'rachida' && measures.length > 0 && mutation !== 'clearUnavailability')
      expect(kinds).not.toEqual([]);
  });
});

/** `policies/ACTIONS.md`, as it must be. */
async function written(): Promise<string> {
  const database = await cloneDatabase('cosmos', 'real');
  const rows = await database.sql<{ kind: string; measure: number }>(
    'select k::text as kind, measure_of(k) as measure from unnest(enum_range(null::"ActKind")) k',
  );
  await database.drop();
  const measureOf = new Map(rows.map(({ kind, measure }) => [kind, measure]));
  const bounded = ({ measures, bound }: Effect): string =>
    measures.length > 0
      ? measures.map((kind) => `${kind} ${measureOf.get(kind)}`).join(', ')
      : (bound?.en ?? '–');
  return [
    '# Actions',
    '',
    'Every action of the API: whose work it is, its measure, who is told, and how it lapses. A number is a measure: how many acts of the kind one',
    'login may do within an hour, if they are not its own work. At the measure the heads are told of the number; of a head, the technical advisers.',
    'Beyond it the login waits (`RATE_LIMITED`, with `retryAfter`). `npm test -- tests/act/every-action` compares this page with the schema, with',
    'the database and with what each action does; `UPDATE_ACTIONS=1` before it writes the page.',
    '',
    '| action | what | whose work | measure by login and hour | who is told | how it lapses |',
    '| --- | --- | --- | --- | --- | --- |',
    ...Object.entries(EFFECTS).map(
      ([name, effect]) =>
        `| \`${name}\` | ${Mutation.fields[name]?.en ?? name} | ${effect.work.en} | ${bounded(effect)} | ${effect.told.en} | ${effect.lapses.en} |`,
    ),
    '',
  ].join('\n');
}

test('the page of all actions is up to date', async () => {
  const page = join(projectRoot, 'policies', 'ACTIONS.md');
  const text = await written();
  if (process.env['UPDATE_ACTIONS'] !== undefined) writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
