/** The ids of the rows that a standpoint looks at, by the name of the type; for a person, also what a look-up needs. */
export type Targets = Readonly<Record<TargetName, string>>;
export type TargetName =
  | 'Absence'
  | 'Appointment'
  | 'AppointmentNotice'
  | 'AppointmentParticipant'
  | 'AppointmentRequest'
  | 'Availability'
  | 'CalendarFeed'
  | 'CollectiveAppointment'
  | 'OutsideCalendar'
  | 'Case'
  | 'Client'
  | 'District'
  | 'Encounter'
  | 'Erratum'
  | 'Handover'
  | 'HandoverTask'
  | 'HomeVisitNotBack'
  | 'IncomingRequest'
  | 'InterviewNote'
  | 'Membership'
  | 'Message'
  | 'Need'
  | 'NoticeReceipt'
  | 'Notification'
  | 'OfferSkip'
  | 'OnlineBooking'
  | 'Organisation'
  | 'Person'
  | 'PersonMatch'
  | 'PlannedReassignment'
  | 'PrivacyNoticeDraft'
  | 'Referral'
  | 'Relay'
  | 'Release'
  | 'SlotOffer'
  | 'Suspension'
  | 'TeamOption'
  | 'Unavailability'
  | 'Visit'
  | 'WaitSimulation'
  | 'Worker'
  | ActionTargetName
  | FreshTargetName;

/** Targets that only actions need. */
type ActionTargetName =
  | 'familyName'
  | 'personReference'
  | 'caseReference'
  // A handover that the worker tries to accept.
  | 'offered'
  // A handover that the assigned worker offers.
  | 'offeredHandover'
  // A handover task that waits for an answer. The answer to `HandoverTask` was NO.
  | 'handoverToMake'
  // A case of the same person. The worker on duty opened it, and it was never assigned.
  | 'openedCase'
  | 'openedReference'
  | 'openedNeed'
  // A suspension that was lifted; `Suspension` is one that was confirmed.
  | 'liftedSuspension'
  // A relay that waits for a technical adviser.
  | 'waitingRelay'
  // Releases: a worker answered NO; an adviser refused it, and it lapsed; a danger opened it; a danger was stated, and it waits.
  | 'objectedRelease'
  | 'refusedRelease'
  | 'dangerRelease'
  | 'pendingDanger'
  | 'busyWorker'
  | 'needCode'
  // A home visit of which the worker is not back yet; `HomeVisitNotBack` is the same visit.
  | 'appointmentNow'
  | 'collectiveNow'
  // A closed request of the same person and case.
  | 'closedRequest'
  // The request of a person without a name, brought to the worker on duty.
  | 'namelessRequest'
  // The reference by which `AppointmentRequest` is found.
  | 'requestReference'
  | 'acceptedOffer'
  | 'waitingVisit'
  | 'takenInVisit'
  | 'unreceivedVisit'
  | 'dayOfVisit'
  // Referrals: its receiver answered it; it went to an organisation; its receiver has not answered it; a head has to allocate it.
  | 'answeredReferral'
  | 'organisationReferral'
  | 'openReferral'
  | 'waitingReferral'
  // Requests of a partner: its worker answered it; its worker has not answered it; a head has to allocate it.
  | 'answeredIncoming'
  | 'openIncoming'
  | 'waitingIncoming'
  | 'publicSlot'
  // Indicators: to consult the teams on, to state an opinion on, to adopt, to retire.
  | 'proposedIndicator'
  | 'consultedIndicator'
  | 'agreedIndicator'
  | 'adoptedIndicator'
  // An observation of the district that nobody else has read yet.
  | 'unreadWords'
  // The district in which an indicator is proposed; empty for the county.
  | 'proposingDistrict'
  | 'secret'
  // The link of a message, and the appointment that it cancels.
  | 'linkSecret'
  | 'linkedAppointment'
  // The day in Paris of the appointment that was called off by telephone.
  | 'dayOfAppointment'
  | 'bookingClient'
  | 'notice'
  | 'startsAt'
  | 'day'
  | 'opensAt'
  | 'closesAt'
  | 'dayOfAvailability'
  // The days of an option that is proposed.
  | 'optionStartsOn'
  | 'optionEndsOn';

