import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { NoteStatus } from '../../../prisma/generated/enums.js';
import {
  amendsNote,
  type NoteRelation,
  whereReadsNote,
  writesNotesOfCase,
} from '../../access/interview-note/interview-note.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import type { WrappedKey } from '../../vault/key-service.js';
import type { CaseKey } from '../../vault/note-vault.js';
import { type CaseRow, requireCase } from '../case/cases.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireBody } from '../operation/input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';

export interface NoteRow extends NoteRelation {
  readonly id: string;
  readonly caseId: string;
  readonly status: NoteStatus;
  /** Its author leaves it out of what they hand over after a reassignment. */
  readonly keptBack: boolean;
  /** Sealed; `openNote` reads it. */
  readonly sealed: Uint8Array;
  readonly writtenAt: Date;
  readonly amendedAt: Date | null;
  readonly version: number;
}

export const MAX_NOTE_LENGTH = 50_000;

const NOTE = Prisma.sql`n.id, n.case_id as "caseId", n.district_id as "districtId", n.author_id as "authorId",
  n.reader_id as "readerId", n.readable_until as "readableUntil", n.kept_back as "keptBack", n.status::text as status, n.body as sealed, n.written_at as "writtenAt",
  n.amended_at as "amendedAt", n.version`;
const n = Prisma.sql`n`;

/** The notes of a case that the viewer may read, newest first. */
export async function listNotes(op: Operation, row: CaseRow, args: PageArgs): Promise<Page<NoteRow>> {
  const size = pageSize(args);
  const before = afterCursor(args, Prisma.sql`n.written_at`, Prisma.sql`n.id`, true);
  const mine = whereReadsNote(op.viewer, n);
  const rows = await batched(op, `notes:${size}:${args.after ?? ''}`, async (caseIds) => {
    // Notes are listed to be read: their keys travel with them. Only where there is one to read: a key that is opened
    // takes time, and would tell who has just been assigned a case of the notes that they do not get.
    const [notes, keys] = await Promise.all([
      op.tx.rows<NoteRow>`select n.* from unnest(${uuids(caseIds)}) parent(id)
        cross join lateral (select ${NOTE} from interview_note n
          where n.case_id = parent.id and ${mine} and ${before}
          order by n.written_at desc, n.id desc limit ${size + 1}) n`,
      op.tx.rows<CaseKeyRow>`select ${CASE_KEY} from case_key k
        where k.case_id in (select n.case_id from interview_note n where n.case_id = any (${uuids(caseIds)}) and ${mine})`,
    ]);
    await Promise.all(
      keys.map(async (key) => {
        // A key that does not open fails the text that asks for it, not the list.
        const opened = op.vault.openCaseKey(key, key.caseId).catch((error: unknown) => error as Error);
        caseKeys(op).prime(key.caseId, await opened);
      }),
    );
    return groupedBy(notes, (note) => note.caseId);
  }).load(row.id);
  op.log.record('READ_NOTES', { caseId: row.id });
  return toPage(rows ?? [], size, (note) => note.writtenAt);
}

