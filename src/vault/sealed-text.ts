import type { WrappedKey } from './key-service.js';
import type { NoteVault } from './note-vault.js';

/**
 * The tables that keep a text about a person, and the columns that name its row. Who may read the row may have its text opened. Interview
 * notes and encounters are not here: their keys have tables of their own, since a case has one key.
 */
export const TEXT_TABLES = {
  appointment_subject: ['appointment_id'],
  referral_content: ['referral_id'],
  incoming_request_content: ['request_id'],
  message_text: ['id'],
  danger_statement: ['release_id'],
  activity_report_text: ['report_id', 'version'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type TextTable = keyof typeof TEXT_TABLES;

/** The columns of a sealed text. */
export interface SealedText extends WrappedKey {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/** The columns as a row has them: all null if there is no text. */
export type SealedTextOrNone = {
  readonly [C in 'body' | 'masterKeyId' | 'wrapped']: SealedText[C] | null;
};

/** A row without a text. */
export const NO_TEXT: SealedTextOrNone = { body: null, masterKeyId: null, wrapped: null };

/** Returns the name under which the key of a row is wrapped and its text is sealed: they open in no other row, and in no other table. */
export function textKeyName(table: TextTable, row: string): string {
  return `${table}:${row}`;
}

const OF_THE_ROW = 'body';

/**
 * Seals a text under a new key of its own.
 *
 * With the row, the key is gone: an older backup opens only as long as the master key of its time is kept (see `NoteVault`).
 *
 * @param row the values of the columns in `TEXT_TABLES`, with `:` between them, as the database writes them
 * @returns the columns to store
 * @throws UnavailableError('key-service') when the key service cannot be reached; TypeError when the text is not well formed
 */
export async function sealText(
  vault: NoteVault,
  table: TextTable,
  row: string,
  text: string,
): Promise<SealedText> {
  const name = textKeyName(table, row);
  const key = await vault.newCaseKey(name);
  const body = (await vault.openCaseKey(key, name)).seal(OF_THE_ROW, text);
  return {
    body: new Uint8Array(body),
    masterKeyId: key.masterKeyId,
    wrapped: new Uint8Array(key.wrapped),
  };
}

/**
 * Opens the text of a row.
 *
 * @returns the text; null if the row has none
 * @throws UnavailableError('key-service') when the master key is unknown or the service cannot be reached
 * @throws VaultIntegrityError when this is not what was sealed for this row
 */
export async function openText(
  vault: NoteVault,
  table: TextTable,
  row: string,
  { body, masterKeyId, wrapped }: SealedTextOrNone,
): Promise<string | null> {
  if (body === null || masterKeyId === null || wrapped === null) return null;
  const name = textKeyName(table, row);
  return (await vault.openCaseKey({ masterKeyId, wrapped }, name)).open(OF_THE_ROW, body);
}
