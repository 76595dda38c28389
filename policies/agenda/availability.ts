import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Plage d’ouverture. Colleagues see its free times, and not how it was opened. */
export const Availability: TypePolicy = {
  fr: 'Plage d’ouverture d’un agenda',
  en: 'Opening hours of an agenda',
  fields: {
    worker: { to: forWhom.whoReadsTheAgenda, fr: 'agent' },
    district: { to: forWhom.whoReadsTheAgenda, fr: 'circonscription' },
    types: { to: forWhom.whoReadsTheAgenda, fr: 'types de rendez-vous', en: 'types of appointment' },
    modes: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'sur place, à domicile, par téléphone, en visio',
      en: 'on site, at home, by phone, by video',
    },
    place: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'lieu, si ce n’est pas l’adresse de la circonscription',
      en: 'place, if not the district’s address',
    },
    startsOn: { to: forWhom.whoReadsTheAgenda, fr: 'premier jour', en: 'first day' },
    endsOn: { to: forWhom.whoReadsTheAgenda, fr: 'jour où elle prend fin', en: 'day on which they end' },
    opensAt: { to: forWhom.whoReadsTheAgenda, fr: 'heure de début', en: 'opening time' },
    closesAt: { to: forWhom.whoReadsTheAgenda, fr: 'heure de fin', en: 'closing time' },
    recurrence: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'jours de la semaine ou du mois',
      en: 'days of the week or month',
    },
    keptForUrgent: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'gardée pour les urgences jusqu’à deux jours ouvrés avant',
      en: 'kept for urgent persons until two working days before',
    },
    closedOn: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'jours fermés par exception',
      en: 'days closed by exception',
    },
    appointmentsLeft: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'rendez-vous restés dans une plage fermée',
      en: 'appointments left in closed hours',
    },
    id: { to: forWhom.whoReadsTheAgenda, ...ID },
    version: { to: forWhom.whoReadsTheAgenda, ...VERSION },
  },
};
