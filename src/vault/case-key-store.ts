import pg from 'pg';
import type { CaseKeyStore } from './rotate.js';

interface KeyRow {
  readonly case_id: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/** The wrapped case keys, as the role `cosmos_jobs` sees them: all of them, and nothing of a case. */
export function openCaseKeyStore(url: string): { store: CaseKeyStore; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000 });
  const store: CaseKeyStore = {
    countNotUnder: async (keyId) => {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::integer as count from case_key where master_key_id <> $1',
        [keyId],
      );
      return rows[0]?.count ?? 0;
    },
    takeNotUnder: async (keyId, limit, rewrap) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const { rows } = await client.query<KeyRow>(
          'select case_id, master_key_id, wrapped from case_key where master_key_id <> $1 order by case_id limit $2 for update skip locked',
          [keyId, limit],
        );
        for (const row of rows) {
          const next = await rewrap({
            caseId: row.case_id,
            wrapped: { masterKeyId: row.master_key_id, wrapped: row.wrapped },
          });
          await client.query('update case_key set master_key_id = $2, wrapped = $3 where case_id = $1', [
            row.case_id,
            next.masterKeyId,
            Buffer.from(next.wrapped),
          ]);
        }
        await client.query('commit');
        return rows.length;
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
