// Written by `npm run schema` from the input classes of schema/: not to be edited.

/** Why a head lists the cases of an absent worker. It stands in the access log. */
export type AbsencePurpose =
  | 'REASSIGNMENT'
  | 'RELAY'
  | 'URGENCY';

/** The act that a line of the access log records. An act that was refused has a line as well. Everything that is done to notes, encounters and handovers is CONFIDENTIAL_PART. */
export type AccessLogAction =
  | 'ADD_OBSERVATION'
  | 'ADVISE_ON_PRIVACY_NOTICE'
  | 'AGREE_NOTE_RELEASE'
  | 'ALLOCATE_INCOMING_REQUEST'
  | 'ALLOCATE_REFERRAL'
  | 'ANSWER_CONTACT_PROPOSAL'
  | 'ANSWER_CONTACT_WORD'
  | 'ANSWER_INCOMING_REQUEST'
  | 'ANSWER_NOTE_RELEASE'
  | 'ANSWER_OFFER'
  | 'ANSWER_REFERRAL'
  | 'APPROVE_NOTE_RELEASE'
  | 'ASSIGN_CASE'
  | 'BOOK_APPOINTMENT'
  | 'CALL_OFF_BY_TELEPHONE'
  | 'CANCEL_APPOINTMENT'
  | 'CHANGE_ABSENCE'
  | 'CHANGE_AGENDA'
  | 'CHANGE_APPOINTMENT_REQUEST'
  | 'CHANGE_PARTICIPANTS'
  | 'CLOSE_CASE'
  | 'CLOSE_MESSAGE'
  | 'CLOSE_NOTE_RELEASE'
  | 'CLOSE_VISIT'
  | 'CONFIDENTIAL_PART'
  | 'CONFIRM_APPOINTMENT'
  | 'CONFIRM_DEPARTURE'
  | 'CONFIRM_RELAY'
  | 'CONFIRM_SUSPENSION'
  | 'CONFIRM_WORDS'
  | 'CONTRADICT_ABSENCE'
  | 'CONTRADICT_DEPARTURE'
  | 'DECLARE_ABSENCE'
  | 'DECLINE_INCOMING_REQUEST'
  | 'DEFER_INFORMATION'
  | 'DIRECT_VISIT'
  | 'DISABLE_CLIENT'
  | 'DISABLE_WORKER'
  | 'DRAFT_PRIVACY_NOTICE'
  | 'END_MEMBERSHIP'
  | 'END_RELAY'
  | 'FILTER_BY_WORKER'
  | 'GIVE_NOTICE'
  | 'LIFT_SUSPENSION'
  | 'LIST_CASES_FOR_REASSIGNMENT'
  | 'LIST_CASES_FOR_RELAY'
  | 'LIST_CASES_FOR_URGENCY'
  | 'LOOK_UP_CASE'
  | 'LOOK_UP_PERSON'
  | 'MARK_CHILD_PROTECTION'
  | 'MOVE_APPOINTMENT'
  | 'OPEN_CALENDAR_FEED'
  | 'OPEN_CASE'
  | 'OPEN_RELAY'
  | 'PLAN_REASSIGNMENT'
  | 'PROPOSE_INDICATOR'
  | 'PROPOSE_SAFE_CONTACT'
  | 'PUBLISH_PRIVACY_NOTICE'
  | 'READ_ACCESS_LOG'
  | 'READ_ACCESS_LOG_WITHOUT_TELLING'
  | 'READ_ADDRESS_AT_THEIR_REQUEST'
  | 'READ_ADDRESS_FOR_A_VISIT'
  | 'READ_ADDRESS_FOR_DANGER'
  | 'READ_CASE'
  | 'READ_DANGER'
  | 'READ_HOME_VISIT_NOT_BACK'
  | 'READ_INCOMING_REQUEST'
  | 'READ_PERSON'
  | 'READ_REFERRAL'
  | 'READ_SAFE_ADDRESS'
  | 'READ_STATISTICS'
  | 'READ_WITHHELD_PLACE'
  | 'REASSIGN_CASE'
  | 'RECORD_INCOMING_REQUEST'
  | 'RECORD_INFORMATION'
  | 'RECORD_NEED'
  | 'RECORD_NOTICE'
  | 'RECORD_OFFER'
  | 'RECORD_OUTCOME'
  | 'RECORD_PRESENCE'
  | 'RECORD_RETURN'
  | 'RECORD_VISIT'
  | 'REFUSE_NOTE_RELEASE'
  | 'REGISTER_PERSON'
  | 'REOPEN_CASE_FOR_MISTAKE'
  | 'REOPEN_CASE_FOR_RETURN'
  | 'REQUEST_APPOINTMENT'
  | 'REQUEST_NOTE_RELEASE'
  | 'RESTORE_APPOINTMENT'
  | 'REVIEW_NOTE_RELEASE'
  | 'REVOKE_CALENDAR_FEED'
  | 'SEND_BLIND_MESSAGE'
  | 'SEND_MESSAGE'
  | 'SEND_NOTICE'
  | 'SEND_REFERRAL'
  | 'SEND_TIMES_AGAIN'
  | 'SET_AGREED_WORD'
  | 'SET_COMMUNICATION'
  | 'SET_CONFIRM_NOTHING'
  | 'SET_SAFE_ADDRESS'
  | 'SET_SAFE_CONTACT'
  | 'SET_URGENCY'
  | 'SHOW_REFERRAL'
  | 'STATE_OPINION'
  | 'SUSPEND_CONTACT'
  | 'TAKE_BACK_ACTS'
  | 'TAKE_IN'
  | 'TELL_NOTE_RELEASE'
  | 'TELL_PAST_TIMES'
  | 'TELL_TIMES'
  | 'UPDATE_PERSON'
  | 'WITHDRAW_APPOINTMENT_REQUEST'
  | 'WITHDRAW_REASSIGNMENT'
  | 'WITHDRAW_REFERRAL'
  | 'WITHDRAW_SCOPE'
  | 'WITHDRAW_WORDS'
  | 'WRITE_NARRATIVE';

/** Why the data protection officer reads the access log. */
export type AccessLogGround =
  | 'COMPLAINT'
  | 'CONTROL'
  | 'PERSON_REQUEST'
  | 'SECURITY_INCIDENT';

/** The acts of which one login may do a limited number within an hour: those that change something of a person, a request or a colleague’s agenda, and are not the login’s own work. */
export type ActKind =
  | 'ANSWER_OFFER'
  | 'BOOK_APPOINTMENT'
  | 'CALL_OFF_BY_TELEPHONE'
  | 'CANCEL_APPOINTMENT'
  | 'CANCEL_BOOKINGS_OF_CLIENT'
  | 'CANCEL_IN_TIME_OFF'
  | 'CHANGE_CONTACT'
  | 'CHANGE_HOURS'
  | 'CHANGE_IDENTITY'
  | 'CHANGE_REQUEST'
  | 'CHANGE_VISIT'
  | 'CONFIRM_APPOINTMENT'
  | 'DECLARE_TIME_OFF'
  | 'GIVE_NOTICE'
  | 'MOVE_APPOINTMENT'
  | 'MOVE_IN_TIME_OFF'
  | 'RECORD_OUTCOME'
  | 'RECORD_PRESENCE'
  | 'RECORD_TOLD'
  | 'RECORD_VISIT'
  | 'REGISTER_PERSON'
  | 'REQUEST_APPOINTMENT'
  | 'SET_OBJECTION'
  | 'WITHDRAW_REQUEST';

/** Why the duty worker reads a confidential address. It stands in the access log. */
export type AddressGround =
  | 'DANGER'
  | 'HOME_VISIT'
  | 'PERSON_ASKS';

/** Where or by what means an appointment is held. */
export type AppointmentMode =
  | 'HOME'
  | 'ON_SITE'
  | 'PHONE'
  | 'VIDEO';

/** Whether a person was told of a notice. */
export type AppointmentNoticeOutcome =
  | 'NOT_REACHED'
  | 'TOLD';

/** The outcome of a booked appointment. Until someone records it, the appointment stays BOOKED. */
export type AppointmentOutcome =
  | 'HONOURED'
  | 'LEFT_BEFORE_RECEIVED'
  | 'NOT_HONOURED';

/** Whether an appointment is booked, was cancelled, or how it went. */
export type AppointmentStatus =
  | 'BOOKED'
  | 'CANCELLED_BY_PERSON'
  | 'CANCELLED_BY_SERVICE'
  | 'HONOURED'
  | 'LEFT_BEFORE_RECEIVED'
  | 'NOT_HONOURED';

/** The one who asked for an appointment, as a category; never by name. */
export type AskedBy =
  | 'PARTNER'
  | 'PERSON'
  | 'RELATIVE'
  | 'SERVICE';

/** The result of a call to the author of the notes. */
export type AuthorCall =
  | 'MESSAGE_LEFT'
  | 'NOBODY_TO_CALL'
  | 'NO_ANSWER'
  | 'SPOKE';

/** Why the service cancels an appointment. A person is not asked why they cancel. */
export type CancellationReason =
  | 'BOOKED_BY_MISTAKE'
  | 'OTHER'
  | 'OTHER_TIME_AGREED'
  | 'PREMISES_CLOSED'
  | 'WORKER_AWAY';

/** The one who cancels an appointment, or gives a place up. */
export type CancelledBy =
  | 'PERSON'
  | 'SERVICE';

