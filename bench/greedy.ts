import { parseArgs } from 'node:util';
import { ATTACKS, type AttackName } from './greedy/attacks.js';
import { beside } from './greedy/beside.js';
import { GROWTH_LIMIT, rememberAll } from './greedy/memory.js';
import { askFor, type Modest, modestsOf } from './greedy/modest.js';
import { DESKS, desksOf, openAll } from './greedy/restart.js';
import { type BenchCounty, withBenchCounty } from './support/app.js';
import { machine, spread, table } from './support/measure.js';
import { startBenchProcess } from './support/process.js';

/**
 * Measures modest clients beside a greedy client who asks without end. The figure is the time that a modest client waits, at the 95th
 * percentile, as a multiple of the time without the greedy client. Then forty desks come back at once after a restart, through one address,
 * alone and beside callers of that address whose tokens are refused. The API and the greedy client are processes of their own. Exit code 1
 * above the limit. `npm run bench:greedy [-- --only name,name] [--size county]`; the names stand in `greedy/attacks.ts`, and `restart` is one.
 *
 * `--memory 10` measures instead the memory of the API under what is refused, for so many minutes.
 */
const { values: given } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    size: { type: 'string', default: 'demo' },
    memory: { type: 'string', default: '0' },
  },
});
const RESTART = 'restart';
const isAsked = (name: string): boolean => given.only === '' || given.only.split(',').includes(name);
/**
 * The seconds for which each modest client is measured. Three seconds are too few: one pause of the machine is then the 95th percentile. Beside a
 * caller who asks what is refused, the first of the modest clients is measured for as long as the attack says.
 */
const SECONDS = { first: 20, others: 10 };
/** The limit of that multiple. */
const LIMIT = 3;
/** The address that the modest clients ask from. */
const MODEST_ADDRESS = '127.0.0.1';

/** Measures each modest client in turn: the first, who is a worker, for so many seconds. */
async function ask(modests: readonly Modest[], times: readonly number[][], first: number): Promise<void> {
  for (const [index, modest] of modests.entries())
    times[index]?.push(...(await askFor(modest, (index === 0 ? first : SECONDS.others) * 1_000)));
}

/** Lets the desks come back to a new process. */
async function restart(county: BenchCounty, attack: AttackName | null): Promise<readonly string[]> {
  const app = await startBenchProcess(county);
  const desks = await desksOf(county);
  const work = () => openAll(app.url, desks);
  const { seconds, attempts } =
    attack === null ? await work() : (await beside(app, county, attack, work, MODEST_ADDRESS)).measured;
  await app.close();
  return [attack === null ? 'alone' : ATTACKS[attack].title, seconds.toFixed(2), String(attempts)];
}

/** Measures the memory under the attacks of what is refused: those that are measured for a minute. */
async function memory(county: BenchCounty, minutes: number): Promise<void> {
  const attacks = (Object.keys(ATTACKS) as AttackName[]).filter(
    (name) => isAsked(name) && ATTACKS[name].seconds !== undefined,
  );
  const all = await rememberAll(county, attacks, minutes);
  const rows = all.map(({ title, mib, growth }) => [
    title,
    mib.map((each) => each.toFixed(0)).join(' '),
    growth.toFixed(2),
  ]);
  process.stdout.write(
    `${table([['memory of the API', 'MiB, each minute', 'second half to first'], ...rows])}\n`,
  );
  if (all.some(({ growth }) => growth > GROWTH_LIMIT)) process.exitCode = 1;
}

await withBenchCounty({ size: given.size === 'county' ? 'county' : 'demo' }, async (county) => {
  if (Number(given.memory) > 0) return memory(county, Number(given.memory));
  const rows: string[][] = [];
  let worst = 0;
  const app = await startBenchProcess(county);
  const modests = await modestsOf(app);
  for (const attack of (Object.keys(ATTACKS) as AttackName[]).filter(isAsked)) {
    const { title, seconds } = ATTACKS[attack];
    const alone = modests.map((): number[] => []);
    const pressed = modests.map((): number[] => []);
    await ask(modests, alone, SECONDS.first);
    const work = () => ask(modests, pressed, seconds ?? SECONDS.first);
    const done = await beside(app, county, attack, work);
    for (const [index, { name }] of modests.entries()) {
      const [one, other] = [p95(alone[index]), p95(pressed[index])];
      worst = Math.max(worst, other / one);
      const figures = [one.toFixed(1), other.toFixed(1), (other / one).toFixed(2)];
      rows.push([`${title}: ${name}`, ...figures]);
    }
    process.stderr.write(`${title}: ${done.said()}\n`);
  }
  await app.close();
  process.stdout.write(`${machine()}\n\n`);
  if (rows.length > 0) {
    process.stdout.write(`${table([['p95, ms', 'alone', 'beside', 'ratio'], ...rows])}\n`);
    process.stdout.write(`\nworst ratio ${worst.toFixed(2)}, limit ${LIMIT}\n`);
  }
  if (isAsked(RESTART)) {
    const back = [];
    for (const attack of [null, 'altered', 'garbage', 'longStrings'] as const)
      back.push(await restart(county, attack));
    const columns = [`${DESKS} desks after a restart`, 'seconds until the last board', 'most attempts'];
    process.stdout.write(`\n${table([columns, ...back])}\n`);
  }
  if (worst > LIMIT) process.exitCode = 1;
});

function p95(figures: readonly number[] = []): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? spread(figures).max;
}
