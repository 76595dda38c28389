import { openJobsPool } from '../database/jobs-pool.js';
import type { LoginProver } from '../database/login-proof.js';
import { encounterKeyName } from './note-vault.js';
import type { CaseKeyStore } from './rotate.js';

/** A table of wrapped keys: the column of their owner, and the name under which each is wrapped. */
interface KeyTable {
  readonly table: string;
  readonly column: string;
  readonly nameOf: (id: string) => string;
}

const TABLES: readonly KeyTable[] = [
  { table: 'case_key', column: 'case_id', nameOf: (id) => id },
  { table: 'encounter_key', column: 'encounter_id', nameOf: encounterKeyName },
];

interface KeyRow {
  readonly id: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/**
 * Opens the store of the wrapped keys of cases and encounters, as the role `cosmos_jobs` sees them: all keys, and nothing of what they
 * open.
 */
export function openCaseKeyStore(
  url: string,
  prover: LoginProver,
): { store: CaseKeyStore; close(): Promise<void> } {
  const pool = openJobsPool(url, prover, 2);
  const store: CaseKeyStore = {
    countNotUnder: async (keyId) => {
      const counts = TABLES.map(
        ({ table }) => `(select count(*) from ${table} where master_key_id <> $1)`,
      ).join(' + ');
      const { rows } = await pool.query<{ count: number }>(`select (${counts})::integer as count`, [keyId]);
      return rows[0]?.count ?? 0;
    },
    takeNotUnder: async (keyId, limit, rewrap) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        let taken = 0;
        for (const { table, column, nameOf } of TABLES) {
          const { rows } = await client.query<KeyRow>(
            `select ${column} as id, master_key_id, wrapped from ${table} where master_key_id <> $1
              order by ${column} limit $2 for update skip locked`,
            [keyId, limit - taken],
          );
          taken += rows.length;
          for (const row of rows) {
            const next = await rewrap({
              caseId: nameOf(row.id),
              wrapped: { masterKeyId: row.master_key_id, wrapped: row.wrapped },
            });
            await client.query(`update ${table} set master_key_id = $2, wrapped = $3 where ${column} = $1`, [
              row.id,
              next.masterKeyId,
              Buffer.from(next.wrapped),
            ]);
          }
        }
        await client.query('commit');
        return taken;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
  };
  return { store, close: () => pool.end() };
}
