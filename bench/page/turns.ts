import { performance } from 'node:perf_hooks';
import { type Spread, spread } from '../support/measure.js';
import { processorTimeOf } from '../support/postgres-processes.js';
import type { ServerProcess } from './child.js';

/** A server, and how it is asked for the page. */
export interface PageContender {
  readonly name: string;
  readonly server: ServerProcess;
  readonly ask: () => Promise<string>;
}

/** What a server needed for pages that were asked over some connections at once. */
export interface PageFigures {
  readonly name: string;
  /** Milliseconds from the first request of a turn to its last answer, for each page. With one connection this is how long a page takes. */
  readonly time: Spread;
  /** That time over each contender's in the same round, in their order. */
  readonly ratios: readonly Spread[];
  /** Milliseconds of processor time a page, in the server's own process and in those of PostgreSQL. */
  readonly nodeMs: number;
  readonly postgresMs: number;
}

interface Turn {
  readonly ms: number;
  readonly nodeMs: number;
  readonly postgresMs: number;
}

async function takeTurn(
  { server, ask }: PageContender,
  connections: number,
  pages: number,
  folder: string,
): Promise<Turn> {
  await ask();
  const [before, databaseBefore] = [await server.state(), await processorTimeOf(folder)];
  const startedAt = performance.now();
  let asked = 0;
  const client = async (): Promise<void> => {
    for (; asked < pages; await ask()) asked += 1;
  };
  await Promise.all(Array.from({ length: connections }, client));
  const ms = (performance.now() - startedAt) / pages;
  const [after, databaseAfter] = [await server.state(), await processorTimeOf(folder)];
  return {
    ms,
    nodeMs: (after.processorMs - before.processorMs) / pages,
    postgresMs: (databaseAfter - databaseBefore) / pages,
  };
}

const mean = (figures: readonly number[]): number =>
  figures.reduce((sum, each) => sum + each, 0) / figures.length;

/** How often the contenders take their turns, and how many pages each turn has. */
export interface PageRounds {
  /** The rounds before the first that counts: a server that has run for a while has compiled what it runs often. */
  readonly warmUp: number;
  readonly rounds: number;
  readonly pages: number;
}

/**
 * Measures the contenders in turns, with so many connections at once. The order is reversed from round to round.
 * @param folder of the database's data
 */
export async function measurePages(
  contenders: readonly PageContender[],
  connections: number,
  { warmUp, rounds, pages }: PageRounds,
  folder: string,
): Promise<readonly PageFigures[]> {
  const turns = contenders.map((): Turn[] => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    const order = [...contenders.keys()];
    if (round % 2 === 0) order.reverse();
    for (const index of order) {
      const contender = contenders[index];
      if (contender === undefined) continue;
      const turn = await takeTurn(contender, connections, pages, folder);
      if (round >= 0) turns[index]?.push(turn);
    }
  }
  return contenders.map(({ name }, index) => {
    const own = turns[index] ?? [];
    return {
      name,
      time: spread(own.map(({ ms }) => ms)),
      ratios: turns.map((others) =>
        spread(own.map(({ ms }, round) => ms / (others[round]?.ms ?? Number.NaN))),
      ),
      nodeMs: mean(own.map(({ nodeMs }) => nodeMs)),
      postgresMs: mean(own.map(({ postgresMs }) => postgresMs)),
    };
  });
}
