import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import ICAL from 'ical.js';
import jsonld from 'jsonld';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What experts and portals read beside the figures, each by a validator that is not ours (tests/statistics/validators). */
let database: TestDatabase;
let app: TestApp;
const YEAR = new Date().getUTCFullYear() - 1;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${app.url}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const validator = (name: string): string =>
  readFileSync(new URL(`validators/${name}`, import.meta.url), 'utf8');
const withoutQuotes = (line: string): string[] => line.split(',');

describe('the catalogue', () => {
  const shapes = new SHACLValidator(
    new Store(
      ['dcat-ap-3.0.1-shapes.ttl', 'dcat-ap-3.0.1-range.ttl'].flatMap((name) =>
        new Parser().parse(validator(name)),
      ),
    ) as never,
  );
  /** What the shapes of the European Commission find wrong. */
  async function faultsOf(document: Record<string, unknown>): Promise<string[]> {
    const quads = await jsonld.toRDF(document as never, {
      base: 'https://statistiques.example/statistics/catalogue.jsonld',
      format: 'application/n-quads',
    });
    const data = new Store(new Parser({ format: 'N-Quads' }).parse(quads as unknown as string));
    const report = await shapes.validate(data as never);
    return report.results
      .filter(({ severity }) => severity?.value.endsWith('#Violation'))
      .map(({ path, message }) => `${path?.value} ${message.map(({ value }) => value).join(' ')}`);
  }

  test('is valid by DCAT-AP 3', async () => {
    const { status, headers, text } = await get('/statistics/catalogue.jsonld');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(await faultsOf(JSON.parse(text))).toEqual([]);
  });

  interface Spoilt {
    'dcterms:title'?: unknown;
    'dcat:dataset': [Record<string, unknown> & { 'dcat:distribution': [Record<string, unknown>] }];
  }
  test.each<[string, (document: Spoilt) => void]>([
    ['a catalogue without a title', (one) => void delete one['dcterms:title']],
    ['a data set without a description', (one) => void delete one['dcat:dataset'][0]['dcterms:description']],
    [
      'a distribution without an address',
      (one) => void delete one['dcat:dataset'][0]['dcat:distribution'][0]['dcat:accessURL'],
    ],
    [
      'a publisher who is nobody',
      (one) => {
        one['dcat:dataset'][0]['dcterms:publisher'] = { '@id': '#nobody' };
      },
    ],
  ])('would not be as %s', async (_, spoil) => {
    const document = JSON.parse((await get('/statistics/catalogue.jsonld')).text);
    // One data set with one file is enough to spoil.
    const [first] = document['dcat:dataset'];
    const small = {
      ...document,
      'dcat:dataset': [{ ...first, 'dcat:distribution': first['dcat:distribution'].slice(0, 1) }],
    };
    expect(await faultsOf(small)).toEqual([]);
    spoil(small);
    expect((await faultsOf(small)).length).toBeGreaterThan(0);
  });

  test('leads to files that are there, and names each indicator of which a year is frozen', async () => {
    const { text } = await get('/statistics/catalogue.jsonld');
    const datasets = JSON.parse(text)['dcat:dataset'] as {
      'dcterms:identifier': string;
      'dcat:distribution': { 'dcat:downloadURL': { '@id': string } }[];
    }[];
    const frozen = await database.sql<{ code: string }>(
      `select distinct i.code from snapshot s join snapshot_table t on t.snapshot_id = s.id join indicator i on i.id = t.indicator_id
       where length(s.period) = 4 and t.district_id is null order by 1`,
    );
    expect(datasets.map((one) => one['dcterms:identifier'])).toEqual(frozen.map(({ code }) => code));
    for (const one of datasets)
      for (const { 'dcat:downloadURL': url } of one['dcat:distribution'])
        expect([url['@id'], (await get(url['@id'], { method: 'HEAD' })).status]).toEqual([url['@id'], 200]);
  });

  test('is not sent again to who has it, and takes no other method', async () => {
    const first = await get('/statistics/catalogue.jsonld');
    const etag = first.headers.get('etag') ?? '';
    const again = await get('/statistics/catalogue.jsonld', { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await get('/statistics/catalogue.jsonld', { method: 'POST' })).status).toBe(405);
  });
});