/** Whether a case is open. */
export type CaseStatus =
  | 'CLOSED'
  | 'OPEN';

/** The two ways to deal with the appointments that are booked in time off. */
export type Clearing =
  | 'CANCEL'
  | 'MOVE';

/** A need of a person, to understand and be understood; never the cause. */
export type CommunicationNeed =
  | 'ACCOMPANIED'
  | 'EASY_TO_READ'
  | 'FRENCH_SIGN_LANGUAGE'
  | 'INTERPRETER'
  | 'LARGE_PRINT'
  | 'LIP_READING'
  | 'WRITTEN_ONLY';

/** The answer of a worker who held a case before and is asked for its notes. */
export type HandoverAnswer =
  | 'HANDED_OVER'
  | 'NO';

/** Why something is not counted. */
export type IndicatorRefusal =
  | 'ABOUT_WORKERS'
  | 'DUPLICATE'
  | 'NOT_AGREED'
  | 'NOT_COLLECTED'
  | 'NOT_RECORDED'
  | 'NOT_WANTED'
  | 'SUBJECTIVE'
  | 'WITHDRAWN';

/** Why a person is not informed of their data for now. */
export type InformationGround =
  | 'CHILD_PROTECTION'
  | 'IMPAIRS_THE_AIM'
  | 'NOT_REACHABLE'
  | 'SECRECY';

/** Why a worker does not hand notes over, as a category. It tells nothing of the notes. */
export type KeepReason =
  | 'CONCERNS_OTHERS'
  | 'NO_LONGER_HELPS'
  | 'OTHER'
  | 'PERSON_WISHES';

/** The purpose of the help in a case. */
export type Mission =
  | 'ENFANCE_FAMILLE'
  | 'EVALUATION'
  | 'LOGEMENT'
  | 'POLYVALENCE'
  | 'RSA';

/** The way in which a privacy notice was given to a person. */
export type NoticeChannel =
  | 'ONLINE'
  | 'ORAL'
  | 'PAPER';

/** The two kinds of privacy notice. */
export type NoticeKind =
  | 'FULL'
  | 'SHORT';

/** The opinion of the data protection officer on a privacy notice. It binds nobody. */
export type NoticeOpinion =
  | 'FAVOURABLE'
  | 'UNFAVOURABLE'
  | 'WITH_RESERVATIONS';

/** Someone else who is at an appointment, as a category; never by name. */
export type ParticipantKind =
  | 'INTERPRETER'
  | 'PARTNER'
  | 'RELATIVE';

/** The partner who asks the service, as a category; never by name. */
export type PartnerKind =
  | 'HEALTH'
  | 'INDIVIDUAL'
  | 'JUSTICE'
  | 'LANDLORD'
  | 'ORGANISATION'
  | 'OTHER'
  | 'POLICE'
  | 'SCHOOL'
  | 'SOCIAL_SERVICE'
  | 'TOWN_HALL';

/** The answer of the receiver of a referral. */
export type ReferralAnswer =
  | 'ACCEPTED'
  | 'ACKNOWLEDGED'
  | 'REFUSED';

/** Why persons are not taken on, as a category. It is never a judgement of them. */
export type ReferralRefusal =
  | 'CONDITIONS_NOT_MET'
  | 'INCOMPLETE'
  | 'NO_ANSWER'
  | 'NO_PLACE'
  | 'OTHER'
  | 'OTHER_DISTRICT'
  | 'OTHER_MISSION'
  | 'PERSON_DECLINED';

/** Why the notes of a worker who is gone are opened to the worker who has the case now. */
export type ReleaseGround =
  | 'ACCESS_REQUEST'
  | 'APPEAL'
  | 'COURT_ORDER'
  | 'DANGER'
  | 'PERSON_AGREEMENT';

/** Why a case is reopened. It stands in the access log. */
export type ReopeningReason =
  | 'MISTAKE'
  | 'RETURN';

/** The finding of a reviewer on an opening in danger. */
export type ReviewOpinion =
  | 'JUSTIFIED'
  | 'NOT_JUSTIFIED';

/** The channel by which a person can be reached without danger. It is NONE until someone says otherwise. */
export type SafeContact =
  | 'LETTER'
  | 'NEUTRAL_TEXT'
  | 'NONE'
  | 'THROUGH_SOMEONE'
  | 'VOICE_TO_ME_ONLY';

/** What a team may vote for, for itself. `TeamOption.textEn` says what it costs. */
export type TeamOptionKind =
  | 'CALL_BACK'
  | 'GROUP_MEETING'
  | 'WALK_IN_HOUR';

/** The urgency with which a person must be seen, as a social worker judged it. The waiting list goes by it first. */
export type Urgency =
  | 'ORDINARY'
  | 'THIS_WEEK'
  | 'TODAY';

/** The way in which a person turned to the reception. */
export type VisitKind =
  | 'CALL'
  | 'WALK_IN';

/** The end of a visit, as a category. It never says why the person came. */
export type VisitOutcome =
  | 'ANSWERED'
  | 'APPOINTMENT_GIVEN'
  | 'LEFT'
  | 'NO_TIME'
  | 'RECEIVED'
  | 'REFERRED';

/** The words of a member of a team on an indicator. */
export type VoicePosition =
  | 'AGAINST'
  | 'FOR'
  | 'RESERVED';

/** The words of a team that everyone reads only once somebody else than the author has read them. */
export type WordsOf =
  | 'NARRATIVE'
  | 'OBSERVATION'
  | 'PROPOSAL'
  | 'VOICE';

/** A handover that is offered to the viewer. */
export interface AcceptHandoverInput {
  /** The `id` of the handover. */
  readonly id: string;
}

/** Which lines of the access log to read. Exactly one of `caseReference`, `personReference`, `personId` and `workerId` is named. Something that does not exist has an empty log. The question itself is logged. The worker of `workerId` is told that their log was read, and on what ground. */
export interface AccessLogFilter {
  /** Only lines with one of these actions; all unless given. */
  readonly actions?: readonly AccessLogAction[] | null;
  /** Lines about the case with this reference, as it stands on a letter. */
  readonly caseReference?: string | null;
  /** The first day that is listed, in Paris. */
  readonly from?: Date | null;
  /** Why the log is read. It becomes a line of the log, with the officer’s name. */
  readonly ground: AccessLogGround;
  /** Lines about this person, as for `personReference`. */
  readonly personId?: string | null;
  /** Lines about the person with this reference, in a case or in none: look-ups, bookings, registration. */
  readonly personReference?: string | null;
  /** The last day that is listed, in Paris. */
  readonly to?: Date | null;
  /** Whether the worker of `workerId` is not told at once that their log is read, since this would harm an inquiry. Only for the grounds COMPLAINT and SECURITY_INCIDENT. The other data protection officers are told at once instead, or the technical advisers if there is no other officer; without either it is refused. The worker is told 30 days later. */
  readonly withoutTelling?: boolean | null;
  /** Lines about what this worker did, and what was done to them. They serve to answer a request in hand, and never measure work. The confidential part is left out, since it has no author. */
  readonly workerId?: string | null;
}

/** An observation of the viewer about a year’s figures of an indicator. */
export interface AddObservationInput {
  /** The `code` of an indicator that is adopted, or was. */
  readonly code: string;
  /** The district in whose team the viewer is. */
  readonly districtId: string;
  /** The observation, at most 2,000 characters: of the work and its circumstances, of no person and of no worker. */
  readonly text: string;
  /** The calendar year that it is about: this one, or one of the three before. */
  readonly year: number;
}

/** An indicator about which the teams were asked. */
export interface AdoptIndicatorInput {
  /** The `id` of the indicator. */
  readonly id: string;
}

/** The draft, and the officer’s opinion. */
export interface AdviseOnPrivacyNoticeInput {
  /** The `version` of the draft whose text was read. If the draft has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the draft. */
  readonly id: string;
  /** The officer’s opinion on the text. */
  readonly opinion: NoticeOpinion;
  /** The opinion in words, in French, at most 5,000 characters. It is published beside the notice, and required unless the opinion is favourable. */
  readonly text?: string | null;
}

/** The request, and the worker who deals with it. */
export interface AllocateIncomingRequestInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the request. */
  readonly id: string;
  /** A social worker of the district who does not head it, and never the viewer. */
  readonly workerId: string;
}

/** The referral, and the worker who receives it. */
export interface AllocateReferralInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the referral. */
  readonly id: string;
  /** A social worker of the receiving district who does not head it, and never the viewer. */
  readonly workerId: string;
}

/** The note, and what changes in it. */
export interface AmendNoteInput {
  /** The new text, at most 50,000 characters; unchanged unless given. */
  readonly body?: string | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** True makes a draft final, for good. */
  readonly finalise?: boolean | null;
  /** The `id` of the note. */
  readonly id: string;
  /** Whether its author leaves it out of what they hand over after a reassignment; unchanged unless given. */
  readonly keepBack?: boolean | null;
}

/** The proposal of a person, and the answer. */
export interface AnswerContactProposalInput {
  /** True takes the proposal over, false drops it. */
  readonly accept: boolean;
  /** The `version` of the person that was last read. If the person’s record has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The person who made the proposal. */
  readonly personId: string;
  /** The `id` of the proposal that was read. Another one that came since is not answered. */
  readonly proposalId: string;
}

