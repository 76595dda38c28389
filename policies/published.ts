import { CELLS } from './generated/cells.js';
import { TYPES } from './index.js';
import type { FieldPolicy } from './rules/policy.js';
import { sentenceOf } from './sentences.js';
import { STANDPOINTS } from './standpoints.js';
import { conditionOf, labelOf } from './words.js';

/** The matrix as it is published: words, rules and the access that was observed. */
export interface PublishedMatrix {
  readonly standpoints: readonly PublishedStandpoint[];
  /** The readable fields, type by type. Types that only programs use come last. */
  readonly types: readonly PublishedType[];
  /** The actions. */
  readonly actions: readonly PublishedRule[];
}
/** A column of the published matrix. */
export interface PublishedStandpoint {
  readonly key: string;
  readonly roleFr: string;
  readonly roleEn: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly descriptionFr: string;
  readonly descriptionEn: string;
}
/** A type of the published matrix, with its fields. */
export interface PublishedType {
  readonly name: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly technical: boolean;
  readonly fields: readonly PublishedRule[];
}
/** A field or an action of the published matrix. */
export interface PublishedRule {
  readonly coordinate: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** The readers of the field, as a sentence. If the rule knows only the role, the service's condition on the row is added. */
  readonly ruleFr: string;
  readonly ruleEn: string;
  /** The keys of the standpoints that were let through. */
  readonly openTo: readonly string[];
  readonly closedTo: readonly string[];
}

function ruleOf(type: string, field: string, { to }: FieldPolicy): PublishedRule {
  const coordinate = `${type}.${field}`;
  const label = labelOf(type, field) ?? { fr: field, en: field };
  const sentence = sentenceOf(to);
  const condition = conditionOf(type, field);
  // A field counts as closed until it has been observed.
  const digits = CELLS[coordinate] ?? '';
  const keys = (open: boolean): string[] =>
    STANDPOINTS.filter((_standpoint, at) => (digits[at] === '1') === open).map(({ key }) => key);
  return {
    coordinate,
    labelFr: label.fr,
    labelEn: label.en,
    ruleFr: condition === undefined ? sentence.fr : `${sentence.fr} : ${condition.fr}`,
    ruleEn: condition === undefined ? sentence.en : `${sentence.en}: ${condition.en}`,
    openTo: keys(true),
    closedTo: keys(false),
  };
}

/** Returns the matrix to publish. It is made once, at the start: nothing in it depends on the viewer. */
export function publishMatrix(): PublishedMatrix {
  const types = Object.entries(TYPES).map(([name, policy]) => ({
    name,
    labelFr: policy.fr,
    labelEn: policy.en,
    technical: policy.technical === true,
    fields: Object.entries(policy.fields).map(([field, one]) => ruleOf(name, field, one)),
  }));
  return {
    standpoints: STANDPOINTS.map(({ key, role, label, description }) => ({
      key,
      roleFr: role.fr,
      roleEn: role.en,
      labelFr: label.fr,
      labelEn: label.en,
      descriptionFr: description.fr,
      descriptionEn: description.en,
    })),
    types: types.filter(({ name }) => name !== 'Mutation'),
    actions: types.find(({ name }) => name === 'Mutation')?.fields ?? [],
  };
}
