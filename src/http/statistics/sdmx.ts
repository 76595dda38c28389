import { toDay } from '../../services/operation/period.js';
import type {
  ExportedRow,
  ExportedTable,
  ExportPlan,
  ExportSchema,
} from '../../services/statistics/statistics-exports.js';
import type { FileRow } from './columns.js';

/**
 * SDMX 3 (sdmx.org): a file by SDMX-CSV 2.0, and its structure by SDMX-JSON 2. A territory is a code, the county `_T`. A withheld figure
 * has no value and the status Q, suppressed, of the code list CL_OBS_STATUS.
 */
const AGENCY = 'COSMOS';
const COUNTY = '_T';
const DIMENSIONS_OF_ALL = ['FREQ', 'REF_AREA'] as const;
const ATTRIBUTES = ['OBS_STATUS', 'LOW', 'HIGH', 'BASE', 'FROZEN_ON', 'INDICATOR_VERSION'] as const;
const STATUS = { A: ['chiffre dit', 'normal value'], Q: ['non dit', 'missing value; suppressed'] } as const;
const FREQUENCY = { A: ['année', 'annual'], Q: ['trimestre', 'quarterly'], M: ['mois', 'monthly'] } as const;
const WORDS = {
  FREQ: ['période', 'frequency'],
  REF_AREA: ['territoire', 'reference area'],
  TIME_PERIOD: ['période', 'time period'],
  OBS_STATUS: ['le chiffre est-il dit', 'observation status'],
  LOW: ['borne inférieure, 95 fois sur cent', 'lower bound, in 95 of 100 cases'],
  HIGH: ['borne supérieure, 95 fois sur cent', 'upper bound, in 95 of 100 cases'],
  BASE: ['base du taux', 'base of the rate'],
  FROZEN_ON: ['arrêté le', 'frozen on'],
  INDICATOR_VERSION: ['version de l’indicateur', 'version of the indicator'],
} as const;
type Texts = readonly [fr: string, en: string];

/** Returns the id of a file's structure: its indicator, and its dimensions. */
function nameOf({ indicator, by }: Pick<ExportPlan, 'indicator' | 'by'>): string {
  return [indicator.code, ...by].join('_BY_');
}

const versionOf = ({ indicator }: Pick<ExportPlan, 'indicator'>): string => `${indicator.version}.0.0`;

/** Returns the names of the columns, in their order. */
export function sdmxColumns(by: readonly string[]): readonly string[] {
  return [
    'STRUCTURE',
    'STRUCTURE_ID',
    'ACTION',
    ...DIMENSIONS_OF_ALL,
    ...by,
    'TIME_PERIOD',
    'OBS_VALUE',
    ...ATTRIBUTES,
  ];
}

function frequencyOf(period: string): keyof typeof FREQUENCY {
  if (period.length === 4) return 'A';
  return period.includes('Q') ? 'Q' : 'M';
}

/** Returns the rows of a table. */
export function sdmxRows(
  plan: ExportPlan,
  { district }: ExportedTable,
  rows: readonly ExportedRow[],
): readonly FileRow[] {
  return rows.map(({ period, indicatorVersion, frozenOn, categories, value, low, high, base }) => ({
    STRUCTURE: 'dataflow',
    STRUCTURE_ID: `${AGENCY}:${nameOf(plan)}(${versionOf(plan)})`,
    ACTION: 'I',
    FREQ: frequencyOf(period),
    REF_AREA: district ?? COUNTY,
    ...Object.fromEntries(plan.by.map((code, nth) => [code, categories[nth] ?? null])),
    TIME_PERIOD: period,
    OBS_VALUE: value,
    OBS_STATUS: value === null ? 'Q' : 'A',
    LOW: low,
    HIGH: high,
    BASE: base,
    FROZEN_ON: toDay(frozenOn),
    INDICATOR_VERSION: indicatorVersion,
  }));
}

const named = ([fr, en]: Texts) => ({ name: fr, names: { fr, en } });

interface Artefact {
  readonly id: string;
  readonly version: string;
  readonly texts: Texts;
}

/** Returns the properties of every maintained artefact. */
function artefact({ id, version, texts }: Artefact) {
  return {
    id,
    version,
    agencyID: AGENCY,
    isExternalReference: false,
    ...named(texts),
  };
}

const urn = (package_: string, what: string, id: string, version: string, item = ''): string =>
  `urn:sdmx:org.sdmx.infomodel.${package_}.${what}=${AGENCY}:${id}(${version})${item}`;

interface CodelistOf {
  readonly id: string;
  readonly texts: Texts;
  readonly codes: readonly { readonly id: string; readonly texts: Texts }[];
}

