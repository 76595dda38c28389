import { toDay } from '../../services/operation/period.js';
import type {
  ExportedRow,
  ExportedTable,
  ExportPlan,
  ExportSchema,
} from '../../services/statistics/statistics-exports.js';

type Value = string | number | null;

/** A row of a file, by its columns. */
export type FileRow = Readonly<Record<string, Value>>;

/**
 * Returns the rows of a table, each with the values that are the same in all of them. An empty district is the county, an empty value is
 * withheld.
 */
export function fileRows(
  { indicator, by }: ExportPlan,
  { districtId, district }: ExportedTable,
  rows: readonly ExportedRow[],
): readonly FileRow[] {
  return rows.map(({ period, indicatorVersion, frozenOn, categories, labels, ...figure }) => ({
    indicator: indicator.code,
    indicator_version: indicatorVersion,
    period,
    frozen_on: toDay(frozenOn),
    district_id: districtId,
    district,
    ...Object.fromEntries(
      by.flatMap((code, nth) => [
        [codeColumn(code), categories[nth] ?? null],
        [labelColumn(code), labels[nth] ?? null],
      ]),
    ),
    value: figure.value,
    low: figure.low,
    high: figure.high,
    base: figure.base,
    withheld: figure.withheld,
  }));
}

const codeColumn = (dimension: string): string => dimension.toLowerCase();
const labelColumn = (dimension: string): string => `${codeColumn(dimension)}_label`;

/** Returns the names of the columns, in their order. */
export function columnsOf(by: readonly string[]): readonly string[] {
  return [
    'indicator',
    'indicator_version',
    'period',
    'frozen_on',
    'district_id',
    'district',
    ...by.flatMap((code) => [codeColumn(code), labelColumn(code)]),
    'value',
    'low',
    'high',
    'base',
    'withheld',
  ];
}

/** Describes the columns and their meaning: Frictionless Table Schema (specs.frictionlessdata.io/table-schema), version 1. */
export function tableSchema({ indicator, dimensions }: ExportSchema): Readonly<Record<string, unknown>> {
  const required = { required: true };
  const fields = [
    {
      name: 'indicator',
      type: 'string',
      title: 'Indicateur',
      constraints: { ...required, enum: [indicator.code] },
    },
    { name: 'indicator_version', type: 'integer', title: 'Version de l’indicateur', constraints: required },
    {
      name: 'period',
      type: 'string',
      title: 'Période',
      description: 'Un mois (2026-03), un trimestre (2026-Q1) ou une année (2026).',
      constraints: { ...required, pattern: '[0-9]{4}(-([0-9]{2}|Q[1-4]))?' },
    },
    { name: 'frozen_on', type: 'date', format: 'default', title: 'Arrêté le', constraints: required },
    {
      name: 'district_id',
      type: 'string',
      format: 'uuid',
      title: 'Circonscription',
      description: 'Vide : le département.',
    },
    { name: 'district', type: 'string', title: 'Nom court de la circonscription' },
    ...dimensions.flatMap(({ code, labelFr, categories }) => [
      {
        name: codeColumn(code),
        type: 'string',
        title: labelFr,
        description: categories.map((category) => `${category.code} : ${category.labelFr}`).join(' ; '),
        constraints: { ...required, enum: categories.map((category) => category.code) },
      },
      { name: labelColumn(code), type: 'string', title: `${labelFr}, en clair`, constraints: required },
    ]),
    {
      name: 'value',
      type: 'integer',
      title: indicator.labelFr,
      description:
        indicator.kind === 'RATE'
          ? 'En pour cent entiers. Vide : n’est pas dit, pour le motif « withheld ».'
          : 'Protégé. Vide : n’est pas dit, pour le motif « withheld ».',
      constraints: { minimum: 0 },
    },
    {
      name: 'low',
      type: 'integer',
      title: 'Borne inférieure',
      description: 'Ce qui a été compté n’est pas moins, 95 fois sur cent.',
      constraints: { minimum: 0 },
    },
    {
      name: 'high',
      type: 'integer',
      title: 'Borne supérieure',
      description: 'Ce qui a été compté n’est pas plus, 95 fois sur cent.',
      constraints: { minimum: 0 },
    },
    {
      name: 'base',
      type: 'integer',
      title: 'Base du taux',
      description:
        'De combien le taux est la part, protégé aussi. Vide : ce n’est pas un taux, ou il n’est pas dit.',
      constraints: { minimum: 0 },
    },
    {
      name: 'withheld',
      type: 'string',
      title: 'Pourquoi le chiffre n’est pas dit',
      description:
        'TOO_FEW : l’intervalle d’un taux serait trop large, ou un compte de santé ou de violences est petit ; par la méthode 3, tout compte de moins de 6, ou aucun. COUNTY_ALONE : n’est dit que du département. Vide : il est dit.',
      constraints: { enum: ['TOO_FEW', 'COUNTY_ALONE'] },
    },
  ];
  return {
    fields,
    missingValues: [''],
    primaryKey: ['period', 'district_id', ...dimensions.map(({ code }) => codeColumn(code))],
    // This goes beyond the specification: the definition of what is counted, so that a file is never read without it.
    title: indicator.labelFr,
    description: `${indicator.definitionFr} Compte : ${indicator.countsFr} Ne compte pas : ${indicator.doesNotCountFr}`,
    indicator: {
      code: indicator.code,
      version: indicator.version,
      unit: indicator.unit,
      kind: indicator.kind,
      given_by: indicator.givenBy,
    },
  };
}
