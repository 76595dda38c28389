import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * Orientation. The head of the receiving district allocates it, and reads the names until then, never the text. The person sees where
 * they are sent, if the referral concerns only them and is shown online.
 */
export const Referral: TypePolicy = {
  fr: 'Orientation',
  en: 'Referral',
  fields: {
    status: { to: forWhom.whoSeesTheReferral, fr: 'où elle en est', en: 'where it stands' },
    sentAt: { to: forWhom.whoSeesTheReferral, fr: 'date d’envoi', en: 'when it was sent' },
    answerBy: {
      to: forWhom.whoSeesTheReferral,
      fr: 'réponse attendue au plus tard le',
      en: 'last day on which to answer',
    },
    overdue: { to: forWhom.whoSeesTheReferral, fr: 'réponse en retard', en: 'answer overdue' },
    closedAt: {
      to: forWhom.whoSeesTheReferral,
      fr: 'date de la réponse ou du retrait',
      en: 'when it was answered or withdrawn',
    },
    refusal: {
      to: forWhom.whoWorksWithTheReferral,
      fr: 'motif du refus (une catégorie)',
      en: 'why not (a category)',
    },
    mission: { to: forWhom.whoWorksWithTheReferral, fr: 'mission du dossier', en: 'mission of the case' },
    fromDistrict: {
      to: forWhom.whoWorksWithTheReferral,
      fr: 'circonscription qui oriente',
      en: 'district that sends',
    },
    sentBy: { to: forWhom.whoSeesTheWorkersOfTheReferral, fr: 'agent qui oriente', en: 'worker who sent it' },
    toDistrict: {
      to: forWhom.whoSeesTheReferral,
      fr: 'circonscription qui reçoit',
      en: 'district that receives',
    },
    toWorker: {
      to: forWhom.whoSeesTheWorkersOfTheReferral,
      fr: 'agent qui la reçoit',
      en: 'worker who receives the referral',
    },
    toOrganisation: {
      to: forWhom.whoSeesTheReferral,
      fr: 'structure vers laquelle elle oriente',
      en: 'organisation to which it leads',
    },
    names: {
      to: forWhom.whoAllocatesTheReferral,
      fr: 'noms des personnes orientées',
      en: 'names of the persons referred',
    },
    persons: { to: forWhom.whoSendsAndReceives, fr: 'personnes orientées', en: 'persons referred' },
    needs: { to: forWhom.whoSendsAndReceives, fr: 'besoins', en: 'needs' },
    text: {
      to: forWhom.whoSendsAndReceives,
      fr: 'texte pour l’agent qui la reçoit',
      en: 'text for the worker who receives it',
    },
    case: { to: forWhom.whoSends, fr: 'dossier' },
    showOnline: {
      to: forWhom.whoSends,
      fr: 'montrée en ligne à la personne',
      en: 'shown online to the person',
    },
    id: { to: forWhom.whoSeesTheReferral, ...ID },
    version: { to: forWhom.whoWorksWithTheReferral, ...VERSION },
  },
};

/**
 * A desk learns that there is a referral. It learns the destination only if that is a district: an organisation would tell the reason.
 */
export const ReferralMention: TypePolicy = {
  fr: 'Mention de l’orientation d’une personne',
  en: 'Mention that a person was referred',
  fields: {
    status: { to: forWhom.theDesksOfTheReferral, fr: 'où elle en est', en: 'where it stands' },
    fromDistrict: {
      to: forWhom.theDesksOfTheReferral,
      fr: 'circonscription qui oriente',
      en: 'district that sends',
    },
    toDistrict: {
      to: forWhom.theDesksOfTheReferral,
      fr: 'circonscription qui reçoit',
      en: 'district that receives',
    },
    id: { to: forWhom.theDesksOfTheReferral, ...ID },
  },
};
