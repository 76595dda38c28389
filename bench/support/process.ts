import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOrCreateDevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { projectRoot } from '../../src/database/project-root.js';
import { BENCH_KEY, type BenchApp, type BenchCounty, requesterOf, tokenFor } from './app.js';
import { createHttpClient } from './http.js';
import { OPERATOR_FLAGS } from './operator-flags.js';

/** The API in a process of its own, as operators run it. */
export interface BenchProcess extends Omit<BenchApp, 'close'> {
  signal(signal: NodeJS.Signals): void;
  /** Returns the resident memory of the process, in bytes. */
  memory(): Promise<number>;
  /** The exit code of the process, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Kills the process if it still runs. */
  close(): Promise<void>;
}

/** Starts the built program over the county's database. */
export async function startBenchProcess(
  county: BenchCounty,
  env: Readonly<Record<string, string>> = {},
): Promise<BenchProcess> {
  const key = BENCH_KEY.toString('base64');
  const child = spawn(process.execPath, [...OPERATOR_FLAGS, join(projectRoot, 'dist/app/main.js')], {
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      COSMOS_DATA_DIR: county.folder,
      DATABASE_URL: county.url,
      COSMOS_VAULT_KEYS: `bench:${key}`,
      COSMOS_FINGERPRINT_SECRET: key,
      COSMOS_COUNTY: 'Département',
      // A bench asks as much in a minute as a desk in days.
      COSMOS_LOG_LINES_PER_MINUTE: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
  });
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /POST (\S+)\/graphql/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void ended.then((code) => reject(new Error(`the program has ended with ${code}: ${said}`)));
  });
  const issuer = await loadOrCreateDevelopmentIssuer(county.folder);
  const http = createHttpClient(`${url}/graphql`);
  return {
    url,
    as: async (login) => requesterOf(http, login, await tokenFor(issuer, login)),
    anonymous: requesterOf(http, 'anonymous', null),
    signal: (signal) => {
      child.kill(signal);
    },
    memory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
    },
    ended,
    close: async () => {
      http.close();
      child.kill('SIGKILL');
      await ended;
    },
  };
}
