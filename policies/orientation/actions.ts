import { ITS_RECEIVER, ITS_SENDER, THEIRS_OR_NOBODYS } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  sendReferral: { to: forWhom.socialWorkers, fr: 'orienter', en: 'send a referral', where: ITS_SENDER },
  allocateReferral: {
    to: forWhom.heads,
    fr: 'attribuer une orientation reçue',
    en: 'allocate a referral',
    where: {
      fr: 'celles que reçoit sa circonscription, jamais à lui-même',
      en: 'the referrals that their district receives; never to themselves',
    },
  },
  answerReferral: {
    to: forWhom.socialWorkersAndHeads,
    fr: 'répondre à une orientation',
    en: 'answer a referral',
    where: ITS_RECEIVER,
  },
  withdrawReferral: {
    to: forWhom.socialWorkers,
    fr: 'retirer une orientation',
    en: 'withdraw a referral',
    where: ITS_SENDER,
  },
  showReferral: {
    to: forWhom.socialWorkers,
    fr: 'montrer une orientation à la personne',
    en: 'show a referral to the person',
    where: ITS_SENDER,
  },
  recordIncomingRequest: {
    to: forWhom.teamsThatWrite,
    fr: 'noter une saisine',
    en: 'take down a partner’s request',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  allocateIncomingRequest: {
    to: forWhom.heads,
    fr: 'attribuer une saisine',
    en: 'allocate a partner’s request',
    where: {
      fr: 'dans sa circonscription, jamais à lui-même',
      en: 'in their district, never to themselves',
    },
  },
  answerIncomingRequest: {
    to: forWhom.socialWorkers,
    fr: 'noter qu’une saisine a reçu sa réponse',
    en: 'record that the partner was answered',
    where: { fr: 'celles qui leur sont attribuées', en: 'the requests that are allocated to them' },
  },
  declineIncomingRequest: {
    to: forWhom.socialWorkersAndHeads,
    fr: 'décliner une saisine',
    en: 'decline a partner’s request',
    where: THEIRS_OR_NOBODYS,
  },
  markChildProtection: {
    to: forWhom.socialWorkersAndHeads,
    fr: 'noter qu’une saisine protège un enfant',
    en: 'record that a partner’s request protects a child',
    where: THEIRS_OR_NOBODYS,
  },
  deferInformation: {
    to: forWhom.socialWorkers,
    fr: 'différer l’information de la personne',
    en: 'put off informing the person',
    where: { fr: 'celles qui leur sont attribuées', en: 'the requests that are allocated to them' },
  },
  recordInformation: {
    to: forWhom.socialWorkers,
    fr: 'noter que la personne est informée',
    en: 'record that the person was informed',
    where: { fr: 'celles qui leur sont attribuées', en: 'the requests that are allocated to them' },
  },
  deferNotice: {
    to: forWhom.socialWorkers,
    fr: 'différer la remise de l’information sur les données',
    en: 'put off giving the privacy notice',
    where: { fr: 'le référent du dossier', en: 'the assigned worker' },
  },
};
