import { Prisma } from '../../../prisma/generated/client.js';
import type {
  AppointmentMode,
  AskedBy,
  RequestStatus,
  SafeContact,
  Urgency,
} from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import {
  type RequestRelation,
  seesWhoWaits,
  waysToRequests,
  whereSeesOffers,
  whereSeesRequest,
} from '../../access/waiting-list/appointment-request.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';

/** A request on the waiting list, with the columns that its rules compare. */
export interface RequestRow extends RequestRelation {
  readonly id: string;
  /** The reference on the paper of a person who asked without a name. It stays the same once they are named. */
  readonly reference: string | null;
  /** The name by which a person without a name wants to be called. */
  readonly calledName: string | null;
  /** The channel of a person who gave no name: none, by voice to them only, or by a neutral text, at the number that they gave. */
  readonly contact: SafeContact;
  readonly phone: string | null;
  readonly caseId: string | null;
  readonly typeCode: string;
  /** Null means any mode except at home. */
  readonly mode: AppointmentMode | null;
  readonly urgency: Urgency;
  readonly status: RequestStatus;
  readonly askedBy: AskedBy | null;
  readonly askedAt: Date;
  readonly rankAt: Date;
  readonly closedAt: Date | null;
  readonly wantedFrom: Date | null;
  readonly wantedUntil: Date | null;
  readonly caseWorkerOnly: boolean;
  readonly dutyWorkerOnly: boolean;
  /** The hours in which the person may be asked at short notice, `HH:MM` in Paris; null if they did not agree to it. */
  readonly shortNoticeFrom: string | null;
  readonly shortNoticeUntil: string | null;
  readonly presentUntil: Date | null;
  readonly appointmentId: string | null;
  readonly version: number;
  /** True if this row is what the desk reads of a request since "confirm nothing" was said or taken back (decision 0078). */
  readonly ended: boolean;
}

/** The columns of a request, selected from `appointment_request r`. The person reads a version of what they see alone. */
const request = (
  op: Operation,
): Prisma.Sql => Prisma.sql`r.id, r.district_id as "districtId", r.person_id as "personId", r.case_id as "caseId",
  coalesce(r.reference, case when r.veiled_at is not null then reference_on_list(r.id) end) as reference, r.called_name as "calledName", r.contact::text as contact, r.phone,
  r.type_code as "typeCode", r.mode::text as mode, r.urgency::text as urgency, r.status::text as status,
  r.asked_by::text as "askedBy", r.asked_at as "askedAt", r.rank_at as "rankAt", r.closed_at as "closedAt",
  r.wanted_from as "wantedFrom", r.wanted_until as "wantedUntil", r.case_worker_only as "caseWorkerOnly",
  r.present_until as "presentUntil", r.duty_worker_id as "dutyWorkerId", r.appointment_id as "appointmentId",
  r.show_online as "showOnline", r.case_worker_id as "caseWorkerId", r.duty_worker_only as "dutyWorkerOnly",
  to_char(r.short_notice_from, 'HH24:MI') as "shortNoticeFrom", to_char(r.short_notice_until, 'HH24:MI') as "shortNoticeUntil",
  ${versionFor(op)} as version, r.ended`;
const r = Prisma.sql`r`;

/** The requests, with the one column of `request` that is not in the table. */
const REQUESTS = Prisma.sql`(select q.*, false as ended from appointment_request q)`;

