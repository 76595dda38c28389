import { Piscina } from 'piscina';
import { CosmosError } from '../errors.js';
import type { Made } from './made.js';
import type { Tasks } from './tasks.js';

/** A thread runs the built program, also for tests, which run the sources. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/workshop/tasks.js' : './tasks.js',
  import.meta.url,
);

/**
 * The thread of the workshop. There is only one, since the other processors are for the database and for requests that need no workshop.
 */
let threads: Piscina | null = null;
const makeThreads = (): Piscina =>
  new Piscina({
    filename: PROGRAM.href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
    // The thread has an empty environment, so that it holds no secret.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });

/**
 * Does slow work in a thread of its own, so that other requests and jobs go on meanwhile: letters are laid out there, calendars read,
 * pictures drawn, waits foreseen. Each task waits for those before it.
 * @throws CosmosError as the task throws it, field included
 */
export async function inWorkshop<N extends keyof Tasks>(
  name: N,
  ...input: Parameters<Tasks[N]>
): Promise<Awaited<ReturnType<Tasks[N]>>> {
  threads ??= makeThreads();
  const done = (await threads.run(input, { name })) as Made<Awaited<ReturnType<Tasks[N]>>>;
  if ('made' in done) return done.made;
  const { code, messageKey, details } = done.refused;
  throw new CosmosError(code, messageKey, details);
}
