import type { Operation } from '../operation.js';

const said = new WeakMap<Operation, Set<string>>();

/** The viewer has written the row in this operation, or said what became of it: its answer may repeat it to them. */
export function sayNow(op: Operation, id: string): void {
  said.set(op, (said.get(op) ?? new Set()).add(id));
}

/** The row, marked where that is so. */
export function asSaid<Row extends { readonly id: string }>(
  op: Operation,
  row: Row | null,
): (Row & { readonly saidNow?: boolean }) | null {
  return row !== null && said.get(op)?.has(row.id) === true ? { ...row, saidNow: true } : row;
}
