import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Rendez-vous collectif: its places are for who holds it and the desk, and nobody who comes learns of another. */
export const CollectiveAppointment: TypePolicy = {
  fr: 'Rendez-vous collectif, avec des places',
  en: 'Collective appointment, with places',
  fields: {
    appointment: { to: forWhom.whoWorksWithTheAppointment, fr: 'le rendez-vous', en: 'the appointment' },
    places: { to: forWhom.whoWorksWithTheAppointment, fr: 'places', en: 'places' },
    placesLeft: { to: forWhom.whoWorksWithTheAppointment, fr: 'places qui restent', en: 'places left' },
    takenPlaces: { to: forWhom.whoWorksWithTheAppointment, fr: 'qui a une place', en: 'who has a place' },
    id: { to: forWhom.whoWorksWithTheAppointment, ...ID },
  },
};

export const TakenPlace: TypePolicy = {
  fr: 'Place d’une personne dans un rendez-vous collectif',
  en: 'Someone’s place in a collective appointment',
  fields: {
    person: { to: forWhom.whoWorksWithTheAppointment, fr: 'personne', en: 'person' },
    outcome: { to: forWhom.whoSeesWhoCame, fr: 'présence (venue, absente…)', en: 'whether they came' },
    version: { to: forWhom.whoWorksWithTheAppointment, ...VERSION },
  },
};
