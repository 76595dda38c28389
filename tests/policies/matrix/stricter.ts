import { CELLS } from '../../../policies/generated/cells.js';
import { STANDPOINTS } from '../../../policies/standpoints.js';

/** Cells that the policies would open and that another lock, or the want of a path, keeps closed. */
export interface Stricter {
  readonly reason: string;
  /** Schema coordinates. */
  readonly coordinates: readonly string[];
  readonly standpoints: readonly string[];
}

/** All social workers except the assigned worker. */
const OTHER_SOCIAL_WORKERS = [
  'worker-formerly-assigned',
  'worker-relay',
  'worker-appointment',
  'worker-on-duty',
  'worker-reception',
  'worker-recipient',
  'worker-same-district',
  'worker-other-district',
];

/** Whose the case is. */
const ASSIGNED = ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'];

/** Every one of them: the test fails for one too few and for one too many. */
export const STRICTER: readonly Stricter[] = [
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.appointment', 'Query.appointments'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-not-shown',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.homeVisitsOut', 'Query.noticesToGive'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then asks whether the desk of the district has sent them someone today, and here it has not.',
    coordinates: ['Query.homeVisitsNotBack'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'head-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.appointmentRequest', 'Query.appointmentRequestByReference', 'Query.waitingList'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-not-shown',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.slotOffer'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-not-shown',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.offersToGive'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.visit', 'Query.visits', 'Subscription.visitChanges', 'VisitChange.visit'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-other-district',
      'desk-other-district',
    ],
  },
  {
    reason: 'The action is opened to the role; its service is for who receives the person that day, too.',
    coordinates: ['Mutation.giveNotice'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason: 'No path leads there: the sentence is answered to the desk that asks, and to nobody else.',
    coordinates: ['TimesSentAgain.text'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter((key) => key !== 'desk-same-district'),
  },
  {
    reason: 'It is asked by the role; its service is for the desk of that district alone.',
    coordinates: ['Query.appointmentsWithoutContact', 'Query.timesOfPresent'],
    standpoints: ['worker-moved', 'desk-other-district'],
  },
  {
    reason: 'The action is opened to the role; its service is for the desk of that district alone.',
    coordinates: ['Mutation.sendTimesAgain'],
    standpoints: ['worker-moved', 'desk-other-district'],
  },
  {
    reason:
      'The person takes the agreed word away online, and agrees on none: whoever has their phone would be known by it.',
    coordinates: ['Mutation.setAgreedWord'],
    standpoints: ['person-shown', 'person-not-shown'],
  },
  {
    reason: 'The action is opened to the role; its service is for a social worker who receives today.',
    coordinates: ['Mutation.sendBlindMessage'],
    standpoints: ['worker-other-district'],
  },
  {
    reason: 'The list is asked for by the role; its service is for those of that district alone.',
    coordinates: ['Query.dayList'],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The board of a district is followed by the role; its service is for those of that district alone.',
    coordinates: ['VisitChange.reload'],
    standpoints: ['worker-moved', 'worker-other-district', 'head-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.collectiveAppointment', 'Query.collectiveAppointments'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-reception',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.messages'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-same-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.encounter', 'Query.encounters'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason: 'No path leads there: who holds it has not passed it on, and it is of a visit.',
    coordinates: ['Encounter.appointment', 'Encounter.case', 'Encounter.passedOnAt'],
    standpoints: ['worker-reception'],
  },
  {
    reason: 'No path leads there: what was passed on to them is of an appointment.',
    coordinates: ['Encounter.visit'],
    standpoints: ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'],
  },
  {
    reason: 'The question is put by the role; its service then judges whose agenda it is, and here refuses.',
    coordinates: ['Query.availabilities', 'Query.unavailabilities'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.busyTimes', 'Query.relays'],
    standpoints: ['worker-moved', 'worker-other-district', 'head-other-district', 'desk-other-district'],
  },
  {
    reason: 'Who knows of a case looks it up: a list holds the viewer’s own queue alone.',
    coordinates: ['Query.cases'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'desk-same-district',
      'head-same-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.case', 'Query.caseByReference', 'Query.cases'],
    standpoints: [
      'worker-moved',
      'worker-other-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-not-shown',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.myAbsences'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.absences'],
    standpoints: ['head-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.contradictAbsence', 'Mutation.withdrawHandover'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.answerHandoverTask', 'Mutation.answerRelease'],
    standpoints: [...ASSIGNED, ...OTHER_SOCIAL_WORKERS.filter((key) => key !== 'worker-formerly-assigned')],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.reviewRelease'],
    standpoints: ['adviser-pending', 'adviser-none'],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.handoverTasks', 'Query.releasesOfFormerCases', 'Query.releasesToAnswer'],
    standpoints: [...ASSIGNED, ...OTHER_SOCIAL_WORKERS.filter((key) => key !== 'worker-formerly-assigned')],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['CaseMove.caseId'],
    standpoints: ['head-other-district'],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.casesToCome'],
    standpoints: [...ASSIGNED, ...OTHER_SOCIAL_WORKERS.filter((key) => key !== 'worker-formerly-assigned')],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.myReleases', 'Query.refusedHandovers'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.releasesToReview'],
    standpoints: ['adviser-pending', 'adviser-none'],
  },
  {
    reason: 'No path leads there: what is withdrawn is answered to who withdraws it, and listed to nobody.',
    coordinates: ['Handover.withdrawnAt'],
    standpoints: ['worker-formerly-assigned', 'worker-recipient'],
  },
  {
    reason: 'The list has the row, which has nothing there: nobody was told of a no.',
    coordinates: ['Release.personToldAt'],
    standpoints: ['worker-formerly-assigned'],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.pendingHandovers'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-reception',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.personLookUp'],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.acceptHandover',
      'Mutation.closeCase',
      'Mutation.reopenCase',
      'Mutation.recordReleaseTold',
      'Mutation.requestRelease',
      'Mutation.writeNote',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.amendNote'],
    standpoints: [
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.approveRelease', 'Mutation.refuseRelease'],
    standpoints: ['adviser-none'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.assignCase',
      'Mutation.changeAbsence',
      'Mutation.declareAbsence',
      'Mutation.endRelay',
      'Mutation.openRelay',
      'Mutation.reassignCase',
      'Mutation.reassignCases',
      'Mutation.planReassignment',
      'Mutation.withdrawPlannedReassignment',
    ],
    standpoints: ['head-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.bookAppointment', 'Mutation.setPersonAddress', 'Mutation.updatePerson'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.clearUnavailability',
      'Mutation.closeAvailabilityOn',
      'Mutation.declareUnavailability',
      'Mutation.endAvailability',
      'Mutation.endUnavailability',
      'Mutation.openAvailability',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.cancelAppointment',
      'Mutation.expectReturn',
      'Mutation.moveAppointment',
      'Mutation.recordNotice',
      'Mutation.recordOutcome',
      'Mutation.recordReturn',
      'Mutation.setParticipants',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.suspendContact'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.setCommunication'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.setAgreedWord', 'Mutation.setConfirmNothing'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-on-duty',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-same-district',
      'desk-other-district',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.proposeSafeContact'],
    standpoints: ['person-household', 'person-other'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.setSafeContact', 'Mutation.answerContactProposal', 'Mutation.setSafeAddress'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-on-duty',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.openConfidentialAddress'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.callDutyWorker'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.confirmAppointment'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.requestAppointment'],
    standpoints: [
      'worker-moved',
      'worker-other-district',
      'desk-other-district',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.answerOffer', 'Mutation.changeRequest', 'Mutation.withdrawRequest'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
      'person-not-shown',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.recordOffer'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason: 'Who gave no name waits with no case, and so nobody follows it.',
    coordinates: ['AppointmentRequest.calledName', 'AppointmentRequest.phone', 'Mutation.nameRequest'],
    standpoints: ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over', 'worker-relay'],
  },
  {
    reason: 'The question is put by the role; its service finds by the reference for who reads references.',
    coordinates: ['Query.appointmentRequestByReference'],
    standpoints: ['head-same-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.nameRequest'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.recordPresence'],
    standpoints: ['worker-moved', 'desk-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.setUrgency'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.closeVisit', 'Mutation.takeIn'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.directVisit'],
    standpoints: ['worker-moved', 'desk-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.recordVisit', 'Mutation.sendMessage'],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.closeMessage'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-same-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.deleteEncounter', 'Mutation.passOnEncounter', 'Mutation.writeEncounter'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.recordEncounter'],
    standpoints: ['worker-other-district'],
  },
  {
    reason:
      'The action is opened to everyone for their own; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.removeOutsideCalendar'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter(
      (key) =>
        !['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'].includes(key) &&
        !/^(client|anonymous|person)/.test(key),
    ),
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.importCalendar'],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.joinCollectiveAppointment',
      'Mutation.leaveCollectiveAppointment',
      'Mutation.recordAttendance',
    ],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.openCollectiveAppointment'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason:
      'The action is opened to everyone for their own; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.revokeCalendarFeed'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter(
      (key) =>
        !['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'].includes(key) &&
        !/^(client|anonymous)/.test(key),
    ),
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.cancelOnline', 'Mutation.moveOnline'],
    standpoints: ['person-not-shown', 'person-household', 'person-other'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.endNeed', 'Mutation.recordNeed'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.offerHandover'],
    standpoints: [
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-on-duty',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.openCase'],
    standpoints: ['worker-other-district', 'head-other-district'],
  },
  {
    reason: 'Nobody is assigned to the case that they have opened, and it is not closed.',
    coordinates: ['Case.assignedWorker', 'Case.closedAt'],
    standpoints: ['worker-on-duty'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here someone keeps it.',
    coordinates: ['Mutation.reopenCase'],
    standpoints: ['head-same-district', 'head-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.registerPerson'],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason: 'No path leads there: that a message is sent is answered to its sender, and to nobody else.',
    coordinates: ['SentMessage.id'],
    standpoints: [
      'worker-moved',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-shown',
      'person-not-shown',
      'person-household',
      'person-other',
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason:
      'No path leads there: that an encounter is given up is answered to who held it, and to nobody else.',
    coordinates: ['GivenUpEncounter.id'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter((key) => key !== 'worker-reception'),
  },
  {
    reason:
      'No path leads there: a handover is listed for whom it waits, until it is accepted, and answered to who offers or accepts it.',
    coordinates: ['Handover.acceptedAt'],
    standpoints: ['worker-formerly-assigned', 'worker-recipient'],
  },
  {
    reason:
      'No path leads there: a handover is listed for whom it waits, until it is accepted, and answered to who offers or accepts it.',
    coordinates: [
      'Handover.case',
      'Handover.fromWorker',
      'Handover.id',
      'Handover.offeredAt',
      'Handover.toWorker',
    ],
    standpoints: ['worker-formerly-assigned'],
  },
  {
    reason:
      'No path leads there: what is approved is listed to reviewers of another district alone, and this adviser is the county’s.',
    coordinates: [
      'DangerStatement.authorCall',
      'DangerStatement.authorCalledAt',
      'DangerStatement.facts',
      'Release.answers',
      'Release.approvedAt',
      'Release.approvedBy',
      'Release.caseReference',
      'Release.danger',
      'Release.ground',
      'Release.id',
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.openUntil',
      'Release.personToldAt',
      'Release.refusedAt',
      'Release.refusedBy',
      'Release.requestedAt',
      'Release.requestedBy',
      'Release.reviewDueAt',
      'Release.reviews',
      'Release.waitsUntil',
      'ReleaseAnswer.answer',
      'ReleaseAnswer.answeredAt',
      'ReleaseAnswer.reason',
      'ReleaseAnswer.worker',
      'ReleaseReview.asRole',
      'ReleaseReview.opinion',
      'ReleaseReview.reviewedAt',
      'ReleaseReview.reviewedBy',
    ],
    standpoints: ['adviser-none'],
  },
  {
    reason:
      'No path leads there: their posts are elsewhere, and what waits for an answer is listed to social workers.',
    coordinates: [
      'Release.answers',
      'Release.approvedAt',
      'Release.approvedBy',
      'Release.caseReference',
      'Release.ground',
      'Release.id',
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.openUntil',
      'Release.personToldAt',
      'Release.refusedAt',
      'Release.refusedBy',
      'Release.requestedAt',
      'Release.requestedBy',
      'Release.waitsUntil',
    ],
    standpoints: ['worker-moved'],
  },
  {
    reason:
      'No path leads there: the officer is listed what a danger opened, and of a case as long as they know it.',
    coordinates: [
      'Release.answers',
      'Release.caseReference',
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.personToldAt',
      'Release.refusedAt',
      'Release.refusedBy',
    ],
    standpoints: ['data-protection-officer'],
  },
  {
    reason:
      'No path leads there: an adviser is listed what they may decide, and reviewers of another district what a danger opened.',
    coordinates: [
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.personToldAt',
      'Release.reviewDueAt',
      'Release.reviews',
      'ReleaseAnswer.answer',
      'ReleaseAnswer.answeredAt',
      'ReleaseAnswer.reason',
      'ReleaseReview.asRole',
      'ReleaseReview.opinion',
      'ReleaseReview.reviewedAt',
      'ReleaseReview.reviewedBy',
    ],
    standpoints: ['adviser-pending'],
  },
  {
    reason: 'No path leads there: of this worker’s districts, cases and appointments none is in reach.',
    coordinates: ['Worker.displayName', 'Worker.familyName', 'Worker.givenName', 'Worker.id'],
    standpoints: ['head-other-district', 'trainee', 'person-not-shown', 'person-household', 'person-other'],
  },
  {
    reason:
      'The appointment is a row of its own, of which who is on duty, or receives, knows by its own rules alone.',
    coordinates: ['AppointmentRequest.appointment'],
    standpoints: ['worker-on-duty'],
  },
  {
    reason:
      'The appointment is a row of its own, of which who is on duty, or receives, knows by its own rules alone.',
    coordinates: ['Visit.appointment'],
    standpoints: ['worker-reception'],
  },
  {
    reason: 'The where-clause finds none that is shown online, and row-level security hides who stated it.',
    coordinates: ['NoticeReceipt.statedBy', 'Person.cases', 'Person.referrals'],
    standpoints: ['person-not-shown'],
  },
  {
    reason: 'A look-up finds the persons of one’s own districts only.',
    coordinates: [
      'Query.casesOfPerson',
      'PersonMatch.birthYear',
      'PersonMatch.displayName',
      'PersonMatch.id',
      'PersonMatch.reference',
    ],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason: 'Reached through Query.busyTimes alone, which is guarded.',
    coordinates: ['Slot.endsAt', 'Slot.startsAt'],
    standpoints: [
      'worker-moved',
      'worker-other-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-shown',
      'person-not-shown',
      'person-household',
      'person-other',
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason: 'Who asks may know who they are; this one is no worker, or holds no role in a district.',
    coordinates: ['Viewer.memberships', 'Viewer.worker', 'ViewerRoleIn.role'],
    standpoints: [
      'person-shown',
      'person-not-shown',
      'person-household',
      'person-other',
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason: 'Who asks may know who they are; this one is no worker, or holds no role in a district.',
    coordinates: ['ViewerRoleIn.district'],
    standpoints: [
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'person-shown',
      'person-not-shown',
      'person-household',
      'person-other',
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.incomingRequest', 'Query.incomingRequests', 'Query.receivedReferrals'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-other-district',
    ],
  },
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.referral'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-other-district',
      'desk-same-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-not-shown',
      'person-household',
      'person-other',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.allocateIncomingRequest', 'Mutation.allocateReferral'],
    standpoints: ['head-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.answerIncomingRequest',
      'Mutation.recordInformation',
      'Mutation.deferInformation',
    ],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.answerReferral',
      'Mutation.declineIncomingRequest',
      'Mutation.markChildProtection',
    ],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-on-duty',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.recordIncomingRequest'],
    standpoints: ['worker-moved', 'worker-other-district', 'head-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.sendReferral', 'Mutation.showReferral', 'Mutation.withdrawReferral'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-on-duty',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason: 'No path leads there: what a district receives was sent to no organisation.',
    coordinates: ['Referral.toOrganisation'],
    standpoints: ['worker-reception', 'head-same-district'],
  },
  {
    reason:
      'No path leads there: that a request is taken down is answered to whoever did, and to nobody else.',
    coordinates: ['RecordedIncomingRequest.id'],
    standpoints: [
      'worker-moved',
      'worker-other-district',
      'head-other-district',
      'desk-other-district',
      'adviser-pending',
      'adviser-none',
      'data-protection-officer',
      'administrator',
      'trainee',
      'person-shown',
      'person-not-shown',
      'person-household',
      'person-other',
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason: 'The list is of one’s own cases, and those of whom one stands in for: others have none here.',
    coordinates: ['Query.personsToInform'],
    standpoints: OTHER_SOCIAL_WORKERS.filter((key) => key !== 'worker-relay'),
  },
  {
    reason: 'The action is opened to the role; the assigned worker alone says it.',
    coordinates: ['Mutation.deferNotice'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: 'A team proposes for itself, and this is another team’s district.',
    coordinates: ['Mutation.proposeIndicator'],
    standpoints: ['worker-other-district', 'head-other-district'],
  },
  {
    reason: 'A team speaks for itself, and this is another team’s district.',
    coordinates: ['Mutation.stateOpinion', 'Mutation.addObservation'],
    standpoints: ['worker-other-district'],
  },
  {
    reason: 'Nothing is published in this county: the list is empty.',
    coordinates: ['Query.activityReports'],
    standpoints: STANDPOINTS.map(({ key }) => key),
  },
  {
    reason: 'What is published is everyone’s; this is a draft.',
    coordinates: ['Query.activityReport'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter(
      (key) => !/^(worker|head|adviser|data-protection)/.test(key) || key === 'worker-moved',
    ),
  },
  {
    reason: 'A draft is not published: there is nothing to tell of its publication.',
    coordinates: ['ActivityReport.publishedOn'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter(
      (key) => /^(worker|head|data-protection)/.test(key) && key !== 'worker-moved',
    ),
  },
  {
    reason: 'Nobody has signed this erratum; who may sign reads it once it is signed.',
    coordinates: ['Erratum.publishedOn', 'Erratum.signedBy'],
    standpoints: STANDPOINTS.map(({ key }) => key).filter(
      (key) => /^(worker|head)/.test(key) && key !== 'worker-moved',
    ),
  },
  {
    reason: 'A team speaks for itself, and this is another team’s district.',
    coordinates: ['Mutation.writeNarrative', 'Mutation.declineNarrative', 'Mutation.signNarrative'],
    standpoints: ['worker-other-district'],
  },
  // The field that answers a page is guarded, and so is every field of its rows; the page itself says nothing.
  ...Object.keys(CELLS)
    .filter((coordinate) => /^(\w+(Connection|Edge)|PageInfo)\./.test(coordinate))
    .map((coordinate) => ({
      reason: 'A page is opened to everyone.',
      coordinates: [coordinate],
      standpoints: STANDPOINTS.map(({ key }) => key).filter((_key, at) => CELLS[coordinate]?.[at] === '0'),
    })),
];
