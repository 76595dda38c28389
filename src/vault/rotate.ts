import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyService, WrappedKey } from './key-service.js';

/** A key as stored, and the name under which it is wrapped: a case's id, or an encounter's name (`encounterKeyName`). */
export interface CaseKeyRow {
  readonly caseId: string;
  readonly wrapped: WrappedKey;
}

/** The access to the database that the rotation needs. */
export interface CaseKeyStore {
  /** @returns how many rows are under another master key than this one, those locked by others included */
  countNotUnder(keyId: string): Promise<number>;

  /**
   * In one transaction, takes up to `limit` rows that are under another master key and that nobody has locked (FOR UPDATE SKIP LOCKED),
   * and replaces each key by what `rewrap` gives. When `rewrap` throws, no row of the transaction changes and the error comes through.
   *
   * @returns the number of rows rewrapped
   */
  takeNotUnder(
    keyId: string,
    limit: number,
    rewrap: (row: CaseKeyRow) => Promise<WrappedKey>,
  ): Promise<number>;
}

/** The options of `rotateCaseKeys`. */
export interface RotationOptions {
  /** Rows per transaction. */
  readonly batch: number;
  /** Called after each batch with the rows rewrapped by this run and those still to do, by anyone. */
  readonly onProgress?: (progress: { readonly rewrapped: number; readonly left: number }) => void;
  /** Called with the row that stops the rotation, since the error itself names none. */
  readonly onFailedRow?: (caseId: string, error: unknown) => void;
  /** The milliseconds between two looks at rows that another transaction holds; 200 if not given. */
  readonly pauseMs?: number;
  /** The most looks in a row that may find nothing to take before the rotation gives up; 150 if not given. */
  readonly maxIdleLooks?: number;
}

/**
 * Wraps every case's data key anew under the current master key (end of a cryptoperiod, NIST SP 800-57 part 1, 5.3). The notes are not
 * touched: their data keys stay the same.
 *
 * Each batch is one transaction and both master keys are known to the service, so a kill at any point leaves every row readable, and
 * another run does the rest. Two runs at once share the rows.
 *
 * Before the rotation, all servers must run with the new current key: otherwise they go on adding rows under the old one. Withdraw the
 * old key only after this function has returned.
 *
 * @returns the number of rows that this run rewrapped; no row was under another key at the end
 * @throws RangeError when `batch` is not a positive integer
 * @throws UnavailableError('key-service') when a row's master key is unknown or the service cannot be reached
 * @throws VaultIntegrityError when a row's key does not authenticate: it is not skipped, since once the old master key is withdrawn
 * nothing could be done for it
 * @throws Error when rows stay locked by another transaction, when the current key changes meanwhile, or when the service does not unwrap
 * what it has just wrapped
 */
export async function rotateCaseKeys(
  store: CaseKeyStore,
  keys: KeyService,
  options: RotationOptions,
): Promise<{ readonly rewrapped: number }> {
  const { batch, pauseMs = 200, maxIdleLooks = 150 } = options;
  if (!Number.isSafeInteger(batch) || batch < 1) {
    throw new RangeError('the batch of a rotation is a positive integer');
  }
  const target = keys.currentKeyId;
  const rewrap = async (row: CaseKeyRow): Promise<WrappedKey> => {
    try {
      return await rewrapRow(keys, target, row);
    } catch (error) {
      options.onFailedRow?.(row.caseId, error);
      throw error;
    }
  };

  let rewrapped = 0;
  let idleLooks = 0;
  for (;;) {
    const taken = await store.takeNotUnder(target, batch, rewrap);
    const left = await store.countNotUnder(target);
    rewrapped += taken;
    if (taken > 0) {
      idleLooks = 0;
      options.onProgress?.({ rewrapped, left });
    }
    if (left === 0) {
      return { rewrapped };
    }
    if (taken === 0) {
      // The rows left are locked, most likely by another rotation; if that one is killed, this one takes them.
      idleLooks += 1;
      if (idleLooks >= maxIdleLooks) {
        throw new Error('rotation: the case keys left are locked by another transaction; run it again');
      }
      await sleep(pauseMs);
    }
  }
}

async function rewrapRow(keys: KeyService, target: string, row: CaseKeyRow): Promise<WrappedKey> {
  const dataKey = await keys.unwrap(row.wrapped, row.caseId);
  try {
    const wrapped = await keys.wrap(dataKey, row.caseId);
    if (wrapped.masterKeyId !== target) {
      throw new Error('rotation: the current master key has changed; run it again');
    }
    // The old form is about to be overwritten: a service that wraps badly must not cost a case its notes.
    const again = await keys.unwrap(wrapped, row.caseId);
    const same = again.equals(dataKey);
    again.fill(0);
    if (!same) {
      throw new Error('rotation: the key service does not unwrap what it has wrapped');
    }
    return wrapped;
  } finally {
    dataKey.fill(0);
  }
}
