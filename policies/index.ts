import type { GraphQLSchema } from 'graphql';
import { ActsTakenBack, ChangeOfDay } from './act/act.js';
import { AppointmentType } from './agenda/appointment-type.js';
import { Availability } from './agenda/availability.js';
import { OnlineType } from './agenda/online-type.js';
import { OutsideCalendar } from './agenda/outside-calendar.js';
import { FreeSlot, Slot, SlotSearch } from './agenda/slot.js';
import { TeamOption, WalkInHour } from './agenda/team-option.js';
import { Unavailability } from './agenda/unavailability.js';
import { Appointment } from './appointment/appointment.js';
import { AppointmentNotice } from './appointment/appointment-notice.js';
import { AppointmentParticipant } from './appointment/appointment-participant.js';
import { CollectiveAppointment, TakenPlace } from './appointment/collective-appointment.js';
import { HomeVisitNotBack } from './appointment/home-visit-not-back.js';
import { LinkedAppointment } from './appointment/linked-appointment.js';
import { CancelledBookings, OnlineBooking } from './appointment/online-booking.js';
import { CalendarFeed } from './calendar-feed/calendar-feed.js';
import { Absence } from './case/absence.js';
import { Case, LooseEnds } from './case/case.js';
import { Need } from './case/need.js';
import { NeedCode } from './case/need-code.js';
import { CaseMove, PlannedReassignment } from './case/planned-reassignment.js';
import { Relay } from './case/relay.js';
import { census } from './census.js';
import { AccessLogEntry } from './data-protection/access-log.js';
import { NoticeReceipt } from './data-protection/notice-receipt.js';
import { PolicyMatrix, PolicyRule, PolicyStandpoint, PolicyType } from './data-protection/policy-matrix.js';
import { PrivacyNotice, PrivacyNoticeDraft } from './data-protection/privacy-notice.js';
import { Client } from './directory/client.js';
import { Commune } from './directory/commune.js';
import { District } from './directory/district.js';
import { Membership } from './directory/membership.js';
import { OpeningHours } from './directory/opening-hours.js';
import { Suspension } from './directory/suspension.js';
import { Worker } from './directory/worker.js';
import { INPUTS } from './generated/inputs.js';
import { Handover } from './interview-note/handover.js';
import { HandoverTask } from './interview-note/handover-task.js';
import { InterviewNote } from './interview-note/interview-note.js';
import { Notification } from './notification/notification.js';
import { LISTS, PageInfo } from './operation/connection.js';
import { Subscription } from './operation/subscription.js';
import { Viewer } from './operation/viewer.js';
import { ViewerRoleIn } from './operation/viewer-role-in.js';
import { IncomingRequest, RecordedIncomingRequest } from './orientation/incoming-request.js';
import { Organisation } from './orientation/organisation.js';
import { PersonToInform } from './orientation/person-to-inform.js';
import { Referral, ReferralMention } from './orientation/referral.js';
import { Sector } from './orientation/sector.js';
import { ContactProposal } from './person/contact-proposal.js';
import { ContactWord } from './person/contact-word.js';
import { Language } from './person/language.js';
import { Person } from './person/person.js';
import { PersonAddress } from './person/person-address.js';
import { PersonMatch } from './person/person-match.js';
import { Encounter, GivenUpEncounter } from './reception/encounter.js';
import { Message, SentMessage } from './reception/message.js';
import { Sentence } from './reception/one-sentence.js';
import { PersonTime, TimesSentAgain } from './reception/person-time.js';
import { TimeCalledOff } from './reception/time-called-off.js';
import { Visit } from './reception/visit.js';
import { VisitChange } from './reception/visit-change.js';
import { DangerStatement } from './release/danger-statement.js';
import { Release } from './release/release.js';
import { ReleaseAnswer } from './release/release-answer.js';
import { ReleaseReview } from './release/release-review.js';
import { Mutation, Query } from './roots.js';
import { compilePolicies, type Policies } from './rules/compile.js';
import type { TypePolicy } from './rules/policy.js';
import {
  ActivityReport,
  ReportDimension,
  ReportFigure,
  ReportFunnelDot,
  ReportLine,
  ReportMonth,
  ReportSection,
  ReportSignature,
  ReportText,
  ReportWait,
} from './statistics/activity-report.js';
import { Erratum } from './statistics/erratum.js';
import {
  EarlierVoice,
  Indicator,
  IndicatorDecision,
  IndicatorDimension,
  IndicatorOpinion,
  IndicatorTable,
  IndicatorVoice,
  StatisticsMethod,
} from './statistics/indicator.js';
import {
  IndicatorObservation,
  Snapshot,
  StatisticsCategory,
  StatisticsCell,
  StatisticsCellCategory,
  StatisticsCoverage,
  StatisticsDimension,
  StatisticsFigure,
  StatisticsMedian,
  StatisticsTable,
} from './statistics/statistics.js';
import { WaitForecast, WaitSimulation } from './statistics/wait-simulation.js';
import { ThirdNextAvailable } from './statistics/waiting-time.js';
import { TeamWords } from './statistics/words.js';
import { AppointmentRequest } from './waiting-list/appointment-request.js';
import { OfferSkip } from './waiting-list/offer-skip.js';
import { SlotOffer } from './waiting-list/slot-offer.js';

