import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The published notices are public, with the officer's opinion of them. */
export const PrivacyNotice: TypePolicy = {
  fr: 'Information sur les données personnelles',
  en: 'Privacy notice',
  fields: {
    kind: { to: allow, fr: 'courte ou complète', en: 'short or full' },
    textFr: { to: allow, fr: 'texte en français', en: 'text in French' },
    textEn: { to: allow, fr: 'texte en anglais', en: 'text in English' },
    publishedOn: { to: allow, fr: 'date de publication' },
    opinion: {
      to: allow,
      fr: 'avis du délégué à la protection des données',
      en: 'opinion of the data protection officer',
    },
    opinionText: { to: allow, fr: 'ce que dit l’avis', en: 'what the opinion says' },
    opinionOn: { to: allow, fr: 'date de l’avis', en: 'date of the opinion' },
    outdated: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'ne dit plus qui lit quoi',
      en: 'no longer says who reads what',
    },
    id: { to: allow, ...ID },
    version: { to: allow, ...VERSION },
  },
};

/** A notice that is not published yet: for the administrator and the officer, who prepare it. */
export const PrivacyNoticeDraft: TypePolicy = {
  fr: 'Projet d’information sur les données personnelles',
  en: 'Draft of a privacy notice',
  fields: {
    kind: { to: forWhom.whoReadsNoticeDrafts, fr: 'courte ou complète', en: 'short or full' },
    textFr: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'texte du département, en français',
      en: 'the county’s text, in French',
    },
    textEn: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'texte du département, en anglais',
      en: 'the county’s text, in English',
    },
    whoReadsFr: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'qui lit quoi, en français',
      en: 'who reads what, in French',
    },
    whoReadsEn: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'qui lit quoi, en anglais',
      en: 'who reads what, in English',
    },
    draftedAt: { to: forWhom.whoReadsNoticeDrafts, fr: 'écrit le', en: 'written at' },
    opinion: {
      to: forWhom.whoReadsNoticeDrafts,
      fr: 'avis du délégué à la protection des données',
      en: 'opinion of the data protection officer',
    },
    opinionText: { to: forWhom.whoReadsNoticeDrafts, fr: 'ce que dit l’avis', en: 'what the opinion says' },
    opinionOn: { to: forWhom.whoReadsNoticeDrafts, fr: 'date de l’avis', en: 'date of the opinion' },
    id: { to: forWhom.whoReadsNoticeDrafts, ...ID },
    version: { to: forWhom.whoReadsNoticeDrafts, ...VERSION },
  },
};
