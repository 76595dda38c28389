import { encounterKeyName } from '../../../src/vault/note-vault.js';
import { sealText, TEXT_TABLES, type TextTable } from '../../../src/vault/sealed-text.js';
import { rowsOf } from '../county/rows.js';
import type { TestDatabase } from '../database.js';
import { saying } from '../statistics.js';
import { testVault } from '../vault.js';
import { md5 } from './md5.js';

/** Something confidential: strings that give it away, and the logins that may get them. */
export interface Canary {
  readonly kind: string;
  readonly id: string;
  readonly secrets: readonly string[];
  readonly readers: ReadonlySet<string>;
}

/** What is planted, and who may get it: said in SQL from the county's rules, and not by the code under test. */
interface Kind {
  readonly kind: string;
  /** `id`, `secrets` and the subjects of those who may get them, `readers`. */
  readonly sql: string;
}

/** Roles held now, those who stand in now, and who follows a case: assigned to it or standing in. */
const RELATIONS = `with now_in as (
    select w.id as worker_id, w.subject, m.role::text as role, m.district_id from membership m join worker w on w.id = m.worker_id
    where w.disabled_at is null and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())),
  team as (select * from now_in where role in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')),
  holds_case as (select c.id as case_id, c.district_id, n.worker_id, n.subject from "case" c
    join assignment a on a.case_id = c.id and a.ends_at is null
    join now_in n on n.worker_id = a.worker_id and n.role = 'SOCIAL_WORKER' and n.district_id = c.district_id),
  follows as (select case_id, subject from holds_case union
    select c.id, n.subject from "case" c join assignment a on a.case_id = c.id and a.ends_at is null
      join relay r on r.absent_worker_id = a.worker_id and r.district_id = c.district_id and r.starts_at <= now() and r.ends_at > now()
      join now_in n on n.worker_id = r.stand_in_id and n.role = 'SOCIAL_WORKER' and n.district_id = c.district_id),
  opened as (select c.id as case_id, n.subject from "case" c join now_in n on n.worker_id = c.opener_id and n.role = 'SOCIAL_WORKER'
    and n.district_id = c.district_id),
  takes_part as (select aw.appointment_id, t.subject from appointment_worker aw join appointment a on a.id = aw.appointment_id
    join team t on t.worker_id = aw.worker_id and t.district_id = a.district_id),
  knows_subject as (select appointment_id, subject from takes_part union
    select a.id, f.subject from appointment a join follows f on f.case_id = a.case_id),
  reads_encounter as (select e.id, e.person_id, e.held_by_id as worker_id, e.district_id, e.held_at as since, n.subject from encounter e
      join now_in n on n.worker_id = e.held_by_id and n.role = 'SOCIAL_WORKER' and n.district_id = e.district_id
      where e.case_id is null and e.held_at > now() - interval '30 days'
    union select e.id, e.person_id, h.worker_id, e.district_id, e.passed_on_at, h.subject from encounter e
      join holds_case h on h.case_id = e.case_id and h.worker_id in (e.held_by_id, e.passed_to_id)),
  not_back as (select a.id as appointment_id, n.subject from appointment a join now_in n on n.district_id = a.district_id
      and (n.role = 'DISTRICT_HEAD' or n.role = 'SOCIAL_WORKER' and exists (select from visit v where v.worker_id = n.worker_id
        and v.district_id = n.district_id and v.day = (now() at time zone 'Europe/Paris')::date))
    where a.mode = 'HOME' and a.back_at is null and a.ends_at < now() - interval '30 minutes' and a.starts_at > now() - interval '2 days'),
  account as (select person_id, subject from person_account),
  follows_person as (select cp.person_id, f.subject from case_person cp join follows f using (case_id)),
  knows_person as (select person_id, subject from follows_person union select person_id, subject from account
    union select ap.person_id, tp.subject from appointment_person ap join appointment a on a.id = ap.appointment_id
      join takes_part tp on tp.appointment_id = a.id
      where a.ends_at > now() - interval '30 days' and a.status::text not like 'CANCELLED%'
    union select k.person_id, t.subject from (
        select v.person_id, v.worker_id, v.district_id from visit v where coalesce(v.closed_at, v.arrived_at) > now() - interval '30 days'
        union select r.person_id, r.duty_worker_id, r.district_id from appointment_request r
          where r.closed_at is null or r.closed_at > now() - interval '30 days'
        union select m.person_id, m.worker_id, m.district_id from message m
          where coalesce(m.done_at, m.sent_at + interval '60 days') > now() - interval '30 days'
        union select r.person_id, r.worker_id, r.district_id from reads_encounter r where r.since > now() - interval '30 days'
        union select rp.person_id, r.to_worker_id, r.to_district_id from referral_person rp join referral r on r.id = rp.referral_id
          where r.closed_at is null or r.closed_at > now() - interval '30 days'
        union select i.person_id, i.worker_id, i.district_id from incoming_request i
          where i.closed_at is null or i.closed_at > now() - interval '30 days') k
      join team t on t.worker_id = k.worker_id and t.district_id = k.district_id
    union select p.id, n.subject from person p join now_in n on n.role = 'RECEPTIONIST' and not p.sensitive_file
      and (n.district_id = p.district_id or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = p.id and a.district_id = n.district_id))),
  has_contact as (select person_id, subject from follows_person union select person_id, subject from account
    union select ap.person_id, tp.subject from appointment_person ap join appointment a on a.id = ap.appointment_id
      join takes_part tp on tp.appointment_id = a.id
      where a.starts_at < now() + interval '7 days' and a.ends_at > now() - interval '30 days' and a.status::text not like 'CANCELLED%'
    union select k.person_id, t.subject from (
        select v.person_id, v.worker_id, v.district_id from visit v where coalesce(v.closed_at, v.arrived_at) > now() - interval '30 days'
        union select r.person_id, r.duty_worker_id, r.district_id from appointment_request r
          where r.closed_at is null or r.closed_at > now() - interval '30 days'
        union select m.person_id, m.worker_id, m.district_id from message m
          where coalesce(m.done_at, m.sent_at + interval '60 days') > now() - interval '30 days'
        union select rp.person_id, r.to_worker_id, r.to_district_id from referral_person rp join referral r on r.id = rp.referral_id
          where r.closed_at is null or r.closed_at > now() - interval '30 days'
        union select i.person_id, i.worker_id, i.district_id from incoming_request i
          where i.closed_at is null or i.closed_at > now() - interval '30 days') k
      join team t on t.worker_id = k.worker_id and t.district_id = k.district_id
    union select p.id, n.subject from person p join now_in n on n.role = 'RECEPTIONIST' and not p.sensitive_file
      and (n.district_id = p.district_id or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = p.id and a.district_id = n.district_id))),
  knows_name as (select person_id, subject from knows_person union
    select cp.person_id, n.subject from case_person cp join "case" c on c.id = cp.case_id
      join now_in n on n.role = 'DISTRICT_HEAD' and n.district_id = c.district_id
    union select cp.person_id, o.subject from case_person cp join opened o using (case_id)),
  sees_needs as (select case_id, subject from follows union select case_id, subject from opened),
  receives_referral as (select r.id as referral_id, n.subject from referral r join now_in n on n.role = 'SOCIAL_WORKER'
      and n.worker_id = r.to_worker_id and n.district_id = r.to_district_id
    union select r.id, f.subject from referral r join follows f on f.case_id = r.case_id),
  reads_incoming as (select i.id as request_id, n.subject from incoming_request i join now_in n on n.district_id = i.district_id
      and (n.role = 'SOCIAL_WORKER' and n.worker_id = i.worker_id
        or n.role = 'DISTRICT_HEAD' and i.worker_id is null and i.closed_at is null)),
  allocates_name as (select rp.person_id, n.subject from referral r join referral_person rp on rp.referral_id = r.id
      join now_in n on n.role = 'DISTRICT_HEAD' and n.district_id = r.to_district_id and r.to_worker_id is null
        and (r.closed_at is null or r.status = 'ACCEPTED')
    union select i.person_id, n.subject from incoming_request i join now_in n on n.role = 'DISTRICT_HEAD'
      and n.district_id = i.district_id and i.worker_id is null and i.closed_at is null),
  works_with_request as (select r.id as request_id, n.subject from appointment_request r join now_in n on n.district_id = r.district_id
      and (n.role = 'RECEPTIONIST' or (n.role = 'SOCIAL_WORKER' and n.worker_id = r.duty_worker_id))
    union select r.id, f.subject from appointment_request r join follows f on f.case_id = r.case_id),
  changed_today as (select of.person_id, n.subject from act a cross join unnest(a.person_ids) of (person_id)
    join person p on p.id = of.person_id and not p.confirm_nothing and not p.sensitive_file
    join now_in n on n.role = 'SOCIAL_WORKER' and n.district_id = a.district_id and exists (select from visit v where v.worker_id = n.worker_id
      and v.district_id = n.district_id and v.day = (now() at time zone 'Europe/Paris')::date)
    where a.taken_back_at is null and (a.done_at at time zone 'Europe/Paris')::date = (now() at time zone 'Europe/Paris')::date
      and not exists (select from case_person cp join holds_case h using (case_id) where cp.person_id = of.person_id)),
  finds as (select p.id as person_id, n.subject from person p join now_in n on n.district_id = p.district_id
    and (n.role = 'SOCIAL_WORKER' or (n.role = 'RECEPTIONIST' and not p.sensitive_file)))`;

