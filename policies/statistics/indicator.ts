import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/**
 * Indicateur. Its definition, and who agreed to it, are public, once somebody else than the author has read it. Until then nobody but the
 * county’s workers gets the row.
 */
export const Indicator: TypePolicy = {
  fr: 'Indicateur',
  en: 'Indicator',
  fields: {
    id: { to: allow, ...ID },
    code: { to: allow, fr: 'code' },
    version: { to: allow, ...VERSION },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    definitionFr: { to: allow, fr: 'définition', en: 'definition' },
    countsFr: { to: allow, fr: 'ce qui compte', en: 'what counts' },
    doesNotCountFr: { to: allow, fr: 'ce qui ne compte pas', en: 'what does not' },
    measure: { to: allow, fr: 'd’où il est compté', en: 'what it is counted from' },
    unit: { to: allow, fr: 'ce qui est compté', en: 'what is counted' },
    kind: { to: allow, fr: 'manière de compter', en: 'way of counting' },
    dimensions: { to: allow, fr: 'dimensions' },
    givenBy: { to: allow, fr: 'donné par circonscription ou département', en: 'given by district or county' },
    programme: { to: allow, fr: 'tableaux au programme', en: 'tables of the programme' },
    status: { to: allow, fr: 'où il en est', en: 'where it stands' },
    proposedIn: { to: allow, fr: 'équipe qui l’a proposé', en: 'team that proposed it' },
    proposedOn: { to: allow, fr: 'proposé le', en: 'proposed on' },
    consultedFrom: { to: allow, fr: 'équipes consultées depuis', en: 'teams asked from' },
    consultedUntil: { to: allow, fr: 'équipes consultées jusqu’au', en: 'teams asked until' },
    askedAgain: {
      to: allow,
      fr: 'équipes consultées une seconde fois',
      en: 'whether the teams were asked again',
    },
    confirmedOn: { to: allow, fr: 'relu par un autre le', en: 'read by somebody else on' },
    adoptedOn: { to: allow, fr: 'adopté le', en: 'adopted on' },
    retiredOn: { to: allow, fr: 'retiré le', en: 'retired on' },
    refusal: { to: allow, fr: 'motif de refus (une catégorie)', en: 'why it was refused (a category)' },
    refusalText: { to: allow, fr: 'motif de refus, en clair', en: 'why it was refused, in words' },
    opinions: { to: allow, fr: 'avis des équipes', en: 'what the teams said' },
    decisions: {
      to: allow,
      fr: 'conseillers techniques qui veulent l’adopter, le refuser ou le retirer',
      en: 'technical advisers who want to adopt, refuse or retire it',
    },
    countedFactFr: {
      to: allow,
      fr: 'ce qui est compté, d’après la mesure, en français',
      en: 'what is counted, after the measure, in French',
    },
    countedFactEn: {
      to: allow,
      fr: 'ce qui est compté, d’après la mesure, en anglais',
      en: 'what is counted, after the measure, in English',
    },
    countingSql: {
      to: allow,
      fr: 'fonction SQL qui trouve ce qui est compté',
      en: 'function in SQL that finds what is counted',
    },
  },
};

/** A table that an indicator releases: public. */
export const IndicatorTable: TypePolicy = {
  fr: 'Tableau au programme d’un indicateur',
  en: 'Table of an indicator’s programme',
  fields: {
    territory: { to: allow, fr: 'circonscription ou département', en: 'district or county' },
    period: { to: allow, fr: 'période', en: 'period' },
    by: { to: allow, fr: 'dimensions' },
  },
};

