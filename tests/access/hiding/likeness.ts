import type { TestDatabase } from '../../support/database.js';

/** Ids, references of persons, cases and papers. */
const NAMES =
  /[0-9a-f]{8}-[0-9a-f-]{27}|\b(?:P-[A-Z0-9]{6,}|D-[A-Z0-9]{4,}(?:-[A-Z0-9]+)*|[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2})\b/g;
const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/**
 * Replaces in an answer what each county has of its own: secrets, the machine's time in the access log, and the ids and references of rows that
 * are newer than the first day. These get a name by their order in the answer.
 */
export class Likeness {
  readonly #known: ReadonlySet<string>;

  private constructor(known: ReadonlySet<string>) {
    this.#known = known;
  }

  /** Keeps the ids and references that both counties have on the first day. */
  static async of(databases: readonly [TestDatabase, TestDatabase]): Promise<Likeness> {
    const [one, other] = await Promise.all(databases.map(namesIn));
    return new Likeness(new Set([...(one ?? [])].filter((name) => other?.has(name) === true)));
  }

  normalise(text: string): string {
    const seen = new Map<string, string>();
    return (
      text
        .replace(
          /"((?:end|start)?[cC]ursor)":"([\w+/=-]+)"/g,
          (_, field: string, cursor: string) =>
            `"${field}":${JSON.stringify(Buffer.from(cursor, 'base64url').toString())}`,
        )
        .replace(/\/calendar\/[\w-]{43}\.ics|\b[\w-]{43}\b/g, 'a secret')
        // If many rows are refused, it may be chance which one the error names.
        .replace(
          /"locations":\[[^\]]*\],"path":\[[^\]]*("\w+")\](?=,"extensions":\{"code":"FORBIDDEN"\})/g,
          '"path":[$1]',
        )
        .replace(/(?<=\["content-length",)"\d+"/, '"as long as it is"')
        .replace(/DTSTAMP:\w+/g, 'DTSTAMP')
        // Each county signs tokens of its own, and the officer reads their digests in the log.
        .replace(/"tokenDigest":"[0-9a-f]+"/g, '"tokenDigest":"of a token"')
        .replace(NAMES, (name) => {
          if (this.#known.has(name)) return name;
          const told = seen.get(name) ?? `new ${seen.size}`;
          seen.set(name, told);
          return told;
        })
        .replace(TIMES, (time) =>
          Math.abs(Date.parse(time) - Date.now()) < 3_600_000 ? 'machine time' : time,
        )
    );
  }
}

async function namesIn({ sql }: TestDatabase): Promise<Set<string>> {
  const columns = await sql<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
       and (a.attname, a.atttypid) in (('id', 'uuid'::regtype), ('reference', 'text'::regtype))`,
  );
  const rows = await sql<{ name: string | null }>(
    columns
      .map(({ table, column }) => `select "${column}"::text as name from "${table}"`)
      .join(' union all '),
  );
  return new Set(rows.flatMap(({ name }) => (name === null ? [] : [name])));
}

/** Where two answers differ, such as `waitingList.edges.node.rank`, and what each says there. If one has more rows, this is its list. */
export interface Parting {
  readonly path: string;
  readonly one: string;
  readonly other: string;
}

const MOST = 60;

/** @param root the root field, if the answer has it under many aliases */
export function partings(one: string, other: string, root: string): Parting[] {
  const [left, right] = [one, other].map((text) => {
    const [status = '', headers = '', ...body] = text.split('\n');
    try {
      return { status, headers, body: JSON.parse(body.join('\n')) as unknown };
    } catch {
      return { status, headers, body: body.join('\n').split('\n') };
    }
  });
  const found: Parting[] = [];
  const walk = (path: string, a: unknown, b: unknown): void => {
    if (found.length >= MOST || JSON.stringify(a) === JSON.stringify(b)) return;
    const tell = (): void => {
      const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 400);
      found.push({ path, one: short(a), other: short(b) });
    };
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length)
        found.push({ path: `${path}.length`, one: String(a.length), other: String(b.length) });
      // The first row that differs is enough: one row more shifts all that follow.
      for (let nth = 0; nth < Math.min(a.length, b.length); nth += 1) walk(path, a[nth], b[nth]);
    } else if (isObject(a) && isObject(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        walk(/^[ar]\d+$/.test(key) ? `${path}.${root}` : `${path}.${key}`, a[key], b[key]);
    } else tell();
  };
  walk('', left, right);
  return found.map(({ path, ...said }) => ({ path: path.replace(/^\.(body\.(data\.)?)?/, ''), ...said }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
