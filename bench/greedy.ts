import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ATTACKS, type AttackName } from './greedy/attacks.js';
import { askFor, modestsOf } from './greedy/modest.js';
import { type BenchCounty, withBenchCounty } from './support/app.js';
import { machine, spread, table } from './support/measure.js';
import { type BenchProcess, startBenchProcess } from './support/process.js';

/**
 * Measures a modest client beside a greedy client who asks without end. The figure is the time that the modest client waits, at the 95th
 * percentile, as a multiple of the time without the greedy client. The API and the greedy client are processes of their own. Exit code 1
 * above the limit. `npm run bench:greedy`.
 */
const ROUNDS = 2;
const SECONDS = 3;
/** The limit of that multiple. */
const LIMIT = 3;
/** The milliseconds that the greedy client needs until all of its connections are at work. */
const WARM_UP_MS = 1_000;
/** The address that the greedy client's connections come from. The modest client has another address. */
const GREEDY_ADDRESS = '127.0.0.9';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function beside<T>(app: BenchProcess, county: BenchCounty, attack: AttackName, work: () => Promise<T>) {
  const program = fileURLToPath(new URL('./greedy/attacker.js', import.meta.url));
  const env = { ...process.env, URL_OF_THE_API: app.url, FOLDER: county.folder, FROM: GREEDY_ADDRESS };
  const child = spawn(process.execPath, [program, attack], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await sleep(WARM_UP_MS);
  try {
    return { measured: await work(), said: () => said.trim() };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}

await withBenchCounty({}, async (county) => {
  const app = await startBenchProcess(county);
  const modests = await modestsOf(app);
  const rows: string[][] = [];
  let worst = 0;
  for (const attack of Object.keys(ATTACKS) as AttackName[]) {
    const alone = modests.map((): number[] => []);
    const pressed = modests.map((): number[] => []);
    let said = '';
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, modest] of modests.entries())
        alone[index]?.push(...(await askFor(modest, SECONDS * 1_000)));
      const done = await beside(app, county, attack, async () => {
        for (const [index, modest] of modests.entries())
          pressed[index]?.push(...(await askFor(modest, SECONDS * 1_000)));
      });
      said = done.said();
    }
    for (const [index, { name }] of modests.entries()) {
      const [one, other] = [p95(alone[index]), p95(pressed[index])];
      worst = Math.max(worst, other / one);
      const figures = [one.toFixed(1), other.toFixed(1), (other / one).toFixed(2)];
      rows.push([`${ATTACKS[attack].title}: ${name}`, ...figures]);
    }
    process.stderr.write(`${ATTACKS[attack].title}: ${said}\n`);
  }
  await app.close();
  process.stdout.write(`${machine()}\n\n${table([['p95, ms', 'alone', 'beside', 'ratio'], ...rows])}\n`);
  process.stdout.write(`\nworst ratio ${worst.toFixed(2)}, limit ${LIMIT}\n`);
  if (worst > LIMIT) process.exitCode = 1;
});

function p95(figures: readonly number[] = []): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? spread(figures).max;
}
