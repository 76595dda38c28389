import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const NotificationKind = describeEnum(enums.NotificationKind, {
  name: 'NotificationKind',
  description: 'The events that a worker is told of.',
  values: {
    HANDOVER_OFFERED: 'A colleague offers the worker notes of a case.',
    HANDOVER_ANSWERED_NO:
      'The former worker of a case does not hand its notes over to this worker, who has it now, and says why.',
    RELAY_OPENED: 'A relay was opened: the worker stands in, or a colleague stands in for them.',
    RELEASE_REQUESTED:
      'A release was asked for. Told to workers who held the case or wrote in it, to technical advisers and to the data protection officer.',
    RELEASE_APPROVED: 'A release was approved: the worker asked for it, or it opens notes that they wrote.',
    RELEASE_ANSWERED_NO: 'A worker who held the case before said NO to a release that the worker asked for.',
    RELEASE_REFUSED: 'An adviser refused a release that the worker asked for.',
    DANGER_NOTES_OPENED:
      'Notes were opened because of a danger. Told to workers who held the case, to technical advisers and to the data protection officer.',
    ENCOUNTER_PASSED_ON: 'A colleague passed an encounter on to a case of the worker.',
    REFERRAL_RECEIVED: 'A referral came for the worker, or for the district that they head.',
    REFERRAL_ANSWERED: 'A district accepted or refused a referral from a case of the worker.',
    INCOMING_REQUEST_RECEIVED: 'A partner’s request came for the worker, or for the district that they head.',
    ABSENCE_DECLARED: 'The head declared or changed an absence of the worker.',
    ADDRESS_READ:
      'Somebody else read the confidential address of the case: the stand-in on a ground, or the head or the duty worker who looked for a worker who was not back from a home visit. Told once an hour at most.',
    RELAY_TO_CONFIRM:
      'A relay waits for the yes of a technical adviser, until the end of the day. Told to the absent worker and to the advisers, once an hour at most.',
    CASES_LISTED: 'The head listed the worker’s cases because of an absence. Told once a day at most.',
    RELEASE_CLOSED:
      'The data protection officer closed a release. Told to the worker who asked for it, to the workers who held the case and to the authors of its notes.',
    DEPARTURE_CONFIRMED:
      'Two administrators ended a post of a worker and confirmed the departure. Told to heads of the worker’s districts and to the data protection officer.',
    DEPARTURE_CONTRADICTED:
      'A worker without a post says that they have not left. Told to heads of the worker’s districts, to administrators and to the data protection officer.',
    SUSPENSION_MADE:
      'An administrator suspended an account, a post or a client. Told to data protection officers, technical advisers, administrators and the worker concerned: see `suspensions`.',
    SUSPENSION_CONFIRMED: 'A second person confirmed a suspension. Told to the same workers.',
    SUSPENSION_LIFTED: 'A suspension was lifted. Told to the same workers.',
    MEMBERSHIP_ENDED: 'An administrator ended a membership of the worker, or confirmed the departure.',
    CASE_ASSIGNED: 'A case was assigned to the worker.',
    CASE_REASSIGNED: 'A case that was the worker’s went to another worker.',
    CASE_REOPENED: 'Somebody else reopened a case that is assigned to the worker.',
    REASSIGNMENT_PLANNED: 'It is planned that a case comes to the worker, or leaves them.',
    REASSIGNMENT_CALLED_OFF: 'A planned reassignment was withdrawn or has lapsed.',
    CONTACT_OPENED:
      'A colleague can now read how to reach a person that the worker follows: by a confirmed appointment, or by another case of that person.',
    CONTACT_CHANGED: 'A colleague changed how a person that the worker follows can be reached.',
    CONTACT_SUSPENDED: 'Every channel to a person that the worker follows was closed.',
    CONTACT_PROPOSED: 'A person that the worker follows proposed online how to be reached.',
    COMMUNICATION_CHANGED:
      'The language of a person that the worker follows, or what the person needs to be understood, was changed by the person online or by another worker.',
    OPEN_ADDRESS_WRITTEN:
      'An address that is not confidential was written down for a person that the worker follows, or for someone whose address is confidential in a case of the worker.',
    BLIND_MESSAGE: 'A message about a person that the worker follows was sent by `sendBlindMessage`.',
    CANCELLED_BY_LINK:
      'Somebody cancelled an appointment of the worker, or of their case, by the link of a message. The link tells nobody who used it.',
    CALLED_OFF_BY_TELEPHONE:
      'Somebody called off an appointment by telephone; nobody knows who. Its time is held: see `timesCalledOff`. Told to its workers and to those who follow the case; if all of them are away, also to the duty worker.',
    APPOINTMENT_RESTORED: 'An appointment that was called off by telephone stands again.',
    PAST_TIMES_TOLD:
      'A desk told somebody at its counter the past times of a person that the worker follows. Told once a day at most for each case.',
    CONTACT_WORD_WAITS:
      'Somebody has said how a person is reached. `Person.contactWords` lists it: it waits for a yes, or for two working days.',
    OPTION_PROPOSED: 'The team of the worker is to vote on an option: see `teamOptions`.',
    OPTION_DECIDED:
      'The team of the worker adopted or rejected an option. The head is told of those that are adopted.',
    IDENTITY_CHANGED: 'A colleague changed a name or the birth date of a person that the worker follows.',
    OBJECTION_CHANGED:
      'A colleague said that a person that the worker follows objects to statistics, or no longer does.',
    REQUEST_CHANGED:
      'A colleague changed a request of a person that the worker follows, or took it off the waiting list.',
    APPOINTMENT_CANCELLED:
      'A colleague cancelled an appointment of the worker, or of a person that the worker follows.',
    AGENDA_CHANGED:
      'A colleague opened, ended or closed hours in the agenda of the worker, or declared time off there.',
    MEASURE_REACHED:
      'The worker in `aboutWorker` did `howMany` acts of the kind `act` within an hour: the measure of a login. Told to the heads, once an hour; of a head to the technical advisers. `takeBackActs` takes them back, for two days.',
    ACTS_TAKEN_BACK:
      'The colleague in `aboutWorker` took back `howMany` acts of the kind `act` of the worker.',
    ERRATUM_PUBLISHED:
      'An erratum was published about figures or a report of the worker’s team, or a report that they signed.',
    WORDS_WITHDRAWN:
      'A technical adviser or the data protection officer withdrew words of the worker’s team. They read « retiré le … ».',
    TEXT_PROPOSED:
      'A member of the team wrote another text of a report that the worker has signed. The signed text stands until the other one is signed: see `ActivityReport.laterTexts`. Told once an hour at most.',
    TEXT_REPLACED:
      'Another text of a report is signed, and takes the place of the one that the worker has signed.',
    LOG_READ_PERSON_REQUEST:
      'A data protection officer read what the access log has of the worker (`aboutWorker`), since a person asks what is known of them. Told to that worker, once a day at most.',
    LOG_READ_COMPLAINT:
      'A data protection officer read what the access log has of the worker (`aboutWorker`), because of a complaint. Told to that worker. If telling the worker would harm an inquiry, it is told to the other officers at once (if there is none, to the technical advisers), and to the worker 30 days later.',
    LOG_READ_CONTROL:
      'A data protection officer read what the access log has of the worker (`aboutWorker`), to control how data are used. Told to that worker, once a day at most.',
    LOG_READ_SECURITY_INCIDENT:
      'A data protection officer read what the access log has of the worker (`aboutWorker`), because of a security incident. Told as `LOG_READ_COMPLAINT` is.',
    LOG_MEASURE_REACHED:
      'A data protection officer (`aboutWorker`) has read as many logs as they may in a day, and asked for one more. Told to the other officers, or to the technical advisers if there is none, once a day at most.',
  },
});
