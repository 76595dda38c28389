import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Rapport d’activité. A published report is for everyone; its draft is for those who work with statistics. The same holds for each of its
 * parts.
 */
export const ActivityReport: TypePolicy = {
  fr: 'Rapport d’activité',
  en: 'Activity report',
  fields: {
    id: { to: forWhom.whoReadsTheReport, ...ID },
    district: {
      to: forWhom.whoReadsTheReport,
      fr: 'circonscription, ou le département',
      en: 'district, or the county',
    },
    year: { to: forWhom.whoReadsTheReport, fr: 'année', en: 'year' },
    narrative: { to: forWhom.whoReadsTheReport, fr: 'ce que dit l’équipe', en: 'what the team says' },
    narrativeEn: { to: forWhom.whoReadsTheReport, fr: 'en anglais', en: 'in English' },
    errata: { to: forWhom.whoReadsTheReport, fr: 'errata', en: 'errata' },
    coverage: { to: forWhom.whoReadsTheReport, fr: 'ce qui est couvert', en: 'what is covered' },
    signatures: { to: forWhom.whoReadsTheReport, fr: 'qui l’a signé', en: 'who has signed it' },
    earlierTexts: { to: forWhom.whoReadsDrafts, fr: 'textes d’avant', en: 'texts before' },
    laterTexts: {
      to: forWhom.whoReadsDrafts,
      fr: 'textes récrits, pas encore signés',
      en: 'texts written since, not signed yet',
    },
    textVersion: { to: forWhom.whoReadsTheReport, fr: 'texte en vigueur', en: 'which text stands' },
    declined: {
      to: forWhom.whoReadsTheReport,
      fr: 'l’équipe n’a pas souhaité écrire',
      en: 'the team declined to write',
    },
    statedOn: { to: forWhom.whoReadsTheReport, fr: 'dit le', en: 'stated on' },
    publishedOn: { to: forWhom.whoReadsTheReport, fr: 'publié le', en: 'published on' },
    socialWorkers: {
      to: forWhom.whoReadsTheReport,
      fr: 'nombre de travailleurs sociaux',
      en: 'how many social workers',
    },
    receptionists: {
      to: forWhom.whoReadsTheReport,
      fr: 'nombre d’agents d’accueil',
      en: 'how many receptionists',
    },
    population: {
      to: forWhom.whoReadsTheReport,
      fr: 'habitants des communes desservies',
      en: 'inhabitants of the communes served',
    },
    daysOpen: { to: forWhom.whoReadsTheReport, fr: 'jours d’ouverture', en: 'days on which it was open' },
    version: { to: forWhom.whoReadsTheReport, ...VERSION },
    simulation: {
      to: forWhom.whoReadsTheReport,
      fr: 'simulation de l’attente que l’équipe y joint',
      en: 'simulation of the wait that the team shows with it',
    },
    sections: { to: forWhom.whoReadsTheReport, fr: 'parties', en: 'sections' },
    observations: {
      to: forWhom.whoReadsTheReport,
      fr: 'observations de membres de l’équipe',
      en: 'observations of members of the team',
    },
  },
};

/** A signature under the narrative: as the report. */
export const ReportSignature: TypePolicy = {
  fr: 'Signature de ce que dit une équipe',
  en: 'Signature of what a team says',
  fields: {
    name: { to: forWhom.whoReadsTheReport, fr: 'qui signe', en: 'who signs' },
    signedOn: { to: forWhom.whoReadsTheReport, fr: 'signé le', en: 'signed on' },
  },
};

/** A version of the narrative: for those who work with statistics. */
export const ReportText: TypePolicy = {
  fr: 'Ce que disait une équipe avant de récrire',
  en: 'What a team had said before it wrote anew',
  fields: {
    version: { to: forWhom.whoReadsDrafts, ...VERSION },
    narrative: { to: forWhom.whoReadsDrafts, fr: 'texte', en: 'text' },
    narrativeEn: { to: forWhom.whoReadsDrafts, fr: 'en anglais', en: 'in English' },
    declined: {
      to: forWhom.whoReadsDrafts,
      fr: 'l’équipe ne souhaitait pas écrire',
      en: 'the team declined to write',
    },
    statedOn: { to: forWhom.whoReadsDrafts, fr: 'dit le', en: 'stated on' },
  },
};

/** A section of a report: as the report. */
export const ReportSection: TypePolicy = {
  fr: 'Partie d’un rapport',
  en: 'Section of a report',
  fields: {
    code: { to: forWhom.whoReadsTheReport, fr: 'code' },
    labelFr: { to: forWhom.whoReadsTheReport, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: forWhom.whoReadsTheReport, fr: 'intitulé en anglais', en: 'label in English' },
    figures: { to: forWhom.whoReadsTheReport, fr: 'chiffres', en: 'figures' },
    thirdNext: {
      to: forWhom.whoReadsTheReport,
      fr: 'troisième rendez-vous libre, moyenne de l’année',
      en: 'third next available appointment, mean of the year',
    },
  },
};

