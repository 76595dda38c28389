import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Who does what. The field is guarded, since a refused payload would not stop the effect; services judge the row. */
export const Mutation: TypePolicy = {
  registerPerson: forWhom.deskAndSocialWorkers,
  updatePerson: forWhom.deskAndSocialWorkers,
  setPersonAddress: forWhom.deskAndSocialWorkers,
  giveNotice: forWhom.deskAndSocialWorkers,

  openCase: forWhom.socialWorkersAndHeads,
  assignCase: forWhom.heads,
  reassignCase: forWhom.heads,
  closeCase: forWhom.socialWorkers,
  recordNeed: forWhom.socialWorkers,
  endNeed: forWhom.socialWorkers,
  declareAbsence: forWhom.heads,
  openRelay: forWhom.heads,
  endRelay: forWhom.heads,

  writeNote: forWhom.noteWriters,
  amendNote: forWhom.noteWriters,
  offerHandover: forWhom.noteWriters,
  acceptHandover: forWhom.noteWriters,
  requestRelease: forWhom.noteWriters,
  approveRelease: forWhom.technicalAdvisers,

  bookAppointment: forWhom.whoBooks,
  moveAppointment: forWhom.whoBooks,
  cancelAppointment: forWhom.whoBooks,
  recordOutcome: forWhom.whoBooks,
  expectReturn: forWhom.whoBooks,
  recordReturn: forWhom.whoBooks,
  setParticipants: forWhom.whoBooks,
  recordNotice: forWhom.whoBooks,

  recordVisit: forWhom.whoBooks,
  directVisit: forWhom.desks,
  takeIn: forWhom.whoBooks,
  closeVisit: forWhom.whoBooks,
  sendMessage: forWhom.whoBooks,
  closeMessage: forWhom.whoCallsBack,
  recordEncounter: forWhom.noteWriters,
  writeEncounter: forWhom.noteWriters,
  passOnEncounter: forWhom.noteWriters,
  deleteEncounter: forWhom.noteWriters,

  requestAppointment: forWhom.whoAsksForAppointments,
  changeRequest: forWhom.whoAsksForAppointments,
  withdrawRequest: forWhom.whoAsksForAppointments,
  answerOffer: forWhom.whoAsksForAppointments,
  recordOffer: forWhom.whoBooks,
  recordPresence: forWhom.desks,
  setUrgency: forWhom.whoJudgesUrgency,

  bookOnline: forWhom.whoBooksOnline,
  moveOnline: forWhom.whoBooksOnline,
  cancelOnline: forWhom.whoBooksOnline,

  openCalendarFeed: forWhom.whoKeepsFeeds,
  revokeCalendarFeed: forWhom.whoKeepsFeeds,

  openAvailability: forWhom.whoKeepsAgendas,
  endAvailability: forWhom.whoKeepsAgendas,
  closeAvailabilityOn: forWhom.whoKeepsAgendas,
  declareUnavailability: forWhom.whoKeepsAgendas,
  endUnavailability: forWhom.whoKeepsAgendas,
  clearUnavailability: forWhom.whoKeepsAgendas,

  disableWorker: forWhom.whoRevokesRights,
  endMembership: forWhom.whoRevokesRights,
  disableClient: forWhom.whoRevokesRights,
  withdrawScope: forWhom.whoRevokesRights,
};
