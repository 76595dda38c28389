import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Another participant of an appointment: for the workers who make sure that the participant comes. A language says much about a person.
 */
export const AppointmentParticipant: TypePolicy = {
  fr: 'Participant à un rendez-vous, jamais nommé',
  en: 'Participant in an appointment, never named',
  fields: {
    kind: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'interprète, partenaire ou proche',
      en: 'interpreter, partner or relative',
    },
    language: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'langue de l’interprète',
      en: 'language of the interpreter',
    },
    mode: {
      to: forWhom.whoWorksWithTheAppointment,
      fr: 'sur place ou à distance',
      en: 'there, or on the line',
    },
    startsAt: { to: forWhom.whoWorksWithTheAppointment, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.whoWorksWithTheAppointment, fr: 'fin', en: 'end' },
    id: { to: forWhom.whoWorksWithTheAppointment, ...ID },
  },
};
