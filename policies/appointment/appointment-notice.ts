import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Avis: for those who tell people that their appointment is cancelled or moved. */
export const AppointmentNotice: TypePolicy = {
  id: forWhom.whoWorksWithTheAppointment,
  kind: forWhom.whoWorksWithTheAppointment,
  previousStartsAt: forWhom.whoWorksWithTheAppointment,
  text: forWhom.whoWorksWithTheAppointment,
  // With the name and the address that its reader knows.
  letter: forWhom.whoPrintsTheLetterOfTheAppointment,
  sending: forWhom.whoWorksWithTheAppointment,
  appointment: forWhom.whoWorksWithTheAppointment,
  person: forWhom.whoWorksWithTheAppointment,
  createdAt: forWhom.whoWorksWithTheAppointment,
  doneAt: forWhom.whoWorksWithTheAppointment,
  outcome: forWhom.whoWorksWithTheAppointment,
  version: forWhom.whoWorksWithTheAppointment,
};
