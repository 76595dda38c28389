import { createRandom } from '../prisma/seed/content/random.js';
import { MOST_PREPARED } from '../src/database/statement-names.js';
import { countWritten, leftOnConnections, watch } from './pooler/aftermath.js';
import { type BenchCounty, withBenchCounty } from './support/app.js';
import { runLoad, Tally } from './support/load.js';
import { machine, table } from './support/measure.js';
import { findPgbouncer, startPgbouncer } from './support/pgbouncer.js';
import { expectedAnswers, plantCanaries, questionsOf, viewersOf } from './support/questions.js';

/**
 * Puts PgBouncer in transaction mode between an application with twenty connections and a PostgreSQL with two. Viewers of all kinds ask at
 * once for things that depend on who they are. Each answer is compared with the answer that the same viewer got before, alone and without
 * the pooler. `npm run bench:pooler [-- operations]`.
 */
const OPERATIONS = Number(process.argv[2] ?? 10_000);
const CLIENTS = 64;
const APP_POOL = 20;
const SERVER_CONNECTIONS = 2;
const WRITE_EVERY = 8;

/**
 * Runs the bench.
 * @returns whether each viewer got their own answers, and nothing else
 */
async function bench(program: string, county: BenchCounty, preparedStatements: number): Promise<boolean> {
  const direct = await county.startApp();
  const alone = await viewersOf(direct);
  const owns = await plantCanaries(county, alone);
  const questions = await questionsOf(county, owns);
  const expected = await expectedAnswers(alone, questions);
  await direct.close();
  const before = await countWritten(county, owns);

  const tally = new Tally();
  const pooler = await startPgbouncer(program, county.appUrl, SERVER_CONNECTIONS, preparedStatements);
  try {
    const app = await county.startApp({ databaseUrl: pooler.url, poolSize: APP_POOL });
    const viewers = await viewersOf(app);
    const startedAt = performance.now();
    const options = { operations: OPERATIONS, clients: CLIENTS, writeEvery: WRITE_EVERY };
    const load = runLoad(
      { ...options, random: createRandom('pooler'), viewers, questions, expected, owns },
      tally,
    );
    const watched = await watch(county, pooler, load);
    await load;
    const seconds = (performance.now() - startedAt) / 1000;
    const left = await leftOnConnections(county, pooler.url, SERVER_CONNECTIONS);
    await app.close();

    const dirty = left.filter(
      (each) =>
        each.viewer !== null ||
        each.settings !== null ||
        each.preparedStatements > MOST_PREPARED ||
        each.others > 0,
    );
    const after = await countWritten(county, owns);
    const misplaced = after.filter(({ login, notes, ofOthers, logged }) => {
      const earlier = before.find((each) => each.login === login);
      const written = tally.written.get(login) ?? 0;
      const grown = [notes - (earlier?.notes ?? 0), logged - (earlier?.logged ?? 0)];
      return ofOthers !== earlier?.ofOthers || grown.some((count) => count !== written);
    });
    const written = [...tally.written.values()].reduce((sum, count) => sum + count, 0);
    const rows: readonly (readonly [string, string | number])[] = [
      ['operations', tally.reads + tally.writes],
      ['  reads, each compared', tally.reads],
      ['  writes done', written],
      ['  writes refused, as they must be', tally.writes - written],
      ['per second', Math.round((tally.reads + tally.writes) / seconds)],
      ['viewers', viewers.length],
      ['questions', questions.length],
      ['different answers among those expected', new Set([...expected.values()].flat()).size],
      ['clients at once', CLIENTS],
      ['connections of the application', APP_POOL],
      ['of them waiting in the pooler, at most', watched.waiting],
      ['connections to the server, at most', watched.servers],
      ['server processes in all', watched.backends.size],
      ['answers of a wrong identity', tally.wrong],
      ['own canaries read', tally.ownCanaries],
      ['others’ canaries read', tally.othersCanaries],
      ['writers whose notes or log entries do not add up', misplaced.length],
      ['UNAVAILABLE', tally.errors.get('UNAVAILABLE') ?? 0],
      ['INTERNAL', tally.errors.get('INTERNAL') ?? 0],
      [
        'prepared statements on a connection, at most',
        Math.max(...left.map((each) => each.preparedStatements)),
      ],
      ['server connections looked at', new Set(left.map(({ pid }) => pid)).size],
      ['  with settings, more prepared statements or locks left', dirty.length],
    ];
    const keeps =
      preparedStatements > 0
        ? 'which keeps prepared statements'
        : 'which knows nothing of prepared statements';
    process.stdout.write(`Behind PgBouncer in transaction mode, ${keeps} (${machine()})\n`);
    process.stdout.write(`${table(rows.map(([name, value]) => [name, String(value)]))}\n`);
    for (const sample of tally.samples) process.stdout.write(`  ${sample}\n`);
    for (const each of dirty) process.stdout.write(`  left: ${JSON.stringify(each)}\n`);
    return tally.faults + misplaced.length + dirty.length === 0 && tally.ownCanaries > 0;
  } finally {
    await pooler.close();
  }
}

const program = findPgbouncer();
if (program === null) {
  process.stderr.write(
    'PgBouncer is not there: `apt install pgbouncer`, or name the program in PGBOUNCER.\n',
  );
  process.exitCode = 1;
} else {
  for (const preparedStatements of [MOST_PREPARED, 0])
    if (!(await withBenchCounty({}, (county) => bench(program, county, preparedStatements))))
      process.exitCode = 1;
}