function codelistsOf({ territories, dimensions }: ExportSchema): readonly CodelistOf[] {
  const codes = (all: Readonly<Record<string, Texts>>) =>
    Object.entries(all).map(([id, texts]) => ({ id, texts }));
  return [
    { id: 'CL_FREQ', texts: WORDS.FREQ, codes: codes(FREQUENCY) },
    {
      id: 'CL_REF_AREA',
      texts: WORDS.REF_AREA,
      codes: territories.map(({ slug, name }) => ({
        id: slug ?? COUNTY,
        texts: name === null ? ['département', 'county'] : [name, name],
      })),
    },
    { id: 'CL_OBS_STATUS', texts: WORDS.OBS_STATUS, codes: codes(STATUS) },
    ...dimensions.map(({ code, labelFr, labelEn, categories }) => ({
      id: `CL_${code}`,
      texts: [labelFr, labelEn] as const,
      codes: categories.map((one) => ({ id: one.code, texts: [one.labelFr, one.labelEn] as const })),
    })),
  ];
}

/** Returns the structure of a file: its dataflow, data structure, concepts and code lists, each with its names in French and English. */
export function sdmxStructure(schema: ExportSchema): Readonly<Record<string, unknown>> {
  const { indicator, dimensions, frozenOn } = schema;
  const plan = { indicator, by: dimensions.map(({ code }) => code) };
  const [id, version] = [nameOf(plan), versionOf(plan)];
  const texts: Texts = [indicator.labelFr, indicator.labelEn];
  const [concepts, codelists] = [`CS_${id}`, codelistsOf(schema)];
  const concept = (code: string): string => urn('conceptscheme', 'Concept', concepts, version, `.${code}`);
  const coded = (code: string) => ({
    enumeration: urn('codelist', 'Codelist', `CL_${code}`, version),
  });
  const formatted = (dataType: string) => ({ format: { dataType } });
  const dimension = (code: string, nth: number) => ({
    id: code,
    position: nth + 1,
    conceptIdentity: concept(code),
    localRepresentation: coded(code),
  });
  const attribute = (code: (typeof ATTRIBUTES)[number]) => ({
    id: code,
    usage: code === 'OBS_STATUS' || code === 'FROZEN_ON' ? 'mandatory' : 'optional',
    attributeRelationship: { observation: {} },
    conceptIdentity: concept(code),
    localRepresentation:
      code === 'OBS_STATUS' ? coded(code) : formatted(code === 'FROZEN_ON' ? 'GregorianDay' : 'Integer'),
  });
  const all: readonly (readonly [string, Texts])[] = [
    ...Object.entries(WORDS),
    ['OBS_VALUE', texts],
    ...dimensions.map(({ code, labelFr, labelEn }) => [code, [labelFr, labelEn]] as const),
  ];
  return {
    $schema: 'https://json.sdmx.org/2.1/sdmx-json-structure-schema.json',
    meta: {
      id: `${id}_${version.replaceAll('.', '_')}`,
      test: false,
      prepared: toDay(frozenOn),
      contentLanguages: ['fr', 'en'],
      sender: { id: AGENCY },
    },
    data: {
      dataflows: [
        {
          ...artefact({ id, version, texts }),
          description: `${indicator.definitionFr} Compte : ${indicator.countsFr} Ne compte pas : ${indicator.doesNotCountFr}`,
          structure: urn('datastructure', 'DataStructure', id, version),
        },
      ],
      dataStructures: [
        {
          ...artefact({ id, version, texts }),
          dataStructureComponents: {
            dimensionList: {
              id: 'DimensionDescriptor',
              dimensions: [...DIMENSIONS_OF_ALL, ...plan.by].map(dimension),
              timeDimension: {
                id: 'TIME_PERIOD',
                conceptIdentity: concept('TIME_PERIOD'),
                localRepresentation: formatted('ObservationalTimePeriod'),
              },
            },
            measureList: {
              id: 'MeasureDescriptor',
              measures: [
                {
                  id: 'OBS_VALUE',
                  usage: 'optional',
                  conceptIdentity: concept('OBS_VALUE'),
                  localRepresentation: formatted('Integer'),
                },
              ],
            },
            attributeList: { id: 'AttributeDescriptor', attributes: ATTRIBUTES.map(attribute) },
          },
        },
      ],
      conceptSchemes: [
        {
          ...artefact({ id: concepts, version, texts }),
          concepts: all.map(([code, words]) => ({ id: code, ...named(words) })),
        },
      ],
      codelists: codelists.map((list) => ({
        ...artefact({ id: list.id, version, texts: list.texts }),
        codes: list.codes.map((code) => ({ id: code.id, ...named(code.texts) })),
      })),
    },
  };
}
