import { sealText, TEXT_TABLES, type TextTable } from '../../../src/vault/sealed-text.js';
import type { TestDatabase } from '../database.js';
import { together } from '../together.js';
import { testVault } from '../vault.js';
import { actTables } from './act.js';
import { agendaTables } from './agenda.js';
import { appointmentTables } from './appointment.js';
import { caseTables } from './case.js';
import { dataProtectionTables } from './data-protection.js';
import { directoryTables } from './directory.js';
import { interviewNoteTables } from './interview-note.js';
import { orientationTables } from './orientation.js';
import { personTables } from './person.js';
import { receptionTables } from './reception.js';
import { releaseTables } from './release.js';
import { statisticsTables } from './statistics.js';
import type { Sayable, UsualRows } from './table.js';
import { waitingListTables } from './waiting-list.js';

const TABLES = {
  ...directoryTables,
  ...actTables,
  ...dataProtectionTables,
  ...personTables,
  ...caseTables,
  ...agendaTables,
  ...appointmentTables,
  ...interviewNoteTables,
  ...releaseTables,
  ...receptionTables,
  ...orientationTables,
  ...waitingListTables,
  ...statisticsTables,
} satisfies UsualRows;

type Tables = typeof TABLES;

/** What a test says of a row; what it leaves out, or says is `undefined`, is as usual. */
export type Given<T extends keyof Tables> = Undefinable<Sayable<T>>;
type Undefinable<R> = { readonly [C in keyof R]?: R[C] | BytesOf<R[C]> | undefined };
/** Bytes of any buffer, where the column has bytes. */
type BytesOf<V> = Extract<V, Uint8Array> extends never ? never : Uint8Array;

/** One builder for each table: inserts a row, and answers its id; nothing, where the table has no ids. */
export type Rows = { readonly [T in keyof Tables]: (given?: Given<T>) => Promise<string> };

/** `addressLine` is `address_line`. */
const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** As JSON has it, for PostgreSQL to read. */
const asJson = (value: unknown): unknown =>
  value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value;

/** Replaces the `text` of a row by its sealed form, in the tables that have one. */
async function sealed(table: string, row: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { text, ...rest } = row;
  if (!isTextTable(table) || typeof text !== 'string') return isTextTable(table) ? rest : row;
  const names = TEXT_TABLES[table].map((column) => String(row[fieldOf(column)]));
  return { ...rest, ...(await sealText(testVault(), table, names.join(':'), text)) };
}

const isTextTable = (table: string): table is TextTable => table in TEXT_TABLES;
/** `address_line` is `addressLine`. */
const fieldOf = (column: string): string => column.replace(/_./g, (of) => of.charAt(1).toUpperCase());

/**
 * The builders of a database: `make.absence({ workerId, districtId })`. They write as its superuser, in SQL: constraints and triggers
 * hold, row-level security does not. What is said in the same tick is one statement for each table and set of columns.
 * @param insert of {@link together}, for who builds with it as well
 */
export function rowsOf(database: TestDatabase, insert = together(database).insert): Rows {
  const builders = Object.entries<() => object>(TABLES).map(([name, usual]) => {
    const build = async (given: Record<string, unknown> = {}): Promise<string> => {
      const said = Object.entries(given).filter(([, value]) => value !== undefined);
      const row = await sealed(columnOf(name), { ...usual(), ...Object.fromEntries(said) });
      const id = await insert(
        columnOf(name),
        Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf(field), asJson(value)])),
      );
      return 'id' in row ? id : '';
    };
    return [name, build];
  });
  return Object.fromEntries(builders) as Rows;
}
