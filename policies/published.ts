import { CELLS } from './cells.js';
import { conditionOf } from './conditions.js';
import { POLICIES } from './index.js';
import { LABELS, labelOf } from './labels.js';
import { sentenceOf } from './sentences.js';
import { STANDPOINTS } from './standpoints.js';

/** The matrix as it is published: words, rules and what was observed. */
export interface PublishedMatrix {
  readonly standpoints: readonly PublishedStandpoint[];
  /** What can be read, type by type; what is of use to programs alone comes last. */
  readonly types: readonly PublishedType[];
  /** What can be done. */
  readonly actions: readonly PublishedRule[];
}
export interface PublishedStandpoint {
  readonly key: string;
  readonly roleFr: string;
  readonly roleEn: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly descriptionFr: string;
  readonly descriptionEn: string;
}
export interface PublishedType {
  readonly name: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly technical: boolean;
  readonly fields: readonly PublishedRule[];
}
export interface PublishedRule {
  readonly coordinate: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** Whom it is for, as a sentence; with what the service asks of the row, where the rule knows the role alone. */
  readonly ruleFr: string;
  readonly ruleEn: string;
  /** Keys of standpoints. */
  readonly openTo: readonly string[];
  readonly closedTo: readonly string[];
}

function ruleOf(type: string, field: string): PublishedRule {
  const coordinate = `${type}.${field}`;
  const policy = POLICIES[type]?.[field];
  if (policy === undefined) throw new Error(`${coordinate}: labelled, and without a rule`);
  const label = labelOf(type, field) ?? { fr: field, en: field };
  const sentence = sentenceOf(policy);
  const condition = conditionOf(type, field);
  // A field is closed until it has been observed.
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

/** Made once, at the start: nothing in it depends on who asks. */
export function publishMatrix(): PublishedMatrix {
  const typeOf = (name: string): PublishedType => {
    const label = LABELS[name];
    // In the order of the labels, which is that of reading; then what nobody has labelled yet.
    const fields = [...new Set([...Object.keys(label?.fields ?? {}), ...Object.keys(POLICIES[name] ?? {})])];
    return {
      name,
      labelFr: label?.fr ?? name,
      labelEn: label?.en ?? name,
      technical: label?.technical === true,
      fields: fields.map((field) => ruleOf(name, field)),
    };
  };
  const names = [...new Set([...Object.keys(LABELS), ...Object.keys(POLICIES)])];
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
    types: names.filter((name) => name !== 'Mutation').map(typeOf),
    actions: typeOf('Mutation').fields,
  };
}
