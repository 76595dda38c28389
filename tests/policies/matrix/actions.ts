import { STANDPOINTS } from '../../../policies/standpoints.js';
import { FROZEN } from './crawl.js';
import { codeOf } from './world/indicators.js';
import type { Targets } from './world/targets.js';

/** How an action is tried on target rows, and how its effect shows in the database. */
export interface Action {
  readonly input: (t: Targets) => Record<string, unknown>;
  /** True once it is done: a statement over the target rows, with their ids as parameters. */
  readonly done: (t: Targets) => readonly [sql: string, ...values: unknown[]];
  /** Standpoints whose rows are past it. */
  readonly conflictsFor?: readonly string[];
  /** Standpoints to which it answers a row in another relation than the one that they look at. */
  readonly answersOther?: readonly string[];
}

const version = (table: string, id: string): readonly [string, string] => [
  `select version > 1 as done from "${table}" where id = $1`,
  id,
];
const indicatorIs = (status: string, id: string): readonly [string, string] => [
  `select status = '${status}' as done from indicator where id = $1`,
  id,
];
/** Another adviser still has to say so. */
const isSaid = (kind: string, id: string): readonly [string, string] => [
  `select count(*) = 1 as done from indicator_decision where kind = '${kind}' and indicator_id = $1`,
  id,
];
let meetings = 0;
/** A meeting is longer than any appointment: one after the other, beyond all that is booked. */
function nextMeeting(): string {
  meetings += 1;
  return new Date(Date.now() + 300 * 86_400_000 + meetings * 2 * 3_600_000).toISOString();
}
/** Standpoints of the worker to whom the case is assigned. */
const OF_ALICE = ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'];
/** Of the district of the case; who receives at the reception, left out. */
const COLLEAGUES = [
  ...OF_ALICE,
  'worker-formerly-assigned',
  'worker-relay',
  'worker-appointment',
  'worker-on-duty',
  'worker-recipient',
  'worker-same-district',
];
/** A client gives a name and manages by the secret, a person by the id. */
const managed = (t: Targets): Record<string, unknown> =>
  t.ownName === '' ? { id: t.OnlineBooking } : { secret: t.secret };