/** Joins the subjects of a relation, gathered once, as `name.who`. */
function readers(name: string, relation: string, key: string, of: string): string {
  return `left join (select ${key} as key, array_agg(distinct subject) as who from ${relation} group by 1) ${name} on ${name}.key = ${of}`;
}

const SHOWN_CASE = `(select case_id, subject from case_person join account using (person_id) where show_online)`;
const SHOWN_APPOINTMENT = `(select appointment_id, subject from appointment_person join account using (person_id) where show_online)`;
const DESK = `(select district_id, subject from now_in where role = 'RECEPTIONIST')`;
const HEADS = `(select district_id, subject from now_in where role = 'DISTRICT_HEAD')`;
const SHOWN_REQUEST = `(select r.id as request_id, a.subject from appointment_request r join account a using (person_id) where r.show_online)`;
const OF_A_REQUEST = `${readers('works', 'works_with_request', 'request_id', 'r.id')}
  ${readers('head', `${HEADS} h`, 'district_id', 'r.district_id')} ${readers('shown', `${SHOWN_REQUEST} s`, 'request_id', 'r.id')}
  ${readers('desk', `${DESK} d`, 'district_id', 'r.district_id')}`;
const OF_A_CASE = `${readers('team', 'team', 'district_id', 'c.district_id')} ${readers('shown', `${SHOWN_CASE} s`, 'case_id', 'c.id')}`;
/** By its secret. */
const BOOKED_BY_CLIENT = `array(select c.client_id from online_booking b join client c on c.id = b.client_id
  where b.appointment_id = a.id)`;
