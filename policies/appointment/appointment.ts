import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Rendez-vous. The desk and the person get the public label; its workers and the worker who follows the case get the subject. Once the
 * outcome is recorded, the desk sees neither the outcome nor the worker: side by side, day by day, they would rank workers.
 */
export const Appointment: TypePolicy = {
  fr: 'Rendez-vous',
  en: 'Appointment',
  fields: {
    startsAt: { to: forWhom.whoSeesTheAppointment, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.whoSeesTheAppointment, fr: 'fin', en: 'end' },
    status: {
      to: forWhom.whoSeesWhatBecameOfIt,
      fr: 'état (prévu, honoré, annulé…)',
      en: 'state (booked, honoured, cancelled…)',
    },
    warnings: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'ce qui peut l’empêcher d’avoir lieu comme prévu, ou un retour en retard',
      en: 'what may keep it from taking place as booked, or an overdue return',
    },
    proposedMoves: {
      to: forWhom.theDeskOfTheAppointment,
      fr: 'créneaux proposés pour le déplacer',
      en: 'times proposed to move it to',
    },
    mode: {
      to: forWhom.whoSeesTheAppointment,
      fr: 'sur place, à domicile, par téléphone, en visio',
      en: 'on site, at home, by phone, by video',
    },
    publicLabel: { to: forWhom.whoSeesTheAppointment, fr: 'intitulé neutre', en: 'neutral label' },
    district: { to: forWhom.whoSeesTheAppointment, fr: 'circonscription', en: 'district' },
    place: {
      to: forWhom.whoSeesTheAppointment,
      fr: 'lieu, si ce n’est pas l’adresse de la circonscription',
      en: 'place, unless it is the district’s address',
    },
    askedBy: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'qui l’a demandé (catégorie)',
      en: 'who asked for it (a category)',
    },
    bookedAt: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'date de la prise de rendez-vous',
      en: 'when it was booked',
    },
    cancellationReason: {
      to: forWhom.whoSeesWhyItWasCalledOff,
      fr: 'pourquoi le service l’annule',
      en: 'why the service cancels it',
    },
    cancelledByLink: {
      to: forWhom.whoSeesWhatBecameOfIt,
      fr: 'annulé par le lien d’un message',
      en: 'cancelled by the link of a message',
    },
    expectedBackAt: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'retour prévu d’une visite à domicile',
      en: 'expected return from a home visit',
    },
    backAt: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'retour d’une visite à domicile',
      en: 'return from a home visit',
    },
    participants: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'qui d’autre est là (interprète…)',
      en: 'who else is there (an interpreter…)',
    },
    workers: {
      to: forWhom.whoSeesWhoHoldsIt,
      fr: 'agents qui reçoivent la personne',
      en: 'workers who receive the person',
    },
    persons: { to: forWhom.whoSeesTheAppointment, fr: 'personnes attendues', en: 'persons expected' },
    type: { to: forWhom.whoKnowsItsSubject, fr: 'type de rendez-vous', en: 'type of appointment' },
    subject: { to: forWhom.whoKnowsItsSubject, fr: 'objet' },
    case: { to: forWhom.whoFollowsTheCaseOfTheAppointment, fr: 'dossier' },
    id: { to: forWhom.whoSeesTheAppointment, ...ID },
    version: { to: forWhom.whoSeesTheAppointment, ...VERSION },
  },
};
