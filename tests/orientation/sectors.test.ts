import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { day } from './stage.js';

/** A sector proposes a district; people confirm. */
let database: TestDatabase;
let app: TestApp;
const SEVRAN = '93071';

beforeAll(async () => {
  database = await cloneDatabase();
  const built = await county(database);
  app = await startTestApp(database);
  const make = rowsOf(database);
  const sector = (
    districtId: string,
    communeCode: string,
    streets: string,
    from: number,
    until: number | null,
  ) =>
    make.sector({
      districtId,
      communeCode,
      streets,
      validFrom: day(from),
      validUntil: until === null ? null : day(until),
    });
  const { id: north } = await built.district('Nord');
  const { id: south } = await built.district('Sud');
  await sector(north, SEVRAN, '', -100, null);
  await sector(south, SEVRAN, "Rue de l'Église; avenue du Général-Leclerc", -100, null);
  // Until today, and from tomorrow on.
  await sector(north, '93032', '', -100, 0);
  await sector(south, '93032', '', 0, 1);
  await sector(north, '93032', '', 1, null);
  // Streets alone.
  await sector(north, '93008', 'rue de Paris', -1, null);
  await sector(south, '93008', 'rue de Lyon', -1, null);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function proposed(communeCode: string, street?: string): Promise<string[]> {
  const { data } = await app.anonymous.send(
    `query ($c: String!, $s: String) { sectorsFor(communeCode: $c, street: $s) { streets commune { name } district { name } } }`,
    { c: communeCode, s: street ?? null },
  );
  return data?.['sectorsFor'].map(({ district }: { district: { name: string } }) => district.name);
}

test.each([
  ['a commune in which several serve: each is proposed', SEVRAN, undefined, ['Nord', 'Sud']],
  ['a street that one of them names', SEVRAN, '12 bis, RUE DE L’EGLISE', ['Sud']],
  ['the second street of a sector', SEVRAN, '3 avenue du General Leclerc', ['Sud']],
  ['a street that none names: who serves the commune', SEVRAN, '1 rue de la Gare', ['Nord']],
  ['streets alone, and none of them: all, and people choose', '93008', 'rue de Nantes', ['Nord', 'Sud']],
  ['a street whose name begins with a number', '93008', '8 rue de Lyon', ['Sud']],
  ['what holds today: not until today, nor from tomorrow on', '93032', undefined, ['Sud']],
  ['a commune that no district serves', '75056', undefined, []],
])('%s', async (_what, commune, street, districts) => {
  expect(await proposed(commune, street)).toEqual(districts);
});

test.each([
  ['no commune', { c: ' ' }, 'communeCode'],
  ['a commune of six letters', { c: '930711' }, 'communeCode'],
  ['a street as long as a novel', { c: SEVRAN, s: 'x'.repeat(201) }, 'street'],
])('refused by its name: %s', async (_what, variables, field) => {
  const { errors } = await app.anonymous.send(
    `query ($c: String!, $s: String) { sectorsFor(communeCode: $c, street: $s) { id } }`,
    variables,
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
});