describe('a file by SDMX', () => {
  const BY = '?by=MISSION&district=sevran';

  test('has a structure that is valid by SDMX-JSON 2.1', async () => {
    const ajv = addFormats.default(new Ajv2019({ strict: false, allErrors: true }));
    const validate = ajv.compile(JSON.parse(validator('sdmx-json-2.1-structure.schema.json')));
    for (const path of [
      `/statistics/${YEAR}/OPEN_CASES.sdmx.json${BY}`,
      `/statistics/${YEAR}/NOT_HONOURED.sdmx.json`,
      `/statistics/${YEAR}/PERSONS_HELPED.sdmx.json?by=AGE_BAND`,
    ]) {
      const { status, headers, text } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get('content-type')).toContain('application/vnd.sdmx.structure+json');
      const document = JSON.parse(text);
      validate(document);
      expect(validate.errors ?? []).toEqual([]);
      // And one that is spoilt is not.
      delete document.data.dataStructures[0].dataStructureComponents.dimensionList.dimensions[0]
        .conceptIdentity;
      expect(validate(document)).toBe(false);
    }
  });

  test('has a column for each component of its structure, and codes of its lists alone', async () => {
    const { data } = JSON.parse((await get(`/statistics/${YEAR}/OPEN_CASES.sdmx.json${BY}`)).text);
    const { text, headers } = await get(`/statistics/${YEAR}/OPEN_CASES.sdmx.csv${BY}`);
    expect(headers.get('link')).toBe(
      `</statistics/${YEAR}/OPEN_CASES.sdmx.json${BY}>; rel="describedby"; type="application/json"`,
    );
    const [head = '', ...lines] = text.trimEnd().split('\r\n');
    const columns = withoutQuotes(head);
    const { dimensionList, measureList, attributeList } = data.dataStructures[0].dataStructureComponents;
    const ids = (list: { id: string }[]): string[] => list.map(({ id }) => id);
    expect(columns).toEqual([
      'STRUCTURE',
      'STRUCTURE_ID',
      'ACTION',
      ...ids(dimensionList.dimensions),
      dimensionList.timeDimension.id,
      ...ids(measureList.measures),
      ...ids(attributeList.attributes),
    ]);
    const rows = lines.map((line) =>
      Object.fromEntries(withoutQuotes(line).map((value, nth) => [columns[nth], value])),
    );
    const flow = data.dataflows[0];
    const codesOf = (id: string): string[] =>
      ids(data.codelists.find((list: { id: string }) => list.id === `CL_${id}`).codes);
    for (const row of rows) {
      expect(row).toMatchObject({
        STRUCTURE: 'dataflow',
        STRUCTURE_ID: `COSMOS:${flow.id}(${flow.version})`,
        TIME_PERIOD: String(YEAR),
      });
      for (const id of ['FREQ', 'REF_AREA', 'MISSION', 'OBS_STATUS']) expect(codesOf(id)).toContain(row[id]);
      expect(row['OBS_STATUS']).toBe(row['OBS_VALUE'] === '' ? 'Q' : 'A');
    }
    // The district and the county, each with every mission; and the same figures as the file with labels.
    expect(rows).toHaveLength(2 * codesOf('MISSION').length);
    const labelled = (await get(`/statistics/${YEAR}/OPEN_CASES.csv${BY}`)).text.trimEnd().split('\r\n');
    const at = labelled[0]?.split(',').indexOf('value') ?? -1;
    expect(rows.map((row) => row['OBS_VALUE'])).toEqual(labelled.slice(1).map((line) => line.split(',')[at]));
  });
});

describe('the calendar of releases', () => {
  test('has each month and quarter on the tenth of the next month, and each year on the tenth of February', async () => {
    const { status, headers, text } = await get('/statistics/calendar.ics');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const events = new ICAL.Component(ICAL.parse(text))
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event));
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    const today = new Date().toISOString().slice(0, 10);
    expect(events.some(({ startDate }) => startDate.toString() > today)).toBe(true);
    expect(events.length).toBeGreaterThan(24);
    for (const { uid, startDate } of events) {
      expect(startDate.isDate).toBe(true);
      const [, year, part] = /^snapshot-(\d{4})(?:-(\d\d|Q[1-4]))?$/.exec(uid) ?? [];
      const month = part?.startsWith('Q') ? 3 * Number(part.slice(1)) : part;
      const due =
        month === undefined
          ? `${Number(year) + 1}-02-10`
          : new Date(Date.UTC(Number(year), Number(month), 10)).toISOString().slice(0, 10);
      expect([uid, startDate.toString()]).toEqual([uid, due]);
    }
  });
});
