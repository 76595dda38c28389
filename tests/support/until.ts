import { setTimeout as sleep } from 'node:timers/promises';

/** Nothing that a test waits for takes so long, on however busy a machine: what does has hung. */
export const HANGS_MS = 180_000;
const LOOKS_EVERY_MS = 20;

/**
 * Looks again and again until there is what is waited for, and answers it. No test waits for a time instead.
 * @param what is said of it when it never comes
 * @throws Error after three minutes: it hangs
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
): Promise<Exclude<T, false | null | undefined>> {
  const since = performance.now();
  for (;;) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined)
      return found as Exclude<T, false | null | undefined>;
    if (performance.now() - since > HANGS_MS) throw new Error(`hangs: waited for ${what}`);
    await sleep(LOOKS_EVERY_MS);
  }
}
