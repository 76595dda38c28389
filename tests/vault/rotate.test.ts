import { describe, expect, test } from '@jest/globals';
import { UnavailableError } from '../../src/errors.js';
import { VaultIntegrityError } from '../../src/vault/integrity-error.js';
import type { KeyService } from '../../src/vault/key-service.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { createNoteVault } from '../../src/vault/note-vault.js';
import { rotateCaseKeys } from '../../src/vault/rotate.js';
import { masterKey } from './support/master-key.js';
import { MemoryTable, type Step } from './support/memory-store.js';

const FINGERPRINT_KEY = Buffer.alloc(32, 1);
const oldKeys = createLocalKeyService([masterKey('old')]);
const bothKeys = createLocalKeyService([masterKey('new'), masterKey('old')]);
const newKeys = createLocalKeyService([masterKey('new')]);

/** A table of cases under the old master key, and one sealed note of each. */
async function tableOf(cases: number): Promise<{ table: MemoryTable; notes: Map<string, Uint8Array> }> {
  const table = new MemoryTable();
  const notes = new Map<string, Uint8Array>();
  const vault = createNoteVault(oldKeys, FINGERPRINT_KEY);
  for (let index = 0; index < cases; index += 1) {
    const caseId = `case-${index}`;
    const wrapped = await vault.newCaseKey(caseId);
    table.rows.set(caseId, wrapped);
    notes.set(caseId, (await vault.openCaseKey(wrapped, caseId)).seal('n1', `note of ${caseId}`));
  }
  return { table, notes };
}

async function expectAllOpen(
  keys: KeyService,
  table: MemoryTable,
  notes: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const vault = createNoteVault(keys, FINGERPRINT_KEY);
  expect(table.rows.size).toBe(notes.size);
  for (const { caseId, wrapped } of table.backup()) {
    const key = await vault.openCaseKey(wrapped, caseId);
    expect(key.open('n1', notes.get(caseId) ?? new Uint8Array())).toBe(`note of ${caseId}`);
  }
}

/** The key service, with the process killable before and after each call. */
function steppedKeys(keys: KeyService, step: Step): KeyService {
  return {
    ...keys,
    async wrap(dataKey, caseId) {
      step('before wrap');
      const wrapped = await keys.wrap(dataKey, caseId);
      step('after wrap');
      return wrapped;
    },
    async unwrap(wrapped, caseId) {
      step('before unwrap');
      const dataKey = await keys.unwrap(wrapped, caseId);
      step('after unwrap');
      return dataKey;
    },
  };
}

class Killed extends Error {}

/** Counts the steps and throws at the n-th. */
function killAt(n: number): { step: Step; count: () => number } {
  let count = 0;
  return {
    step: () => {
      count += 1;
      if (count === n) {
        throw new Killed();
      }
    },
    count: () => count,
  };
}

