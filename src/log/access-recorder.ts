/**
 * An action on confidential data. The word NOTE or HANDOVER marks the confidential part (rule 9), except NOTE_RELEASE: that a release is
 * requested or decided tells nothing of a note. The database itself logs what the jobs send, as SEND_NOTICE.
 */
export type AccessAction =
  | 'READ_CASE'
  | 'OPEN_CASE'
  | 'ASSIGN_CASE'
  | 'REASSIGN_CASE'
  | 'PLAN_REASSIGNMENT'
  | 'WITHDRAW_REASSIGNMENT'
  | 'CLOSE_CASE'
  | 'REOPEN_CASE_FOR_MISTAKE'
  | 'REOPEN_CASE_FOR_RETURN'
  | 'RECORD_NEED'
  | 'READ_NOTES'
  | 'WRITE_NOTE'
  | 'AMEND_NOTE'
  | 'OFFER_HANDOVER'
  | 'ACCEPT_HANDOVER'
  | 'WITHDRAW_HANDOVER'
  | 'REQUEST_NOTE_RELEASE'
  | 'ANSWER_NOTE_RELEASE'
  | 'TELL_NOTE_RELEASE'
  | 'APPROVE_NOTE_RELEASE'
  | 'REFUSE_NOTE_RELEASE'
  | 'REVIEW_NOTE_RELEASE'
  | 'AGREE_NOTE_RELEASE'
  | 'CLOSE_NOTE_RELEASE'
  | 'OPEN_RELAY'
  | 'END_RELAY'
  | 'CONFIRM_RELAY'
  | 'DECLARE_ABSENCE'
  | 'CHANGE_ABSENCE'
  | 'CONTRADICT_ABSENCE'
  | 'FILTER_BY_WORKER'
  | 'LIST_CASES_FOR_REASSIGNMENT'
  | 'LIST_CASES_FOR_RELAY'
  | 'LIST_CASES_FOR_URGENCY'
  | 'CHANGE_AGENDA'
  | 'READ_PERSON'
  | 'LOOK_UP_PERSON'
  | 'LOOK_UP_CASE'
  | 'TAKE_BACK_ACTS'
  | 'REGISTER_PERSON'
  | 'UPDATE_PERSON'
  | 'SET_CONFIRM_NOTHING'
  | 'SET_AGREED_WORD'
  | 'SUSPEND_CONTACT'
  | 'SET_SAFE_CONTACT'
  | 'PROPOSE_SAFE_CONTACT'
  | 'ANSWER_CONTACT_PROPOSAL'
  | 'ANSWER_CONTACT_WORD'
  | 'SET_SAFE_ADDRESS'
  | 'SET_COMMUNICATION'
  | 'READ_DANGER'
  | 'READ_SAFE_ADDRESS'
  | 'READ_WITHHELD_PLACE'
  | 'READ_HOME_VISIT_NOT_BACK'
  | 'READ_ADDRESS_FOR_DANGER'
  | 'READ_ADDRESS_AT_THEIR_REQUEST'
  | 'READ_ADDRESS_FOR_A_VISIT'
  | 'GIVE_NOTICE'
  | 'BOOK_APPOINTMENT'
  | 'CONFIRM_APPOINTMENT'
  | 'MOVE_APPOINTMENT'
  | 'CANCEL_APPOINTMENT'
  | 'RECORD_OUTCOME'
  | 'RECORD_RETURN'
  | 'CHANGE_PARTICIPANTS'
  | 'RECORD_NOTICE'
  | 'REQUEST_APPOINTMENT'
  | 'CHANGE_APPOINTMENT_REQUEST'
  | 'SET_URGENCY'
  | 'RECORD_PRESENCE'
  | 'WITHDRAW_APPOINTMENT_REQUEST'
  | 'RECORD_OFFER'
  | 'ANSWER_OFFER'
  | 'RECORD_VISIT'
  | 'TELL_TIMES'
  | 'TELL_PAST_TIMES'
  | 'SEND_TIMES_AGAIN'
  | 'CALL_OFF_BY_TELEPHONE'
  | 'RESTORE_APPOINTMENT'
  | 'DIRECT_VISIT'
  | 'TAKE_IN'
  | 'CLOSE_VISIT'
  | 'SEND_MESSAGE'
  | 'SEND_BLIND_MESSAGE'
  | 'CLOSE_MESSAGE'
  | 'READ_ENCOUNTER_NOTES'
  | 'RECORD_ENCOUNTER_NOTE'
  | 'WRITE_ENCOUNTER_NOTE'
  | 'PASS_ON_ENCOUNTER_NOTE'
  | 'DELETE_ENCOUNTER_NOTE'
  | 'READ_REFERRAL'
  | 'SEND_REFERRAL'
  | 'ALLOCATE_REFERRAL'
  | 'ANSWER_REFERRAL'
  | 'WITHDRAW_REFERRAL'
  | 'SHOW_REFERRAL'
  | 'READ_INCOMING_REQUEST'
  | 'RECORD_INCOMING_REQUEST'
  | 'ALLOCATE_INCOMING_REQUEST'
  | 'ANSWER_INCOMING_REQUEST'
  | 'DECLINE_INCOMING_REQUEST'
  | 'RECORD_INFORMATION'
  | 'DEFER_INFORMATION'
  | 'MARK_CHILD_PROTECTION'
  | 'OPEN_CALENDAR_FEED'
  | 'REVOKE_CALENDAR_FEED'
  | 'READ_STATISTICS'
  | 'PROPOSE_INDICATOR'
  | 'STATE_OPINION'
  | 'ADD_OBSERVATION'
  | 'WRITE_NARRATIVE'
  | 'CONFIRM_WORDS'
  | 'WITHDRAW_WORDS'
  | 'READ_ACCESS_LOG'
  | 'READ_ACCESS_LOG_WITHOUT_TELLING'
  | 'DISABLE_WORKER'
  | 'END_MEMBERSHIP'
  | 'CONFIRM_DEPARTURE'
  | 'CONTRADICT_DEPARTURE'
  | 'CONFIRM_SUSPENSION'
  | 'LIFT_SUSPENSION'
  | 'DISABLE_CLIENT'
  | 'WITHDRAW_SCOPE'
  | 'DRAFT_PRIVACY_NOTICE'
  | 'ADVISE_ON_PRIVACY_NOTICE'
  | 'PUBLISH_PRIVACY_NOTICE';

