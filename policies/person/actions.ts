import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  registerPerson: {
    to: forWhom.deskAndSocialWorkers,
    fr: 'enregistrer une personne',
    en: 'register a person',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  updatePerson: {
    to: forWhom.deskAndSocialWorkers,
    fr: 'modifier l’identité ou les coordonnées',
    en: 'change identity or contact data',
    where: {
      fr: 'l’accueil de la circonscription et l’agent qui suit le dossier',
      en: 'the district’s desk, the assigned worker and the stand-in',
    },
  },
  proposeSafeContact: {
    to: forWhom.whoIsThePerson,
    fr: 'proposer son contact, en ligne',
    en: 'propose online how to be reached',
    where: { fr: 'la personne, le sien', en: 'the person, for themselves' },
  },
  answerContactProposal: {
    to: forWhom.socialWorkersOfPersons,
    fr: 'retenir ou non le contact proposé',
    en: 'accept the proposed contact, or not',
    where: { fr: 'l’agent qui suit le dossier', en: 'the assigned worker and the stand-in' },
  },
  answerContactWord: {
    to: forWhom.socialWorkersOfPersons,
    fr: 'accepter ou retirer une parole sur le contact',
    en: 'agree to a word about contact, or take it back',
    where: {
      fr: 'l’agent attributaire du plus ancien dossier ; qui l’a dite, et l’agent attributaire du dossier où elle l’a été, la retirent aussi',
      en: 'the assigned worker of the oldest case; its author, and the assigned worker of its case, may take it back too',
    },
  },
  setAgreedWord: {
    to: forWhom.whoServesOrIsThePerson,
    fr: 'convenir d’un mot avec la personne',
    en: 'agree on a word with the person',
    where: {
      fr: 'l’agent qui suit le dossier ; la personne retire le sien',
      en: 'the assigned worker and the stand-in; the person may only take the word away',
    },
  },
  setConfirmNothing: {
    to: forWhom.whoServesOrIsThePerson,
    fr: 'ne rien confirmer à personne',
    en: 'confirm nothing to anyone',
    where: {
      fr: 'l’agent qui suit le dossier ; la personne, le sien, sans revenir dessus en ligne ; si personne n’est attributaire, l’agent de permanence à qui l’accueil l’a adressée ce jour',
      en: 'the assigned worker and the stand-in; the person sets it for themselves, and cannot take it back online; if nobody is assigned, the duty worker to whom the desk sent the person that day',
    },
  },
  suspendContact: {
    to: forWhom.whoServesOrIsThePerson,
    fr: 'suspendre tout contact',
    en: 'close every channel to a person',
    where: {
      fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ; la personne, le sien',
      en: 'the district’s desk, the assigned worker and the stand-in, the worker who receives the person; the person, for themselves',
    },
  },
  setSafeContact: {
    to: forWhom.socialWorkersOfPersons,
    fr: 'dire comment la joindre sans danger',
    en: 'say how to reach the person without danger',
    where: {
      fr: 'l’agent qui suit le dossier ; l’agent de permanence à qui l’accueil a adressé la personne ce jour, présente et seule',
      en: 'the assigned worker and the stand-in; the duty worker to whom the desk sent the person that day, present and alone',
    },
  },
  setCommunication: {
    to: forWhom.whoServesOrIsThePerson,
    fr: 'dire sa langue et ce qu’il faut pour se comprendre',
    en: 'record the person’s language, and what the person needs to understand and be understood',
    where: {
      fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ; la personne, les siens',
      en: 'the district’s desk, the assigned worker and the stand-in, the worker who receives the person; the person, for themselves',
    },
  },
  setSafeAddress: {
    to: forWhom.socialWorkersOfPersons,
    fr: 'noter l’adresse postale sûre',
    en: 'write down the safe postal address',
    where: { fr: 'l’agent qui suit le dossier', en: 'the assigned worker and the stand-in' },
  },
  openConfidentialAddress: {
    to: forWhom.socialWorkersOfPersons,
    fr: 'lire une adresse secrète de permanence, sur un motif',
    en: 'read a confidential address on duty, on a ground',
    where: {
      fr: 'à qui l’accueil a adressé la personne ce jour, si personne n’est attributaire du dossier',
      en: 'the duty worker, if the desk sent the person that day and nobody is assigned to the case',
    },
  },
  setPersonAddress: {
    to: forWhom.deskAndSocialWorkers,
    fr: 'noter l’adresse ou la retirer',
    en: 'write down the address or remove it',
    where: {
      fr: 'l’accueil de la circonscription et l’agent qui suit le dossier ; une adresse confidentielle, si personne n’est attributaire : l’agent de permanence à qui l’accueil a adressé la personne ce jour',
      en: 'the district’s desk, the assigned worker and the stand-in; a confidential address, if nobody is assigned: the duty worker to whom the desk sent the person that day',
    },
  },
  giveNotice: {
    to: forWhom.deskAndSocialWorkers,
    fr: 'noter que l’information sur les droits a été donnée',
    en: 'record that the person was given a privacy notice',
    where: {
      fr: 'l’accueil de la circonscription, l’agent qui suit le dossier, celui qui reçoit la personne ce jour',
      en: 'the district’s desk, the assigned worker and the stand-in, the worker who receives the person that day',
    },
  },
};