/** A word about how a person is reached, and the answer. */
export interface AnswerContactWordInput {
  /** True makes the word count, for good. False takes it back: what stood before it stands again. */
  readonly agree: boolean;
  /** The person of the word. */
  readonly personId: string;
  /** The `id` of the word that was read. A later word about the same has another one. */
  readonly wordId: string;
}

/** The task, and the answer of the former worker. */
export interface AnswerHandoverTaskInput {
  /** Whether the viewer hands the notes over. */
  readonly answer: HandoverAnswer;
  /** The `id` of the task. */
  readonly id: string;
  /** Why the viewer does not hand over; required with NO, and refused otherwise. */
  readonly reason?: KeepReason | null;
  /** With HANDED_OVER: only notes that were written on this day in Paris or later; all of them unless given. */
  readonly since?: Date | null;
}

/** The offer, and whether they take it. */
export interface AnswerOfferInput {
  /** True accepts it. False declines it, and the request keeps its rank. */
  readonly accept: boolean;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the offer. */
  readonly id: string;
}

/** The referral, and what its receiver says. */
export interface AnswerReferralInput {
  /** The answer of the receiver. */
  readonly answer: ReferralAnswer;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the referral. */
  readonly id: string;
  /** Why the receiver refuses; required with REFUSED, and not accepted otherwise. */
  readonly refusal?: ReferralRefusal | null;
}

/** The release, and the answer of a worker who held the case before. */
export interface AnswerReleaseInput {
  /** Whether the viewer hands their notes over. */
  readonly answer: HandoverAnswer;
  /** The `id` of the release. */
  readonly id: string;
  /** Why the viewer does not hand over; required with NO, and refused otherwise. */
  readonly reason?: KeepReason | null;
  /** With HANDED_OVER: only notes that were written on this day in Paris or later; all of them unless given. */
  readonly since?: Date | null;
}

/** Which appointments to list. Each field that is given narrows the list. */
export interface AppointmentFilter {
  /** Only appointments of this district. */
  readonly districtId?: string | null;
  /** Only appointments that start at this instant or later. */
  readonly from?: Date | null;
  /** Only appointments in this state. A desk finds none but those that are BOOKED. */
  readonly status?: AppointmentStatus | null;
  /** Only appointments that start before this instant. */
  readonly to?: Date | null;
  /** Only appointments in the agenda of this worker: the viewer or, for the desk, a colleague. The agenda of a colleague is read from today to eight weeks ahead, with `to`, and the reading is logged. */
  readonly workerId?: string | null;
}

/** A release that waits for a decision. */
export interface ApproveReleaseInput {
  /** The `id` of the release. */
  readonly id: string;
}

/** The case, and the worker who gets it; for `assignCase` and `reassignCase`. */
export interface AssignCaseInput {
  /** A case of a district that the viewer heads. */
  readonly caseId: string;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The worker who gets the case: a social worker of the district who does not head it, and never the viewer. */
  readonly workerId: string;
}

/** An appointment to book. Only the district, the workers, the type and the start are required: no name, no reason. */
export interface BookAppointmentInput {
  /** The one who asked for it, as a category, only if someone says so. Nobody is asked. */
  readonly askedBy?: AskedBy | null;
  /** The open case of the same district that it belongs to. */
  readonly caseId?: string | null;
  /** The district that receives the person. */
  readonly districtId: string;
  /** The time at which the worker is expected back from a home visit: not before the end, and within twelve hours of the start. */
  readonly expectedBackAt?: Date | null;
  /** The length, as a multiple of the length of the type: 1 to 8; 1 unless given. */
  readonly inARow?: number | null;
  /** The way in which it is held; the first mode of the type unless given. */
  readonly mode?: AppointmentMode | null;
  /** The other people who are there, 10 at most. Unless given, the interpreters that the persons need are recorded (`Person.communicationNeeds`). */
  readonly participants?: readonly ParticipantInput[] | null;
  /** The persons who come, 20 at most. Left out for someone who gives no name. */
  readonly personIds?: readonly string[] | null;
  /** One of the `places` of the district. Unless given, it is the place of the first worker’s hours. A worker of the appointment may type another place, at most 200 characters, without a telephone number, a mail or a web address; it is in no message. */
  readonly place?: string | null;
  /** The start: not in the past, and at most 366 days ahead. */
  readonly startsAt: Date;
  /** The matter that it is about, at most 200 characters. Refused from the desk, which asks nobody why they come. */
  readonly subject?: string | null;
  /** The `code` of an appointment type that the viewer may book, and no collective one. */
  readonly typeCode: string;
  /** The workers who hold it, 1 to 10, members of the district. The agenda is that of the first; the others take part. */
  readonly workerIds: readonly string[];
}

/** A free time to book online. A client gives a name as well; nothing else is required: no phone, no reason. */
export interface BookOnlineInput {
  /** The one who asked for it, as a category, only if someone says so. Nobody is asked. */
  readonly askedBy?: AskedBy | null;
  /** From a person: their own case, if it is shown online. Its assigned worker then receives them, and nobody else. */
  readonly caseId?: string | null;
  /** The district in which the person is received. */
  readonly districtId: string;
  /** The way in which it is held; the first mode of the type unless given. */
  readonly mode?: AppointmentMode | null;
  /** From a client: how the person wants to be called, at most 100 characters; “anonyme” will do. Refused from a person, who is known. */
  readonly name?: string | null;
  /** The start of a free time, as `slots` answers it. */
  readonly startsAt: Date;
  /** The `code` of a type that is open to the public. */
  readonly typeCode: string;
}

/** The words of a person at the desk while nothing is confirmed of them: a reference, or the full name with the agreed word. */
export interface CallDutyWorkerInput {
  /** The district of the desk. */
  readonly districtId: string;
  /** First name and surname; required with `word`, and refused without it. */
  readonly fullName?: string | null;
  /** The person’s reference, that of their request, or the secret of what was booked online. Refused beside `word`. */
  readonly reference?: string | null;
  /** The agreed word, instead of a reference. */
  readonly word?: string | null;
  /** The worker who is on duty. */
  readonly workerId: string;
}

/** A booked appointment, and whether the person or the service cancels it. */
export interface CancelAppointmentInput {
  /** Whether the person or the service cancels. Only the service can cancel a collective appointment. */
  readonly by: CancelledBy;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the appointment. */
  readonly id: string;
  /** Why the service cancels. Refused if the person cancels: a person is not asked why. */
  readonly reason?: CancellationReason | null;
  /** Today’s visit of the person, who is at the desk’s counter. The desk needs it to cancel for the person. By telephone the desk uses `noteTelephoneCancellation`. */
  readonly visitId?: string | null;
}

/** The client, the hour and the district of the bookings to cancel. */
export interface CancelBookingsOfClientInput {
  /** The `id` of a booking client. An administrator reads it in `clients`. */
  readonly clientId: string;
  /** The district of the desk or of the head. */
  readonly districtId: string;
  /** The start of the hour in which the appointments were booked. It may be any minute. */
  readonly hour: Date;
}

/** The link of a message, and whether the person wants another time. */
export interface CancelByLinkInput {
  /** The part of the link that is different in each message. */
  readonly secret: string;
  /** True puts the person on the waiting list, for the same kind of appointment: they are offered another time. No, unless given. */
  readonly wantsAnother?: boolean | null;
}

/** The booking to cancel. A person names the `id`, a client the `secret`. */
export interface CancelOnlineInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the booking, from a person. */
  readonly id?: string | null;
  /** The `secret` of the booking, from a client. */
  readonly secret?: string | null;
}

/** Which cases to list. A filter on a field that the viewer may not read finds nothing. */
export interface CaseFilter {
  /** Instead of the queue, the cases of one absent worker. An operation names one worker. A stand-in for several workers lists their cases with it. The head gives `purpose`, and lists the open cases of a worker who leaves, or who is absent and has not contradicted the absence. The list is logged, and the worker is told. */
  readonly absentWorkerId?: string | null;
  /** True lists only cases that the viewer has. */
  readonly assignedToMe?: boolean | null;
  /** Only cases of this district. */
  readonly districtId?: string | null;
  /** Only cases for this mission. */
  readonly mission?: Mission | null;
  /** Why the head lists them; required with `absentWorkerId` from a head, and refused without it. */
  readonly purpose?: AbsencePurpose | null;
  /** Only open cases, or only closed ones. */
  readonly status?: CaseStatus | null;
  /** True lists only cases that nobody has. */
  readonly unassigned?: boolean | null;
}

/** One case that goes to another worker. */
export interface CaseMoveInput {
  /** An open case of the worker who is away or leaves. */
  readonly caseId: string;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The worker who gets the case: a social worker of the district who does not head it, and never the viewer. */
  readonly workerId: string;
}

/** The absence, and its new end. */
export interface ChangeAbsenceInput {
  /** The new end, at most five years after the start. A time that is now or past ends the absence at once. Null makes it a departure. Unless given, nothing changes. */
  readonly endsAt?: Date | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the absence. */
  readonly id: string;
}

