import { openJobsPool } from '../database/jobs-pool.js';
import type { LoginProver } from '../database/login-proof.js';
import type { NoteVault } from './note-vault.js';
import { sealText, type TextTable } from './sealed-text.js';

interface Unsealed {
  readonly kept_in: TextTable;
  readonly id: string;
  readonly version: number | null;
  readonly text: string;
}

/** The options of `sealTexts`. */
export interface SealingOptions {
  /** Texts per transaction; 100 if not given. */
  readonly batch?: number;
  /** Called after each batch, with the texts that this run has sealed and those still to do. */
  readonly onProgress?: (progress: { readonly sealed: number; readonly left: number }) => void;
}

/**
 * Seals the texts about persons that were written before texts were sealed, as the role `cosmos_jobs`. It sees only texts that are not
 * sealed.
 *
 * Each batch is one transaction: after a kill, every text is as it was or sealed, and another run does the rest. Two runs may work at the
 * same time: the one that comes second to a text leaves it alone.
 *
 * @returns the number of texts that this run found and sealed; none was left at the end
 * @throws UnavailableError('key-service') when the key service cannot be reached
 */
export async function sealTexts(
  url: string,
  prover: LoginProver,
  vault: NoteVault,
  { batch = 100, onProgress }: SealingOptions = {},
): Promise<{ readonly sealed: number }> {
  const pool = openJobsPool(url, prover, 1);
  try {
    for (let sealed = 0; ; ) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const { rows } = await client.query<Unsealed>('select * from unsealed_texts($1)', [batch]);
        for (const { kept_in, id, version, text } of rows) {
          const row = version === null ? id : `${id}:${version}`;
          const { body, masterKeyId, wrapped } = await sealText(vault, kept_in, row, text);
          await client.query('select seal_text($1, $2, $3, $4, $5, $6)', [
            kept_in,
            id,
            version,
            body,
            masterKeyId,
            wrapped,
          ]);
        }
        await client.query('commit');
        if (rows.length === 0) return { sealed };
        sealed += rows.length;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
      onProgress?.({ sealed, left: await countUnsealed(pool) });
    }
  } finally {
    await pool.end();
  }
}

/** Runs one query, as a pool or a connection does. */
interface Queries {
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Returns how many texts are not sealed yet. Any role of the county may ask. */
export async function countUnsealed(database: Queries): Promise<number> {
  const { rows } = await database.query('select count_unsealed_texts() as count');
  return (rows[0] as { readonly count: number } | undefined)?.count ?? 0;
}
