import type { Operation } from '../../operation.js';

const said = new WeakMap<Operation, Set<string>>();

/**
 * Notes that the viewer has written the row, or recorded its outcome, in this operation: the answer may repeat it to them.
 * @param of the id of the one person, if the outcome is theirs; it is repeated for no other person
 */
export function sayNow(op: Operation, id: string, of = ''): void {
  said.set(op, (said.get(op) ?? new Set()).add(id + of));
}

/** True if the viewer has written the row, or recorded its outcome, in this operation. */
export function isSaidNow(op: Operation, id: string, of = ''): boolean {
  return said.get(op)?.has(id + of) === true;
}

/** Returns the row, with `saidNow` if the viewer has written it in this operation. */
export function asSaid<Row extends { readonly id: string }>(
  op: Operation,
  row: Row | null,
): (Row & { readonly saidNow?: boolean }) | null {
  return row !== null && isSaidNow(op, row.id) ? { ...row, saidNow: true } : row;
}
