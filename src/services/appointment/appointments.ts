import { Prisma } from '../../../prisma/generated/client.js';
import type {
  AppointmentMode,
  AppointmentStatus,
  AskedBy,
  CancellationReason,
} from '../../../prisma/generated/enums.js';
import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import {
  APPOINTMENT_RELATION,
  type AppointmentRelation,
  filtersAsStandIn,
  knowsWhichItIs,
  seesWhoIsExpected,
  waysToAppointments,
  whereSeesAppointment,
  whereSeesAppointmentContent,
} from '../../access/appointment/appointment.js';
import { allOf, uuids, word } from '../../access/operation/sql.js';
import { ForbiddenError, InvalidInputError } from '../../errors.js';
import type { AppointmentFilter } from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { districtsAs } from '../../viewer.js';
import { sendForTypes } from '../agenda/appointment-types.js';
import type { CaseRow } from '../case/cases.js';
import { parseId } from '../operation/input.js';
import { oneAbsent } from '../operation/one-absent.js';
import { afterCursor, fromCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { daysAfter, requirePeriod, startOfToday } from '../operation/period.js';
import { asSaid } from '../operation/said-now.js';

/** An appointment, with the columns that its rules compare. */
export interface AppointmentRow extends AppointmentRelation {
  readonly id: string;
  readonly caseId: string | null;
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  readonly status: AppointmentStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly version: number;
  /** The version of the part that the person reads. */
  readonly shownVersion: number;
  /** Null is the district's address, or the place that the mode implies. */
  readonly place: string | null;
  readonly askedBy: AskedBy | null;
  readonly bookedAt: Date;
  readonly cancellationReason: CancellationReason | null;
  /** Somebody who held the link of a message cancelled it. */
  readonly cancelledByLink: boolean;
  readonly expectedBackAt: Date | null;
  readonly backAt: Date | null;
  /** The number of places of a collective appointment; null for any other. */
  readonly places: number | null;
  readonly placesTaken: number;
  /** The id under which the desk reads the appointment, once "confirm nothing" was said of its person; null otherwise. */
  readonly shownId?: string | null;
  /** When "confirm nothing" was said: the desk reads the appointment as booked then. */
  readonly shownAt?: Date | null;
  readonly shownSinceVersion?: number;
  /** True if this row is what the desk reads under an earlier id of an appointment. */
  readonly ended?: boolean;
}

/** The columns of an appointment, selected from `appointment a`. */
export const APPOINTMENT = Prisma.sql`a.id, a.case_id as "caseId", a.type_code as "typeCode",
  a.mode::text as mode, a.starts_at as "startsAt", a.ends_at as "endsAt", a.version, a.shown_version as "shownVersion",
  a.place, a.asked_by::text as "askedBy", a.booked_at as "bookedAt", a.cancellation_reason::text as "cancellationReason",
  a.cancelled_by_link as "cancelledByLink",
  a.expected_back_at as "expectedBackAt", a.back_at as "backAt",
  a.places, a.places_named + a.places_unnamed as "placesTaken", a.shown_id as "shownId", a.shown_at as "shownAt",
  a.shown_since_version as "shownSinceVersion", ${APPOINTMENT_RELATION}`;
const a = Prisma.sql`a`;

/** The column that orders appointments of the same start. Its value is in the cursors: the desk must not read there an id that is hidden. */
export function orderOf(op: Operation): Prisma.Sql {
  return isAtADesk(op) ? Prisma.sql`coalesce(a.shown_id, a.id)` : Prisma.sql`a.id`;
}

const isAtADesk = (op: Operation): boolean => districtsAs(op.viewer, 'RECEPTIONIST').length > 0;

/** Returns the rows with the id for their cursors, which is the id of `orderOf`. */
export function inOrder(op: Operation, rows: readonly AppointmentRow[]): readonly AppointmentRow[] {
  return isAtADesk(op) ? rows.map((row) => ({ ...row, cursorId: row.shownId ?? row.id })) : rows;
}

/** True if the viewer reads the row under another id. */
function isShownAnew(op: Operation, row: AppointmentRow): boolean {
  return row.shownId != null && !knowsWhichItIs(op.viewer, row);
}

/** Returns the id under which the viewer reads the appointment. */
export function idOf(op: Operation, row: AppointmentRow): string {
  return isShownAnew(op, row) ? (row.shownId ?? row.id) : row.id;
}

/**
 * True if the viewer reads who else is there. The desk reads this of a booked appointment, like who is expected. It does not read it of an
 * appointment that has another id for the desk: the rows of the participants would tell which appointment it is.
 */
export function readsParticipants(op: Operation, row: AppointmentRow): boolean {
  return seesWhoIsExpected(op.viewer, row) && !isShownAnew(op, row);
}

/** True if the viewer reads who is expected. */
export function readsWhoIsExpected(op: Operation, row: AppointmentRow): boolean {
  return seesWhoIsExpected(op.viewer, row);
}

/** Returns when it was booked, as the viewer reads it. */
export function bookedAtOf(op: Operation, row: AppointmentRow): Date {
  return isShownAnew(op, row) ? (row.shownAt ?? row.bookedAt) : row.bookedAt;
}

/** Returns who asked for it, as the viewer reads it. */
export function askedByOf(op: Operation, row: AppointmentRow): AskedBy | null {
  return isShownAnew(op, row) && row.ended !== true ? null : row.askedBy;
}

/**
 * Returns the version of the part that the viewer reads (rule 4). The person's version does not change when other participants change.
 */
export function versionOf(op: Operation, row: AppointmentRow): number {
  if (op.viewer.kind === 'PERSON') return row.shownVersion;
  return isShownAnew(op, row) ? row.version - (row.shownSinceVersion ?? 1) + 1 : row.version;
}

/**
 * Returns the appointment of an id that the viewer gives, or null: a missing and a forbidden one answer alike. The desk finds an
 * appointment under the id that it reads. Under an earlier id the desk reads that the appointment is over.
 */
export async function findAppointment(op: Operation, id: string): Promise<AppointmentRow | null> {
  if (!isAtADesk(op)) return loadAppointment(op, id);
  const key = parseId(id);
  if (key === null) return null;
  const row = await batched(op, 'appointment-said', async (ids) =>
    byKey(
      // The row as it is comes last, and wins: a viewer who also takes part reads it.
      await op.tx.rows<AppointmentRow & { readonly said: string }>`
        select e.id as said, true as ended, ${APPOINTMENT} from ended_for_desk e
          cross join lateral jsonb_populate_record(null::appointment, e.shown) a
          where e.kind = 'appointment' and e.id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}
        union all select a.shown_id, false, ${APPOINTMENT} from appointment a
          where a.shown_id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}
        union all select a.id, false, ${APPOINTMENT} from appointment a
          where a.id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}
            and (a.shown_id is null or ${whereSeesAppointmentContent(op.viewer, a)})`,
      ({ said }) => said,
    ),
  ).load(key);
  return asSaid(op, row);
}

/** Returns an appointment whose row the viewer sees, or null: a missing and a forbidden one answer alike. */
export async function loadAppointment(op: Operation, id: string): Promise<AppointmentRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const row = await batched(op, 'appointment', async (ids) =>
    byKey(
      await op.tx.rows<AppointmentRow>`select ${APPOINTMENT} from appointment a
        where a.id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}`,
      (row) => row.id,
    ),
  ).load(key);
  return asSaid(op, row);
}

