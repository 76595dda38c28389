import type pg from 'pg';
import { createRandom, type Random } from './content/random.js';

/** A row with the column names of the database. Bytes are written as `\x…`, instants and days as ISO 8601. */
export type Row = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

const BATCH = 500;

/** Returns bytes in the form of a row. */
export function bytes(value: Uint8Array): string {
  return `\\x${Buffer.from(value).toString('hex')}`;
}

/** Returns the random stream of a subject, for the part of the county with this name. A draw in one part changes nothing in another. */
export function streamOf(subject: string, part: string): Random {
  return createRandom(part === '' ? `cosmos:${subject}` : `cosmos:${subject}:${part}`);
}

/** Returns a function that makes identifiers, the same at every run. Each kind of thing has a stream of its own. */
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
