import { publishMatrix } from '../../../policies/published.js';
import type { Operation } from '../../../src/operation.js';
import { listChangesOfDay } from '../../../src/services/act/acts.js';
import { listAppointmentTypes } from '../../../src/services/agenda/appointment-types.js';
import { loadAvailability } from '../../../src/services/agenda/availabilities.js';
import { listBusyTimes } from '../../../src/services/agenda/busy-times.js';
import { listOnlineTypes } from '../../../src/services/agenda/online-types.js';
import { loadOutsideCalendar } from '../../../src/services/agenda/outside-calendars.js';
import { searchSlots } from '../../../src/services/agenda/slots.js';
import { listTeamOptions, listWalkInHours } from '../../../src/services/agenda/team-options.js';
import { loadUnavailability } from '../../../src/services/agenda/unavailabilities.js';
import { loadAppointmentNotice } from '../../../src/services/appointment/appointment-notices.js';
import * as appointments from '../../../src/services/appointment/appointments.js';
import {
  listTakenPlaces,
  loadCollective,
} from '../../../src/services/appointment/collective-appointments.js';
import { listNotBack } from '../../../src/services/appointment/home-visits.js';
import { loadLinkedAppointment } from '../../../src/services/appointment/linked-appointments.js';
import { loadParticipants } from '../../../src/services/appointment/participants.js';
import { loadCalendarFeed } from '../../../src/services/calendar-feed/calendar-feeds.js';
import { loadAbsence } from '../../../src/services/case/absences.js';
import { loadCase } from '../../../src/services/case/cases.js';
import * as needs from '../../../src/services/case/needs.js';
import { loadPlannedReassignment } from '../../../src/services/case/planned-reassignments.js';
import * as relays from '../../../src/services/case/relays.js';
import { listAccessLog } from '../../../src/services/data-protection/access-log.js';
import * as notices from '../../../src/services/data-protection/privacy-notices.js';
import * as directory from '../../../src/services/directory/directory.js';
import { loadSuspension } from '../../../src/services/directory/suspensions.js';
import { loadHandoverTask } from '../../../src/services/interview-note/handover-tasks.js';
import { loadHandover } from '../../../src/services/interview-note/handovers.js';
import { loadNote } from '../../../src/services/interview-note/interview-notes.js';
import { listNotifications } from '../../../src/services/notification/notifications.js';
import { loadIncomingRequest } from '../../../src/services/orientation/incoming-requests.js';
import { loadOrganisation } from '../../../src/services/orientation/organisations.js';
import { listPersonsToInform } from '../../../src/services/orientation/persons-to-inform.js';
import { loadMentionsOfPerson, loadReferral } from '../../../src/services/orientation/referrals.js';
import { listSectorsFor } from '../../../src/services/orientation/sectors.js';
import { loadAddress } from '../../../src/services/person/addresses.js';
import { loadContactProposal } from '../../../src/services/person/contact-proposals.js';
import { loadContactWords } from '../../../src/services/person/contact-words.js';
import { languageOf } from '../../../src/services/person/languages.js';
import * as persons from '../../../src/services/person/persons.js';
import { loadEncounter } from '../../../src/services/reception/encounters.js';
import { loadMessage } from '../../../src/services/reception/messages.js';
import { timesOfPresent } from '../../../src/services/reception/person-times.js';
import { FOR_THIRD_PARTIES } from '../../../src/services/reception/sentences.js';
import { listTimesCalledOff } from '../../../src/services/reception/telephone.js';
import { loadVisit } from '../../../src/services/reception/visits.js';
import { loadAnswers } from '../../../src/services/release/release-answers.js';
import { loadReviews } from '../../../src/services/release/release-reviews.js';
import { loadDanger, loadRelease, type ReleaseRow } from '../../../src/services/release/releases.js';
import {
  loadActivityReport,
  loadEarlierTexts,
  loadSignatures,
} from '../../../src/services/statistics/activity-reports.js';
import { coverageOf } from '../../../src/services/statistics/coverage.js';
import { listErrataToSign } from '../../../src/services/statistics/errata.js';
import { loadDecisions } from '../../../src/services/statistics/indicator-decisions.js';
import {
  loadEarlierWords,
  loadOpinions,
  loadVoices,
} from '../../../src/services/statistics/indicator-voices.js';
import {
  dimensionsOf,
  listIndicators,
  programmeOfIndicator,
} from '../../../src/services/statistics/indicators.js';
import { listObservations } from '../../../src/services/statistics/observations.js';
import { loadReportSections, loadThirdNext } from '../../../src/services/statistics/report-figures.js';
import * as statistics from '../../../src/services/statistics/statistics.js';
import { loadSimulation } from '../../../src/services/statistics/wait-simulations.js';
import { listThirdNextAvailable } from '../../../src/services/statistics/waiting-time.js';
import { loadRequest } from '../../../src/services/waiting-list/appointment-requests.js';
import { loadOffer, loadSkipsOfRequest } from '../../../src/services/waiting-list/slot-offers.js';
import { FROZEN, MEASURED } from './crawl.js';
import type { Targets } from './world/targets.js';

