import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Rendez-vous collectif: its places are for who holds it and the desk, and nobody who comes learns of another. */
export const CollectiveAppointment: TypePolicy = {
  id: forWhom.whoWorksWithTheAppointment,
  appointment: forWhom.whoWorksWithTheAppointment,
  places: forWhom.whoWorksWithTheAppointment,
  placesLeft: forWhom.whoWorksWithTheAppointment,
  takenPlaces: forWhom.whoWorksWithTheAppointment,
};

export const TakenPlace: TypePolicy = {
  person: forWhom.whoWorksWithTheAppointment,
  outcome: forWhom.whoSeesWhoCame,
  version: forWhom.whoWorksWithTheAppointment,
};
