import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Rendez-vous collectif. The workers who hold it and the desk see its places. A person who comes learns nothing about another. */
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

/** A person's place at a collective appointment: for the same workers and desk. */
export const TakenPlace: TypePolicy = {
  fr: 'Place d’une personne dans un rendez-vous collectif',
  en: 'Someone’s place in a collective appointment',
  fields: {
    person: { to: forWhom.whoWorksWithTheAppointment, fr: 'personne', en: 'person' },
    outcome: { to: forWhom.whoSeesWhoCame, fr: 'présence (venue, absente…)', en: 'whether they came' },
    version: { to: forWhom.whoWorksWithTheAppointment, ...VERSION },
  },
};
