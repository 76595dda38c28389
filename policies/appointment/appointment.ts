import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/**
 * Rendez-vous. The desk and the person get the public label, who takes part or follows the case its subject. Once something has come
 * of it, the desk has neither what nor whose it was: side by side, day by day, they would rank workers.
 */
export const Appointment: TypePolicy = {
  id: forWhom.whoSeesTheAppointment,
  startsAt: forWhom.whoSeesTheAppointment,
  endsAt: forWhom.whoSeesTheAppointment,
  mode: forWhom.whoSeesTheAppointment,
  place: forWhom.whoSeesTheAppointment,
  publicLabel: forWhom.whoSeesTheAppointment,
  district: forWhom.whoSeesTheAppointment,
  persons: forWhom.whoSeesTheAppointment,
  version: forWhom.whoSeesTheAppointment,

  status: forWhom.whoSeesWhatBecameOfIt,
  workers: forWhom.whoSeesWhoHoldsIt,
  cancellationReason: forWhom.whoSeesWhyItWasCalledOff,

  warnings: forWhom.whoWorksWithTheAppointment,
  askedBy: forWhom.whoWorksWithTheAppointment,
  bookedAt: forWhom.whoWorksWithTheAppointment,
  expectedBackAt: forWhom.whoWorksWithTheAppointment,
  backAt: forWhom.whoWorksWithTheAppointment,
  participants: forWhom.whoWorksWithTheAppointment,

  proposedMoves: forWhom.theDeskOfTheAppointment,

  type: forWhom.whoKnowsItsSubject,
  subject: forWhom.whoKnowsItsSubject,
  case: forWhom.whoFollowsTheCaseOfTheAppointment,
};
