import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { CaseStatus, Mission } from '../../../prisma/generated/enums.js';
import {
  allocates,
  type CaseRelation,
  type CasesNarrowed,
  enteredIt,
  followsCase,
  hasInQueue,
  headsDistrictOf,
  isOwnCaseOnline,
  opensCases,
  relaysFor,
  waysToCases,
  whereHasInQueue,
  whereKnowsOfCase,
} from '../../access/case/case.js';
import { allOf, uuids } from '../../access/operation/sql.js';
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  RateLimitedError,
} from '../../errors.js';
import type { AssignCaseInput, CaseFilter, OpenCaseInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { mayBeAssigned } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { countIds, optionalText, parseId, parseIds } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneAbsent } from '../operation/one-absent.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';

/** A case, as a service reads it. */
export interface CaseRow extends CaseRelation {
  readonly id: string;
  readonly reference: string;
  readonly mission: Mission;
  readonly status: CaseStatus;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly version: number;
}

const CASE = Prisma.sql`c.id, c.reference, c.district_id as "districtId", c.mission::text as mission, c.status::text as status,
  c.assigned_worker_id as "assignedWorkerId", c.opener_id as "openerId", c.online_person_ids as "onlinePersonIds", c.opened_at as "openedAt",
  c.closed_at as "closedAt", c.version`;
const c = Prisma.sql`c`;

/** Returns a case by its id, among those that the condition allows; the loads of an operation are batched. */
async function load(op: Operation, kind: string, id: string, where: Prisma.Sql): Promise<CaseRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, kind, async (ids) =>
    byKey(
      await op.tx.rows<CaseRow>`select ${CASE} from "case" c where c.id = any (${uuids(ids)}) and ${where}`,
      (found) => found.id,
    ),
  ).load(key);
}

function asRead(op: Operation, row: CaseRow | null): CaseRow | null {
  if (row !== null) op.log.record('READ_CASE', { caseId: row.id });
  return row;
}

/** Returns a case of the viewer's own queue, or null. Other rows load the case they belong to with this. */
export async function loadCase(op: Operation, id: string): Promise<CaseRow | null> {
  return asRead(op, await load(op, 'case', id, whereHasInQueue(op.viewer, c)));
}

const loadAnyKnown = (op: Operation, id: string): Promise<CaseRow | null> =>
  load(op, 'known-case', id, whereKnowsOfCase(op.viewer, c));

/** Returns a case that the viewer was told about, as far as they may know of it; otherwise null. */
export async function loadKnownCase(op: Operation, id: string): Promise<CaseRow | null> {
  return asRead(op, await loadAnyKnown(op, id));
}

/**
 * Returns a case that the viewer knows of, or null: a missing and a forbidden case answer alike.
 * @throws InvalidInputError oneAtATime for a second case that is not of the viewer's own queue; RateLimitedError when the hour's look-ups
 * are spent
 */
export function lookUpCase(op: Operation, id: string): Promise<CaseRow | null> {
  return lookUp(
    op,
    id,
    'id',
    loadAnyKnown(op, id).then((row) => confirmed(op, row)),
  );
}

/**
 * Hides the case if "confirm nothing" is set for every person in it. The worker who follows or opened the case, the head who allocates it,
 * and the person still see it.
 */
async function confirmed(op: Operation, row: CaseRow | null): Promise<CaseRow | null> {
  if (row === null || followsCase(op.viewer, row) || headsDistrictOf(op.viewer, row)) return row;
  if (enteredIt(op.viewer, row) || isOwnCaseOnline(op.viewer, row)) return row;
  const [confirmed] = await op.tx.rows`select where case_may_be_confirmed(${row.id}::uuid)`;
  return confirmed === undefined ? null : row;
}

/**
 * Returns the case with this reference, as it stands on a letter.
 * @throws as `lookUpCase`
 */
export function lookUpCaseByReference(op: Operation, reference: string): Promise<CaseRow | null> {
  const asked = optionalText('reference', reference, LONGEST.reference)?.toUpperCase() ?? '';
  return lookUp(op, asked, 'reference', loadByReference(op, asked));
}

/** Logs a look-up, found or not. A case of the viewer's own queue is no look-up. */
function lookUp(
  op: Operation,
  asked: string,
  field: string,
  found: Promise<CaseRow | null>,
): Promise<CaseRow | null> {
  return oneLookUp(op, `case ${asked}`, field, found, (row) => {
    const isOwn = row !== null && hasInQueue(op.viewer, row);
    op.log.record(isOwn ? 'READ_CASE' : 'LOOK_UP_CASE', { caseId: row?.id ?? null });
    return isOwn;
  });
}

