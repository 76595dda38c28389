import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** A signed erratum is for everyone; before that, it is for those who work with statistics. */
export const Erratum: TypePolicy = {
  fr: 'Erratum d’un chiffre arrêté ou d’un rapport publié',
  en: 'Erratum of a frozen figure or a published report',
  fields: {
    id: { to: forWhom.whoReadsTheReport, ...ID },
    period: { to: forWhom.whoReadsTheReport, fr: 'période', en: 'period' },
    indicator: {
      to: forWhom.whoReadsTheReport,
      fr: 'indicateur (aucun : le rapport)',
      en: 'indicator (none: the report)',
    },
    district: { to: forWhom.whoReadsTheReport, fr: 'circonscription', en: 'district' },
    textFr: { to: forWhom.whoReadsTheReport, fr: 'texte français', en: 'French text' },
    textEn: { to: forWhom.whoReadsTheReport, fr: 'texte anglais', en: 'English text' },
    recalls: { to: forWhom.whoReadsTheReport, fr: 'rappelle le rapport', en: 'recalls the report' },
    proposedBy: { to: forWhom.whoReadsTheReport, fr: 'écrit par', en: 'written by' },
    signedBy: { to: forWhom.whoReadsTheReport, fr: 'signé par', en: 'signed by' },
    publishedOn: { to: forWhom.whoReadsTheReport, fr: 'publié le', en: 'published on' },
    lapsesOn: { to: forWhom.whoReadsTheReport, fr: 'caduc à partir du', en: 'lapses on' },
  },
};
