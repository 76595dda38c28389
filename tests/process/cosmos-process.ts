import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateDevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { LOGINS } from '../../src/auth/logins.js';
import { TEST_LOGIN_SECRET } from '../support/login.js';

export interface CosmosProcess {
  /** Where it listens. Rejects with what it said if it has ended before. */
  listening(): Promise<string>;
  /** What it has printed. */
  output(): { readonly stdout: string; readonly stderr: string };
  signal(signal: NodeJS.Signals): void;
  /** As Ctrl-C does: to the process and to those it has started. */
  signalGroup(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

const started = new Set<ChildProcess>();

/**
 * `npm start` without the build and its flags of V8 (decision 0075), with nothing of this one's environment.
 * @param flags of Node.js
 */
export function startCosmos(env: Record<string, string>, flags: readonly string[] = []): CosmosProcess {
  const { shown, ...process } = startProcess('dist/app/main.js', env, /POST (\S+)\/graphql/, flags);
  return { ...process, listening: shown };
}

/** `npm run jobs`, the same way. `running` rejects with what it said if it has ended before. */
export function startJobs(
  url: string,
  more: Record<string, string> = {},
): Omit<CosmosProcess, 'listening'> & { readonly running: () => Promise<string> } {
  const env = {
    JOBS_DATABASE_URL: url,
    COSMOS_STATISTICS_SECRET: Buffer.alloc(32, 7).toString('base64'),
    COSMOS_LOGIN_SECRET: TEST_LOGIN_SECRET.toString('base64'),
    ...more,
  };
  const { shown, ...process } = startProcess('dist/src/jobs/main.js', env, /(running its jobs)/);
  return { ...process, running: shown };
}

/** `npm run vault:seal`, the same way. `shown` waits until it has sealed a batch. */
export function startSealing(
  url: string,
  env: Record<string, string>,
): Omit<CosmosProcess, 'listening'> & { readonly shown: () => Promise<string> } {
  return startProcess('dist/src/vault/seal-cli.js', { JOBS_DATABASE_URL: url, ...env }, /(\d+) texts sealed/);
}

function startProcess(
  program: string,
  env: Record<string, string>,
  sign: RegExp,
  flags: readonly string[] = [],
): Omit<CosmosProcess, 'listening'> & { readonly shown: () => Promise<string> } {
  const child = spawn(process.execPath, [...flags, program], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  started.add(child);
  let stdout = '';
  let stderr = '';
  let told: () => void = () => undefined;
  const signIn = (): string | undefined => sign.exec(stdout)?.[1];
  const shown = new Promise<void>((resolve) => {
    told = resolve;
  });
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    if (signIn() !== undefined) told();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => {
      started.delete(child);
      resolve(code ?? signal ?? 'SIGKILL');
    });
  });
  return {
    shown: async () => {
      await Promise.race([shown, ended]);
      const found = signIn();
      if (found === undefined) throw new Error(`it has ended: ${stdout}${stderr}`);
      return found;
    },
    output: () => ({ stdout, stderr }),
    signal: (signal) => child.kill(signal),
    signalGroup: (signal) => {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    },
    ended,
  };
}

/** Ends what a failed test has left running, the embedded servers included. */
export function endAll(): void {
  for (const child of started) {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }
}

export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-process-'));
  // Run as root, the embedded server is another user's.
  await chmod(folder, 0o755);
  return folder;
}

/** The embedded server's process on a data folder; null when none has been started. */
export async function postgresPid(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => null);
  return text === null ? null : Number(text.split('\n')[0]);
}

export function isRunning(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    // One that has ended and is not yet reaped has no command line left.
    return !existsSync('/proc/self') || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

export async function developmentToken(dataDir: string, login: string): Promise<string> {
  const found = LOGINS.find((known) => known.login === login);
  if (found === undefined) throw new Error(`${login} is no login`);
  return (await loadOrCreateDevelopmentIssuer(dataDir)).sign(found);
}

/** An answer, as JSON. */
export interface Body {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

export async function ask(url: string, token: string | null, query: string, variables = {}): Promise<Body> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Body;
}

/**
 * Ends the process by a signal: its exit code. It is 0 only when all has stopped by itself: what has not after ten seconds
 * ends the process with 1.
 */
export function end(
  cosmos: CosmosProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<number | NodeJS.Signals> {
  cosmos.signal(signal);
  return cosmos.ended;
}
