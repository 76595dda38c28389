import { apart, guessedRight } from '../src/statistics/disclosure.js';
import { halfWidth } from '../src/statistics/interval.js';
import { ATTRIBUTES, LIVES, type Life, type LivedUnit } from '../src/statistics/lives.js';
import { METHOD_NOW, tableOf } from '../src/statistics/method.js';
import { noiseOf, oneCell } from '../tests/statistics/attacks/answers.js';
import { rateOf } from '../tests/statistics/attacks/attacker.js';
import { chanceOf } from '../tests/statistics/attacks/chance.js';
import { manyCells } from '../tests/statistics/attacks/exact.js';
import { EVERY_INDICATOR, lifeTrials } from '../tests/statistics/attacks/lives.js';
import { figureTrials } from '../tests/statistics/attacks/one-cell.js';
import { appointments, needs, openCases } from '../tests/statistics/attacks/population.js';
import { type Lines, partLines, perCent, told } from '../tests/statistics/attacks/report.js';
import { type MakePopulation, partRates, tableOfVariance } from '../tests/statistics/attacks/suite.js';
import { table as aligned, machine } from './support/measure.js';

/**
 * Measures what the attacks of `tests/statistics/attacks/` achieve, with more repetitions than the test has. It also tries other variances.
 * `attacker.ts` there describes the attacker.
 */
const REPETITIONS = { worlds: 40, persons: 100 };
const TRIALS = 40_000;
const VARIANCES = [14, 20, 25, 30, 36, 42, 50];
const MAKERS: Readonly<Record<string, MakePopulation>> = {
  APPOINTMENTS: appointments,
  OPEN_CASES: openCases,
  NEEDS: needs,
};

const table = tableOf(METHOD_NOW);
const print = (lines: Lines): void => {
  process.stdout.write(`${aligned(lines)}\n\n`);
};

process.stdout.write(`${machine()}\n\n`);

print([
  ['one figure, exact; units', '1', '2', '5', '10'],
  ['guessed right', ...[1, 2, 5, 10].map((units) => perCent(oneCell(noiseOf(table), units)))],
]);
const pairs = [0, 5, 54, 500].map((others) =>
  rateOf(figureTrials(table, others, 6_000, chanceOf(others)).ofBoth),
);
print([
  ['two figures of equal sets; others', '0', '5', '54', '500'],
  ['guessed by whether they differ', ...pairs.map(told)],
]);
for (const [name, make] of Object.entries(MAKERS))
  print(partLines(name, partRates(make, table, REPETITIONS)));

// A unit is one appointment or one case; a person may have several appointments.
const several = [1, 2, 3, 5, 8].map((each) => {
  const whole = [...partRates(appointments, table, { worlds: 60, persons: 30, each }).values()].at(-1);
  return [String(each), ...(whole === undefined ? [] : [told(whole), perCent(whole.sure)])];
});
print([
  ['APPOINTMENTS, the whole programme: how many are one person’s', 'guessed right', '0.99 sure'],
  ...several,
]);

/** Whether a life was lived, or which of two was: from every indicator together. */
function lineOf(
  labelEn: string,
  lives: readonly [readonly LivedUnit[], readonly LivedUnit[]],
  reads?: (cell: string) => boolean,
): readonly string[] {
  const trials = lifeTrials(lives, table, TRIALS, chanceOf(11), reads);
  const sure = trials.filter(({ ratio }) => Math.abs(ratio) > Math.log(99)).length / trials.length;
  const distance = reads === undefined ? String(apart(...lives, EVERY_INDICATOR)) : '';
  return [labelEn, distance, told(rateOf(trials)), perCent(sure)];
}
const lives: readonly Life[] = Object.values(LIVES);
print([
  ['a life, over every indicator', 'cells', 'guessed right', '0.99 sure'],
  ...lives.map(({ labelEn, units }) => lineOf(labelEn, [units, []])),
]);
print([
  ['what of a life, where all else is known', 'cells', 'guessed right', '0.99 sure'],
  ...ATTRIBUTES.map(({ labelEn, one, other }) => lineOf(labelEn, [one, other])),
]);
// Who objects in June is in the months before, and not in the year: the attacker knows the months, and asks whether the year has them.
print([
  ['objected in the middle of the year: a year less its months', 'cells', 'guessed right', '0.99 sure'],
  ...lives.map(({ labelEn, units }) => lineOf(labelEn, [units, []], (cell) => cell.split(' ')[2] === 'year')),
]);

// The curve by which the variance was chosen, together with the programme.
print([
  ['guessed right; cells', ...VARIANCES.map((variance) => `V ${variance}`)],
  ...[1, 4, 9, 13, 20, 30, 40, 60].map((cells) => [
    String(cells),
    ...VARIANCES.map((variance) => perCent(manyCells(variance, cells).rate)),
  ]),
]);
print([
  ['a life, over every indicator', ...VARIANCES.map((variance) => `V ${variance}`)],
  ...lives.map(({ labelEn, units }) => [
    labelEn,
    ...VARIANCES.map((variance) => perCent(guessedRight(apart(units, [], EVERY_INDICATOR), variance))),
  ]),
]);
const noises = VARIANCES.map((variance) => [...noiseOf(tableOfVariance(variance))]);
/** The distance that half of the noise does not exceed. */
const medianOf = (noise: readonly (readonly [number, number])[]): number => {
  let sum = 0;
  for (let distance = 0; ; distance += 1) {
    for (const [at, share] of noise) if (Math.abs(at) === distance) sum += share;
    if (sum >= 0.5) return distance;
  }
};
print([
  ['the noise', ...VARIANCES.map((variance) => `V ${variance}`)],
  ['median error of a count', ...noises.map((noise) => String(medianOf(noise)))],
  ['its interval, either side', ...VARIANCES.map((variance) => String(halfWidth({ variance })))],
]);
