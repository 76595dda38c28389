import { stringify } from 'csv-stringify/sync';

/** What a row of a CSV file may hold. */
export type CsvValue = string | number | null | undefined;

/**
 * The signs with which a spreadsheet begins a formula, also in full width. They count at the beginning of a cell, and after what another
 * spreadsheet takes for the end of one: where the comma is the decimal sign, cells end at a semicolon.
 */
const RUNS = /(^|[;|\t\r\n])(\s*)(?=[=+\-@\t\r＝＋－＠])/gu;

/** Returns a text that no spreadsheet runs. A quote before the sign makes it a text, as a person would type it. */
export function notRun(text: string): string {
  return text.replace(RUNS, "$1$2'");
}

/**
 * Writes rows as CSV by RFC 4180, with lines that end with CR LF. This is the only place that writes a file for a spreadsheet: texts are
 * written so that it runs none. Numbers stay as they are, the negative ones too.
 */
export function writeCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, CsvValue>>[],
): string {
  return stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          typeof value === 'string' ? notRun(value) : value,
        ]),
      ),
    ),
    { columns: [...columns], record_delimiter: 'windows' },
  );
}
