import type { NoteVault } from '../../src/vault/note-vault.js';
import {
  NO_TEXT,
  type SealedTextOrNone,
  sealText,
  TEXT_TABLES,
  type TextTable,
} from '../../src/vault/sealed-text.js';
import { bytes, type Row } from './rows.js';

/** A row, and its text before it is sealed. They stay apart, so that no text can be inserted by mistake. */
export interface RowWithText {
  readonly row: Row;
  /** Null if the row has none. */
  readonly text: string | null;
}

/** Returns the columns of a sealed text, as a row has them. */
const asColumns = ({ body, masterKeyId, wrapped }: SealedTextOrNone): Row => ({
  body: body === null ? null : bytes(body),
  master_key_id: masterKeyId,
  wrapped: wrapped === null ? null : bytes(wrapped),
});

/** Seals the texts of rows of a table. */
export async function sealRows(
  vault: NoteVault,
  table: TextTable,
  rows: readonly RowWithText[],
): Promise<readonly Row[]> {
  const sealed: Row[] = [];
  for (const { row, text } of rows) {
    const name = TEXT_TABLES[table].map((column) => String(row[column])).join(':');
    sealed.push({ ...row, ...asColumns(text === null ? NO_TEXT : await sealText(vault, table, name, text)) });
  }
  return sealed;
}
