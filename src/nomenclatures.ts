import type { Operation } from './operation.js';

/**
 * The nomenclatures that a process keeps: rows that are the same for every viewer, and hardly ever change. The database gives each
 * change a version, and the login of each operation tells it. An operation never gets an older nomenclature than the one that it would read.
 */
export class Nomenclatures {
  #version = -1;
  readonly #kept = new Map<string, unknown>();

  /** Returns what is kept of this version; undefined if nothing is. */
  of(version: number, name: string): unknown {
    return version === this.#version ? this.#kept.get(name) : undefined;
  }

  /** Keeps a nomenclature. One of an older version than is known is not kept. */
  keep(version: number, name: string, nomenclature: unknown): void {
    if (!(version >= this.#version)) return;
    if (version !== this.#version) this.#kept.clear();
    this.#version = version;
    this.#kept.set(name, nomenclature);
  }
}

const reading = new WeakMap<Operation, Map<string, Promise<unknown>>>();

/**
 * Returns a nomenclature at once if the process keeps it; otherwise reads it, once for an operation. Without a login it is always read.
 * @param name one name for each `read`
 */
export function nomenclature<T>(op: Operation, name: string, read: () => Promise<T>): T | Promise<T> {
  const { nomenclatures } = op;
  const kept = nomenclatures?.kept.of(nomenclatures.version, name);
  if (kept !== undefined) return kept as T;
  const own = reading.get(op) ?? new Map<string, Promise<unknown>>();
  reading.set(op, own);
  const begun =
    own.get(name) ??
    read().then((found) => {
      nomenclatures?.kept.keep(nomenclatures.version, name, found);
      return found;
    });
  own.set(name, begun);
  return begun as Promise<T>;
}
