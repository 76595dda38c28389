import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { table as aligned } from '../../bench/support/measure.js';
import { IndicatorCount } from '../../src/jobs/count-indicator.js';
import { categoriesOf } from '../../src/jobs/freeze-snapshots.js';
import { namedCellKeys, perturbed, textOfCell } from '../../src/statistics/cell-key.js';
import { MEASURES, type Measure, type MeasureCode } from '../../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../../src/statistics/method.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { jobsOf } from '../support/jobs.js';
import { coincidence, noiseOf } from './attacks/answers.js';
import { secretOf } from './attacks/chance.js';

/**
 * Every cell of the demonstration, as twelve secrets would freeze it: each district and the county, each period that it has frozen, every measure. By
 * method 3, 26 pairs of its public figures counted nearly the same units and differed, and each of them was a proof.
 */
interface Cell {
  /** Of what the key is made, but for the unit. */
  readonly text: string;
  /** The sum of the record keys: equal sets have the same. */
  readonly sum: number;
  readonly noise: number;
}

const TABLE = tableOf(METHOD_NOW);
const CODES = Object.keys(MEASURES) as MeasureCode[];
let database: TestDatabase;
let jobs: pg.Pool;
/** By secret: the cells, by measure. */
const demonstrations: ReadonlyMap<MeasureCode, readonly Cell[]>[] = [];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  jobs = jobsOf(database, 1);
  const periods = await database.sql<{ period: string; from_at: Date; until_at: Date }>(
    `select s.period, s.starts_on::timestamp at time zone 'Europe/Paris' as from_at, s.ends_on::timestamp at time zone 'Europe/Paris' as until_at
     from snapshot s order by 1`,
  );
  const districts = await database.sql<{ id: string }>('select id from district order by id');
  const client = await jobs.connect();
  const categories = await categoriesOf(client);
  for (let seed = 1; seed <= 12; seed += 1) {
    const byMeasure = new Map<MeasureCode, Cell[]>();
    for (const code of CODES) {
      const cells: Cell[] = [];
      byMeasure.set(code, cells);
      const { dimensions }: Measure = MEASURES[code];
      const indicator = { id: code, code, measure: code, dimensions, given_by: 'DISTRICT' } as const;
      for (const period of periods) {
        const due = { ...period, districts: districts.map(({ id }) => id) };
        await client.query('begin');
        const count = new IndicatorCount(
          indicator,
          due,
          categories,
          secretOf(seed),
          TABLE,
          (secret, unit, modulus) => {
            const keys = namedCellKeys(secret, unit, modulus);
            return (name, sum) => {
              const key = keys(name, sum);
              cells.push({ text: textOfCell(name, sum), sum, noise: perturbed(0, key, TABLE) });
              return key;
            };
          },
        );
        await count.read(client);
        for (const _ of count.tables());
        await client.query('commit');
      }
    }
    demonstrations.push(byMeasure);
  }
  client.release();
}, 300_000);
afterAll(async () => {
  await jobs.end();
  await database.drop();
});

/** The cells of a demonstration, each once. A rate reads the cells of the counts that it is made of. */
function cellsOf(demonstration: ReadonlyMap<MeasureCode, readonly Cell[]>): ReadonlyMap<string, Cell> {
  return new Map([...demonstration.values()].flat().map((cell) => [cell.text, cell]));
}

test('there are thousands of cells, empty ones and equal sets among them', () => {
  for (const demonstration of demonstrations) {
    const cells = [...cellsOf(demonstration).values()];
    expect(cells.length).toBeGreaterThan(3_000);
    expect(cells.filter(({ sum }) => sum === 0).length).toBeGreaterThan(500);
    expect(new Set(cells.map(({ sum }) => sum)).size).toBeLessThan(cells.length * 0.9);
  }
});

