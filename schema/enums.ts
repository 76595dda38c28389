import { registerEnumType } from 'type-graphql';
import * as enums from '../prisma/generated/enums.js';
import { ERROR_CODES } from '../src/errors.js';
import { ACCESS_LOG_GROUNDS } from '../src/log/access-recorder.js';
import { ADDRESS_GROUNDS } from '../src/services/addresses.js';
import { OUTCOMES } from '../src/services/appointment-changes.js';
import { APPOINTMENT_WARNINGS } from '../src/services/appointment-warnings.js';
import { CASE_MOVE_OUTCOMES } from '../src/services/case-moves.js';
import { ABSENCE_PURPOSES } from '../src/services/cases.js';
import { CLEARINGS } from '../src/services/clearing.js';
import { REOPENING_REASONS } from '../src/services/closing.js';
import { TEAM_POSITIONS } from '../src/services/indicator-voices.js';
import { NEXT_FREE } from '../src/services/online-types.js';
import { REFERRAL_ANSWERS } from '../src/services/referral-answers.js';
import { SHOWN_ACTIONS } from '../src/services/shown-actions.js';
import { NO_SLOT_REASONS } from '../src/services/slots.js';
import { VISIT_STATUSES } from '../src/services/visits.js';

registerEnumType(enums.Role, { name: 'Role', description: 'A role in a membership.' });
registerEnumType(enums.ClientKind, { name: 'ClientKind' });
registerEnumType(enums.Mission, { name: 'Mission', description: 'What the case is for.' });
registerEnumType(enums.CaseStatus, { name: 'CaseStatus' });
registerEnumType(enums.NoteStatus, { name: 'NoteStatus', description: 'A draft is its author’s alone.' });
registerEnumType(enums.SafeContact, {
  name: 'SafeContact',
  description: 'How the person may be reached without danger; none by default.',
});
registerEnumType(enums.CommunicationNeed, {
  name: 'CommunicationNeed',
  description: 'What someone needs to understand and be understood. INTERPRETER is of their language.',
});
registerEnumType(enums.AppointmentStatus, { name: 'AppointmentStatus' });
registerEnumType(enums.AppointmentMode, { name: 'AppointmentMode' });
registerEnumType(enums.AskedBy, {
  name: 'AskedBy',
  description: 'Who asked for an appointment: a category, and never who.',
});
registerEnumType(enums.CancellationReason, {
  name: 'CancellationReason',
  description: 'Why the service cancels; a person is not asked.',
});
registerEnumType(enums.Urgency, {
  name: 'Urgency',
  description: 'How soon someone must be seen, as a social worker judged it.',
});
registerEnumType(enums.RequestStatus, { name: 'RequestStatus' });
registerEnumType(enums.OfferStatus, { name: 'OfferStatus' });
registerEnumType(enums.OfferChannel, {
  name: 'OfferChannel',
  description: 'How someone is told of what is offered: by their safe contact, or while they are there.',
});
registerEnumType(enums.SkipReason, {
  name: 'SkipReason',
  description: 'Why a time went to someone further down the waiting list.',
});
registerEnumType(enums.VisitKind, { name: 'VisitKind' });
registerEnumType(enums.VisitOutcome, {
  name: 'VisitOutcome',
  description: 'What became of a visit: a category, and never why they came.',
});
registerEnumType(enums.Withheld, {
  name: 'Withheld',
  description:
    'Why a figure is not told: fewer than 3 workers, or four fifths of it are of one; fewer than 5 persons; none counts as few; fewer than three free times within 92 days; or nothing was measured then.',
});
registerEnumType(enums.ParticipantKind, { name: 'ParticipantKind' });
registerEnumType(enums.AppointmentNoticeKind, { name: 'AppointmentNoticeKind' });
registerEnumType(enums.AppointmentNoticeOutcome, { name: 'AppointmentNoticeOutcome' });
registerEnumType(enums.DispatchStatus, {
  name: 'DispatchStatus',
  description:
    'How it goes with what is sent without anyone’s doing. What is tried again, failed, or may have arrived or not, people can tell as well.',
});
registerEnumType(enums.NoticeKind, { name: 'NoticeKind' });
registerEnumType(enums.InformationGround, {
  name: 'InformationGround',
  description:
    'Why someone is not informed for now: CHILD_PROTECTION (CASF L226-2-1); IMPAIRS_THE_AIM, NOT_REACHABLE (GDPR art. 14(5)(b)); SECRECY (14(5)(d)).',
});
registerEnumType(enums.NoticeOpinion, {
  name: 'NoticeOpinion',
  description: 'What the data protection officer says of a privacy notice.',
});
registerEnumType(enums.NoticeChannel, { name: 'NoticeChannel' });
registerEnumType(enums.ReleaseGround, {
  name: 'ReleaseGround',
  description:
    'DANGER: a child or an adult is in danger. Calling 15, 17, 119 or the prosecutor never waits for a release.',
});
registerEnumType(enums.HandoverAnswer, {
  name: 'HandoverAnswer',
  description: 'What a worker who held the case before says to a release.',
});
registerEnumType(enums.KeepReason, {
  name: 'KeepReason',
  description: 'Why someone does not hand over: a category, and nothing of the notes.',
});
registerEnumType(enums.AuthorCall, {
  name: 'AuthorCall',
  description: 'What came of calling the author. NOBODY_TO_CALL: they have left.',
});
registerEnumType(enums.ReviewOpinion, { name: 'ReviewOpinion' });
registerEnumType(enums.ReferralStatus, { name: 'ReferralStatus' });
registerEnumType(enums.ReferralRefusal, {
  name: 'ReferralRefusal',
  description: 'Why someone is not taken on: a category, and never a judgement of them.',
});
registerEnumType(enums.PartnerKind, {
  name: 'PartnerKind',
  description: 'Who asks the service: a category, and never who.',
});
registerEnumType(enums.IncomingRequestStatus, { name: 'IncomingRequestStatus' });
registerEnumType(enums.NotificationKind, { name: 'NotificationKind' });
registerEnumType(enums.IndicatorStatus, { name: 'IndicatorStatus' });
registerEnumType(enums.IndicatorUnit, { name: 'IndicatorUnit', description: 'What is counted, each once.' });
registerEnumType(enums.IndicatorKind, {
  name: 'IndicatorKind',
  description:
    'At the end of the period; in it; at any time of it, each once; in it, by how long it took; whole per cent of two counts.',
});
registerEnumType(enums.IndicatorTerritory, {
  name: 'IndicatorTerritory',
  description: 'DISTRICT: each district is told, and the county. COUNTY: the county alone.',
});
registerEnumType(enums.IndicatorRefusal, {
  name: 'IndicatorRefusal',
  description: 'Why something is not counted.',
});
registerEnumType(enums.IndicatorDecisionKind, {
  name: 'IndicatorDecisionKind',
  description: 'What an adviser is for: refusing what is proposed, or retiring what is adopted.',
});
registerEnumType(enums.VoicePosition, {
  name: 'VoicePosition',
  description: 'What a member of a team says of an indicator. RESERVED: with reservations, on nobody’s side.',
});
export const {
  Role,
  ClientKind,
  Mission,
  CaseStatus,
  NoteStatus,
  SafeContact,
  CommunicationNeed,
  AppointmentStatus,
  AppointmentMode,
  AskedBy,
  CancellationReason,
  Urgency,
  RequestStatus,
  OfferStatus,
  OfferChannel,
  SkipReason,
  VisitKind,
  VisitOutcome,
  Withheld,
  ParticipantKind,
  AppointmentNoticeKind,
  AppointmentNoticeOutcome,
  DispatchStatus,
  InformationGround,
  NoticeKind,
  NoticeOpinion,
  NoticeChannel,
  ReleaseGround,
  HandoverAnswer,
  KeepReason,
  AuthorCall,
  ReviewOpinion,
  NotificationKind,
  ReferralStatus,
  ReferralRefusal,
  PartnerKind,
  IncomingRequestStatus,
  IndicatorStatus,
  IndicatorUnit,
  IndicatorKind,
  IndicatorTerritory,
  IndicatorRefusal,
  IndicatorDecisionKind,
  VoicePosition,
} = enums;