/** A note that the viewer may read, or null: missing and forbidden alike. */
export async function loadNote(op: Operation, id: string): Promise<NoteRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'note', async (ids) =>
    byKey(
      await op.tx.rows<NoteRow>`select ${NOTE} from interview_note n
        where n.id = any (${uuids(ids)}) and ${whereReadsNote(op.viewer, n)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** The note that a write answers. Repeated under its idempotency key, the write is none, and is logged as the reading. */
async function answerNote(op: Operation, id: string): Promise<NoteRow | null> {
  const note = await loadNote(op, id);
  if (note !== null && op.log.isEmpty) op.log.record('READ_NOTES', { caseId: note.caseId });
  return note;
}

interface CaseKeyRow extends WrappedKey {
  readonly caseId: string;
}

const CASE_KEY = Prisma.sql`k.case_id as "caseId", k.master_key_id as "masterKeyId", k.wrapped`;

function caseKeys(op: Operation) {
  return batched(op, 'case-key', async (ids) => {
    const rows = await op.tx
      .rows<CaseKeyRow>`select ${CASE_KEY} from case_key k where k.case_id = any (${uuids(ids)})`;
    const opened = await Promise.all(
      rows.map(async (row) => [row.caseId, await op.vault.openCaseKey(row, row.caseId)] as const),
    );
    return new Map<string, CaseKey>(opened);
  });
}

async function requireCaseKey(op: Operation, caseId: string): Promise<CaseKey> {
  const key = await caseKeys(op).load(caseId);
  if (key === null) throw new NotFoundError();
  return key;
}

/** The note's text. @throws NotFoundError when its case's key has been destroyed */
export async function openNote(op: Operation, note: NoteRow): Promise<string> {
  return (await requireCaseKey(op, note.caseId)).open(note.id, note.sealed);
}

/**
 * The case's key, made where there is none. One is made each time, and thrown away where there is: the time of a first
 * note would tell who has just been assigned the case that nobody has written there before.
 */
async function ensureCaseKey(op: Operation, caseId: string): Promise<CaseKey> {
  const fresh = await op.vault.newCaseKey(caseId);
  await op.tx.run`insert into case_key (case_id, master_key_id, wrapped)
    values (${caseId}::uuid, ${fresh.masterKeyId}, ${new Uint8Array(fresh.wrapped)}) on conflict do nothing`;
  const [row] = await op.tx.rows<{ masterKeyId: string; wrapped: Uint8Array }>`
    select master_key_id as "masterKeyId", wrapped from case_key where case_id = ${caseId}::uuid`;
  if (row === undefined) throw new ForbiddenError();
  return op.vault.openCaseKey(row, caseId);
}

export interface WriteNoteInput {
  readonly caseId: string;
  readonly body: string;
  readonly draft?: boolean | null;
  readonly keepBack?: boolean | null;
}

/** Writes a note on a case that is assigned to the viewer. A draft is the author's alone and is never handed over. */
export async function writeNote(op: Operation, input: WriteNoteInput): Promise<NoteRow | null> {
  const id = await once(op, 'writeNote', input, async () => {
    const row = await requireCase(op, input.caseId, { missed: 'WRITE_NOTE' });
    if (!writesNotesOfCase(op.viewer, row)) throw new ForbiddenError();
    // Before it can fail: a refused write is of the confidential part as well.
    op.log.record('WRITE_NOTE', { caseId: row.id });
    const body = requireBody('input.body', input.body, MAX_NOTE_LENGTH);
    // Waits for a reassignment under way: the note belongs to who holds the case at its commit.
    const [held] = await op.tx.rows<{ id: string | null }>`
      select assigned_worker_id as id from "case" where id = ${row.id}::uuid for update`;
    if (held?.id !== op.viewer.workerId) throw new ForbiddenError();
    const noteId = randomUUID();
    const key = await ensureCaseKey(op, row.id);
    await op.tx.run`insert into interview_note (id, case_id, author_id, status, kept_back, body)
      values (${noteId}::uuid, ${row.id}::uuid, ${op.viewer.workerId}::uuid, ${input.draft === true ? 'DRAFT' : 'FINAL'}::"NoteStatus",
        ${input.keepBack === true}, ${new Uint8Array(key.seal(noteId, body))})`;
    return noteId;
  });
  return answerNote(op, id);
}

export interface AmendNoteInput {
  readonly id: string;
  readonly expectedVersion: number;
  readonly body?: string | null | undefined;
  readonly finalise?: boolean | null | undefined;
  readonly keepBack?: boolean | null | undefined;
}

/** Amends one's own note; a final one never becomes a draft again. */
export async function amendNote(op: Operation, input: AmendNoteInput): Promise<NoteRow | null> {
  const id = await once(op, 'amendNote', input, async () => {
    const note = await loadNote(op, input.id);
    op.log.record('AMEND_NOTE', { caseId: note?.caseId ?? null });
    if (note === null) throw new NotFoundError('input.id');
    if (!amendsNote(op.viewer, note)) throw new ForbiddenError();
    if (input.body === null) throw new InvalidInputError('input.body', 'blank');
    const keptBack = input.keepBack ?? note.keptBack;
    const body =
      input.body === undefined
        ? await openNote(op, note)
        : requireBody('input.body', input.body, MAX_NOTE_LENGTH);
    const status = input.finalise === true ? 'FINAL' : note.status;
    const key = await requireCaseKey(op, note.caseId);
    const changed = await op.tx.run`update interview_note
      set body = ${new Uint8Array(key.seal(note.id, body))}, status = ${status}::"NoteStatus", kept_back = ${keptBack},
        amended_at = now(), version = version + 1
      where id = ${note.id}::uuid and version = ${input.expectedVersion}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return note.id;
  });
  return answerNote(op, id);
}
