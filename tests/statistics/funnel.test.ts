import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deviationsFor, limitsAt, rateOfAll } from '../../src/statistics/funnel.js';
import { METHOD_NOW } from '../../src/statistics/method.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { chanceOf } from './attacks/chance.js';
import { districtIds } from './scene.js';

/** A district's rate stands among those of all, unnamed, between the limits of chance, for its own team: no ranking. */
describe('the limits', () => {
  // Quantiles of the normal distribution, from any table of it.
  test.each([
    [1, 2.32635],
    [4, 2.80703],
    [20, 3.29053],
    [200, 3.89059],
  ])('of %d rates are %d standard deviations away, so that 0.02 of them are outside', (rates, deviations) => {
    expect(Math.abs(deviationsFor(rates) - deviations)).toBeLessThan(0.00045);
  });

  test('hold the rate of all, are wider for a smaller base, and wider for more rates', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.integer({ min: 30, max: 5_000 }),
        fc.integer({ min: 30, max: 5_000 }),
        fc.integer({ min: 3, max: 400 }),
        (whole, one, other, rates) => {
          const [few, many] = [Math.min(one, other), Math.max(one, other)];
          const [wide, narrow, more] = [
            limitsAt(whole, few, deviationsFor(rates), METHOD_NOW),
            limitsAt(whole, many, deviationsFor(rates), METHOD_NOW),
            limitsAt(whole, few, deviationsFor(rates + 50), METHOD_NOW),
          ];
          expect(wide.low).toBeLessThanOrEqual(narrow.low);
          expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
          expect(more.low).toBeLessThanOrEqual(wide.low);
          expect(more.high).toBeGreaterThanOrEqual(wide.high);
          expect(narrow.low).toBeLessThan(whole + 0.1);
          expect(narrow.high).toBeGreaterThan(whole - 0.1);
          expect(wide.low).toBeGreaterThanOrEqual(0);
          expect(wide.high).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  /** Independent of what protects: a binomial count, noise that is normal, whole per cent. */
  test('leave nearly nobody outside of twenty districts that do not differ, in a hundred years', () => {
    const chance = chanceOf(14);
    const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
    const noisy = (count: number) => Math.max(0, count + Math.round(normal() * Math.sqrt(14)));
    const countOf = (base: number) =>
      Array.from({ length: base }, () => Number(chance() < 0.14)).reduce((sum, one) => sum + one, 0);
    let outside = 0;
    for (let year = 0; year < 100; year += 1) {
      const rates = Array.from({ length: 20 }, (_, nth) => {
        const of = 100 + 20 * nth;
        const count = countOf(of);
        const told = noisy(count);
        const base = told + noisy(of - count);
        return { percent: Math.round((100 * told) / base), base };
      });
      const whole = rateOfAll(rates);
      for (const { percent, base } of rates) {
        const { low, high } = limitsAt(whole, base, deviationsFor(20), METHOD_NOW);
        outside += Number(percent < low || percent > high);
      }
    }
    // 0.02 a year are expected, and the limit is 0.1.
    expect(outside).toBeLessThanOrEqual(10);
  });
});

describe('the report', () => {
  let database: TestDatabase;
  let app: TestApp;
  const districts: Record<string, string> = {};
  const YEAR = new Date().getUTCFullYear() - 1;
  const REPORT = `query ($districtId: ID, $year: Int!) { activityReport(districtId: $districtId, year: $year) {
    sections { figures { indicator { code kind } funnel { rate base low high isOwn isOutside } } } } }`;

  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
    Object.assign(districts, await districtIds(database));
    await rates({ sevran: [30, 200], gagny: [14, 1600], 'saint-ouen': [14, 1500] });
    app = await startTestApp(database);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  /** What is frozen of a rate never changes but by a superuser. */
  async function rates(told: Readonly<Record<string, readonly [number | null, number | null]>>) {
    for (const [slug, [rate, base]] of Object.entries(told))
      await database.sql(
        `set session_replication_role = replica;
         update snapshot_table t set cells = '{${rate ?? 'null'}}', bases = '{${base ?? 'null'}}'
           from snapshot s, indicator i where s.id = t.snapshot_id and i.id = t.indicator_id and s.period = '${YEAR}'
             and i.code = 'NOT_HONOURED' and t.district_id = '${districts[slug]}' and t.dimensions = '{}';
         set session_replication_role = origin`,
      );
  }
  const TEAMS: Readonly<Record<string, string>> = { sevran: 'worker.sevran', gagny: 'worker.gagny' };
  interface Figure {
    readonly indicator: { readonly code: string; readonly kind: string };
    readonly funnel: Record<string, unknown>[] | null;
  }
  const send = async (who: Requester, slug: string | null) =>
    who.send(REPORT, { districtId: slug === null ? null : districts[slug], year: YEAR });
  const figuresOf = (answer: Answer): readonly Figure[] =>
    answer.data?.['activityReport'].sections.flatMap((section: { figures: Figure[] }) => section.figures);
  /** What the team of a district reads in its own report. */
  const funnelsOf = async (slug: string): Promise<readonly Figure[]> => {
    const answer = await send(await app.as(TEAMS[slug] ?? ''), slug);
    expect(answer.codes).toEqual([]);
    return figuresOf(answer);
  };
  const funnelOf = async (slug: string) =>
    (await funnelsOf(slug)).find(({ indicator }) => indicator.code === 'NOT_HONOURED')?.funnel;
  const page = async (path: string) => (await fetch(`${app.url}/rapports/${YEAR}/${path}`)).text();

  test('has the rate of every district for its team, the smallest base first, without names, its own marked', async () => {
    const funnel = await funnelOf('gagny');
    expect(funnel?.map(({ rate, base, isOwn }) => [rate, base, isOwn])).toEqual([
      [30, 200, false],
      [14, 1500, false],
      [14, 1600, true],
    ]);
    expect(Object.keys(funnel?.[0] ?? {}).sort()).toEqual(
      ['rate', 'base', 'low', 'high', 'isOwn', 'isOutside'].sort(),
    );
  });

  test('says of a rate that chance does not explain that it is outside, in every district’s', async () => {
    for (const slug of ['sevran', 'gagny'])
      expect((await funnelOf(slug))?.map(({ isOutside }) => isOutside)).toEqual([true, false, false]);
  });

  test('a figure that is no rate has no funnel plot', async () => {
    for (const { indicator, funnel } of await funnelsOf('sevran'))
      if (indicator.kind !== 'RATE') expect(funnel).toEqual([]);
  });

  test.each([
    'anonymous',
    'person.sevran',
    'client.reporting',
    'reception.sevran',
    'head.sevran',
    'worker.gagny',
    'head.gagny',
    'adviser',
    'dpo',
    'admin',
  ])('has none for %s, who reads the rest of it', async (login) => {
    const answer = await send(login === 'anonymous' ? app.anonymous : await app.as(login), 'sevran');
    expect(new Set(answer.codes)).toEqual(new Set(['FORBIDDEN']));
    expect(figuresOf(answer).length).toBeGreaterThan(10);
    expect(figuresOf(answer).map(({ funnel }) => funnel)).toEqual(figuresOf(answer).map(() => null));
    // The dots are nowhere else in the answer.
    expect(answer.text).not.toContain('isOwn');
  });

  test.each(['worker.sevran', 'worker.gagny', 'adviser', 'client.reporting'])(
    'of the county has none for %s: no team is the county’s',
    async (login) => {
      const figures = figuresOf(await send(await app.as(login), null));
      expect(figures.length).toBeGreaterThan(10);
      expect(figures.map(({ funnel }) => funnel)).toEqual(figures.map(() => null));
    },
  );

  test.each(['sevran?lang=fr', 'sevran?lang=en', 'departement?lang=fr'])(
    'has none on the public page: %s',
    async (path) => {
      const text = await page(path);
      expect(text).toMatch(/<table>/);
      expect(text).not.toMatch(
        /funnel|entonnoir|toutes les circonscriptions, sans|without their names|le hasard suffit/i,
      );
    },
  );

  test('of fewer than three districts, it has none', async () => {
    await rates({ gagny: [null, null] });
    expect(await funnelOf('sevran')).toEqual([]);
    await rates({ gagny: [14, 1600] });
  });
});
