import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** Rendez-vous annoncé par un message. Whoever holds the link reads what the message said, and nothing else. */
export const LinkedAppointment: TypePolicy = {
  fr: 'Rendez-vous annoncé par un message',
  en: 'Appointment of the link in a message',
  fields: {
    publicLabel: { to: allow, fr: 'intitulé neutre', en: 'neutral label' },
    startsAt: { to: allow, fr: 'début', en: 'start' },
    cancelled: { to: allow, fr: 'annulé par ce lien', en: 'cancelled by this link' },
    calledOff: {
      to: allow,
      fr: 'annulé par téléphone, à confirmer',
      en: 'called off by telephone, to be confirmed',
    },
  },
};
