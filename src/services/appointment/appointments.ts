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
  waysToAppointments,
  whereSeesAppointment,
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
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
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
}

/** The columns of an appointment, selected from `appointment a`. */
export const APPOINTMENT = Prisma.sql`a.id, a.case_id as "caseId", a.type_code as "typeCode",
  a.mode::text as mode, a.starts_at as "startsAt", a.ends_at as "endsAt", a.version, a.shown_version as "shownVersion",
  a.place, a.asked_by::text as "askedBy", a.booked_at as "bookedAt", a.cancellation_reason::text as "cancellationReason",
  a.cancelled_by_link as "cancelledByLink",
  a.expected_back_at as "expectedBackAt", a.back_at as "backAt",
  a.places, a.places_named + a.places_unnamed as "placesTaken",
  ${APPOINTMENT_RELATION}`;
const a = Prisma.sql`a`;

/**
 * Returns the version of the part that the viewer reads (rule 4). The person's version does not change when other participants change.
 */
export function versionOf(op: Operation, row: AppointmentRow): number {
  return op.viewer.kind === 'PERSON' ? row.shownVersion : row.version;
}

/** Returns an appointment that the viewer sees, or null: a missing and a forbidden one answer alike. */
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
  const conditions = [afterCursor(args, Prisma.sql`a.starts_at`, Prisma.sql`a.id`, false)];
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
    (way) => Prisma.sql`(select ${APPOINTMENT} from appointment a where ${way} and ${allOf(conditions)}
      order by a.starts_at, a.id limit ${size + 1})`,
  );
  const rows = await op.tx
    .rows<AppointmentRow>`select * from (${Prisma.join(pages, ' union ')}) a order by "startsAt", id limit ${size + 1}`;
  return toPage(rows, args, (row) => row.startsAt);
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