/** The grounds on which the data protection officer asks for the log. */
export const ACCESS_LOG_GROUNDS = ['PERSON_REQUEST', 'COMPLAINT', 'CONTROL', 'SECURITY_INCIDENT'] as const;
/** One of `ACCESS_LOG_GROUNDS`. */
export type AccessLogGround = (typeof ACCESS_LOG_GROUNDS)[number];

/** The subject of an entry. */
export interface AccessSubject {
  readonly caseId?: string | null;
  readonly personId?: string | null;
  /** The appointment: the database writes a line for each of its persons, known to the viewer or not. */
  readonly appointmentId?: string | null;
  readonly targetWorkerId?: string | null;
  /** The ground, for reading the log itself. */
  readonly ground?: AccessLogGround;
}

/** The outcome of an attempt. */
export type AccessOutcome = 'DONE' | 'REFUSED' | 'CONFLICT';

/** An entry of the access log, before it is written. */
export interface AccessEntry extends AccessSubject {
  readonly action: AccessAction;
  /** Set if it differs from the outcome of the operation. */
  readonly outcome?: AccessOutcome;
}

/** A subject, and the outcome of its entry if it differs from that of the operation. */
type Recorded = Omit<AccessEntry, 'action'>;

function keyOf(action: AccessAction, subject: AccessSubject): string {
  const { caseId, personId, appointmentId, targetWorkerId, ground } = subject;
  return `${action}|${caseId ?? ''}|${personId ?? ''}|${appointmentId ?? ''}|${targetWorkerId ?? ''}|${ground ?? ''}`;
}

/** Collects an operation's entries: one per action and subject, however many fields and rows asked (rule 9). */
export class AccessRecorder {
  readonly #entries = new Map<string, AccessEntry>();
  readonly #settled: AccessEntry[] = [];

  record(action: AccessAction, subject: Recorded = {}): void {
    const key = keyOf(action, subject);
    if (!this.#entries.has(key)) this.#entries.set(key, { action, ...subject });
  }

  /**
   * Records an attempt before it is judged, with the subject as named. The returned function replaces that subject by the true one, once
   * it is known. It may be called again: what it was given last is written.
   */
  attempt(action: AccessAction, named: Recorded = {}): (known: Recorded) => void {
    let last = named;
    this.record(action, named);
    return (known) => {
      this.#entries.delete(keyOf(action, last));
      last = known;
      this.record(action, known);
    };
  }

  /** Gives an outcome to all entries so far; later ones are recorded anew. */
  settle(outcome: AccessOutcome): void {
    for (const entry of this.#entries.values()) this.#settled.push({ ...entry, outcome });
    this.#entries.clear();
  }

  /** True if nothing was recorded since the beginning, or since `settle`. */
  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get entries(): readonly AccessEntry[] {
    return [...this.#settled, ...this.#entries.values()];
  }
}