/**
 * The SQL condition for a filter by worker. A filter by a colleague is for the desk, from today to eight weeks ahead, and is logged (rule
 * 3). A filter by the viewer is free.
 */
function workerCondition(op: Operation, filter: AppointmentFilter): Prisma.Sql {
  const workerId = parseId(filter.workerId ?? '');
  if (workerId === op.viewer.workerId) return Prisma.sql`true`;
  if (workerId !== null && filtersAsStandIn(op.viewer, workerId)) {
    oneAbsent(op, workerId, 'filter.workerId');
    return Prisma.sql`true`;
  }
  op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  const today = startOfToday(op.now);
  const from = filter.from ?? today;
  if (districtsAs(op.viewer, 'RECEPTIONIST').length === 0) throw new ForbiddenError();
  if (from < today) throw new InvalidInputError('filter.from', 'past');
  if (filter.to == null) throw new InvalidInputError('filter.to', 'required');
  requirePeriod('filter.to', today, filter.to, 57);
  return Prisma.sql`a.starts_at >= ${from}`;
}

/** The id of no district and no worker. It stands for an input that is no id. */
const NOWHERE = '00000000-0000-4000-8000-000000000000';

/**
 * Lists the appointments that the viewer sees, by start. At a desk they are the booked ones, from a week ago (rule 3).
 * @throws ForbiddenError; InvalidInputError
 */
