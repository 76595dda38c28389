import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { WHO_READS_WHAT } from '../../src/services/data-protection/who-reads-what.js';
import { type BuiltCase, openHours } from '../support/county.js';
import { draftReport, everyTeamSays, type Signer } from '../support/statistics.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/** Rule 9, action by action: each writes its own entry and what it read on its way, under who acted, and nothing else. */
let made: LoggedCounty;
let file: BuiltCase;
let nth = 0;

beforeAll(async () => {
  made = await startLoggedCounty();
});
beforeEach(async () => {
  nth += 1;
  file = await made.newCase();
});
afterAll(() => made.close());

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

const send: LoggedCounty['send'] = (...args) => made.send(...args);

// ---- Rows to act on ---------------------------------------------------------------------------------------
const ofPerson = () => ({ personId: file.personId });
const versionOne = (id: string) => ({ id, expectedVersion: 1 });

async function newNeed() {
  return versionOne(
    await made.one(
      'insert into need (id, case_id, code, starts_on) values (gen_random_uuid(), $1, $2, current_date) returning id',
      [file.id, made.code],
    ),
  );
}

async function leaveTo(worker: string): Promise<void> {
  await made.database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await made.database.sql('insert into assignment (case_id, worker_id) values ($1, $2)', [
    file.id,
    made.who[worker],
  ]);
}

async function newAbsenceOf(workerId: string) {
  await made.database.sql('delete from absence where worker_id = $1', [workerId]);
  return versionOne(
    await made.one(
      `insert into absence (worker_id, district_id, starts_at) values ($1, $2, now() - interval '1 day') returning id`,
      [workerId, made.district],
    ),
  );
}

async function newAbsence() {
  const absent = await made.sevran.worker(`absent-${nth}`);
  await made.database.sql(
    `insert into absence (worker_id, district_id, starts_at, ends_at)
     values ($1, $2, now() - interval '1 day', now() + interval '9 days')`,
    [absent.id, made.district],
  );
  return {
    districtId: made.district,
    absentWorkerId: absent.id,
    standInId: made.who['bruno'],
    startsAt: inDays(1),
    endsAt: inDays(2),
  };
}

async function newRelay() {
  const { absentWorkerId } = await newAbsence();
  return versionOne(
    await made.one(
      `insert into relay (id, district_id, absent_worker_id, stand_in_id, starts_at, ends_at)
       values (gen_random_uuid(), $1, $2, $3, now(), now() + interval '1 day') returning id`,
      [made.district, absentWorkerId, made.who['bruno']],
    ),
  );
}

async function newPlan() {
  return versionOne(
    await made.one(
      `insert into planned_reassignment (case_id, to_worker_id, planned_by_id, takes_effect_at)
       values ($1, $2, $3, now() + interval '2 days') returning id`,
      [file.id, made.who['bruno'], made.who['hélène']],
    ),
  );
}

async function newHandover() {
  return {
    id: await made.one(
      'insert into handover (case_id, from_worker_id, to_worker_id) values ($1, $2, $3) returning id',
      [file.id, made.who['alice'], made.who['bruno']],
    ),
  };
}

const noticeTexts = { textFr: 'dpo@departement-fictif.fr', textEn: 'dpo@departement-fictif.fr' };
async function noticeDraft(opinion: string | null) {
  return versionOne(
    await made.one(
      `insert into privacy_notice_draft (kind, text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, opinion, opinion_on, opinion_by_id)
       values ('SHORT', $6, $6, $1, $2, $3, $4::"NoticeOpinion", case when $4 is not null then current_date end, case when $4 is not null then $5::uuid end)
       returning id`,
      [
        WHO_READS_WHAT.fr,
        WHO_READS_WHAT.en,
        made.who['admin'],
        opinion,
        made.who['déléguée'],
        noticeTexts.textFr,
      ],
    ),
  );
}

const booking = () => ({
  districtId: made.district,
  workerIds: [made.who['alice']],
  typeCode: 'FOLLOW_UP',
  startsAt: inDays(nth),
  caseId: file.id,
  personIds: [file.personId],
});

async function newAppointment() {
  expect((await send('alice', 'bookAppointment', booking())).errors).toEqual([]);
  return versionOne(await made.one('select id from appointment where case_id = $1', [file.id]));
}

/** What is counted, as far as it has come. */
let years = 2_030;
/** A year that is frozen, with the visits of the district. */
/** A figure that is frozen, and one more of which an adviser has written an erratum. */
async function frozenFigure() {
  return { period: String(await newYear()), indicator: 'VISITS', districtId: made.district };
}
async function newErratum(): Promise<string> {
  const { period, indicator, districtId } = await frozenFigure();
  const [row] = await made.database.sql<{ id: string }>(
    `insert into erratum (period, indicator_code, district_id, text_fr, proposed_by_id, proposed_on)
     select $1, $2, $3, 'x', w.id, current_date from worker w where w.subject = 'conseillère' returning id`,
    [period, indicator, districtId],
  );
  return row?.id ?? '';
}

async function newYear(): Promise<number> {
  years += 1;
  await made.database.sql(
    `insert into indicator (code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind, dimensions,
       status, proposed_on, consulted_from, consulted_until, adopted_on, given_by, place)
     values ('VISITS', 1, 'Passages', 'Visits', 'x', 'x', 'x', 'VISITS', 'VISIT', 'FLOW', '{}', 'ADOPTED', '2025-01-02', '2025-01-06', '2025-01-31', '2025-02-03', 'DISTRICT', 40)
     on conflict do nothing`,
  );
  await made.database.sql(
    `with frozen as (insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
       values ($1::text, make_date($1::text::integer, 1, 1), make_date($1::text::integer + 1, 1, 1), make_date($1::text::integer + 1, 2, 10), 1, '\\x00') returning id)
     insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells)
       select frozen.id, i.id, $2, '{}', '{7}' from frozen, indicator i where i.code = 'VISITS'`,
    [String(years), made.district],
  );
  return years;
}

