import * as agenda from '../../src/access/agenda/agenda.js';
import * as outside from '../../src/access/agenda/outside-calendar.js';
import * as appointment from '../../src/access/appointment/appointment.js';
import * as homeVisit from '../../src/access/appointment/home-visit.js';
import * as online from '../../src/access/appointment/online-booking.js';
import * as feed from '../../src/access/calendar-feed/calendar-feed.js';
import * as absence from '../../src/access/case/absence.js';
import * as cases from '../../src/access/case/case.js';
import * as planned from '../../src/access/case/planned-reassignment.js';
import * as notice from '../../src/access/data-protection/privacy-notice.js';
import * as directory from '../../src/access/directory/directory.js';
import * as task from '../../src/access/interview-note/handover-task.js';
import * as note from '../../src/access/interview-note/interview-note.js';
import * as incoming from '../../src/access/orientation/incoming-request.js';
import * as referral from '../../src/access/orientation/referral.js';
import * as person from '../../src/access/person/person.js';
import * as encounter from '../../src/access/reception/encounter.js';
import * as reception from '../../src/access/reception/reception.js';
import * as release from '../../src/access/release/release.js';
import * as statistics from '../../src/access/statistics/statistics.js';
import * as waiting from '../../src/access/waiting-list/appointment-request.js';
import { hasScope, holdsRole, teamDistricts, type Viewer } from '../../src/viewer.js';
import { rowRule, viewerRule } from './rules.js';

/** The vocabulary of the policies. Each name reads as the end of "this field is for…". */

// ---- Viewers to whom a rule about rows can grant anything at all -------------------------------------------
/** A viewer follows a case only as its assigned worker, or in a relay. */
const mayFollow = (viewer: Viewer): boolean => holdsRole(viewer, 'SOCIAL_WORKER') || viewer.relays.length > 0;
const mayBe =
  (...roles: readonly Parameters<typeof holdsRole>[1][]) =>
  (viewer: Viewer): boolean =>
    roles.some((role) => holdsRole(viewer, role));
const isWorker = (viewer: Viewer): boolean => viewer.workerId !== null;
/** A person whose contact is suspended may ask the same questions. The answer is that of something that does not exist. */
const isPerson = (viewer: Viewer): boolean => viewer.selfId !== null;

// ---- A case ----------------------------------------------------------------------------------------------
/** The rule `cases.knowsOfCase`, asked of each case. */
export const whoKnowsOfTheCase = rowRule<cases.CaseRelation>(
  {
    fr: 'l’accueil, les travailleurs sociaux et le responsable de la circonscription ; la personne, si c’est montré en ligne',
    en: 'the district’s desk, social workers and head; the person, if it is shown online',
  },
  cases.knowsOfCase,
);
/** The rule `cases.followsCase`, asked of each case. */
export const whoFollowsTheCase = rowRule<cases.CaseRelation>(
  { fr: 'le travailleur social référent et son suppléant', en: 'the assigned worker and the stand-in' },
  cases.followsCase,
  mayFollow,
);
/** The rule `cases.enteredIt`, asked of each case. */
export const whoOpenedTheCase = rowRule<cases.CaseRelation>(
  {
    fr: 'qui a ouvert le dossier, de ce qu’il y a noté, jusqu’à la première attribution',
    en: 'who opened the case, of what they entered, until it is first assigned',
  },
  cases.enteredIt,
  mayBe('SOCIAL_WORKER'),
);
/** The rule `cases.keepsCase`, asked of each case. */
export const whoKeepsTheCase = rowRule<cases.CaseRelation>(
  { fr: 'le travailleur social référent', en: 'the assigned worker' },
  cases.keepsCase,
  mayBe('SOCIAL_WORKER'),
);
/** The head of the case’s district, with the scope `cases:read`. */
export const whoAllocatesTheCase = rowRule<cases.CaseRelation>(
  { fr: 'le responsable de la circonscription', en: 'the district’s head' },
  (viewer, row) => hasScope(viewer, 'cases:read') && cases.headsDistrictOf(viewer, row),
  mayBe('DISTRICT_HEAD'),
);
/** The rule `planned.seesReassignmentOf`, asked of each planned reassignment. */
export const whoSeesTheReassignmentOfTheCase = rowRule<cases.CaseRelation>(
  {
    fr: 'le travailleur social référent et le responsable de la circonscription',
    en: 'the assigned worker and the district’s head',
  },
  planned.seesReassignmentOf,
  mayBe('SOCIAL_WORKER', 'DISTRICT_HEAD'),
);
/** The rule `planned.seesPlannedReassignment`, asked of each planned reassignment. */
export const whoIsToldOfTheReassignment = rowRule<planned.PlannedReassignmentRelation>(
  {
    fr: 'l’agent qui laisse le dossier, celui à qui il va, et le responsable de la circonscription',
    en: 'the worker who leaves the case, the worker who takes it, and the head of the district',
  },
  planned.seesPlannedReassignment,
  mayBe('SOCIAL_WORKER', 'DISTRICT_HEAD'),
);
/** The rule `note.readsNotesOfCase`, asked of each note. */
export const theAssignedWorker = rowRule<cases.CaseRelation>(
  { fr: 'le seul travailleur social référent', en: 'the assigned worker alone' },
  note.readsNotesOfCase,
  mayBe('SOCIAL_WORKER'),
);

