import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Busy time, reached through `Query.busyTimes` alone. */
export const Slot: TypePolicy = {
  fr: 'Temps occupé (jamais le motif)',
  en: 'Busy time (never the reason)',
  where: { fr: 'les agents qui peuvent demander ces temps', en: 'the workers who may ask for these times' },
  fields: {
    startsAt: { to: allow, fr: 'début', en: 'start' },
    endsAt: { to: allow, fr: 'fin', en: 'end' },
  },
};

/** Créneau libre. The time is public; the worker who is free then is not. */
export const FreeSlot: TypePolicy = {
  fr: 'Créneau libre',
  en: 'Free slot',
  fields: {
    startsAt: { to: allow, fr: 'début', en: 'start' },
    endsAt: { to: allow, fr: 'fin', en: 'end' },
    district: { to: allow, fr: 'circonscription' },
    modes: { to: allow, fr: 'façons d’être reçu', en: 'ways of being received' },
    place: {
      to: allow,
      fr: 'lieu, si ce n’est pas l’adresse de la circonscription',
      en: 'place, if not the district’s address',
    },
    workers: { to: forWhom.colleaguesOfTheDistrict, fr: 'agents libres à ce moment', en: 'who is free then' },
  },
};

/** The answer to a search for free slots: public. */
export const SlotSearch: TypePolicy = {
  fr: 'Recherche de créneaux',
  en: 'Search for slots',
  fields: {
    slots: { to: allow, fr: 'créneaux trouvés' },
    whyNone: { to: allow, fr: 'pourquoi il n’y en a pas', en: 'why there is none' },
    soonerWithAnyone: {
      to: forWhom.whoSaysSoonerTimes,
      fr: 'ce qu’il y aurait plus tôt, avec un autre agent',
      en: 'what there would be sooner, with another worker',
    },
  },
};
