import { WHO_HOLDS_IT, WHO_HOLDS_THE_LINK } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  appointment: {
    to: forWhom.whoMayKnowAppointments,
    fr: 'ouvrir le rendez-vous',
    en: 'opening the appointment',
    where: {
      fr: 'ceux de leur accueil, ceux auxquels ils participent ou dont ils suivent le dossier, ceux montrés à la personne',
      en: 'for the desk, the appointments of its district; for workers, the appointments in which they take part, and those of the cases that they follow; for the person, the appointments that are shown online',
    },
  },
  appointments: {
    to: forWhom.whoMayKnowAppointments,
    fr: 'agenda où figure ce rendez-vous',
    en: 'agenda that includes this appointment',
    where: {
      fr: 'ceux de leur accueil, ceux auxquels ils participent ou dont ils suivent le dossier, ceux montrés à la personne',
      en: 'for the desk, the appointments of its district; for workers, the appointments in which they take part, and those of the cases that they follow; for the person, the appointments that are shown online',
    },
  },
  onlineBooking: {
    to: forWhom.bookingClients,
    fr: 'rendez-vous pris en ligne, par son secret',
    en: 'an online booking, by its secret',
    where: {
      fr: 'ceux qu’elles ont pris, par leur secret',
      en: 'the bookings that they made, by their secret',
    },
  },
  linkedAppointment: {
    to: allow,
    fr: 'le rendez-vous annoncé par un message, par son lien',
    en: 'the appointment of a message, by its link',
    where: WHO_HOLDS_THE_LINK,
  },
  collectiveAppointments: {
    to: forWhom.seesBusyTimes,
    fr: 'rendez-vous collectifs où il reste des places',
    en: 'collective appointments with a place left',
    where: WHO_HOLDS_IT,
  },
  collectiveAppointment: {
    to: forWhom.seesBusyTimes,
    fr: 'un rendez-vous collectif',
    en: 'one collective appointment',
    where: WHO_HOLDS_IT,
  },
  noticesToGive: {
    to: forWhom.whoReadsAgendas,
    fr: 'personnes à prévenir d’un changement',
    en: 'notices of a change that persons have to be told of',
    where: {
      fr: 'dans leur circonscription, des rendez-vous qu’ils voient',
      en: 'in their district, for the appointments that they see',
    },
  },
  dayList: {
    to: forWhom.whoReadsAgendas,
    fr: 'liste du jour, à imprimer',
    en: 'list of the day, to be printed',
    where: {
      fr: 'l’accueil, de sa circonscription ; un travailleur social, ses propres rendez-vous',
      en: 'for the desk, the appointments of its district; for a social worker, their own appointments',
    },
  },
  appointmentsWithoutContact: {
    to: forWhom.whoIsAtADesk,
    fr: 'rendez-vous d’un agent absent, dont une personne ne peut être prévenue',
    en: 'appointments of a worker who is away, if a person cannot be told',
    where: { fr: 'ceux de sa circonscription', en: 'the appointments of its district' },
  },
  homeVisitsOut: {
    to: forWhom.whoReadsAgendas,
    fr: 'visites à domicile en cours',
    en: 'home visits under way',
    where: {
      fr: 'dans leur circonscription, les rendez-vous qu’ils voient',
      en: 'in their district, the appointments that they see',
    },
  },
  homeVisitsNotBack: {
    to: forWhom.whoAsksWhoIsNotBack,
    fr: 'visites à domicile sans retour noté, 30 minutes après leur fin',
    en: 'home visits without a recorded return, 30 minutes after their end',
    where: {
      fr: 'dans sa circonscription, trente minutes après la fin ; le travailleur social, s’il est de permanence ce jour',
      en: 'in their district, from thirty minutes after the end; a social worker, only if on duty that day',
    },
  },
  appointmentTypes: { to: allow, fr: 'types de rendez-vous', en: 'types of appointment' },
};
