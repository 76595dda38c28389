import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, getMetadataStorage, type PubSub } from 'type-graphql';
import { ActResolver } from './act/act.resolver.js';
import { AvailabilityResolver } from './agenda/availability.resolver.js';
import { OnlineTypeResolver } from './agenda/online-type.resolver.js';
import { OutsideCalendarResolver } from './agenda/outside-calendar.resolver.js';
import { SlotResolver, SlotSearchResolver } from './agenda/slot.resolver.js';
import { TeamOptionResolver } from './agenda/team-option.resolver.js';
import { UnavailabilityResolver } from './agenda/unavailability.resolver.js';
import {
  AvailabilityAppointmentsResolver,
  OutsideCalendarAppointmentsResolver,
  UnavailabilityAppointmentsResolver,
} from './appointment/agenda-appointments.resolver.js';
import { AppointmentResolver } from './appointment/appointment.resolver.js';
import { AppointmentLifeResolver } from './appointment/appointment-life.resolver.js';
import { AppointmentNoticeResolver } from './appointment/appointment-notice.resolver.js';
import { CaseAppointmentsResolver } from './appointment/appointments-of-case.resolver.js';
import { ClearingResolver } from './appointment/clearing.resolver.js';
import { ClosingResolver, LooseEndsResolver } from './appointment/closing.resolver.js';
import {
  CollectiveAppointmentResolver,
  TakenPlaceResolver,
} from './appointment/collective-appointment.resolver.js';
import { DayListResolver } from './appointment/day-list.resolver.js';
import { HomeVisitResolver } from './appointment/home-visit.resolver.js';
import { LinkedAppointmentResolver } from './appointment/linked-appointment.resolver.js';
import { OnlineBookingResolver } from './appointment/online-booking.resolver.js';
import { CalendarFeedResolver } from './calendar-feed/calendar-feed.resolver.js';
import { AbsenceResolver } from './case/absence.resolver.js';
import { CaseResolver } from './case/case.resolver.js';
import { NotificationCaseResolver } from './case/case-of-notification.resolver.js';
import { NeedResolver } from './case/need.resolver.js';
import {
  CaseMoveResolver,
  CaseReassignmentResolver,
  PlannedReassignmentResolver,
} from './case/reassignment.resolver.js';
import { RelayResolver } from './case/relay.resolver.js';
import { describeWhatIsCommon } from './common-descriptions.js';
import { AccessLogResolver } from './data-protection/access-log.resolver.js';
import { NO_MATRIX, PolicyMatrixResolver } from './data-protection/policy-matrix.resolver.js';
import type { PolicyMatrix } from './data-protection/policy-matrix.type.js';
import { PrivacyNoticeResolver } from './data-protection/privacy-notice.resolver.js';
import { callMethodsDirectly } from './direct-resolvers.js';
import {
  ClientResolver,
  DistrictResolver,
  MembershipResolver,
  SuspensionResolver,
  ViewerResolver,
  ViewerRoleInResolver,
  WorkerResolver,
} from './directory/directory.resolver.js';
import { ErrorCodeResolver } from './errors/error-code.resolver.js';
import {
  HandoverResolver,
  HandoverTaskResolver,
  InterviewNoteResolver,
} from './interview-note/interview-note.resolver.js';
import { CaseNotesResolver } from './interview-note/notes-of-case.resolver.js';
import { NotificationResolver } from './notification/notification.resolver.js';
import { IncomingRequestResolver } from './orientation/incoming-request.resolver.js';
import { OrganisationResolver } from './orientation/organisation.resolver.js';
import { PersonToInformResolver } from './orientation/person-to-inform.resolver.js';
import { ReferralMentionResolver, ReferralResolver } from './orientation/referral.resolver.js';
import {
  CaseReferralsResolver,
  PersonReferralsResolver,
} from './orientation/referrals-elsewhere.resolver.js';
import { SectorResolver } from './orientation/sector.resolver.js';
import { ContactProposalResolver } from './person/contact-proposal.resolver.js';
import { ContactWordResolver } from './person/contact-word.resolver.js';
import {
  LanguageResolver,
  NoticeReceiptResolver,
  PersonMatchResolver,
  PersonResolver,
} from './person/person.resolver.js';
import { CasePersonsResolver, NeedPersonResolver } from './person/persons-of-case.resolver.js';
import { EncounterResolver } from './reception/encounter.resolver.js';
import { MessageResolver } from './reception/message.resolver.js';
import { PersonTimeResolver } from './reception/person-time.resolver.js';
import { SentenceResolver } from './reception/sentence.resolver.js';
import { TelephoneResolver } from './reception/telephone.resolver.js';
import { VisitResolver } from './reception/visit.resolver.js';
import { VisitChangeResolver } from './reception/visit-change.resolver.js';
import {
  DangerStatementResolver,
  ReleaseAnswerResolver,
  ReleaseResolver,
  ReleaseReviewResolver,
} from './release/release.resolver.js';
import { NoticeTextResolver, OfferTextResolver } from './sending/told-texts.resolver.js';
import {
  ActivityReportResolver,
  ReportFigureResolver,
  ReportTextResolver,
} from './statistics/activity-report.resolver.js';
import { ErratumResolver } from './statistics/erratum.resolver.js';
import { IndicatorResolver } from './statistics/indicator.resolver.js';
import { IndicatorOpinionResolver, IndicatorVoiceResolver } from './statistics/indicator-opinion.resolver.js';
import { ObservationResolver } from './statistics/observation.resolver.js';
import { StatisticsCellResolver, StatisticsResolver } from './statistics/statistics.resolver.js';
import { WaitSimulationResolver } from './statistics/wait-simulation.resolver.js';
import { WaitingTimeResolver } from './statistics/waiting-time.resolver.js';
import { TeamWordsResolver } from './statistics/words.resolver.js';
import { AppointmentRequestResolver } from './waiting-list/appointment-request.resolver.js';
import { SlotOfferResolver } from './waiting-list/slot-offer.resolver.js';

