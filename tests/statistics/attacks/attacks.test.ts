import { afterAll, describe, expect, test } from '@jest/globals';
import { table as aligned } from '../../../bench/support/measure.js';
import { apart, guessedRight, livesToldTooMuch } from '../../../src/statistics/disclosure.js';
import { ATTRIBUTES, LIVES } from '../../../src/statistics/lives.js';
import { METHOD_NOW, tableOf } from '../../../src/statistics/method.js';
import { noiseOf, oneCell } from './answers.js';
import { rateOf } from './attacker.js';
import { chanceOf, secretOf, shuffled } from './chance.js';
import { EVERY_INDICATOR, lifeTrials } from './lives.js';
import { figureTrials } from './one-cell.js';
import { appointments } from './population.js';
import { type Lines, perCent, told } from './report.js';
import { noisyTables } from './tables.js';

/*
 * What one figure tells is bounded, and worked out exactly; many years and the whole programme are `npm run test:exhaustive -- attacks`.
 * `attacker.ts` has who attacks.
 */
const TABLE = tableOf(METHOD_NOW);
const NOISE = noiseOf(TABLE);

const printed: Lines[] = [];
afterAll(() => {
  process.stdout.write(`${printed.map((lines) => aligned(lines)).join('\n\n')}\n`);
});

describe('one figure', () => {
  const exact = oneCell(NOISE);

  test('tells who is in it to at most 55 %, however many others are there', () => {
    expect(exact).toBeLessThanOrEqual(0.55);
    const chance = chanceOf(6);
    for (const others of [0, 1, 5, 20]) {
      const { ofOne } = figureTrials(TABLE, others, 3_000, chance);
      const found = rateOf(ofOne);
      printed.push([
        ['one figure; others', 'simulated', 'exact'],
        [String(others), told(found), perCent(exact)],
      ]);
      expect(Math.abs(found.rate - exact)).toBeLessThan(2 * found.margin);
      expect(found.certain).toBeLessThan(0.001);
    }
  });

  test('beside the figure of the others alone tells no more: a difference was a proof by method 3', () => {
    const found = rateOf(figureTrials(TABLE, 54, 6_000, chanceOf(8)).ofBoth);
    printed.push([
      ['two figures of equal sets', 'simulated'],
      ['is there somebody more in the one', told(found)],
    ]);
    // Two that are equal are taken for nobody there, as by method 3 they had to be.
    expect(Math.abs(found.rate - 0.5)).toBeLessThan(2 * found.margin);
  });
});

describe('a life, over every indicator', () => {
  const rows = Object.entries(LIVES).map(([name, life]) => ({ name, ...life }));

  test.each(rows)('$name is guessed as often as the bound says', ({ labelEn, units }) => {
    const distance = apart(units, [], EVERY_INDICATOR);
    const found = rateOf(lifeTrials([units, []], TABLE, 6_000, chanceOf(3)));
    printed.push([
      ['a life over every indicator', 'cells', 'bound', 'simulated'],
      [labelEn, String(distance), perCent(guessedRight(distance)), told(found)],
    ]);
    expect(Math.abs(found.rate - guessedRight(distance))).toBeLessThan(2 * found.margin + 0.005);
  });

  test('is guessed in at most 70 of 100, if it is one that is bounded, with every indicator adopted', () => {
    for (const [nth, candidate] of EVERY_INDICATOR.entries())
      expect(livesToldTooMuch(EVERY_INDICATOR.slice(0, nth), candidate)).toEqual([]);
    const bounded = rows.filter(({ isBounded }) => isBounded);
    expect(bounded.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'ONE_APPOINTMENT',
        'CAME_ONCE',
        'CAME_ONCE_FROM_THE_LIST',
        'ONE_CASE',
        'ONE_NEED',
      ]),
    );
    for (const { units } of bounded)
      expect(guessedRight(apart(units, [], EVERY_INDICATOR))).toBeLessThanOrEqual(0.7);
  });

  test('is told of more by a figure more: the bound counts it', () => {
    const [{ units }] = rows as [(typeof rows)[number]];
    const without = EVERY_INDICATOR.filter(({ measure }) => measure !== 'ASKED_TO_HELD');
    expect(apart(units, [], without)).toBeLessThan(apart(units, [], EVERY_INDICATOR));
    // Who is helped for a year is not bounded: README says so.
    expect(guessedRight(apart(LIVES.HELPED_FOR_A_YEAR.units, [], EVERY_INDICATOR))).toBeGreaterThan(0.8);
  });

  test.each(ATTRIBUTES)('is not told from another in more than 70 of 100: $labelEn', ({ one, other }) => {
    const distance = apart(one, other, EVERY_INDICATOR);
    const found = rateOf(lifeTrials([one, other], TABLE, 6_000, chanceOf(4)));
    expect(guessedRight(distance)).toBeLessThanOrEqual(0.7);
    expect(Math.abs(found.rate - guessedRight(distance))).toBeLessThan(2 * found.margin + 0.005);
  });
});

test('counting in another order answers the same', () => {
  const population = appointments(4, 1);
  const secret = secretOf(4);
  const answers = noisyTables(population, population.units, secret, TABLE);
  expect(noisyTables(population, population.units, secret, TABLE)).toEqual(answers);
  expect(noisyTables(population, shuffled(population.units, chanceOf(1)), secret, TABLE)).toEqual(answers);
});