function newIndicator(status: 'PROPOSED' | 'CONSULTED' | 'ADOPTED'): Promise<string> {
  return made.one(
    `insert into indicator (code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind,
       dimensions, proposed_on, status, consulted_from, consulted_until, adopted_on, given_by, place)
     values ($1, 1, 'x', 'x', 'x', 'x', 'x', 'OPEN_CASES', 'CASE', 'STOCK', '{}', day_in_paris(now()), $2::"IndicatorStatus",
       case when $2 <> 'PROPOSED' then day_in_paris(now()) end, case when $2 <> 'PROPOSED' then day_in_paris(now()) + 20 end,
       case when $2 = 'ADOPTED' then day_in_paris(now()) end, case when $2 = 'ADOPTED' then 'DISTRICT'::"IndicatorTerritory" end,
       case when $2 = 'ADOPTED' then (select count(*) + 1 from indicator where status = 'ADOPTED') end) returning id`,
    [`ESSAI_${nth}`, status],
  );
}

/** A meeting that alice holds. */
async function newMeeting(): Promise<string> {
  const id = await made.one(
    `insert into appointment (district_id, type_code, starts_at, ends_at, places)
     values ($1, 'INFORMATION_MEETING', now() + interval '1 day', now() + interval '25 hours', 12) returning id`,
    [made.district],
  );
  await made.database.sql('insert into appointment_worker (appointment_id, worker_id) values ($1, $2)', [
    id,
    made.who['alice'],
  ]);
  return id;
}