export const TeamPosition = Object.fromEntries(TEAM_POSITIONS.map((position) => [position, position]));
registerEnumType(TeamPosition, {
  name: 'TeamPosition',
  description:
    'What the voices of a district’s team come to. NO_OPINION: fewer than two of its members have spoken; silence is never a yes.',
});

export const StatisticsWithheld = {
  TOO_FEW: 'TOO_FEW',
  COUNTY_ALONE: 'COUNTY_ALONE',
  NOT_FROZEN: 'NOT_FROZEN',
} as const;
registerEnumType(StatisticsWithheld, {
  name: 'StatisticsWithheld',
  description:
    'Why a figure is not told. TOO_FEW: below 6, none included, or a rate of fewer than 30: to tell which would tell too much. COUNTY_ALONE: a need of health or violence, which no district tells. NOT_FROZEN: it was not counted then.',
});

export const ProgrammePeriod = { YEAR: 'YEAR', MONTH: 'MONTH', QUARTER_END: 'QUARTER_END' } as const;
registerEnumType(ProgrammePeriod, {
  name: 'ProgrammePeriod',
  description:
    'Of which periods a table is released. QUARTER_END: of March, June, September and December alone.',
});

export const ReferralAnswer = Object.fromEntries(REFERRAL_ANSWERS.map((answer) => [answer, answer]));
registerEnumType(ReferralAnswer, {
  name: 'ReferralAnswer',
  description: 'What whoever received a referral says.',
});