export async function listAppointments(
  op: Operation,
  args: PageArgs & { readonly filter?: AppointmentFilter | null },
): Promise<Page<AppointmentRow>> {
  const size = pageSize(args);
  const filter = args.filter ?? {};
  const conditions = [
    fromCursor(args, Prisma.sql`a.starts_at`),
    afterCursor(args, Prisma.sql`a.starts_at`, orderOf(op), false),
  ];
  if (filter.from != null) conditions.push(Prisma.sql`a.starts_at >= ${filter.from}`);
  if (filter.to != null) conditions.push(Prisma.sql`a.starts_at < ${filter.to}`);
  if (filter.status != null) conditions.push(Prisma.sql`a.status = ${word(filter.status)}`);
  if (filter.workerId != null) conditions.push(workerCondition(op, filter));
  const ways = waysToAppointments(op.viewer, a, {
    districtId: filter.districtId == null ? null : (parseId(filter.districtId) ?? NOWHERE),
    workerId: filter.workerId == null ? null : (parseId(filter.workerId) ?? NOWHERE),
    ofDesk: (filter.status ?? 'BOOKED') === 'BOOKED' ? 'booked' : 'none',
  });
  if (ways.length === 0) return toPage([], args, (row: AppointmentRow) => row.startsAt);
  // One page by each way, in the order of its index. The union removes an appointment that two ways find.
  const pages = ways.map(
    (
      way,
    ) => Prisma.sql`(select ${APPOINTMENT}, ${orderOf(op)} as nth from appointment a where ${way} and ${allOf(conditions)}
      order by a.starts_at, ${orderOf(op)} limit ${size + 1})`,
  );
  const rows = await op.tx
    .rows<AppointmentRow>`select * from (${Prisma.join(pages, ' union ')}) a order by "startsAt", nth limit ${size + 1}`;
  return toPage(inOrder(op, rows), args, (row) => row.startsAt);
}

/** Lists the appointments of a case that the viewer sees, by start. */
export async function listAppointmentsOfCase(
  op: Operation,
  row: CaseRow,
  args: PageArgs,
): Promise<Page<AppointmentRow>> {
  const size = pageSize(args);
  const after = afterCursor(args, Prisma.sql`a.starts_at`, Prisma.sql`a.id`, false);
  sendForTypes(op);
  const rows = await batched(op, `appointments-of-case:${size}:${args.after ?? ''}`, async (caseIds) =>
    groupedBy(
      await op.tx.rows<AppointmentRow>`select a.* from unnest(${uuids(caseIds)}) parent(id)
        cross join lateral (select ${APPOINTMENT} from appointment a
          where a.case_id = parent.id and ${whereSeesAppointment(op.viewer, a)} and ${after}
          order by a.starts_at, a.id limit ${size + 1}) a`,
      (found) => found.caseId ?? '',
    ),
  ).load(row.id);
  return toPage(rows ?? [], args, (found) => found.startsAt);
}

/** Returns the next booked appointment of a case that the viewer sees, or null. */
export async function loadNextAppointment(op: Operation, row: CaseRow): Promise<AppointmentRow | null> {
  sendForTypes(op);
  return batched(op, 'next-appointment', async (caseIds) =>
    byKey(
      await op.tx.rows<AppointmentRow>`select a.* from unnest(${uuids(caseIds)}) parent(id)
        cross join lateral (select ${APPOINTMENT} from appointment a
          where a.case_id = parent.id and ${whereSeesAppointment(op.viewer, a)}
            and a.starts_at >= ${op.now} and a.status = 'BOOKED'
          order by a.starts_at, a.id limit 1) a`,
      (found) => found.caseId ?? '',
    ),
  ).load(row.id);
}

/**
 * Lists the home visits of the district on which a worker is out now, as far as the viewer sees them: begun, with an expected return in
 * the last seven days or to come, and nobody back, whatever the status of the appointment; the first expected comes first.
 * @throws ForbiddenError
 */
export async function listHomeVisitsOut(
  op: Operation,
  args: { readonly districtId: string; readonly first?: number | null | undefined },
): Promise<readonly AppointmentRow[]> {
  const districtId = parseId(args.districtId);
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  return op.tx.rows<AppointmentRow>`select ${APPOINTMENT} from appointment a
    where a.district_id = ${districtId}::uuid and a.expected_back_at is not null and a.back_at is null
      and a.expected_back_at > ${daysAfter(op.now, -7)} and a.expected_back_at < ${daysAfter(op.now, 1)}
      and a.starts_at <= ${op.now} and (a.status_at >= a.starts_at or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE'))
      and ${whereSeesAppointment(op.viewer, a)}
    order by a.expected_back_at, a.id limit ${pageSize(args)}`;
}