/** Of the county’s officer, who is nobody. */
const noticeText = (t: Targets): string => `${t.Case} : dpo@departement-fictif.fr`;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Who does what: every mutation, on fresh rows each time. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  registerPerson: {
    input: (t) => ({
      districtId: t.District,
      givenName: 'Nouvelle',
      familyName: t.Case,
      birthDate: '1990-01-01',
    }),
    done: (t) => ['select count(*) = 1 as done from person where family_name = $1', t.Case],
  },
  updatePerson: {
    input: (t) => ({ id: t.Person, expectedVersion: 1, phone: t.Case.slice(0, 30) }),
    done: (t) => ['select phone = $2 as done from person where id = $1', t.Person, t.Case.slice(0, 30)],
  },
  setPersonAddress: {
    input: (t) => ({
      personId: t.Person,
      expectedVersion: 1,
      line: `chez ${t.Case}`,
      confidential: false,
    }),
    done: (t) => [
      'select line = $2 as done from person_address where person_id = $1',
      t.Person,
      `chez ${t.Case}`,
    ],
  },
  setConfirmNothing: {
    input: (t) => ({ personId: t.Person, confirmNothing: true }),
    done: (t) => ['select confirm_nothing as done from person where id = $1', t.Person],
  },
  setAgreedWord: {
    input: (t) => ({ personId: t.Person, word: 'coquelicot' }),
    done: (t) => ['select count(*) = 1 as done from agreed_word where person_id = $1', t.Person],
  },
  suspendContact: {
    input: (t) => ({ personId: t.Person }),
    done: (t) => ['select contact_suspended_at is not null as done from person where id = $1', t.Person],
  },
  setSafeContact: {
    input: (t) => ({ personId: t.Person, expectedVersion: 1, safeContact: 'VOICE_TO_ME_ONLY' }),
    done: (t) => [`select safe_contact = 'VOICE_TO_ME_ONLY' as done from person where id = $1`, t.Person],
  },
  proposeSafeContact: {
    input: (t) => ({ personId: t.Person, safeContact: 'LETTER' }),
    done: (t) => [
      `select safe_contact = 'LETTER' as done from contact_proposal where person_id = $1`,
      t.Person,
    ],
  },
  answerContactProposal: {
    // The proposal has the person's id: there is one of each.
    input: (t) => ({ personId: t.Person, proposalId: t.Person, expectedVersion: 1, accept: false }),
    done: (t) => [`select count(*) = 0 as done from contact_proposal where person_id = $1`, t.Person],
  },
  setCommunication: {
    input: (t) => ({ personId: t.Person, expectedVersion: 1, language: 'fsl' }),
    done: (t) => [`select language = 'fsl' as done from person where id = $1`, t.Person],
  },
  setSafeAddress: {
    input: (t) => ({ personId: t.Person, expectedVersion: 1, line: `chez ${t.Case}` }),
    done: (t) => [
      'select count(*) = 1 as done from safe_address where person_id = $1 and line = $2',
      t.Person,
      `chez ${t.Case}`,
    ],
  },
  openConfidentialAddress: {
    input: (t) => ({ personId: t.sheltered, ground: 'DANGER' }),
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'READ_ADDRESS_FOR_DANGER' and outcome = 'DONE' and person_id = $1
        and actor_id in (select id from worker)`,
      t.sheltered,
    ],
  },
  giveNotice: {
    input: (t) => ({ personId: t.Person, noticeId: t.notice, channel: 'PAPER' }),
    done: (t) => [
      `select count(*) > 0 as done from notice_receipt where person_id = $1 and channel = 'PAPER' and given_at > now() - interval '9 seconds'`,
      t.Person,
    ],
  },
  openCase: {
    input: (t) => ({ districtId: t.District, mission: 'EVALUATION', personIds: [t.Person] }),
    // Which they have opened themselves.
    answersOther: [...COLLEAGUES, 'worker-reception'],
    done: (t) => [
      `select count(*) > 0 as done from "case" c join case_person p on p.case_id = c.id where p.person_id = $1 and c.mission = 'EVALUATION' and c.opened_at > now() - interval '9 seconds'`,
      t.Person,
    ],
  },
  assignCase: {
    input: (t) => ({ caseId: t.unassignedCase, workerId: t.newcomer, expectedVersion: 1 }),
    done: (t) => [
      'select assigned_worker_id = $2 as done from "case" where id = $1',
      t.unassignedCase,
      t.newcomer,
    ],
  },
  reassignCase: {
    input: (t) => ({ caseId: t.Case, workerId: t.newcomer, expectedVersion: 1 }),
    done: (t) => ['select assigned_worker_id = $2 as done from "case" where id = $1', t.Case, t.newcomer],
  },
  reassignCases: {
    input: (t) => ({
      fromWorkerId: t.absentee,
      moves: [{ caseId: t.absentCase, workerId: t.newcomer, expectedVersion: 1 }],
    }),
    done: (t) => [
      'select assigned_worker_id = $2 as done from "case" where id = $1',
      t.absentCase,
      t.newcomer,
    ],
  },
  planReassignment: {
    input: (t) => ({
      caseId: t.Case,
      workerId: t.newcomer,
      takesEffectAt: inDays(4),
      expectedVersion: 1,
    }),
    done: (t) => ['select count(*) = 1 as done from planned_reassignment where case_id = $1', t.Case],
  },
  withdrawPlannedReassignment: {
    input: (t) => ({ id: t.PlannedReassignment, expectedVersion: 1 }),
    done: (t) => version('planned_reassignment', t.PlannedReassignment),
  },
  closeCase: {
    input: (t) => ({ caseId: t.bareCase, expectedVersion: 1 }),
    done: (t) => [`select status = 'CLOSED' as done from "case" where id = $1`, t.bareCase],
  },
  reopenCase: {
    input: (t) => ({ caseId: t.closedCase, expectedVersion: 1, reason: 'MISTAKE' }),
    done: (t) => [`select status = 'OPEN' as done from "case" where id = $1`, t.closedCase],
  },
  recordNeed: {
    input: (t) => ({ caseId: t.Case, code: t.needCode, personId: t.Person, startsOn: '2026-03-03' }),
    done: (t) => ['select count(*) = 2 as done from need where case_id = $1', t.Case],
  },
  endNeed: {
    input: (t) => ({ id: t.Need, expectedVersion: 1, endsOn: '2026-04-04' }),
    done: (t) => version('need', t.Need),
  },
  declareAbsence: {
    input: (t) => ({ districtId: t.District, workerId: t.newcomer, startsAt: inDays(1), endsAt: inDays(9) }),
    done: (t) => ['select count(*) = 1 as done from absence where worker_id = $1', t.newcomer],
  },
  openRelay: {
    input: (t) => ({
      districtId: t.District,
      absentWorkerId: t.absentee,
      standInId: t.newcomer,
      startsAt: inDays(0.1),
      endsAt: inDays(9),
    }),
    done: (t) => ['select count(*) = 1 as done from relay where absent_worker_id = $1', t.absentee],
  },
  changeAbsence: {
    input: (t) => ({ id: t.openAbsence, expectedVersion: 1, endsAt: inDays(40) }),
    done: (t) => version('absence', t.openAbsence),
  },
  contradictAbsence: {
    input: (t) => ({ id: t.ownAbsence, expectedVersion: 1 }),
    done: (t) => ['select contradicted_at is not null as done from absence where id = $1', t.ownAbsence],
  },
  endRelay: {
    input: (t) => ({ id: t.Relay, expectedVersion: 1 }),
    done: (t) => version('relay', t.Relay),
  },
  writeNote: {
    input: (t) => ({ caseId: t.Case, body: 'x' }),
    // One's own note.
    answersOther: ['worker-handed-over', 'worker-not-handed-over'],
    done: (t) => [
      `select count(*) > 0 as done from interview_note where case_id = $1 and written_at > now() - interval '1 hour'`,
      t.Case,
    ],
  },
  amendNote: {
    input: (t) => ({ id: t.InterviewNote, expectedVersion: 1, body: 'y' }),
    done: (t) => version('interview_note', t.InterviewNote),
  },
  offerHandover: {
    input: (t) => ({ caseId: t.Case, toWorkerId: t.newcomer, noteIds: [t.InterviewNote] }),
    done: (t) => ['select count(*) = 1 as done from handover where to_worker_id = $1', t.newcomer],
  },
  acceptHandover: {
    input: (t) => ({ id: t.offered }),
    done: (t) => [
      `select accepted_at > now() - interval '9 seconds' as done from handover where id = $1 and accepted_at is not null`,
      t.offered,
    ],
  },
  withdrawHandover: {
    input: (t) => ({ id: t.offeredHandover }),
    done: (t) => ['select withdrawn_at is not null as done from handover where id = $1', t.offeredHandover],
  },
  answerHandoverTask: {
    input: (t) => ({ id: t.handoverToMake, answer: 'NO', reason: 'OTHER' }),
    done: (t) => ['select closed_at is not null as done from handover_task where id = $1', t.handoverToMake],
  },
  requestRelease: {
    input: (t) => ({ caseId: t.Case, ground: 'COURT_ORDER' }),
    done: (t) => [
      `select count(*) = 1 as done from release where case_id = $1 and ground = 'COURT_ORDER'`,
      t.Case,
    ],
  },
  approveRelease: {
    input: (t) => ({ id: t.Release }),
    // Approved already.
    conflictsFor: ['adviser-none'],
    done: (t) => [
      `select approved_at > now() - interval '9 seconds' as done from release where id = $1 and approved_at is not null`,
      t.Release,
    ],
  },
  answerRelease: {
    input: (t) => ({ id: t.Release, answer: 'NO', reason: 'OTHER' }),
    done: (t) => [
      `select count(*) = 1 as done from release_answer where release_id = $1 and answer = 'NO'`,
      t.Release,
    ],
  },
  recordReleaseTold: {
    input: (t) => ({ id: t.objectedRelease }),
    done: (t) => ['select person_told_at is not null as done from release where id = $1', t.objectedRelease],
  },
  refuseRelease: {
    input: (t) => ({ id: t.Release }),
    // Approved already.
    conflictsFor: ['adviser-none'],
    done: (t) => ['select refused_at is not null as done from release where id = $1', t.Release],
  },
  reviewRelease: {
    input: (t) => ({ id: t.dangerRelease, opinion: 'JUSTIFIED' }),
    done: (t) => [
      `select count(*) = 1 as done from release_review where release_id = $1 and as_role = 'DATA_PROTECTION_OFFICER'`,
      t.dangerRelease,
    ],
  },
  bookAppointment: {
    input: (t) => ({
      districtId: t.District,
      workerIds: [t.Worker],
      typeCode: 'FIRST_RECEPTION',
      startsAt: t.startsAt,
      caseId: t.Case,
      personIds: [t.Person],
    }),
    done: (t) => [
      'select count(*) = 1 as done from appointment where case_id = $1 and starts_at = $2',
      t.Case,
      t.startsAt,
    ],
  },
  moveAppointment: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, startsAt: t.startsAt }),
    done: (t) => version('appointment', t.Appointment),
  },
  cancelAppointment: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, by: 'SERVICE', reason: 'WORKER_AWAY' }),
    done: (t) => version('appointment', t.Appointment),
  },
  recordOutcome: {
    input: (t) => ({ id: t.appointmentNow, expectedVersion: 1, outcome: 'HONOURED' }),
    done: (t) => version('appointment', t.appointmentNow),
  },
  openCollectiveAppointment: {
    input: (t) => ({
      districtId: t.District,
      workerIds: [t.Worker],
      typeCode: 'INFORMATION_MEETING',
      startsAt: nextMeeting(),
      place: t.Case,
    }),
    // Which they hold themselves.
    answersOther: OF_ALICE,
    done: (t) => ['select count(*) = 1 as done from appointment where place = $1', t.Case],
  },
  joinCollectiveAppointment: {
    input: (t) => ({ id: t.CollectiveAppointment }),
    done: (t) => [
      'select places_unnamed = 2 as done from appointment where id = $1',
      t.CollectiveAppointment,
    ],
  },
  leaveCollectiveAppointment: {
    input: (t) => ({ id: t.CollectiveAppointment, by: 'PERSON' }),
    done: (t) => [
      'select places_unnamed = 0 as done from appointment where id = $1',
      t.CollectiveAppointment,
    ],
  },
  recordAttendance: {
    input: (t) => ({ id: t.collectiveNow, personId: t.Person, expectedVersion: 1, outcome: 'HONOURED' }),
    done: (t) => [
      'select version > 1 as done from appointment_person where appointment_id = $1',
      t.collectiveNow,
    ],
  },
  expectReturn: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, expectedBackAt: null }),
    done: (t) => version('appointment', t.Appointment),
  },
  recordReturn: {
    input: (t) => ({ id: t.appointmentNow, expectedVersion: 1 }),
    done: (t) => version('appointment', t.appointmentNow),
  },
  confirmAppointment: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1 }),
    done: (t) => version('appointment', t.Appointment),
  },
  setParticipants: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, participants: [{ kind: 'PARTNER' }] }),
    done: (t) => version('appointment', t.Appointment),
  },
  bookOnline: {
    input: (t) => ({
      districtId: t.District,
      typeCode: 'FIRST_RECEPTION',
      startsAt: t.publicSlot,
      name: t.ownName === '' ? null : t.ownName,
    }),
    // Their own, which is shown to them.
    answersOther: ['person-not-shown', 'person-household', 'person-other'],
    done: (t) => [
      'select count(*) = 1 as done from appointment a join online_booking b on b.appointment_id = a.id where a.starts_at = $1',
      t.publicSlot,
    ],
  },
  moveOnline: {
    input: (t) => ({ ...managed(t), expectedVersion: 1, startsAt: t.publicSlot }),
    done: (t) => version('appointment', t.OnlineBooking),
  },
  cancelOnline: {
    input: (t) => ({ ...managed(t), expectedVersion: 1 }),
    done: (t) => version('appointment', t.OnlineBooking),
  },
  recordNotice: {
    input: (t) => ({ id: t.AppointmentNotice, expectedVersion: 1, outcome: 'TOLD' }),
    done: (t) => version('appointment_notice', t.AppointmentNotice),
  },
  requestAppointment: {
    input: (t) => ({ districtId: t.District, typeCode: 'FIRST_RECEPTION', personId: t.Person }),
    // On which they are on duty themselves; and their own, which is shown to them.
    answersOther: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'person-not-shown',
    ],
    done: (t) => [
      `select count(*) = 1 as done from appointment_request
        where person_id = $1 and status = 'WAITING' and case_id is null`,
      t.Person,
    ],
  },
  changeRequest: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1, wantedFrom: t.dayOfAvailability }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  setUrgency: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1, urgency: 'TODAY' }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  recordPresence: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1, present: true }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  nameRequest: {
    input: (t) => ({ id: t.namelessRequest, expectedVersion: 1, personId: t.Person }),
    // It is answered on that request, which no longer is of who gave no name.
    done: (t) => [
      'select person_id = $2 as done from appointment_request where id = $1',
      t.namelessRequest,
      t.Person,
    ],
  },
  withdrawRequest: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1 }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  recordOffer: {
    input: (t) => ({ id: t.SlotOffer, expectedVersion: 1 }),
    // Its version tells the person nothing of it.
    done: (t) => ['select told_at is not null as done from slot_offer where id = $1', t.SlotOffer],
  },
  answerOffer: {
    input: (t) => ({ id: t.SlotOffer, expectedVersion: 1, accept: true }),
    done: (t) => version('slot_offer', t.SlotOffer),
  },
  callDutyWorker: {
    input: (t) => ({
      districtId: t.District,
      workerId: t.newcomer,
      reference: `dite ${t.Person}`.slice(0, 40),
    }),
    done: (t) => [
      'select count(*) > 0 as done from visit where worker_id = $1 and person_id is null',
      t.newcomer,
    ],
  },
  sendTimesAgain: {
    input: (t) => ({ districtId: t.District, fullName: `Ana ${t.familyName}`, reference: t.personReference }),
    // Whom it found, the log alone says.
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'SEND_TIMES_AGAIN' and outcome = 'DONE' and person_id = $1`,
      t.Person,
    ],
  },
  sendBlindMessage: {
    input: (t) => ({ fullName: `Ana ${t.familyName}`, reference: t.personReference, text: 'Rappelez-nous.' }),
    // Whom it found, the log alone says.
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'SEND_BLIND_MESSAGE' and outcome = 'DONE' and person_id = $1`,
      t.Person,
    ],
  },
  recordVisit: {
    input: (t) => ({ districtId: t.District, kind: 'CALL', personId: t.Person }),
    // Whom they receive themselves.
    answersOther: COLLEAGUES,
    done: (t) => [`select count(*) = 1 as done from visit where person_id = $1 and kind = 'CALL'`, t.Person],
  },
  directVisit: {
    input: (t) => ({ id: t.waitingVisit, expectedVersion: 1, workerId: t.newcomer }),
    done: (t) => version('visit', t.waitingVisit),
  },
  takeIn: {
    input: (t) => ({ id: t.waitingVisit, expectedVersion: 1 }),
    done: (t) => version('visit', t.waitingVisit),
  },
  closeVisit: {
    input: (t) => ({ id: t.waitingVisit, expectedVersion: 1, outcome: 'ANSWERED' }),
    done: (t) => version('visit', t.waitingVisit),
  },
  sendMessage: {
    input: (t) => ({ districtId: t.District, workerId: t.newcomer, personId: t.Person }),
    done: (t) => ['select count(*) = 1 as done from message where worker_id = $1', t.newcomer],
  },
  closeMessage: {
    input: (t) => ({ id: t.Message, expectedVersion: 1 }),
    done: (t) => version('message', t.Message),
  },
  recordEncounter: {
    input: (t) => ({ districtId: t.District, personId: t.Person }),
    // Which they have held themselves, of no visit.
    answersOther: [...COLLEAGUES, 'worker-reception'],
    done: (t) => [
      `select count(*) = 1 as done from encounter
        where person_id = $1 and visit_id is null and appointment_id is null`,
      t.Person,
    ],
  },
  writeEncounter: {
    input: (t) => ({ id: t.Encounter, expectedVersion: 1, text: 'y' }),
    // Passed on to them, and read only.
    conflictsFor: OF_ALICE,
    done: (t) => version('encounter', t.Encounter),
  },
  passOnEncounter: {
    input: (t) => ({ id: t.Encounter, expectedVersion: 1, caseId: t.Case }),
    conflictsFor: OF_ALICE,
    done: (t) => version('encounter', t.Encounter),
  },
  deleteEncounter: {
    input: (t) => ({ id: t.Encounter, expectedVersion: 1 }),
    conflictsFor: OF_ALICE,
    done: (t) => ['select count(*) = 0 as done from encounter where id = $1', t.Encounter],
  },
  sendReferral: {
    input: (t) => ({
      caseId: t.Case,
      personIds: [t.Person],
      toDistrictId: t.District,
      text: `vers ${t.Case}`,
    }),
    done: (t) => ['select count(*) = 1 as done from referral_content where body = $1', `vers ${t.Case}`],
  },
  allocateReferral: {
    input: (t) => ({ id: t.waitingReferral, expectedVersion: 1, workerId: t.newcomer }),
    done: (t) => version('referral', t.waitingReferral),
  },
  answerReferral: {
    input: (t) => ({ id: t.openReferral, expectedVersion: 1, answer: 'ACCEPTED' }),
    done: (t) => version('referral', t.openReferral),
  },
  withdrawReferral: {
    input: (t) => ({ id: t.openReferral, expectedVersion: 1 }),
    done: (t) => version('referral', t.openReferral),
  },
  showReferral: {
    input: (t) => ({ id: t.openReferral, expectedVersion: 1, showOnline: true }),
    done: (t) => ['select online_person_id is not null as done from referral where id = $1', t.openReferral],
  },
  recordIncomingRequest: {
    input: (t) => ({ districtId: t.District, partner: 'SCHOOL', name: `de ${t.Case}` }),
    done: (t) => ['select count(*) = 1 as done from incoming_request where name = $1', `de ${t.Case}`],
  },
  allocateIncomingRequest: {
    input: (t) => ({ id: t.waitingIncoming, expectedVersion: 1, workerId: t.newcomer }),
    done: (t) => version('incoming_request', t.waitingIncoming),
  },
  answerIncomingRequest: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => version('incoming_request', t.openIncoming),
  },
  declineIncomingRequest: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => version('incoming_request', t.openIncoming),
  },
  markChildProtection: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => ['select child_protection as done from incoming_request where id = $1', t.openIncoming],
  },
  recordInformation: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => version('incoming_request', t.openIncoming),
  },
  deferNotice: {
    input: (t) => ({
      caseId: t.Case,
      personId: t.Person,
      ground: 'SECRECY',
      reviewOn: inDays(30).slice(0, 10),
    }),
    done: (t) => ['select count(*) = 1 as done from notice_deferral where case_id = $1', t.Case],
  },
  deferInformation: {
    input: (t) => ({
      id: t.openIncoming,
      expectedVersion: 1,
      ground: 'NOT_REACHABLE',
      reviewOn: inDays(30).slice(0, 10),
    }),
    done: (t) => ['select review_by is not null as done from incoming_request where id = $1', t.openIncoming],
  },
  clearUnavailability: {
    input: (t) => ({ id: t.Unavailability, expectedVersion: 1, how: 'CANCEL' }),
    done: (t) => version('unavailability', t.Unavailability),
  },
  openCalendarFeed: {
    input: (t) => ({ label: t.Case }),
    // Their own.
    answersOther: STANDPOINTS.map(({ key }) => key).filter((key) => !OF_ALICE.includes(key)),
    done: (t) => ['select count(*) = 1 as done from calendar_feed where label = $1', t.Case],
  },
  revokeCalendarFeed: {
    input: (t) => ({ id: t.CalendarFeed }),
    done: (t) => ['select revoked_at is not null as done from calendar_feed where id = $1', t.CalendarFeed],
  },
  importCalendar: {
    input: (t) => ({
      districtId: t.District,
      name: t.Case,
      content: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//FR\r\nEND:VCALENDAR\r\n',
    }),
    // Their own.
    answersOther: STANDPOINTS.map(({ key }) => key).filter((key) => !OF_ALICE.includes(key)),
    done: (t) => ['select count(*) = 1 as done from outside_calendar where name = $1', t.Case],
  },
  removeOutsideCalendar: {
    input: (t) => ({ id: t.OutsideCalendar }),
    done: (t) => [
      'select removed_at is not null as done from outside_calendar where id = $1',
      t.OutsideCalendar,
    ],
  },
  openAvailability: {
    input: (t) => ({
      districtId: t.District,
      workerId: t.Worker,
      typeCodes: ['FIRST_RECEPTION'],
      modes: ['ON_SITE'],
      startsOn: t.day,
      opensAt: t.opensAt,
      closesAt: t.closesAt,
    }),
    done: (t) => [
      'select count(*) = 1 as done from availability where worker_id = $1 and starts_on = $2::date and opens_at = $3::time',
      t.Worker,
      t.day,
      t.opensAt,
    ],
  },
  endAvailability: {
    input: (t) => ({ id: t.Availability, expectedVersion: 1, endsOn: t.dayOfAvailability }),
    done: (t) => version('availability', t.Availability),
  },
  closeAvailabilityOn: {
    input: (t) => ({ id: t.Availability, expectedVersion: 1, day: t.dayOfAvailability }),
    done: (t) => version('availability', t.Availability),
  },
  declareUnavailability: {
    input: (t) => ({
      districtId: t.District,
      workerId: t.Worker,
      startsAt: `${t.day}T${t.opensAt}:00Z`,
      endsAt: `${t.day}T${t.closesAt}:00Z`,
    }),
    done: (t) => [
      'select count(*) = 1 as done from unavailability where worker_id = $1 and starts_at = $2',
      t.Worker,
      `${t.day}T${t.opensAt}:00Z`,
    ],
  },
  endUnavailability: {
    input: (t) => ({ id: t.Unavailability, expectedVersion: 1 }),
    done: (t) => version('unavailability', t.Unavailability),
  },
  proposeIndicator: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      code: codeOf(t.Case),
      labelFr: 'Dossiers ouverts',
      labelEn: 'Open cases',
      definitionFr: 'Les dossiers ouverts à la fin de la période.',
      countsFr: 'Un dossier suspendu.',
      doesNotCountFr: 'Un dossier clos.',
      measure: 'OPEN_CASES',
    }),
    done: (t) => ['select count(*) = 1 as done from indicator where code = $1', codeOf(t.Case)],
  },
  openConsultation: {
    input: (t) => ({ id: t.proposedIndicator, until: inDays(30).slice(0, 10) }),
    done: (t) => indicatorIs('CONSULTED', t.proposedIndicator),
  },
  stateOpinion: {
    input: (t) => ({ id: t.consultedIndicator, districtId: t.District, position: 'FOR' }),
    done: (t) => [
      'select count(*) = 1 as done from indicator_voice where indicator_id = $1',
      t.consultedIndicator,
    ],
  },
  adoptIndicator: {
    input: (t) => ({ id: t.agreedIndicator }),
    done: (t) => indicatorIs('ADOPTED', t.agreedIndicator),
  },
  refuseIndicator: {
    input: (t) => ({ id: t.proposedIndicator, refusal: 'NOT_WANTED', reason: 'Personne n’en veut.' }),
    done: (t) => isSaid('REFUSE', t.proposedIndicator),
  },
  retireIndicator: {
    input: (t) => ({ id: t.adoptedIndicator, reason: 'Personne ne le lit.' }),
    done: (t) => isSaid('RETIRE', t.adoptedIndicator),
  },
  writeNarrative: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.narrativeYear),
      text: `dit ${t.Case}`,
    }),
    done: (t) => [
      'select count(*) = 1 as done from activity_report_text where narrative = $1',
      `dit ${t.Case}`,
    ],
  },
  declineNarrative: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.narrativeYear),
    }),
    done: (t) => [
      `select count(*) = 1 as done from activity_report r join activity_report_text t on t.report_id = r.id
       where t.narrative is null and r.year = $1::integer`,
      t.narrativeYear,
    ],
  },
  // Two have signed it.
  signNarrative: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.publishYear),
      expectedVersion: 1,
    }),
    done: (t) => [
      `select count(*) = 3 as done from activity_report r join activity_report_signature s on s.report_id = r.id
       where r.year = $1::integer`,
      t.publishYear,
    ],
  },
  publishActivityReport: {
    input: (t) => ({
      districtId: t.proposingDistrict === '' ? null : t.proposingDistrict,
      year: Number(t.publishYear),
      expectedVersion: 1,
    }),
    done: (t) => [
      'select count(*) = 1 as done from activity_report where published_on is not null and year = $1::integer',
      t.publishYear,
    ],
  },
  proposeErratum: {
    input: (t) => ({
      period: '2025',
      indicator: 'OPEN_CASES',
      districtId: t.District,
      textFr: `erratum ${t.Case} ${t.ownErratum}`,
    }),
    done: (t) => [
      'select count(*) = 1 as done from erratum where text_fr = $1',
      `erratum ${t.Case} ${t.ownErratum}`,
    ],
  },
  signErratum: {
    input: (t) => ({ id: t.unsignedErratum }),
    done: (t) => ['select published_on is not null as done from erratum where id = $1', t.unsignedErratum],
  },
  withdrawErratum: {
    input: (t) => ({ id: t.ownErratum }),
    done: (t) => ['select withdrawn_on is not null as done from erratum where id = $1', t.ownErratum],
  },
  addObservation: {
    input: (t) => ({
      code: FROZEN.indicator,
      districtId: t.District,
      year: new Date().getFullYear(),
      text: `observé ${t.Case}`,
    }),
    done: (t) => [
      'select count(*) = 1 as done from indicator_observation where body = $1',
      `observé ${t.Case}`,
    ],
  },
  draftPrivacyNotice: {
    input: (t) => ({ kind: 'FULL', textFr: noticeText(t), textEn: noticeText(t) }),
    done: (t) => ['select count(*) = 1 as done from privacy_notice_draft where text_fr = $1', noticeText(t)],
  },
  rewritePrivacyNotice: {
    input: (t) => ({
      id: t.PrivacyNoticeDraft,
      expectedVersion: 1,
      textFr: noticeText(t),
      textEn: noticeText(t),
    }),
    done: (t) => version('privacy_notice_draft', t.PrivacyNoticeDraft),
  },
  adviseOnPrivacyNotice: {
    input: (t) => ({ id: t.PrivacyNoticeDraft, expectedVersion: 1, opinion: 'UNFAVOURABLE', text: 'Non.' }),
    done: (t) => [
      'select opinion is not null as done from privacy_notice_draft where id = $1',
      t.PrivacyNoticeDraft,
    ],
  },
  publishPrivacyNotice: {
    input: (t) => ({ id: t.advisedNotice, expectedVersion: 1 }),
    done: (t) => ['select count(*) = 1 as done from privacy_notice where draft_id = $1', t.advisedNotice],
  },
  disableWorker: {
    input: (t) => ({ id: t.disabledLater, expectedVersion: 1 }),
    done: (t) => version('worker', t.disabledLater),
  },
  endMembership: {
    input: (t) => ({ id: t.Membership, expectedVersion: 1 }),
    done: (t) => version('membership', t.Membership),
  },
  confirmDeparture: {
    input: (t) => ({ id: t.endedMembership, expectedVersion: 1 }),
    done: (t) => version('membership', t.endedMembership),
  },
  disableClient: {
    input: (t) => ({ id: t.clientLater, expectedVersion: 1 }),
    done: (t) => version('client', t.clientLater),
  },
  withdrawScope: {
    input: (t) => ({ id: t.clientLater, expectedVersion: 1, scope: 'cases:read' }),
    done: (t) => version('client', t.clientLater),
  },
};
