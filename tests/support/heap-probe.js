import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';

const tell = () => process.stdout.write(`heap ${getHeapStatistics().used_heap_size}\n`);

/**
 * Imported into a process that runs with `--expose-gc`: on SIGUSR2 it frees what is young and of no use, and prints the bytes of the heap.
 * It does so twice: what has outlived one collection of the young is still young.
 */
process.on('SIGUSR2', async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    await sleep(20);
    globalThis.gc({ type: 'minor' });
  }
  tell();
});

/** On SIGWINCH it frees all that is of no use, before it prints them. */
process.on('SIGWINCH', () => {
  globalThis.gc();
  globalThis.gc();
  tell();
});
