import type { Operation } from '../../operation.js';
import type { NoteVault } from '../../vault/note-vault.js';
import { openText, type SealedText, type SealedTextOrNone, sealText } from '../../vault/sealed-text.js';

/** What a team says of its year. */
export interface Narrative {
  readonly fr: string;
  /** Null unless the team gives it in English too. */
  readonly en: string | null;
}

/** The version of a report's text, with the text sealed. */
export interface SealedNarrative extends SealedTextOrNone {
  /** Null if nobody has written anything yet. */
  readonly reportId: string | null;
  readonly version: number;
  /** What stands in the place of a text that was withdrawn; null unless it was. */
  readonly withdrawn: string | null;
}

/** Seals a narrative. Both languages are one text, so the row does not tell whether there is an English one. */
export function sealNarrative(
  vault: NoteVault,
  reportId: string,
  version: number,
  { fr, en }: Narrative,
): Promise<SealedText> {
  return sealText(vault, 'activity_report_text', `${reportId}:${version}`, JSON.stringify([fr, en]));
}

/** Opens what the team says; null if it declines, or has written nothing yet. A text that was withdrawn says on which day. */
export async function openNarrative(op: Operation, row: SealedNarrative): Promise<Narrative | null> {
  if (row.withdrawn !== null) return { fr: row.withdrawn, en: null };
  const text = await openText(op.vault, 'activity_report_text', `${row.reportId}:${row.version}`, row);
  if (text === null) return null;
  const [fr, en] = JSON.parse(text) as readonly [string, string | null];
  return { fr, en };
}