/** An instance of a resolver class, in the form that type-graphql asks for. */
type Made = Record<string, unknown>;

const unused = (): never => {
  throw new Error('subscriptions follow what their services tell them');
};
/** A stand-in for the `PubSub` that type-graphql requires of a schema with subscriptions. Our subscriptions open their source themselves. */
const UNUSED: PubSub = { publish: unused, subscribe: unused };

/**
 * Builds the schema from the resolvers of all folders. No field is guarded yet: `app.ts` puts the policies in front.
 * @param matrix who sees what: `app.ts` takes it from the policies
 */
export async function buildCosmosSchema(matrix: PolicyMatrix = NO_MATRIX): Promise<GraphQLSchema> {
  // A field without a resolver is read from its row. type-graphql would make closures for that, each time.
  for (const field of getMetadataStorage().fields) field.simple ??= true;
  const instanceOf = (resolver: new () => Made): Made =>
    Object.is(resolver, PolicyMatrixResolver) ? { policyMatrix: () => matrix } : new resolver();
  const schema = await buildSchema({
    container: { get: instanceOf },
    resolvers: [
      AbsenceResolver,
      AccessLogResolver,
      ActivityReportResolver,
      ReportTextResolver,
      AppointmentLifeResolver,
      AppointmentNoticeResolver,
      AppointmentRequestResolver,
      AppointmentResolver,
      AvailabilityAppointmentsResolver,
      ActResolver,
      AvailabilityResolver,
      CalendarFeedResolver,
      CaseMoveResolver,
      CaseReassignmentResolver,
      CaseAppointmentsResolver,
      CaseNotesResolver,
      CasePersonsResolver,
      CaseReferralsResolver,
      CaseResolver,
      ClearingResolver,
      ClosingResolver,
      LooseEndsResolver,
      ClientResolver,
      DayListResolver,
      HomeVisitResolver,
      CollectiveAppointmentResolver,
      DistrictResolver,
      EncounterResolver,
      ErrorCodeResolver,
      HandoverResolver,
      HandoverTaskResolver,
      IncomingRequestResolver,
      IndicatorOpinionResolver,
      IndicatorResolver,
      IndicatorVoiceResolver,
      InterviewNoteResolver,
      MembershipResolver,
      SuspensionResolver,
      MessageResolver,
      NeedPersonResolver,
      NeedResolver,
      LanguageResolver,
      NoticeReceiptResolver,
      PersonToInformResolver,
      NotificationCaseResolver,
      NoticeTextResolver,
      NotificationResolver,
      ObservationResolver,
      OfferTextResolver,
      LinkedAppointmentResolver,
      OnlineBookingResolver,
      OutsideCalendarAppointmentsResolver,
      OutsideCalendarResolver,
      OrganisationResolver,
      PersonMatchResolver,
      ContactProposalResolver,
      ContactWordResolver,
      PersonReferralsResolver,
      PersonResolver,
      PlannedReassignmentResolver,
      PolicyMatrixResolver,
      PrivacyNoticeResolver,
      ReferralMentionResolver,
      ReferralResolver,
      RelayResolver,
      DangerStatementResolver,
      ReleaseAnswerResolver,
      ReleaseResolver,
      ReleaseReviewResolver,
      ReportFigureResolver,
      SectorResolver,
      SlotOfferResolver,
      OnlineTypeResolver,
      TeamOptionResolver,
      SlotResolver,
      SlotSearchResolver,
      ErratumResolver,
      TeamWordsResolver,
      StatisticsCellResolver,
      StatisticsResolver,
      TakenPlaceResolver,
      UnavailabilityAppointmentsResolver,
      UnavailabilityResolver,
      ViewerResolver,
      ViewerRoleInResolver,
      VisitChangeResolver,
      PersonTimeResolver,
      TelephoneResolver,
      SentenceResolver,
      VisitResolver,
      WaitingTimeResolver,
      WaitSimulationResolver,
      WorkerResolver,
    ],
    pubSub: UNUSED,
    // Services check the inputs and name the wrong field. Only the policies decide on rights.
    validate: false,
  });
  describeWhatIsCommon(schema);
  callMethodsDirectly(schema, instanceOf);
  return schema;
}
