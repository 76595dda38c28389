import { toDay } from '../../services/operation/period.js';
import type { CatalogueEntry, CatalogueTable } from '../../services/statistics/catalogue.js';

/** DCAT-AP 3 (semiceu.github.io/DCAT-AP): the vocabulary that data.gouv.fr and data.europa.eu read in a catalogue. */
const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;
const AUTHORITY = 'http://publications.europa.eu/resource/authority';

/** Licence Ouverte 2.0, under which French administrations publish (CRPA, art. D323-2-1). */
export const LICENCE = 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/';

const FORMATS = [
  { suffix: 'csv', fr: 'CSV, libellés compris', en: 'CSV' },
  { suffix: 'sdmx.csv', fr: 'SDMX-CSV 2.0', en: 'SDMX-CSV 2.0' },
] as const;

const inFrench = (text: string) => ({ '@value': text, '@language': 'fr' });
const inEnglish = (text: string) => ({ '@value': text, '@language': 'en' });
const day = (text: string) => ({ '@value': text, '@type': 'xsd:date' });
const THEMES = {
  '@id': `${AUTHORITY}/data-theme`,
  '@type': 'skos:ConceptScheme',
  'dcterms:title': inEnglish('Data theme'),
} as const;
const THEME = {
  '@id': `${AUTHORITY}/data-theme/SOCI`,
  '@type': 'skos:Concept',
  'skos:prefLabel': inEnglish('Population and society'),
  'skos:inScheme': THEMES,
} as const;
const LICENCE_DOCUMENT = { '@id': LICENCE, '@type': 'dcterms:LicenseDocument' } as const;
const PUBLISHER = {
  '@id': '#service',
  '@type': 'foaf:Agent',
  'foaf:name': [inFrench('Service social départemental'), inEnglish('Social service of the county')],
} as const;

/**
 * Returns the catalogue of the released statistics, as JSON-LD. Its addresses are relative to its own, so that it is the same behind
 * every proxy; a reader resolves them (RFC 3986 §5).
 */
export function makeCatalogue(entries: readonly CatalogueEntry[]): Readonly<Record<string, unknown>> {
  return {
    '@context': CONTEXT,
    '@id': '',
    '@type': 'dcat:Catalog',
    'dcterms:title': [
      inFrench('Statistiques du service social'),
      inEnglish('Statistics of the social service'),
    ],
    'dcterms:description': [
      inFrench(
        'Chiffres protégés de l’accueil, des rendez-vous et de l’accompagnement, par année. Aucun ne tient lieu de classement.',
      ),
      inEnglish(
        'Protected figures of reception, appointments and cases, by year. None of them is a ranking.',
      ),
    ],
    'dcterms:publisher': PUBLISHER,
    'dcterms:license': LICENCE_DOCUMENT,
    'dcterms:language': ['FRA', 'ENG'].map((code) => ({
      '@id': `${AUTHORITY}/language/${code}`,
      '@type': 'dcterms:LinguisticSystem',
    })),
    'dcat:themeTaxonomy': THEMES,
    'dcat:dataset': entries.map(dataset),
  };
}

function dataset({ indicator, issuedOn, modifiedOn, tables }: CatalogueEntry) {
  const [latest] = tables;
  const earliest = tables.at(-1) ?? latest;
  const { code, labelFr, labelEn, definitionFr, countsFr, doesNotCountFr } = indicator;
  return {
    '@id': `#${code}`,
    '@type': 'dcat:Dataset',
    'dcterms:identifier': code,
    'dcterms:title': [inFrench(labelFr), inEnglish(labelEn)],
    'dcterms:description': inFrench(`${definitionFr} Compte : ${countsFr} Ne compte pas : ${doesNotCountFr}`),
    'dcterms:publisher': PUBLISHER,
    'dcterms:issued': day(toDay(issuedOn)),
    'dcterms:modified': day(toDay(modifiedOn)),
    'dcterms:accrualPeriodicity': { '@id': `${AUTHORITY}/frequency/ANNUAL`, '@type': 'dcterms:Frequency' },
    'dcterms:accessRights': { '@id': `${AUTHORITY}/access-right/PUBLIC`, '@type': 'dcterms:RightsStatement' },
    'dcterms:temporal': {
      '@type': 'dcterms:PeriodOfTime',
      'dcat:startDate': day(`${earliest.year}-01-01`),
      'dcat:endDate': day(`${latest.year}-12-31`),
    },
    'dcat:theme': THEME,
    'dcat:distribution': tables.flatMap((table) =>
      FORMATS.map((format) => distribution(code, table, format)),
    ),
  };
}

function distribution(
  indicator: string,
  { year, by }: CatalogueTable,
  { suffix, fr, en }: (typeof FORMATS)[number],
) {
  const file = {
    '@id': `/statistics/${year}/${indicator}.${suffix}${by.length === 0 ? '' : `?by=${by.join(',')}`}`,
  };
  const name = [indicator, year, ...by].join(' ');
  return {
    '@type': 'dcat:Distribution',
    'dcterms:title': [inFrench(`${name} – ${fr}`), inEnglish(`${name} – ${en}`)],
    'dcat:accessURL': { ...file, '@type': 'rdfs:Resource' },
    'dcat:downloadURL': { ...file, '@type': 'rdfs:Resource' },
    'dcterms:license': LICENCE_DOCUMENT,
    'dcterms:format': { '@id': `${AUTHORITY}/file-type/CSV`, '@type': 'dcterms:MediaTypeOrExtent' },
    'dcat:mediaType': {
      '@id': `https://www.iana.org/assignments/media-types/text/csv`,
      '@type': 'dcterms:MediaType',
    },
  };
}
