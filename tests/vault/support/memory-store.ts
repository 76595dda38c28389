import type { WrappedKey } from '../../../src/vault/key-service.js';
import type { CaseKeyRow, CaseKeyStore } from '../../../src/vault/rotate.js';

/** Where a process can be killed: `step` throws there. */
export type Step = (name: string) => void;

/**
 * The rows of a table and their locks, with the transactions of PostgreSQL that the rotation relies on:
 * all rows of a transaction change at its commit or none does, and locked rows are skipped.
 */
export class MemoryTable {
  readonly rows = new Map<string, WrappedKey>();
  readonly locked = new Set<string>();

  notUnder(keyId: string): string[] {
    return [...this.rows].filter(([, row]) => row.masterKeyId !== keyId).map(([caseId]) => caseId);
  }

  /** What a backup taken now holds. */
  backup(): CaseKeyRow[] {
    return [...this.rows].map(([caseId, wrapped]) => ({ caseId, wrapped }));
  }

  /** One process's connection to the table. */
  connect(step: Step = () => undefined): CaseKeyStore {
    return {
      countNotUnder: async (keyId) => {
        step('count');
        return this.notUnder(keyId).length;
      },
      takeNotUnder: async (keyId, limit, rewrap) => {
        step('begin');
        const taken = this.notUnder(keyId)
          .filter((caseId) => !this.locked.has(caseId))
          .slice(0, limit);
        for (const caseId of taken) {
          this.locked.add(caseId);
        }
        try {
          const updates = new Map<string, WrappedKey>();
          for (const caseId of taken) {
            step('before a row');
            updates.set(caseId, await rewrap({ caseId, wrapped: this.rows.get(caseId) as WrappedKey }));
            step('after a row');
          }
          step('before commit');
          for (const [caseId, wrapped] of updates) {
            this.rows.set(caseId, wrapped);
          }
          step('after commit');
          return taken.length;
        } finally {
          for (const caseId of taken) {
            this.locked.delete(caseId);
          }
        }
      },
    };
  }
}
