import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Spent, spentIn, startProfile } from './profile.js';

/** The report of a server in a process of its own. */
export interface ServerState {
  readonly waits: number;
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** Processor time so far, in milliseconds. */
  readonly processorMs: number;
}

/** What the parent asks its child. Between the last two, the child is profiled. */
type Question = 'state' | 'profile' | 'spent';

interface Served {
  readonly url: string;
  waits(): number;
}

/** Runs in the child: starts with the parent's configuration, and answers questions about its state. */
export async function serveParent<Config>(start: (config: Config) => Promise<Served>): Promise<void> {
  const config = await new Promise<Config>((resolve) => process.once('message', resolve as never));
  const served = await start(config);
  let stopProfile: Awaited<ReturnType<typeof startProfile>> | null = null;
  const answer = async (question: Question): Promise<ServerState | Spent | null> => {
    if (question === 'profile') {
      stopProfile = await startProfile();
      return null;
    }
    if (question === 'spent') return stopProfile === null ? [] : spentIn(await stopProfile());
    const { user, system } = process.cpuUsage();
    return {
      waits: served.waits(),
      rss: process.memoryUsage().rss,
      processorMs: (user + system) / 1_000,
    };
  };
  process.on('message', (question: Question) => {
    void answer(question).then((said) => process.send?.(said));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: served.url });
}

export interface ServerProcess {
  readonly url: string;
  state(): Promise<ServerState>;
  /** What Node.js spends its time on while `work` lasts. */
  profile(work: () => Promise<unknown>): Promise<Spent>;
  stop(): Promise<void>;
}

function next<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null): void => reject(new Error(`the server has ended with ${code}`));
    child.once('exit', end);
    child.once('message', (message) => {
      child.off('exit', end);
      resolve(message as T);
    });
  });
}

/**
 * Runs in the parent: starts a module of this folder, or another file, as a server in its own process.
 * @param flags of Node.js; without them it has none, not even those of this process
 */
export async function startServerProcess(
  module: string | URL,
  config: object,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const file = typeof module === 'string' ? new URL(`./${module}.js`, import.meta.url) : module;
  const child = fork(fileURLToPath(file), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...flags],
    // The child runs as in production: graphql-js then checks less of itself.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const started = next<{ url: string }>(child);
  child.send(config);
  const { url } = await started;
  const ask = <T>(question: Question): Promise<T> => {
    const answer = next<T>(child);
    child.send(question);
    return answer;
  };
  return {
    url,
    state: () => ask('state'),
    profile: async (work) => {
      await ask('profile');
      await work();
      return ask('spent');
    },
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    },
  };
}