const ADVISERS = `array(select subject from now_in where role = 'TECHNICAL_ADVISER')`;
/** The officer reads references in the access log, for a request in hand. */
const OFFICERS = `array(select subject from now_in where role = 'DATA_PROTECTION_OFFICER')`;
const ADMINISTRATORS = `array(select subject from now_in where role = 'ADMINISTRATOR')`;

const KINDS: readonly Kind[] = [
  {
    // Rule 1: holds the open assignment, and wrote it or accepted it in a handover, or had it released (rule 2).
    kind: 'note',
    sql: `select n.id, array['canari-' || md5('note ' || n.id), n.id::text, ${iso('n.written_at')}, ${iso('n.amended_at')}] as secrets,
      array(select h.subject from holds_case h where h.case_id = n.case_id and (n.author_id = h.worker_id or (n.status = 'FINAL' and (
        exists (select from handover_note hn join handover o on o.id = hn.handover_id where hn.note_id = n.id
          and o.to_worker_id = h.worker_id and o.accepted_at is not null)
        or exists (select from release_note rn join release l on l.id = rn.release_id where rn.note_id = n.id and rn.closed_at is null
          and l.requested_by_id = h.worker_id and l.approved_at is not null and l.lapsed_at is null
          and (l.open_until is null or l.open_until > now())))))) as readers from interview_note n`,
  },
  {
    kind: 'subject of an appointment',
    sql: `select s.appointment_id as id, array['canari-' || md5('subject ' || s.appointment_id)] as secrets, r.who as readers
      from appointment_subject s ${readers('r', 'knows_subject', 'appointment_id', 's.appointment_id')}`,
  },
  {
    kind: 'appointment',
    sql: `select a.id, array[a.id::text, a.place] as secrets, r.who || desk.who || shown.who || b.who || ${BOOKED_BY_CLIENT} as readers
      from appointment a ${readers('b', 'not_back', 'appointment_id', 'a.id')}
      ${readers('r', 'knows_subject', 'appointment_id', 'a.id')} ${readers('desk', `${DESK} d`, 'district_id', 'a.district_id')}
      ${readers('shown', `${SHOWN_APPOINTMENT} s`, 'appointment_id', 'a.id')}`,
  },
  {
    kind: 'calendar',
    sql: `select f.id, array[f.id::text] as secrets, array(select w.subject from worker w where w.id = f.worker_id)
      || array(select c.subject from person_account c where c.person_id = f.person_id) as readers from calendar_feed f`,
  },
  {
    kind: 'another calendar',
    sql: `select o.id, array[o.id::text] as secrets, array(select w.subject from worker w where w.id = o.worker_id) as readers
      from outside_calendar o`,
  },
  {
    kind: 'notice to give',
    sql: `select n.id, array[n.id::text] as secrets, r.who || desk.who as readers
      from appointment_notice n join appointment a on a.id = n.appointment_id
      ${readers('r', 'knows_subject', 'appointment_id', 'a.id')} ${readers('desk', `${DESK} d`, 'district_id', 'a.district_id')}`,
  },
  {
    kind: 'that someone came',
    sql: `select v.id, array[v.id::text] as secrets, works.who || head.who || desk.who as readers from visit v
      ${readers('works', '(select v.id as visit_id, t.subject from visit v join team t on t.worker_id = v.worker_id and t.district_id = v.district_id)', 'visit_id', 'v.id')}
      ${readers('head', `${HEADS} h`, 'district_id', 'v.district_id')} ${readers('desk', `${DESK} d`, 'district_id', 'v.district_id')}`,
  },
  {
    kind: 'message',
    sql: `select m.id, array[m.id::text, m.name, m.phone, 'canari-' || md5('said blind ' || m.text_id), ${iso('m.sent_at')}] as secrets, array(select t.subject from team t
      where t.worker_id = m.worker_id and t.district_id = m.district_id) as readers from message m`,
  },
  {
    // One reader: who held it, for 30 days; once it is passed on, who follows the case, if they held it or it was passed on to them.
    kind: 'encounter',
    sql: `select e.id, array['canari-' || md5('encounter ' || e.id), e.id::text, ${iso('e.held_at')}, ${iso('e.passed_on_at')}] as secrets,
      r.who as readers from encounter e ${readers('r', 'reads_encounter', 'id', 'e.id')}`,
  },
  {
    kind: 'that someone was sent on',
    sql: `select r.id, array[r.id::text] as secrets, works.who || head.who || shown.who || desk.who || receiving.who as readers
      from referral r ${readers('works', 'receives_referral', 'referral_id', 'r.id')}
      ${readers('head', `${HEADS} h`, 'district_id', 'r.to_district_id')} ${readers('shown', 'account', 'person_id', 'r.online_person_id')}
      ${readers('desk', `${DESK} d`, 'district_id', 'r.district_id')} ${readers('receiving', `${DESK} e`, 'district_id', 'r.to_district_id')}`,
  },
  {
    kind: 'when someone was sent on',
    sql: `select r.id, array[${iso('r.sent_at')}] as secrets, works.who || head.who || shown.who as readers
      from referral r ${readers('works', 'receives_referral', 'referral_id', 'r.id')}
      ${readers('head', `${HEADS} h`, 'district_id', 'r.to_district_id')} ${readers('shown', 'account', 'person_id', 'r.online_person_id')}`,
  },
  {
    kind: 'text of a referral',
    sql: `select c.referral_id as id, array['canari-' || md5('referral ' || c.referral_id)] as secrets, works.who as readers
      from referral_content c ${readers('works', 'receives_referral', 'referral_id', 'c.referral_id')}`,
  },
  {
    kind: 'that a partner asks',
    sql: `select i.id, array[i.id::text] as secrets, works.who || head.who as readers
      from incoming_request i ${readers('works', 'reads_incoming', 'request_id', 'i.id')}
      ${readers('head', `${HEADS} h`, 'district_id', 'i.district_id')}`,
  },
  {
    kind: 'what a partner asks, and about whom',
    sql: `select i.id, array[i.name, 'canari-' || md5('asked ' || c.request_id)] as secrets, works.who as readers from incoming_request i
      left join incoming_request_content c on c.request_id = i.id ${readers('works', 'reads_incoming', 'request_id', 'i.id')}`,
  },
  {
    kind: 'that someone waits',
    sql: `select r.id, array[r.id::text, ${iso('r.asked_at')}] as secrets, works.who || head.who || shown.who as readers
      from appointment_request r ${OF_A_REQUEST}`,
  },
  {
    // Its place in the row: it is when it was asked, unless somebody judged otherwise.
    kind: 'how urgent it is',
    sql: `select r.id, array[case when r.urgency <> 'ORDINARY' then ${iso('r.rank_at')} end] as secrets, works.who || head.who as readers
      from appointment_request r ${OF_A_REQUEST}`,
  },
  {
    kind: 'what someone said who gave no name',
    sql: `select r.id, array[r.called_name, r.phone, r.reference] as secrets, works.who as readers
      from appointment_request r ${OF_A_REQUEST}`,
  },
  {
    kind: 'what is offered to someone who waits',
    sql: `select o.id, array[o.id::text, o.place] as secrets, works.who || shown.who as readers
      from slot_offer o join appointment_request r on r.id = o.request_id ${OF_A_REQUEST}`,
  },
  {
    kind: 'when they were told of it',
    sql: `select o.id, array[${iso('o.told_at')}] as secrets, works.who as readers
      from slot_offer o join appointment_request r on r.id = o.request_id ${OF_A_REQUEST}`,
  },
  {
    kind: 'that someone was passed over',
    sql: `select p.id, array[p.id::text, ${iso('p.skipped_at')}] as secrets, desk.who as readers
      from offer_skip p join appointment_request r on r.id = p.request_id ${OF_A_REQUEST}`,
  },
  {
    kind: 'who else is at an appointment, and when it was booked',
    sql: `select p.id, array[p.id::text, ${iso('a.booked_at')}] as secrets, r.who || desk.who as readers
      from appointment_participant p join appointment a on a.id = p.appointment_id
      ${readers('r', 'knows_subject', 'appointment_id', 'a.id')} ${readers('desk', `${DESK} d`, 'district_id', 'a.district_id')}`,
  },
  {
    kind: 'need',
    sql: `select n.id, array[n.id::text] as secrets, r.who as readers from need n ${readers('r', 'sees_needs', 'case_id', 'n.case_id')}`,
  },
  {
    kind: 'case',
    sql: `select c.id, array[c.id::text] as secrets, team.who || shown.who as readers from "case" c ${OF_A_CASE}`,
  },
  {
    kind: 'reference of a case',
    sql: `select c.id, array[c.reference] as secrets, ${OFFICERS} || team.who || shown.who || case when exists (select from release r
        where r.case_id = c.id and r.approved_at is null and r.refused_at is null and r.lapsed_at is null) then ${ADVISERS} end as readers
      from "case" c ${OF_A_CASE}`,
  },
  {
    kind: 'phone, mail address and birth date of a person',
    sql: `select p.id, array[p.phone, p.email, case when p.birth_date < '1995-01-01' then p.birth_date::text end] as secrets, r.who as readers from person p
      ${readers('r', 'has_contact', 'person_id', 'p.id')}`,
  },
  {
    kind: 'name of a person',
    sql: `select p.id, array[p.family_name] as secrets, r.who || f.who || head.who || c.who as readers from person p
      ${readers('c', 'changed_today', 'person_id', 'p.id')}
      ${readers('r', 'knows_name', 'person_id', 'p.id')} ${readers('f', 'finds', 'person_id', 'p.id')}
      ${readers('head', 'allocates_name', 'person_id', 'p.id')}`,
  },
  {
    // Nobody gets what stood in a row before an act, until it is taken back: then it is the row's.
    kind: 'name of a person',
    sql: `select a.id, array[a.before ->> 'family_name'] as secrets, '{}'::text[] as readers from act a
      where a.before ? 'family_name' and a.taken_back_at is null`,
  },
  {
    kind: 'person',
    sql: `select p.id, array[p.id::text] as secrets, r.who || f.who as readers from person p
      ${readers('r', 'knows_name', 'person_id', 'p.id')} ${readers('f', 'finds', 'person_id', 'p.id')}`,
  },
  {
    kind: 'reference of a person',
    sql: `select p.id, array[p.reference] as secrets, ${OFFICERS} || r.who || f.who || c.who as readers from person p
      ${readers('c', 'changed_today', 'person_id', 'p.id')}
      ${readers('r', 'has_contact', 'person_id', 'p.id')} ${readers('f', 'finds', 'person_id', 'p.id')}`,
  },
  {
    kind: 'address',
    sql: `select d.person_id as id, array[d.line] as secrets,
      case when d.confidential then f.who else r.who end
        || array(select b.subject from appointment_person ap join not_back b using (appointment_id) where ap.person_id = d.person_id)
        as readers from person_address d
      ${readers('r', 'has_contact', 'person_id', 'd.person_id')} ${readers('f', 'follows', 'case_id', 'd.case_id')}`,
  },
  {
    kind: 'safe postal address',
    sql: `select d.person_id as id, array[d.line] as secrets, f.who as readers from safe_address d
      ${readers('f', 'follows', 'case_id', 'd.case_id')}`,
  },
  {
    kind: 'contact that a person proposes',
    sql: `select c.person_id as id, array[c.id::text, c.phone] as secrets, f.who || own.who as readers from contact_proposal c
      ${readers('f', 'follows_person', 'person_id', 'c.person_id')} ${readers('own', 'account', 'person_id', 'c.person_id')}`,
  },
  {
    kind: 'contact that another has said',
    sql: `select w.id, array[w.id::text, w.said ->> 'phone'] as secrets, f.who as readers from contact_word w
      ${readers('f', 'follows_person', 'person_id', 'w.person_id')}`,
  },
  {
    kind: 'address for letters that another has said',
    sql: `select w.id, array[w.said -> 'address' ->> 'line'] as secrets, f.who || array(select k.subject from "case" c
        join worker k on k.id = c.assigned_worker_id where c.id = case_that_answers(w.person_id)
          and w.case_id not in (select s.case_id from sheltering_cases(w.person_id) s)) as readers
      from contact_word w ${readers('f', 'follows', 'case_id', 'w.case_id')}`,
  },
  {
    kind: 'place that somebody typed',
    sql: `select w.appointment_id as id, array[w.place] as secrets,
      array(select k.subject from worker k where k.id = w.typed_by_id)
      || case when a.mode <> 'HOME' or (a.starts_at at time zone 'Europe/Paris')::date = (now() at time zone 'Europe/Paris')::date
        then array(select tp.subject from takes_part tp where tp.appointment_id = a.id) end
      || b.who as readers
      from withheld_place w join appointment a on a.id = w.appointment_id ${readers('b', 'not_back', 'appointment_id', 'a.id')}`,
  },
  {
    kind: 'receipt of a notice',
    sql: `select n.id, array[n.id::text] as secrets, r.who as readers from notice_receipt n
      ${readers('r', 'has_contact', 'person_id', 'n.person_id')}`,
  },
  {
    kind: 'draft of a notice',
    sql: `select d.id, array[d.id::text] as secrets, ${ADMINISTRATORS} || ${OFFICERS} as readers from privacy_notice_draft d`,
  },
  {
    kind: 'handover',
    sql: `select h.id, array[h.id::text] as secrets, array(select w.subject from worker w where w.id in (h.from_worker_id, h.to_worker_id)) as readers
      from handover h`,
  },
  {
    kind: 'handover to make',
    sql: `select t.id, array[t.id::text] as secrets, array(select w.subject from worker w
      where w.id = t.worker_id or (w.id = t.to_worker_id and t.answer = 'NO')) as readers from handover_task t`,
  },
  {
    kind: 'planned reassignment',
    sql: `select r.id, array[r.id::text] as secrets, array(select n.subject from now_in n where n.district_id = r.district_id
        and (n.role = 'DISTRICT_HEAD' or n.role = 'SOCIAL_WORKER' and n.worker_id in (r.from_worker_id, r.to_worker_id))) as readers
      from planned_reassignment r`,
  },
  {
    kind: 'release',
    sql: `select r.id, array[r.id::text] as secrets, ${ADVISERS} || ${OFFICERS} || array(select w.subject from worker w
        where w.id = r.requested_by_id or w.id = any (r.holder_ids)) as readers from release r`,
  },
  {
    kind: 'facts of a danger',
    sql: `select d.release_id as id, array['canari-' || md5('facts ' || d.release_id)] as secrets, ${ADVISERS} || ${OFFICERS}
      || array(select w.subject from release r join worker w on w.id = r.requested_by_id where r.id = d.release_id) as readers
      from danger_statement d`,
  },
  {
    kind: 'notification',
    sql: `select n.id, array[n.id::text] as secrets, array(select w.subject from worker w where w.id = n.worker_id) as readers from notification n`,
  },
  {
    kind: 'relay',
    sql: `select r.id, array[r.id::text] as secrets,
        team.who || case when r.pending_until > now() or r.confirmed_by_id is not null then ${ADVISERS} else '{}' end as readers from relay r
      ${readers('team', 'team', 'district_id', 'r.district_id')}`,
  },
  {
    kind: 'absence',
    sql: `select a.id, array[a.id::text] as secrets, array(select n.subject from now_in n where n.worker_id = a.worker_id
        or n.role = 'DISTRICT_HEAD' and n.district_id = a.district_id) as readers from absence a`,
  },
  {
    kind: 'hours or time off in an agenda',
    sql: `select v.id, array[v.id::text] as secrets, desk.who || own.who || stands_in.who as readers
      from (select id, worker_id, district_id from availability union all
        select id, worker_id, district_id from unavailability where outside_calendar_id is null) v
      ${readers('desk', `${DESK} d`, 'district_id', 'v.district_id')}
      ${readers('own', 'team', `worker_id || ':' || district_id`, `v.worker_id || ':' || v.district_id`)}
      ${readers(
        'stands_in',
        `(select r.absent_worker_id || ':' || r.district_id as agenda, n.subject from relay r
        join now_in n on n.worker_id = r.stand_in_id and n.role = 'SOCIAL_WORKER' and n.district_id = r.district_id
        where r.starts_at <= now() and r.ends_at > now()) s`,
        'agenda',
        `v.worker_id || ':' || v.district_id`,
      )}`,
  },
  {
    // Beside the figures, for the same: of whatever district.
    kind: 'observation of a team',
    sql: `select o.id, array[o.id::text, o.body] as secrets, array(select subject from now_in where role in
        ('SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'))
      || case when o.confirmed_on is not null
        then array(select client_id from client where kind = 'REPORTING' and disabled_at is null) else '{}' end as readers
      from indicator_observation o`,
  },
  {
    // Nobody else than the author has read them: they are the county’s workers’.
    kind: 'words of a team',
    sql: `select w.id, array[w.words] as secrets, array(select subject from worker where disabled_at is null) as readers
      from (select id, definition_fr as words from indicator where confirmed_on is null
        union all select speaker_id, words from indicator_voice where confirmed_on is null and words is not null) w`,
  },
  {
    // The team’s own, until a published report shows it.
    kind: 'what a team asked about its wait',
    sql: `select s.id, array[s.id::text] as secrets, array(select n.subject from now_in n
        where n.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD') and n.district_id = s.district_id
          or n.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')) as readers
      from wait_simulation s where not exists (select from activity_report_text t join activity_report r on r.id = t.report_id
        where t.simulation_id = s.id and r.published_on is not null
          and t.version = standing_text(r.id))`,
  },
  {
    // Its members’, and once it is adopted all colleagues’. A vote has no text and no id, and so no canary: that it makes no difference to anyone else’s answers,
    // `access/noninterference` compares.
    kind: 'option of a team',
    sql: `select o.id, array[o.id::text] as secrets, array(select n.subject from now_in n where n.district_id = o.district_id
        and n.role in ('SOCIAL_WORKER', 'RECEPTIONIST', 'DISTRICT_HEAD') and (n.role <> 'DISTRICT_HEAD' or o.status = 'ADOPTED')) as readers
      from team_option o`,
  },
  {
    kind: 'who spoke of an indicator without a name',
    sql: `select s.id, array[s.name] as secrets, array(select n.subject from now_in n where n.role = 'SOCIAL_WORKER' and n.district_id = s.district_id)
      || array(select subject from worker where id = s.worker_id) as readers from indicator_speaker s where not s.is_named and s.name is not null`,
  },
  {
    kind: 'text of a report that is not published',
    sql: `select r.id, array['canari-' || md5('text ' || t.report_id || ':' || t.version), 'canari-' || md5('english ' || t.report_id || ':' || t.version)]
        as secrets, array(select subject from now_in where role in
        ('SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')) as readers
      from activity_report r join activity_report_text t on t.report_id = r.id
      where t.body is not null and (r.published_on is null
        or t.version <> standing_text(r.id))`,
  },
  {
    kind: 'erratum that nobody has signed',
    sql: `select e.id, array[e.id::text, e.text_fr] as secrets, array(select subject from now_in where role in
        ('SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')) as readers
      from erratum e where e.published_on is null`,
  },
  {
    kind: 'membership',
    sql: `select m.id, array[m.id::text] as secrets, ${ADMINISTRATORS} || array(select subject from worker where id = m.worker_id) as readers
      from membership m`,
  },
  {
    kind: 'suspension',
    sql: `select s.id, array[s.id::text] as secrets, array(select subject from now_in where role in
        ('ADMINISTRATOR', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')) as readers from suspension s`,
  },
  {
    kind: 'client',
    sql: `select c.id, array[c.id::text] as secrets, ${ADMINISTRATORS} as readers from client c`,
  },
];