// ---- An interview note -----------------------------------------------------------------------------------
/** The rule `note.readsNote`, asked of each note. */
export const theReaderOfTheNote = rowRule<note.NoteRelation>(
  {
    fr: 'le travailleur social référent, s’il l’a écrit, accepté dans une passation, ou si une levée le lui a ouvert',
    en: 'the assigned worker, if they wrote the note, accepted it in a handover, or a release opened it to them',
  },
  note.readsNote,
  mayBe('SOCIAL_WORKER'),
);

// ---- An appointment --------------------------------------------------------------------------------------
/** The rule `appointment.seesAppointment`, asked of each appointment. */
export const whoSeesTheAppointment = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil, les agents qui y participent, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk, the appointment’s workers, the assigned worker and the stand-in; the person, if it is shown online',
  },
  appointment.seesAppointment,
);
/** The rule `appointment.seesAppointmentContent`, asked of each appointment. */
export const whoKnowsItsSubject = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'les agents qui y participent et celui qui suit le dossier',
    en: 'the appointment’s workers, the assigned worker and the stand-in',
  },
  appointment.seesAppointmentContent,
  isWorker,
);
/** The rule `appointment.followsItsCase`, asked of each appointment. */
export const whoFollowsTheCaseOfTheAppointment = rowRule<appointment.AppointmentRelation>(
  { fr: 'celui qui suit le dossier', en: 'the assigned worker and the stand-in' },
  appointment.followsItsCase,
  mayFollow,
);
/** The rule `appointment.seesWhatBecameOfIt`, asked of each appointment. A desk never sees a worker and an outcome side by side (rule 3). */
export const whoSeesWhatBecameOfIt = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil tant qu’il est pris, les agents qui y participent, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk while the appointment is booked, the appointment’s workers, the assigned worker and the stand-in; the person, if it is shown online',
  },
  appointment.seesWhatBecameOfIt,
);
/** The rule `appointment.seesWhyCalledOff`, asked of each appointment. */
export const whoSeesWhyItWasCalledOff = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'les agents qui y participent, celui qui suit le dossier, l’accueil dans la réponse à qui le dit',
    en: 'the appointment’s workers, the assigned worker and the stand-in; the desk, only in the answer to its own cancellation',
  },
  appointment.seesWhyCalledOff,
);
/** The rule `appointment.seesWhoCame`, asked of each appointment. */
export const whoSeesWhoCame = rowRule<appointment.AppointmentRelation & { readonly outcome: string | null }>(
  {
    fr: 'les agents qui y participent et celui qui suit le dossier ; l’accueil tant que rien n’est dit',
    en: 'the appointment’s workers, the assigned worker and the stand-in; the desk, until the attendance is recorded',
  },
  appointment.seesWhoCame,
);
/** The rule `appointment.seesWhoHoldsIt`, asked of each appointment. */
export const whoSeesWhoHoldsIt = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil tant qu’il est pris ou que l’agent est en visite, les agents qui y participent, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk while the appointment is booked or the worker is out on it, the appointment’s workers, the assigned worker and the stand-in; the person, if it is shown online',
  },
  appointment.seesWhoHoldsIt,
);

/** The rule `appointment.printsLetters`, asked of each appointment. */
export const whoPrintsTheLetterOfTheAppointment = rowRule<appointment.AppointmentRelation>(
  { fr: 'l’accueil et celui qui suit le dossier', en: 'the desk, the assigned worker and the stand-in' },
  appointment.printsLetters,
  isWorker,
);
/** The rule `appointment.worksWithAppointment`, asked of each appointment. */
export const whoWorksWithTheAppointment = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil, les agents qui y participent et celui qui suit le dossier',
    en: 'the desk, the appointment’s workers, the assigned worker and the stand-in',
  },
  appointment.worksWithAppointment,
  isWorker,
);

/** The rule `homeVisit.seesWhoIsNotBack`, asked of each home visit. */
export const whoLooksForWhoIsNotBack = rowRule<homeVisit.NotBackRelation>(
  {
    fr: 'le responsable de la circonscription, et l’agent de permanence ce jour',
    en: 'the head of the district, and the duty worker of that day',
  },
  homeVisit.seesWhoIsNotBack,
  mayBe('DISTRICT_HEAD', 'SOCIAL_WORKER'),
);

/** The rule `online.managesBooking`, asked of each online booking. */
export const whoManagesTheBooking = rowRule<online.OnlineBookingRelation>(
  {
    fr: 'l’application qui l’a pris, par son secret ; la personne, si c’est montré en ligne',
    en: 'the client that booked the appointment, by its secret; the person, if it is shown online',
  },
  online.managesBooking,
);
/** The rule `online.booksForOthers`, asked once of the viewer. */
export const bookingClients = viewerRule(
  { fr: 'les applications de prise de rendez-vous', en: 'booking clients' },
  online.booksForOthers,
);
/** The rule `online.booksOnline`, asked once of the viewer. */
export const whoBooksOnline = viewerRule(
  { fr: 'la personne, et les applications de prise de rendez-vous', en: 'the person, and booking clients' },
  online.booksOnline,
);

