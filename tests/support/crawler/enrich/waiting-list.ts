import type { AppointmentMode } from '../../../../prisma/generated/enums.js';
import { DAY, dayAfter } from '../../days.js';
import { idOf, md5 } from '../md5.js';
import { at, type Enriching, HOUR, inTurn, MINUTE } from './enriching.js';

/** More persons who wait than on the first day. */
export async function addRequests(county: Enriching): Promise<void> {
  await addRequestsOfPersons(county);
  await addRequestsWithoutName(county);
}

/**
 * Persons with a case of a social worker, or of a worker for whom a social worker stands in; persons who were brought to the worker on
 * duty, or to nobody; and a person with an online account who must be seen today, and does not know it.
 */
async function addRequestsOfPersons({ sql, make, now }: Enriching): Promise<void> {
  const waiting = await sql<{
    districtId: string;
    personId: string;
    caseId: string | null;
    dutyWorkerId: string | null;
    online: boolean;
    nth: number;
  }>(
    `select r.* from (
       select c.district_id as "districtId", cp.person_id as "personId", c.id as "caseId", null::uuid as "dutyWorkerId",
         exists (select from person_account a where a.person_id = cp.person_id) as online,
         row_number() over (partition by c.assigned_worker_id order by exists (select from person_account a
           where a.person_id = cp.person_id) desc, c.id)::integer as nth
       from "case" c join (select distinct on (case_id) case_id, person_id from case_person order by case_id, person_id) cp
         on cp.case_id = c.id
       join worker w on w.id = c.assigned_worker_id and w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny', 'agent-03')
       where c.status = 'OPEN'
       union all
       select p.district_id, p.id, null, (select w.id from worker w where w.subject = case
           when p.nth % 3 = 0 then null when p.slug = 'gagny' then 'worker.gagny' when p.slug = 'saint-ouen' then 'agent-12'
           when p.nth % 3 = 1 then 'worker.sevran' else 'worker2.sevran' end), false, p.nth
       from (select p.id, p.district_id, d.slug, row_number() over (partition by d.id order by md5(p.id::text))::integer as nth
         from person p join district d on d.id = p.district_id
         where not p.sensitive_file and not exists (select from case_person cp where cp.person_id = p.id)) p) r
     where r.nth <= 6 order by r."personId"`,
  );
  const midnight = now.midnightInParis;
  await Promise.all(
    waiting.map(({ districtId, personId, caseId, dutyWorkerId, online, nth }) =>
      make.appointmentRequest({
        id: idOf(`request ${personId}`),
        districtId,
        personId,
        caseId,
        typeCode: caseId === null ? 'FIRST_RECEPTION' : 'FOLLOW_UP',
        mode: nth % 2 === 0 ? 'PHONE' : null,
        urgency: online ? 'TODAY' : inTurn(nth, ['TODAY', 'THIS_WEEK', 'ORDINARY']),
        askedBy: inTurn(nth, ['PERSON', 'RELATIVE']),
        askedAt: at(midnight - nth * DAY),
        wantedFrom: nth % 2 === 1 ? dayAfter(now.today, 3) : null,
        wantedUntil: nth % 2 === 1 ? dayAfter(now.today, 90) : null,
        caseWorkerOnly: caseId !== null && nth % 3 === 1,
        shortNoticeFrom: nth % 3 === 1 ? '09:00' : null,
        shortNoticeUntil: nth % 3 === 1 ? '17:00' : null,
        presentUntil: nth % 4 === 1 ? at(midnight + DAY) : null,
        dutyWorkerId,
        showOnline: online,
      }),
    ),
  );
}

/** Persons who gave no name, and were brought to the worker on duty or to nobody. */
async function addRequestsWithoutName({ sql, make, now, worker }: Enriching): Promise<void> {
  const districts = await sql<{ id: string; slug: string }>('select id, slug from district order by slug');
  await Promise.all(
    districts.flatMap(({ id: districtId, slug }) =>
      [1, 2].map((nth) =>
        make.appointmentRequest({
          id: idOf(`nameless ${slug}${nth}`),
          districtId,
          typeCode: 'FIRST_RECEPTION',
          askedAt: at(now.midnightInParis - nth * DAY),
          dutyWorkerId: nth === 1 && ['sevran', 'gagny'].includes(slug) ? worker(`worker.${slug}`) : null,
          reference: `D-${md5(`paper ${slug}${nth}`).toUpperCase()}`,
          calledName: 'Étoile',
          contact: 'VOICE_TO_ME_ONLY',
          phone: '06 39 98 00 03',
        }),
      ),
    ),
  );
}

export async function addOffers(county: Enriching): Promise<void> {
  await addSlotOffers(county);
  await openHeldTimes(county);
  await addSkips(county);
}