async function loadByReference(op: Operation, reference: string): Promise<CaseRow | null> {
  const [row] = await op.tx.rows<CaseRow>`select ${CASE} from "case" c
    where c.reference = ${reference} and ${whereKnowsOfCase(op.viewer, c)}`;
  return confirmed(op, row ?? null);
}

/**
 * Lists the cases of a person in the viewer's districts, the latest first, at most 20. Empty for a person the viewer could not look up.
 * @throws InvalidInputError oneAtATime for a second person; RateLimitedError when the hour's look-ups are spent
 */
export function lookUpCasesOfPerson(op: Operation, personId: string): Promise<readonly CaseRow[]> {
  return oneLookUp(op, `person ${personId}`, 'personId', loadCasesOfPerson(op, personId));
}

async function loadCasesOfPerson(op: Operation, personId: string): Promise<readonly CaseRow[]> {
  const key = parseId(personId);
  op.log.record('LOOK_UP_PERSON', { personId: key });
  if (key === null) return [];
  const rows = await op.tx.rows<CaseRow>`select ${CASE} from "case" c
    where c.id = any (array(select cases_within_look_up(${key}::uuid))) and ${whereKnowsOfCase(op.viewer, c)}
    order by c.opened_at desc, c.id limit 20`;
  for (const row of rows) op.log.record('READ_CASE', { caseId: row.id });
  return rows;
}

/**
 * Returns the case that the input names.
 * @param missed the action to log if there is no such case, where the caller has recorded no attempt
 * @throws NotFoundError naming the field
 */
export async function requireCase(
  op: Operation,
  id: string,
  { field = 'input.caseId', missed }: { readonly field?: string; readonly missed?: AccessAction } = {},
): Promise<CaseRow> {
  const row = await confirmed(op, await loadKnownCase(op, id));
  if (row !== null) return row;
  if (missed !== undefined) op.log.record(missed);
  throw new NotFoundError(field);
}

/**
 * As `requireCase`, for a question in which anybody may name a case. It is a look-up, unless the viewer has the case in their own queue: one
 * in an operation, and logged. It counts, unless the viewer has looked the case up within the hour.
 * @throws NotFoundError naming the field; InvalidInputError oneAtATime for a second case; RateLimitedError when the hour's look-ups are
 * spent
 */
export async function requireCaseLookedUp(op: Operation, id: string, field: string): Promise<CaseRow> {
  const find = async (): Promise<{ row: CaseRow | null; isOwn: boolean; lately: boolean }> => {
    const row = await confirmed(op, await loadAnyKnown(op, id));
    const isOwn = row !== null && hasInQueue(op.viewer, row);
    const [lately] =
      row === null || isOwn ? [] : await op.tx.rows`select where looked_up_lately(${row.id}::uuid)`;
    return { row, isOwn, lately: lately !== undefined };
  };
  const { row } = await oneLookUp(
    op,
    `case ${id}`,
    field,
    find(),
    (found) => {
      const action = found.isOwn || found.lately ? 'READ_CASE' : 'LOOK_UP_CASE';
      op.log.record(action, { caseId: found.row?.id ?? null });
      return found.isOwn;
    },
    (found) => !found.lately,
  );
  if (row === null) throw new NotFoundError(field);
  return row;
}

/** The purposes for which a head lists the cases of an absent worker. */
export const ABSENCE_PURPOSES = ['REASSIGNMENT', 'RELAY', 'URGENCY'] as const;
/** One of `ABSENCE_PURPOSES`. */
export type AbsencePurpose = (typeof ABSENCE_PURPOSES)[number];

const A_DAY_S = 86_400;

/** The id of no district and no worker. It stands for an input that is no id. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** The orders of a list of cases. */
export type CaseSort = 'OPENED_AT_DESC' | 'OPENED_AT_ASC';

function filterConditions(filter: CaseFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (filter.status != null) conditions.push(Prisma.sql`c.status = ${filter.status}::"CaseStatus"`);
  if (filter.mission != null) conditions.push(Prisma.sql`c.mission = ${filter.mission}::"Mission"`);
  if (filter.purpose != null) conditions.push(Prisma.sql`c.status = 'OPEN'`);
  return conditions;
}

/**
 * Rule 3: a head, and nobody else, lists the cases of one absent worker at a time, for a purpose. It is logged as such, and the worker is
 * told. For absences declared within the last day, two workers a day.
 * @param field names the worker in the input
 * @returns the worker's id; `NOBODY` for an input that is no id
 * @throws InvalidInputError oneAtATime for a second worker; RateLimitedError for a third within a day
 */
