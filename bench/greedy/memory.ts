import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchCounty } from '../support/app.js';
import { startBenchProcess } from '../support/process.js';
import { ATTACKS, type AttackName } from './attacks.js';
import { beside } from './beside.js';

const MIB = 1_048_576;
/** The number of attacks that run at a time. Each has an API of its own. */
const AT_ONCE = 4;
/** The limit of the highest memory of the second half, as a multiple of the highest of the first. */
export const GROWTH_LIMIT = 1.1;

/** The memory of an API under an attack. */
export interface Remembered {
  readonly title: string;
  /** Resident memory at the end of each minute, in MiB. */
  readonly mib: readonly number[];
  /** The highest of the second half as a multiple of the highest of the first. */
  readonly growth: number;
}

/** Returns a folder with the keys of the county: each API needs a folder of its own. */
async function folderOf(county: BenchCounty): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-bench-keys-'));
  for (const entry of await readdir(county.folder, { withFileTypes: true }))
    if (entry.isFile() && !entry.name.endsWith('.pid'))
      await copyFile(join(county.folder, entry.name), join(folder, entry.name));
  return folder;
}

async function remember(county: BenchCounty, attack: AttackName, minutes: number): Promise<Remembered> {
  const folder = await folderOf(county);
  const app = await startBenchProcess(county, { COSMOS_DATA_DIR: folder });
  const { measured } = await beside(app, county, attack, async () => {
    const mib: number[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      mib.push((await app.memory()) / MIB);
    }
    return mib;
  });
  await app.close();
  await rm(folder, { recursive: true });
  const half = Math.ceil(measured.length / 2);
  const growth = Math.max(...measured.slice(half)) / Math.max(...measured.slice(0, half));
  return { title: ATTACKS[attack].title, mib: measured, growth };
}

/** Measures the memory of the API under each of these attacks. */
export async function rememberAll(
  county: BenchCounty,
  attacks: readonly AttackName[],
  minutes: number,
): Promise<readonly Remembered[]> {
  const left = [...attacks];
  const done: Remembered[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      done.push(await remember(county, next, minutes));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
}