/** The rule `appointment.isAtTheDesk`, asked of the appointment’s district. */
export const theDeskOfTheAppointment = rowRule<{ readonly districtId: string }>(
  { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
  appointment.isAtTheDesk,
  mayBe('RECEPTIONIST'),
);

// ---- The waiting list ------------------------------------------------------------------------------------
/** The rule `waiting.seesRequest`, asked of each request on the waiting list. */
export const whoSeesTheRequest = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil et le responsable de la circonscription, l’agent de permanence, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the district’s desk and head, the duty worker, the assigned worker and the stand-in; the person, if it is shown online',
  },
  waiting.seesRequest,
);
/** The rule `waiting.seesWaitingList`, asked of each request on the waiting list. */
export const whoKeepsTheWaitingList = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil et le responsable de la circonscription, l’agent de permanence, celui qui suit le dossier',
    en: 'the district’s desk and head, the duty worker, the assigned worker and the stand-in',
  },
  waiting.seesWaitingList,
  isWorker,
);
/** The rule `waiting.seesRequestContent`, asked of each request on the waiting list. */
export const whoKnowsWhatIsAskedFor = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’agent de permanence et celui qui suit le dossier',
    en: 'the duty worker, the assigned worker and the stand-in',
  },
  waiting.seesRequestContent,
  mayFollow,
);
/** The rule `waiting.seesWhoseItIs`, asked of each request on the waiting list. */
export const whoSeesWhoseTimeItIs = rowRule<waiting.RequestRelation & { readonly status: string }>(
  {
    fr: 'l’accueil tant que l’on attend ou que le temps est retenu, l’agent de permanence et celui qui suit le dossier',
    en: 'the desk while the request waits or a time is held, the duty worker, the assigned worker and the stand-in',
  },
  waiting.seesWhoseItIs,
  isWorker,
);
/** The rule `waiting.followsItsCase`, asked of each request on the waiting list. */
export const whoFollowsTheCaseOfTheRequest = rowRule<waiting.RequestRelation>(
  { fr: 'celui qui suit le dossier', en: 'the assigned worker and the stand-in' },
  waiting.followsItsCase,
  mayFollow,
);
/** The rule `waiting.seesOffers`, asked of the request to which the offer is made. */
export const whoSeesTheOffer = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil, l’agent de permanence, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk, the duty worker, the assigned worker and the stand-in; the person, if it is shown online',
  },
  waiting.seesOffers,
);
/** The rule `waiting.worksWithRequest`, asked of the request to which the offer is made. */
export const whoTellsOfTheOffer = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil, l’agent de permanence et celui qui suit le dossier',
    en: 'the desk, the duty worker, the assigned worker and the stand-in',
  },
  waiting.worksWithRequest,
  isWorker,
);
/** The rule `waiting.printsLettersOfRequest`, asked of the request to which the offer is made. */
export const whoPrintsTheLetterOfTheOffer = rowRule<waiting.RequestRelation>(
  { fr: 'l’accueil et celui qui suit le dossier', en: 'the desk, the assigned worker and the stand-in' },
  waiting.printsLettersOfRequest,
  isWorker,
);
/** The rule `waiting.seesSkips`, asked of each request on the waiting list. */
export const theDeskOfTheWaitingList = rowRule<waiting.RequestRelation>(
  { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
  waiting.seesSkips,
  mayBe('RECEPTIONIST'),
);
/** The person (`waiting.asksForThemselves`), and receptionists and social workers with the scope `appointments:write`. */
export const whoAsksForAppointments = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux, et la personne',
    en: 'the desk, social workers, and the person',
  },
  (viewer) =>
    waiting.asksForThemselves(viewer) ||
    inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:write')(viewer),
);
/** Receptionists with the scope `appointments:write`; the service judges the row. */
export const desks = viewerRule({ fr: 'l’accueil', en: 'the desk' }, (viewer) =>
  inRole(['RECEPTIONIST'], 'appointments:write')(viewer),
);
/** The rule `reception.sendsBlindMessages`, asked once of the viewer. */
export const whoSendsBlindMessages = viewerRule(
  { fr: 'les travailleurs sociaux, le conseiller technique', en: 'social workers, the technical adviser' },
  reception.sendsBlindMessages,
);
/** Social workers with the scope `appointments:write`; the service judges the row. */
export const whoJudgesUrgency = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  (viewer) => inRole(['SOCIAL_WORKER'], 'appointments:write')(viewer),
);