let publicSlots = 0;
/** The first half hour of someone's hours on days of this slot's own, to be booked online. */
async function newPublicSlot() {
  publicSlots += 1;
  const days = { from: dayAhead(20 + 3 * publicSlots), until: dayAhead(22 + 3 * publicSlots) };
  const hours = { ...days, weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const worker = await made.sevran.worker(`libre-${publicSlots}`);
  const { id } = await openHours(made.database, worker.id, made.district, hours);
  const startsAt = await made.one(
    'select to_json(starts_at)::text as id from availability_occurrence where availability_id = $1 order by starts_at limit 1',
    [id],
  );
  return {
    districtId: made.district,
    typeCode: 'FIRST_RECEPTION',
    startsAt: JSON.parse(startsAt),
    name: 'Anonyme',
  };
}

async function newOnlineBooking() {
  const client = await made.app.as('client.booking');
  const { data } = await client.send(
    'mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { secret } }',
    { input: await newPublicSlot() },
  );
  return { secret: data?.['bookOnline'].secret, expectedVersion: 1 };
}

/** Begun an hour ago, and nobody is back. */
async function newHomeVisit() {
  const id = await made.one(
    `insert into appointment (district_id, case_id, type_code, mode, starts_at, ends_at, expected_back_at)
     values ($1, $2, 'HOME_VISIT', 'HOME', now() - interval '1 hour', now(), now()) returning id`,
    [made.district, file.id],
  );
  await made.database.sql('insert into appointment_worker values ($1, $2)', [id, made.who['alice']]);
  return versionOne(id);
}

async function newNotice() {
  const { id } = await newAppointment();
  return versionOne(
    await made.one(
      `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
       values ($1, $2, $3, 'MOVED', now()) returning id`,
      [id, file.personId, made.district],
    ),
  );
}

/** Of the case, and so of alice's; bruno is on duty. */
async function newRequest() {
  return versionOne(
    await made.one(
      `insert into appointment_request (district_id, person_id, case_id, type_code, duty_worker_id)
       values ($1, $2, $3, 'FOLLOW_UP', $4) returning id`,
      [made.district, file.personId, file.id, made.who['bruno']],
    ),
  );
}

let offered = 0;
async function newOffer() {
  offered += 2;
  const { id } = await newRequest();
  // What is offered stands as long as its worker is open then.
  await openHours(made.database, made.who['alice'] ?? '', made.district, {
    from: inDays(199 + offered).slice(0, 10),
    until: inDays(202 + offered).slice(0, 10),
    opensAt: '06:00',
    closesAt: '18:00',
    weekdays: [],
  }).then(({ id: hours }) =>
    made.database.sql(
      `insert into availability_occurrence (availability_id, starts_at, ends_at)
        values ($1, $2::timestamptz - interval '1 hour', $2::timestamptz + interval '2 hours')`,
      [hours, inDays(200 + offered)],
    ),
  );
  return versionOne(
    await made.one(
      `insert into slot_offer (request_id, district_id, worker_id, mode, starts_at, ends_at, channel, answer_by)
       values ($1, $2, $3, 'ON_SITE', $4, $4::timestamptz + interval '45 minutes', 'NEUTRAL_TEXT', now() + interval '1 hour')
       returning id`,
      [id, made.district, made.who['alice'], inDays(200 + offered)],
    ),
  );
}

/** Ana comes, and alice is to receive her. */
async function newVisit() {
  return versionOne(
    await made.one(
      `insert into visit (district_id, kind, person_id, worker_id) values ($1, 'WALK_IN', $2, $3) returning id`,
      [made.district, file.personId, made.who['alice']],
    ),
  );
}

async function newMessage() {
  return versionOne(
    await made.one(
      `insert into message (district_id, worker_id, person_id) values ($1, $2, $3) returning id`,
      [made.district, made.who['alice'], file.personId],
    ),
  );
}

/** Of Ana, whom alice saw on duty. */
async function newEncounter() {
  await send('alice', 'recordEncounter', { districtId: made.district, ...ofPerson() });
  return versionOne(await made.one('select id from encounter where person_id = $1', [file.personId]));
}

/** Ana is referred to the district, and to bruno unless to nobody yet. */
async function newReferral(worker: string | null = 'bruno') {
  const id = await made.one(
    `insert into referral (case_id, to_district_id, to_worker_id, sent_by_id, answer_by)
      values ($1, $2, $3, $4, now() + interval '9 days') returning id`,
    [file.id, made.district, worker === null ? null : made.who[worker], made.who['alice']],
  );
  await made.database.sql(
    'insert into referral_person (referral_id, case_id, person_id) values ($1, $2, $3)',
    [id, file.id, file.personId],
  );
  return versionOne(id);
}

async function newIncomingRequest(worker: string | null = 'bruno') {
  return versionOne(
    await made.one(
      `insert into incoming_request (district_id, partner, mandated, person_id, received_on, answer_by, inform_by, worker_id, status)
        values ($1, 'SCHOOL', true, $2, current_date, now() + interval '9 days', now() + interval '30 days', $3::uuid,
          case when $3::uuid is null then 'RECEIVED' else 'ALLOCATED' end::"IncomingRequestStatus") returning id`,
      [made.district, file.personId, worker === null ? null : made.who[worker]],
    ),
  );
}

async function newRelease() {
  // One of an assignment waits at a time.
  await made.database.sql('update release set assignment_id = null where case_id = $1', [file.id]);
  return {
    id: await made.one(
      `insert into release (case_id, requested_by_id, ground) values ($1, $2, 'COURT_ORDER') returning id`,
      [file.id, made.who['alice']],
    ),
  };
}

/** A release of a case that someone else held before. */
async function newReleaseAfter(holder: string) {
  await made.database.sql(
    `insert into assignment (case_id, worker_id, starts_at, ends_at)
      select case_id, $2, starts_at - interval '2 hours', starts_at - interval '1 hour' from assignment where case_id = $1 and ends_at is null`,
    [file.id, made.who[holder]],
  );
  return newRelease();
}

const dayAhead = (days: number): string => inDays(days).slice(0, 10);

/** Hours of bruno's on days of this test's own. */
async function newHours() {
  const days = {
    from: dayAhead(60 + 2 * nth),
    until: dayAhead(62 + 2 * nth),
    weekdays: [1, 2, 3, 4, 5, 6, 7],
  };
  const { id } = await openHours(made.database, made.who['bruno'] ?? '', made.district, days);
  return {
    ...versionOne(id),
    day: await made.one(
      `select ((starts_at at time zone 'Europe/Paris')::date)::text as id from availability_occurrence
      where availability_id = $1 order by 1 limit 1`,
      [id],
    ),
  };
}

async function newTimeOff() {
  return versionOne(
    await made.one(
      `insert into unavailability (worker_id, district_id, starts_at, ends_at)
       values ($1, $2, now() + interval '1 day', now() + interval '2 days') returning id`,
      [made.who['bruno'], made.district],
    ),
  );
}

const aMembership = async () => {
  const { id } = await made.sevran.worker(`leaver-${nth}`);
  return versionOne(await made.one('select id from membership where worker_id = $1', [id]));
};
const aClient = async () =>
  versionOne(
    await made.one(
      `insert into client (issuer, client_id, kind, name, scopes) values ('x', $1, 'REPORTING', 'x', '{cases:read}') returning id`,
      [`client-${nth}`],
    ),
  );

type Input = Record<string, unknown>;
type Made = () => Input | Promise<Input>;

const READS_CASE = 'READ_CASE the case by';
const READS_PERSON = 'READ_PERSON Ana by';

/** Every mutation that there is: who does it, to what, and what is written. */
const DONE: readonly (readonly [mutation: string, by: string, input: Made, lines: readonly string[]])[] = [
  [
    'registerPerson',
    'rachida',
    () => ({ districtId: made.district, chosenName: 'Sam' }),
    ['REGISTER_PERSON another by rachida: DONE'],
  ],
  [
    'updatePerson',
    'rachida',
    () => ({ ...versionOne(file.personId), chosenName: 'Sam' }),
    [`${READS_PERSON} rachida: DONE`, 'UPDATE_PERSON Ana by rachida: DONE'],
  ],
  [
    'setPersonAddress',
    'alice',
    () => ({ ...ofPerson(), expectedVersion: 0, line: 'ici', confidential: true }),
    [`${READS_PERSON} alice: DONE`, 'UPDATE_PERSON Ana by alice: DONE'],
  ],
  [
    'setConfirmNothing',
    'alice',
    () => ({ ...ofPerson(), confirmNothing: true }),
    [`${READS_PERSON} alice: DONE`, 'SET_CONFIRM_NOTHING Ana by alice: DONE'],
  ],
  [
    'proposeSafeContact',
    'ana',
    async () => {
      await made.database.sql('insert into person_account (person_id, issuer, subject) values ($1, $2, $3)', [
        file.personId,
        DEVELOPMENT_ISSUER,
        'ana',
      ]);
      return { ...ofPerson(), safeContact: 'LETTER' };
    },
    [`${READS_PERSON} Ana: DONE`, 'PROPOSE_SAFE_CONTACT Ana by Ana: DONE'],
  ],
  [
    'answerContactProposal',
    'alice',
    async () => ({
      ...ofPerson(),
      proposalId: await made.one(
        `insert into contact_proposal (person_id, safe_contact) values ($1, 'LETTER') returning id`,
        [file.personId],
      ),
      expectedVersion: 1,
      accept: true,
    }),
    [`${READS_PERSON} alice: DONE`, 'ANSWER_CONTACT_PROPOSAL Ana by alice: DONE'],
  ],
  [
    'setAgreedWord',
    'alice',
    () => ({ ...ofPerson(), word: 'coquelicot' }),
    [`${READS_PERSON} alice: DONE`, 'SET_AGREED_WORD Ana by alice: DONE'],
  ],
  [
    'setCommunication',
    'alice',
    () => ({ ...ofPerson(), expectedVersion: 1, language: 'fsl' }),
    [`${READS_PERSON} alice: DONE`, 'SET_COMMUNICATION Ana by alice: DONE'],
  ],
  [
    'sendTimesAgain',
    'rachida',
    async () => ({
      districtId: made.district,
      fullName: 'Ana Petit',
      reference: await made.one('select reference as id from person where id = $1', [file.personId]),
    }),
    ['LOOK_UP_PERSON Ana by rachida: DONE', 'SEND_TIMES_AGAIN Ana by rachida: DONE'],
  ],
  [
    'sendBlindMessage',
    'bruno',
    async () => {
      await made.database.sql(`insert into visit (district_id, kind, worker_id) values ($1, 'CALL', $2)`, [
        made.district,
        made.who['bruno'],
      ]);
      const reference = await made.one('select reference as id from person where id = $1', [file.personId]);
      return { fullName: 'Ana Petit', reference, text: 'Rappelez-nous.' };
    },
    ['LOOK_UP_PERSON Ana by bruno: DONE', 'SEND_BLIND_MESSAGE Ana by bruno: DONE'],
  ],
  [
    'callDutyWorker',
    'rachida',
    async () => {
      await made.database.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
      const reference = await made.one('select reference as id from person where id = $1', [file.personId]);
      return { districtId: made.district, workerId: made.who['bruno'], reference };
    },
    ['LOOK_UP_PERSON Ana by rachida: DONE', 'RECORD_VISIT Ana by rachida: DONE'],
  ],
  [
    'suspendContact',
    'alice',
    ofPerson,
    [`${READS_PERSON} alice: DONE`, 'SUSPEND_CONTACT Ana by alice: DONE'],
  ],
  [
    'setSafeContact',
    'alice',
    () => ({ ...ofPerson(), expectedVersion: 1, safeContact: 'LETTER' }),
    [`${READS_PERSON} alice: DONE`, 'SET_SAFE_CONTACT Ana by alice: DONE'],
  ],
  [
    'setSafeAddress',
    'alice',
    () => ({ ...ofPerson(), expectedVersion: 0, line: 'chez une amie' }),
    [`${READS_PERSON} alice: DONE`, 'SET_SAFE_ADDRESS Ana by alice: DONE'],
  ],
  [
    'openConfidentialAddress',
    'bruno',
    async () => {
      await made.database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
      await made.database.sql(
        `insert into person_address (person_id, line, confidential, case_id) values ($1, 'ici', true, $2)`,
        [file.personId, file.id],
      );
      await made.database.sql(
        `insert into visit (district_id, kind, person_id, worker_id) values ($1, 'WALK_IN', $2, $3)`,
        [made.district, file.personId, made.who['bruno']],
      );
      return { ...ofPerson(), ground: 'DANGER' };
    },
    [
      `${READS_PERSON} bruno: DONE`,
      'READ_ADDRESS_FOR_DANGER Ana by bruno: DONE',
      'READ_ADDRESS_FOR_DANGER the case by bruno: DONE',
    ],
  ],
  [
    'giveNotice',
    'alice',
    () => ({ ...ofPerson(), noticeId: made.notice, channel: 'ORAL' }),
    [`${READS_PERSON} alice: DONE`, 'GIVE_NOTICE Ana by alice: DONE'],
  ],
  [
    'openCase',
    'bruno',
    () => ({ districtId: made.district, mission: 'RSA', personIds: [file.personId] }),
    ['OPEN_CASE another Ana by bruno: DONE', 'READ_CASE another by bruno: DONE'],
  ],
  [
    'assignCase',
    'hélène',
    async () => {
      const unassigned = await made.sevran.case();
      return { caseId: unassigned.id, workerId: made.who['bruno'], expectedVersion: 1 };
    },
    ['READ_CASE another by hélène: DONE', 'ASSIGN_CASE another for bruno by hélène: DONE'],
  ],
  [
    'reassignCase',
    'hélène',
    () => ({ caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 }),
    [`${READS_CASE} hélène: DONE`, 'REASSIGN_CASE the case for bruno by hélène: DONE'],
  ],
  [
    'planReassignment',
    'hélène',
    () => ({ caseId: file.id, workerId: made.who['bruno'], takesEffectAt: inDays(2), expectedVersion: 1 }),
    [`${READS_CASE} hélène: DONE`, 'PLAN_REASSIGNMENT the case for bruno by hélène: DONE'],
  ],
  [
    'withdrawPlannedReassignment',
    'hélène',
    newPlan,
    ['WITHDRAW_REASSIGNMENT the case for bruno by hélène: DONE'],
  ],
  [
    'reassignCases',
    'hélène',
    async () => {
      await made.one(
        `insert into absence (worker_id, district_id, starts_at, ends_at) values ($1, $2, now(), now() + interval '4 days') returning id`,
        [made.who['alice'], made.district],
      );
      return {
        fromWorkerId: made.who['alice'],
        moves: [{ caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 }],
      };
    },
    [
      'LIST_CASES_FOR_REASSIGNMENT for alice by hélène: DONE',
      'REASSIGN_CASE the case for bruno by hélène: DONE',
    ],
  ],
  [
    'closeCase',
    'alice',
    () => ({ caseId: file.id, expectedVersion: 1 }),
    [`${READS_CASE} alice: DONE`, 'CLOSE_CASE the case by alice: DONE'],
  ],
  [
    'reopenCase',
    'alice',
    async () => {
      await made.database.sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [
        file.id,
      ]);
      return { caseId: file.id, expectedVersion: 1, reason: 'MISTAKE' };
    },
    [`${READS_CASE} alice: DONE`, 'REOPEN_CASE_FOR_MISTAKE the case by alice: DONE'],
  ],
  [
    'recordNeed',
    'alice',
    () => ({ caseId: file.id, code: made.code, startsOn: '2026-01-05' }),
    [`${READS_CASE} alice: DONE`, 'RECORD_NEED the case by alice: DONE'],
  ],
  [
    'endNeed',
    'alice',
    async () => ({ ...(await newNeed()), endsOn: '2099-01-01' }),
    ['RECORD_NEED the case by alice: DONE'],
  ],
  [
    'declareAbsence',
    'hélène',
    () => ({ districtId: made.district, workerId: made.who['bruno'], startsAt: inDays(1) }),
    ['DECLARE_ABSENCE for bruno by hélène: DONE'],
  ],
  [
    'changeAbsence',
    'hélène',
    async () => ({ ...(await newAbsenceOf(made.who['bruno'] ?? '')), endsAt: inDays(2) }),
    ['CHANGE_ABSENCE for bruno by hélène: DONE'],
  ],
  [
    'contradictAbsence',
    'bruno',
    () => newAbsenceOf(made.who['bruno'] ?? ''),
    ['CONTRADICT_ABSENCE for bruno by bruno: DONE'],
  ],
  ['openRelay', 'hélène', newAbsence, ['OPEN_RELAY for bruno by hélène: DONE']],
  ['endRelay', 'hélène', newRelay, ['END_RELAY for bruno by hélène: DONE']],
  [
    'writeNote',
    'alice',
    () => ({ caseId: file.id, body: 'autre texte' }),
    [`${READS_CASE} alice: DONE`, 'WRITE_NOTE the case by alice: DONE'],
  ],
  [
    'amendNote',
    'alice',
    () => ({ ...versionOne(file.noteIds[0] ?? ''), body: 'autre texte' }),
    ['AMEND_NOTE the case by alice: DONE'],
  ],
  [
    'offerHandover',
    'alice',
    () => ({ caseId: file.id, toWorkerId: made.who['bruno'], noteIds: file.noteIds }),
    [`${READS_CASE} alice: DONE`, 'OFFER_HANDOVER the case for bruno by alice: DONE'],
  ],
  [
    'acceptHandover',
    'bruno',
    async () => {
      const offered = await newHandover();
      await leaveTo('bruno');
      return offered;
    },
    [`${READS_CASE} bruno: DONE`, 'ACCEPT_HANDOVER the case by bruno: DONE'],
  ],
  [
    'withdrawHandover',
    'alice',
    async () => ({
      id: await made.one(
        'insert into handover (case_id, from_worker_id, to_worker_id) values ($1, $2, $3) returning id',
        [file.id, made.who['alice'], made.who['bruno']],
      ),
    }),
    ['WITHDRAW_HANDOVER the case by alice: DONE'],
  ],
  [
    'answerHandoverTask',
    'bruno',
    async () => ({
      id: await made.one(
        'insert into handover_task (case_id, worker_id, to_worker_id) values ($1, $2, $3) returning id',
        [file.id, made.who['bruno'], made.who['alice']],
      ),
      answer: 'NO',
      reason: 'OTHER',
    }),
    ['OFFER_HANDOVER the case for alice by bruno: DONE'],
  ],
  [
    'requestRelease',
    'alice',
    () => ({ caseId: file.id, ground: 'COURT_ORDER' }),
    [`${READS_CASE} alice: DONE`, 'REQUEST_NOTE_RELEASE the case by alice: DONE'],
  ],
  [
    'approveRelease',
    'conseillère',
    newRelease,
    ['APPROVE_NOTE_RELEASE the case for alice by conseillère: DONE'],
  ],
  [
    'refuseRelease',
    'conseillère',
    newRelease,
    ['REFUSE_NOTE_RELEASE the case for alice by conseillère: DONE'],
  ],
  [
    'answerRelease',
    'bruno',
    async () => ({ ...(await newReleaseAfter('bruno')), answer: 'NO', reason: 'OTHER' }),
    ['ANSWER_NOTE_RELEASE the case by bruno: DONE'],
  ],
  [
    'recordReleaseTold',
    'alice',
    async () => {
      const { id } = await newReleaseAfter('bruno');
      await made.database.sql(
        `update release_answer set answer = 'NO', reason = 'OTHER', answered_at = now() where release_id = $1`,
        [id],
      );
      return { id };
    },
    ['TELL_NOTE_RELEASE the case by alice: DONE'],
  ],
  [
    'reviewRelease',
    'déléguée',
    async () => {
      const { id } = await newRelease();
      await made.database.sql(
        `insert into danger_statement (release_id, facts, author_called_at, author_call) values ($1, 'x', now(), 'NO_ANSWER')`,
        [id],
      );
      await made.database.sql(
        `update release set ground = 'DANGER', approved_at = now(), approved_by_id = $2 where id = $1`,
        [id, made.who['conseillère']],
      );
      return { id, opinion: 'JUSTIFIED' };
    },
    ['REVIEW_NOTE_RELEASE the case by déléguée: DONE'],
  ],
  [
    'bookAppointment',
    'alice',
    booking,
    [`${READS_CASE} alice: DONE`, 'BOOK_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'moveAppointment',
    'alice',
    async () => ({ ...(await newAppointment()), startsAt: inDays(nth + 100) }),
    ['MOVE_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'cancelAppointment',
    'alice',
    async () => ({ ...(await newAppointment()), by: 'PERSON' }),
    ['CANCEL_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'openCollectiveAppointment',
    'alice',
    () => ({
      districtId: made.district,
      workerIds: [made.who['alice']],
      typeCode: 'INFORMATION_MEETING',
      startsAt: inDays(nth + 100),
    }),
    ['BOOK_APPOINTMENT by alice: DONE'],
  ],
  [
    'joinCollectiveAppointment',
    'alice',
    async () => ({ id: await newMeeting(), personId: file.personId }),
    ['BOOK_APPOINTMENT Ana by alice: DONE'],
  ],
  [
    'leaveCollectiveAppointment',
    'alice',
    async () => {
      const id = await newMeeting();
      await made.database.sql('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
        id,
        file.personId,
      ]);
      return { id, personId: file.personId, by: 'PERSON' };
    },
    ['CANCEL_APPOINTMENT Ana by alice: DONE'],
  ],
  [
    'recordAttendance',
    'alice',
    async () => {
      const id = await newMeeting();
      await made.database.sql('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
        id,
        file.personId,
      ]);
      await made.database.sql(
        `update appointment set starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour' where id = $1`,
        [id],
      );
      return { id, personId: file.personId, expectedVersion: 1, outcome: 'HONOURED' };
    },
    ['RECORD_OUTCOME Ana by alice: DONE'],
  ],
  [
    'recordNotice',
    'rachida',
    async () => ({ ...(await newNotice()), outcome: 'TOLD' }),
    ['RECORD_NOTICE Ana by rachida: DONE'],
  ],
  [
    'sendReferral',
    'alice',
    () => ({ caseId: file.id, personIds: [file.personId], toDistrictId: made.district }),
    [`${READS_CASE} alice: DONE`, 'SEND_REFERRAL the case by alice: DONE'],
  ],
  [
    'allocateReferral',
    'hélène',
    async () => ({ ...(await newReferral(null)), workerId: made.who['bruno'] }),
    ['ALLOCATE_REFERRAL the case for bruno by hélène: DONE'],
  ],
  [
    'answerReferral',
    'bruno',
    async () => ({ ...(await newReferral()), answer: 'ACCEPTED' }),
    ['ANSWER_REFERRAL the case by bruno: DONE'],
  ],
  ['withdrawReferral', 'alice', () => newReferral(), ['WITHDRAW_REFERRAL the case by alice: DONE']],
  [
    'showReferral',
    'alice',
    async () => ({ ...(await newReferral()), showOnline: true }),
    ['SHOW_REFERRAL the case by alice: DONE'],
  ],
  [
    'recordIncomingRequest',
    'rachida',
    () => ({ districtId: made.district, partner: 'SCHOOL', ...ofPerson() }),
    ['RECORD_INCOMING_REQUEST Ana by rachida: DONE'],
  ],
  [
    'allocateIncomingRequest',
    'hélène',
    async () => ({ ...(await newIncomingRequest(null)), workerId: made.who['bruno'] }),
    ['ALLOCATE_INCOMING_REQUEST Ana for bruno by hélène: DONE'],
  ],
  [
    'answerIncomingRequest',
    'bruno',
    () => newIncomingRequest(),
    ['ANSWER_INCOMING_REQUEST Ana by bruno: DONE'],
  ],
  [
    'declineIncomingRequest',
    'bruno',
    () => newIncomingRequest(),
    ['DECLINE_INCOMING_REQUEST Ana by bruno: DONE'],
  ],
  [
    'deferNotice',
    'alice',
    () => ({
      caseId: file.id,
      personId: file.personId,
      ground: 'CHILD_PROTECTION',
      reviewOn: inDays(30).slice(0, 10),
    }),
    [`${READS_CASE} alice: DONE`, 'DEFER_INFORMATION the case Ana by alice: DONE'],
  ],
  [
    'deferInformation',
    'bruno',
    async () => ({ ...(await newIncomingRequest()), ground: 'SECRECY', reviewOn: inDays(30).slice(0, 10) }),
    ['DEFER_INFORMATION Ana by bruno: DONE'],
  ],
  ['markChildProtection', 'bruno', () => newIncomingRequest(), ['MARK_CHILD_PROTECTION Ana by bruno: DONE']],
  ['recordInformation', 'bruno', () => newIncomingRequest(), ['RECORD_INFORMATION Ana by bruno: DONE']],
  [
    'recordVisit',
    'rachida',
    () => ({ districtId: made.district, kind: 'WALK_IN', ...ofPerson() }),
    ['RECORD_VISIT Ana by rachida: DONE'],
  ],
  [
    'directVisit',
    'rachida',
    async () => ({ ...(await newVisit()), workerId: made.who['bruno'] }),
    ['DIRECT_VISIT Ana by rachida: DONE'],
  ],
  ['takeIn', 'alice', newVisit, ['TAKE_IN Ana by alice: DONE']],
  [
    'closeVisit',
    'alice',
    async () => ({ ...(await newVisit()), outcome: 'ANSWERED' }),
    ['CLOSE_VISIT Ana by alice: DONE'],
  ],
  [
    'sendMessage',
    'rachida',
    () => ({ districtId: made.district, workerId: made.who['bruno'], ...ofPerson() }),
    ['SEND_MESSAGE Ana for bruno by rachida: DONE'],
  ],
  ['closeMessage', 'alice', newMessage, ['CLOSE_MESSAGE Ana by alice: DONE']],
  [
    'recordEncounter',
    'alice',
    () => ({ districtId: made.district, ...ofPerson(), text: 'vu' }),
    ['RECORD_ENCOUNTER_NOTE Ana by alice: DONE'],
  ],
  [
    'writeEncounter',
    'alice',
    async () => ({ ...(await newEncounter()), text: 'revu' }),
    ['WRITE_ENCOUNTER_NOTE Ana by alice: DONE'],
  ],
  [
    'passOnEncounter',
    'alice',
    async () => ({ ...(await newEncounter()), caseId: file.id }),
    [
      'PASS_ON_ENCOUNTER_NOTE Ana by alice: DONE',
      `${READS_CASE} alice: DONE`,
      'PASS_ON_ENCOUNTER_NOTE the case by alice: DONE',
    ],
  ],
  ['deleteEncounter', 'alice', newEncounter, ['DELETE_ENCOUNTER_NOTE Ana by alice: DONE']],
  [
    'requestAppointment',
    'rachida',
    () => ({ districtId: made.district, typeCode: 'FIRST_RECEPTION', ...ofPerson() }),
    ['REQUEST_APPOINTMENT Ana by rachida: DONE'],
  ],
  [
    'changeRequest',
    'bruno',
    async () => ({ ...(await newRequest()), mode: 'PHONE' }),
    ['CHANGE_APPOINTMENT_REQUEST the case Ana by bruno: DONE'],
  ],
  [
    'setUrgency',
    'bruno',
    async () => ({ ...(await newRequest()), urgency: 'TODAY' }),
    ['SET_URGENCY the case Ana by bruno: DONE'],
  ],
  [
    'recordPresence',
    'rachida',
    async () => ({ ...(await newRequest()), present: true }),
    ['RECORD_PRESENCE the case Ana by rachida: DONE'],
  ],
  [
    'nameRequest',
    'rachida',
    async () => ({
      ...(await versionOne(
        await made.one(
          `insert into appointment_request (district_id, reference, type_code) values ($1, $2, 'FOLLOW_UP') returning id`,
          [made.district, `D-${randomUUID().toUpperCase()}`],
        ),
      )),
      ...ofPerson(),
    }),
    ['CHANGE_APPOINTMENT_REQUEST Ana by rachida: DONE'],
  ],
  ['withdrawRequest', 'alice', newRequest, ['WITHDRAW_APPOINTMENT_REQUEST the case Ana by alice: DONE']],
  ['recordOffer', 'rachida', newOffer, ['RECORD_OFFER Ana by rachida: DONE']],
  [
    'answerOffer',
    'rachida',
    async () => ({ ...(await newOffer()), accept: true }),
    ['ANSWER_OFFER Ana by rachida: DONE', 'BOOK_APPOINTMENT the case Ana by rachida: DONE'],
  ],
  // What is counted is of nobody in particular, and what a team says of it is its own: nothing to log.
  [
    'proposeIndicator',
    'bruno',
    () => ({
      districtId: made.district,
      code: `ESSAI_${nth}`,
      labelFr: 'Dossiers ouverts',
      labelEn: 'Open cases',
      definitionFr: 'Les dossiers ouverts à la fin de la période.',
      countsFr: 'Un dossier suspendu.',
      doesNotCountFr: 'Un dossier clos.',
      measure: 'OPEN_CASES',
    }),
    [],
  ],
  [
    'openConsultation',
    'conseillère',
    async () => ({ id: await newIndicator('PROPOSED'), until: dayAhead(30) }),
    [],
  ],
  [
    'stateOpinion',
    'bruno',
    async () => ({ id: await newIndicator('CONSULTED'), districtId: made.district, position: 'AGAINST' }),
    [],
  ],
  [
    'adoptIndicator',
    'conseillère',
    async () => {
      const id = await newIndicator('CONSULTED');
      await made.database.sql(everyTeamSays('FOR'), [[id]]);
      return { id };
    },
    [],
  ],
  [
    'refuseIndicator',
    'conseillère',
    async () => ({ id: await newIndicator('PROPOSED'), refusal: 'DUPLICATE', reason: 'Déjà compté.' }),
    [],
  ],
  [
    'retireIndicator',
    'conseillère',
    async () => ({ id: await newIndicator('ADOPTED'), reason: 'Personne ne le lit.' }),
    [],
  ],
  [
    'writeNarrative',
    'bruno',
    async () => ({
      districtId: made.district,
      year: await newYear(),
      text: 'Une année.',
    }),
    [],
  ],
  ['declineNarrative', 'bruno', async () => ({ districtId: made.district, year: await newYear() }), []],
  [
    'signNarrative',
    'bruno',
    async () => {
      const year = await newYear();
      await draftReport(made.database, { districtId: made.district, year }, []);
      return { districtId: made.district, year, expectedVersion: 1 };
    },
    [],
  ],
  [
    'proposeErratum',
    'conseillère',
    async () => ({ ...(await frozenFigure()), textFr: 'Il en manquait.' }),
    [],
  ],
  ['signErratum', 'déléguée', async () => ({ id: await newErratum() }), []],
  ['withdrawErratum', 'conseillère', async () => ({ id: await newErratum() }), []],
  [
    'publishActivityReport',
    'conseillère',
    async () => {
      const year = await newYear();
      const signers = await made.database.sql<Signer>(
        `select id as "workerId", $1 as "districtId" from worker where subject in ('alice', 'bruno')`,
        [made.district],
      );
      await draftReport(made.database, { districtId: made.district, year }, signers);
      return { districtId: made.district, year, expectedVersion: 1 };
    },
    [],
  ],
  [
    'addObservation',
    'bruno',
    async () => {
      await newIndicator('ADOPTED');
      return {
        code: `ESSAI_${nth}`,
        districtId: made.district,
        year: new Date().getFullYear(),
        text: 'Un guichet voisin a fermé.',
      };
    },
    [],
  ],
  [
    'clearUnavailability',
    'rachida',
    async () => ({ ...(await newTimeOff()), how: 'CANCEL' }),
    ['CHANGE_AGENDA for bruno by rachida: DONE'],
  ],
  ['openCalendarFeed', 'alice', () => ({}), ['OPEN_CALENDAR_FEED for alice by alice: DONE']],
  [
    'revokeCalendarFeed',
    'alice',
    async () => ({
      id: await made.one(
        `insert into calendar_feed (worker_id, client_id, secret_hash)
         values ($1, (select id from client where client_id = 'front.demo'), gen_random_uuid()::text::bytea) returning id`,
        [made.who['alice']],
      ),
    }),
    ['REVOKE_CALENDAR_FEED for alice by alice: DONE'],
  ],
  [
    'bookOnline',
    'client.booking',
    newPublicSlot,
    ['BOOK_APPOINTMENT another by another: DONE', 'REGISTER_PERSON another by another: DONE'],
  ],
  [
    'moveOnline',
    'client.booking',
    async () => ({ ...(await newOnlineBooking()), startsAt: (await newPublicSlot()).startsAt }),
    ['MOVE_APPOINTMENT another by another: DONE'],
  ],
  ['cancelOnline', 'client.booking', newOnlineBooking, ['CANCEL_APPOINTMENT another by another: DONE']],
  [
    'setParticipants',
    'alice',
    async () => ({ ...(await newAppointment()), participants: [{ kind: 'INTERPRETER', language: 'ta' }] }),
    ['CHANGE_PARTICIPANTS the case Ana by alice: DONE'],
  ],
  [
    'recordOutcome',
    'alice',
    async () => ({ ...(await newHomeVisit()), outcome: 'NOT_HONOURED' }),
    ['RECORD_OUTCOME the case by alice: DONE'],
  ],
  [
    'expectReturn',
    'alice',
    async () => ({ ...(await newHomeVisit()), expectedBackAt: null }),
    ['MOVE_APPOINTMENT the case by alice: DONE'],
  ],
  ['recordReturn', 'alice', newHomeVisit, ['RECORD_RETURN the case by alice: DONE']],
  ['confirmAppointment', 'alice', newHomeVisit, ['CONFIRM_APPOINTMENT the case by alice: DONE']],
  [
    'openAvailability',
    'rachida',
    () => ({
      districtId: made.district,
      workerId: made.who['bruno'],
      typeCodes: ['FOLLOW_UP'],
      modes: ['ON_SITE'],
      startsOn: dayAhead(355),
      endsOn: dayAhead(360),
      opensAt: '09:00',
      closesAt: '12:00',
    }),
    ['CHANGE_AGENDA for bruno by rachida: DONE'],
  ],
  [
    'endAvailability',
    'bruno',
    async () => {
      const { day, ...hours } = await newHours();
      return { ...hours, endsOn: day };
    },
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  ['closeAvailabilityOn', 'rachida', newHours, ['CHANGE_AGENDA for bruno by rachida: DONE']],
  [
    'declareUnavailability',
    'bruno',
    () => ({
      districtId: made.district,
      workerId: made.who['bruno'],
      startsAt: inDays(1),
      endsAt: inDays(2),
    }),
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  [
    'importCalendar',
    'bruno',
    () => ({
      districtId: made.district,
      name: 'Outlook',
      content: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//FR\r\nEND:VCALENDAR\r\n',
    }),
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  [
    'removeOutsideCalendar',
    'bruno',
    async () => ({
      id: await made.one(
        `insert into outside_calendar (worker_id, district_id, name, reaches_until)
         values ($1, $2, 'Zimbra', now() + interval '182 days') returning id`,
        [made.who['bruno'], made.district],
      ),
    }),
    ['CHANGE_AGENDA for bruno by bruno: DONE'],
  ],
  ['endUnavailability', 'rachida', newTimeOff, ['CHANGE_AGENDA for bruno by rachida: DONE']],
  [
    'disableWorker',
    'admin',
    async () => versionOne((await made.sevran.worker(`leaver-${nth}`)).id),
    ['DISABLE_WORKER for another by admin: DONE'],
  ],
  ['endMembership', 'admin', aMembership, ['END_MEMBERSHIP for another by admin: DONE']],
  [
    'confirmDeparture',
    'admin',
    async () => {
      const membership = await aMembership();
      await made.database.sql('update membership set ends_at = now() where id = $1', [membership.id]);
      return membership;
    },
    ['CONFIRM_DEPARTURE for another by admin: DONE'],
  ],
  ['disableClient', 'admin', aClient, ['DISABLE_CLIENT by admin: DONE']],
  [
    'withdrawScope',
    'admin',
    async () => ({ ...(await aClient()), scope: 'cases:read' }),
    ['WITHDRAW_SCOPE by admin: DONE'],
  ],
  [
    'draftPrivacyNotice',
    'admin',
    async () => ({ kind: 'SHORT', ...noticeTexts }),
    ['DRAFT_PRIVACY_NOTICE by admin: DONE'],
  ],
  [
    'rewritePrivacyNotice',
    'admin',
    async () => ({ ...(await noticeDraft(null)), ...noticeTexts }),
    ['DRAFT_PRIVACY_NOTICE by admin: DONE'],
  ],
  [
    'adviseOnPrivacyNotice',
    'déléguée',
    async () => ({ ...(await noticeDraft(null)), opinion: 'FAVOURABLE' }),
    ['ADVISE_ON_PRIVACY_NOTICE by déléguée: DONE'],
  ],
  [
    'publishPrivacyNotice',
    'admin',
    () => noticeDraft('FAVOURABLE'),
    ['PUBLISH_PRIVACY_NOTICE by admin: DONE'],
  ],
];

describe('what is done', () => {
  test.each(DONE)('%s by %s', async (mutation, by, input, lines) => {
    const prepared = await input();
    const written = await made.logged(async () => {
      expect((await send(by, mutation, prepared)).errors).toEqual([]);
    });
    expect(written).toEqual(lines);
  });

  test('is asked of every mutation that the schema has', async () => {
    const { data } = await (await made.app.as('alice')).send(
      '{ __schema { mutationType { fields { name } } } }',
    );
    const names = data?.['__schema'].mutationType.fields.map(({ name }: { name: string }) => name);
    expect(DONE.map(([mutation]) => mutation).sort()).toEqual(names.sort());
  });

  test('an offer that is declined books nothing; one that is accepted moves what they have', async () => {
    const declined = await newOffer();
    expect(await made.logged(() => send('alice', 'answerOffer', { ...declined, accept: false }))).toEqual([
      'ANSWER_OFFER Ana by alice: DONE',
    ]);
    const later = await newAppointment();
    const offer = await newOffer();
    await made.database.sql(
      `update appointment_request r set appointment_id = $2 from slot_offer o where o.id = $1 and r.id = o.request_id`,
      [offer.id, later.id],
    );
    await made.database.sql(
      `update appointment set starts_at = starts_at + interval '400 days', ends_at = ends_at + interval '400 days' where id = $1`,
      [later.id],
    );
    expect(await made.logged(() => send('alice', 'answerOffer', { ...offer, accept: true }))).toEqual([
      'ANSWER_OFFER Ana by alice: DONE',
      'MOVE_APPOINTMENT the case Ana by alice: DONE',
    ]);
  });

  test('a request for a case is written with its case, which was looked at on the way', async () => {
    const asked = { districtId: made.district, typeCode: 'FOLLOW_UP', ...ofPerson(), caseId: file.id };
    expect(await made.logged(() => send('alice', 'requestAppointment', asked))).toEqual([
      `${READS_CASE} alice: DONE`,
      'REQUEST_APPOINTMENT the case Ana by alice: DONE',
    ]);
  });

  test('an appointment of several persons is written once for each', async () => {
    const { id } = await made.sevran.person();
    const written = await made.logged(() =>
      send('alice', 'bookAppointment', { ...booking(), personIds: [file.personId, id] }),
    );
    expect(written.filter((line) => line.startsWith('BOOK')).sort()).toEqual([
      'BOOK_APPOINTMENT the case Ana by alice: DONE',
      'BOOK_APPOINTMENT the case another by alice: DONE',
    ]);
  });
});