/** A dimension of an indicator: public. */
export const IndicatorDimension: TypePolicy = {
  fr: 'Dimension d’un indicateur',
  en: 'Dimension of an indicator',
  fields: {
    code: { to: allow, fr: 'code' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
  },
};

/** The word of an adviser who decides on an indicator: public, in their own name. */
export const IndicatorDecision: TypePolicy = {
  fr: 'Avis d’un conseiller technique pour adopter, refuser ou retirer un indicateur',
  en: 'Word of a technical adviser to adopt, refuse or retire an indicator',
  fields: {
    kind: { to: allow, fr: 'adopter, refuser ou retirer', en: 'adopt, refuse or retire' },
    refusal: { to: allow, fr: 'motif de refus (une catégorie)', en: 'why it is refused (a category)' },
    reason: { to: allow, fr: 'motif, en clair', en: 'why, in words' },
    name: { to: allow, fr: 'qui le dit', en: 'who says so' },
    saidOn: { to: allow, fr: 'dit le', en: 'said on' },
  },
};

/** A team's opinion: the number of votes and their words are public. The name of a speaker is public if the speaker wishes so. */
export const IndicatorOpinion: TypePolicy = {
  fr: 'Avis d’une équipe sur un indicateur',
  en: 'What a team says of an indicator',
  fields: {
    district: { to: allow, fr: 'circonscription' },
    position: { to: allow, fr: 'avis', en: 'position' },
    votesFor: { to: allow, fr: 'voix pour', en: 'voices for it' },
    votesAgainst: { to: allow, fr: 'voix contre', en: 'voices against it' },
    reservations: { to: allow, fr: 'voix réservées', en: 'voices with reservations' },
    voices: { to: allow, fr: 'voix', en: 'voices' },
  },
};

/** One worker's voice on an indicator. Its position is public; for the words see `whoReadsTheWords`, for the name `whoKnowsTheVoice`. */
export const IndicatorVoice: TypePolicy = {
  fr: 'Voix d’un membre d’une équipe sur un indicateur',
  en: 'What a member of a team says of an indicator',
  fields: {
    id: { to: allow, ...ID },
    position: { to: allow, fr: 'avis', en: 'position' },
    words: { to: forWhom.whoReadsTheWords, fr: 'ce qu’il en dit', en: 'in which words' },
    statedOn: { to: allow, fr: 'dit le', en: 'stated on' },
    confirmedOn: { to: allow, fr: 'relu par un autre le', en: 'read by somebody else on' },
    version: { to: allow, ...VERSION },
    name: { to: forWhom.whoKnowsTheVoice, fr: 'qui parle', en: 'who speaks' },
    earlier: { to: allow, fr: 'ce qu’il en disait avant', en: 'what they said before' },
  },
};

/** An earlier version of a voice: as the voice, without a name. */
export const EarlierVoice: TypePolicy = {
  fr: 'Ce qu’un membre d’une équipe disait d’un indicateur',
  en: 'What a member of a team said of an indicator before',
  fields: {
    position: { to: allow, fr: 'avis', en: 'position' },
    words: { to: forWhom.whoReadsTheWords, fr: 'ce qu’il en disait', en: 'in which words' },
    statedOn: { to: allow, fr: 'dit le', en: 'stated on' },
    confirmedOn: { to: allow, fr: 'relu par un autre le', en: 'read by somebody else on' },
    version: { to: allow, ...VERSION },
  },
};

/** The method that protects the figures is public. Its secret is in no field. */
export const StatisticsMethod: TypePolicy = {
  fr: 'Méthode de protection des chiffres',
  en: 'How figures are protected',
  fields: {
    version: { to: allow, ...VERSION },
    modulus: { to: allow, fr: 'nombre de clés', en: 'how many keys there are' },
    variance: { to: allow, fr: 'variance de la perturbation', en: 'variance of what is added' },
    maxPerturbation: { to: allow, fr: 'plus grande perturbation', en: 'the most that is added' },
    threshold: { to: allow, fr: 'sous quoi un compte n’est pas dit', en: 'below which a count is not told' },
    sensitiveThreshold: {
      to: allow,
      fr: 'le seuil de la santé et des violences',
      en: 'threshold of health and violence',
    },
    leastBase: { to: allow, fr: 'plus petite base d’un taux', en: 'least base of a rate' },
    textFr: { to: allow, fr: 'texte en français', en: 'text in French' },
    textEn: { to: allow, fr: 'texte en anglais', en: 'text in English' },
  },
};
