import type { LeftWork } from '../database/run-operation.js';

/**
 * Puts what was left until the transaction was over into its places in the answer, one after the other: an operation has one thing at
 * a time in the workshop, so that whoever asks for a hundred letters is not before who asks for one.
 * @returns what failed, whose places are null
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

/** What could not be done, and where its place was. */
export interface Failed {
  readonly error: unknown;
  readonly path: readonly (string | number)[];
}
