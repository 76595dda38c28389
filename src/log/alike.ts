import type { Logger } from './logger.js';

const SECOND_MS = 1_000;

interface Kept {
  count: number;
  write: (count: number) => void;
}

/**
 * Writes what happens alike at most once a second, with the number of times. The first time is written at once; what follows within a
 * second is one line, at its end.
 */
export class Alike {
  readonly #kept = new Map<string, Kept>();

  /**
   * Writes a line, or counts it.
   * @param key equal for what is alike; a caller has no way to choose it
   * @param write writes the line, with the number of times that it stands for
   */
  say(key: string, write: (count: number) => void): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      kept.count += 1;
      kept.write = write;
      return;
    }
    write(1);
    this.#begin(key, write);
  }

  #begin(key: string, write: (count: number) => void): void {
    const kept = { count: 0, write };
    this.#kept.set(key, kept);
    setTimeout(() => {
      this.#kept.delete(key);
      if (kept.count === 0) return;
      kept.write(kept.count);
      this.#begin(key, write);
    }, SECOND_MS).unref();
  }
}

const ofLoggers = new WeakMap<Logger, Alike>();

/** Returns what is counted for a logger: all parts of the process that write to it count together. */
export function alikeOf(logger: Logger): Alike {
  const alike = ofLoggers.get(logger) ?? new Alike();
  ofLoggers.set(logger, alike);
  return alike;
}
