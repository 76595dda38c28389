import type { GraphQLSchema } from 'graphql';
import * as absence from './absence.js';
import * as accessLog from './access-log.js';
import * as activityReport from './activity-report.js';
import * as appointment from './appointment.js';
import * as appointmentNotice from './appointment-notice.js';
import * as appointmentParticipant from './appointment-participant.js';
import * as appointmentRequest from './appointment-request.js';
import * as appointmentType from './appointment-type.js';
import * as availability from './availability.js';
import * as calendarFeed from './calendar-feed.js';
import * as case_ from './case.js';
import { census } from './census.js';
import * as client from './client.js';
import * as collective from './collective-appointment.js';
import * as commune from './commune.js';
import { compilePolicies, type Policies } from './compile.js';
import * as connection from './connection.js';
import * as contactProposal from './contact-proposal.js';
import * as dangerStatement from './danger-statement.js';
import * as district from './district.js';
import * as encounter from './encounter.js';
import * as erratum from './erratum.js';
import * as handover from './handover.js';
import * as handoverTask from './handover-task.js';
import * as homeVisitNotBack from './home-visit-not-back.js';
import * as incomingRequest from './incoming-request.js';
import * as indicator from './indicator.js';
import { INPUTS } from './inputs.js';
import * as interviewNote from './interview-note.js';
import * as language from './language.js';
import * as membership from './membership.js';
import * as message from './message.js';
import * as mutation from './mutation.js';
import * as need from './need.js';
import * as needCode from './need-code.js';
import * as noticeReceipt from './notice-receipt.js';
import * as notification from './notification.js';
import * as offerSkip from './offer-skip.js';
import * as oneSentence from './one-sentence.js';
import * as onlineBooking from './online-booking.js';
import * as onlineType from './online-type.js';
import * as openingHours from './opening-hours.js';
import * as organisation from './organisation.js';
import * as outsideCalendar from './outside-calendar.js';
import * as person from './person.js';
import * as personAddress from './person-address.js';
import * as personMatch from './person-match.js';
import * as personTime from './person-time.js';
import * as personToInform from './person-to-inform.js';
import * as plannedReassignment from './planned-reassignment.js';
import * as policyMatrix from './policy-matrix.js';
import * as privacyNotice from './privacy-notice.js';
import * as query from './query.js';
import * as referral from './referral.js';
import * as relay from './relay.js';
import * as release from './release.js';
import * as releaseAnswer from './release-answer.js';
import * as releaseReview from './release-review.js';
import * as sector from './sector.js';
import * as slot from './slot.js';
import * as slotOffer from './slot-offer.js';
import * as statistics from './statistics.js';
import * as subscription from './subscription.js';
import * as unavailability from './unavailability.js';
import * as viewer from './viewer.js';
import * as viewerRoleIn from './viewer-role-in.js';
import * as visit from './visit.js';
import * as visitChange from './visit-change.js';
import * as waitingTime from './waiting-time.js';
import * as worker from './worker.js';

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
