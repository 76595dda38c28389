import type { Operation } from '../../operation.js';

const first = new WeakMap<Operation, Map<string, string>>();

/**
 * Remembers the first id of a kind that an operation names. With several ids in one answer, a viewer could compare workers (rule 3).
 * @returns false for another id of the same kind
 */
export function isTheOnlyOne(
  op: Operation,
  kind: 'district' | 'colleague' | 'absent worker',
  id: string,
): boolean {
  const named = first.get(op) ?? new Map<string, string>();
  first.set(op, named);
  if (!named.has(kind)) named.set(kind, id);
  return named.get(kind) === id;
}
