import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { CELLS } from '../../policies/generated/cells.js';
import { STANDPOINTS } from '../../policies/standpoints.js';
import { ACTIONS } from '../policies/matrix/actions/index.js';
import { documentsFor } from '../policies/matrix/crawl.js';
import { mutationDocument, requesterFor } from '../policies/matrix/observe.js';
import { buildWorld } from '../policies/matrix/world/index.js';
import type { Stand } from '../policies/matrix/world/targets.js';
import { ASKS_EVERYTHING, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { clientSchema } from '../support/client-schema.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { listenToFlights } from '../support/flights.js';

/**
 * What each root field costs, for few rows and for many: the statements that it sends, how often it waits for PostgreSQL,
 * and the rows that come. What it may cost at most is committed (`costs.json`). After a change that is meant so:
 * `UPDATE_COSTS=1 npm test -- api/costs`, and read the difference.
 */
interface Cost {
  readonly statements: number;
  readonly waits: number;
  readonly rows: number;
}

/** Who asks. Each root field answers rows to one of them. */
const ASKERS = [
  'worker-assigned',
  'worker-reception',
  'head-same-district',
  'desk-same-district',
  'adviser-pending',
  'data-protection-officer',
  'administrator',
  'person-shown',
  'client-booking',
  'client-reporting',
  'anonymous',
] as const;
const COMMITTED = 'tests/api/costs.json';
/** How much the day and the hour of the run may add to the number of rows. */
const ROWS_MORE = 1.25;
const FEW_ROWS = 20;
/** Only a worker who has no post left does this. Such a worker is no standpoint of the matrix. */
const OF_NO_STANDPOINT = ['contradictDeparture'];

/** So many cases of alice's more, each with all that hangs on a case, in the district of the others who ask. */
const MORE_CASES = 40;

const NOMENCLATURES =
  '{ cases { edges { node { needs { code { labelFr } } appointments { edges { node { publicLabel } } } } } } }';

let database: TestDatabase;
let app: TestApp;
let schema: GraphQLSchema;
let stands: ReadonlyMap<string, Stand>;
let stop: () => void;
const NOTHING: Cost = { statements: 0, waits: 0, rows: 0 };
let cost = NOTHING;
const few = new Map<string, Cost>();
const many = new Map<string, Cost>();

const requesters = new Map<string, Requester>();

async function requesterAt(key: string, stand: Stand): Promise<Requester> {
  const known = requesters.get(key) ?? (await requesterFor(app, stand));
  requesters.set(key, known);
  return known;
}

const standAt = (key: string): Stand => {
  const stand = stands.get(key);
  if (stand === undefined) throw new Error(`nobody at ${key}`);
  return stand;
};

/** Keeps the dearest answer of a field, over all who ask. */
function keep(costs: Map<string, Cost>, field: string): void {
  const known = costs.get(field) ?? NOTHING;
  costs.set(field, {
    statements: Math.max(known.statements, cost.statements),
    waits: Math.max(known.waits, cost.waits),
    rows: Math.max(known.rows, cost.rows),
  });
}

async function askAll(costs: Map<string, Cost>): Promise<void> {
  for (const key of ASKERS) {
    const stand = standAt(key);
    const requester = await requesterAt(key, stand);
    for (const { query, whole, variables, root } of documentsFor(schema, stand.targets)) {
      // The widest of each field: all that it answers, and the lists that hang on it. What hangs on those is in statements.test.ts.
      if ((whole?.depth ?? 1) > 2) continue;
      const field = root.split(' ')[0] ?? '';
      cost = NOTHING;
      const { data } = await requester.send(query, variables);
      if (data?.[field] != null) keep(costs, `Query.${field}`);
    }
  }
}

/** A standpoint from where a mutation is done. */
function whoDoes(name: string): string {
  const cells = CELLS[`Mutation.${name}`] ?? '';
  const at = STANDPOINTS.find(
    ({ key }, nth) => cells[nth] === '1' && ACTIONS[name]?.conflictsFor?.includes(key) !== true,
  );
  if (at === undefined) throw new Error(`nobody does ${name}`);
  return at.key;
}

async function doAll(costs: Map<string, Cost>): Promise<string[]> {
  const failed: string[] = [];
  const names = Object.keys(schema.getMutationType()?.getFields() ?? {}).filter(
    (name) => !OF_NO_STANDPOINT.includes(name),
  );
  const keys = names.map(whoDoes);
  await Promise.all(
    [...new Set(keys)].map((key) => standAt(key).prepare(keys.filter((other) => other === key).length)),
  );
  for (const name of names) {
    const key = whoDoes(name);
    const stand = standAt(key);
    const requester = await requesterAt(key, stand);
    const targets = await stand.fresh();
    const document = mutationDocument(schema, name, []);
    cost = NOTHING;
    const answer = await requester.send(document, { input: ACTIONS[name]?.input(targets) });
    if (answer.errors.length > 0) failed.push(`${name} at ${key}: ${answer.text.slice(0, 200)}`);
    keep(costs, `Mutation.${name}`);
  }
  return failed;
}

beforeAll(async () => {
  database = await cloneDatabase();
  ({ stands } = await buildWorld(database));
  app = await startTestApp(database, { ...ASKS_EVERYTHING, modules: 'own' });
  schema = await clientSchema(await app.as('alice'));
  // The process reads the nomenclatures once.
  await requesterAt('worker-assigned', standAt('worker-assigned')).then((alice) => alice.send(NOMENCLATURES));
  stop = listenToFlights(
    database.name,
    (flight) => {
      cost = { ...cost, statements: cost.statements + flight.length, waits: cost.waits + 1 };
    },
    () => {
      cost = { ...cost, rows: cost.rows + 1 };
    },
  );
});
afterAll(async () => {
  stop?.();
  await app?.close();
  await database?.drop();
});

describe('every root field', () => {
  test('costs no more statements and waits for many rows than for few', async () => {
    // What is done makes rows for lists that would be empty.
    const failed = await doAll(few);
    await askAll(few);
    await standAt('worker-assigned').prepare(MORE_CASES);
    // The head has listed the cases of as many absent workers today as a head may.
    await database.sql(`delete from access_log where action like 'LIST_CASES%'`);
    await askAll(many);
    failed.push(...(await doAll(many)));
    expect(failed).toEqual([]);
    const dearer = [...many].flatMap(([field, { statements, waits }]) => {
      const before = few.get(field);
      return before !== undefined && (statements > before.statements || waits > before.waits)
        ? [
            `${field}: ${before.statements} statements in ${before.waits} waits, now ${statements} in ${waits}`,
          ]
        : [];
    });
    expect(dearer).toEqual([]);
  });

  test('costs no more than what is committed', async () => {
    const found = Object.fromEntries([...many].sort(([a], [b]) => (a < b ? -1 : 1)));
    if (process.env['UPDATE_COSTS'] === '1')
      await writeFile(COMMITTED, `${JSON.stringify(found, null, 2)}\n`);
    const committed = JSON.parse(await readFile(COMMITTED, 'utf8')) as Record<string, Cost>;
    expect(Object.keys(found)).toEqual(Object.keys(committed));
    const dearer = Object.entries(found).filter(([field, { statements, waits, rows }]) => {
      const most = committed[field];
      return (
        most === undefined ||
        statements > most.statements ||
        waits > most.waits ||
        rows > most.rows * ROWS_MORE + FEW_ROWS
      );
    });
    expect(dearer).toEqual([]);
  });

  test('is among them', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name}.${name}`),
    );
    expect(fields.filter((field) => !many.has(field))).toEqual(
      OF_NO_STANDPOINT.map((name) => `Mutation.${name}`),
    );
  });
});