// ---- The reception ---------------------------------------------------------------------------------------
/** The rule `reception.seesWhoReceives`, asked of each visit. */
export const whoSeesWhoReceives = rowRule<reception.VisitRelation>(
  {
    fr: 'qui reçoit, et l’accueil tant que le passage dure',
    en: 'the worker who receives the person, and the desk until the person has gone',
  },
  reception.seesWhoReceives,
);
/** The rule `reception.seesWhatBecameOfVisit`, asked of each visit. */
export const whoSeesWhatBecameOfTheVisit = rowRule<reception.VisitRelation>(
  {
    fr: 'qui a reçu ; l’accueil et le responsable jusqu’au départ, puis si personne n’a reçu',
    en: 'the worker who received the person; the desk and the head, until the visit is closed, and afterwards if nobody received the person',
  },
  reception.seesWhatBecameOfVisit,
);
/** The rule `reception.seesVisit`, asked of each visit. */
export const whoSeesTheVisit = rowRule<reception.VisitRelation>(
  {
    fr: 'l’accueil et le responsable de la circonscription, et l’agent qui reçoit',
    en: 'the district’s desk and head, and the worker who is to receive the person',
  },
  reception.seesVisit,
);
/** The rule `reception.worksWithVisit`, asked of each visit. */
export const whoWorksWithTheVisit = rowRule<reception.VisitRelation>(
  {
    fr: 'l’accueil de la circonscription, et l’agent qui reçoit',
    en: 'the district’s desk, and the worker who is to receive the person',
  },
  reception.worksWithVisit,
);
/** The rule `appointment.isAtTheDesk`, asked of the district of a visit or of a time. */
export const theDeskOfTheVisit = rowRule<{ readonly districtId: string }>(
  { fr: 'l’accueil où la personne se présente', en: 'the desk to which the person came' },
  appointment.isAtTheDesk,
  mayBe('RECEPTIONIST'),
);
/** Receptionists with the scope `appointments:read`; the service judges the row. */
export const whoIsAtADesk = viewerRule({ fr: 'l’accueil', en: 'the desk' }, (viewer) =>
  inRole(['RECEPTIONIST'], 'appointments:read')(viewer),
);
/** The rule `reception.readsMessage`, asked of each message. */
export const whoIsToCallBack = rowRule<reception.MessageRelation>(
  { fr: 'le seul agent à qui il est adressé', en: 'only the worker to whom the message is addressed' },
  reception.readsMessage,
);

/** The rule `encounter.readsEncounter`, asked of each encounter. */
export const theReaderOfTheEncounter = rowRule<encounter.EncounterRelation>(
  {
    fr: 'l’agent qui l’a tenu, 30 jours, puis le seul référent à qui il l’a transmis',
    en: 'the worker who held the encounter, for 30 days; once it is passed on, only the assigned worker who received it',
  },
  encounter.readsEncounter,
  mayBe('SOCIAL_WORKER'),
);

/** Receptionists, social workers and district heads with the scope `appointments:write`; the service judges the row. */
export const whoCallsBack = viewerRule(
  { fr: 'les agents d’une circonscription', en: 'a district’s workers' },
  (viewer) => inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'appointments:write')(viewer),
);

// ---- A referral ------------------------------------------------------------------------------------------
/** The rule `referral.seesReferral`, asked of each referral. */
export const whoSeesTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit, le responsable de la circonscription qui la reçoit ; la personne, si cela ne concerne qu’elle et lui est montré',
    en: 'the assigned worker and the stand-in, the worker who receives the referral, the head of the receiving district; the person, if the referral concerns nobody else and is shown online',
  },
  referral.seesReferral,
);
/** The rule `referral.worksWithReferral`, asked of each referral. */
export const whoWorksWithTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit, le responsable de la circonscription qui la reçoit',
    en: 'the assigned worker and the stand-in, the worker who receives the referral, the head of the receiving district',
  },
  referral.worksWithReferral,
);
/** The rule `referral.seesItsWorkers`, asked of each referral. */
export const whoSeesTheWorkersOfTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit ; le responsable, une à la fois',
    en: 'the assigned worker and the stand-in, the worker who receives the referral; the head of the receiving district, for one referral at a time',
  },
  referral.seesItsWorkers,
);
/** The rule `referral.knowsWhomItConcerns`, asked of each referral. */
export const whoAllocatesTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit ; le responsable qui l’attribue, jusqu’à ce qu’il l’ait fait',
    en: 'the assigned worker and the stand-in, the worker who receives the referral; the head of the receiving district, until the referral is allocated',
  },
  referral.knowsWhomItConcerns,
);
/** The rule `referral.seesReferralContent`, asked of each referral. */
export const whoSendsAndReceives = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier et celui qui la reçoit',
    en: 'the assigned worker and the stand-in, and the worker who receives the referral',
  },
  referral.seesReferralContent,
  mayFollow,
);
/** The rule `referral.followsReferral`, asked of each referral. */
export const whoSends = rowRule<referral.ReferralRelation>(
  { fr: 'l’agent qui suit le dossier', en: 'the assigned worker and the stand-in' },
  referral.followsReferral,
  mayFollow,
);
/** The rule `referral.seesMention`, asked of each mention of a referral. */
export const theDesksOfTheReferral = rowRule<referral.MentionRelation>(
  {
    fr: 'l’accueil des circonscriptions qui oriente et qui reçoit',
    en: 'the desks of the sending and of the receiving district',
  },
  referral.seesMention,
  mayBe('RECEPTIONIST'),
);

