import { Prisma } from '../../../prisma/generated/client.js';
import type {
  AppointmentMode,
  DispatchStatus,
  OfferChannel,
  OfferStatus,
  SkipReason,
} from '../../../prisma/generated/enums.js';
import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import { uuids } from '../../access/operation/sql.js';
import { selectReach, type WithReach } from '../../access/person/person.js';
import {
  changesRequest,
  type RequestRelation,
  tellsOffers,
  whereKnowsHowToTell,
  whereSeesOffers,
  whereSeesSkips,
} from '../../access/waiting-list/appointment-request.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.js';
import type { AnswerOfferInput, VersionedInput } from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { slotTaken } from '../agenda/slots.js';
import { isByHand } from '../notification/dispatches.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { inviteInterpretersOfRequest } from '../person/communication.js';

/** A time that is held for a waiting person, or that they are asked for with others, with the columns of their request, so that the policy judges the row alone. */
export interface OfferRow extends RequestRelation, WithReach {
  readonly id: string;
  readonly requestId: string;
  readonly workerId: string;
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  /** Null is the district's address, or the place that the mode implies. */
  readonly place: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly channel: OfferChannel;
  readonly offeredAt: Date;
  readonly answerBy: Date;
  readonly status: OfferStatus;
  /** True if several persons are asked for the time, and it is held for none of them. */
  readonly atShortNotice: boolean;
  readonly answeredAt: Date | null;
  readonly toldAt: Date | null;
  /** The state of the sending, where the system sends the offer; null if a worker tells the person. */
  readonly sending: DispatchStatus | null;
  readonly version: number;
}

/** The fact that a time went to a person further down the list. */
export interface SkipRow extends RequestRelation {
  readonly id: string;
  readonly requestId: string;
  readonly reason: SkipReason;
  readonly startsAt: Date;
  readonly skippedAt: Date;
}

const OF_REQUEST = Prisma.sql`r.district_id as "districtId", r.person_id as "personId", r.show_online as "showOnline",
  r.duty_worker_id as "dutyWorkerId", r.case_worker_id as "caseWorkerId"`;
// The desk reads an offer to a hidden person under the request that stands for the person's own (decision 0078).
const ITS_REQUEST = Prisma.sql`(r.id = o.request_id
  or (r.stands_for_id = o.request_id and o.channel = 'AT_DESK' and o.offered_at >= r.asked_at))`;
const OFFER = Prisma.sql`o.id, r.id as "requestId", o.worker_id as "workerId", r.type_code as "typeCode",
  o.mode::text as mode, o.place, o.starts_at as "startsAt", o.ends_at as "endsAt", o.channel::text as channel,
  o.offered_at as "offeredAt", o.answer_by as "answerBy", o.status::text as status, o.at_short_notice as "atShortNotice", o.answered_at as "answeredAt",
  o.told_at as "toldAt", o.sending::text as sending, o.version, ${OF_REQUEST}`;
const r = Prisma.sql`r`;
const FROM_OFFERS = Prisma.sql`slot_offer o join appointment_request r on ${ITS_REQUEST} left join person p on p.id = r.person_id`;

/** The columns of an offer `o` to a request `r` of a person `p`. The person is missing if the viewer may not read the row. */
const offer = (op: Operation): Prisma.Sql =>
  Prisma.sql`${OFFER}, case when p.id is not null then ${selectReach(op.viewer)} end as reach`;