/** Targets that only fresh rows have: an action changes the row, and no standpoint reads it. */
type FreshTargetName =
  | 'unassignedCase'
  // An appointment that the booking client booked, alone in its hour, and the start of this hour.
  | 'bookingOfHour'
  | 'hourOfBooking'
  // Cases of the assigned worker: one with nothing open in it, and one that is closed.
  | 'bareCase'
  | 'closedCase'
  // A person of the unassigned case, with a confidential address. The desk has sent the person to yann today.
  | 'sheltered'
  | 'newcomer'
  // A worker who reached a measure, of whom the head was told.
  | 'inAHurry'
  | 'absentee'
  | 'absentCase'
  // An absence of the absentee, and an absence of the assigned worker.
  | 'openAbsence'
  | 'ownAbsence'
  | 'disabledLater'
  // A membership that another administrator ended, and nobody confirmed yet.
  | 'endedMembership'
  | 'clientLater'
  // A suspension in force.
  | 'suspensionLater'
  // A draft of a notice with an opinion.
  | 'advisedNotice'
  // A year of which a report is written, and a year of which one is published.
  | 'narrativeYear'
  | 'publishYear'
  // Errata that nobody has signed: one to sign, and one to take back.
  | 'unsignedErratum'
  | 'ownErratum'
  // The name that a booking client gives to the person; empty for a person who books for themselves.
  | 'ownName';

/** A dossier has these in their place: values that the type of an input takes. */
export const NO_FRESH_TARGETS: Readonly<Record<FreshTargetName, string>> = {
  unassignedCase: '',
  bookingOfHour: '',
  hourOfBooking: '2020-01-01T09:00:00.000Z',
  bareCase: '',
  closedCase: '',
  sheltered: '',
  newcomer: '',
  inAHurry: '',
  absentee: '',
  absentCase: '',
  openAbsence: '',
  ownAbsence: '',
  disabledLater: '',
  endedMembership: '',
  clientLater: '',
  suspensionLater: '',
  advisedNotice: '',
  narrativeYear: '',
  publishYear: '',
  unsignedErratum: '',
  ownErratum: '',
  ownName: '',
};

/** Which note it is: the assigned worker wrote it, or was handed it; its author left and kept it, or moved to another district. */
export type NoteOf = 'own' | 'handed' | 'kept' | 'moved';

/** Which encounter it is: the worker at the reception holds it, or it was passed on to the assigned worker. */
export type EncounterOf = 'held' | 'passedOn';

/** Which handover it is: alice accepted it from bruno; bruno accepted it from mia; alice offers it to fatou; bruno offers it to alice. */
export type HandoverOf = 'accepted' | 'fromMoved' | 'toRecipient' | 'toAssigned';

/** A case and all that hangs on it. */
export interface Dossier {
  readonly targets: Targets;
  readonly encounters: Readonly<Record<EncounterOf, string>>;
  readonly notes: Readonly<Record<NoteOf, string>>;
  readonly handovers: Readonly<Record<HandoverOf, string>>;
}

/** The case and the person of a dossier. */
export interface About {
  readonly caseId: string;
  readonly personId: string;
  /** Whether the person is shown the case online. */
  readonly online: boolean;
  /** A dossier to read is closed at the end, and every nullable column of its rows is filled; actions are tried on the others. */
  readonly toRead: boolean;
}

/** A login and the rows that it looks at. Null is anonymous. */
export interface Stand {
  readonly login: string | null;
  readonly clientId?: string;
  /** The rows to read. */
  readonly targets: Targets;
  /** Makes fresh rows for so many attempts at the same time, which is faster than one after the other. */
  prepare(attempts: number): Promise<void>;
  /** Fresh rows in the same relation to the login, for one attempt at an action: prepared ones, or else rows made now. */
  fresh(): Promise<Targets>;
}

export interface World {
  readonly stands: ReadonlyMap<string, Stand>;
}