// ---- A partner’s request ---------------------------------------------------------------------------------
/** The rule `incoming.seesIncomingRequest`, asked of each partner’s request. */
export const whoSeesTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  {
    fr: 'l’agent à qui elle est attribuée, et le responsable de la circonscription',
    en: 'the worker to whom the request is allocated, and the head of the district',
  },
  incoming.seesIncomingRequest,
);
/** The rule `incoming.seesWhoHasIt`, asked of each partner’s request. */
export const whoSeesWhoHasTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  {
    fr: 'l’agent à qui elle est attribuée ; le responsable, une à la fois',
    en: 'the worker to whom the request is allocated; the head, for one request at a time',
  },
  incoming.seesWhoHasIt,
);
/** The rule `incoming.readsIncomingRequest`, asked of each partner’s request. */
export const whoReadsTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  {
    fr: 'l’agent à qui elle est attribuée ; le responsable qui l’attribue, jusqu’à ce qu’il l’ait fait',
    en: 'the worker to whom the request is allocated; the head, until the request is allocated',
  },
  incoming.readsIncomingRequest,
);
/** The rule `incoming.hasIncomingRequest`, asked of each partner’s request. */
export const whoHasTheIncomingRequest = rowRule<incoming.IncomingRequestRelation>(
  { fr: 'l’agent à qui elle est attribuée', en: 'the worker to whom the request is allocated' },
  incoming.hasIncomingRequest,
  mayBe('SOCIAL_WORKER'),
);

// ---- An agenda -------------------------------------------------------------------------------------------
/** The rule `agenda.readsAgenda`, asked of each row of an agenda. */
export const whoReadsTheAgenda = rowRule<agenda.AgendaRelation>(
  {
    fr: 'l’agent lui-même, son suppléant et l’accueil de la circonscription',
    en: 'the worker whose agenda it is, the stand-in and the district’s desk',
  },
  agenda.readsAgenda,
);
/** The rule `agenda.seesBusyTimesIn`, asked of the row’s district. */
export const colleaguesOfTheDistrict = rowRule<{ readonly districtId: string }>(
  { fr: 'l’équipe de la circonscription', en: 'the district’s team' },
  (viewer, row) => agenda.seesBusyTimesIn(viewer, row.districtId),
);

/** The rule `feed.ownsFeed`, asked of each calendar feed. */
export const whoFollowsTheCalendar = rowRule<feed.CalendarFeedRelation>(
  { fr: 'qui suit son propre agenda', en: 'the worker or the person who subscribed to their own calendar' },
  feed.ownsFeed,
);
/** The rule `feed.keepsFeeds`, asked once of the viewer. */
export const whoKeepsFeeds = viewerRule(
  { fr: 'les agents, et la personne', en: 'workers, and the person' },
  feed.keepsFeeds,
);

/** The rule `outside.ownsOutsideCalendar`, asked of each outside calendar. */
export const whoseOtherCalendarItIs = rowRule<outside.OutsideCalendarRelation>(
  { fr: 'le seul agent dont c’est l’agenda', en: 'only the worker whose calendar it is' },
  outside.ownsOutsideCalendar,
);
/** The rule `outside.hasOutsideCalendars`, asked once of the viewer. */
export const whoHasOtherCalendars = viewerRule(
  { fr: 'les agents', en: 'workers' },
  outside.hasOutsideCalendars,
);
/** The rule `outside.removesOutsideCalendars`, asked once of the viewer. */
export const whoRemovesOtherCalendars = viewerRule(
  { fr: 'les agents', en: 'workers' },
  outside.removesOutsideCalendars,
);

