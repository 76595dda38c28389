import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { allow } from './rules.js';

/** Where each question starts. What is public is marked so; the rest is then judged row by row. */
export const Query: TypePolicy = {
  // Public: the directory's addresses and hours, the nomenclatures, the notices, the codes, who sees what, free slots.
  viewer: allow,
  districts: allow,
  sectorsFor: allow,
  organisations: allow,
  organisation: allow,
  appointmentTypes: allow,
  needCodes: allow,
  privacyNotices: allow,
  errorCodes: allow,
  policyMatrix: allow,
  slots: allow,

  case: forWhom.whoMayKnowCases,
  cases: forWhom.whoMayKnowCases,
  appointments: forWhom.whoMayKnowAppointments,
  appointment: forWhom.whoMayKnowAppointments,
  onlineBooking: forWhom.bookingClients,
  calendarFeeds: forWhom.whoKeepsFeeds,
  visits: forWhom.seesBusyTimes,
  visit: forWhom.seesBusyTimes,
  messages: forWhom.seesBusyTimes,
  waitingList: forWhom.whoMayKnowAppointments,
  appointmentRequest: forWhom.whoMayKnowAppointments,
  slotOffer: forWhom.whoMayKnowAppointments,
  offersToGive: forWhom.whoReadsAgendas,
  noticesToGive: forWhom.whoReadsAgendas,
  homeVisitsOut: forWhom.whoReadsAgendas,
  busyTimes: forWhom.seesBusyTimes,
  availabilities: forWhom.whoReadsAgendas,
  unavailabilities: forWhom.whoReadsAgendas,
  personLookUp: forWhom.whoLooksUp,
  me: forWhom.thePersonConcerned,
  pendingHandovers: forWhom.noteReaders,
  pendingReleases: forWhom.technicalAdvisers,
  notifications: forWhom.workers,
  relays: forWhom.districtTeams,
  clients: forWhom.administrators,
  accessLog: forWhom.dataProtectionOfficers,
};