export async function requireOneAbsent(
  op: Operation,
  named: string,
  purpose: AbsencePurpose,
  field: string,
): Promise<string> {
  const workerId = parseId(named);
  op.log.record(`LIST_CASES_FOR_${purpose}`, { targetWorkerId: workerId });
  const asked = oneLookUp(op, `absent ${workerId}`, field, Promise.resolve(workerId));
  if ((await asked) === null) return NOBODY;
  const [left] = await op.tx.rows<{ may: boolean }>`select may_list_absent(${workerId}::uuid) as may`;
  if (left?.may !== true) throw new RateLimitedError(field, 'absentListsSpent', A_DAY_S);
  return workerId ?? NOBODY;
}

async function requireAbsent(op: Operation, filter: CaseFilter): Promise<string | null> {
  if (filter.absentWorkerId == null) {
    if (filter.purpose != null) throw new InvalidInputError('filter.absentWorkerId', 'required');
    return null;
  }
  if (standsIn(op, filter)) return oneAbsent(op, filter.absentWorkerId, 'filter.absentWorkerId');
  if (filter.purpose == null) throw new InvalidInputError('filter.purpose', 'required');
  return requireOneAbsent(op, filter.absentWorkerId, filter.purpose, 'filter.absentWorkerId');
}

/** True if the list is of a worker for whom the viewer stands in. A head states a purpose; a stand-in does not. */
function standsIn(op: Operation, { absentWorkerId, purpose }: CaseFilter): boolean {
  return (
    purpose == null && absentWorkerId != null && relaysFor(op.viewer, absentWorkerId.toLowerCase()).length > 0
  );
}

async function narrowedBy(op: Operation, filter: CaseFilter): Promise<CasesNarrowed> {
  return {
    districtId: filter.districtId == null ? null : (parseId(filter.districtId) ?? NOBODY),
    absentWorkerId: await requireAbsent(op, filter),
    asStandIn: standsIn(op, filter),
    assignedToMe: filter.assignedToMe === true,
    unassigned: filter.unassigned === true,
    byMission: filter.mission != null,
  };
}

/**
 * Lists the cases of the viewer's own queue, newest first unless asked otherwise; never those of a district, and no total (rule 3). A
 * head may instead list the cases of one worker with an uncontested absence or a departure, for a purpose. A stand-in for several workers
 * names one of them (rule 3).
 * @throws InvalidInputError required for an absent worker without a purpose, or a purpose without a worker; oneAtATime for a second
 * worker; RateLimitedError for a third worker within a day whose absence was declared within a day
 */
export async function listCases(
  op: Operation,
  args: PageArgs & { readonly filter?: CaseFilter | null; readonly sort?: CaseSort | null },
): Promise<Page<CaseRow>> {
  const size = pageSize(args);
  const descending = args.sort !== 'OPENED_AT_ASC';
  const direction = descending ? Prisma.sql`desc` : Prisma.sql`asc`;
  const filter = args.filter ?? {};
  const ways = waysToCases(op.viewer, c, await narrowedBy(op, filter));
  const where = allOf([
    ...filterConditions(filter),
    afterCursor(args, Prisma.sql`c.opened_at`, Prisma.sql`c.id`, descending),
  ]);
  // One page by each way, in the order of its index; a viewer has few ways. The union removes a case that two ways find.
  const pages = ways.map(
    (way) => Prisma.sql`(select ${CASE} from "case" c where ${way} and ${where}
      order by c.opened_at ${direction}, c.id ${direction} limit ${size + 1})`,
  );
  const rows =
    pages.length === 0
      ? []
      : await op.tx.rows<CaseRow>`select * from (${Prisma.join(pages, ' union ')}) c
          order by "openedAt" ${direction}, id ${direction} limit ${size + 1}`;
  for (const row of rows.slice(0, size)) op.log.record('READ_CASE', { caseId: row.id });
  return toPage(rows, args, (row) => row.openedAt);
}

/**
 * Opens a case that nobody is assigned to yet. Its persons are those whom the opener could look up, and those of a referral that the opener
 * has accepted. The opener may also name a person whom they serve now on duty, if nobody is assigned, even if nothing is confirmed of them.
 * @throws ForbiddenError; InvalidInputError required without a person; NotFoundError for a person out of reach
 */
