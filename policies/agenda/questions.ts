import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  busyTimes: {
    to: forWhom.seesBusyTimes,
    fr: 'temps occupés d’un agent de la circonscription',
    en: 'busy times of a worker of the district',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  availabilities: {
    to: forWhom.whoReadsAgendas,
    fr: 'plages d’ouverture de l’agent',
    en: 'opening hours of the worker',
    where: {
      fr: 'les leurs, celles de l’agent qu’ils suppléent ; l’accueil, celles de sa circonscription',
      en: 'their own, and those of the worker they stand in for; for the desk, those of its district',
    },
  },
  unavailabilities: {
    to: forWhom.whoReadsAgendas,
    fr: 'indisponibilités de l’agent',
    en: 'time off of the worker',
    where: {
      fr: 'les leurs, celles de l’agent qu’ils suppléent ; l’accueil, celles de sa circonscription',
      en: 'their own, and those of the worker they stand in for; for the desk, those of its district',
    },
  },
  outsideCalendars: {
    to: forWhom.whoHasOtherCalendars,
    fr: 'ses autres agendas, importés',
    en: 'one’s own imported calendars',
    where: { fr: 'les leurs', en: 'their own calendars' },
  },
  onlineTypes: { to: allow, fr: 'ce qui se prend en ligne', en: 'what can be booked online' },
  teamOptions: {
    to: forWhom.seesBusyTimes,
    fr: 'options d’une équipe',
    en: 'options of a team',
    where: {
      fr: 'de leur équipe ; adoptées, de leur circonscription',
      en: 'of their team; those adopted, of their district',
    },
  },
  walkInHours: { to: allow, fr: 'heures sans rendez-vous', en: 'hours without appointment' },
  slots: {
    to: allow,
    fr: 'recherche de créneaux libres',
    en: 'search for free slots',
    where: {
      fr: 'avec les agents libres pour l’équipe de la circonscription ; pour tous, les seuls types ouverts au public',
      en: 'for the district’s team, with the workers who are free; for everyone else, only types that are open to the public',
    },
  },
};
