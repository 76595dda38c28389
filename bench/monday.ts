import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadOrCreateDevelopmentIssuer } from '../src/auth/development-issuer.js';
import { gatherCast } from './monday/cast.js';
import { makeMorning } from './monday/county.js';
import { findRate, LIMIT_MS } from './monday/find.js';
import { type JobsProcess, startJobs, untilQuiet } from './monday/jobs.js';
import { Meter } from './monday/meter.js';
import { OPERATIONS_PER_SECOND, PACE } from './monday/mix.js';
import { type Played, play } from './monday/play.js';
import { plot } from './monday/plot.js';
import { costOf, kindsTable, notesOf } from './monday/report.js';
import { type ServerProcess, startServerProcess } from './page/child.js';
import { type BenchCounty, withBenchCounty } from './support/app.js';
import { urlOf } from './support/copies.js';
import { machine } from './support/measure.js';

/**
 * Plays a county's Monday from 8:30 to 9:30 in ten minutes: `npm run bench:monday -- [--minutes 10] [--rate 1] [--seed 1] [--plot
 * file.svg]`. `--rate` multiplies the arrivals. Fewer minutes play a part of the hour, at the same pace.
 * `--find` raises the rate, a quarter each minute, until the 95th percentile of all operations is above 100 ms. It begins at `--rate`, and
 * a step lasts `--minutes`; 10 and 1 unless given. Linux only.
 */
const { values: given } = parseArgs({
  options: {
    minutes: { type: 'string' },
    rate: { type: 'string' },
    seed: { type: 'string', default: '1' },
    plot: { type: 'string' },
    find: { type: 'boolean', default: false },
  },
});
const minutes = positive('minutes', given.minutes ?? (given.find ? '1' : '10'));
const rate = positive('rate', given.rate ?? (given.find ? '10' : '1'));

function positive(name: string, text: string): number {
  const figure = Number(text);
  if (!(figure > 0)) throw new RangeError(`--${name}: a number above 0`);
  return figure;
}

/** Prints the figures of one run. Exit code 1 if an operation failed that had to be done. */
async function playOnce(playAt: (rate: number, seed: string) => Promise<Played>): Promise<void> {
  const played = await playAt(rate, given.seed);
  console.log(
    `\n${kindsTable(played)}\n\n${notesOf(played)}\n\n${costOf(played)}\n\nThe real Monday has ${OPERATIONS_PER_SECOND.toFixed(2)} operations a second, and is played ${PACE * rate} times as fast.`,
  );
  if (given.plot !== undefined) {
    const title = `A county’s Monday, ${PACE * rate} times as fast: ${machine()}`;
    await writeFile(given.plot, await plot(title, played));
  }
  if (played.ledger.samples.length > 0 || played.unanswered > 0) process.exitCode = 1;
}

async function find(playAt: (rate: number, seed: string) => Promise<Played>): Promise<void> {
  const { sustained, counties } = await findRate(
    rate,
    (each, nth) => playAt(each, `${given.seed}-${nth}`),
    (line) => console.log(line),
  );
  console.log(
    sustained === null || counties === null
      ? `The first step was above ${LIMIT_MS} ms. Begin lower: --rate.`
      : `\n${sustained.toFixed(1)} operations a second at p95 <= ${LIMIT_MS} ms: ${counties.toFixed(0)} counties, each with ${OPERATIONS_PER_SECOND.toFixed(2)} a second on its Monday.`,
  );
}

async function liveMonday(county: BenchCounty): Promise<void> {
  const database = await makeMorning(county);
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const cast = await gatherCast(urlOf(county.url, database), issuer);
  let api: ServerProcess | null = null;
  let jobs: JobsProcess | null = null;
  try {
    const databaseUrl = urlOf(county.appUrl, database);
    const server = await startServerProcess('cosmos-server', { databaseUrl, issuer: issuer.config });
    api = server;
    jobs = await startJobs(urlOf(county.jobsUrl, database));
    await untilQuiet(urlOf(county.url, database));
    const meter = new Meter(server, jobs.pid, county.folder);
    const playAt = (each: number, seed: string): Promise<Played> =>
      play({ url: server.url, cast, meter, seed, seconds: minutes * 60, times: PACE * each });
    await (given.find ? find(playAt) : playOnce(playAt));
  } finally {
    await Promise.all([api?.stop(), jobs?.stop()]);
  }
}

const folder = process.env['COSMOS_BENCH_DIR'];
console.log(machine());
// The settings of the other benches that fill a county. Commits wait for the disk, as in production.
await withBenchCounty(
  { folder, size: 'county', measures: 'real', flags: ['-c', 'max_wal_size=8GB'] },
  liveMonday,
);
