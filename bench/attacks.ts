import { METHOD_NOW, tableOf } from '../src/statistics/method.js';
import { AnswersModel } from '../tests/statistics/attacks/answers.js';
import { equalButForOne, manyCells, oneCell } from '../tests/statistics/attacks/exact.js';
import { CAME_ONCE, cellsOfPerson, HELPED } from '../tests/statistics/attacks/person.js';
import { appointments, needs, openCases } from '../tests/statistics/attacks/population.js';
import { type Lines, partLines, perCent, told } from '../tests/statistics/attacks/report.js';
import { type MakePopulation, partRates, tableOfVariance } from '../tests/statistics/attacks/suite.js';
import { bestOfHashes } from '../tests/statistics/attacks/two-by-two.js';
import { table as aligned, machine } from './support/measure.js';
import { errorsOf } from './support/utility.js';

/**
 * Measures what the attacks of `tests/statistics/attacks/` achieve, with more repetitions than the test has. It also tries other variances
 * and a larger programme. `attacker.ts` there describes the attacker.
 */
const REPETITIONS = { worlds: 40, persons: 100 };
const VARIANCES = [4, 8, 10, 12, 14, 16, 20, 30];
const CELLS = [1, 2, 4, 8, 11, 13, 16, 24, 40, 60];
const MAKERS: Readonly<Record<string, MakePopulation>> = {
  APPOINTMENTS: appointments,
  OPEN_CASES: openCases,
  NEEDS: needs,
};

const { threshold } = METHOD_NOW;
const table = tableOf(METHOD_NOW);
const model = new AnswersModel(table, threshold);
const print = (lines: Lines): void => {
  process.stdout.write(`${aligned(lines)}\n\n`);
};

process.stdout.write(`${machine()}\n\n`);

const worst = Array.from({ length: 60 }, (_, others) => oneCell(model, others));
print([
  ['exact, by how many others', 'worst', '2', '5', '10', '20'],
  ['one cell', perCent(Math.max(...worst)), ...[2, 5, 10, 20].map((others) => perCent(worst[others] ?? 0))],
  [
    'a table of two by two with its margins',
    '',
    ...[2, 5, 10, 20].map((others) =>
      perCent(bestOfHashes(table, threshold, [others, others, others, others])),
    ),
  ],
  [
    'an insider’s false records, and their margin',
    '',
    ...[2, 5, 10, 20].map((others) => perCent(equalButForOne(model, others))),
  ],
]);
for (const [name, make] of Object.entries(MAKERS))
  print(partLines(name, partRates(make, table, REPETITIONS)));

// A unit is one appointment or one case; a person may have several appointments.
const several = [1, 2, 3, 5, 8].map((each) => {
  const whole = [...partRates(appointments, table, { worlds: 120, persons: 30, each }).values()].at(-1);
  return [String(each), ...(whole === undefined ? [] : [told(whole), perCent(whole.sure)])];
});
print([
  ['APPOINTMENTS, the whole programme: how many are one person’s', 'guessed right', '0.99 sure'],
  ...several,
]);

// The curve by which the variance and the size of the programme were chosen. A person is in this number of cells, and nobody else is in them.
print([
  ['guessed right; cells', ...VARIANCES.map((variance) => `V ${variance}`)],
  ...CELLS.map((cells) => [
    String(cells),
    ...VARIANCES.map((variance) => perCent(manyCells(variance, cells).rate)),
  ]),
]);
print([
  ['posterior above 0.99; cells', ...VARIANCES.map((variance) => `V ${variance}`)],
  ...CELLS.map((cells) => [
    String(cells),
    ...VARIANCES.map((variance) => perCent(manyCells(variance, cells).sure)),
  ]),
]);
const ofPersons = Object.entries({ 'came once': CAME_ONCE, 'was helped for a year': HELPED });
print([
  ['a person over every indicator', 'cells', ...VARIANCES.map((variance) => `V ${variance}`)],
  ...ofPersons.map(([who, year]) => [
    who,
    String(cellsOfPerson(year)),
    ...VARIANCES.map((variance) => {
      const { rate, sure } = manyCells(variance, cellsOfPerson(year));
      return `${perCent(rate)}; ${perCent(sure)}`;
    }),
  ]),
]);
const errors = VARIANCES.map((variance) => errorsOf(tableOfVariance(variance), appointments(1, 20)));
print([
  ['appointments, 20 districts', ...VARIANCES.map((variance) => `V ${variance}`)],
  ['cells of the district’s year told', ...errors.map(({ told }) => perCent(told))],
  ['median error of a count', ...errors.map(({ absolute }) => absolute.toFixed(1))],
  ['median error of 50 or more', ...errors.map(({ relative }) => perCent(relative))],
]);
