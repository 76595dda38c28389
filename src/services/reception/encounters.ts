import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { followsItsCase } from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import {
  type EncounterRelation,
  holdsEncounter,
  recordsEncounters,
  selectIsKept,
  whereReadsEncounter,
  writesForCase,
} from '../../access/reception/encounter.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  PassOnEncounterInput,
  RecordEncounterInput,
  WriteEncounterInput,
} from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import type { WrappedKey } from '../../vault/key-service.js';
import { type CaseKey, encounterKeyName } from '../../vault/note-vault.js';
import { findAppointment } from '../appointment/appointments.js';
import { loadKnownCase, requireCase, requireOpenCase } from '../case/cases.js';
import { once } from '../operation/idempotency.js';
import { optionalBody, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { requireBookable } from '../person/persons.js';
import { loadVisit } from './visits.js';

/** An encounter, with its text sealed, and the columns that its rules compare. */
export interface EncounterRow extends EncounterRelation {
  readonly id: string;
  readonly personId: string | null;
  readonly visitId: string | null;
  readonly appointmentId: string | null;
  /** The sealed text; `openEncounter` reads it. Null when nothing is written. */
  readonly sealed: Uint8Array | null;
  readonly heldAt: Date;
  readonly passedOnAt: Date | null;
  readonly version: number;
}

/** The id of an encounter that was passed on or deleted: the worker who held it no longer reads it. */
export interface GivenUpEncounter {
  readonly id: string;
}

const e = Prisma.sql`e`;
const ENCOUNTER = Prisma.sql`e.id, e.district_id as "districtId", e.held_by_id as "heldById", e.reader_id as "readerId",
  e.case_id as "caseId", e.for_case_id as "forCaseId", e.stands_for_id as "standsForId", ${selectIsKept(e)} as "isKept", e.person_id as "personId", e.visit_id as "visitId",
  e.appointment_id as "appointmentId", e.body as sealed, e.held_at as "heldAt", e.passed_on_at as "passedOnAt", e.version`;

/** Logs the action under the case that the encounter was passed on to or is written for; any other belongs to no case. */
function record(
  op: Operation,
  action: AccessAction,
  row: Pick<EncounterRow, 'caseId' | 'forCaseId' | 'personId'>,
): void {
  const caseId = row.caseId ?? row.forCaseId;
  op.log.record(action, caseId === null ? { personId: row.personId } : { caseId });
}

const OF_NO_CASE = { caseId: null, forCaseId: null, personId: null } as const;

/** Lists the encounters that the viewer held and those passed on to them, the latest first. */
export async function listEncounters(op: Operation, args: PageArgs): Promise<Page<EncounterRow>> {
  const size = pageSize(args);
  const rows = await op.tx.rows<EncounterRow>`select ${ENCOUNTER} from encounter e
    where ${whereReadsEncounter(op.viewer, e)} and ${afterCursor(args, Prisma.sql`e.held_at`, Prisma.sql`e.id`, true)}
    order by e.held_at desc, e.id desc limit ${size + 1}`;
  const page = toPage(rows, args, (row) => row.heldAt);
  for (const { node } of page.edges) record(op, 'READ_ENCOUNTER_NOTES', node);
  return page;
}

async function find(op: Operation, id: string): Promise<EncounterRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'encounter', async (ids) =>
    byKey(
      await op.tx.rows<EncounterRow>`select ${ENCOUNTER} from encounter e
        where e.id = any (${uuids(ids)}) and ${whereReadsEncounter(op.viewer, e)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Returns an encounter that the viewer may read, or null: a missing and a forbidden one answer alike. */
export async function loadEncounter(op: Operation, id: string): Promise<EncounterRow | null> {
  const row = await find(op, id);
  if (row !== null) record(op, 'READ_ENCOUNTER_NOTES', row);
  return row;
}

/** Returns the encounter that a write answers. A write repeated under its idempotency key writes nothing, and is logged as a reading. */
async function answer(op: Operation, id: string): Promise<EncounterRow | null> {
  return op.log.isEmpty ? loadEncounter(op, id) : find(op, id);
}

interface KeyRow extends WrappedKey {
  readonly id: string;
}

async function requireKey(op: Operation, encounterId: string): Promise<CaseKey> {
  const key = await batched(op, 'encounter-key', async (ids) => {
    const rows = await op.tx.rows<KeyRow>`
      select k.encounter_id as id, k.master_key_id as "masterKeyId", k.wrapped from encounter_key k
      where k.encounter_id = any (${uuids(ids)})`;
    const opened = await Promise.all(
      rows.map(async (row) => [row.id, await op.vault.openCaseKey(row, encounterKeyName(row.id))] as const),
    );
    return new Map<string, CaseKey>(opened);
  }).load(encounterId);
  if (key === null) throw new NotFoundError();
  return key;
}

/**
 * Opens the encounter's text; null when nothing is written.
 * @throws NotFoundError when its key has been destroyed
 */
export async function openEncounter(op: Operation, row: EncounterRow): Promise<string | null> {
  return row.sealed === null ? null : (await requireKey(op, row.id)).open(row.id, row.sealed);
}

const seal = (key: CaseKey, id: string, text: string | null): Uint8Array<ArrayBuffer> | null =>
  text === null ? null : new Uint8Array(key.seal(id, text));

/** Returns the id of a visit of the district that the viewer receives. */
async function requireOwnVisit(op: Operation, id: string, districtId: string): Promise<string> {
  const row = await loadVisit(op, id);
  if (row === null || row.districtId !== districtId || row.workerId !== op.viewer.workerId)
    throw new NotFoundError('input.visitId');
  return row.id;
}

/**
 * Returns the id of an open case of the district for which the viewer writes: a case that they opened and nobody is assigned to, or a case
 * of a worker for whom they stand in.
 * @throws NotFoundError at `input.caseId`, alike for any other case and for one that is not there; ConflictError CASE_CLOSED
 */
async function requireWrittenFor(op: Operation, id: string, districtId: string): Promise<string> {
  const row = await loadKnownCase(op, id);
  if (row === null || row.districtId !== districtId || !writesForCase(op.viewer, row))
    throw new NotFoundError('input.caseId');
  record(op, 'RECORD_ENCOUNTER_NOTE', { ...OF_NO_CASE, forCaseId: row.id });
  requireOpenCase(row);
  return row.id;
}

/**
 * Returns the id of an appointment of the district in which the viewer takes part. If it belongs to a case that the viewer follows, notes
 * about it belong in that case, and the encounter must be written for it. A viewer who does not follow the case does not learn of it.
 */
async function requireOwnAppointment(
  op: Operation,
  id: string,
  districtId: string,
  forCaseId: string | null,
): Promise<string> {
  const row = await findAppointment(op, id);
  const isOwn = row?.workerIds.some((workerId) => workerId === op.viewer.workerId) ?? false;
  if (row === null || !isOwn || row.districtId !== districtId) throw new NotFoundError('input.appointmentId');
  if (row.caseId !== null && row.caseId !== forCaseId && followsItsCase(op.viewer, row))
    throw new InvalidInputError('input.appointmentId', 'ofACase');
  return row.id;
}

/**
 * Records that the viewer has seen someone on duty, without a case. Only a district is compulsory. Nobody else learns of it, and it is
 * deleted after 30 days unless it is passed on. An encounter that is written for a case waits for the worker of the case.
 * @throws NotFoundError; ForbiddenError; InvalidInputError
 */
export async function recordEncounter(
  op: Operation,
  input: RecordEncounterInput,
): Promise<EncounterRow | null> {
  const id = await once(op, 'recordEncounter', input, async () => {
    // The line comes before the checks: a refused write belongs to the confidential part of the log, too.
    const named = input.personId == null ? null : parseId(input.personId);
    record(op, 'RECORD_ENCOUNTER_NOTE', { ...OF_NO_CASE, personId: named });
    const districtId = parseId(input.districtId);
    if (districtId === null || !recordsEncounters(op.viewer, districtId)) throw new ForbiddenError();
    if (input.visitId != null && input.appointmentId != null)
      throw new InvalidInputError('input.appointmentId', 'visitOrAppointment');
    const forCaseId = input.caseId == null ? null : await requireWrittenFor(op, input.caseId, districtId);
    const visitId = input.visitId == null ? null : await requireOwnVisit(op, input.visitId, districtId);
    const appointmentId =
      input.appointmentId == null
        ? null
        : await requireOwnAppointment(op, input.appointmentId, districtId, forCaseId);
    const personId = input.personId == null ? null : await requireBookable(op, input.personId);
    const text = optionalBody('input.text', input.text, LONGEST.note);
    const encounterId = randomUUID();
    const wrapped = await op.vault.newCaseKey(encounterKeyName(encounterId));
    const key = await op.vault.openCaseKey(wrapped, encounterKeyName(encounterId));
    await op.tx
      .run`insert into encounter (id, district_id, held_by_id, person_id, visit_id, appointment_id, body, for_case_id)
      values (${encounterId}::uuid, ${districtId}::uuid, ${op.viewer.workerId}::uuid, ${personId}::uuid, ${visitId}::uuid,
        ${appointmentId}::uuid, ${seal(key, encounterId, text)}::bytea, ${forCaseId}::uuid)`;
    await op.tx.run`insert into encounter_key (encounter_id, master_key_id, wrapped)
      values (${encounterId}::uuid, ${wrapped.masterKeyId}, ${new Uint8Array(wrapped.wrapped)})`;
    return encounterId;
  });
  return answer(op, id);
}

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Returns an encounter that the viewer holds, at the version that they last read. */
async function requireHeld(op: Operation, input: ChangeInput, action: AccessAction): Promise<EncounterRow> {
  const row = await find(op, input.id);
  // The line comes before the checks: a refused write belongs to the confidential part of the log, too.
  record(op, action, row ?? OF_NO_CASE);
  if (row === null) throw new NotFoundError('input.id');
  if (row.caseId !== null) throw new ConflictError('STATE_CHANGED');
  if (!holdsEncounter(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  return row;
}

/**
 * Writes the text of an encounter that the viewer holds: an absent text is unchanged, null clears it.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED; STATE_CHANGED once it is passed on
 */
export async function writeEncounter(
  op: Operation,
  input: WriteEncounterInput,
): Promise<EncounterRow | null> {
  const id = await once(op, 'writeEncounter', input, async () => {
    const row = await requireHeld(op, input, 'WRITE_ENCOUNTER_NOTE');
    const text =
      input.text === undefined
        ? await openEncounter(op, row)
        : optionalBody('input.text', input.text, LONGEST.note);
    const key = await requireKey(op, row.id);
    const changed = await op.tx.run`update encounter
      set body = ${seal(key, row.id, text)}::bytea, version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and case_id is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return answer(op, id);
}

/**
 * Passes an encounter on to the assigned worker of a case of the same district. From then on that worker reads it, as they read the notes
 * of the case, and the worker who held it no longer does. The answer does not tell whether the person is in that case, or whether the
 * case has notes. If the viewer opened the case and nobody is assigned yet, or stands in for its worker, the encounter is written for the
 * case from then on.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; CASE_CLOSED; STATE_CHANGED when nobody is assigned to a case that
 * the viewer did not open, or the encounter was passed on or is written for a case already
 */
export async function passOnEncounter(op: Operation, input: PassOnEncounterInput): Promise<GivenUpEncounter> {
  const id = await once(op, 'passOnEncounter', input, async () => {
    const row = await requireHeld(op, input, 'PASS_ON_ENCOUNTER_NOTE');
    if (row.forCaseId !== null) throw new ConflictError('STATE_CHANGED');
    const to = await requireCase(op, input.caseId);
    if (to.districtId !== row.districtId) throw new NotFoundError('input.caseId');
    op.log.record('PASS_ON_ENCOUNTER_NOTE', { caseId: to.id });
    requireOpenCase(to);
    const waits = writesForCase(op.viewer, to);
    if (to.assignedWorkerId === null && !waits) throw new ConflictError('STATE_CHANGED');
    const place = waits ? Prisma.sql`for_case_id` : Prisma.sql`case_id`;
    const changed = await op.tx.run`update encounter set ${place} = ${to.id}::uuid, version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and case_id is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return { id };
}

/**
 * Deletes an encounter and its key before its 30 days are over.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED once it is passed on
 */
export async function deleteEncounter(op: Operation, input: ChangeInput): Promise<GivenUpEncounter> {
  const id = await once(op, 'deleteEncounter', input, async () => {
    const row = await requireHeld(op, input, 'DELETE_ENCOUNTER_NOTE');
    const deleted = await op.tx.run`delete from encounter
      where id = ${row.id}::uuid and version = ${row.version} and case_id is null`;
    if (deleted === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return { id };
}