export const CaseSort = { OPENED_AT_DESC: 'OPENED_AT_DESC', OPENED_AT_ASC: 'OPENED_AT_ASC' } as const;
registerEnumType(CaseSort, { name: 'CaseSort' });

export const AbsencePurpose = Object.fromEntries(ABSENCE_PURPOSES.map((purpose) => [purpose, purpose]));
registerEnumType(AbsencePurpose, {
  name: 'AbsencePurpose',
  description: 'Why a head lists the cases of an absent worker.',
});

export const ReopeningReason = Object.fromEntries(REOPENING_REASONS.map((reason) => [reason, reason]));
registerEnumType(ReopeningReason, {
  name: 'ReopeningReason',
  description:
    'Why a case is reopened: it was closed by mistake, or they came back. It stands in the access log.',
});

export const CaseMoveOutcome = Object.fromEntries(CASE_MOVE_OUTCOMES.map((outcome) => [outcome, outcome]));
registerEnumType(CaseMoveOutcome, {
  name: 'CaseMoveOutcome',
  description:
    'READY: nothing stands against it. DONE: it was done. NOT_FOUND: no case that the head lists of that worker. ALREADY_PLANNED: it goes to someone at another time.',
});

export const AccessLogGround = Object.fromEntries(ACCESS_LOG_GROUNDS.map((ground) => [ground, ground]));
registerEnumType(AccessLogGround, {
  name: 'AccessLogGround',
  description:
    'Why the data protection officer reads the access log: the request of a person for what is known of them, a complaint, a control, a security incident.',
});

export const AccessLogAction = Object.fromEntries(SHOWN_ACTIONS.map((action) => [action, action]));
registerEnumType(AccessLogAction, {
  name: 'AccessLogAction',
  description:
    'What a line of the access log says. Whatever is done to notes, encounters and handovers is CONFIDENTIAL_PART; what the jobs send is SEND_NOTICE.',
});

export const CancelledBy = { PERSON: 'PERSON', SERVICE: 'SERVICE' } as const;
registerEnumType(CancelledBy, { name: 'CancelledBy' });

export const AddressGround = Object.fromEntries(ADDRESS_GROUNDS.map((ground) => [ground, ground]));
registerEnumType(AddressGround, {
  name: 'AddressGround',
  description: 'Why who is on duty reads a confidential address.',
});

export const AppointmentOutcome = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, outcome]));
registerEnumType(AppointmentOutcome, {
  name: 'AppointmentOutcome',
  description: 'How a booked appointment went; until someone says so, it stays BOOKED.',
});

export const Clearing = Object.fromEntries(CLEARINGS.map((clearing) => [clearing, clearing]));
registerEnumType(Clearing, {
  name: 'Clearing',
  description: 'What becomes of the appointments in time off.',
});

export const ViewerKind = {
  ANONYMOUS: 'ANONYMOUS',
  WORKER: 'WORKER',
  PERSON: 'PERSON',
  CLIENT: 'CLIENT',
} as const;
registerEnumType(ViewerKind, { name: 'ViewerKind' });

export const NoSlotReason = Object.fromEntries(NO_SLOT_REASONS.map((reason) => [reason, reason]));
registerEnumType(NoSlotReason, {
  name: 'NoSlotReason',
  description:
    'Why there is no slot: the first that holds. Everyone but colleagues learns NO_HOURS or ALL_TAKEN.',
});

export const NextFree = Object.fromEntries(NEXT_FREE.map((soon) => [soon, soon]));
registerEnumType(NextFree, {
  name: 'NextFree',
  description: 'How soon the first free time is: within 7 days, 30, 92, or not at all.',
});

export const AppointmentWarning = Object.fromEntries(
  APPOINTMENT_WARNINGS.map((warning) => [warning, warning]),
);
registerEnumType(AppointmentWarning, {
  name: 'AppointmentWarning',
  description:
    'Someone who takes part is away then; the hours in which it was booked were closed since; whoever went out on a home visit is not back when they said.',
});

export const ErrorCode = Object.fromEntries(ERROR_CODES.map((code) => [code, code]));
registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'The closed union of `extensions.code` in errors.',
});

export const VisitStatus = Object.fromEntries(VISIT_STATUSES.map((status) => [status, status]));
registerEnumType(VisitStatus, { name: 'VisitStatus', description: 'Where someone who came is.' });
