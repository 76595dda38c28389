import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/**
 * A mutation that is refused is undone, and the time of what it did is told. So what a write sets going is deferred to COMMIT, unless
 * who writes reads what it goes through, or its work is the same whatever there is. A new trigger is judged here.
 */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

const ITS_OWN_ROW = 'its own row, or one beside it';
const ITS_READER = 'who writes reads what it goes through';
const OWN_ACTS = 'the acts that who writes has done within the hour';
const VERSION = 'who else has written to the row stands in its version, which who writes has read';
const FREE_TIME = 'when someone is free is everyone’s to know in the district';

const AT_ONCE: Readonly<Record<string, string>> = {
  'absence.absence_changed': FREE_TIME,
  'absence.absence_declared': FREE_TIME,
  'absence.absence_ended': FREE_TIME,
  'absence.notify_absence_changed': ITS_OWN_ROW,
  'absence.notify_absence_declared': ITS_OWN_ROW,
  // The relays of the district, which its head knows.
  'absence.relays_end_with_absence': ITS_READER,
  'access_log.cases_listed': ITS_OWN_ROW,
  'access_log.past_times_told': ITS_OWN_ROW,
  // A line to the worker whose log was read, and one to each second person.
  'access_log.log_reading_is_told': ITS_OWN_ROW,
  // The few who signed a text, whom everyone who reads drafts knows by name.
  'activity_report_signature.tell_of_replacement': ITS_READER,
  'activity_report_text.tell_of_text': ITS_READER,
  'appointment.act_is_settled': VERSION,
  'appointment.act_on_appointment': OWN_ACTS,
  'appointment.appointment_changed': ITS_READER,
  'appointment.nothing_left_to_say': ITS_READER,
  'appointment.place_is_withheld': ITS_OWN_ROW,
  'appointment_person.appointment_persons_changed': ITS_READER,
  // A request that stands for another one costs one row more, which no list reads.
  'appointment_request.request_closes_what_stands_for_it': ITS_READER,
  'appointment_request.request_is_veiled': ITS_READER,
  'appointment_request.request_tells_whom_it_stands_for': ITS_OWN_ROW,
  // Only the owner of the tables changes a nomenclature.
  'appointment_type.nomenclature_changed': ITS_OWN_ROW,
  'need_code.nomenclature_changed': ITS_OWN_ROW,
  // One line to who follows the person.
  'appointment_person.contact_opened': ITS_OWN_ROW,
  'appointment_person.nothing_left_to_say': ITS_OWN_ROW,
  'appointment_person.place_is_withheld': ITS_OWN_ROW,
  'appointment_person.place_taken': ITS_OWN_ROW,
  'appointment_request.act_is_settled': VERSION,
  'appointment_request.act_on_request': OWN_ACTS,
  'appointment_request.request_closed': ITS_READER,
  'appointment_request.request_makes_known': ITS_OWN_ROW,
  'appointment_request.request_wakes': ITS_OWN_ROW,
  'appointment_request.short_notice_ends': ITS_READER,
  'appointment_request.urgency_rises': ITS_READER,
  'appointment_notice.act_of_telling': OWN_ACTS,
  'appointment_person.act_on_place': OWN_ACTS,
  'notice_receipt.act_of_giving_notice': OWN_ACTS,
  'person.act_of_registering': OWN_ACTS,
  'slot_offer.act_of_offering': OWN_ACTS,
  'appointment_worker.act_of_passing_on': OWN_ACTS,
  'appointment_worker.act_on_colleague': OWN_ACTS,
  'appointment_worker.appointment_workers_changed': ITS_READER,
  // It runs after the policies, of a row that the viewer writes.
  'appointment_worker.worker_opens_hours': ITS_OWN_ROW,
  // The case, and whom it is about, which the head reads to allocate it.
  'assignment.assignment_changed': ITS_READER,
  'availability.act_is_settled': VERSION,
  'availability.act_on_hours': OWN_ACTS,
  'availability_occurrence.occurrences_closed': FREE_TIME,
  'availability_occurrence.occurrences_opened': FREE_TIME,
  'availability_occurrence.occurrences_opened_wake': ITS_OWN_ROW,
  'case.case_reopened': ITS_OWN_ROW,
  // What was sent to who opens the case, which they have accepted.
  'case_person.case_opened_of_referral': ITS_READER,
  // That it was planned, a line, which who may reassign or close the case reads.
  'case.case_calls_off_its_reassignment': ITS_READER,
  'case_person.case_persons_changed': ITS_READER,
  'dispatch.dispatch_shows': ITS_OWN_ROW,
  'encounter.encounter_goes_to_its_reader': ITS_OWN_ROW,
  'encounter.encounter_makes_known': ITS_OWN_ROW,
  'ended_for_desk.act_where_it_ended': OWN_ACTS,
  // The team of a district, which everyone who works here knows by name, and who signed a report.
  'erratum.tell_of_erratum': ITS_READER,
  // The notes of this handover, which who accepts it reads.
  'handover.handover_accepted': ITS_READER,
  'handover.notify_handover_offered': ITS_OWN_ROW,
  // Their own notes.
  'handover_task.handover_task_answered': ITS_READER,
  'incoming_request.incoming_request_makes_known': ITS_OWN_ROW,
  'incoming_request.notify_incoming_request': ITS_OWN_ROW,
  'incoming_request.notify_incoming_request_allocated': ITS_OWN_ROW,
  'indicator.forget_author': ITS_OWN_ROW,
  'indicator.keep_author': ITS_OWN_ROW,
  'indicator_observation.forget_author': ITS_OWN_ROW,
  'indicator_observation.keep_author': ITS_OWN_ROW,
  'membership.departed_account_is_suspended': ITS_READER,
  'membership.memberships_begun': 'no mutation begins a post',
  // This writes to the heads of the worker's districts and to the officers. Everyone who works here knows their names.
  'membership.notify_departure_confirmed': ITS_READER,
  'membership.notify_departure_contradicted': ITS_READER,
  'membership.notify_membership_ended': ITS_OWN_ROW,
  'message.message_makes_known': ITS_OWN_ROW,
  'occupancy.occupancy_freed': FREE_TIME,
  'occupancy.occupancy_freed_wakes': ITS_OWN_ROW,
  'occupancy.occupancy_taken': FREE_TIME,
  'person.act_is_settled': VERSION,
  'person.act_on_person': OWN_ACTS,
  'person_address.act_is_settled': VERSION,
  'person_address.act_on_address': OWN_ACTS,
  // This is the open address of a person whose confidential one the viewer writes.
  'person_address.hidden_address_is_not_open': ITS_READER,
  'person_known.person_known_opened': ITS_OWN_ROW,
  'person_known.person_known_reopened': ITS_OWN_ROW,
  'planned_reassignment.notify_reassignment_called_off': ITS_OWN_ROW,
  'planned_reassignment.notify_reassignment_planned': ITS_OWN_ROW,
  'referral.notify_referral': ITS_OWN_ROW,
  'referral.referral_changed': ITS_READER,
  'referral_person.referral_person_added': ITS_READER,
  'relay.notify_relay_confirmed': ITS_OWN_ROW,
  'relay.notify_relay_opened': ITS_OWN_ROW,
  'release.notify_release_refused': ITS_OWN_ROW,
  // Who held the case stands in the answer.
  'release.release_asks_who_held': ITS_READER,
  // Their own notes.
  'release_answer.release_answered': ITS_READER,
  'slot_offer.offer_ended': ITS_OWN_ROW,
  'slot_offer.offer_wakes': ITS_OWN_ROW,
  // This writes to those who watch. Everyone who works here knows their names.
  'suspension.suspension_ended': ITS_READER,
  'team_option.option_is_decided': 'only the job decides',
  // One line to each member of the team. Every colleague knows the members by name.
  'team_option.option_is_proposed': ITS_READER,
  'unavailability.act_is_settled': VERSION,
  'unavailability.act_on_time_off': OWN_ACTS,
  'unavailability.unavailability_declared': FREE_TIME,
  'unavailability.unavailability_ended': FREE_TIME,
  'unavailability.unavailability_gone': FREE_TIME,
  'unavailability.unavailability_gone_wakes': ITS_OWN_ROW,
  'unavailability.unavailability_withdraws_offers': ITS_READER,
  'visit.act_on_visit': OWN_ACTS,
  'visit.visit_is_told': ITS_OWN_ROW,
  'visit.visit_makes_known': ITS_OWN_ROW,
  'wait_simulation.simulation_wakes': ITS_OWN_ROW,
};