describe('a rotation', () => {
  test('puts every case under the new key, and all notes open without the old one', async () => {
    const { table, notes } = await tableOf(10);
    expect(await rotateCaseKeys(table.connect(), bothKeys, { batch: 3 })).toEqual({ rewrapped: 10 });
    expect(table.notUnder('new')).toEqual([]);
    await expectAllOpen(newKeys, table, notes);
  });

  test('reports its progress after each batch', async () => {
    const { table } = await tableOf(5);
    const progress: unknown[] = [];
    await rotateCaseKeys(table.connect(), bothKeys, { batch: 2, onProgress: (step) => progress.push(step) });
    expect(progress).toEqual([
      { rewrapped: 2, left: 3 },
      { rewrapped: 4, left: 1 },
      { rewrapped: 5, left: 0 },
    ]);
  });

  test('run again changes nothing', async () => {
    const { table } = await tableOf(4);
    await rotateCaseKeys(table.connect(), bothKeys, { batch: 10 });
    const before = table.backup();
    expect(await rotateCaseKeys(table.connect(), bothKeys, { batch: 10 })).toEqual({ rewrapped: 0 });
    expect(table.backup()).toEqual(before);
  });

  test('of an empty table is done at once', async () => {
    expect(await rotateCaseKeys(new MemoryTable().connect(), bothKeys, { batch: 1 })).toEqual({
      rewrapped: 0,
    });
  });

  test('killed at any step leaves every note readable, and run again completes', async () => {
    const whole = killAt(Number.POSITIVE_INFINITY);
    const { table: sample } = await tableOf(5);
    await rotateCaseKeys(sample.connect(whole.step), steppedKeys(bothKeys, whole.step), { batch: 2 });
    expect(whole.count()).toBeGreaterThan(40);

    for (let n = 1; n <= whole.count(); n += 1) {
      const { table, notes } = await tableOf(5);
      const { step } = killAt(n);
      await expect(
        rotateCaseKeys(table.connect(step), steppedKeys(bothKeys, step), { batch: 2 }),
      ).rejects.toBeInstanceOf(Killed);
      await expectAllOpen(bothKeys, table, notes);

      const left = table.notUnder('new').length;
      expect(await rotateCaseKeys(table.connect(), bothKeys, { batch: 2 })).toEqual({ rewrapped: left });
      expect(table.notUnder('new')).toEqual([]);
      await expectAllOpen(newKeys, table, notes);
    }
  });

  test('killed again and again still comes to its end', async () => {
    const { table, notes } = await tableOf(6);
    let runs = 0;
    for (; table.notUnder('new').length > 0; runs += 1) {
      // Far enough for one batch of one row, never for two.
      const { step } = killAt(14);
      const run = rotateCaseKeys(table.connect(step), steppedKeys(bothKeys, step), { batch: 1 });
      await run.catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
      expect(runs).toBeLessThan(20);
    }
    expect(runs).toBeGreaterThan(3);
    await expectAllOpen(newKeys, table, notes);
  });

  test('beside another shares the rows with it, each row once', async () => {
    const { table, notes } = await tableOf(25);
    const options = { batch: 4, pauseMs: 1, maxIdleLooks: Number.POSITIVE_INFINITY };
    const results = await Promise.all([
      rotateCaseKeys(table.connect(), bothKeys, options),
      rotateCaseKeys(table.connect(), bothKeys, options),
      rotateCaseKeys(table.connect(), bothKeys, options),
    ]);
    expect(results.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(25);
    await expectAllOpen(newKeys, table, notes);
  });

  test('waits for rows that another holds, and takes them over when the other is killed', async () => {
    const { table, notes } = await tableOf(3);
    table.locked.add('case-1');
    let looks = 0;
    const step: Step = (name) => {
      if (name !== 'count') return;
      looks += 1;
      // It has been found held, and then again.
      if (looks === 3) table.locked.delete('case-1');
    };
    const running = rotateCaseKeys(table.connect(step), bothKeys, { batch: 10, pauseMs: 1 });
    expect(await running).toEqual({ rewrapped: 3 });
    expect(looks).toBe(4);
    await expectAllOpen(newKeys, table, notes);
  });

  test('does not claim to be complete while rows stay locked', async () => {
    const { table } = await tableOf(3);
    table.locked.add('case-1');
    const running = rotateCaseKeys(table.connect(), bothKeys, { batch: 10, pauseMs: 1, maxIdleLooks: 3 });
    await expect(running).rejects.toThrow('locked by another transaction');
    expect(table.notUnder('new')).toEqual(['case-1']);
  });

  test('stops at a key that does not authenticate, and names its case to the operator only', async () => {
    const { table } = await tableOf(3);
    const moved = table.rows.get('case-0');
    table.rows.set('case-1', moved as NonNullable<typeof moved>);
    const failed: string[] = [];
    const running = rotateCaseKeys(table.connect(), bothKeys, {
      batch: 10,
      onFailedRow: (caseId) => failed.push(caseId),
    });
    await expect(running).rejects.toBeInstanceOf(VaultIntegrityError);
    await expect(running).rejects.not.toThrow(/case-1/);
    expect(failed).toEqual(['case-1']);
    expect(table.notUnder('new')).toHaveLength(3);
  });

  test('stops as unavailable when a row is under a master key that is not known', async () => {
    const { table } = await tableOf(2);
    await expect(rotateCaseKeys(table.connect(), newKeys, { batch: 10 })).rejects.toBeInstanceOf(
      UnavailableError,
    );
    expect(table.notUnder('old')).toEqual([]);
  });

  test('keeps the old form when the service wraps something else', async () => {
    const { table, notes } = await tableOf(2);
    const faulty: KeyService = {
      ...bothKeys,
      wrap: (_key, caseId) => bothKeys.wrap(Buffer.alloc(32), caseId),
    };
    await expect(rotateCaseKeys(table.connect(), faulty, { batch: 10 })).rejects.toThrow('does not unwrap');
    await expectAllOpen(oldKeys, table, notes);
  });

  test('stops when the current key changes under way', async () => {
    const { table } = await tableOf(2);
    const moving: KeyService = { ...bothKeys, wrap: (key, caseId) => oldKeys.wrap(key, caseId) };
    await expect(rotateCaseKeys(table.connect(), moving, { batch: 10 })).rejects.toThrow('has changed');
  });

  test.each([0, -1, 1.5, Number.NaN])('is refused with a batch of %d', async (batch) => {
    await expect(rotateCaseKeys(new MemoryTable().connect(), bothKeys, { batch })).rejects.toBeInstanceOf(
      RangeError,
    );
  });
});

describe('after a rotation, with the old master key retired', () => {
  test('a backup of the wrapped keys from before does not open', async () => {
    const { table } = await tableOf(3);
    const backup = table.backup();
    await rotateCaseKeys(table.connect(), bothKeys, { batch: 10 });
    for (const { caseId, wrapped } of backup) {
      await expect(newKeys.unwrap(wrapped, caseId)).rejects.toBeInstanceOf(UnavailableError);
      // Nor does it when made to look as if it were under the new key.
      await expect(newKeys.unwrap({ ...wrapped, masterKeyId: 'new' }, caseId)).rejects.toBeInstanceOf(
        VaultIntegrityError,
      );
    }
  });

  test('the notes of an erased case are unreadable, in the backup too, and the others open', async () => {
    const { table, notes } = await tableOf(3);
    const backup = new Map(table.backup().map(({ caseId, wrapped }) => [caseId, wrapped]));
    const erasedNote = notes.get('case-1') ?? new Uint8Array();
    table.rows.delete('case-1');
    notes.delete('case-1');
    await rotateCaseKeys(table.connect(), bothKeys, { batch: 10 });
    await expectAllOpen(newKeys, table, notes);

    const vault = createNoteVault(newKeys, FINGERPRINT_KEY);
    const fromBackup = backup.get('case-1');
    await expect(
      vault.openCaseKey(fromBackup as NonNullable<typeof fromBackup>, 'case-1'),
    ).rejects.toBeInstanceOf(UnavailableError);
    for (const { caseId, wrapped } of table.backup()) {
      const key = await vault.openCaseKey(wrapped, caseId);
      expect(() => key.open('n1', erasedNote)).toThrow(VaultIntegrityError);
    }
  });
});
