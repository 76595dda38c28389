import { POLICIES } from '../../../policies/index.js';
import { sentenceOf } from '../../../policies/sentences.js';
import { STANDPOINTS } from '../../../policies/standpoints.js';
import { conditionOf } from '../../../policies/words.js';

/** By schema coordinate, a digit for each standpoint. */
export type Cells = Readonly<Record<string, string>>;

/**
 * What was observed, in the form in which it is committed.
 * @param others the cells of standpoints from where nothing was observed: closed unless given
 */
export function cellsOf(
  observed: ReadonlyMap<string, ReadonlySet<string>>,
  coordinates: readonly string[],
  others: Cells = {},
): Cells {
  const digit = (coordinate: string, key: string, at: number): string => {
    const seen = observed.get(key);
    if (seen === undefined) return others[coordinate]?.[at] ?? '0';
    return seen.has(coordinate) ? '1' : '0';
  };
  return Object.fromEntries(
    coordinates.map((coordinate) => [
      coordinate,
      STANDPOINTS.map(({ key }, at) => digit(coordinate, key, at)).join(''),
    ]),
  );
}

/** The cells in which two tables differ, each by its name: `Case.mission × desk-same-district: yes, now no`. */
export function differences(expected: Cells, actual: Cells): string[] {
  const found: string[] = [];
  for (const coordinate of [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort()) {
    const [before, after] = [expected[coordinate], actual[coordinate]];
    if (before === undefined) found.push(`${coordinate}: not in the matrix`);
    else if (after === undefined) found.push(`${coordinate}: in the matrix, not in the schema`);
    else {
      for (const [index, { key }] of STANDPOINTS.entries()) {
        if (before[index] !== after[index])
          found.push(`${coordinate} × ${key}: ${before[index] ?? 'nothing'}, now ${after[index]}`);
      }
    }
  }
  return found;
}

const wordOf = (digit: string | undefined): string => (digit === '1' ? '●' : '·');

function ruleOf(coordinate: string): string {
  const [type = '', field = ''] = coordinate.split('.');
  const policy = POLICIES[type]?.[field];
  if (policy === undefined) return '';
  const condition = conditionOf(type, field);
  return `${sentenceOf(policy).en}${condition === undefined ? '' : `: ${condition.en}`}`;
}

/** The table as source, for the API and the page. */
export function printCells(cells: Cells): string {
  const lines = Object.entries(cells)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([coordinate, digits]) => `  '${coordinate}': '${digits}',`);
  return `// Observed over HTTP by tests/policies/matrix.exhaustive.test.ts, written by \`npm run matrix\`: not to be edited.
// A digit for each standpoint of standpoints.ts, in its order: 1 sees or does, 0 does not.

/** What each standpoint sees and does, by schema coordinate. */
export const CELLS: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
}

/** The table to be read. */
export function printMarkdown(cells: Cells): string {
  const heads = STANDPOINTS.map((_standpoint, index) => String(index + 1));
  const table = (type: string, of: string): string[] => {
    const rows = Object.entries(cells).filter(([coordinate]) => coordinate.startsWith(`${type}.`));
    return [
      `| ${of} | ${heads.join(' | ')} | for whom, by the rule |`,
      `| --- |${heads.map(() => ' :-: |').join('')} --- |`,
      ...rows.map(
        ([coordinate, digits]) =>
          `| ${coordinate.slice(type.length + 1)} | ${heads.map((_head, index) => wordOf(digits[index])).join(' | ')} | ${ruleOf(coordinate)} |`,
      ),
      '',
    ];
  };
  const types = [...new Set(Object.keys(cells).map((coordinate) => coordinate.split('.')[0] ?? ''))].sort();
  const technical = (type: string): boolean => /(Connection|Edge|PageInfo)$|^Policy/.test(type);
  const data = types.filter(
    (type) => type !== 'Mutation' && type !== 'Query' && type !== 'Subscription' && !technical(type),
  );
  const count = (digit: string): number =>
    Object.values(cells).reduce((sum, digits) => sum + digits.split(digit).length - 1, 0);
  const summary = data.map((type) => {
    const rows = Object.entries(cells).filter(([coordinate]) => coordinate.startsWith(`${type}.`));
    return `| ${type} | ${STANDPOINTS.map((_standpoint, index) => {
      const seen = rows.filter(([, digits]) => digits[index] === '1').length;
      return seen === 0 ? '·' : seen === rows.length ? '●' : `${seen}`;
    }).join(' | ')} | ${rows.length} |`;
  });
  return `# Who sees what, who does what

Written by \`npm run matrix\` from what was **observed** over HTTP in a running county, with real tokens and all locks on;
\`tests/policies/matrix.exhaustive.test.ts\` observes it again and compares it cell by cell. Not to be edited. The same for programs:
\`policyMatrix\` in the API; for people: \`/who-sees-what\`.

${Object.keys(cells).length} fields and actions × ${STANDPOINTS.length} standpoints: ${count('1') + count('0')} cells, of which ${count('1')} are open (●) and ${count('0')} are closed (·).
A cell is open when the field came back with something in it on the row that the standpoint looks at, by any path; an
action, when nothing was refused and the row had changed. The last column is the rule of the field and, after a colon, what the
service asks of the row where the rule knows the role alone; what the policies by themselves would open
and a service or the database does not is listed, with the reason, in \`tests/policies/matrix/stricter/\`. So a cell may be
closed although the rule would open it: nothing of that kind can be reached from there.

This file is for one field at a time. To read one standpoint from top to bottom, use \`/who-sees-what\`.

## Standpoints

| | who | |
| --: | --- | --- |
${STANDPOINTS.map(({ role, label, description }, index) => `| ${index + 1} | ${role.en}: ${label.en} | ${description.en} |`).join('\n')}

## Summary

Fields open, by type: ● all, · none.

| | ${heads.join(' | ')} | of |
| --- |${heads.map(() => ' :-: |').join('')} --: |
${summary.join('\n')}

## Who sees what

${data.flatMap((type) => [`### ${type}`, '', ...table(type, 'field')]).join('\n')}
## Where questions start

Open when the question was answered with rows: with the target, where it asks for one.

${table('Query', 'question').join('\n')}
### Followed live

Open when the standpoint was told of a change of the target.

${table('Subscription', 'subscription').join('\n')}
## Pages, and this matrix

${types
  .filter(technical)
  .flatMap((type) => [`### ${type}`, '', ...table(type, 'field')])
  .join('\n')}
## Who does what

${table('Mutation', 'action').join('\n')}`;
}
