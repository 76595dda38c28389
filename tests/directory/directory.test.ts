import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LOGINS } from '../../src/auth/logins.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago, ahead } from '../support/days.js';

/** Who works in a district: names for those who work with it, and nothing in place of an empty list. */
let database: TestDatabase;
let app: TestApp;
/** Of each district, who works there today. */
let teams: Map<string, string[]>;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  // One who has left, one who is to come, one whose account is disabled.
  const make = rowsOf(database);
  const [post] = await database.sql<{ workerId: string; districtId: string }>(
    `select w.id as "workerId", d.id as "districtId" from worker w, district d
     where w.subject = 'worker.gagny' and d.slug = 'sevran'`,
  );
  await make.membership({ ...post, startsAt: ago(730), endsAt: ago(365) });
  await make.membership({ ...post, startsAt: ahead(30) });
  await database.sql(`update worker set disabled_at = now() where subject = 'worker2.sevran'`);
  const rows = await database.sql<{ slug: string; ids: string[] }>(
    `select d.slug, array_agg(distinct w.id::text order by w.id::text) as ids from district d
     join membership m on m.district_id = d.id join worker w on w.id = m.worker_id
     where m.starts_at <= now() and coalesce(m.ends_at > now(), true) and w.disabled_at is null group by 1 order by 1`,
  );
  teams = new Map(rows.map(({ slug, ids }) => [slug, ids]));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Shown {
  readonly slug: string;
  readonly workers: { readonly id: string; readonly displayName: string }[] | null;
}

async function shown(asker: Awaited<ReturnType<TestApp['as']>>) {
  const { data, codes } = await asker.send('{ districts { slug workers { id displayName } } }');
  const districts = data?.['districts'] as Shown[];
  return {
    codes,
    districts: districts.map(({ slug, workers }) => [slug, workers?.map(({ id }) => id).sort()]),
  };
}

const EVERYWHERE = /^(reception|worker)\.|^(adviser2?|dpo|admin2?|client\.integration)$/;

describe('the team of each district', () => {
  test.each(LOGINS.filter(({ login }) => login !== 'worker2.sevran').map(({ login }) => login))(
    'to %s',
    async (login) => {
      const { codes, districts } = await shown(await app.as(login));
      const known = [...teams].map(([slug, ids]) => {
        return [slug, EVERYWHERE.test(login) || login === `head.${slug}` ? ids : undefined];
      });
      expect(districts.sort()).toEqual(known);
      const refused = districts.filter(([, ids]) => ids === undefined);
      expect(codes).toEqual(refused.map(() => 'FORBIDDEN'));
    },
  );

  test('is somebody everywhere, and to who has not logged in nobody', async () => {
    expect([...teams.values()].map(({ length }) => length > 0)).toEqual([true, true, true]);
    const { codes, districts } = await shown(app.anonymous);
    expect({ codes, named: districts.filter(([, ids]) => ids !== undefined) }).toEqual({
      codes: districts.map(() => 'FORBIDDEN'),
      named: [],
    });
  });

  test.each(['worker.sevran', 'head.sevran', 'dpo', 'admin', 'client.integration'])(
    'is not read by %s with a token that is not for the directory',
    async (login) => {
      const scopes = login === 'client.integration' ? ['appointments:read'] : ['cases:read'];
      const { codes, districts } = await shown(await app.as(login, { scopes }));
      expect({ codes, named: districts.filter(([, ids]) => ids !== undefined) }).toEqual({
        codes: districts.map(() => 'FORBIDDEN'),
        named: [],
      });
    },
  );

  test('says names, and neither posts nor since when, but one’s own and to the administrator', async () => {
    const posts = async (login: string): Promise<string[]> => {
      const { data } = await (await app.as(login)).send(
        '{ districts { workers { id memberships { id role startsAt endsAt district { slug } } } } }',
      );
      const districts = data?.['districts'] as
        | { workers: { id: string; memberships: unknown }[] | null }[]
        | undefined;
      const workers = (districts ?? []).flatMap((district) => district.workers ?? []);
      expect(workers.length).toBeGreaterThan(10);
      return [
        ...new Set(workers.filter(({ memberships }) => memberships !== null).map(({ id }) => id)),
      ].sort();
    };
    const [own] = await database.sql<{ id: string }>(`select id from worker where subject = 'worker.sevran'`);
    expect(await posts('worker.sevran')).toEqual([own?.id]);
    for (const login of ['adviser', 'dpo', 'client.integration']) expect(await posts(login)).toEqual([]);
    expect(await posts('admin')).toEqual([...new Set([...teams.values()].flat())].sort());
  });
});
