import { openJobsPool } from '../database/jobs-pool.js';
import type { LoginProver } from '../database/login-proof.js';
import { encounterKeyName } from './note-vault.js';
import type { CaseKeyStore } from './rotate.js';
import { TEXT_TABLES, type TextTable, textKeyName } from './sealed-text.js';

/** A table of wrapped keys: the columns that name a row, and the name under which the key of a row is wrapped. */
interface KeyTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly nameOf: (row: string) => string;
}

const TABLES: readonly KeyTable[] = [
  { table: 'case_key', columns: ['case_id'], nameOf: (id) => id },
  { table: 'encounter_key', columns: ['encounter_id'], nameOf: encounterKeyName },
  ...Object.entries(TEXT_TABLES).map(([table, columns]) => ({
    table,
    columns,
    nameOf: (row: string) => textKeyName(table as TextTable, row),
  })),
];

/** The rows to wrap anew. A text that is not sealed yet has no key: `npm run vault:seal` gives it one. */
const NOT_UNDER = `master_key_id <> $1 and master_key_id <> 'unsealed'`;

interface KeyRow {
  readonly names: readonly string[];
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/**
 * Opens the store of the wrapped keys of cases, encounters and texts, as the role `cosmos_jobs` sees them: all keys, and nothing of what
 * they open.
 */
export function openCaseKeyStore(
  url: string,
  prover: LoginProver,
): { store: CaseKeyStore; close(): Promise<void> } {
  const pool = openJobsPool(url, prover, 2);
  const store: CaseKeyStore = {
    countNotUnder: async (keyId) => {
      const counts = TABLES.map(({ table }) => `(select count(*) from ${table} where ${NOT_UNDER})`).join(
        ' + ',
      );
      const { rows } = await pool.query<{ count: number }>(`select (${counts})::integer as count`, [keyId]);
      return rows[0]?.count ?? 0;
    },
    takeNotUnder: async (keyId, limit, rewrap) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        let taken = 0;
        for (const { table, columns, nameOf } of TABLES) {
          const names = columns.map((column) => `${column}::text`).join(', ');
          const isRow = columns.map((column, nth) => `${column} = $${nth + 3}`).join(' and ');
          const { rows } = await client.query<KeyRow>(
            `select array[${names}] as names, master_key_id, wrapped from ${table} where ${NOT_UNDER}
              order by ${columns.join(', ')} limit $2 for update skip locked`,
            [keyId, limit - taken],
          );
          taken += rows.length;
          for (const row of rows) {
            const next = await rewrap({
              caseId: nameOf(row.names.join(':')),
              wrapped: { masterKeyId: row.master_key_id, wrapped: row.wrapped },
            });
            await client.query(`update ${table} set master_key_id = $1, wrapped = $2 where ${isRow}`, [
              next.masterKeyId,
              Buffer.from(next.wrapped),
              ...row.names,
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
