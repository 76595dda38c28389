import DataLoader from 'dataloader';
import type { TestDatabase } from './database.js';

/** What many builders do at once, each of them one row at a time: what they say in the same tick is one statement. */
export interface Together {
  /** Inserts a row; answers its `id`. */
  insert(table: string, row: Record<string, unknown>): Promise<string>;
  /** A statement about `any($1)` of the ids that it is said of. What else it takes follows. */
  each(statement: string, id: string, ...values: unknown[]): Promise<void>;
  /** The first `value` that a query over `any($1)` has for this `key`; empty if there is none. */
  value(query: string, key: string): Promise<string>;
}

/** Builds on the database as its superuser. One statement at a time: none of them waits for another's rows. */
export function together(database: TestDatabase): Together {
  const loaders = new Map<string, DataLoader<unknown, string>>();
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = before.then(work);
    before = mine.catch(() => undefined);
    return mine;
  };
  const gathered = <K>(
    name: string,
    one: K,
    all: (keys: readonly K[]) => Promise<string[]>,
  ): Promise<string> => {
    let loader = loaders.get(name);
    if (loader === undefined) {
      loader = new DataLoader<unknown, string>((keys) => inTurn(() => all(keys as readonly K[])), {
        cache: false,
      });
      loaders.set(name, loader);
    }
    return loader.load(one);
  };
  return {
    insert: (table, row) => {
      const columns = Object.keys(row).join(', ');
      return gathered(`insert ${table} ${columns}`, row, async (rows) => {
        await database.sql(
          `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
          [JSON.stringify(rows)],
        );
        return rows.map((made) => String(made['id']));
      });
    },
    each: async (statement, id, ...values) => {
      await gathered(`${statement} ${JSON.stringify(values)}`, id, async (ids) => {
        await database.sql(statement, [ids, ...values]);
        return [...ids];
      });
    },
    value: (query, key) =>
      gathered(query, key, async (keys) => {
        const found = new Map<string, string>();
        for (const row of await database.sql<{ key: string; value: string }>(query, [keys]))
          if (!found.has(row.key)) found.set(row.key, row.value);
        return keys.map((asked) => found.get(asked) ?? '');
      }),
  };
}
