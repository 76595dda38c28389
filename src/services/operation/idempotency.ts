import { ConflictError, InvalidInputError } from '../../errors.js';
import { forgetLoaded } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { LONGEST } from './longest.js';

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/**
 * Runs a write once per idempotency key and viewer, for 24 hours. A repetition answers the id of the first effect, and today's rights
 * decide what is read through it. The log has the repetition as an attempt without an effect (CONFLICT). A key keeps a keyed digest of
 * the request, never its text.
 * @returns the id of the row that was written
 * @throws ConflictError IDEMPOTENCY_KEY_REUSED when the key comes with another request; InvalidInputError for a malformed key
 */
export async function once(
  op: Operation,
  name: string,
  input: unknown,
  write: () => Promise<string>,
): Promise<string> {
  // A key is of a viewer. Who has not logged in has none, and what they do can be done once anyway.
  const key = op.viewer.kind === 'ANONYMOUS' ? null : op.idempotencyKey;
  if (key === null) {
    const id = await write();
    forgetLoaded(op);
    return id;
  }
  if (key.length === 0 || key.length > LONGEST.idempotencyKey || !/^[\x21-\x7e]+$/.test(key))
    throw new InvalidInputError('Idempotency-Key', 'invalidValue');
  const fingerprint = new Uint8Array(op.vault.fingerprint(`${name}:${canonical(input)}`));
  // The answer of this request is refused already: the write is tried, and keeps no key.
  if (!op.tx.writes) {
    const first = await firstEffect(op, key, fingerprint);
    if (first === null) return write();
    await op.tx.rehearse(write, new ConflictError('IDEMPOTENCY_KEY_REUSED'));
    forgetLoaded(op);
    return requireSame(first);
  }
  await op.tx
    .run`delete from idempotency_key where actor = viewer_actor() and created_at < now() - interval '24 hours'`;
  // A second request waits here for the first to commit, and then inserts nothing.
  const inserted = await op.tx.run`insert into idempotency_key (actor, key, fingerprint)
    values (viewer_actor(), ${key}, ${fingerprint}) on conflict do nothing`;
  if (inserted === 0) {
    // The request is repeated, or another one uses the same key: the log has the attempt, and that it had no effect.
    await op.tx.rehearse(write, new ConflictError('IDEMPOTENCY_KEY_REUSED'));
    op.log.settle('CONFLICT');
    forgetLoaded(op);
    return requireSame((await firstEffect(op, key, fingerprint)) ?? REUSED);
  }
  const id = await write();
  await op.tx
    .run`update idempotency_key set result_id = ${id}::uuid where actor = viewer_actor() and key = ${key}`;
  forgetLoaded(op);
  return id;
}

const REUSED = Symbol('another request');

function requireSame(first: string | typeof REUSED): string {
  if (first === REUSED) throw new ConflictError('IDEMPOTENCY_KEY_REUSED');
  return first;
}

/** Returns the id that the key was used for, or REUSED if it was used for another request; null if it was not used. */
async function firstEffect(
  op: Operation,
  key: string,
  fingerprint: Uint8Array<ArrayBuffer>,
): Promise<string | typeof REUSED | null> {
  const [first] = await op.tx.rows<{ fingerprint: Uint8Array; resultId: string | null }>`
    select fingerprint, result_id as "resultId" from idempotency_key
    where actor = viewer_actor() and key = ${key} and created_at >= now() - interval '24 hours'`;
  if (first === undefined) return null;
  return first.resultId !== null && Buffer.from(first.fingerprint).equals(fingerprint)
    ? first.resultId
    : REUSED;
}

/** `once` keeps the id of what was written. Where an action answers a number, it keeps the number, written as an id. */
export const keptCount = {
  toId: (count: number): string => `00000000-0000-0000-0000-${String(count).padStart(12, '0')}`,
  fromId: (id: string): number => Number(id.slice(-12)),
};
