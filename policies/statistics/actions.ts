import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  proposeIndicator: {
    to: forWhom.whoProposesIndicators,
    fr: 'proposer un indicateur',
    en: 'propose an indicator',
    where: {
      fr: 'pour leur équipe ; le conseiller technique, pour le département',
      en: 'for their team; the technical adviser, for the county',
    },
  },
  openConsultation: {
    to: forWhom.whoDecidesOnIndicators,
    fr: 'consulter les équipes sur un indicateur',
    en: 'consult the teams about an indicator',
  },
  stateOpinion: {
    to: forWhom.whoSpeaksForATeam,
    fr: 'dire son avis sur un indicateur, dans l’équipe',
    en: 'state one’s opinion of an indicator, as a member of the team',
    where: { fr: 'dans leur équipe, en leur nom', en: 'in their team, in their own name' },
  },
  adoptIndicator: {
    to: forWhom.whoDecidesOnIndicators,
    fr: 'adopter un indicateur',
    en: 'adopt an indicator',
    where: {
      fr: 'à deux, quand les équipes sont d’accord',
      en: 'two of them, when the teams have agreed',
    },
  },
  refuseIndicator: {
    to: forWhom.whoDecidesOnIndicators,
    fr: 'refuser un indicateur, avec le motif',
    en: 'refuse an indicator, with the reason',
  },
  retireIndicator: {
    to: forWhom.whoDecidesOnIndicators,
    fr: 'retirer un indicateur',
    en: 'retire an indicator',
  },
  writeNarrative: {
    to: forWhom.whoSpeaksForATeam,
    fr: 'écrire ce que l’équipe dit de l’année',
    en: 'write what the team says about the year',
    where: {
      fr: 'pour leur équipe, ou le département',
      en: 'for their team, or the county',
    },
  },
  declineNarrative: {
    to: forWhom.whoSpeaksForATeam,
    fr: 'dire que l’équipe n’écrit pas',
    en: 'state that the team declines to write about the year',
    where: {
      fr: 'pour leur équipe, ou le département',
      en: 'for their team, or the county',
    },
  },
  signNarrative: {
    to: forWhom.whoSpeaksForATeam,
    fr: 'signer ce que dit l’équipe',
    en: 'sign what the team says',
    where: {
      fr: 'dans leur équipe, ou pour le département, en leur nom',
      en: 'in their team, or for the county, in their own name',
    },
  },
  publishActivityReport: {
    to: forWhom.whoDecidesOnIndicators,
    fr: 'publier un rapport d’activité',
    en: 'publish an activity report',
  },
  proposeErratum: { to: forWhom.whoDecidesOnIndicators, fr: 'écrire un erratum', en: 'write an erratum' },
  signErratum: {
    to: forWhom.whoSignsErrata,
    fr: 'signer et publier un erratum',
    en: 'sign and publish an erratum',
  },
  withdrawErratum: {
    to: forWhom.whoDecidesOnIndicators,
    fr: 'retirer un erratum non signé',
    en: 'take back an erratum that nobody has signed',
    where: { fr: 'celui qu’ils ont proposé', en: 'an erratum that they proposed' },
  },
  simulateWait: {
    to: forWhom.whoProposesIndicators,
    fr: 'simuler l’attente sous d’autres moyens',
    en: 'simulate the wait under other means',
    where: {
      fr: 'de leur circonscription ; le conseiller technique, de toutes, une à la fois',
      en: 'of their district; the technical adviser, of any, one at a time',
    },
  },
  confirmWords: {
    to: forWhom.whoConfirmsWords,
    fr: 'relire un texte d’un autre, qui devient public',
    en: 'read words of somebody else, which become public',
    where: { fr: 'de leur équipe', en: 'of their team' },
  },
  withdrawWords: {
    to: forWhom.whoWithdrawsWords,
    fr: 'retirer un texte d’une équipe',
    en: 'withdraw words of a team',
  },
  addObservation: {
    to: forWhom.whoSpeaksForATeam,
    fr: 'ajouter une observation',
    en: 'add an observation',
    where: { fr: 'dans leur équipe, en leur nom', en: 'in their team, in their own name' },
  },
};