type Load = (op: Operation, t: Targets) => Promise<unknown>;

const byId =
  (id: string) =>
  (row: { readonly id: string }): boolean =>
    row.id === id;

async function personOf(op: Operation, t: Targets): Promise<persons.PersonRow> {
  const person = await persons.loadPerson(op, t.Person);
  if (person === null) throw new Error('the person is not to be had');
  return person;
}

async function releaseOf(op: Operation, id: string): Promise<ReleaseRow> {
  const release = await loadRelease(op, id);
  if (release === null) throw new Error('the release is not to be had');
  return release;
}

const measured = { from: new Date(MEASURED.from), to: new Date(MEASURED.to) };
async function indicatorOf(op: Operation) {
  const [indicator] = await listIndicators(op, { code: FROZEN.indicator, status: 'RETIRED' });
  if (indicator === undefined) throw new Error('no indicator was retired');
  return indicator;
}
async function opinionOf(op: Operation, t: Targets) {
  const opinion = (await loadOpinions(op, t.agreedIndicator)).find(
    ({ districtId }) => districtId === t.District,
  );
  if (opinion === undefined) throw new Error('the team has not spoken');
  return opinion;
}
/** The one that was restated. */
async function voiceOf(op: Operation, t: Targets) {
  const voice = (await loadVoices(op, await opinionOf(op, t))).find(({ version }) => version === 2);
  if (voice === undefined) throw new Error('no voice was restated');
  return voice;
}
const tableOf = (op: Operation, t: Targets) =>
  statistics.askStatistics(op, { districtId: t.District, ...FROZEN });
async function cellOf(op: Operation, t: Targets) {
  const [edge] = statistics.cellsOf(await tableOf(op, t), {}).edges;
  if (edge === undefined) throw new Error('a table has no cell');
  return edge.node;
}

const reportOf = (op: Operation, t: Targets) =>
  loadActivityReport(op, { districtId: t.District, year: 2025 });
const sectionOf = async (op: Operation, t: Targets) => {
  const section = (await loadReportSections(op, await reportOf(op, t))).find(({ code }) => code === 'CASES');
  if (section === undefined) throw new Error('a report has no section');
  return section;
};
/** The cases, by mission. */
const figureOf = async (op: Operation, t: Targets) => {
  const figure = (await sectionOf(op, t)).figures.find(({ dimension }) => dimension !== null);
  if (figure === undefined) throw new Error('a report has no figure');
  return figure;
};
const monthsOf = async (op: Operation, t: Targets) =>
  (await sectionOf(op, t)).figures.flatMap(({ months }) => months);

const funnelOf = async (op: Operation, t: Targets) =>
  (await loadReportSections(op, await reportOf(op, t)))
    .flatMap(({ figures }) => figures)
    .flatMap(({ funnel }) => funnel);

/** A wait stays, or it grows: each has fields that are null of the other, and this one has all. */
const forecastOf: Load = async (op, t) => {
  const simulation = await loadSimulation(op, t.WaitSimulation);
  if (simulation?.asNow == null || simulation.changed === null)
    throw new Error('the simulation is not worked out');
  const stays = Object.entries(simulation.asNow).filter(([, value]) => value !== null);
  return { ...simulation.changed, ...Object.fromEntries(stays) };
};

