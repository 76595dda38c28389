import type pg from 'pg';
import { createRandom, type Random } from './content/random.js';

/** A row as the database names its columns; bytes as `\x…`, instants and days as ISO 8601. */
export type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

const BATCH = 500;

/** Bytes as a row has them. */
export function bytes(value: Uint8Array): string {
  return `\\x${Buffer.from(value).toString('hex')}`;
}

/** The stream of a subject, for a part of the county of this name: what is drawn in one part moves nothing in another. */
export function streamOf(subject: string, part: string): Random {
  return createRandom(part === '' ? `cosmos:${subject}` : `cosmos:${subject}:${part}`);
}

/** Identifiers that are the same at every run; one stream for each kind of thing. */
export function makeIds(kind: string, part = ''): () => string {
  const random = streamOf(`id:${kind}`, part);
  return () => random.uuid();
}

/** Inserts rows that all name the same columns; the other columns take their defaults. */
export async function insertRows(
  client: pg.ClientBase,
  table: string,
  rows: readonly Row[],
  onBatch: (rows: number) => void = () => undefined,
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).map((column) => client.escapeIdentifier(column));
  const name = client.escapeIdentifier(table);
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    await client.query(
      `insert into ${name} (${columns.join(', ')})
       select ${columns.join(', ')} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
      [JSON.stringify(batch)],
    );
    onBatch(batch.length);
  }
}

/** Sets one column of the rows with these ids. */
export async function updateColumn(
  client: pg.ClientBase,
  table: string,
  column: string,
  rows: readonly Row[],
): Promise<void> {
  const [name, set] = [client.escapeIdentifier(table), client.escapeIdentifier(column)];
  await client.query(
    `update ${name} t set ${set} = r.${set} from jsonb_populate_recordset(null::${name}, $1::jsonb) r where t.id = r.id`,
    [JSON.stringify(rows)],
  );
}
