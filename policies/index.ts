import type { GraphQLSchema } from 'graphql';
import * as appointmentType from './agenda/appointment-type.js';
import * as availability from './agenda/availability.js';
import * as onlineType from './agenda/online-type.js';
import * as outsideCalendar from './agenda/outside-calendar.js';
import * as slot from './agenda/slot.js';
import * as unavailability from './agenda/unavailability.js';
import * as appointment from './appointment/appointment.js';
import * as appointmentNotice from './appointment/appointment-notice.js';
import * as appointmentParticipant from './appointment/appointment-participant.js';
import * as collective from './appointment/collective-appointment.js';
import * as homeVisitNotBack from './appointment/home-visit-not-back.js';
import * as onlineBooking from './appointment/online-booking.js';
import * as calendarFeed from './calendar-feed/calendar-feed.js';
import * as absence from './case/absence.js';
import * as case_ from './case/case.js';
import * as need from './case/need.js';
import * as needCode from './case/need-code.js';
import * as plannedReassignment from './case/planned-reassignment.js';
import * as relay from './case/relay.js';
import { census } from './census.js';
import * as accessLog from './data-protection/access-log.js';
import * as noticeReceipt from './data-protection/notice-receipt.js';
import * as policyMatrix from './data-protection/policy-matrix.js';
import * as privacyNotice from './data-protection/privacy-notice.js';
import * as client from './directory/client.js';
import * as commune from './directory/commune.js';
import * as district from './directory/district.js';
import * as membership from './directory/membership.js';
import * as openingHours from './directory/opening-hours.js';
import * as worker from './directory/worker.js';
import { INPUTS } from './inputs.js';
import * as handover from './interview-note/handover.js';
import * as handoverTask from './interview-note/handover-task.js';
import * as interviewNote from './interview-note/interview-note.js';
import * as notification from './notification/notification.js';
import * as connection from './operation/connection.js';
import * as mutation from './operation/mutation.js';
import * as query from './operation/query.js';
import * as subscription from './operation/subscription.js';
import * as viewer from './operation/viewer.js';
import * as viewerRoleIn from './operation/viewer-role-in.js';
import * as incomingRequest from './orientation/incoming-request.js';
import * as organisation from './orientation/organisation.js';
import * as personToInform from './orientation/person-to-inform.js';
import * as referral from './orientation/referral.js';
import * as sector from './orientation/sector.js';
import * as contactProposal from './person/contact-proposal.js';
import * as language from './person/language.js';
import * as person from './person/person.js';
import * as personAddress from './person/person-address.js';
import * as personMatch from './person/person-match.js';
import * as encounter from './reception/encounter.js';
import * as message from './reception/message.js';
import * as oneSentence from './reception/one-sentence.js';
import * as personTime from './reception/person-time.js';
import * as visit from './reception/visit.js';
import * as visitChange from './reception/visit-change.js';
import * as dangerStatement from './release/danger-statement.js';
import * as release from './release/release.js';
import * as releaseAnswer from './release/release-answer.js';
import * as releaseReview from './release/release-review.js';
import { compilePolicies, type Policies } from './rules/compile.js';
import * as activityReport from './statistics/activity-report.js';
import * as erratum from './statistics/erratum.js';
import * as indicator from './statistics/indicator.js';
import * as statistics from './statistics/statistics.js';
import * as waitingTime from './statistics/waiting-time.js';
import * as appointmentRequest from './waiting-list/appointment-request.js';
import * as offerSkip from './waiting-list/offer-skip.js';
import * as slotOffer from './waiting-list/slot-offer.js';

/** Every type's policy, under the type's name. */
export const POLICIES: Policies = {
  ...accessLog,
  ...activityReport,
  ...case_,
  ...connection,
  ...contactProposal,
  ...erratum,
  ...handover,
  ...handoverTask,
  ...interviewNote,
  ...language,
  ...mutation,
  ...plannedReassignment,
  ...absence,
  ...appointment,
  ...appointmentNotice,
  ...appointmentParticipant,
  ...appointmentRequest,
  ...appointmentType,
  ...availability,
  ...calendarFeed,
  ...client,
  ...collective,
  ...commune,
  ...dangerStatement,
  ...district,
  ...encounter,
  ...homeVisitNotBack,
  ...incomingRequest,
  ...indicator,
  ...membership,
  ...message,
  ...need,
  ...needCode,
  ...noticeReceipt,
  ...notification,
  ...offerSkip,
  ...onlineBooking,
  ...onlineType,
  ...openingHours,
  ...organisation,
  ...person,
  ...personAddress,
  ...personMatch,
  ...oneSentence,
  ...personTime,
  ...policyMatrix,
  ...personToInform,
  ...privacyNotice,
  ...referral,
  ...relay,
  ...release,
  ...releaseAnswer,
  ...releaseReview,
  ...sector,
  ...slot,
  ...slotOffer,
  ...statistics,
  ...outsideCalendar,
  ...unavailability,
  ...viewer,
  ...viewerRoleIn,
  ...visit,
  ...waitingTime,
  ...visitChange,
  ...worker,
  ...query,
  ...subscription,
};

/**
 * Puts the policies in front of every field.
 * @throws Error listing every fault of the census: the process must not start
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const faults = census(schema, POLICIES, INPUTS);
  if (faults.length > 0) throw new Error(`The policies do not fit the schema:\n  ${faults.join('\n  ')}`);
  return compilePolicies(schema, POLICIES);
}
