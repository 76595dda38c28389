import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Rendez-vous. The desk and the person get the public label, who takes part or follows the case its subject. */
export const Appointment: TypePolicy = {
  id: forWhom.whoSeesTheAppointment,
  startsAt: forWhom.whoSeesTheAppointment,
  endsAt: forWhom.whoSeesTheAppointment,
  status: forWhom.whoSeesTheAppointment,
  mode: forWhom.whoSeesTheAppointment,
  place: forWhom.whoSeesTheAppointment,
  publicLabel: forWhom.whoSeesTheAppointment,
  district: forWhom.whoSeesTheAppointment,
  workers: forWhom.whoSeesTheAppointment,
  persons: forWhom.whoSeesTheAppointment,
  version: forWhom.whoSeesTheAppointment,

  warnings: forWhom.whoWorksWithTheAppointment,
  askedBy: forWhom.whoWorksWithTheAppointment,
  bookedAt: forWhom.whoWorksWithTheAppointment,
  cancellationReason: forWhom.whoWorksWithTheAppointment,
  expectedBackAt: forWhom.whoWorksWithTheAppointment,
  backAt: forWhom.whoWorksWithTheAppointment,
  participants: forWhom.whoWorksWithTheAppointment,

  type: forWhom.whoKnowsItsSubject,
  subject: forWhom.whoKnowsItsSubject,
  case: forWhom.whoKnowsItsSubject,
};