/** The request, and what changes. A field that is left out stays; null clears it. */
export interface ChangeRequestInput {
  /** The name by which someone who gave no name wants to be called, at most 100 characters. */
  readonly calledName?: string | null;
  /** The channel by which someone who gave no name is told, with `phone`: NONE at any time, another channel or number only while they are on the premises. */
  readonly contact?: SafeContact | null;
  /** The social worker on duty who judges how urgent it is. Only the desk may name one, while the person is at its desk (`recordVisit`), or if they gave no name; twelve a day. */
  readonly dutyWorkerId?: string | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the request. */
  readonly id: string;
  /** The way in which the person wants to be received; null is any way but at home. */
  readonly mode?: AppointmentMode | null;
  /** The number that goes with `contact`. */
  readonly phone?: string | null;
  /** Only if the person agrees to be asked for times that are freed at short notice: from which hour of a working day, `HH:MM` in Paris, not before 08:00. In these hours nobody else answers their phone. Null takes it back. */
  readonly shortNoticeFrom?: string | null;
  /** The hour that goes with `shortNoticeFrom`: until when the person may be asked, `HH:MM` in Paris, not after 20:00. */
  readonly shortNoticeUntil?: string | null;
  /** Whether the person sees the request online. The person cannot change it. */
  readonly showOnline?: boolean | null;
  /** The first day that suits, at most 366 days ahead; null if any does. */
  readonly wantedFrom?: Date | null;
  /** The first day that suits no longer, at most 366 days ahead; null if there is none. */
  readonly wantedUntil?: Date | null;
}

/** The time off to clear, and what becomes of the appointments in it. */
export interface ClearUnavailabilityInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** Whether the appointments are moved or cancelled. */
  readonly how: Clearing;
  /** The `id` of the time off. */
  readonly id: string;
}

/** The hours, and the one day on which they are closed. */
export interface CloseAvailabilityOnInput {
  /** A day in Paris, today or later, on which the hours are open. */
  readonly day: Date;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the hours. */
  readonly id: string;
}

/** The case to close, and what stays loose in it. */
export interface CloseCaseInput {
  /** An open case that is assigned to the viewer. */
  readonly caseId: string;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The ids, from `looseEnds`, of all that stays as it is; 200 at most. */
  readonly leaving?: readonly string[] | null;
}

/** The visit, and what became of it. */
export interface CloseVisitInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the visit. */
  readonly id: string;
  /** The end of the visit. RECEIVED is refused for someone who was not taken in, and LEFT for someone who was taken in. */
  readonly outcome: VisitOutcome;
}

/** The suspension that is to stay, and who succeeds an officer. */
export interface ConfirmSuspensionInput {
  /** The `id` of the suspension. */
  readonly id: string;
  /** Another worker who is data protection officer today. It is required if the suspension takes an officer away. */
  readonly successorId?: string | null;
}

/** The words of a team that the viewer has read. */
export interface ConfirmWordsInput {
  /** The `id` of the indicator, of the voice or of the observation. */
  readonly id: string;
  /** The kind of the words. */
  readonly of: WordsOf;
  /** For a VOICE: the `version` that was read. */
  readonly version?: number | null;
}

/** The absence that the viewer contradicts. */
export interface ContradictAbsenceInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the absence. */
  readonly id: string;
}

/** The statement for the ground DANGER. Calling 15, 17, 119 or the prosecutor never waits for a release: call them first. */
export interface DangerInput {
  /** The result of that call. */
  readonly authorCall: AuthorCall;
  /** When the author of the notes was called, which comes first: within the last day. */
  readonly authorCalledAt: Date;
  /** The facts: what was seen or said, by which person and when; at most 2,000 characters. */
  readonly facts: string;
}

/** The absence or departure of a worker. There is no field for its cause. */
export interface DeclareAbsenceInput {
  /** A district that the viewer heads. */
  readonly districtId: string;
  /** The end, at most five years after the start. Left out for a departure. */
  readonly endsAt?: Date | null;
  /** The first instant of the absence, at most a year back or ahead. */
  readonly startsAt: Date;
  /** A social worker of that district, now or once. */
  readonly workerId: string;
}

/** Time off of a worker. There is no field for its cause. The worker themselves and the desk may declare it. */
export interface DeclareUnavailabilityInput {
  /** The district that keeps the record. The time off is in force in every district of the worker. */
  readonly districtId: string;
  /** The end, at which the worker can be booked again: after now, and at most 366 days after the start. */
  readonly endsAt: Date;
  /** The first instant of the time off: not before today, and at most 731 days ahead. */
  readonly startsAt: Date;
  /** The worker who is away. */
  readonly workerId: string;
}

/** The report in which a team declines to write. */
export interface DeclineNarrativeInput {
  /** The district whose team it is; the county unless given. */
  readonly districtId?: string | null;
  /** The `version` of the report that was last read; left out the first time. If the report has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion?: number | null;
  /** A calendar year whose figures are frozen. */
  readonly year: number;
}

/** The request, and why the person is not informed for now. */
export interface DeferInformationInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** Why the person is not informed for now. */
  readonly ground: InformationGround;
  /** The `id` of the request. */
  readonly id: string;
  /** The day on which to look at it again, in Paris: from tomorrow to a year ahead. */
  readonly reviewOn: Date;
}

/** The person, and why they are not given the notice for now. */
export interface DeferNoticeInput {
  /** A case that is assigned to the viewer. */
  readonly caseId: string;
  /** Why the person is not informed for now. */
  readonly ground: InformationGround;
  /** The person of that case. */
  readonly personId: string;
  /** The day on which to look at it again, in Paris: from tomorrow to a year ahead. */
  readonly reviewOn: Date;
}

/** The visit, and who receives it. */
export interface DirectVisitInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the visit. */
  readonly id: string;
  /** The worker who is to receive them; null or left out takes it back. */
  readonly workerId?: string | null;
}

/** The county’s part of a privacy notice, in two languages. */
export interface DraftPrivacyNoticeInput {
  /** Whether it is to be the short notice or the full one. */
  readonly kind: NoticeKind;
  /** The same in English, at most 20,000 characters. */
  readonly textEn: string;
  /** The text of the county, in French, at most 20,000 characters: who it is, the officer’s e-mail address, purposes, retention, rights. The software adds the sentences about who reads what. */
  readonly textFr: string;
}

/** The hours, and the day from which on they are closed. */
export interface EndAvailabilityInput {
  /** The first day on which the hours are closed, in Paris: today or later, and before their present end. */
  readonly endsOn: Date;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the hours. */
  readonly id: string;
}

/** The need, and the day on which it ended. */
export interface EndNeedInput {
  /** The first day on which the need no longer exists; after its first day. */
  readonly endsOn: Date;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the need. */
  readonly id: string;
}

/** The relay that ends now. */
export interface EndRelayInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the relay. */
  readonly id: string;
}

/** The home visit, and when its worker is expected back. */
export interface ExpectReturnInput {
  /** The expected return, not before the end and within twelve hours of the start. Null or left out takes it away. */
  readonly expectedBackAt?: Date | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the appointment. */
  readonly id: string;
}

/** The person, the notice that they were given, and how. */
export interface GiveNoticeInput {
  /** Whether it was given by word of mouth, on paper or online. */
  readonly channel: NoticeChannel;
  /** The `id` of a published privacy notice. */
  readonly noticeId: string;
  /** The person who was given the notice. */
  readonly personId: string;
}

/** Another calendar of the viewer’s own, as text. */
export interface ImportCalendarInput {
  /** The calendar as iCalendar text (RFC 5545), at most 200,000 characters; the server fetches no address. Only busy times are read of it: titles, places and attendees are better left out. */
  readonly content: string;
  /** A district in which the viewer has an agenda. The busy times count in every district of the viewer. */
  readonly districtId: string;
  /** The name of the calendar, at most 100 characters. If the name is in use, the new content replaces the old content. An eleventh calendar is refused. */
  readonly name: string;
}

/** The collective appointment, and who takes a place in it. */
export interface JoinCollectiveAppointmentInput {
  /** The `id` of the collective appointment. */
  readonly id: string;
  /** The person who takes the place. Left out for someone who gives no name. */
  readonly personId?: string | null;
}

/** The collective appointment, and whose place is taken back. */
export interface LeaveCollectiveAppointmentInput {
  /** The one who gives the place up. If the service takes it back, the person has to be told. */
  readonly by: CancelledBy;
  /** The `id` of the collective appointment. */
  readonly id: string;
  /** The person who had the place. Left out for someone who gave no name. */
  readonly personId?: string | null;
}

/** The appointment, and the time that it is moved to. */
export interface MoveAppointmentInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the appointment. */
  readonly id: string;
  /** The new start: not in the past, and at most 366 days ahead. The length stays. */
  readonly startsAt: Date;
  /** Today’s visit of the person, who is at the desk’s counter and agrees on the new time. If the desk moves without it, the person is told. */
  readonly visitId?: string | null;
  /** A colleague who takes the appointment over, and who is free at its time. Only the desk may name one. Unless given, its worker keeps it. */
  readonly workerId?: string | null;
}

/** The booking, and the time that it is moved to. A person names the `id`, a client the `secret`. */
export interface MoveOnlineInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the booking, from a person. */
  readonly id?: string | null;
  /** The `secret` of the booking, from a client. */
  readonly secret?: string | null;
  /** The start of another free time, as `slots` answers it. */
  readonly startsAt: Date;
}

/** The request, and the person who waits. */
export interface NameRequestInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the request. */
  readonly id: string;
  /** The `id` of the person, as `personLookUp` or `registerPerson` answers it. */
  readonly personId: string;
}

