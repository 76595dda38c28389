import { readFileSync } from 'node:fs';

/**
 * `node tests/support/compare-names.js before.json after.json [more.json]`: which tests are gone and which are new, by the
 * reports that jest writes with `--json --outputFile`. After a change of the suite, each that is gone wants a reason.
 */
const [before, ...after] = process.argv.slice(2);
const namesIn = (file) =>
  JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName }) => fullName),
  );
const counted = (names) => {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
const [old, now] = [counted(namesIn(before)), counted(after.flatMap(namesIn))];
const missing = (from, within) =>
  [...from].filter(([name, count]) => (within.get(name) ?? 0) < count).map(([name]) => name);
const sum = (counts) => [...counts.values()].reduce((total, count) => total + count, 0);
const gone = missing(old, now);
const added = [...now.keys()].filter((name) => !old.has(name));
console.log(`${sum(old)} before, ${sum(now)} now; ${gone.length} gone, ${added.length} of a new name`);
for (const name of gone) console.log(`gone: ${name}`);
for (const name of added) console.log(`new:  ${name}`);
