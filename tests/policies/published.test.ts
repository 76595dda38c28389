import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isObjectType } from 'graphql';
import { CELLS } from '../../policies/generated/cells.js';
import { POLICIES, TYPES } from '../../policies/index.js';
import { publishMatrix } from '../../policies/published.js';
import {
  allow,
  and,
  chain,
  deny,
  not,
  or,
  type Policy,
  race,
  viewerRule,
} from '../../policies/rules/rules.js';
import { rule } from '../../policies/rules/shield.js';
import { sentenceOf } from '../../policies/sentences.js';
import { STANDPOINTS } from '../../policies/standpoints.js';
import { labelOf } from '../../policies/words.js';
import { buildCosmosSchema } from '../../schema/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { STRICTER } from './matrix/stricter/index.js';

const head = viewerRule({ fr: 'le responsable', en: 'the head' }, () => true);
const desk = viewerRule({ fr: 'l’accueil', en: 'the desk' }, () => true);

describe('the sentence of a rule', () => {
  test('is its own, or says everyone or nobody', () => {
    expect([allow, deny, head].map((policy) => sentenceOf(policy).fr)).toEqual([
      'tout le monde',
      'personne',
      'le responsable',
    ]);
  });

  test('joins what operators join, in both languages', () => {
    expect(sentenceOf(or(head, desk))).toEqual({
      fr: 'le responsable ; ou l’accueil',
      en: 'the head; or the desk',
    });
    expect(sentenceOf(race(head, desk)).fr).toBe('le responsable ; ou l’accueil');
    expect(sentenceOf(and(head, desk))).toEqual({
      fr: 'le responsable, à condition d’être aussi : l’accueil',
      en: 'the head, provided they are also: the desk',
    });
    expect(sentenceOf(chain(head, desk)).en).toBe('the head, provided they are also: the desk');
    expect(sentenceOf(not(desk))).toEqual({ fr: 'tous, sauf : l’accueil', en: 'all but: the desk' });
  });

  test('is not made up for what is no rule of ours', () => {
    const foreign = rule('foreign')(() => true) as Policy;
    expect(() => sentenceOf(foreign)).toThrow('not a rule of policies/rules/rules.ts');
  });
});

describe('the id of a row', () => {
  test('is open to whoever may read any other field of the row', () => {
    const idless = Object.entries(CELLS).filter(([coordinate, digits]) => {
      const ids = CELLS[coordinate.replace(/\..*/, '.id')];
      return ids !== undefined && [...digits].some((digit, at) => digit === '1' && ids[at] === '0');
    });
    expect(idless.map(([coordinate]) => coordinate)).toEqual([]);
  });
});

describe('the labels', () => {
  test('name every type, field and action of the schema, and none besides', async () => {
    const schema = await buildCosmosSchema();
    const coordinates = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter((type) => !type.name.startsWith('__'))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
    const labelled = Object.entries(TYPES).flatMap(([type, { fields }]) =>
      Object.keys(fields).map((field) => `${type}.${field}`),
    );
    expect(labelled.sort()).toEqual(coordinates.sort());
  });

  test('are French with its apostrophe, and English words', () => {
    for (const [type, { fr, fields }] of Object.entries(TYPES)) {
      for (const field of Object.keys(fields)) {
        const label = labelOf(type, field);
        expect(`${fr} ${label?.fr}`).not.toMatch(/['"]|\.\.\./);
        expect(label?.en).toMatch(/^[a-z0-9 ,’:-]+(\(.+\))?$|INSEE|French|English/i);
      }
    }
  });
});

describe('policyMatrix in the API', () => {
  let database: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await cloneDatabase();
    app = await startTestApp(database);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });
  const RULE = 'coordinate labelFr labelEn ruleFr ruleEn openTo closedTo';

  test('answers the whole of it to anyone, at a price that is allowed', async () => {
    const answer = await app.anonymous.send(`{ policyMatrix {
      standpoints { key roleFr roleEn labelFr labelEn descriptionFr descriptionEn }
      types { name labelFr labelEn fields { ${RULE} } } actions { ${RULE} } } }`);
    expect(answer.errors).toEqual([]);
    const matrix = answer.data?.['policyMatrix'];
    expect(matrix.standpoints.map(({ key }: { key: string }) => key)).toEqual(
      STANDPOINTS.map(({ key }) => key),
    );
    const rules = [
      ...matrix.types.flatMap((type: { fields: unknown[] }) => type.fields),
      ...matrix.actions,
    ] as { coordinate: string; openTo: string[]; closedTo: string[] }[];
    expect(rules.map(({ coordinate }) => coordinate).sort()).toEqual(Object.keys(CELLS).sort());
    for (const { coordinate, openTo, closedTo } of rules) {
      const digits = STANDPOINTS.map(({ key }) => (openTo.includes(key) ? '1' : '0')).join('');
      expect({ coordinate, digits }).toEqual({ coordinate, digits: CELLS[coordinate] });
      expect(openTo.length + closedTo.length).toBe(STANDPOINTS.length);
    }
  });

  test('says of the interview note whom it is for, and to whom it was open', async () => {
    const { data } = await app.anonymous.send(`{ policyMatrix { types { name fields { ${RULE} } } } }`);
    const note = data?.['policyMatrix'].types.find(({ name }: { name: string }) => name === 'InterviewNote');
    expect(
      note.fields.find(({ coordinate }: { coordinate: string }) => coordinate === 'InterviewNote.body'),
    ).toEqual(
      expect.objectContaining({
        labelFr: 'texte',
        ruleFr:
          'le travailleur social référent, s’il l’a écrit, accepté dans une passation, ou si une levée le lui a ouvert',
        openTo: ['worker-assigned', 'worker-handed-over'],
      }),
    );
  });
});

test('what a service asks of the row is said of root fields and actions, and of each that a service closes further', () => {
  const conditions = Object.entries(TYPES).flatMap(([type, { fields }]) =>
    Object.keys(fields).flatMap((field) => (fields[field]?.where === undefined ? [] : [`${type}.${field}`])),
  );
  expect(conditions.length).toBeGreaterThan(50);
  for (const coordinate of conditions) {
    expect(coordinate).toMatch(/^(Query|Subscription|Mutation)\./);
    expect({ coordinate, observed: coordinate in CELLS }).toEqual({ coordinate, observed: true });
  }
  const closedFurther = STRICTER.flatMap(({ coordinates }) => coordinates).filter((name) =>
    /^(Query|Subscription|Mutation)/.test(name),
  );
  expect(closedFurther.filter((coordinate) => !conditions.includes(coordinate))).toEqual([]);
});

test('what is published has a rule in words for every policy', () => {
  const published = publishMatrix();
  const count = Object.values(POLICIES).reduce((sum, fields) => sum + Object.keys(fields).length, 0);
  const rules = [...published.types.flatMap(({ fields }) => fields), ...published.actions];
  expect(rules).toHaveLength(count);
  for (const { ruleFr, ruleEn } of rules) expect([ruleFr, ruleEn]).not.toContain('');
});
