import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { parseDirectory } from '../../prisma/organisations/data-inclusion.js';
import { type Imported, importOrganisations } from '../../prisma/organisations/import.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The directory of organisations, as data.inclusion publishes it. */
let database: TestDatabase;
let owner: pg.Client;
let app: TestApp;
beforeAll(async () => {
  database = await cloneDatabase();
  owner = new pg.Client({ connectionString: database.urlAs('cosmos_owner') });
  await owner.connect();
  app = await startTestApp(database);
});
beforeEach(() => database.sql('delete from organisation'));
afterAll(async () => {
  await app.close();
  await owner.end();
  await database.drop();
});

const structure = (id: string, more: object = {}): object => ({
  source: 'dora',
  id,
  nom: `Structure ${id}`,
  date_maj: '2026-01-31',
  code_insee: '93071',
  ...more,
});
const bring = (structures: readonly object[], services: readonly object[] = []): Promise<Imported> =>
  importOrganisations(owner, parseDirectory(structures, services));

interface Found {
  readonly names: readonly string[];
  readonly end: string | null;
}
async function found(
  filter: object = {},
  page: { first?: number; after?: string | null } = {},
): Promise<Found> {
  const { data, errors } = await app.anonymous.send(
    `query ($filter: OrganisationFilter, $first: Int, $after: String) {
      organisations(filter: $filter, first: $first, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`,
    { filter, ...page },
  );
  expect(errors).toEqual([]);
  const { edges, pageInfo } = data?.['organisations'] ?? {};
  return {
    names: edges.map(({ node }: { node: { name: string } }) => node.name),
    end: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

test('the files of the documentation are read, and everyone has what they say', async () => {
  const read = async (name: string) => JSON.parse(await readFile(`docs/${name}.example.json`, 'utf8'));
  const files = parseDirectory(await read('structures'), await read('services'));
  expect(await importOrganisations(owner, files)).toEqual({ added: 1, changed: 0, closed: 0 });
  const { data } =
    await app.anonymous.send(`{ organisations { edges { node { source sourceId name description siret
    addressLine addressComplement postalCode city communeCode latitude longitude phone email website openingHours
    accessibilityUrl sourceUrl networks themes updatedOn isClosed } } } }`);
  expect(data?.['organisations'].edges).toEqual([
    {
      node: {
        source: 'dora',
        sourceId: 'dora--exemple-1',
        name: 'Épicerie solidaire des Beaudottes',
        description: expect.stringContaining('épicerie'),
        siret: null,
        addressLine: '3 allée des Acacias',
        addressComplement: null,
        postalCode: '93270',
        city: 'Sevran',
        communeCode: '93071',
        latitude: null,
        longitude: null,
        phone: '+33199001234',
        email: 'accueil@epicerie.example.org',
        website: 'https://epicerie.example.org',
        openingHours: 'Tu,Th 14:00-17:30',
        accessibilityUrl: null,
        sourceUrl: null,
        networks: ['banques-alimentaires'],
        themes: ['equipement-et-alimentation--alimentation'],
        updatedOn: '2026-09-01',
        isClosed: false,
      },
    },
  ]);
});

describe('brought again', () => {
  test('what is new is added, what changed is changed, what is gone is closed, and the rest keeps its id', async () => {
    await bring([structure('a'), structure('b'), structure('c')]);
    const ids = () =>
      database.sql(`select source_id, id, closed_at is not null as closed from organisation order by 1`);
    const before = await ids();
    expect(await bring([structure('a'), structure('b', { nom: 'Autre nom' }), structure('d')])).toEqual({
      added: 1,
      changed: 1,
      closed: 1,
    });
    expect((await ids()).slice(0, 3)).toEqual(
      before.map((row) => ({ ...row, closed: row['source_id'] === 'c' })),
    );
    expect((await found()).names).toEqual(['Autre nom', 'Structure a', 'Structure d']);
    // It comes back.
    expect(await bring([structure('a'), structure('b'), structure('c'), structure('d')])).toMatchObject({
      changed: 2,
      closed: 0,
    });
    expect((await ids()).slice(0, 3)).toEqual(before);
  });

  test('the same file changes nothing, and another source is left alone', async () => {
    await bring([structure('a')], [{ id: 's', structure_id: 'a', thematiques: ['sante--addictions'] }]);
    const again = () =>
      bring([structure('a')], [{ id: 's', structure_id: 'a', thematiques: ['sante--addictions'] }]);
    expect(await again()).toEqual({ added: 0, changed: 0, closed: 0 });
    await bring([structure('x', { source: 'autre', nom: 'Zoé' })]);
    expect((await found()).names).toEqual(['Structure a', 'Zoé']);
    expect((await found({ theme: 'sante' })).names).toEqual(['Structure a']);
  });

  test('what is closed is found by its id, and by no search', async () => {
    await bring(
      [structure('a'), structure('b')],
      [{ id: 's', structure_id: 'b', thematiques: ['sante--addictions'] }],
    );
    await bring([structure('a')]);
    const [b] = await database.sql<{ id: string }>(`select id from organisation where source_id = 'b'`);
    for (const filter of [{}, { theme: 'sante' }, { communeCode: '93071' }, { name: 'structure b' }])
      expect((await found(filter)).names).not.toContain('Structure b');
    const { data } = await app.anonymous.send(
      'query ($id: ID!) { organisation(id: $id) { name isClosed } }',
      { id: b?.id },
    );
    expect(data?.['organisation']).toEqual({ name: 'Structure b', isClosed: true });
  });
});

describe('searched', () => {
  beforeEach(() =>
    bring(
      [
        structure('1', { nom: 'Épicerie du canal' }),
        structure('2', { nom: 'epicerie de la gare', code_insee: '93032' }),
        structure('3', { nom: 'L’Épi' }),
        structure('4', { nom: 'Zinc' }),
      ],
      [
        { id: 's1', structure_id: '1', thematiques: ['numerique--acquerir-un-equipement'] },
        { id: 's2', structure_id: '1', thematiques: ['numerique--maitriser-les-fondamentaux-du-numerique'] },
        { id: 's3', structure_id: '2', thematiques: ['numerique--acquerir-un-equipement'] },
        { id: 's4', structure_id: '4', thematiques: null },
      ],
    ),
  );

  test.each([
    ['by name, in the order of names', {}, ['epicerie de la gare', 'Épicerie du canal', 'L’Épi', 'Zinc']],
    [
      'the beginning of a name, without accents',
      { name: 'ÉPICERIE' },
      ['epicerie de la gare', 'Épicerie du canal'],
    ],
    ['a commune', { communeCode: '93032' }, ['epicerie de la gare']],
    ['a category of themes, each once', { theme: 'numerique' }, ['epicerie de la gare', 'Épicerie du canal']],
    ['a theme', { theme: 'numerique--maitriser-les-fondamentaux-du-numerique' }, ['Épicerie du canal']],
    [
      'all of them',
      { theme: 'numerique--acquerir-un-equipement', communeCode: '93071', name: 'epi' },
      ['Épicerie du canal'],
    ],
    [
      'a name of nothing but wildcards',
      { name: '%' },
      ['epicerie de la gare', 'Épicerie du canal', 'L’Épi', 'Zinc'],
    ],
    ['what is not there', { theme: 'mobilite' }, []],
  ])('%s', async (_what, filter, names) => {
    expect((await found(filter)).names).toEqual(names);
  });

  test('page by page, nothing twice and nothing lost', async () => {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: Found = await found({}, { first: 1, after });
      names.push(...page.names);
      after = page.end;
    } while (after !== null);
    expect(names).toEqual((await found()).names);
  });

  test('a cursor of another list is refused', async () => {
    const { errors } = await app.anonymous.send(
      '{ organisations(after: "MjAyNnxubw") { edges { cursor } } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
  });
});

test.each([
  ['no list', { nom: 'x' }, [], /structures\./],
  ['no name', [structure('a', { nom: undefined })], [], /structures\.0\.nom/],
  ['a date to come', [structure('a', { date_maj: '2100-01-01' })], [], /structures\.0\.date_maj/],
  ['a SIRET of letters', [structure('a', { siret: 'abc' })], [], /structures\.0\.siret/],
  ['a link that runs', [structure('a', { site_web: 'javascript:alert(1)' })], [], /structures\.0\.site_web/],
  ['an address of no mailbox', [structure('a', { courriel: 'nowhere' })], [], /structures\.0\.courriel/],
  ['twice the same', [structure('a'), structure('a')], [], /structures\.1\.id: is there twice/],
  [
    'a service of no structure',
    [structure('a')],
    [{ id: 's', structure_id: 'b' }],
    /services\.0\.structure_id: is of no structure/,
  ],
  [
    'a theme with a space',
    [structure('a')],
    [{ id: 's', structure_id: 'a', thematiques: ['x y'] }],
    /services\.0\.thematiques\.0/,
  ],
])('a file is refused with its faulty places: %s', (_what, structures, services, faults) => {
  expect(() => parseDirectory(structures, services)).toThrow(faults);
});

test('a file that fails halfway changes nothing', async () => {
  await bring([structure('a')]);
  const broken = { structures: [{ ...structure('b'), nom: 'B', date_maj: 'no day' }], services: [] };
  await expect(importOrganisations(owner, broken as never)).rejects.toThrow();
  expect((await found()).names).toEqual(['Structure a']);
});
