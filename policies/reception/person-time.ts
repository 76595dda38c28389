import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The time of a person's appointment, past or to come. The desk to which the person came tells it to them at the counter. */
export const PersonTime: TypePolicy = {
  fr: 'Date de rendez-vous, dite à la personne à l’accueil',
  en: 'Time of an appointment, told to the person at the counter',
  fields: {
    startsAt: { to: forWhom.theDeskOfTheVisit, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.theDeskOfTheVisit, fr: 'fin', en: 'end' },
    mode: {
      to: forWhom.theDeskOfTheVisit,
      fr: 'sur place, à domicile, par téléphone, en visio',
      en: 'on site, at home, by phone, by video',
    },
    place: { to: forWhom.theDeskOfTheVisit, fr: 'lieu' },
    publicLabel: { to: forWhom.theDeskOfTheVisit, fr: 'intitulé neutre', en: 'neutral label' },
  },
};

/** The answer after times are sent again: one sentence, which tells nothing. */
export const TimesSentAgain: TypePolicy = {
  fr: 'Rendez-vous renvoyés par le contact sûr',
  en: 'Times sent again by the safe contact',
  where: { fr: 'en réponse à l’accueil qui le demande', en: 'in the answer to the desk that asks' },
  fields: {
    text: { to: allow, fr: 'phrase à dire, la même pour tous', en: 'sentence to say, the same for everyone' },
  },
};
