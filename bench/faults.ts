import { type Fault, type OutageResult, prepareClients, runOutage } from './faults/outage.js';
import { runTermination, type TerminationResult } from './faults/terminate.js';
import { type BenchCounty, withBenchCounty } from './support/app.js';
import { machine, table } from './support/measure.js';
import { startBenchProcess } from './support/process.js';

/**
 * Takes the database away under load, killed or hanging, and brings it back on the same data and port. Then it ends the program under load.
 * `npm run bench:faults [-- rounds]`.
 */
const ROUNDS = Number(process.argv[2] ?? 3);
const CLIENTS = 32;
const AWAY_MS = 5_000;
const OPERATIONS_AFTER = 500;

const FAIL_WITHIN_MS = 2_000;
const RECOVER_WITHIN_MS = 10_000;
const EXIT_WITHIN_MS = 10_000;

function at(sorted: readonly number[], share: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? '–' : value.toFixed(0);
}

async function outages(county: BenchCounty): Promise<readonly OutageResult[]> {
  const api = await startBenchProcess(county);
  try {
    const prepared = await prepareClients(county, api, CLIENTS);
    const results: OutageResult[] = [];
    const options = { awayMs: AWAY_MS, operationsAfter: OPERATIONS_AFTER };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const fault of ['killed', 'hangs'] satisfies Fault[])
        results.push(await runOutage(county, api, prepared, fault, options));
    }
    return results;
  } finally {
    await api.close();
  }
}

async function terminations(county: BenchCounty): Promise<readonly TerminationResult[]> {
  const results: TerminationResult[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const api = await startBenchProcess(county);
    try {
      const { options } = await prepareClients(county, api, CLIENTS);
      results.push(await runTermination(county, api, options));
    } finally {
      await api.close();
    }
  }
  return results;
}

const OUTAGE_COLUMNS: readonly (readonly [string, (of: OutageResult) => string | number])[] = [
  ['database', (of) => of.fault],
  ['requests', (of) => of.during],
  ['UNAVAILABLE', (of) => of.unavailable],
  ['after ms: median', (of) => at(of.failedAfter, 0.5)],
  ['99 %', (of) => at(of.failedAfter, 0.99)],
  ['max', (of) => at(of.failedAfter, 1)],
  ['wrong', (of) => of.wrong.length],
  ['server back ms', (of) => of.serverBackMs.toFixed(0)],
  ['first right ms', (of) => of.firstRightMs.toFixed(0)],
  ['last failure ms', (of) => of.lastFailureMs.toFixed(0)],
  ['wrong after', (of) => `${of.wrongAfter} of ${OPERATIONS_AFTER}`],
];
const WRITE_COLUMNS: readonly (readonly [string, (of: OutageResult) => string | number])[] = [
  ['writes', (of) => of.fault],
  ['acknowledged', (of) => of.writes.acknowledged],
  ['lost', (of) => of.writes.lost],
  ['unacknowledged', (of) => of.writes.unacknowledged],
  ['of them done', (of) => of.writes.doneUnheard],
  ['doubled', (of) => of.writes.doubled],
  ['wrong when repeated', (of) => of.writes.wronglyRepeated],
];
const TERMINATION_COLUMNS: readonly (readonly [string, (of: TerminationResult) => string | number])[] = [
  ['SIGTERM: exit', (of) => of.exit],
  ['after ms', (of) => of.exitAfterMs.toFixed(0)],
  ['refuses after ms', (of) => of.refusedAfterMs.toFixed(0)],
  ['in flight', (of) => of.inFlight],
  ['of them right', (of) => of.inFlightRight],
  ['right in all', (of) => of.fates.RIGHT],
  ['wrong', (of) => of.fates.WRONG],
  ['half', (of) => of.fates.HALF],
  ['kept connection closed', (of) => of.fates.KEPT_CONNECTION_CLOSED],
  ['new one not taken', (of) => of.fates.NOT_TAKEN],
  ['refused', (of) => of.fates.REFUSED],
  ['writes', (of) => of.acknowledged],
  ['lost', (of) => of.lost],
  ['doubled', (of) => of.doubled],
  ['done unheard', (of) => of.doneUnheard],
];

function print<T>(
  columns: readonly (readonly [string, (of: T) => string | number])[],
  rows: readonly T[],
): void {
  const cells = rows.map((row) => columns.map(([, cell]) => String(cell(row))));
  process.stdout.write(`${table([columns.map(([name]) => name), ...cells])}\n\n`);
}

function holds(result: OutageResult): boolean {
  const { writes } = result;
  return (
    result.wrong.length + result.wrongAfter === 0 &&
    result.unavailable > 0 &&
    (result.failedAfter.at(-1) ?? 0) <= FAIL_WITHIN_MS &&
    result.lastFailureMs <= RECOVER_WITHIN_MS &&
    Number.isFinite(result.firstRightMs) &&
    writes.lost + writes.doubled + writes.wronglyRepeated === 0 &&
    !result.ended
  );
}

function endsWell(result: TerminationResult): boolean {
  const { fates } = result;
  return (
    fates.WRONG + fates.HALF === 0 &&
    result.inFlight > 0 &&
    result.inFlightRight === result.inFlight &&
    result.lost + result.doubled + result.doneUnheard === 0 &&
    result.exit === 0 &&
    result.exitAfterMs <= EXIT_WITHIN_MS
  );
}

/** Turns off the count of look-ups: the clients look up as often in a minute as a login may in a day. */
async function countNoLookUps(county: BenchCounty): Promise<void> {
  await county.sql(`create or replace function look_ups_of_the_hour() returns table (used integer, oldest timestamptz)
    language sql stable security definer set search_path = public, pg_temp as 'select 0, null::timestamptz'`);
}

const ok = await withBenchCounty({}, async (county) => {
  await countNoLookUps(county);
  process.stdout.write(`Faults under ${CLIENTS} clients (${machine()})\n\n`);
  const away = await outages(county);
  print(OUTAGE_COLUMNS, away);
  print(WRITE_COLUMNS, away);
  for (const sample of away.flatMap(({ wrong }) => wrong).slice(0, 5)) process.stdout.write(`  ${sample}\n`);
  const ended = await terminations(county);
  print(TERMINATION_COLUMNS, ended);
  for (const sample of ended.flatMap(({ samples }) => samples).slice(0, 8))
    process.stdout.write(`  ${sample}\n`);
  return away.every(holds) && ended.every(endsWell);
});
if (!ok) process.exitCode = 1;