// ---- A person --------------------------------------------------------------------------------------------
interface Reached {
  readonly reach: person.PersonReach;
}
/** The rule `person.knowsIdentity`, asked of each person. */
export const whoKnowsThePerson = rowRule<Reached>(
  {
    fr: 'l’accueil, l’agent qui suit le dossier, la personne ; l’agent qui reçoit la personne, de 7 jours avant à 30 jours après, si quelqu’un d’autre lui a ouvert les coordonnées',
    en: 'the desk, the assigned worker and the stand-in, the person; the worker who receives the person, from 7 days before to 30 days after, if somebody else opened the contact',
  },
  person.knowsIdentity,
);
/** The rule `person.knowsName`, asked of each person. */
export const whoKnowsTheName = rowRule<Reached>(
  {
    fr: 'l’accueil, l’agent qui suit le dossier, l’agent qui reçoit la personne, la personne ; le responsable, pour attribuer, et l’agent qui la rencontre de lui-même : le nom seul',
    en: 'the desk, the assigned worker and the stand-in, the worker who receives the person, the person; only the name: the head, to allocate the case, and the worker whose meeting with the person nobody else has confirmed',
  },
  person.knowsName,
);
/** The rule `person.knowsAddress`, asked of each address, which carries the viewer’s relation to its person. */
export const whoKnowsTheAddress = rowRule<Reached & person.AddressRelation>(
  {
    fr: 'l’accueil, l’agent qui suit le dossier, la personne ; l’agent qui reçoit la personne, de 7 jours avant à 30 jours après, si quelqu’un d’autre lui a ouvert les coordonnées ; une adresse secrète : l’agent qui suit le dossier où elle est notée, l’agent de permanence qui en dit le motif, et la personne seulement',
    en: 'the desk, the assigned worker and the stand-in, the person; the worker who receives the person, from 7 days before to 30 days after, if somebody else opened the contact; a confidential address: only the assigned worker and the stand-in of the case that recorded it, the duty worker who states a ground, and the person',
  },
  (viewer, row) => person.knowsAddress(viewer, row, row),
);
/** The desk of the person’s district (`PersonReach.desk`), with the scope `cases:read`. */
export const theDeskThatFoundThem = rowRule<Reached>(
  { fr: 'l’accueil', en: 'the desk' },
  (viewer, row) => hasScope(viewer, 'cases:read') && row.reach.desk,
  mayBe('RECEPTIONIST'),
);
/** The assigned worker of one of the person’s cases, or the stand-in (`PersonReach.follows`), with the scope `cases:read`. */
export const whoFollowsThePerson = rowRule<Reached>(
  { fr: 'celui qui suit la personne', en: 'the assigned worker of a case of the person, and the stand-in' },
  (viewer, row) => hasScope(viewer, 'cases:read') && row.reach.follows,
  mayFollow,
);
/** The person whose row it is (`PersonReach.self`), with the scope `cases:read`. */
export const thePersonThemselves = rowRule<Reached>(
  { fr: 'la personne', en: 'the person' },
  (viewer, row) => hasScope(viewer, 'cases:read') && row.reach.self,
  isPerson,
);
// ---- The directory ---------------------------------------------------------------------------------------
/** The rule `directory.knowsWorkers`, asked once of the viewer. */
export const colleagues = viewerRule(
  {
    fr: 'les agents, et les intégrations autorisées',
    en: 'workers, and integration clients that have the scope',
  },
  directory.knowsWorkers,
);
/** The rule `directory.knowsTeamOf`, asked of each district. */
export const whoKnowsItsTeam = rowRule<{ readonly id: string }>(
  {
    fr: 'l’accueil et les travailleurs sociaux de toute circonscription, le conseiller technique, le délégué à la protection des données, l’administrateur, les intégrations autorisées ; le responsable, pour sa circonscription',
    en: 'the desk and the social workers of any district, the technical adviser, the data protection officer, the administrator, integration clients that have the scope; the head, for their own district',
  },
  directory.knowsTeamOf,
);
/** Each login of a person; the service answers only what is shown to them. */
export const thePersonConcerned = viewerRule(
  { fr: 'la personne, pour ce qui lui est montré', en: 'the person, for what is shown to them' },
  (viewer) => viewer.kind === 'PERSON',
);
/** The worker whose row it is. */
export const theWorkerThemselves = rowRule<{ readonly id: string }>(
  { fr: 'l’agent lui-même', en: 'the worker themselves' },
  (viewer, row) => viewer.workerId !== null && viewer.workerId === row.id,
);
/** The rule `directory.administers`, asked once of the viewer. */
export const administrators = viewerRule(
  { fr: 'l’administrateur', en: 'the administrator' },
  directory.administers,
);
/** The rule `directory.revokesRights`, asked once of the viewer. */
export const whoRevokesRights = viewerRule(
  { fr: 'l’administrateur, pour retirer un droit', en: 'the administrator, to take a right away' },
  directory.revokesRights,
);
/** The rule `notice.readsNoticeDrafts`, asked once of the viewer. */
export const whoReadsNoticeDrafts = viewerRule(
  {
    fr: 'l’administrateur, le délégué à la protection des données',
    en: 'the administrator, the data protection officer',
  },
  notice.readsNoticeDrafts,
);
/** The rule `notice.draftsNotices`, asked once of the viewer. */
export const whoDraftsNotices = viewerRule(
  { fr: 'l’administrateur, pour le département', en: 'the administrator, for the county' },
  notice.draftsNotices,
);
/** The rule `notice.advisesOnNotices`, asked once of the viewer. */
export const whoAdvisesOnNotices = viewerRule(
  { fr: 'le délégué à la protection des données', en: 'the data protection officer' },
  notice.advisesOnNotices,
);
/** The rule `directory.readsAccessLog`, asked once of the viewer. */
export const dataProtectionOfficers = viewerRule(
  { fr: 'le délégué à la protection des données', en: 'the data protection officer' },
  directory.readsAccessLog,
);