/** What a caller says of an appointment: the full name, one other thing or more, and the day. `reference` may also be that of a request, or the secret of what was booked online. */
export interface NoteTelephoneCancellationInput {
  /** The year in which the person was born, as in 1984. */
  readonly birthYear?: number | null;
  /** The day of the appointment in Paris, as the caller says it. */
  readonly day: Date;
  /** The district of the desk. */
  readonly districtId: string;
  /** The worker who is on duty. This worker is told if all others who are told are away. */
  readonly dutyWorkerId?: string | null;
  /** First name and surname, at most 200 characters. */
  readonly fullName: string;
  /** A telephone number of the person, with six digits at least. */
  readonly phone?: string | null;
  /** The reference on the person’s papers, as in `P-7KQF3M`, in capital or small letters. */
  readonly reference?: string | null;
  /** True if the caller wants another time: once the old time is free, the person waits for another one. False unless given. */
  readonly wantsAnother?: boolean | null;
}

/** Notes that are to go along with a case. */
export interface OfferHandoverInput {
  /** A case that is assigned to the viewer. */
  readonly caseId: string;
  /** The notes, 1 to 200: final ones that the viewer wrote or was handed. Notes that only a release opened are refused. */
  readonly noteIds: readonly string[];
  /** The worker who will get the case. */
  readonly toWorkerId: string;
}

/** The days, the hours and the types for which a worker can be booked. The worker themselves and the desk may open hours. */
export interface OpenAvailabilityInput {
  /** When the hours end: local time in Paris, `HH:MM`, not after 22:00 and at most twelve hours after `opensAt`. */
  readonly closesAt: string;
  /** The district for which the worker receives. */
  readonly districtId: string;
  /** The first day without these hours, at most 731 days after `startsOn`. Unless given, the recurrence must have an end of its own. Without a recurrence, the hours are of one day. */
  readonly endsOn?: Date | null;
  /** True keeps the hours for persons who must be seen soon, as a social worker judged it. Two working days before, they are for everyone. No, unless given. */
  readonly keptForUrgent?: boolean | null;
  /** The ways in which appointments in these hours can be held: one mode at least. Each type must allow one of them. */
  readonly modes: readonly AppointmentMode[];
  /** When the hours begin: local time in Paris, `HH:MM`, not before 06:00. */
  readonly opensAt: string;
  /** One of the `places` of the district; its address unless given. A worker may type another place for their own hours, at most 120 characters, with at most three digits beside a postal code, and no mail or web address. It is sent to those who come, so it says nothing of the service. If somebody else gives it, the worker is told. */
  readonly place?: string | null;
  /** On which days, as a recurrence rule of days (RFC 5545): `FREQ=WEEKLY;BYDAY=MO,TH`. Every day, unless given. */
  readonly recurrence?: string | null;
  /** The first day, from today on and at most 366 days ahead. */
  readonly startsOn: Date;
  /** The `code` of each appointment type that can be booked in these hours: one at least, and no collective type. */
  readonly typeCodes: readonly string[];
  /** The worker whose agenda is opened, a member of the district today. */
  readonly workerId: string;
}

/** A new calendar of the viewer’s own appointments. */
export interface OpenCalendarFeedInput {
  /** A name for it, such as that of the device; at most 100 characters. */
  readonly label?: string | null;
}

/** Which district helps, what for, and which persons. */
export interface OpenCaseInput {
  /** The district that helps. */
  readonly districtId: string;
  /** The purpose of the help. */
  readonly mission: Mission;
  /** The persons that the case is about, 1 to 12. */
  readonly personIds: readonly string[];
}

/** A collective appointment to open, at a chosen time. */
export interface OpenCollectiveAppointmentInput {
  /** The district that holds it. */
  readonly districtId: string;
  /** The way in which it is held; the first mode of the type unless given. */
  readonly mode?: AppointmentMode | null;
  /** One of the `places` of the district. Unless given, it is the place of the first worker’s hours. A worker of the appointment may type another place, at most 200 characters, without a telephone number, a mail or a web address; it is in no message. */
  readonly place?: string | null;
  /** The number of persons who can come: 2 to 200; as many as the type has unless given. */
  readonly places?: number | null;
  /** The start: not in the past, and at most 366 days ahead. The length is that of the type. */
  readonly startsAt: Date;
  /** The `code` of a collective type: one that has `places`. */
  readonly typeCode: string;
  /** The workers who hold it, 1 to 10. The agenda is that of the first. */
  readonly workerIds: readonly string[];
}

/** The person, and why the duty worker reads the address. */
export interface OpenConfidentialAddressInput {
  /** Why the viewer reads it. It stands in the access log. */
  readonly ground: AddressGround;
  /** A person that the desk has sent to the viewer today. */
  readonly personId: string;
}

/** The indicator about which the teams are asked. */
export interface OpenConsultationInput {
  /** The `id` of the indicator. */
  readonly id: string;
}

/** A stand-in for an absent worker. */
export interface OpenRelayInput {
  /** The worker who is away, and has the cases. */
  readonly absentWorkerId: string;
  /** A district that the viewer heads. */
  readonly districtId: string;
  /** The end, at most 366 days after the start. The relay ends with the absence at the latest. */
  readonly endsAt: Date;
  /** The worker who follows the cases meanwhile: a social worker of the district who does not head it. */
  readonly standInId: string;
  /** From when on the stand-in follows the cases, within a declared absence that the worker has not contradicted. */
  readonly startsAt: Date;
}

/** Which organisations to list. Each field that is given narrows the list. */
export interface OrganisationFilter {
  /** Only organisations in the commune with this INSEE code. */
  readonly communeCode?: string | null;
  /** Only organisations whose name begins so, whatever its case and accents. */
  readonly name?: string | null;
  /** Only organisations with this theme of data.inclusion (`numerique--acquerir-un-equipement`), or with a theme of this category (`numerique`). */
  readonly theme?: string | null;
}

/** Someone else who is at an appointment. There is no field for a name. */
export interface ParticipantInput {
  /** Until when they take part; the end of the appointment unless given. */
  readonly endsAt?: Date | null;
  /** Whether it is an interpreter, a partner or a relative. */
  readonly kind: ParticipantKind;
  /** The interpreter’s language: ISO 639-3 or ISO 639-1. Required for an interpreter, and refused for anyone else. */
  readonly language?: string | null;
  /** Whether they come, or take part by phone or video; on site unless given. */
  readonly mode?: AppointmentMode | null;
  /** From when on they take part; the start of the appointment unless given. */
  readonly startsAt?: Date | null;
}

/** The encounter, and the case that it goes to. */
export interface PassOnEncounterInput {
  /** An open case of the same district that is assigned to a worker, or that the viewer opened. If the viewer stands in for that worker, the encounter waits until the absence is over. */
  readonly caseId: string;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the encounter. */
  readonly id: string;
}

/** The full name of a person, and at least one other thing that the person says. */
export interface PersonLookUpInput {
  /** The year in which the person was born, as in 1984. */
  readonly birthYear?: number | null;
  /** First name and surname, at most 200 characters. */
  readonly fullName: string;
  /** A telephone number of the person, with six digits at least. */
  readonly phone?: string | null;
  /** The reference on the person’s papers, as in `P-7KQF3M`, in capital or small letters. */
  readonly reference?: string | null;
}

/** The case, the worker who gets it, and when. */
export interface PlanReassignmentInput {
  /** The `id` of an open case that is assigned to a worker. */
  readonly caseId: string;
  /** The `version` of the case that was last read. If the case has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** When the case changes hands: one minute to five days ahead. */
  readonly takesEffectAt: Date;
  /** The worker who gets the case: a social worker of the district who does not head it, and never the viewer. */
  readonly workerId: string;
}

/** An error that was found, to be published as an erratum. */
export interface ProposeErratumInput {
  /** The district that it is about; the county unless given. */
  readonly districtId?: string | null;
  /** The `code` of the indicator. Left out, it is about the report of that year. */
  readonly indicator?: string | null;
  /** The month, as in `2026-03`, the quarter, as in `2026-Q1`, or the year, as in `2026`. */
  readonly period: string;
  /** True: the report is not to be used any more. Refused with `indicator`. */
  readonly recallsReport?: boolean | null;
  /** The same in English, at most 2,000 characters. */
  readonly textEn?: string | null;
  /** The error and its cause, in French, at most 2,000 characters: of no person and of no worker. */
  readonly textFr: string;
}

/** An indicator to propose, or another version of one. */
export interface ProposeIndicatorInput {
  /** A short name of 3 to 40 characters: A to Z, 0 to 9 and _, the first a letter. One that is in use makes another version of that indicator, by the same measure. */
  readonly code: string;
  /** The facts that count, with examples, in French, at most 2,000 characters. */
  readonly countsFr: string;
  /** The definition, in French, at most 2,000 characters. */
  readonly definitionFr: string;
  /** By what it may be broken down, of the dimensions of the measure: 10 at most; all of them unless given. */
  readonly dimensions?: readonly string[] | null;
  /** The district whose team proposes it. Left out by the technical adviser. */
  readonly districtId?: string | null;
  /** The facts that do not count, with examples, in French, at most 2,000 characters. */
  readonly doesNotCountFr: string;
  /** The name in English, at most 120 characters. */
  readonly labelEn: string;
  /** The name in French, at most 120 characters: a fact. Words that judge are refused as SUBJECTIVE, here as in the other texts, except in `doesNotCountFr`. */
  readonly labelFr: string;
  /** The recorded fact that it counts, as the `measure` of adopted indicators names it. Unit and kind follow from it. Left out, the proposal is refused as NOT_RECORDED. */
  readonly measure?: string | null;
}

