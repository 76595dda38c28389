import type { AccessAction } from '../log/access-recorder.js';

/** What the confidential part is called in the log, whatever was done in it. */
export const CONFIDENTIAL_PART = 'CONFIDENTIAL_PART';

/** The actions that a line of the log may name: all but those of the confidential part, and what the jobs send. */
export type ShownAction =
  | Exclude<AccessAction, `${string}NOTE${string}` | `${string}HANDOVER${string}`>
  | typeof CONFIDENTIAL_PART
  | 'SEND_NOTICE';

/** Each of them, so that none is forgotten. */
const SHOWN: Readonly<Record<ShownAction, true>> = {
  READ_CASE: true,
  OPEN_CASE: true,
  ASSIGN_CASE: true,
  REASSIGN_CASE: true,
  CLOSE_CASE: true,
  RECORD_NEED: true,
  OPEN_RELAY: true,
  END_RELAY: true,
  DECLARE_ABSENCE: true,
  CHANGE_ABSENCE: true,
  CONTRADICT_ABSENCE: true,
  FILTER_BY_WORKER: true,
  LIST_CASES_FOR_REASSIGNMENT: true,
  LIST_CASES_FOR_RELAY: true,
  LIST_CASES_FOR_URGENCY: true,
  CHANGE_AGENDA: true,
  READ_PERSON: true,
  LOOK_UP_PERSON: true,
  LOOK_UP_CASE: true,
  REGISTER_PERSON: true,
  UPDATE_PERSON: true,
  GIVE_NOTICE: true,
  BOOK_APPOINTMENT: true,
  MOVE_APPOINTMENT: true,
  CANCEL_APPOINTMENT: true,
  RECORD_OUTCOME: true,
  RECORD_RETURN: true,
  CHANGE_PARTICIPANTS: true,
  RECORD_NOTICE: true,
  REQUEST_APPOINTMENT: true,
  CHANGE_APPOINTMENT_REQUEST: true,
  SET_URGENCY: true,
  RECORD_PRESENCE: true,
  WITHDRAW_APPOINTMENT_REQUEST: true,
  RECORD_OFFER: true,
  ANSWER_OFFER: true,
  RECORD_VISIT: true,
  DIRECT_VISIT: true,
  TAKE_IN: true,
  CLOSE_VISIT: true,
  SEND_MESSAGE: true,
  CLOSE_MESSAGE: true,
  READ_REFERRAL: true,
  SEND_REFERRAL: true,
  ALLOCATE_REFERRAL: true,
  ANSWER_REFERRAL: true,
  WITHDRAW_REFERRAL: true,
  SHOW_REFERRAL: true,
  READ_INCOMING_REQUEST: true,
  RECORD_INCOMING_REQUEST: true,
  ALLOCATE_INCOMING_REQUEST: true,
  ANSWER_INCOMING_REQUEST: true,
  DECLINE_INCOMING_REQUEST: true,
  RECORD_INFORMATION: true,
  OPEN_CALENDAR_FEED: true,
  REVOKE_CALENDAR_FEED: true,
  READ_STATISTICS: true,
  READ_ACCESS_LOG: true,
  CHANGE_DIRECTORY: true,
  SEND_NOTICE: true,
  CONFIDENTIAL_PART: true,
};

export const SHOWN_ACTIONS = Object.keys(SHOWN) as readonly ShownAction[];
