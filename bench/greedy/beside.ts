import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BenchCounty } from '../support/app.js';
import type { BenchProcess } from '../support/process.js';
import type { AttackName } from './attacks.js';

/** The milliseconds that the greedy client needs until all of its connections are at work. */
const WARM_UP_MS = 1_000;
/** The address that the greedy client's connections come from. The modest client has another address. */
const GREEDY_ADDRESS = '127.0.0.9';

/**
 * Does work while a greedy client asks without end, in a process of its own.
 * @param from the address of the greedy client
 * @returns what the work answers, and what the greedy client says of its answers
 */
export async function beside<T>(
  app: BenchProcess,
  county: BenchCounty,
  attack: AttackName,
  work: () => Promise<T>,
  from = GREEDY_ADDRESS,
) {
  const program = fileURLToPath(new URL('./attacker.js', import.meta.url));
  const env = { ...process.env, URL_OF_THE_API: app.url, FOLDER: county.folder, FROM: from };
  const child = spawn(process.execPath, [program, attack], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  try {
    return { measured: await work(), said: () => said.trim() };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'close');
  }
}
