import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Indicateur: what is counted, and who agreed to it, is public. */
export const Indicator: TypePolicy = {
  id: allow,
  code: allow,
  version: allow,
  labelFr: allow,
  labelEn: allow,
  definitionFr: allow,
  countsFr: allow,
  doesNotCountFr: allow,
  measure: allow,
  unit: allow,
  kind: allow,
  dimensions: allow,
  givenBy: allow,
  programme: allow,
  status: allow,
  proposedIn: allow,
  proposedOn: allow,
  consultedFrom: allow,
  consultedUntil: allow,
  adoptedOn: allow,
  retiredOn: allow,
  refusal: allow,
  refusalText: allow,
  opinions: allow,
  decisions: allow,
  countedFactFr: allow,
  countedFactEn: allow,
  countingSql: allow,
};

export const IndicatorTable: TypePolicy = {
  territory: allow,
  period: allow,
  by: allow,
};

export const IndicatorDimension: TypePolicy = { code: allow, labelFr: allow, labelEn: allow };

/** Who decides against an indicator says why, in their own name. */
export const IndicatorDecision: TypePolicy = {
  kind: allow,
  refusal: allow,
  reason: allow,
  name: allow,
  saidOn: allow,
};

/** How many are for it, and in which words, is public; who says so, where they wish it. */
export const IndicatorOpinion: TypePolicy = {
  district: allow,
  position: allow,
  votesFor: allow,
  votesAgainst: allow,
  reservations: allow,
  voices: allow,
};

export const IndicatorVoice: TypePolicy = {
  position: allow,
  words: allow,
  statedOn: allow,
  version: allow,
  earlier: allow,
  name: forWhom.whoKnowsTheVoice,
};

export const EarlierVoice: TypePolicy = { position: allow, words: allow, statedOn: allow, version: allow };

/** How figures are protected is public, and its secret is in no field. */
export const StatisticsMethod: TypePolicy = {
  version: allow,
  modulus: allow,
  variance: allow,
  maxPerturbation: allow,
  threshold: allow,
  leastBase: allow,
  textFr: allow,
  textEn: allow,
};
