import DataLoader from 'dataloader';
import type { Operation } from './operation.js';

const loaders = new WeakMap<Operation, Map<string, DataLoader<string, unknown>>>();

/**
 * Returns a loader of this operation, made at first use: one query for all the keys asked for in the same tick. It belongs to the
 * operation, so that it can neither cross viewers nor survive a retry.
 * @param name one name per batch function and arguments
 * @param batch answers a map from key to value; a key left out is null
 */
export function batched<V>(
  op: Operation,
  name: string,
  batch: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>,
): DataLoader<string, V | null> {
  let own = loaders.get(op);
  if (own === undefined) {
    own = new Map();
    loaders.set(op, own);
  }
  let loader = own.get(name);
  if (loader === undefined) {
    loader = new DataLoader<string, unknown>(async (keys) => {
      const found = await batch(keys);
      return keys.map((key) => found.get(key) ?? null);
    });
    own.set(name, loader);
  }
  return loader as DataLoader<string, V | null>;
}

/** Forgets everything that the operation has loaded: after a write, before its payload is read. */
export function forgetLoaded(op: Operation): void {
  loaders.delete(op);
}

/** Returns the rows by their key, for a batch function. */
export function byKey<V>(rows: readonly V[], key: (row: V) => string): Map<string, V> {
  return new Map(rows.map((row) => [key(row), row]));
}

/** Returns the rows by a key that several share, for a batch function. */
export function groupedBy<V>(rows: readonly V[], key: (row: V) => string): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
