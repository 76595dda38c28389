import { STANDPOINTS } from '../../../policies/standpoints.js';

/** Cells that the policies would open and that another lock, or the want of a path, keeps closed. */
export interface Stricter {
  readonly reason: string;
  /** Schema coordinates. */
  readonly coordinates: readonly string[];
  readonly standpoints: readonly string[];
}

/** Every one of them: the test fails for one too few and for one too many. */
export const STRICTER: readonly Stricter[] = [
  {
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.appointment', 'Query.appointments'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
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
    coordinates: ['Query.homeVisitsOut', 'Query.noticesToGive'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'desk-other-district',
    ],
  },
  {
    reason: 'The question is put by the role; its service then judges whose agenda it is, and here refuses.',
    coordinates: ['Query.availabilities', 'Query.unavailabilities'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-recipient',
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
    reason:
      'The question is put by the role; its service then answers the rows in reach alone, and here there is none.',
    coordinates: ['Query.case', 'Query.cases'],
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
    coordinates: ['Query.pendingHandovers'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
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
      'Mutation.requestRelease',
      'Mutation.writeNote',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-recipient',
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
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
    ],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.approveRelease'],
    standpoints: ['adviser-none'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.assignCase',
      'Mutation.declareAbsence',
      'Mutation.endRelay',
      'Mutation.openRelay',
      'Mutation.reassignCase',
    ],
    standpoints: ['head-other-district'],
  },
  {
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: [
      'Mutation.bookAppointment',
      'Mutation.giveNotice',
      'Mutation.setPersonAddress',
      'Mutation.updatePerson',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-appointment',
      'worker-recipient',
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
      'worker-recipient',
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
      'worker-recipient',
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
      'worker-recipient',
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
    reason:
      'The action is opened to the role; its service then judges the row (src/access), and here refuses.',
    coordinates: ['Mutation.registerPerson'],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason: 'No path leads there: an absence is answered to the head who declares it, and to nobody else.',
    coordinates: ['Absence.endsAt', 'Absence.id', 'Absence.startsAt', 'Absence.version', 'Absence.worker'],
    standpoints: [
      'worker-assigned',
      'worker-handed-over',
      'worker-not-handed-over',
      'worker-formerly-assigned',
      'worker-relay',
      'worker-appointment',
      'worker-recipient',
      'worker-same-district',
      'desk-same-district',
    ],
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
      'No path leads there: an approval is answered to the adviser who gives it, and listed for nobody.',
    coordinates: ['Release.approvedAt', 'Release.approvedBy'],
    standpoints: ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over', 'adviser-none'],
  },
  {
    reason: 'No path leads there: a release is listed until it is approved.',
    coordinates: [
      'Release.caseReference',
      'Release.ground',
      'Release.id',
      'Release.requestedAt',
      'Release.requestedBy',
    ],
    standpoints: ['adviser-none'],
  },
  {
    reason: 'No path leads there: of this worker’s districts, cases and appointments none is in reach.',
    coordinates: ['Worker.displayName', 'Worker.familyName', 'Worker.givenName', 'Worker.id'],
    standpoints: ['head-other-district', 'trainee', 'person-not-shown', 'person-household', 'person-other'],
  },
  {
    reason: 'The where-clause finds none that is shown online, and row-level security hides who stated it.',
    coordinates: ['NoticeReceipt.statedBy', 'Person.cases'],
    standpoints: ['person-not-shown'],
  },
  {
    reason: 'A look-up finds the persons of one’s own districts only.',
    coordinates: [
      'PersonMatch.birthYear',
      'PersonMatch.displayName',
      'PersonMatch.id',
      'PersonMatch.reference',
    ],
    standpoints: ['worker-moved', 'worker-other-district', 'desk-other-district'],
  },
  {
    reason:
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: [
      'AppointmentNoticeConnection.edges',
      'AppointmentNoticeEdge.cursor',
      'AppointmentNoticeEdge.node',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
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
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: ['AppointmentNoticeConnection.pageInfo'],
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
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: ['AppointmentConnection.edges', 'AppointmentEdge.cursor', 'AppointmentEdge.node'],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
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
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason:
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: ['AppointmentConnection.pageInfo', 'CaseConnection.pageInfo', 'PageInfo.hasNextPage'],
    standpoints: ['client-reporting', 'client-integration', 'client-booking', 'anonymous'],
  },
  {
    reason:
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: ['CaseConnection.edges', 'CaseEdge.cursor', 'CaseEdge.node'],
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
      'client-reporting',
      'client-integration',
      'client-booking',
      'anonymous',
    ],
  },
  {
    reason:
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: [
      'InterviewNoteConnection.edges',
      'InterviewNoteConnection.pageInfo',
      'InterviewNoteEdge.cursor',
      'InterviewNoteEdge.node',
    ],
    standpoints: [
      'worker-formerly-assigned',
      'worker-moved',
      'worker-relay',
      'worker-appointment',
      'worker-recipient',
      'worker-same-district',
      'worker-other-district',
      'head-same-district',
      'head-other-district',
      'desk-same-district',
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
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: [
      'NotificationConnection.edges',
      'NotificationConnection.pageInfo',
      'NotificationEdge.cursor',
      'NotificationEdge.node',
    ],
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
    reason:
      'The field that answers the page is guarded, and so is every field of its rows; the page itself says nothing.',
    coordinates: ['PageInfo.endCursor'],
    standpoints: [
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
];
