import { Piscina } from 'piscina';
import { CosmosError } from '../errors.js';
import type { Made } from './made.js';
import type { Tasks } from './tasks.js';

/** A thread runs what was built, also for tests, which run the sources. */
const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/src/workshop/tasks.js' : './tasks.js',
  import.meta.url,
);

/** One thread: there is as much to do for the database, and as much for who waits for nothing of this kind. */
let threads: Piscina | null = null;
const makeThreads = (): Piscina =>
  new Piscina({
    filename: PROGRAM.href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 60_000,
    // What is built here is no secret's holder: it knows nothing of the environment.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });

/**
 * Does what takes long in a thread of its own, so that everyone else is served meanwhile: letters are laid out there, calendars read,
 * pictures drawn. Each task waits for those before it.
 * @throws CosmosError what the task throws of these, field included
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
