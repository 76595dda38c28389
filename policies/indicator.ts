import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

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
  threshold: allow,
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
};

export const IndicatorDimension: TypePolicy = { code: allow, labelFr: allow, labelEn: allow };

export const IndicatorOpinion: TypePolicy = {
  district: allow,
  position: allow,
  dissent: allow,
  statedOn: allow,
  version: allow,
};

/** How figures are protected is public, and its secret is in no field. */
export const StatisticsMethod: TypePolicy = {
  version: allow,
  modulus: allow,
  variance: allow,
  maxPerturbation: allow,
  textFr: allow,
  textEn: allow,
};
