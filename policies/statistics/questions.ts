import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  thirdNextAvailable: {
    to: forWhom.whoReadsStatistics,
    fr: 'troisième rendez-vous libre',
    en: 'third next available appointment',
  },
  waitSimulations: {
    to: forWhom.whoReadsDrafts,
    fr: 'simulations de l’attente',
    en: 'simulations of the wait',
    where: {
      fr: 'de leur circonscription ; le conseiller technique et le délégué à la protection des données, de toutes, une à la fois',
      en: 'of their district; the technical adviser and the data protection officer, of any, one at a time',
    },
  },
  statistics: {
    to: allow,
    fr: 'chiffres protégés d’un indicateur',
    en: 'protected figures of an indicator',
  },
  snapshots: { to: allow, fr: 'périodes arrêtées', en: 'periods that are frozen' },
  indicatorObservations: {
    to: forWhom.whoReadsStatistics,
    fr: 'observations d’une équipe',
    en: 'observations of a team',
  },
  indicators: { to: allow, fr: 'indicateurs', en: 'indicators' },
  activityReports: {
    to: allow,
    fr: 'rapports d’activité publiés',
    en: 'published activity reports',
    where: { fr: 'publiés', en: 'published' },
  },
  activityReport: {
    to: allow,
    fr: 'un rapport d’activité',
    en: 'one activity report',
    where: {
      fr: 'publié ; en projet, à ceux qui travaillent avec les statistiques',
      en: 'a published report; a draft, for social workers, heads, the technical adviser and the data protection officer',
    },
  },
  errata: { to: allow, fr: 'errata publiés', en: 'published errata' },
  errataToSign: { to: forWhom.whoReadsDrafts, fr: 'errata à signer', en: 'errata to sign' },
  statisticsMethods: {
    to: allow,
    fr: 'méthodes de protection des chiffres',
    en: 'how figures are protected',
  },
};