/** An option for the own team, which votes on it for a week. A member has one proposal of a kind at a time. */
export interface ProposeOptionInput {
  /** The district whose team votes. It needs five members: of fewer, the result tells what each of them voted. */
  readonly districtId: string;
  /** The first day after it: 92 days after `startsOn` at the latest. The team can vote for it again. */
  readonly endsOn: Date;
  /** What the team would do. */
  readonly kind: TeamOptionKind;
  /** The first day: 8 days from today at the earliest, after the vote, and 92 at the latest. */
  readonly startsOn: Date;
}

/** A contact that a person proposes online, for themselves. */
export interface ProposeSafeContactInput {
  /** The mail address that the person proposes; the mail address stays as it is unless given. */
  readonly email?: string | null;
  /** The person, who is the viewer. */
  readonly personId: string;
  /** The number that the person proposes; the number stays as it is unless given. */
  readonly phone?: string | null;
  /** The channel that the person proposes. NONE is refused: `suspendContact` closes every channel at once. Null takes the proposal back. */
  readonly safeContact?: SafeContact | null;
}

/** The draft of a report that is signed, to be published. */
export interface PublishActivityReportInput {
  /** The district that it is about; the county unless given. */
  readonly districtId?: string | null;
  /** The `textVersion` of the report that was read, and is published. If another text stands since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The calendar year that it is about. */
  readonly year: number;
}

/** The draft to publish. */
export interface PublishPrivacyNoticeInput {
  /** The `version` of the draft with its opinion, as it was read. If the draft has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the draft. */
  readonly id: string;
}

/** Cases of one worker that go to other workers; for `reassignCases` and `previewReassignments`. */
export interface ReassignCasesInput {
  /** The worker who has the cases: with a departure, or with an absence that the worker has not contradicted. */
  readonly fromWorkerId: string;
  /** Which case goes to which worker: 1 to 50, each case once. */
  readonly moves: readonly CaseMoveInput[];
  /** When the cases change hands: one minute to five days ahead; at once unless given. */
  readonly takesEffectAt?: Date | null;
}

/** A person’s place in a collective appointment, and whether the person came. */
export interface RecordAttendanceInput {
  /** The `version` of the person’s place that was last read. If the place has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the collective appointment. */
  readonly id: string;
  /** Whether the person came. Refused before the appointment begins. */
  readonly outcome: AppointmentOutcome;
  /** The person who has the place. */
  readonly personId: string;
}

/** An encounter to record. Only the district is required. */
export interface RecordEncounterInput {
  /** An appointment in which the viewer takes part. If it belongs to a case that the viewer follows, this case must be `caseId`. It is refused beside `visitId`. */
  readonly appointmentId?: string | null;
  /** The case for which the viewer writes. It is an open case of the district that the viewer opened and nobody is assigned to, or a case of an absent worker for which the viewer stands in. The text goes to the assigned worker once there is one, or once the absence is over. */
  readonly caseId?: string | null;
  /** The district in which the person was seen. */
  readonly districtId: string;
  /** The person who was seen. Left out for someone who gave no name. */
  readonly personId?: string | null;
  /** The text of the viewer, at most 50,000 characters. */
  readonly text?: string | null;
  /** A visit in which the viewer receives. */
  readonly visitId?: string | null;
}

/** A partner’s request to take down. Only the district and the category of the partner are required. */
export interface RecordIncomingRequestInput {
  /** The last day on which to answer, in Paris: in 30 days unless given, and at most 366 days ahead. */
  readonly answerBy?: Date | null;
  /** Whether it is about a child to protect. Then no day is set for informing anyone. No unless given. */
  readonly childProtection?: boolean | null;
  /** The district that is asked. */
  readonly districtId: string;
  /** Whether the partner acts by a mandate, of a court or of the county; no unless given. */
  readonly mandated?: boolean | null;
  /** The name of someone that the service does not know, as the partner says it, at most 200 characters. Refused beside `personId`. */
  readonly name?: string | null;
  /** Whether nobody of the service has met the person. Unless given, it is yes for someone that the service does not know, and no otherwise. */
  readonly neverMet?: boolean | null;
  /** The partner who asks, as a category; never by name. */
  readonly partner: PartnerKind;
  /** The person that it is about, if the service knows them. */
  readonly personId?: string | null;
  /** The day on which it came: today unless given, a year back at most. */
  readonly receivedOn?: Date | null;
  /** The text of the partner’s request, at most 4,000 characters. */
  readonly text?: string | null;
}

/** A need to record in an open case. */
export interface RecordNeedInput {
  /** An open case that the viewer follows, or has opened while nobody is assigned yet. */
  readonly caseId: string;
  /** The `code` of an item of the nomenclature (`needCodes`). */
  readonly code: string;
  /** The person of the case that it concerns; the whole household unless given. */
  readonly personId?: string | null;
  /** The first day on which the need exists. */
  readonly startsOn: Date;
}

/** The notice, and whether the person was told. */
export interface RecordNoticeInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the notice. */
  readonly id: string;
  /** Whether the person was told, or could not be reached. */
  readonly outcome: AppointmentNoticeOutcome;
}

/** The appointment, and how it went. */
export interface RecordOutcomeInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the appointment. */
  readonly id: string;
  /** The result that is recorded. NOT_HONOURED is refused before the start, and any other outcome before the day. A collective appointment can only be HONOURED. */
  readonly outcome: AppointmentOutcome;
}

/** The request, and whether they are on the premises. */
export interface RecordPresenceInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the request. */
  readonly id: string;
  /** True: they are on the premises. False: they have left. */
  readonly present: boolean;
}

/** A visit or a call to record. Only the district and the kind are required. */
export interface RecordVisitInput {
  /** The appointment of today that they come for: booked, and not a collective one. */
  readonly appointmentId?: string | null;
  /** The district that they turned to. */
  readonly districtId: string;
  /** Whether they came or called. */
  readonly kind: VisitKind;
  /** The person who came or called. Left out for someone who gives no name. */
  readonly personId?: string | null;
  /** The worker who is to receive them. Left out, the first worker of the appointment, or the social worker who records the visit. */
  readonly workerId?: string | null;
}

/** The indicator that is to be refused, and why. */
export interface RefuseIndicatorInput {
  /** The `id` of the indicator. */
  readonly id: string;
  /** Why, in words that everyone may read; at most 2,000 characters. */
  readonly reason: string;
  /** Why it is to be refused, as a category. */
  readonly refusal: IndicatorRefusal;
}

/** A person to register. Only the district is required. */
export interface RegisterPersonInput {
  /** The day on which the person was born; never required. */
  readonly birthDate?: Date | null;
  /** The name by which the person wants to be called, at most 100 characters. */
  readonly chosenName?: string | null;
  /** The needs of the person, to understand and be understood. */
  readonly communicationNeeds?: readonly CommunicationNeed[] | null;
  /** The district that registers the person. */
  readonly districtId: string;
  /** A mail address, at most 254 characters. */
  readonly email?: string | null;
  /** Surname, at most 100 characters. */
  readonly familyName?: string | null;
  /** First name, at most 100 characters. */
  readonly givenName?: string | null;
  /** The language to speak to the person in: ISO 639-3 (`fsl` is French sign language) or ISO 639-1. Required only beside INTERPRETER. */
  readonly language?: string | null;
  /** A telephone number, at most 40 characters. */
  readonly phone?: string | null;
  /** The channel by which the person can be reached without danger; NONE when registering unless given. In `updatePerson` the desk can only set NONE. */
  readonly safeContact?: SafeContact | null;
}

/** A release, for mutations that need nothing else. */
export interface ReleaseInput {
  /** The `id` of the release. */
  readonly id: string;
}

/** One of the viewer’s own imported calendars, to be removed. */
export interface RemoveOutsideCalendarInput {
  /** The `id` of the imported calendar. */
  readonly id: string;
}

/** The case to reopen, and why. */
export interface ReopenCaseInput {
  /** A closed case. */
  readonly caseId: string;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** Why it is reopened. It stands in the access log. */
  readonly reason: ReopeningReason;
}