/** The offers that ended for the desk, as the desk reads them: `o` is the offer, `r` its request. */
function endedOffers(by: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ended_for_desk e cross join lateral jsonb_populate_record(null::slot_offer, e.shown) o
    join ended_for_desk f on f.id = o.request_id and f.kind = 'appointment_request'
    cross join lateral jsonb_populate_record(null::appointment_request, f.shown) r
    left join person p on p.id = r.person_id
    where e.kind = 'slot_offer' and ${by}`;
}

/** Returns an offer that the viewer sees, or null: a missing and a forbidden one answer alike. */
export async function loadOffer(op: Operation, id: string): Promise<OfferRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'slot-offer', async (ids) =>
    byKey(
      await op.tx
        .rows<OfferRow>`select ${offer(op)} from ${endedOffers(Prisma.sql`e.id = any (${uuids(ids)})`)} and ${whereSeesOffers(op.viewer, r)}
        union all select ${offer(op)} from ${FROM_OFFERS}
        where o.id = any (${uuids(ids)}) and ${whereSeesOffers(op.viewer, r)}`,
      (offer) => offer.id,
    ),
  ).load(key);
}

/** Lists the last ten offers to a request, the newest first. */
export async function loadOffersOfRequest(op: Operation, requestId: string): Promise<readonly OfferRow[]> {
  const rows = await batched(op, 'offers-of-request', async (ids) =>
    groupedBy(
      await op.tx.rows<OfferRow>`select o.* from unnest(${uuids(ids)}) parent(id)
        cross join lateral (select * from (
            (select ${offer(op)} from appointment_request r join slot_offer o on o.request_id = r.id left join person p on p.id = r.person_id
            where r.id = parent.id and ${whereSeesOffers(op.viewer, r)} order by o.offered_at desc, o.id limit 10)
            union all select ${offer(op)} from appointment_request r join slot_offer o on o.request_id = r.stands_for_id
              left join person p on p.id = r.person_id
            where r.id = parent.id and o.channel = 'AT_DESK' and o.offered_at >= r.asked_at and ${whereSeesOffers(op.viewer, r)}
            union all select ${offer(op)} from ${endedOffers(Prisma.sql`f.id = parent.id`)} and ${whereSeesOffers(op.viewer, r)}) o
          order by "offeredAt" desc, id limit 10) o`,
      (offer) => offer.requestId,
    ),
  ).load(requestId);
  return rows ?? [];
}

/** Lists the last ten times that went to a person further down, and the reason; the newest first. */
export async function loadSkipsOfRequest(op: Operation, requestId: string): Promise<readonly SkipRow[]> {
  const rows = await batched(op, 'skips-of-request', async (ids) =>
    groupedBy(
      await op.tx.rows<SkipRow>`select s.* from unnest(${uuids(ids)}) parent(id)
        cross join lateral (select s.id, s.request_id as "requestId", s.reason::text as reason, o.starts_at as "startsAt",
            s.skipped_at as "skippedAt", ${OF_REQUEST}
          from offer_skip s join slot_offer o on o.id = s.offer_id join appointment_request r on r.id = s.request_id
          -- The desk asks why somebody waits, and not why somebody waited.
          where s.request_id = parent.id and r.status = 'WAITING' and ${whereSeesSkips(op.viewer, r)}
          order by s.skipped_at desc, s.id limit 10) s`,
      (skip) => skip.requestId,
    ),
  ).load(requestId);
  return rows ?? [];
}

/**
 * Lists the offers of a district that workers still have to tell by voice, text, letter or at the desk; the first deadline first. It lists
 * an offer only if the viewer may know in which way the person is told.
 * @throws ForbiddenError
 */
export async function listOffersToGive(
  op: Operation,
  args: PageArgs & { readonly districtId: string },
): Promise<Page<OfferRow>> {
  const districtId = parseId(args.districtId);
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  const size = pageSize(args);
  const rows = await op.tx.rows<OfferRow>`select ${offer(op)} from ${FROM_OFFERS}
    where o.district_id = ${districtId}::uuid and o.status in ('HELD', 'ASKED') and o.told_at is null and o.channel <> 'ONLINE'
      and o.answer_by > ${op.now} and ${isByHand(Prisma.sql`o.sending`)} and ${whereSeesOffers(op.viewer, r)}
      and ${whereKnowsHowToTell(op.viewer, r)}
      and ${afterCursor(args, Prisma.sql`o.answer_by`, Prisma.sql`o.id`, false)}
    order by o.answer_by, o.id limit ${size + 1}`;
  return toPage(rows, args, (row) => row.answerBy);
}

/**
 * Records that the person was told of the offer.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED once that is recorded, or the offer is over
 */
export async function recordOffer(op: Operation, input: VersionedInput): Promise<OfferRow | null> {
  const id = await once(op, 'recordOffer', input, async () => {
    const row = await loadOffer(op, input.id);
    op.log.record('RECORD_OFFER', { personId: row?.personId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!tellsOffers(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (!isOpenOffer(row) || row.toldAt !== null) throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update slot_offer set told_at = now()
      where id = ${row.id}::uuid and version = ${row.version} and status in ('HELD', 'ASKED') and told_at is null`;
    // The version stays: the person reads it, and it must tell them nothing of this.
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return row.id;
  });
  return loadOffer(op, id);
}

/** True while the person can answer. */
export function isOpenOffer({ status }: Pick<OfferRow, 'status'>): boolean {
  return status === 'HELD' || status === 'ASKED';
}

/** The outcome of an answer, as the database returns it. */
interface Outcome {
  readonly outcome:
    | 'ACCEPTED'
    | 'DECLINED'
    | 'UNKNOWN'
    | 'OFFER_EXPIRED'
    | 'SLOT_TAKEN'
    | 'VERSION_CHANGED'
    | 'STATE_CHANGED';
  readonly moved?: boolean;
  readonly caseId?: string | null;
}

/**
 * Accepts an offer: its time becomes an appointment, or moves the one that the person has. Or declines it: the person waits on at the
 * same rank.
 * @throws NotFoundError; ForbiddenError; ConflictError OFFER_EXPIRED after its deadline, SLOT_TAKEN if several were asked and another one
 * was first, STATE_CHANGED when it was answered or withdrawn
 */
export async function answerOffer(op: Operation, input: AnswerOfferInput): Promise<OfferRow | null> {
  const id = await once(op, 'answerOffer', input, async () => {
    const row = await loadOffer(op, input.id);
    op.log.record('ANSWER_OFFER', { personId: row?.personId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!changesRequest(op.viewer, row)) throw new ForbiddenError();
    // The offer ended for the desk, and may still be held for the person.
    if (!isOpenOffer(row) && row.status === 'WITHDRAWN')
      throw new ConflictError(row.version === input.expectedVersion ? 'STATE_CHANGED' : 'VERSION_CHANGED');
    const [answered] = await op.tx.rows<{ came: Outcome }>`
      select answer_offer(${row.id}::uuid, ${input.expectedVersion}::integer, ${input.accept}) as came`;
    const came = answered?.came;
    switch (came?.outcome) {
      case 'ACCEPTED':
        op.log.record(came.moved === true ? 'MOVE_APPOINTMENT' : 'BOOK_APPOINTMENT', {
          caseId: came.caseId ?? null,
          personId: row.personId,
        });
        if (came.moved !== true) await inviteInterpretersOfRequest(op, row.requestId);
        return row.id;
      case 'DECLINED':
        return row.id;
      case 'SLOT_TAKEN':
        throw slotTaken([]);
      case 'OFFER_EXPIRED':
      case 'VERSION_CHANGED':
      case 'STATE_CHANGED':
        throw new ConflictError(came.outcome);
      default:
        throw new NotFoundError('input.id');
    }
  });
  return loadOffer(op, id);
}
