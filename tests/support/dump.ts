import type { TestDatabase } from './database.js';

/**
 * Everything that a dump of the database has, as its superuser reads it: each row of each table, in every schema, and what the planner
 * keeps of their values. Bytes are in hexadecimal, as `pg_dump` writes them.
 */
export async function dumpOf(database: TestDatabase): Promise<string> {
  // Column by column: the text of a whole row would double each quotation mark.
  const tables = await database.sql<{ name: string; columns: string }>(
    `select c.oid::regclass::text as name, string_agg(format('%I::text', a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where not a.attisdropped and (c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
       or c.oid in ('pg_stats'::regclass, 'pg_stats_ext'::regclass)) group by c.oid order by 1`,
  );
  const parts: string[] = [];
  for (const { name, columns } of tables)
    for (const { row } of await database.sql<{ row: string }>(
      `select concat_ws(E'\\t', ${columns}) as row from ${name}`,
    ))
      parts.push(`${name} ${row}`);
  return parts.join('\n');
}

/** The part of a base64 text that does not depend on what stands before and after, for each of the three places in a group. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const whole = text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
    return whole;
  });
}

/** The forms in which a sentence may stand in a text: as it is, in JSON, in hexadecimal, and in base64 of either alphabet. */
export function formsOf(sentence: string): readonly string[] {
  const encodings = [Buffer.from(sentence, 'utf8'), Buffer.from(sentence, 'utf16le')];
  const encoded = encodings.flatMap((bytes) => [
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Of(bytes).flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ]);
  const inJson = JSON.stringify(sentence).slice(1, -1);
  const escaped = inJson.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([sentence, inJson, escaped, encodeURIComponent(sentence), ...encoded])];
}

/** The forms of a sentence that a text holds; none, if it does not hold the sentence. */
export function findIn(text: string, sentence: string): readonly string[] {
  return formsOf(sentence).filter((form) => text.includes(form));
}