/** The person who waits, and the appointment that they wait for. Only the district and the type are required. */
export interface RequestAppointmentInput {
  /** The one who asked, as a category, only if someone says so. */
  readonly askedBy?: AskedBy | null;
  /** The name by which someone who gives no name wants to be called, at most 100 characters. */
  readonly calledName?: string | null;
  /** The open case of the same district that the appointment is for. */
  readonly caseId?: string | null;
  /** Whether they want the assigned worker of the case and nobody else. Unless given, it is yes if `caseId` is given. */
  readonly caseWorkerOnly?: boolean | null;
  /** The channel by which someone who gives no name is told: NONE unless given, VOICE_TO_ME_ONLY or NEUTRAL_TEXT. */
  readonly contact?: SafeContact | null;
  /** The district that is asked. */
  readonly districtId: string;
  /** The social worker on duty who judges how urgent it is. The desk names one for a person who is at its desk today (`recordVisit`), or who gives no name; twelve a day. A social worker who asks is on duty themselves. */
  readonly dutyWorkerId?: string | null;
  /** An appointment that they have and would have sooner: it is moved to the time that they accept. */
  readonly insteadOfId?: string | null;
  /** The way in which the person wants to be received. Unless given, any way but at home, if the type has another. */
  readonly mode?: AppointmentMode | null;
  /** The person who waits. A person asks for themselves, and leaves it out. It is also left out for someone who gives no name. */
  readonly personId?: string | null;
  /** The number that goes with `contact`: required with a channel, and refused with NONE. */
  readonly phone?: string | null;
  /** Only if the person agrees to be asked for times that are freed at short notice: from which hour of a working day, `HH:MM` in Paris, not before 08:00. In these hours nobody else answers their phone. */
  readonly shortNoticeFrom?: string | null;
  /** The hour that goes with `shortNoticeFrom`: until when the person may be asked, `HH:MM` in Paris, not after 20:00. */
  readonly shortNoticeUntil?: string | null;
  /** Whether the person sees the request online; no unless given. What a person asks for themselves is always shown. */
  readonly showOnline?: boolean | null;
  /** The `code` of an appointment type that the viewer may book, and no collective one. */
  readonly typeCode: string;
  /** The urgency with which the person must be seen: ORDINARY, unless a social worker who judges it says otherwise. */
  readonly urgency?: Urgency | null;
  /** The first day that suits, at most 366 days ahead. */
  readonly wantedFrom?: Date | null;
  /** The first day that suits no longer, at most 366 days ahead. For someone who gives no name it is half a year ahead unless given. */
  readonly wantedUntil?: Date | null;
}

/** The case, and why its earlier notes are to be opened. */
export interface RequestReleaseInput {
  /** A case that is assigned to the viewer. */
  readonly caseId: string;
  /** The statement of the danger; required with the ground DANGER, and refused with any other. */
  readonly danger?: DangerInput | null;
  /** Why the notes are to be opened. */
  readonly ground: ReleaseGround;
  /** When the notes are to close again: after the wait, and at most 180 days ahead; for an access request, at most 30 days after the approval. Unless given, 30 days after the approval. Refused with DANGER, which opens for 72 hours. */
  readonly openUntil?: Date | null;
}

/** The appointment, or the visit of the person who is there: exactly one of the two. */
export interface RestoreAppointmentInput {
  /** The `id` of an appointment in `timesCalledOff`, for a worker who was told of it. */
  readonly id?: string | null;
  /** The person’s visit of today, until it is closed, for the desk and for the worker who receives the person. All their appointments in the district stand. */
  readonly visitId?: string | null;
}

/** The link of a message. */
export interface RestoreByLinkInput {
  /** The part of the link that is different in each message. */
  readonly secret: string;
}

/** The indicator that is to be retired, and why. */
export interface RetireIndicatorInput {
  /** The `id` of the indicator. */
  readonly id: string;
  /** Why, in words that everyone may read; at most 2,000 characters. */
  readonly reason: string;
}

/** The opening in danger, and what the reviewer finds. */
export interface ReviewReleaseInput {
  /** The `id` of the release. */
  readonly id: string;
  /** Whether it was justified to open the notes. */
  readonly opinion: ReviewOpinion;
}

/** One of the viewer’s own calendars, to be revoked for good. */
export interface RevokeCalendarFeedInput {
  /** The `id` of the calendar. */
  readonly id: string;
}

/** The draft, and its new text. */
export interface RewritePrivacyNoticeInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the draft. */
  readonly id: string;
  /** The same in English, at most 20,000 characters. */
  readonly textEn: string;
  /** The text of the county, in French, at most 20,000 characters. */
  readonly textFr: string;
}

/** The person that the message is about: the full name, and at least one other thing that is said of them. */
export interface SendBlindMessageInput {
  /** The year in which the person was born, as in 1984. */
  readonly birthYear?: number | null;
  /** First name and surname, at most 200 characters. */
  readonly fullName: string;
  /** A telephone number of the person, with six digits at least. */
  readonly phone?: string | null;
  /** The reference on the person’s papers, as in `P-7KQF3M`, in capital or small letters. */
  readonly reference?: string | null;
  /** At most 500 characters: who to call back, and what cannot wait. */
  readonly text: string;
}

/** The worker who is to call back, and the person to call. There is no field for the reason. */
export interface SendMessageInput {
  /** From when on a call suits them, at most 31 days ahead. */
  readonly callFrom?: Date | null;
  /** Until when a call suits them, at most 31 days after `callFrom`, or after now. */
  readonly callUntil?: Date | null;
  /** The district of the worker who is to call back. */
  readonly districtId: string;
  /** The name of someone who is not known, as they give it, at most 100 characters; required without `personId`. */
  readonly name?: string | null;
  /** The person to call back, if the service knows them. */
  readonly personId?: string | null;
  /** The number to call, if they say one; at most 40 characters. */
  readonly phone?: string | null;
  /** The worker who is to call back. */
  readonly workerId: string;
}

/** A referral to send, to a district or to an organisation. */
export interface SendReferralInput {
  /** The last day on which to answer, in Paris: in 15 days unless given, and at most 366 days ahead. */
  readonly answerBy?: Date | null;
  /** An open case that the viewer follows. */
  readonly caseId: string;
  /** The needs of the persons, by the `code` of items of the nomenclature; 20 at most. */
  readonly needCodes?: readonly string[] | null;
  /** The persons of the case that it concerns, 1 to 12. */
  readonly personIds: readonly string[];
  /** Whether it is shown online to the one person that it concerns; no unless given. */
  readonly showOnline?: boolean | null;
  /** A text for the receiver, at most 2,000 characters. */
  readonly text?: string | null;
  /** The district that receives. Either this or `toOrganisationId` is named. */
  readonly toDistrictId?: string | null;
  /** The organisation that receives, and none that has closed. */
  readonly toOrganisationId?: string | null;
  /** A social worker of that district who receives. Left out, its head allocates it. */
  readonly toWorkerId?: string | null;
}

/** The person that a caller names: the full name, and at least one other thing that the caller says. */
export interface SendTimesAgainInput {
  /** The year in which the person was born, as in 1984. */
  readonly birthYear?: number | null;
  /** The district of the desk. */
  readonly districtId: string;
  /** First name and surname, at most 200 characters. */
  readonly fullName: string;
  /** A telephone number of the person, with six digits at least. */
  readonly phone?: string | null;
  /** The reference on the person’s papers, as in `P-7KQF3M`, in capital or small letters. */
  readonly reference?: string | null;
}

/** The word by which a person is known at a desk. */
export interface SetAgreedWordInput {
  /** The person who says the word. */
  readonly personId: string;
  /** At least four letters or digits, and at most 60 characters. Null or left out takes the word away. */
  readonly word?: string | null;
}

/** The language and the needs with which to speak with a person. A field that is left out stays; null clears it. */
export interface SetCommunicationInput {
  /** All that the person needs to understand and be understood. */
  readonly communicationNeeds?: readonly CommunicationNeed[] | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The language to speak to the person in: ISO 639-3 (`fsl` is French sign language) or ISO 639-1. Required only beside INTERPRETER. */
  readonly language?: string | null;
  /** The person who is spoken to. */
  readonly personId: string;
}

/** Whether anything is confirmed of a person. */
export interface SetConfirmNothingInput {
  /** Other persons of the case who get the same setting, such as the children. */
  readonly alsoFor?: readonly string[] | null;
  /** True: to everyone but the workers who follow the person, the person is unknown. False takes that back. */
  readonly confirmNothing: boolean;
  /** Other persons of the case who do not get it. While nobody is assigned, the duty worker names each other person of the case here or in `alsoFor`, so that nobody is forgotten. */
  readonly notFor?: readonly string[] | null;
  /** The person that it is about. */
  readonly personId: string;
}

/** The appointment, and everyone else who is there. */
export interface SetParticipantsInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the appointment. */
  readonly id: string;
  /** Everyone else who is there, 10 at most. The list replaces the one that was recorded earlier. */
  readonly participants: readonly ParticipantInput[];
}

/** Where a person lives. */
export interface SetPersonAddressInput {
  /** Further persons of the case that the confidential address covers, such as the children who live there; 12 at most. It covers nobody else. Their open addresses stay as others read them, unless they are the same place. If the address changes, everyone of the case who has it moves along without being named. */
  readonly alsoFor?: readonly string[] | null;
  /** The case that records a confidential address. If left out, it is the oldest of the person’s cases that the viewer follows, or has opened on duty. */
  readonly caseId?: string | null;
  /** The commune, at most 100 characters. */
  readonly city?: string | null;
  /** True: only the assigned worker of the case that records it and the stand-in read it. It covers the person, and those in `alsoFor`. Nothing is sent to a number or an open address that was known before, until somebody says again how the person is reached (`setSafeContact`). */
  readonly confidential: boolean;
  /** The `version` of the address that was last read; 0 where the viewer reads none. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** Street and number, at most 300 characters. Null removes the address: the open one, or with `confidential` the confidential one of the viewer’s case. It may not be left out. */
  readonly line?: string | null;
  /** Other persons of the case who do not get it. While nobody is assigned, the duty worker names each other person of the case here or in `alsoFor`, so that nobody is forgotten. */
  readonly notFor?: readonly string[] | null;
  /** The person who lives there. */
  readonly personId: string;
  /** The postal code, at most 12 characters. */
  readonly postalCode?: string | null;
}