async function addSlotOffers({ sql, make, now }: Enriching): Promise<void> {
  const requests = await sql<{
    id: string;
    districtId: string;
    workerId: string;
    mode: AppointmentMode | null;
    showOnline: boolean;
    nth: number;
  }>(
    `select r.id, r.district_id as "districtId", r.mode, r.show_online as "showOnline", row_number() over (order by r.id)::integer as nth,
       coalesce(r.case_worker_id, r.duty_worker_id, (select m.worker_id from membership m where m.district_id = r.district_id
         and m.role = 'SOCIAL_WORKER' and m.ends_at is null order by m.worker_id limit 1)) as "workerId"
     from appointment_request r where r.status = 'WAITING' order by r.id`,
  );
  const offers = [
    { status: 'HELD', ahead: 100, until: 2, isFor: (nth: number) => nth % 6 !== 0 },
    { status: 'DECLINED', ahead: 99, until: -1, isFor: (nth: number) => nth % 3 === 0 },
  ] as const;
  await Promise.all(
    offers.flatMap(({ status, ahead, until, isFor }) =>
      requests
        .filter(({ showOnline, nth }) => showOnline || isFor(nth))
        .map(({ id, districtId, workerId, mode, showOnline, nth }) => {
          const startsAt = now.midnight + ahead * DAY + nth * HOUR;
          const isDeclined = status === 'DECLINED';
          return make.slotOffer({
            id: idOf(`${status} offer ${id}`),
            requestId: id,
            districtId,
            workerId,
            mode: mode ?? 'ON_SITE',
            place: 'Mairie',
            startsAt: at(startsAt),
            endsAt: at(startsAt + 30 * MINUTE),
            channel: showOnline
              ? 'ONLINE'
              : inTurn(nth, ['AT_DESK', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT', 'LETTER', 'THROUGH_SOMEONE']),
            offeredAt: at(now.midnight + (until - 2) * DAY),
            answerBy: at(now.midnight + until * DAY + nth * MINUTE),
            status,
            answeredAt: isDeclined ? at(now.midnight - 2 * DAY) : null,
            toldAt: isDeclined || nth % 4 === 0 ? at(now.midnight - 3 * DAY) : null,
          });
        }),
    ),
  );
}

/** Workers open hours then, and for nothing else: a time that is held for a person can be booked. */
async function openHeldTimes({ sql, make, now }: Enriching): Promise<void> {
  const held = await sql<{
    id: string;
    workerId: string;
    districtId: string;
    startsAt: Date;
    endsAt: Date;
    answerBy: Date;
  }>(
    `select id, worker_id as "workerId", district_id as "districtId", starts_at as "startsAt", ends_at as "endsAt", answer_by as "answerBy"
     from slot_offer where status = 'HELD' order by id`,
  );
  const hoursOf = ({ workerId, districtId }: { workerId: string; districtId: string }) =>
    idOf(`held ${workerId}${districtId}`);
  const agendas = new Map(held.map((offer) => [hoursOf(offer), offer]));
  await Promise.all(
    [...agendas].map(([id, { workerId, districtId }]) =>
      make.availability({
        id,
        workerId,
        districtId,
        modes: ['ON_SITE'],
        startsOn: dayAfter(now.today, 99),
        endsOn: dayAfter(now.today, 130),
        opensAt: '06:00',
        closesAt: '18:00',
      }),
    ),
  );
  await Promise.all(
    held.map((offer) =>
      make.availabilityOccurrence({
        id: idOf(`hours ${offer.id}`),
        availabilityId: hoursOf(offer),
        startsAt: offer.startsAt,
        endsAt: offer.endsAt,
      }),
    ),
  );
  await Promise.all(
    held.map(({ id, workerId, districtId, startsAt, endsAt, answerBy }) =>
      make.occupancy({
        id: idOf(`hold ${id}`),
        workerId,
        districtId,
        offerId: id,
        expiresAt: answerBy,
        startsAt,
        endsAt,
      }),
    ),
  );
}

/** The first two offers of the district that passed over each person who waits. */
async function addSkips({ sql, make }: Enriching): Promise<void> {
  const skips = await sql<{ offerId: string; requestId: string; skippedAt: Date; nth: number }>(
    `select s.* from (select o.id as "offerId", r.id as "requestId", o.offered_at as "skippedAt",
         row_number() over (partition by r.id order by o.id)::integer as nth
       from appointment_request r join slot_offer o on o.district_id = r.district_id and o.request_id <> r.id
       where r.status = 'WAITING' and o.status = 'HELD') s
     where s.nth <= 2 and not exists (select from offer_skip k where k.offer_id = s."offerId" and k.request_id = s."requestId")
     order by s."requestId", s.nth`,
  );
  await Promise.all(
    skips.map(({ offerId, requestId, skippedAt, nth }) =>
      make.offerSkip({
        id: idOf(`skip ${offerId}${requestId}`),
        offerId,
        requestId,
        reason: nth === 1 ? 'NOT_REACHABLE' : 'OTHER_WORKER',
        skippedAt,
      }),
    ),
  );
}
