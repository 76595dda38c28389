import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Finds the process that owns the data below `folder`, and the processes that it has started. Linux only. */
export async function postgresProcesses(folder: string): Promise<readonly number[]> {
  const text = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
  const postmaster = Number(text.split('\n')[0]);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === postmaster);
  return [postmaster, ...children];
}

/** The numbers of a process: from the third column of its status on. Null if it has ended. */
function statusOf(pid: number): readonly string[] | null {
  try {
    // The name stands in parentheses and may hold anything. The text after the last parenthesis counts.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function parentOf(pid: number): number | null {
  return Number(statusOf(pid)?.[1] ?? Number.NaN);
}

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

/** Returns the processor time of the server's processes so far, in milliseconds; those that have ended are in it. Linux only. */
export async function processorTimeOf(folder: string): Promise<number> {
  const [postmaster, ...children] = (await postgresProcesses(folder)).map(statusOf);
  // Columns 14 to 17 of proc(5): the time of the process itself, and that of the children it has waited for.
  const ticks = (status: readonly string[] | null | undefined, columns: number): number =>
    (status ?? []).slice(11, 11 + columns).reduce((sum, each) => sum + Number(each), 0);
  return MS_PER_TICK * (ticks(postmaster, 4) + children.reduce((sum, each) => sum + ticks(each, 2), 0));
}

/** Returns the processor time of one process so far, in milliseconds; NaN if it has ended. Linux only. */
export function processorTimeOfOne(pid: number): number {
  const [user, system] = (statusOf(pid) ?? []).slice(11, 13).map(Number);
  return MS_PER_TICK * ((user ?? Number.NaN) + (system ?? Number.NaN));
}

/** Signals the server as a whole. The process that starts the others comes first, so that no new one slips through. */
export async function signalPostgres(
  folder: string,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): Promise<void> {
  const signalled = new Set<number>();
  for (let found = true; found; ) {
    found = false;
    for (const pid of await postgresProcesses(folder)) {
      if (signalled.has(pid)) continue;
      signalled.add(pid);
      found = true;
      try {
        process.kill(pid, signal);
      } catch {
        // The process has ended by itself.
      }
    }
  }
}