/** The requests that ended for the desk and the head, as these read them: by the id, or by the reference. */
function endedRequests(by: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(select q.*, true as ended from ended_for_desk e
    cross join lateral jsonb_populate_record(null::appointment_request, e.shown) q
    where e.kind = 'appointment_request' and ${by})`;
}

function versionFor(op: Operation): Prisma.Sql {
  return op.viewer.kind === 'PERSON' ? Prisma.sql`r.shown_version` : Prisma.sql`r.version`;
}

/** True if the viewer reads who waits. */
export function readsWhoWaits(op: Operation, row: RequestRow): boolean {
  return seesWhoWaits(op.viewer, row);
}

/** Returns a request that the viewer sees, or null: a missing and a forbidden one answer alike. */
export async function loadRequest(op: Operation, id: string): Promise<RequestRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'appointment-request', async (ids) =>
    byKey(
      // The request as it is comes last, and wins: a viewer who also works with it reads it.
      await op.tx.rows<RequestRow>`
        select ${request(op)} from ${endedRequests(Prisma.sql`e.id = any (${uuids(ids)})`)} r where ${whereSeesRequest(op.viewer, r)}
        union all select ${request(op)} from ${REQUESTS} r
        where r.id = any (${uuids(ids)}) and ${whereSeesRequest(op.viewer, r)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Returns the request with this reference, as it stands on paper, or null: a missing and a forbidden one answer alike, also to a head,
 * who reads no reference. The request waits, is booked or is closed. It is logged as a look-up, found or not, and one an operation.
 * @throws InvalidInputError oneAtATime; RateLimitedError when the hour's look-ups are spent
 */
export function lookUpRequest(op: Operation, reference: string): Promise<RequestRow | null> {
  const tried = op.log.attempt('LOOK_UP_PERSON');
  const asked = optionalText('reference', reference, LONGEST.reference)?.toUpperCase() ?? '';
  const found = op.tx.rows<RequestRow>`select ${request(op)} from ${REQUESTS} r
    where r.reference = ${asked} and ${whereSeesOffers(op.viewer, r)}
    union all select ${request(op)} from ${endedRequests(Prisma.sql`e.reference = ${asked}`)} r
    where ${whereSeesOffers(op.viewer, r)}`.then(([row]) => {
    tried({ caseId: row?.caseId ?? null, personId: row?.personId ?? null });
    return row ?? null;
  });
  return oneLookUp(op, `request ${asked}`, 'reference', found);
}

/**
 * Lists the requests that wait, as far as the viewer sees them, in the order of offers: by urgency, then by the time of asking. A
 * person's own requests come in the order of asking, which does not tell how urgent they are.
 */
export async function listRequests(
  op: Operation,
  args: PageArgs & { readonly districtId?: string | null },
): Promise<Page<RequestRow>> {
  const size = pageSize(args);
  const districtId = args.districtId == null ? null : parseId(args.districtId);
  const ways = args.districtId != null && districtId === null ? [] : waysToRequests(op.viewer, r, districtId);
  const isOwn = op.viewer.kind === 'PERSON';
  const key = (row: RequestRow): Date => (isOwn ? row.askedAt : row.rankAt);
  if (ways.length === 0) return toPage([], args, key);
  const [column, name] = isOwn
    ? [Prisma.sql`r.asked_at`, Prisma.sql`"askedAt"`]
    : [Prisma.sql`r.rank_at`, Prisma.sql`"rankAt"`];
  const after = afterCursor(args, column, Prisma.sql`r.id`, false);
  const pages = ways.map(
    (way) => Prisma.sql`(select ${request(op)} from ${REQUESTS} r
      where ${way} and r.status = 'WAITING' and ${after} order by ${column}, r.id limit ${size + 1})`,
  );
  const rows = await op.tx
    .rows<RequestRow>`select * from (${Prisma.join(pages, ' union ')}) r order by ${name}, id limit ${size + 1}`;
  return toPage(rows, args, key);
}

/** Returns the place in the waiting list of the district, whatever is asked for, the first being 1; null once it is closed. */
export async function loadRank(op: Operation, id: string): Promise<number | null> {
  const row = await batched(op, 'request-rank', async (ids) =>
    byKey(
      await op.tx.rows<{ readonly id: string; readonly rank: number }>`
        select request_id as id, rank from request_ranks(${uuids(ids)})`,
      (ranked) => ranked.id,
    ),
  ).load(id);
  return row?.rank ?? null;
}
