import type { Operation } from '../../operation.js';

const said = new WeakMap<Operation, Set<string>>();

/**
 * The viewer has written the row in this operation, or said what became of it: its answer may repeat it to them.
 * @param of the one of many of whom it was said; of nobody else is it repeated
 */
export function sayNow(op: Operation, id: string, of = ''): void {
  said.set(op, (said.get(op) ?? new Set()).add(id + of));
}

/** Whether the viewer has, in this operation. */
export function isSaidNow(op: Operation, id: string, of = ''): boolean {
  return said.get(op)?.has(id + of) === true;
}

/** The row, marked where that is so. */
export function asSaid<Row extends { readonly id: string }>(
  op: Operation,
  row: Row | null,
): (Row & { readonly saidNow?: boolean }) | null {
  return row !== null && isSaidNow(op, row.id) ? { ...row, saidNow: true } : row;
}
