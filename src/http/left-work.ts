import type { LeftWork } from '../database/run-operation.js';

/**
 * Does the work that was left until the transaction was over, and puts each result into its place in the answer. It does one thing at a
 * time, so that an operation with a hundred letters does not fill the workshop before an operation with one.
 * @returns the failures; the place of each is null in the answer
 */
export async function doLeftWork(data: unknown, left: LeftWork): Promise<readonly Failed[]> {
  if (left.size === 0) return [];
  const failed: Failed[] = [];
  const walk = async (value: unknown, path: readonly (string | number)[]): Promise<void> => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      const work = typeof inner === 'string' ? left.get(inner) : undefined;
      if (work === undefined) {
        await walk(inner, at);
        continue;
      }
      let done: string | null = null;
      try {
        done = await work();
      } catch (error) {
        failed.push({ error, path: at });
      }
      (value as Record<string, unknown>)[key] = done;
    }
  };
  await walk(data, []);
  return failed;
}

/** A failure, and the path of its place. */
export interface Failed {
  readonly error: unknown;
  readonly path: readonly (string | number)[];
}