/** `table.trigger` of what runs after a write, deferred or not. */
async function after(deferred: boolean): Promise<string[]> {
  const rows = await database.sql<{ name: string }>(
    // Bit 1 is before, bit 6 instead of (PostgreSQL, pg_trigger.h).
    `select c.relname || '.' || t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and t.tgtype & 66 = 0 and t.tginitdeferred = $1`,
    [deferred],
  );
  return rows.map(({ name }) => name).sort();
}

test('what is set going at once is judged, one by one', async () => {
  expect(await after(false)).toEqual(Object.keys(AT_ONCE).sort());
});

test('the rest waits for the commit, and is nothing where it does not come', async () => {
  expect(await after(true)).toEqual([
    'absence.absence_contradicted',
    'absence.absence_withdraws_offers',
    'absence.stand_ins_changed',
    'act.act_is_told',
    'appointment.called_off_no_more',
    'assignment.assignment_reaches_its_case',
    'assignment.assignment_tells',
    'case.case_changes_addresses',
    'case.case_changes_referrals',
    'case.case_has_someone',
    'case.case_takes_its_encounters',
    'case_person.case_takes_its_deferral',
    'case_person.notify_followed_by_another',
    'incoming_request.request_gives_its_deferral',
    'indicator.two_advisers_decide',
    'membership.departure_contradicted',
    'membership.memberships_ended',
    'occupancy.asked_time_taken',
    'person.contact_ends_links',
    'person.contact_ends_waiting_words',
    'person.contact_wakes',
    'person.notify_communication_changed',
    'person.notify_contact_changed',
    'person.notify_identity_changed',
    'person_address.notify_open_address',
    'relay.stand_ins_changed',
    'release.notify_release_requested',
    'release.release_approved',
    'release.release_closed',
    'release_review.danger_not_justified',
    'visit.visit_tells_who_is_there',
    'worker.accounts_closed',
  ]);
});
