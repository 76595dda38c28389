import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Message. Once sent, only its worker reads it; not the worker who took it down, nor the desk, nor the stand-in. */
export const Message: TypePolicy = {
  fr: 'Message : rappeler',
  en: 'Message: please call back',
  fields: {
    person: { to: forWhom.whoIsToCallBack, fr: 'personne' },
    name: {
      to: forWhom.whoIsToCallBack,
      fr: 'nom donné par qui n’est pas connu',
      en: 'name given by someone not known',
    },
    phone: { to: forWhom.whoIsToCallBack, fr: 'numéro où rappeler', en: 'number to call' },
    text: {
      to: forWhom.whoIsToCallBack,
      fr: 'ce que dit un message à l’aveugle',
      en: 'what a blind message says',
    },
    sender: {
      to: forWhom.whoIsToCallBack,
      fr: 'qui a envoyé le message à l’aveugle',
      en: 'who sent a blind message',
    },
    callFrom: { to: forWhom.whoIsToCallBack, fr: 'à partir de', en: 'from' },
    callUntil: { to: forWhom.whoIsToCallBack, fr: 'jusqu’à', en: 'until' },
    sentAt: { to: forWhom.whoIsToCallBack, fr: 'envoyé le', en: 'sent at' },
    doneAt: { to: forWhom.whoIsToCallBack, fr: 'rappelée le', en: 'called back at' },
    id: { to: forWhom.whoIsToCallBack, ...ID },
    version: { to: forWhom.whoIsToCallBack, ...VERSION },
  },
};

/** The answer to the sender of a message, and nowhere else. */
export const SentMessage: TypePolicy = {
  fr: 'Message envoyé',
  en: 'Message sent',
  technical: true,
  where: { fr: 'en réponse à son envoi', en: 'in the answer to its sender' },
  fields: {
    id: { to: allow, ...ID },
  },
};