/** The third next available appointment of a year: as the report. */
export const ReportWait: TypePolicy = {
  fr: 'Troisième rendez-vous libre d’une année',
  en: 'Third next available appointment of a year',
  fields: {
    typeCode: { to: forWhom.whoReadsTheReport, fr: 'type de rendez-vous', en: 'type of appointment' },
    labelFr: { to: forWhom.whoReadsTheReport, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: forWhom.whoReadsTheReport, fr: 'intitulé en anglais', en: 'label in English' },
    days: { to: forWhom.whoReadsTheReport, fr: 'délai moyen en jours', en: 'mean wait in days' },
    measuredWeeks: { to: forWhom.whoReadsTheReport, fr: 'semaines mesurées', en: 'weeks measured' },
    fullWeeks: {
      to: forWhom.whoReadsTheReport,
      fr: 'semaines sans aucun temps libre',
      en: 'weeks without any free time',
    },
  },
};

/** A figure of a report: as the report. Its funnel plot is for the team alone. */
export const ReportFigure: TypePolicy = {
  fr: 'Indicateur d’un rapport',
  en: 'Indicator of a report',
  fields: {
    indicator: { to: forWhom.whoReadsTheReport, fr: 'indicateur', en: 'indicator' },
    dimension: { to: forWhom.whoReadsTheReport, fr: 'dimension' },
    lines: { to: forWhom.whoReadsTheReport, fr: 'lignes', en: 'lines' },
    months: { to: forWhom.whoReadsTheReport, fr: 'mois par mois', en: 'month by month' },
    funnel: {
      to: forWhom.whoReadsTheFunnel,
      fr: 'taux de chaque circonscription, sans son nom',
      en: 'rate of each district, without its name',
    },
  },
};

/** A dot of a funnel plot, without the district's name: for the team alone. */
export const ReportFunnelDot: TypePolicy = {
  fr: 'Taux d’une circonscription, sans son nom',
  en: 'Rate of a district, without its name',
  fields: {
    rate: { to: forWhom.whoReadsTheFunnel, fr: 'taux, en pour cent', en: 'rate, in per cent' },
    base: { to: forWhom.whoReadsTheFunnel, fr: 'base du taux', en: 'base of the rate' },
    low: { to: forWhom.whoReadsTheFunnel, fr: 'limite basse du hasard', en: 'lower limit of chance' },
    high: { to: forWhom.whoReadsTheFunnel, fr: 'limite haute du hasard', en: 'upper limit of chance' },
    isOwn: { to: forWhom.whoReadsTheFunnel, fr: 'est celui de ce rapport', en: 'is of this report' },
    isOutside: {
      to: forWhom.whoReadsTheFunnel,
      fr: 'hors des limites du hasard',
      en: 'outside the limits of chance',
    },
  },
};

/** A line of a figure: as the report. */
export const ReportLine: TypePolicy = {
  fr: 'Ligne d’un rapport',
  en: 'Line of a report',
  fields: {
    code: { to: forWhom.whoReadsTheReport, fr: 'catégorie', en: 'category' },
    labelFr: { to: forWhom.whoReadsTheReport, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: forWhom.whoReadsTheReport, fr: 'intitulé en anglais', en: 'label in English' },
    value: { to: forWhom.whoReadsTheReport, fr: 'chiffre protégé', en: 'protected figure' },
    low: {
      to: forWhom.whoReadsTheReport,
      fr: 'borne inférieure, 95 fois sur cent',
      en: 'lower bound, in 95 of 100 cases',
    },
    high: {
      to: forWhom.whoReadsTheReport,
      fr: 'borne supérieure, 95 fois sur cent',
      en: 'upper bound, in 95 of 100 cases',
    },
    base: { to: forWhom.whoReadsTheReport, fr: 'base du taux', en: 'base of the rate' },
    withheld: { to: forWhom.whoReadsTheReport, fr: 'pourquoi il n’est pas dit', en: 'why it is not told' },
    yearBefore: { to: forWhom.whoReadsTheReport, fr: 'l’année d’avant', en: 'the year before' },
    yearBeforeWithheld: {
      to: forWhom.whoReadsTheReport,
      fr: 'pourquoi elle n’est pas dite',
      en: 'why it is not told',
    },
    county: { to: forWhom.whoReadsTheReport, fr: 'le département', en: 'the county' },
    countyWithheld: {
      to: forWhom.whoReadsTheReport,
      fr: 'pourquoi il n’est pas dit',
      en: 'why it is not told',
    },
  },
};

/** A month of a figure: as the report. */
export const ReportMonth: TypePolicy = {
  fr: 'Mois d’un rapport',
  en: 'Month of a report',
  fields: {
    period: { to: forWhom.whoReadsTheReport, fr: 'mois', en: 'month' },
    value: { to: forWhom.whoReadsTheReport, fr: 'chiffre', en: 'figure' },
    withheld: { to: forWhom.whoReadsTheReport, fr: 'pourquoi il n’est pas dit', en: 'why it is not told' },
  },
};

/** The dimension of a figure: as the report. */
export const ReportDimension: TypePolicy = {
  fr: 'Dimension d’un chiffre d’un rapport',
  en: 'Dimension of a report’s figure',
  fields: {
    code: { to: forWhom.whoReadsTheReport, fr: 'code' },
    labelFr: { to: forWhom.whoReadsTheReport, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: forWhom.whoReadsTheReport, fr: 'intitulé en anglais', en: 'label in English' },
  },
};
