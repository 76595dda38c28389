import { parseArgs } from 'node:util';
import { createRandom } from '../prisma/seed/content/random.js';
import { measureBatches } from './existence/batch.js';
import { judge, type Pair, type Verdict } from './existence/classifier.js';
import { type ExistenceQuestion, existenceQuestions } from './existence/questions.js';
import { type BenchCounty, type Requester, withBenchCounty } from './support/app.js';
import { machine, table } from './support/measure.js';
import { startBenchProcess } from './support/process.js';

/**
 * Measures whether time tells what is missing from what is forbidden. Each question is asked in pairs, one after the other over one
 * connection, in an order that is drawn for each pair. Both answers must be the same, byte for byte. At the end, sixty refused
 * reassignments of one case are sent at once (`--only batches`). `npm run bench:existence [-- --size county] [--pairs 1000] [--only name]`.
 */
const { values: given } = parseArgs({
  options: {
    size: { type: 'string', default: 'demo' },
    pairs: { type: 'string', default: '1000' },
    only: { type: 'string', default: '' },
  },
});
const PAIRS = Number(given.pairs);
const WARM_UP = 100;
/** The share of pairs that a classifier may sort right; 0.5 is chance. */
const LIMIT = 0.55;

/** Takes earlier look-ups out of the log. A desk has a hundred and twenty look-ups an hour, and a bench asks two thousand. */
async function forgetLookUps(county: BenchCounty): Promise<void> {
  await county.sql(`do $$ begin
    perform set_config('session_replication_role', 'replica', true);
    delete from access_log where action in ('LOOK_UP_PERSON', 'LOOK_UP_CASE') and occurred_at > now() - interval '1 hour';
  end $$`);
}

async function measurePairs(
  county: BenchCounty,
  who: Requester,
  question: ExistenceQuestion,
): Promise<readonly Pair[]> {
  const random = createRandom(question.name);
  const { query, forbidden, missing } = question;
  let body: string | null = null;
  const timed = async (variables: Readonly<Record<string, unknown>> | undefined): Promise<number> => {
    const startedAt = performance.now();
    const { status, text } = await who.send(query, variables);
    const ms = performance.now() - startedAt;
    body ??= `${status} ${text}`;
    if (`${status} ${text}` !== body) throw new Error(`${question.name}: ${status} ${text}, and ${body}`);
    return ms;
  };
  const pairs: Pair[] = [];
  for (let index = -WARM_UP; index < PAIRS; index += 1) {
    if (index % 50 === 0) await forgetLookUps(county);
    const at = random.int(0, forbidden.length - 1);
    const times = { missing: 0, forbidden: 0 };
    for (const side of random.shuffle(['missing', 'forbidden'] as const))
      times[side] = await timed((side === 'missing' ? missing : forbidden)[at]);
    if (index >= 0) pairs.push(times);
  }
  return pairs;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

const COLUMNS: readonly (readonly [string, (of: Verdict & { name: string; ms: number }) => string])[] = [
  ['missing or forbidden', (of) => of.name],
  ['median ms', (of) => of.ms.toFixed(2)],
  ['difference µs', (of) => of.difference.toFixed(0)],
  ['by threshold %', (of) => percent(of.accuracy)],
  ['by pair %', (of) => `${percent(of.pairAccuracy)} (chance 50 ± ${percent(of.pairMargin)})`],
  ['AUC', (of) => `${of.auc.toFixed(3)} ± ${of.aucMargin.toFixed(3)}`],
];

async function bench(county: BenchCounty): Promise<boolean> {
  const api = await startBenchProcess(county);
  try {
    const results: (Verdict & { name: string; ms: number })[] = [];
    for (const question of await existenceQuestions(county)) {
      if (!question.name.startsWith(given.only)) continue;
      const pairs = await measurePairs(county, await api.as(question.login), question);
      const times = pairs.map(({ missing }) => missing).sort((a, b) => a - b);
      results.push({
        ...{ name: question.name, ms: times[Math.floor(times.length / 2)] ?? Number.NaN },
        ...judge(pairs),
      });
    }
    // A batch takes a second. So there are only as many as are needed to tell a habit from chance.
    if ('batches'.startsWith(given.only))
      results.push(...(await measureBatches(county, await api.as('head.sevran'), Math.min(PAIRS, 200))));
    process.stdout.write(`Missing and forbidden, ${PAIRS} pairs each, ${given.size} (${machine()})\n`);
    const rows = results.map((result) => COLUMNS.map(([, cell]) => cell(result)));
    process.stdout.write(`${table([COLUMNS.map(([name]) => name), ...rows])}\n`);
    return results.every(
      ({ accuracy, pairAccuracy, pairMargin }) => accuracy <= LIMIT && pairAccuracy - pairMargin <= LIMIT,
    );
  } finally {
    await api.close();
  }
}

const { size } = given;
if (size !== 'demo' && size !== 'county') throw new Error('--size demo or county');
if (!(await withBenchCounty({ size }, bench))) process.exitCode = 1;
