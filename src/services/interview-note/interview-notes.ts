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
import { Deferred } from '../../execution/deferred.js';
import type { AmendNoteInput, WriteNoteInput } from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import type { WrappedKey } from '../../vault/key-service.js';
import type { CaseKey } from '../../vault/note-vault.js';
import { type CaseRow, requireCase } from '../case/cases.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireBody } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';

/** A note, with its text sealed, and the columns that rule 1 compares. */
export interface NoteRow extends NoteRelation {
  readonly id: string;
  readonly caseId: string;
  readonly status: NoteStatus;
  /** True if its author leaves it out of what they hand over after a reassignment. */
  readonly keptBack: boolean;
  /** The sealed text in base64, which is shorter on the way than PostgreSQL's hexadecimal; `openNote` reads it. */
  readonly sealed: string;
  readonly writtenAt: Date;
  readonly amendedAt: Date | null;
  readonly version: number;
}

const NOTE = Prisma.sql`n.id, n.case_id as "caseId", n.district_id as "districtId", n.author_id as "authorId",
  n.reader_id as "readerId", n.readable_until as "readableUntil", n.kept_back as "keptBack", n.status::text as status, n.written_at as "writtenAt",
  n.amended_at as "amendedAt", n.version`;
const SEALED = Prisma.sql`encode(n.body, 'base64')`;
const n = Prisma.sql`n`;

/** Lists the notes of a case that the viewer may read, newest first. */
export async function listNotes(op: Operation, row: CaseRow, args: PageArgs): Promise<Page<NoteRow>> {
  const size = pageSize(args);
  const before = afterCursor(args, Prisma.sql`n.written_at`, Prisma.sql`n.id`, true);
  const mine = whereReadsNote(op.viewer, n);
  const rows = await batched(op, `notes:${size}:${args.after ?? ''}`, async (caseIds) => {
    // Notes are listed to be read, so their keys are loaded with them. A key is opened only if there is a note to read: opening takes
    // time, and the time would tell a worker who has just been assigned the case that there are notes they do not get.
    const keysOpened = op.tx.rows<CaseKeyRow>`select ${CASE_KEY} from unnest(${uuids(caseIds)}) parent(id)
      join case_key k on k.case_id = parent.id
      where exists (select from interview_note n where n.case_id = parent.id and ${mine})`.then((keys) =>
      Promise.all(keys.map((key) => openKey(op, key))),
    );
    const [notes] = await Promise.all([
      // The row that only tells of a next page is sent without its text.
      op.tx.rows<NoteRow>`select ${NOTE}, case when nth <= ${size} then ${SEALED} end as sealed
        from unnest(${uuids(caseIds)}) parent(id)
        cross join lateral (select *, row_number() over (order by n.written_at desc, n.id desc) as nth
          from (select * from interview_note n where n.case_id = parent.id and ${mine} and ${before}
            order by n.written_at desc, n.id desc limit ${size + 1}) n) n`,
      keysOpened,
    ]);
    return groupedBy(notes, (note) => note.caseId);
  }).load(row.id);
  op.log.record('READ_NOTES', { caseId: row.id });
  return toPage(rows ?? [], args, (note) => note.writtenAt);
}

/** Returns a note that the viewer may read, or null: a missing and a forbidden note answer alike. */
export async function loadNote(op: Operation, id: string): Promise<NoteRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'note', async (ids) =>
    byKey(
      await op.tx.rows<NoteRow>`select ${NOTE}, ${SEALED} as sealed from interview_note n
        where n.id = any (${uuids(ids)}) and ${whereReadsNote(op.viewer, n)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Returns the note that a write answers. A write repeated under its idempotency key writes nothing, and is logged as a reading. */
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

/** Opens a key for the texts of its case. If it does not open, the text that needs it fails, and not the list. */
async function openKey(op: Operation, key: CaseKeyRow): Promise<void> {
  const found = await op.vault.openCaseKey(key, key.caseId).catch((error: unknown) => error as Error);
  if (!(found instanceof Error)) openedKeys(op).set(key.caseId, found);
  caseKeys(op).prime(key.caseId, found);
}

const opened = new WeakMap<Operation, Map<string, CaseKey>>();

/** The keys that this operation has opened, by their cases. */
function openedKeys(op: Operation): Map<string, CaseKey> {
  const known = opened.get(op) ?? new Map<string, CaseKey>();
  opened.set(op, known);
  return known;
}

async function requireCaseKey(op: Operation, caseId: string): Promise<CaseKey> {
  const key = await caseKeys(op).load(caseId);
  if (key === null) throw new NotFoundError();
  return key;
}

/**
 * Opens the text of a note. If the key of its case is open, the text is deferred.
 * @throws NotFoundError when the key of its case has been destroyed
 */
export function openNote(op: Operation, note: NoteRow): Deferred<string> | Promise<string> {
  const open = (key: CaseKey): string => key.open(note.id, Buffer.from(note.sealed, 'base64'));
  const known = openedKeys(op).get(note.caseId);
  return known === undefined ? requireCaseKey(op, note.caseId).then(open) : new Deferred(() => open(known));
}

/**
 * Returns the key of the case, and makes one if there is none. A key is made each time, and thrown away if the case has one: otherwise
 * the time that a first note takes would tell the worker who has just been assigned the case that nobody has written there before.
 * @throws ForbiddenError
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

/**
 * Writes a note on a case that is assigned to the viewer. A draft is only for its author, and is never handed over.
 * @throws NotFoundError; ForbiddenError; InvalidInputError at `input.body`
 */
export async function writeNote(op: Operation, input: WriteNoteInput): Promise<NoteRow | null> {
  const id = await once(op, 'writeNote', input, async () => {
    const row = await requireCase(op, input.caseId, { missed: 'WRITE_NOTE' });
    if (!writesNotesOfCase(op.viewer, row)) throw new ForbiddenError();
    // The line comes before the checks: a refused write belongs to the confidential part of the log, too.
    op.log.record('WRITE_NOTE', { caseId: row.id });
    const body = requireBody('input.body', input.body, LONGEST.note);
    // This waits for a reassignment under way: the note belongs to the worker who holds the case at its commit.
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

/**
 * Amends a note of the viewer's own. A final note never becomes a draft again.
 * @throws NotFoundError; ForbiddenError; InvalidInputError at `input.body`; ConflictError VERSION_CHANGED
 */
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
        ? (await openNote(op, note)).valueOf()
        : requireBody('input.body', input.body, LONGEST.note);
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
