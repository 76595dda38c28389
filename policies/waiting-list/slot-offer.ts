import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Proposition. The person sees a time and a deadline. They learn the worker once the time is booked. */
export const SlotOffer: TypePolicy = {
  fr: 'Proposition de créneau',
  en: 'Slot offered',
  fields: {
    status: { to: forWhom.whoSeesTheOffer, fr: 'où elle en est', en: 'where it stands' },
    startsAt: { to: forWhom.whoSeesTheOffer, fr: 'début' },
    endsAt: { to: forWhom.whoSeesTheOffer, fr: 'fin' },
    mode: {
      to: forWhom.whoSeesTheOffer,
      fr: 'sur place, à domicile, par téléphone, en visio',
      en: 'on site, at home, by phone, by video',
    },
    place: { to: forWhom.whoSeesTheOffer, fr: 'lieu' },
    offeredAt: { to: forWhom.whoSeesTheOffer, fr: 'faite le', en: 'offered at' },
    answerBy: { to: forWhom.whoSeesTheOffer, fr: 'réponse attendue avant', en: 'to be answered by' },
    answeredAt: { to: forWhom.whoSeesTheOffer, fr: 'réponse reçue le', en: 'answered at' },
    text: {
      to: forWhom.whoSeesTheOffer,
      fr: 'texte neutre à lire ou à envoyer',
      en: 'neutral text to read out or send',
    },
    request: { to: forWhom.whoSeesTheOffer, fr: 'demande', en: 'request' },
    worker: {
      to: forWhom.whoSeesWhoseTimeItIs,
      fr: 'agent qui recevrait la personne',
      en: 'worker who would receive the person',
    },
    // The way would tell the safe contact. So would the sending, and an offer that nobody had to tell.
    channel: { to: forWhom.whoKnowsHowToTell, fr: 'comment prévenir', en: 'how they are to be told' },
    toldAt: { to: forWhom.whoKnowsHowToTell, fr: 'personne prévenue le', en: 'when they were told' },
    // The letter bears the name and the address that its reader knows.
    letter: { to: forWhom.whoPrintsTheLetterOfTheOffer, fr: 'lettre à imprimer', en: 'letter to print' },
    sending: {
      to: forWhom.whoKnowsHowToTell,
      fr: 'où en est l’envoi automatique',
      en: 'state of the automatic sending',
    },
    id: { to: forWhom.whoSeesTheOffer, ...ID },
    version: { to: forWhom.whoSeesTheOffer, ...VERSION },
  },
};
