import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Passage à l’accueil. The head sees that people came, and neither the person nor the worker. The desk sees the worker and the
 * appointment until the person has gone. The desk and the head read the outcome until then, and afterwards only where nobody received the
 * person: what one of them knows of a visit, the other can put beside it by the id.
 */
export const Visit: TypePolicy = {
  fr: 'Passage à l’accueil',
  en: 'Visit to the reception',
  fields: {
    kind: { to: forWhom.whoSeesTheVisit, fr: 'visite ou appel', en: 'walk-in or call' },
    status: { to: forWhom.whoSeesTheVisit, fr: 'où il en est', en: 'where it stands' },
    day: { to: forWhom.whoSeesTheVisit, fr: 'jour' },
    ticket: {
      to: forWhom.whoSeesTheVisit,
      fr: 'numéro d’appel du jour',
      en: 'number of the day, to be called out',
    },
    arrivedAt: { to: forWhom.whoSeesTheVisit, fr: 'heure d’arrivée' },
    // For a visit that is over, this tells whether the person was received.
    takenInAt: { to: forWhom.whoSeesWhatBecameOfTheVisit, fr: 'pris en charge à', en: 'taken in at' },
    closedAt: { to: forWhom.whoSeesTheVisit, fr: 'terminé à', en: 'over at' },
    outcome: {
      to: forWhom.whoSeesWhatBecameOfTheVisit,
      fr: 'suite donnée (une catégorie)',
      en: 'what became of it (a category)',
    },
    district: { to: forWhom.whoSeesTheVisit, fr: 'circonscription' },
    worker: {
      to: forWhom.whoSeesWhoReceives,
      fr: 'agent qui reçoit la personne',
      en: 'worker who receives the person',
    },
    person: { to: forWhom.whoWorksWithTheVisit, fr: 'personne, si elle l’a dit', en: 'person, if they said' },
    appointment: {
      to: forWhom.whoSeesWhoReceives,
      fr: 'rendez-vous pour lequel elle vient',
      en: 'appointment for which they come',
    },
    attestation: {
      to: forWhom.whoWorksWithTheVisit,
      fr: 'attestation de présence',
      en: 'attestation of presence',
    },
    id: { to: forWhom.whoSeesTheVisit, ...ID },
    // The version is for those who write. It changes with the worker, which the head may not read.
    version: { to: forWhom.whoWorksWithTheVisit, ...VERSION },
  },
};
