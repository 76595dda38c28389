import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Arrêté. Figures are protected before they are written, and everyone reads all of them: nobody gains by asking together. */
export const Snapshot: TypePolicy = {
  fr: 'Arrêté d’un mois, d’un trimestre ou d’une année',
  en: 'Snapshot of a month, a quarter or a year',
  fields: {
    period: { to: allow, fr: 'période', en: 'period' },
    frozenOn: { to: allow, fr: 'arrêté le', en: 'frozen on' },
    methodVersion: { to: allow, fr: 'version de la méthode', en: 'version of the method' },
  },
};

/** A table of protected figures: public. */
export const StatisticsTable: TypePolicy = {
  fr: 'Tableau de chiffres protégés',
  en: 'Table of protected figures',
  fields: {
    indicator: { to: allow, fr: 'indicateur, tel qu’il a été compté', en: 'indicator, as it was counted' },
    district: { to: allow, fr: 'circonscription, ou le département', en: 'district, or the county' },
    period: { to: allow, fr: 'période', en: 'period' },
    frozenOn: { to: allow, fr: 'arrêté le', en: 'frozen on' },
    method: { to: allow, fr: 'méthode de protection', en: 'how it is protected' },
    dimensions: { to: allow, fr: 'dimensions et catégories', en: 'dimensions and categories' },
    cells: { to: allow, fr: 'cellules', en: 'cells' },
    errata: { to: allow, fr: 'errata', en: 'errata' },
    coverage: { to: allow, fr: 'ce qui est couvert', en: 'what is covered' },
    medianWait: { to: allow, fr: 'attente médiane', en: 'median wait' },
  },
};

/** The median of a wait, from published figures: public. */
export const StatisticsMedian: TypePolicy = {
  fr: 'Attente médiane',
  en: 'Median wait',
  fields: {
    days: { to: allow, fr: 'jours', en: 'days' },
    low: { to: allow, fr: 'borne inférieure, 95 fois sur cent', en: 'lower bound, in 95 of 100 cases' },
    high: { to: allow, fr: 'borne supérieure, 95 fois sur cent', en: 'upper bound, in 95 of 100 cases' },
  },
};

/** The districts and days that a table covers: public. */
export const StatisticsCoverage: TypePolicy = {
  fr: 'Couverture d’un tableau ou d’un rapport',
  en: 'Coverage of a table or a report',
  fields: {
    from: { to: allow, fr: 'premier jour compté', en: 'first day that is counted' },
    until: { to: allow, fr: 'premier jour qui n’est plus compté', en: 'first day no longer counted' },
    districts: { to: allow, fr: 'nombre de circonscriptions comptées', en: 'number of districts counted' },
    ofDistricts: { to: allow, fr: 'nombre de circonscriptions en tout', en: 'number of all districts' },
  },
};

/** A dimension of a table: public. */
export const StatisticsDimension: TypePolicy = {
  fr: 'Dimension d’un tableau',
  en: 'Dimension of a table',
  fields: {
    code: { to: allow, fr: 'code' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    categories: { to: allow, fr: 'catégories', en: 'categories' },
  },
};

/** A category of a dimension: public. */
export const StatisticsCategory: TypePolicy = {
  fr: 'Catégorie d’une dimension',
  en: 'Category of a dimension',
  fields: {
    code: { to: allow, fr: 'code' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
  },
};

/** A category of a cell: public. */
export const StatisticsCellCategory: TypePolicy = {
  fr: 'Catégorie d’une cellule',
  en: 'Category of a cell',
  fields: {
    dimension: { to: allow, fr: 'dimension' },
    code: { to: allow, fr: 'code' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
  },
};

/** A cell of protected figures: public. */
export const StatisticsCell: TypePolicy = {
  fr: 'Cellule d’un tableau',
  en: 'Cell of a table',
  fields: {
    categories: { to: allow, fr: 'catégories', en: 'categories' },
    value: { to: allow, fr: 'chiffre protégé', en: 'protected figure' },
    low: { to: allow, fr: 'borne inférieure, 95 fois sur cent', en: 'lower bound, in 95 of 100 cases' },
    high: { to: allow, fr: 'borne supérieure, 95 fois sur cent', en: 'upper bound, in 95 of 100 cases' },
    base: { to: allow, fr: 'base du taux', en: 'base of the rate' },
    withheld: { to: allow, fr: 'pourquoi il n’est pas dit', en: 'why it is not told' },
    yearBefore: { to: allow, fr: 'l’année d’avant', en: 'the year before' },
  },
};

/** A single protected figure: public. */
export const StatisticsFigure: TypePolicy = {
  fr: 'Chiffre protégé',
  en: 'Protected figure',
  fields: {
    value: { to: allow, fr: 'chiffre', en: 'figure' },
    low: { to: allow, fr: 'borne inférieure, 95 fois sur cent', en: 'lower bound, in 95 of 100 cases' },
    high: { to: allow, fr: 'borne supérieure, 95 fois sur cent', en: 'upper bound, in 95 of 100 cases' },
    base: { to: allow, fr: 'base du taux', en: 'base of the rate' },
    withheld: { to: allow, fr: 'pourquoi il n’est pas dit', en: 'why it is not told' },
  },
};

/** A team’s observation: for those who work with statistics, and for everyone once it is published with its report. */
export const IndicatorObservation: TypePolicy = {
  fr: 'Observation d’un membre d’une équipe sur une année',
  en: 'Observation of a member of a team on a year',
  fields: {
    id: { to: forWhom.whoReadsTheObservation, ...ID },
    code: { to: forWhom.whoReadsTheObservation, fr: 'indicateur', en: 'indicator' },
    district: { to: forWhom.whoReadsTheObservation, fr: 'circonscription' },
    year: { to: forWhom.whoReadsTheObservation, fr: 'année', en: 'year' },
    body: { to: forWhom.whoReadsTheObservation, fr: 'texte', en: 'text' },
    statedOn: { to: forWhom.whoReadsTheObservation, fr: 'dite le', en: 'stated on' },
    confirmedOn: {
      to: forWhom.whoReadsTheObservation,
      fr: 'relue par un autre le',
      en: 'read by somebody else on',
    },
  },
};
