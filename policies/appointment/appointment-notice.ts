import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Avis: for the workers who tell a person that their appointment is cancelled or moved. */
export const AppointmentNotice: TypePolicy = {
  fr: 'Avis à donner d’un rendez-vous annulé, déplacé ou proche',
  en: 'Notice to give of an appointment cancelled, moved or near',
  fields: {
    kind: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'annulé, déplacé ou rappel',
      en: 'cancelled, moved or a reminder',
    },
    previousStartsAt: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'date que la personne connaît',
      en: 'time that the person knows',
    },
    text: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'texte neutre à lire ou à envoyer',
      en: 'neutral text to read out or send',
    },
    // The letter bears the name and the address that its reader knows.
    letter: {
      to: forWhom.whoPrintsTheLetterOfTheAppointment,
      fr: 'lettre à imprimer',
      en: 'letter to print',
    },
    // The sending would tell the safe contact: only a neutral text is sent by itself.
    sending: {
      to: forWhom.whoKnowsHowToTellOfIt,
      fr: 'où en est l’envoi automatique',
      en: 'state of the automatic sending',
    },
    appointment: { to: forWhom.whoWorksWithTheAppointment, fr: 'rendez-vous' },
    person: { to: forWhom.whoWorksWithTheAppointment, fr: 'personne à prévenir', en: 'person to tell' },
    createdAt: { to: forWhom.whoWorksWithTheAppointment, fr: 'depuis quand', en: 'since when' },
    doneAt: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'date à laquelle elle l’a été',
      en: 'when they were told',
    },
    outcome: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'prévenue, ou pas jointe',
      en: 'told, or not reached',
    },
    id: { to: forWhom.whoWorksWithTheAppointment, ...ID },
    version: { to: forWhom.whoWorksWithTheAppointment, ...VERSION },
  },
};