test('no two cells have the same key text: only a rate has the cells of the counts that it is made of', () => {
  for (const demonstration of demonstrations) {
    const owners = new Map<string, Set<MeasureCode>>();
    for (const [code, cells] of demonstration)
      for (const { text } of cells) owners.set(text, (owners.get(text) ?? new Set()).add(code));
    const shared = [...owners.values()].filter(({ size }) => size > 1).flatMap((codes) => [...codes]);
    expect([...new Set(shared)].sort()).toEqual(['APPOINTMENTS', 'NOT_HONOURED', 'UNKNOWN_OUTCOMES']);
    for (const [code, cells] of demonstration) {
      const { ratio }: Measure = MEASURES[code];
      // The job counts a district's cell once for its table, and once for the county's sum: it is the same cell.
      const noises = new Map(cells.map(({ text, noise }) => [text, noise]));
      for (const { text, noise } of cells) expect(noises.get(text)).toBe(noise);
      if (ratio !== undefined) for (const { text } of cells) expect(text.split('\0')[1]).toBe('APPOINTMENTS');
    }
  }
});

describe('of two cells that count the same units', () => {
  /** The pairs of equal sets, none of them empty, and how many of them have equal noise. */
  const pairs = () => {
    let [all, equal] = [0, 0];
    const noise = new Map<number, number>();
    for (const demonstration of demonstrations) {
      const bySet = new Map<number, Cell[]>();
      for (const cell of cellsOf(demonstration).values()) {
        if (cell.sum === 0) continue;
        noise.set(cell.noise, (noise.get(cell.noise) ?? 0) + 1);
        bySet.set(cell.sum, [...(bySet.get(cell.sum) ?? []), cell]);
      }
      for (const cells of bySet.values())
        for (const [nth, one] of cells.entries())
          for (const other of cells.slice(nth + 1)) {
            all += 1;
            equal += Number(one.noise === other.noise);
          }
    }
    return { all, equal, noise };
  };

  test('the figures are equal as often as chance makes them, and no difference proves anything', () => {
    const { all, equal, noise } = pairs();
    const chance = coincidence(noiseOf(TABLE));
    const margin = 4 * Math.sqrt((chance * (1 - chance)) / all);
    process.stdout.write(
      `${aligned([
        ['cells, twelve secrets', 'pairs of equal sets', 'equal figures', 'by chance'],
        [
          String([...noise.values()].reduce((sum, one) => sum + one, 0)),
          String(all),
          `${((100 * equal) / all).toFixed(1)} %`,
          `${(100 * chance).toFixed(1)} %`,
        ],
      ])}\n`,
    );
    expect(all).toBeGreaterThan(1_000);
    expect(Math.abs(equal / all - chance)).toBeLessThan(margin);
  });

  test('the noise of all cells is that of the table', () => {
    const { noise } = pairs();
    const all = [...noise.values()].reduce((sum, one) => sum + one, 0);
    const variance = [...noise].reduce((sum, [at, times]) => sum + times * at ** 2, 0) / all;
    const mean = [...noise].reduce((sum, [at, times]) => sum + times * at, 0) / all;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(METHOD_NOW.variance / all));
    expect(Math.abs(variance / METHOD_NOW.variance - 1)).toBeLessThan(6 / Math.sqrt(all));
  });

  test('the noise of the one says nothing of the noise of the other', () => {
    // Chance alone makes the correlation of n pairs as large as 1 / √n.
    let [sum, all] = [0, 0];
    for (const demonstration of demonstrations) {
      const bySet = new Map<number, Cell>();
      for (const cell of cellsOf(demonstration).values()) {
        const before = bySet.get(cell.sum);
        if (before !== undefined && cell.sum !== 0) {
          sum += (before.noise * cell.noise) / METHOD_NOW.variance;
          all += 1;
        }
        bySet.set(cell.sum, cell);
      }
    }
    expect(all).toBeGreaterThan(700);
    expect(Math.abs(sum / all)).toBeLessThan(4 / Math.sqrt(all));
  });
});