/** The policy of each type, under the type's name, in the order in which people read the types. */
export const TYPES: Readonly<Record<string, TypePolicy>> = {
  Person,
  Language,
  ContactProposal,
  ContactWord,
  PersonAddress,
  PersonMatch,
  NoticeReceipt,
  Case,
  LooseEnds,
  Need,
  InterviewNote,
  Handover,
  HandoverTask,
  PlannedReassignment,
  CaseMove,
  Referral,
  ReferralMention,
  IncomingRequest,
  RecordedIncomingRequest,
  Release,
  ReleaseAnswer,
  DangerStatement,
  ReleaseReview,
  Appointment,
  CollectiveAppointment,
  TakenPlace,
  AppointmentParticipant,
  AppointmentNotice,
  Visit,
  HomeVisitNotBack,
  PersonTime,
  TimesSentAgain,
  TimeCalledOff,
  ThirdNextAvailable,
  WaitSimulation,
  WaitForecast,
  Indicator,
  IndicatorDimension,
  IndicatorTable,
  IndicatorDecision,
  Erratum,
  IndicatorOpinion,
  IndicatorVoice,
  EarlierVoice,
  IndicatorObservation,
  TeamWords,
  ActivityReport,
  ReportSignature,
  ReportText,
  ReportSection,
  ReportWait,
  ReportFigure,
  ReportFunnelDot,
  ReportLine,
  ReportMonth,
  ReportDimension,
  StatisticsMethod,
  Snapshot,
  StatisticsTable,
  StatisticsCoverage,
  StatisticsDimension,
  StatisticsCategory,
  StatisticsCellCategory,
  StatisticsCell,
  StatisticsFigure,
  StatisticsMedian,
  VisitChange,
  Message,
  Sentence,
  SentMessage,
  Encounter,
  GivenUpEncounter,
  AppointmentRequest,
  SlotOffer,
  OfferSkip,
  CalendarFeed,
  OnlineBooking,
  CancelledBookings,
  LinkedAppointment,
  Availability,
  OutsideCalendar,
  Unavailability,
  OnlineType,
  TeamOption,
  WalkInHour,
  SlotSearch,
  FreeSlot,
  Slot,
  Absence,
  Relay,
  Notification,
  ChangeOfDay,
  ActsTakenBack,
  AccessLogEntry,
  District,
  OpeningHours,
  Commune,
  Sector,
  Organisation,
  Worker,
  Membership,
  Suspension,
  Client,
  AppointmentType,
  NeedCode,
  PrivacyNotice,
  PersonToInform,
  PrivacyNoticeDraft,
  Viewer,
  ViewerRoleIn,
  Subscription,
  Query,
  Mutation,
  ...LISTS,
  PageInfo,
  PolicyMatrix,
  PolicyStandpoint,
  PolicyType,
  PolicyRule,
};

const rulesOf = ({ fields }: TypePolicy) =>
  Object.fromEntries(Object.entries(fields).map(([field, { to }]) => [field, to]));

/** The rules alone, without the words: these are compiled into the schema. */
export const POLICIES: Policies = Object.fromEntries(
  Object.entries(TYPES).map(([name, policy]) => [name, rulesOf(policy)]),
);

/**
 * Puts the policies in front of every field.
 * @throws Error that lists every fault of the census: the process must not start
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const faults = census(schema, POLICIES, INPUTS);
  if (faults.length > 0) throw new Error(`The policies do not fit the schema:\n  ${faults.join('\n  ')}`);
  return compilePolicies(schema, POLICIES);
}