/** Where letters to a person go, as the person named it. */
export interface SetSafeAddressInput {
  /** The case that records it. Left out, the oldest of the person’s cases that the viewer follows. */
  readonly caseId?: string | null;
  /** The commune, at most 100 characters. */
  readonly city?: string | null;
  /** The `version` of this address that was last read; 0 where the viewer reads none. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** Street and number, at most 300 characters. Null or left out takes the address away. */
  readonly line?: string | null;
  /** The person who gets the letters. */
  readonly personId: string;
  /** The postal code, at most 12 characters. */
  readonly postalCode?: string | null;
}

/** The channel by which a person can be reached without danger from now on. */
export interface SetSafeContactInput {
  /** The mail address that the person says. Left out, it stays; null clears it. */
  readonly email?: string | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The person who is to be reached. */
  readonly personId: string;
  /** The number that the person says. Left out, it stays; null clears it. */
  readonly phone?: string | null;
  /** The statement of the duty worker that the person is present and alone. Without it the duty worker may change nothing. Once somebody is assigned to the person, only that worker’s word counts. The duty worker can still close every channel (`suspendContact`). */
  readonly presentAndAlone?: boolean | null;
  /** The channel that is safe. */
  readonly safeContact: SafeContact;
}

/** The request, and how urgent it is. */
export interface SetUrgencyInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the request. */
  readonly id: string;
  /** The urgency with which the person must be seen. */
  readonly urgency: Urgency;
}

/** The referral, and whether the person sees it. */
export interface ShowReferralInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the referral. */
  readonly id: string;
  /** True shows it online, false hides it again. A referral of several persons cannot be shown. */
  readonly showOnline: boolean;
}

/** An erratum that nobody has signed yet. */
export interface SignErratumInput {
  /** The `id` of the erratum. */
  readonly id: string;
}

/** The text that the viewer signs. */
export interface SignNarrativeInput {
  /** The district whose team it is; the county unless given. */
  readonly districtId?: string | null;
  /** The version of the text that was read, and is signed: of the latest one of `laterTexts`; `textVersion` if there is none. If another text was written since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The calendar year of the report. */
  readonly year: number;
}

/** A question about the wait of a district: what changes from this week on. */
export interface SimulateWaitInput {
  /** The district, one per operation. */
  readonly districtId: string;
  /** The half-days of reception that the district holds in an ordinary week, all workers together, as the team counts them: 1 to 400. */
  readonly halfDaysNow: number;
  /** The requests that are added, in per cent, −90 to 300. None unless given. */
  readonly moreAsksPercent?: number | null;
  /** The half-days that are added in each week; below zero, taken away. None unless given. */
  readonly moreHalfDays?: number | null;
  /** The posts of social workers that are added; below zero, vacant. None unless given. */
  readonly morePosts?: number | null;
  /** The `code` of a type that everyone may book: nothing is measured of others. */
  readonly typeCode: string;
}

/** A search for free times. Colleagues of the district learn which workers are free. Everyone else finds times of public types only, and no worker. */
export interface SlotFilter {
  /** Free times of the assigned worker of this case, at most 56 days ahead. A person may name a case of their own that is shown online. */
  readonly caseId?: string | null;
  /** The INSEE code of a commune: the districts that serve it today are searched. It counts only if no district is named. */
  readonly communeCode?: string | null;
  /** The district to search in. Without it and without `communeCode`, public times of the whole county are searched. */
  readonly districtId?: string | null;
  /** The earliest start, rounded up to five minutes. Now, unless given. */
  readonly from?: Date | null;
  /** The length that is needed in one piece, as a multiple of the length of the type: 1 to 8; 1 unless given. */
  readonly inARow?: number | null;
  /** The way in which the appointment is to be held. Unless given, any mode that the type allows. */
  readonly mode?: AppointmentMode | null;
  /** Free times start before this instant: at most 92 days ahead, or 56 with `workerIds` or `caseId`. That limit holds unless given. */
  readonly to?: Date | null;
  /** True finds times at which all workers of `workerIds` are free together. False finds times of any of them. */
  readonly together?: boolean | null;
  /** The `code` of the appointment type, not of a collective one. */
  readonly typeCode: string;
  /** Free times of any of these workers, 1 to 10, at most 56 days ahead. Only colleagues of the district may name workers. Naming a colleague is logged. */
  readonly workerIds?: readonly string[] | null;
}

/** The words of a member of a team on an indicator. */
export interface StateOpinionInput {
  /** The district in whose team the viewer speaks: of an indicator, in one alone. */
  readonly districtId: string;
  /** The `version` of the viewer’s own voice that was last read, to restate it; left out the first time. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion?: number | null;
  /** The `id` of the indicator. */
  readonly id: string;
  /** Whether everyone may read the viewer’s name beside the words; the team may anyway. Left out, nothing changes; the first time it is no. */
  readonly named?: boolean | null;
  /** Whether the viewer is for it, against it, or has reservations. */
  readonly position: VoicePosition;
  /** The viewer’s words on it, of no person. They are public once somebody else has read them (`confirmWords`). At most 2,000 characters. */
  readonly words?: string | null;
}

/** The person whose channels are closed. */
export interface SuspendContactInput {
  /** The person who is not to be reached any more. */
  readonly personId: string;
}

/** A suspension, for a mutation that needs nothing else. */
export interface SuspensionInput {
  /** The `id` of the suspension. */
  readonly id: string;
}

/** The acts to take back: all of one kind, of one login. */
export interface TakeBackActsInput {
  /** The kind of the acts. */
  readonly kind: ActKind;
  /** The worker who did the acts, for a viewer who was told that the measure is reached. Left out: the viewer. */
  readonly workerId?: string | null;
}

/** The person, and what changes. A field that is left out stays; null clears it. */
export interface UpdatePersonInput {
  /** The day on which the person was born; never required. */
  readonly birthDate?: Date | null;
  /** The name by which the person wants to be called, at most 100 characters. */
  readonly chosenName?: string | null;
  /** A mail address, at most 254 characters. */
  readonly email?: string | null;
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** Surname, at most 100 characters. */
  readonly familyName?: string | null;
  /** First name, at most 100 characters. */
  readonly givenName?: string | null;
  /** The `id` of the person. */
  readonly id: string;
  /** Whether the person objects to being counted in statistics. No reason is asked. */
  readonly objectsToStatistics?: boolean | null;
  /** A telephone number, at most 40 characters. */
  readonly phone?: string | null;
  /** The channel by which the person can be reached without danger; NONE when registering unless given. In `updatePerson` the desk can only set NONE. */
  readonly safeContact?: SafeContact | null;
}

/** A row, and the version of it that was last read. It is for mutations that need nothing else. */
export interface VersionedInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of what the mutation changes. */
  readonly id: string;
}

/** A vote on an option of the own team. Nobody else reads it. */
export interface VoteOnOptionInput {
  /** The option. */
  readonly id: string;
  /** True: for it. False: against it. */
  readonly inFavour: boolean;
}

/** An erratum of the viewer’s own that nobody has signed yet. */
export interface WithdrawErratumInput {
  /** The `id` of the erratum. */
  readonly id: string;
}

/** A handover that the viewer offered, and that is not accepted yet. */
export interface WithdrawHandoverInput {
  /** The `id` of the handover. */
  readonly id: string;
}

/** A planned reassignment that will not take place. */
export interface WithdrawPlannedReassignmentInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the planned reassignment. */
  readonly id: string;
}

/** The client, and the scope that it loses. */
export interface WithdrawScopeInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the client. */
  readonly id: string;
  /** The scope to withdraw, such as `booking`. */
  readonly scope: string;
}

/** The words of a team that are to be withdrawn. */
export interface WithdrawWordsInput {
  /** The `id` of the indicator, of the voice, of the observation or of the report. */
  readonly id: string;
  /** The kind of the words. */
  readonly of: WordsOf;
  /** For a VOICE, the `version` that is to be withdrawn; for a NARRATIVE, the `textVersion`. */
  readonly version?: number | null;
}

/** The encounter, and its text. */
export interface WriteEncounterInput {
  /** The `version` that was last read. If it has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion: number;
  /** The `id` of the encounter. */
  readonly id: string;
  /** The new text, at most 50,000 characters. Left out, it stays; null clears it. */
  readonly text?: string | null;
}

/** The words of a team on its year. */
export interface WriteNarrativeInput {
  /** The district whose team it is; the county unless given. */
  readonly districtId?: string | null;
  /** The `version` of the report that was last read, to write anew; left out the first time. If the report has changed since, it is a CONFLICT with the reason VERSION_CHANGED. */
  readonly expectedVersion?: number | null;
  /** A `WaitSimulation` of the district that the team shows with its words, once it is worked out; none unless given. It is signed with the text. */
  readonly simulationId?: string | null;
  /** The text in French, at most 20,000 characters: of the work and its circumstances, of no person and of no worker. */
  readonly text: string;
  /** The same in English, at most 20,000 characters. */
  readonly textEn?: string | null;
  /** A calendar year whose figures are frozen. */
  readonly year: number;
}

/** A note, and the case that it is written in. */
export interface WriteNoteInput {
  /** The text, at most 50,000 characters. Nothing forces an order on the interview. */
  readonly body: string;
  /** A case that is assigned to the viewer. */
  readonly caseId: string;
  /** True keeps it a draft, which only its author reads and nobody hands over; final unless given. */
  readonly draft?: boolean | null;
  /** True leaves it out of what its author hands over after a reassignment; false unless given. */
  readonly keepBack?: boolean | null;
}
