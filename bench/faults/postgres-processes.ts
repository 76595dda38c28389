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

function parentOf(pid: number): number | null {
  try {
    // The name stands in parentheses and may hold anything. The text after the last parenthesis counts.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
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
