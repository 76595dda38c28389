import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

/** Personne accompagnée. */
export const Person: TypePolicy = {
  fr: 'Personne accompagnée',
  en: 'Person helped',
  fields: {
    displayName: {
      to: forWhom.whoKnowsTheName,
      fr: 'nom d’usage, tel que la personne le donne',
      en: 'name, as the person gives it',
    },
    givenName: { to: forWhom.whoKnowsTheName, fr: 'prénom' },
    familyName: { to: forWhom.whoKnowsTheName, fr: 'nom de famille' },
    chosenName: { to: forWhom.whoKnowsTheName, fr: 'nom choisi' },
    birthDate: { to: forWhom.whoKnowsThePerson, fr: 'date de naissance' },
    phone: { to: forWhom.whoKnowsThePerson, fr: 'téléphone' },
    email: { to: forWhom.whoKnowsThePerson, fr: 'adresse électronique', en: 'e-mail' },
    safeContact: {
      to: forWhom.whoKnowsThePerson,
      fr: 'comment la joindre sans danger',
      en: 'how to reach them without danger',
    },
    confirmNothing: {
      to: forWhom.whoKnowsThePerson,
      fr: 'ne rien confirmer à personne',
      en: 'confirm nothing to anyone',
    },
    contactSuspended: {
      to: forWhom.whoKnowsThePerson,
      fr: 'tout contact suspendu',
      en: 'every channel suspended',
    },
    objectsToStatistics: {
      to: forWhom.whoKnowsThePerson,
      fr: 's’oppose à être comptée',
      en: 'objects to being counted',
    },
    language: {
      to: forWhom.whoKnowsThePerson,
      fr: 'langue dans laquelle lui parler',
      en: 'language in which to speak to them',
    },
    communicationNeeds: {
      to: forWhom.whoKnowsThePerson,
      fr: 'ce qu’il faut pour la comprendre et être compris',
      en: 'what it takes to understand them and be understood',
    },
    provisional: {
      to: forWhom.whoKnowsThePerson,
      fr: 'connue par un nom seul, donné en ligne',
      en: 'known by a name alone, given online',
    },
    // The loader leaves out a confidential address for a viewer who may not read it: it judges the address's row.
    address: { to: forWhom.whoKnowsThePerson, fr: 'adresse' },
    openAddress: {
      to: forWhom.whoKnowsThePerson,
      fr: 'adresse que lit quiconque connaît la personne',
      en: 'address that everyone reads who knows the person',
    },
    contactProposal: {
      to: or(forWhom.whoFollowsThePerson, forWhom.thePersonThemselves),
      fr: 'contact proposé en ligne',
      en: 'contact proposed online',
    },
    contactWords: {
      to: forWhom.whoFollowsThePerson,
      fr: 'paroles sur le contact, en attente d’un accord',
      en: 'words about contact that wait for a yes',
    },
    // Not for the person's login: somebody else may hold their phone.
    safeAddress: {
      to: forWhom.whoFollowsThePerson,
      fr: 'adresse postale sûre, où vont les courriers',
      en: 'safe postal address, where letters go',
    },
    reference: {
      to: forWhom.whoKnowsThePerson,
      fr: 'référence que la personne peut donner',
      en: 'reference that the person can say',
    },
    // The cases shown to the person online. A worker looks up the cases of one person at a time, and never of a list of persons.
    cases: { to: forWhom.thePersonThemselves, fr: 'ses dossiers', en: 'their cases' },
    // The person sees the referrals that concern only them and are shown; the desk sees only that there are some (`referralMentions`).
    referrals: { to: forWhom.thePersonThemselves, fr: 'ses orientations', en: 'referrals of the person' },
    referralMentions: {
      to: forWhom.theDeskThatFoundThem,
      fr: 'mention de son orientation',
      en: 'mention that the person was referred',
    },
    noticeReceipts: {
      to: forWhom.whoKnowsThePerson,
      fr: 'informations sur ses droits qu’elle a reçues',
      en: 'notices that they were given',
    },
    id: { to: forWhom.whoKnowsTheName, ...ID },
    version: { to: forWhom.whoKnowsThePerson, ...VERSION },
  },
};