// ---- Roles, where a service then judges the row ----------------------------------------------------------
function inRole(
  roles: readonly Parameters<typeof holdsRole>[1][],
  scope: Parameters<typeof hasScope>[1],
): (viewer: Viewer) => boolean {
  return (viewer) => hasScope(viewer, scope) && roles.some((role) => holdsRole(viewer, role));
}
/** Workers and persons with the scope `cases:read`; the service judges the row. */
export const whoMayKnowCases = viewerRule(
  { fr: 'les agents d’une circonscription, et la personne', en: 'a district’s workers, and the person' },
  (viewer) => hasScope(viewer, 'cases:read') && (viewer.kind === 'WORKER' || viewer.kind === 'PERSON'),
);
/** Workers and persons with the scope `appointments:read`; the service judges the row. */
export const whoMayKnowAppointments = viewerRule(
  { fr: 'les agents d’une circonscription, et la personne', en: 'a district’s workers, and the person' },
  (viewer) => hasScope(viewer, 'appointments:read') && (viewer.kind === 'WORKER' || viewer.kind === 'PERSON'),
);
/** Receptionists, social workers and district heads with the scope `cases:read`; the service judges the row. */
export const districtTeams = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux et le responsable',
    en: 'the desk, social workers and the head',
  },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:read'),
);
/** District heads with the scope `cases:write`; the service judges the row. */
export const heads = viewerRule(
  { fr: 'le responsable', en: 'the head' },
  inRole(['DISTRICT_HEAD'], 'cases:write'),
);
/** Social workers and district heads with the scope `cases:write`; the service judges the row. */
export const socialWorkersAndHeads = viewerRule(
  { fr: 'les travailleurs sociaux et le responsable', en: 'social workers and the head' },
  inRole(['SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:write'),
);
/** Receptionists, social workers and district heads with the scope `cases:write`; the service judges the row. */
export const teamsThatWrite = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux et le responsable',
    en: 'the desk, social workers and the head',
  },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:write'),
);
/** Social workers and district heads with the scope `cases:read`; the service judges the row. */
export const whoReceivesReferrals = viewerRule(
  { fr: 'les travailleurs sociaux et le responsable', en: 'social workers and the head' },
  inRole(['SOCIAL_WORKER', 'DISTRICT_HEAD'], 'cases:read'),
);
/** Social workers with the scope `cases:write`; the service judges the row. */
export const socialWorkers = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'cases:write'),
);
/** Social workers with the scope `cases:read`; the service judges the row. */
export const socialWorkersReading = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'cases:read'),
);
/** Social workers with the scope `notes:write`; the service judges the row. */
export const noteWriters = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'notes:write'),
);
/** Social workers with the scope `notes:read`; the service judges the row. */
export const noteReaders = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'notes:read'),
);
/** Receptionists and social workers with the scope `persons:write`; the service judges the row. */
export const deskAndSocialWorkers = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'persons:write'),
);
/** Receptionists and social workers with the scope `persons:write`, and persons with `persons:read`; the service judges the row. */
export const whoServesOrIsThePerson = viewerRule(
  { fr: 'l’accueil, les travailleurs sociaux et la personne', en: 'the desk, social workers and the person' },
  (viewer) =>
    inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'persons:write')(viewer) ||
    (viewer.kind === 'PERSON' && hasScope(viewer, 'persons:read')),
);
/** Persons with the scope `persons:read`; the service judges the row. */
export const whoIsThePerson = viewerRule(
  { fr: 'la personne', en: 'the person' },
  (viewer) => viewer.kind === 'PERSON' && hasScope(viewer, 'persons:read'),
);
/** Social workers with the scope `persons:write`; the service judges the row. */
export const socialWorkersOfPersons = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'persons:write'),
);
/** Receptionists and social workers with the scope `appointments:write`; the service judges the row. */
export const whoBooks = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:write'),
);
/** Receptionists and social workers with the scope `appointments:read`; the service judges the row. */
export const whoReadsAgendas = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:read'),
);
/** District heads and social workers with the scope `appointments:read`; the service judges the row. */
export const whoAsksWhoIsNotBack = viewerRule(
  { fr: 'les responsables et les travailleurs sociaux', en: 'heads and social workers' },
  inRole(['DISTRICT_HEAD', 'SOCIAL_WORKER'], 'appointments:read'),
);
/** Receptionists and social workers with the scope `appointments:write`; the service judges the row. */
export const whoKeepsAgendas = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:write'),
);
/** The rule `person.looksUpPersons`, asked once of the viewer. */
export const whoLooksUp = viewerRule(
  { fr: 'l’accueil et les travailleurs sociaux', en: 'the desk and social workers' },
  person.looksUpPersons,
);
/** Receptionists, social workers and district heads with the scope `appointments:read`; the service judges the row. */
export const seesBusyTimes = viewerRule(
  { fr: 'les agents d’une circonscription', en: 'a district’s workers' },
  inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'appointments:read'),
);
/** The worker who leaves the case and the worker who takes it. */
export const oneOfItsTwoWorkers = rowRule<{ readonly fromWorkerId: string; readonly toWorkerId: string }>(
  {
    fr: 'l’agent qui passe et celui qui reprend',
    en: 'the worker who hands over and the worker who takes over',
  },
  (viewer, row) => viewer.workerId !== null && [row.fromWorkerId, row.toWorkerId].includes(viewer.workerId),
);
/** The team of the row’s district, with the scope `cases:read`. */
export const itsDistrictTeam = rowRule<{ readonly districtId: string }>(
  { fr: 'l’équipe de la circonscription', en: 'the district’s team' },
  (viewer, row) => hasScope(viewer, 'cases:read') && teamDistricts(viewer).includes(row.districtId),
);
/** The rule `absence.seesAbsence`, asked of each absence. */
export const whoIsDeclaredAbsent = rowRule<{ readonly workerId: string; readonly districtId: string }>(
  {
    fr: 'l’agent déclaré absent, et le responsable de la circonscription',
    en: 'the worker declared absent, and the head of the district',
  },
  absence.seesAbsence,
);
/** The worker who owns the row. */
export const itsHolder = rowRule<{ readonly workerId: string }>(
  { fr: 'l’agent concerné', en: 'the worker concerned' },
  (viewer, row) => viewer.workerId !== null && viewer.workerId === row.workerId,
);
/** The rule `task.seesHandoverTask`, asked of each handover task. */
export const whoSeesTheTask = rowRule<task.HandoverTaskRelation>(
  {
    fr: 'l’agent qui suivait le dossier ; un refus, celui qui le suit à présent',
    en: 'the worker who had the case; if the answer is NO, also the worker who has it now',
  },
  task.seesHandoverTask,
);
/** The rule `release.approvesReleases`, asked once of the viewer. */
export const technicalAdvisers = viewerRule(
  {
    fr: 'le conseiller technique, second de la levée',
    en: 'the technical adviser, as the second person of a release',
  },
  release.approvesReleases,
);
/** The rule `release.seesRelease`, asked of each release. */
export const whoSeesTheRelease = rowRule<release.ReleaseRelation>(
  {
    fr: 'l’agent qui a demandé la levée, ceux qui suivaient le dossier avant, le conseiller technique ; en cas de danger, le délégué à la protection des données',
    en: 'the worker who asked for the release, the workers who had the case before, the technical adviser; in case of danger, the data protection officer',
  },
  release.seesRelease,
);
/** The rule `release.seesStatement`, asked of each release. */
export const whoSeesTheStatement = rowRule<release.ReleaseRelation>(
  {
    fr: 'l’agent qui a demandé la levée, le conseiller technique ; en cas de danger, le délégué à la protection des données',
    en: 'the worker who asked for the release, the technical adviser; in case of danger, the data protection officer',
  },
  release.seesStatement,
);
/** The rule `release.seesAnswer`, asked of each answer. */
export const whoSeesTheAnswer = rowRule<{ readonly workerId: string; readonly requestedById: string }>(
  {
    fr: 'l’agent qui répond, celui qui a demandé la levée, le conseiller technique',
    en: 'the worker who answers, the worker who asked for the release, the technical adviser',
  },
  release.seesAnswer,
);
/** The rule `release.seesReviews`, asked once of the viewer. */
export const whoSeesReviews = viewerRule(
  {
    fr: 'le conseiller technique, le délégué à la protection des données',
    en: 'the technical adviser, the data protection officer',
  },
  release.seesReviews,
);
/** The rule `statistics.readsStatistics`, asked once of the viewer. */
export const whoReadsStatistics = viewerRule(
  {
    fr: 'les travailleurs sociaux, les responsables, le conseiller technique, le délégué à la protection des données, les clients de restitution',
    en: 'social workers, heads, the technical adviser, the data protection officer, reporting clients',
  },
  statistics.readsStatistics,
);
/** The rule `statistics.readsReport`, asked of each report or erratum. */
export const whoReadsTheReport = rowRule<statistics.ReportRelation>(
  {
    fr: 'tous, une fois publié ; avant, ceux qui travaillent avec les statistiques',
    en: 'everyone, once it is published; until then, social workers, heads, the technical adviser and the data protection officer',
  },
  statistics.readsReport,
);
/** The rule `statistics.readsObservation`, asked of each observation. */
export const whoReadsTheObservation = rowRule<statistics.ReportRelation>(
  {
    fr: 'ceux qui lisent les statistiques ; tous, une fois publiée avec le rapport',
    en: 'social workers, heads, the technical adviser, the data protection officer and reporting clients; everyone, once it is published with the report',
  },
  statistics.readsObservation,
);
/** The rule `statistics.readsDrafts`, asked once of the viewer. */
export const whoReadsDrafts = viewerRule(
  {
    fr: 'ceux qui travaillent avec les statistiques',
    en: 'social workers, heads, the technical adviser and the data protection officer',
  },
  statistics.readsDrafts,
);
/** The rule `statistics.knowsWhoSpoke`, asked of each voice. */
export const whoKnowsTheVoice = rowRule<statistics.VoiceRelation>(
  {
    fr: 'les travailleurs sociaux de l’équipe, et qui parle ; tous, si qui parle le souhaite',
    en: 'the team’s social workers and the speaker; everyone, if the speaker wishes it',
  },
  statistics.knowsWhoSpoke,
);
/** Social workers, district heads and technical advisers with the scope `statistics:write`; the service judges the row. */
export const whoProposesIndicators = viewerRule(
  {
    fr: 'les travailleurs sociaux, les responsables, le conseiller technique',
    en: 'social workers, heads, the technical adviser',
  },
  inRole(['SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER'], 'statistics:write'),
);
/** Social workers with the scope `statistics:write`; the service judges the row. */
export const whoSpeaksForATeam = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  inRole(['SOCIAL_WORKER'], 'statistics:write'),
);
/** The rule `statistics.decidesOnIndicators`, asked once of the viewer. */
export const whoDecidesOnIndicators = viewerRule(
  { fr: 'le conseiller technique', en: 'the technical adviser' },
  statistics.decidesOnIndicators,
);
/** The rule `statistics.signsErrata`, asked once of the viewer. */
export const whoSignsErrata = viewerRule(
  {
    fr: 'le conseiller technique, le délégué à la protection des données ; jamais qui l’a écrit',
    en: 'the technical adviser, the data protection officer; never the worker who wrote the erratum',
  },
  statistics.signsErrata,
);
/** Each worker, in any role. */
export const workers = viewerRule({ fr: 'les agents', en: 'workers' }, (viewer) => viewer.kind === 'WORKER');
