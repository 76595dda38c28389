import { DAY, dayAfter } from '../../days.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR, inTurn, SOCIAL_WORKERS } from './enriching.js';

/** Colleagues of other districts sent persons on to the social workers: some referrals are to be allocated, some are answered. */
export async function addReferrals({ sql, make, now }: Enriching): Promise<void> {
  const sent = await sql<{
    subject: string;
    workerId: string;
    districtId: string;
    caseId: string;
    senderId: string;
    nth: number;
  }>(
    `select s.* from (
       select w.subject, w.id as "workerId", m.district_id as "districtId", c.id as "caseId", c.assigned_worker_id as "senderId",
         row_number() over (partition by w.id, m.district_id order by md5(c.id::text || w.subject))::integer as nth
       from worker w join membership m on m.worker_id = w.id and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and m.ends_at is null
       join "case" c on c.district_id <> m.district_id and c.status = 'OPEN' and c.assigned_worker_id is not null
       where w.subject = any ($1)) s
     where s.nth <= 6 order by s.subject, s.nth`,
    [SOCIAL_WORKERS],
  );
  await Promise.all(
    sent.map(({ subject, workerId, districtId, caseId, senderId, nth }) => {
      const status = inTurn(nth, ['SENT', 'ACKNOWLEDGED', 'REFUSED']);
      return make.referral({
        id: idOf(`referral ${subject}${nth}`),
        caseId,
        toDistrictId: districtId,
        toWorkerId: nth % 4 === 0 ? null : workerId,
        sentById: senderId,
        sentAt: at(now.midnightInParis - 9 * DAY),
        answerBy: at(now.midnightInParis + (nth - 3) * DAY + HOUR),
        status,
        refusal: status === 'REFUSED' ? 'NO_PLACE' : null,
        closedAt: status === 'REFUSED' ? at(now.midnightInParis - DAY) : null,
      });
    }),
  );
  const concerned = await sql<{ referralId: string; caseId: string; personId: string }>(
    `select r.id as "referralId", r.case_id as "caseId", cp.person_id as "personId" from referral r
     join (select case_id, min(person_id::text)::uuid as person_id from case_person group by case_id) cp on cp.case_id = r.case_id
     where not exists (select from referral_person rp where rp.referral_id = r.id)
     order by md5('concerned ' || r.id || cp.person_id)`,
  );
  await Promise.all(
    concerned.map((person) =>
      make.referralPerson({ ...person, id: idOf(`concerned ${person.referralId}${person.personId}`) }),
    ),
  );
  const needs = await sql<{ code: string }>('select min(code) as code from need_code');
  const withoutText = await sql<{ id: string }>(
    `select id from referral r where not exists (select from referral_content c where c.referral_id = r.id) order by 1`,
  );
  await Promise.all(
    withoutText.map(({ id }) =>
      make.referralContent({
        referralId: id,
        text: 'Orientation',
        needCodes: needs.map(({ code }) => code),
      }),
    ),
  );
}

/** Partners ask about persons of two districts: some requests are to be allocated, some are answered. */
export async function addIncomingRequests({ sql, make, now, worker }: Enriching): Promise<void> {
  const persons = await sql<{ id: string; districtId: string; slug: string; nth: number }>(
    `select p.* from (
       select p.id, p.district_id as "districtId", d.slug, row_number() over (partition by d.id order by md5('asked' || p.id::text))::integer as nth
       from person p join district d on d.id = p.district_id and d.slug in ('sevran', 'gagny') where not p.sensitive_file) p
     where p.nth <= 6 order by p.slug, p.nth`,
  );
  const midnight = now.midnightInParis;
  await Promise.all(
    persons.map(({ id, districtId, slug, nth }) => {
      const status = inTurn(nth, ['RECEIVED', 'ANSWERED', 'ALLOCATED']);
      const asDone = status === 'ANSWERED' ? at(midnight - DAY) : null;
      return make.incomingRequest({
        id: idOf(`asked ${id}`),
        districtId,
        partner: 'JUSTICE',
        mandated: true,
        personId: id,
        receivedOn: dayAfter(now.today, -9),
        recordedAt: at(midnight - 9 * DAY),
        answerBy: at(midnight + 9 * DAY),
        informBy: at(midnight + 20 * DAY),
        deferralGround: status === 'ALLOCATED' ? 'NOT_REACHABLE' : null,
        reviewBy: status === 'ALLOCATED' ? at(midnight + 40 * DAY) : null,
        informedAt: asDone,
        workerId: status === 'RECEIVED' ? null : worker(`worker.${slug}`),
        status,
        closedAt: asDone,
      });
    }),
  );
  const withoutText = await sql<{ id: string }>(
    `select id from incoming_request i where not exists (select from incoming_request_content c where c.request_id = i.id) order by 1`,
  );
  await Promise.all(
    withoutText.map(({ id }) => make.incomingRequestContent({ requestId: id, text: 'Saisine' })),
  );
}