function iso(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The mark in the text of a row, by its table. */
const MARKS: Readonly<Record<TextTable, (row: string) => string>> = {
  appointment_subject: (row) => `canari-${md5(`subject ${row}`)}`,
  referral_content: (row) => `canari-${md5(`referral ${row}`)}`,
  incoming_request_content: (row) => `canari-${md5(`asked ${row}`)}`,
  message_text: (row) => `canari-${md5(`said blind ${row}`)}`,
  danger_statement: (row) => `canari-${md5(`facts ${row}`)}`,
  activity_report_text: (row) => saying(`canari-${md5(`text ${row}`)}`, `canari-${md5(`english ${row}`)}`),
};

/** A mark in every sealed text; every appointment that may have a subject has one. */
async function plantInTexts(database: TestDatabase): Promise<void> {
  const vault = testVault();
  const make = rowsOf(database);
  const without = await database.sql<{ id: string }>(
    `select id from appointment a where places is null and not booked_at_desk
       and not exists (select from appointment_subject s where s.appointment_id = a.id)`,
  );
  await Promise.all(without.map(({ id: appointmentId }) => make.appointmentSubject({ appointmentId })));
  for (const [table, columns] of Object.entries(TEXT_TABLES)) {
    const of = table as TextTable;
    const name = columns.join(` || ':' || `);
    const found = await database.sql<{ row: string }>(
      `select ${name} || '' as row from ${table} where body is not null`,
    );
    const sealed = await Promise.all(
      found.map(async ({ row }) => {
        const { body, masterKeyId, wrapped } = await sealText(vault, of, row, MARKS[of](row));
        const asText = (value: Uint8Array): string => `\\x${Buffer.from(value).toString('hex')}`;
        return { row, body: asText(body), master_key_id: masterKeyId, wrapped: asText(wrapped) };
      }),
    );
    await database.sql(
      `update ${table} set body = r.body, master_key_id = r.master_key_id, wrapped = r.wrapped
         from jsonb_to_recordset($1::jsonb) r("row" text, body bytea, master_key_id text, wrapped bytea) where ${name} || '' = r.row`,
      [JSON.stringify(sealed)],
    );
  }
}

/** A mark in every free text, and a time and a birth date that nobody else has; notes sealed again with theirs. */
export async function plantCanaries(database: TestDatabase): Promise<void> {
  const vault = testVault();
  const keys = await database.sql<{ caseId: string; masterKeyId: string; wrapped: Buffer }>(
    'select case_id as "caseId", master_key_id as "masterKeyId", wrapped from case_key',
  );
  const opened = new Map(
    await Promise.all(
      keys.map(async (key) => [key.caseId, await vault.openCaseKey(key, key.caseId)] as const),
    ),
  );
  const notes = await database.sql<{ id: string; caseId: string; text: string }>(
    `select id, case_id as "caseId", 'canari-' || md5('note ' || id) as text from interview_note order by written_at, id`,
  );
  const rows = notes.map((note, index) => {
    const sealed = opened.get(note.caseId)?.seal(note.id, note.text);
    if (sealed === undefined) throw new Error('a note without its case’s key');
    const writtenAt = new Date(Date.UTC(2019, 0, 1) + index * 3_600_017);
    return {
      id: note.id,
      body: `\\x${Buffer.from(sealed).toString('hex')}`,
      written_at: writtenAt.toISOString(),
      amended_at: new Date(writtenAt.getTime() + 7_001).toISOString(),
    };
  });
  await database.sql('alter table interview_note disable trigger user');
  await database.sql(
    `update interview_note n set body = r.body::bytea, written_at = r.written_at::timestamptz,
       amended_at = case when n.amended_at is null then null else r.amended_at::timestamptz end
     from jsonb_to_recordset($1::jsonb) r(id uuid, body text, written_at text, amended_at text) where r.id = n.id`,
    [JSON.stringify(rows)],
  );
  await database.sql('alter table interview_note enable trigger user');
  await plantInEncounters(database);
  await plantInTexts(database);
  await database.sql(`update appointment a set place = 'canari-' || md5('place ' || a.id), booked_at = '2018-01-01'::timestamptz + r.nth * interval '3611003 milliseconds'
    from (select id, row_number() over (order by id) as nth from appointment) r where r.id = a.id`);
  const inTurn = (table: string, column: string, from: string, milliseconds: number): Promise<unknown> =>
    database.sql(`update ${table} t set ${column} = '${from}'::timestamptz + r.nth * interval '${milliseconds} milliseconds'
      from (select id, row_number() over (order by id) as nth from ${table}) r where r.id = t.id and t.${column} is not null`);
  await inTurn('appointment_request', 'asked_at', '2015-01-01', 3_611_009);
  await database.sql(`update appointment_request set called_name = 'canari-' || md5('waits as ' || id),
    phone = 'canari-' || left(md5('reached at ' || id), 30) where person_id is null`);
  await inTurn('message', 'sent_at', '2014-01-01', 3_611_011);
  await database.sql(`update message set name = 'canari-' || md5('called ' || id),
    phone = 'canari-' || left(md5('number ' || id), 30)`);
  await inTurn('referral', 'sent_at', '2013-01-01', 3_611_021);
  await database.sql(
    `update incoming_request set name = case when name is not null then 'canari-' || md5('asked about ' || id) end`,
  );
  await database.sql('alter table indicator_speaker disable trigger opinion_while_asked');
  await database.sql(
    `update indicator_speaker set name = 'canari-' || md5('speaker ' || id) where name is not null and not is_named`,
  );
  await database.sql('alter table indicator_speaker enable trigger opinion_while_asked');
  await database.sql(
    `update erratum set text_fr = 'canari-' || md5('erratum ' || id) where published_on is null`,
  );
  await database.sql(
    `update indicator_voice set words = 'canari-' || md5('said ' || speaker_id) where confirmed_on is null and words is not null`,
  );
  await database.sql('alter table indicator disable trigger indicator_steps');
  await database.sql(
    `update indicator set definition_fr = 'canari-' || md5('proposed ' || id) where confirmed_on is null`,
  );
  await database.sql('alter table indicator enable trigger indicator_steps');
  await database.sql(`update indicator_observation set body = 'canari-' || md5('observed ' || id)`);
  await inTurn('slot_offer', 'told_at', '2016-01-01', 3_611_017);
  await inTurn('offer_skip', 'skipped_at', '2017-01-01', 3_611_023);
  await database.sql(
    `update slot_offer set place = case when place is not null then 'canari-' || md5('offered ' || id) end`,
  );
  await database.sql(
    `update person_address set line = 'canari-' || md5('line ' || person_id || confidential)`,
  );
  // A third of the persons with a case have named an address where letters go.
  const named = await database.sql<{ caseId: string; personId: string }>(
    `select case_id as "caseId", person_id as "personId" from case_person cp where left(md5(person_id::text), 1) < '5'
       and not exists (select from safe_address s where s.case_id = cp.case_id and s.person_id = cp.person_id)`,
  );
  const make = rowsOf(database);
  await Promise.all(
    named.map(({ caseId, personId }) =>
      make.safeAddress({
        caseId,
        personId,
        line: `canari-${md5(`safe ${caseId}${personId}`)}`,
        postalCode: null,
        city: null,
      }),
    ),
  );
  await database.sql(
    `update act set before = jsonb_build_object('family_name', 'canari-' || md5('stood before ' || id)) where kind = 'CHANGE_IDENTITY'`,
  );
  await database.sql(
    `update contact_proposal set phone = 'canari-' || left(md5('proposed ' || person_id), 30)`,
  );
  await database.sql(`update contact_word set said = case kind
    when 'SAFE_ADDRESS' then jsonb_set(said, '{address,line}', to_jsonb('canari-' || left(md5('said ' || id), 30)))
    else said || jsonb_build_object('phone', 'canari-' || left(md5('said ' || id), 30)) end`);
  await database.sql(`update person p set
    phone = case when phone is not null then 'canari-' || left(md5('phone ' || p.id), 30) end,
    email = 'canari-' || left(md5('email ' || p.id), 30),
    family_name = case when family_name is not null then 'canari-' || md5('family ' || p.id) end,
    birth_date = case when birth_date is not null then '1920-01-01'::date + 73 * r.nth::integer end
    from (select id, row_number() over (order by id) as nth from person) r where r.id = p.id`);
  // What planting has told, at the time of this run: the other notifications are of the sixth of January.
  await database.sql(`delete from notification where created_at > '2026-01-07'`);
}

/**
 * Seals each encounter under a new key of its own: some have had no key. The times are of the last weeks, and of long ago for the encounters
 * that nobody reads any more.
 */
async function plantInEncounters(database: TestDatabase): Promise<void> {
  const vault = testVault();
  const make = rowsOf(database);
  const encounters = await database.sql<{ id: string; text: string }>(
    `select id, 'canari-' || md5('encounter ' || id) as text from encounter order by id`,
  );
  await database.sql('delete from encounter_key');
  for (const { id, text } of encounters) {
    const wrapped = await vault.newCaseKey(encounterKeyName(id));
    const sealed = (await vault.openCaseKey(wrapped, encounterKeyName(id))).seal(id, text);
    await database.sql('update encounter set body = $2 where id = $1', [id, Buffer.from(sealed)]);
    await make.encounterKey({ encounterId: id, ...wrapped });
  }
  await database.sql(`update encounter e set
    held_at = case when e.held_at > now() - interval '30 days' then date_trunc('day', now()) - interval '20 days' else '2013-01-01'::timestamptz end
      + r.nth * interval '3011029 milliseconds',
    passed_on_at = case when e.passed_on_at is not null then date_trunc('day', now()) - interval '10 days' + r.nth * interval '3011033 milliseconds' end
    from (select id, row_number() over (order by id) as nth from encounter) r where r.id = e.id`);
}

/** Every canary there is, and who may get it as things stand now. */
export async function findCanaries(database: TestDatabase): Promise<readonly Canary[]> {
  const found: Canary[] = [];
  for (const { kind, sql } of KINDS) {
    const rows = await database.sql<{ id: string; secrets: (string | null)[]; readers: string[] | null }>(
      `${RELATIONS} ${sql}`,
    );
    for (const { id, secrets, readers: who } of rows)
      found.push({
        kind,
        id,
        secrets: secrets.filter((secret) => secret !== null),
        readers: new Set(who ?? []),
      });
  }
  return found;
}
