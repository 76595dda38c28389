import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * What if: a question of a team about its wait. The team and its head read it, and who has to ask for posts. Nobody reads who asked.
 */
export const WaitSimulation: TypePolicy = {
  fr: 'Simulation de l’attente',
  en: 'Simulation of the wait',
  fields: {
    id: { to: forWhom.whoReadsTheSimulation, ...ID },
    district: { to: forWhom.whoReadsTheSimulation, fr: 'circonscription', en: 'district' },
    typeCode: { to: forWhom.whoReadsTheSimulation, fr: 'type de rendez-vous', en: 'type of appointment' },
    askedOn: { to: forWhom.whoReadsTheSimulation, fr: 'demandée le', en: 'asked on' },
    figuresFrom: { to: forWhom.whoReadsTheSimulation, fr: 'début des chiffres', en: 'start of the figures' },
    foreseenFrom: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'début du trimestre simulé',
      en: 'start of the quarter that is foreseen',
    },
    halfDaysNow: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'demi-journées par semaine, comme dites',
      en: 'half-days a week, as stated',
    },
    postsNow: { to: forWhom.whoReadsTheSimulation, fr: 'postes', en: 'posts' },
    moreHalfDays: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'demi-journées ajoutées',
      en: 'half-days that are added',
    },
    morePosts: { to: forWhom.whoReadsTheSimulation, fr: 'postes ajoutés', en: 'posts that are added' },
    moreAsksPercent: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'demandes ajoutées, en pour cent',
      en: 'requests that are added, in per cent',
    },
    isReady: { to: forWhom.whoReadsTheSimulation, fr: 'est calculée', en: 'is worked out' },
    asNow: { to: forWhom.whoReadsTheSimulation, fr: 'sans changement', en: 'without a change' },
    changed: { to: forWhom.whoReadsTheSimulation, fr: 'avec le changement', en: 'with the change' },
    sentenceFr: { to: forWhom.whoReadsTheSimulation, fr: 'réponse en français', en: 'answer in French' },
    sentenceEn: { to: forWhom.whoReadsTheSimulation, fr: 'en anglais', en: 'in English' },
    assumptionsFr: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'hypothèses en français',
      en: 'assumptions in French',
    },
    assumptionsEn: { to: forWhom.whoReadsTheSimulation, fr: 'en anglais', en: 'in English' },
  },
};

/** The wait of a quarter: as the simulation. */
export const WaitForecast: TypePolicy = {
  fr: 'Attente simulée d’un trimestre',
  en: 'Simulated wait of a quarter',
  fields: {
    loadPercent: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'part des heures ouvertes qui est demandée',
      en: 'share of the open hours that is asked for',
    },
    days: { to: forWhom.whoReadsTheSimulation, fr: 'délai en jours', en: 'wait in days' },
    daysFrom: { to: forWhom.whoReadsTheSimulation, fr: 'borne inférieure', en: 'lower end' },
    daysTo: { to: forWhom.whoReadsTheSimulation, fr: 'borne supérieure', en: 'upper end' },
    growsDaysAWeek: {
      to: forWhom.whoReadsTheSimulation,
      fr: 'jours d’attente en plus par semaine',
      en: 'days by which the wait grows in a week',
    },
    growsFrom: { to: forWhom.whoReadsTheSimulation, fr: 'borne inférieure', en: 'lower end' },
    growsTo: { to: forWhom.whoReadsTheSimulation, fr: 'borne supérieure', en: 'upper end' },
  },
};