export async function openCase(op: Operation, input: OpenCaseInput): Promise<CaseRow | null> {
  const id = await once(op, 'openCase', input, async () => {
    const tried = op.log.attempt('OPEN_CASE');
    const districtId = parseId(input.districtId);
    if (districtId === null || !opensCases(op.viewer, districtId)) throw new ForbiddenError();
    const personIds = parseIds(input.personIds);
    if (personIds.length === 0 || personIds.length > 12)
      throw new InvalidInputError('input.personIds', 'required');
    const known = await op.tx.rows<{
      id: string;
    }>`select id from persons_within_look_up(${uuids(personIds)}) as id
      union select id from unnest(${uuids(personIds)}) as id where serves_unfollowed(id)
      union select id from accepted_persons(${districtId}::uuid, ${uuids(personIds)}) as id`;
    if (known.length !== countIds(input.personIds)) throw new NotFoundError('input.personIds');
    const caseId = randomUUID();
    await op.tx.run`insert into "case" (id, district_id, mission)
      values (${caseId}::uuid, ${districtId}::uuid, ${input.mission}::"Mission")`;
    await op.tx
      .run`insert into case_person (case_id, person_id) select ${caseId}::uuid, unnest(${uuids(personIds)})`;
    tried({ caseId, personId: personIds[0] ?? null });
    for (const personId of personIds.slice(1)) op.log.record('OPEN_CASE', { caseId, personId });
    return caseId;
  });
  return loadKnownCase(op, id);
}

/** @throws ConflictError CASE_CLOSED for a closed case. The database also refuses what is added while the case is closed. */
export function requireOpenCase(row: CaseRow): void {
  if (row.status === 'CLOSED') throw new ConflictError('CASE_CLOSED');
}

/**
 * Locks the case at the version that the caller has read.
 * @throws ConflictError VERSION_CHANGED
 */
export async function takeVersion(op: Operation, row: CaseRow, expectedVersion: number): Promise<void> {
  const changed = await op.tx.run`update "case" set version = version + 1
    where id = ${row.id}::uuid and version = ${expectedVersion}`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
}

/** @throws InvalidInputError yourself for the viewer, notAssignable for a worker who may not be assigned cases of the district */
export async function requireAssignable(op: Operation, workerId: string, districtId: string): Promise<void> {
  if (workerId === op.viewer.workerId) throw new InvalidInputError('input.workerId', 'yourself');
  if (!(await mayBeAssigned(op, workerId, districtId)))
    throw new InvalidInputError('input.workerId', 'notAssignable');
}

async function changeAssignment(
  op: Operation,
  input: AssignCaseInput,
  kind: 'assignCase' | 'reassignCase',
): Promise<CaseRow | null> {
  const id = await once(op, kind, input, async () => {
    const workerId = parseId(input.workerId);
    // This comes before the check, so that a refused attempt is in the log with its subject.
    const tried = op.log.attempt(kind === 'assignCase' ? 'ASSIGN_CASE' : 'REASSIGN_CASE', {
      targetWorkerId: workerId,
    });
    const row = await requireCase(op, input.caseId);
    tried({ caseId: row.id, targetWorkerId: workerId });
    if (!allocates(op.viewer, row.districtId)) throw new ForbiddenError();
    if (workerId === null) throw new NotFoundError('input.workerId');
    await requireAssignable(op, workerId, row.districtId);
    await takeVersion(op, row, input.expectedVersion);
    if (kind === 'assignCase' && row.assignedWorkerId !== null) throw new ConflictError('ALREADY_ASSIGNED');
    if (kind === 'reassignCase' && (row.assignedWorkerId === null || row.assignedWorkerId === workerId)) {
      throw new ConflictError('STATE_CHANGED');
    }
    await op.tx
      .run`update assignment set ends_at = clock_timestamp() where case_id = ${row.id}::uuid and ends_at is null`;
    await op.tx
      .run`insert into assignment (id, case_id, worker_id) values (gen_random_uuid(), ${row.id}::uuid, ${workerId}::uuid)`;
    return row.id;
  });
  return loadKnownCase(op, id);
}

/**
 * Assigns a case that nobody has. Rule 3: a head allocates, never to themselves, nor to the head of the district.
 * @throws NotFoundError; ForbiddenError; InvalidInputError yourself, notAssignable; ConflictError ALREADY_ASSIGNED, VERSION_CHANGED,
 * STATE_CHANGED
 */
export function assignCase(op: Operation, input: AssignCaseInput): Promise<CaseRow | null> {
  return changeAssignment(op, input, 'assignCase');
}

/**
 * Reassigns a case. Rule 2: this opens nothing written before; the database takes the notes from the worker who leaves.
 * @throws as `assignCase`, without ALREADY_ASSIGNED
 */
export function reassignCase(op: Operation, input: AssignCaseInput): Promise<CaseRow | null> {
  return changeAssignment(op, input, 'reassignCase');
}
