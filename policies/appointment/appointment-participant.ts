import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Who else is at an appointment: for those who make sure that they come. A language says much of a person. */
export const AppointmentParticipant: TypePolicy = {
  id: forWhom.whoWorksWithTheAppointment,
  kind: forWhom.whoWorksWithTheAppointment,
  language: forWhom.whoWorksWithTheAppointment,
  mode: forWhom.whoWorksWithTheAppointment,
  startsAt: forWhom.whoWorksWithTheAppointment,
  endsAt: forWhom.whoWorksWithTheAppointment,
};