const page: Load = async () => ({ edges: [{}], pageInfo: {} });
const edge: Load = async () => ({ cursor: 'x', node: {} });

/** How the services load a target row of each type, to someone to whom they give it. */
const ROWS: Readonly<Record<string, Load>> = {
  Absence: (op, t) => loadAbsence(op, t.Absence),
  AccessLogEntry: async (op, t) =>
    (await listAccessLog(op, { filter: { caseReference: t.caseReference, ground: 'CONTROL' } })).edges.find(
      ({ node }) => node.occurredAt !== null,
    )?.node,
  ActsTakenBack: async () => ({ howMany: 1 }),
  TeamWords: async () => ({ confirmedOn: new Date(), withdrawnOn: new Date() }),
  Appointment: (op, t) => appointments.loadAppointment(op, t.Appointment),
  AppointmentNotice: (op, t) => loadAppointmentNotice(op, t.AppointmentNotice),
  AppointmentParticipant: async (op, t) =>
    (await loadParticipants(op, t.Appointment)).find(byId(t.AppointmentParticipant)),
  AppointmentRequest: (op, t) => loadRequest(op, t.AppointmentRequest),
  AppointmentType: async (op) => (await listAppointmentTypes(op))[0],
  Availability: (op, t) => loadAvailability(op, t.Availability),
  CalendarFeed: (op, t) => loadCalendarFeed(op, t.CalendarFeed),
  OutsideCalendar: (op, t) => loadOutsideCalendar(op, t.OutsideCalendar),
  CollectiveAppointment: (op, t) => loadCollective(op, t.CollectiveAppointment),
  TakenPlace: async (op, t) => {
    const row = await loadCollective(op, t.CollectiveAppointment);
    return row === null ? undefined : (await listTakenPlaces(op, row))[0];
  },
  Case: (op, t) => loadCase(op, t.Case),
  ChangeOfDay: async (op, t) => (await listChangesOfDay(op, t.District))[0],
  Client: async (op, t) => (await directory.listClients(op)).find(byId(t.Client)),
  Commune: async (op, t) => (await directory.loadCommunes(op, t.District))[0],
  District: (op, t) => directory.loadDistrict(op, t.District),
  Encounter: (op, t) => loadEncounter(op, t.Encounter),
  FreeSlot: async (op, t) =>
    (await searchSlots(op, { typeCode: 'FIRST_RECEPTION', districtId: t.District }, 1)).slots[0],
  Language: async () => languageOf('fsl'),
  OnlineType: async (op, t) => (await listOnlineTypes(op, t.District))[0],
  GivenUpEncounter: async (_op, t) => ({ id: t.Encounter }),
  Handover: (op, t) => loadHandover(op, t.Handover),
  HandoverTask: (op, t) => loadHandoverTask(op, t.HandoverTask),
  PlannedReassignment: (op, t) => loadPlannedReassignment(op, t.PlannedReassignment),
  CaseMove: async (_op, t) => ({ caseId: t.Case, outcome: 'READY' }),
  IncomingRequest: (op, t) => loadIncomingRequest(op, t.IncomingRequest),
  ActivityReport: reportOf,
  ReportSection: sectionOf,
  ReportWait: async (op, t) => (await loadThirdNext(op, await reportOf(op, t)))[0],
  ReportFigure: figureOf,
  ReportLine: async (op, t) => (await figureOf(op, t)).lines[0],
  ReportMonth: async (op, t) => (await monthsOf(op, t))[0],
  ReportFunnelDot: async (op, t) => (await funnelOf(op, t))[0],
  ReportDimension: async (op, t) => (await figureOf(op, t)).dimension,
  Indicator: indicatorOf,
  IndicatorDimension: async (op) => dimensionsOf(await indicatorOf(op))[0],
  IndicatorTable: async (op) => programmeOfIndicator(await indicatorOf(op))[0],
  IndicatorObservation: async (op, t) =>
    (await listObservations(op, { districtId: t.District, year: 2025 }))[0],
  IndicatorDecision: async (op) => (await loadDecisions(op, await indicatorOf(op)))[0],
  StatisticsCoverage: (op, t) => coverageOf(op, { period: '2025', districtId: t.District }),
  Erratum: async (op) => (await listErrataToSign(op))[0],
  IndicatorOpinion: opinionOf,
  IndicatorVoice: voiceOf,
  EarlierVoice: async (op, t) => (await loadEarlierWords(op, await voiceOf(op, t)))[0],
  ReportSignature: async (op, t) => (await loadSignatures(op, await reportOf(op, t)))[0],
  ReportText: async (op, t) => (await loadEarlierTexts(op, await reportOf(op, t)))[0],
  InterviewNote: (op, t) => loadNote(op, t.InterviewNote),
  Membership: (op, t) => directory.loadMembership(op, t.Membership),
  Suspension: (op, t) => loadSuspension(op, t.Suspension),
  Message: (op, t) => loadMessage(op, t.Message),
  LooseEnds: (op, t) => loadCase(op, t.Case),
  Need: async (op, t) => (await needs.loadNeedsOfCase(op, t.Case)).find(byId(t.Need)),
  NeedCode: async (op) => (await needs.listNeedCodes(op))[0],
  NoticeReceipt: async (op, t) =>
    (await persons.loadReceipts(op, await personOf(op, t))).find(byId(t.NoticeReceipt)),
  Notification: async (op, t) =>
    (await listNotifications(op, { first: 100 })).edges.map((found) => found.node).find(byId(t.Notification)),
  OfferSkip: async (op, t) => (await loadSkipsOfRequest(op, t.AppointmentRequest)).find(byId(t.OfferSkip)),
  LinkedAppointment: (op, t) => loadLinkedAppointment(op, t.linkSecret),
  // Its service answers it to its booker alone, by a function of the database.
  OnlineBooking: async (op, t) => {
    const [row] = await op.tx.rows<{
      onlinePersonIds: readonly string[];
    }>`select id, district_id as "districtId",
        type_code as "typeCode", mode::text as mode, status::text as status, place, starts_at as "startsAt",
        ends_at as "endsAt", version, online_person_ids as "onlinePersonIds"
      from appointment where id = ${t.OnlineBooking}::uuid`;
    return row && { ...row, clientId: t.bookingClient, secret: null };
  },
  CancelledBookings: async (_op, t) => ({ districtId: t.District, cancelled: 1 }),
  HomeVisitNotBack: async (op, t) => (await listNotBack(op, t.District)).find(byId(t.HomeVisitNotBack)),
  Organisation: (op, t) => loadOrganisation(op, t.Organisation),
  OpeningHours: async (op, t) => (await directory.loadOpeningHours(op, t.District))[0],
  Person: personOf,
  PersonAddress: async (op, t) => loadAddress(op, await personOf(op, t)),
  ContactProposal: async (op, t) => loadContactProposal(op, await personOf(op, t)),
  ContactWord: async (op, t) => (await loadContactWords(op, await personOf(op, t)))[0],
  PersonMatch: async (op, t) =>
    (await persons.lookUpPerson(op, { fullName: `Ana ${t.familyName}`, reference: t.personReference }))[0],
  PersonTime: async (op, t) => (await timesOfPresent(op, { visitId: t.waitingVisit }))[0],
  TimesSentAgain: async () => ({ text: 'x' }),
  TimeCalledOff: async (op, t) => (await listTimesCalledOff(op)).find(byId(t.Appointment)),
  PrivacyNotice: async (op) => (await notices.listNotices(op))[0],
  PersonToInform: async (op) => (await listPersonsToInform(op, { first: 1 })).edges[0]?.node,
  PrivacyNoticeDraft: (op, t) => notices.loadNoticeDraft(op, t.PrivacyNoticeDraft),
  RecordedIncomingRequest: async (_op, t) => ({ id: t.IncomingRequest }),
  Referral: (op, t) => loadReferral(op, t.Referral),
  ReferralMention: async (op, t) => (await loadMentionsOfPerson(op, t.Person))[0],
  Relay: (op, t) => relays.loadRelay(op, t.Relay),
  // The one that a danger opened: the officer sees no other.
  Release: (op, t) => loadRelease(op, t.dangerRelease),
  ReleaseAnswer: async (op, t) => (await loadAnswers(op, await releaseOf(op, t.objectedRelease)))[0],
  DangerStatement: async (op, t) => loadDanger(op, await releaseOf(op, t.dangerRelease)),
  ReleaseReview: async (op, t) => (await loadReviews(op, await releaseOf(op, t.dangerRelease)))[0],
  Sector: async (op) => (await listSectorsFor(op, { communeCode: '93071' }))[0],
  SentMessage: async (_op, t) => ({ id: t.Message }),
  Slot: async (op, t) =>
    (
      await listBusyTimes(op, {
        districtId: t.District,
        workerId: t.busyWorker,
        from: new Date(),
        to: new Date(Date.now() + 50 * 86_400_000),
      })
    )[0],
  SlotOffer: (op, t) => loadOffer(op, t.SlotOffer),
  SlotSearch: async (_op, t) => ({
    slots: [{}],
    whyNone: 'ALL_TAKEN',
    districtId: t.District,
    soonerWithAnyone: async () => ({}),
  }),
  Snapshot: async (op) => (await statistics.listSnapshots(op, 2025))[0],
  StatisticsCategory: async (op, t) => (await tableOf(op, t)).dimensions[0]?.categories[0],
  StatisticsCell: cellOf,
  StatisticsCellCategory: async (op, t) => (await cellOf(op, t)).categories[0],
  StatisticsDimension: async (op, t) => (await tableOf(op, t)).dimensions[0],
  StatisticsFigure: async (op, t) => statistics.yearBefore(op, await cellOf(op, t)),
  StatisticsMedian: async () => ({ days: 9.5, low: 8.1, high: 11 }),
  StatisticsMethod: async () => statistics.listMethods().at(-1),
  StatisticsTable: tableOf,
  ThirdNextAvailable: async (op, t) =>
    (
      await listThirdNextAvailable(op, { districtId: t.District, typeCode: 'FIRST_RECEPTION', ...measured })
    )[0],
  TeamOption: async (op, t) =>
    (await listTeamOptions(op, { districtId: t.District })).find(byId(t.TeamOption)),
  WalkInHour: async (op, t) => (await listWalkInHours(op, { districtId: t.District }))[0],
  WaitSimulation: (op, t) => loadSimulation(op, t.WaitSimulation),
  WaitForecast: forecastOf,
  Unavailability: (op, t) => loadUnavailability(op, t.Unavailability),
  // Whoever receives them is said until they have gone.
  Visit: (op, t) => loadVisit(op, t.waitingVisit),
  Worker: (op, t) => directory.loadWorker(op, t.Worker),
  // The root of what is followed has no row; each event is one.
  Subscription: async () => ({ visitChanges: {} }),
  VisitChange: async () => ({ reload: true, visit: {} }),
  Viewer: async (op) => ({ kind: op.viewer.kind }),
  ViewerRoleIn: async (_op, t) => ({ role: 'SOCIAL_WORKER', districtId: t.District }),
  Sentence: async () => FOR_THIRD_PARTIES,
  PolicyMatrix: async () => publishMatrix(),
  PolicyStandpoint: async () => publishMatrix().standpoints[0],
  PolicyType: async () => publishMatrix().types[0],
  PolicyRule: async () => publishMatrix().actions[0],
  PageInfo: async () => ({ hasNextPage: false, hasPreviousPage: false, startCursor: 'x', endCursor: 'x' }),
};

/** The target row of a type. @throws Error for a type that nobody said how to load, and for a row that is not there */
export async function rowOf(type: string, op: Operation, t: Targets): Promise<object> {
  const load = /Connection$/.test(type) ? page : /Edge$/.test(type) ? edge : ROWS[type];
  if (load === undefined) throw new Error(`${type}: say in rows.ts how a row of it is loaded`);
  const row = await load(op, t);
  if (typeof row !== 'object' || row === null) throw new Error(`${type}: the row is not to be had`);
  return row;
}
