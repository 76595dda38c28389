import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** What can be booked online is on a page that anyone reads: where, how, how soon; and never with whom. */
let stage: Stage;
let scene: Scene;
let empty: Scene;
let alice: string;
let slug: string;

const slugOf = async (of: Scene): Promise<string> =>
  (await of.sql<{ slug: string }>('select slug from district where id = $1', [of.districtId]))[0]?.slug ?? '';
const ask = (path = '', headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(`${stage.app.url}/rendez-vous${path}`, { headers, method });
const read = async (path = '', headers: Record<string, string> = {}): Promise<string> =>
  (await ask(path, headers)).text();

const TYPES = `query ($districtId: ID!) { onlineTypes(districtId: $districtId) {
  type { code publicLabelFr durationMinutes } modes nextFree } }`;
const online = (districtId: string) => stage.app.anonymous.send(TYPES, { districtId });

beforeAll(async () => {
  stage = await raiseStage({
    county: 'Département d’Essai',
    bookingUrl: 'https://rdv.example.org/?a=1&b=2',
  });
  [scene, empty] = [await stage.scene(), await stage.scene()];
  alice = (await scene.worker('alice', { slots: 2 })).id;
  slug = await slugOf(scene);
});
afterAll(() => stage.close());

describe('the page of what can be booked online', () => {
  test('answers anyone, in French first, where to go by commune, and how soon nowhere', async () => {
    const page = await ask();
    expect([page.status, page.headers.get('content-language')]).toEqual([200, 'fr']);
    const html = await page.text();
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('<p lang="fr">Département d’Essai</p>');
    for (const one of [slug, await slugOf(empty)])
      expect(html).toContain(`<a href="/rendez-vous/${one}?lang=fr" lang="fr">`);
    // Side by side, that would be a ranking.
    expect(html).not.toMatch(/7 jours|30 jours/);
    expect(await read('', { 'accept-language': 'en' })).toContain('<html lang="en">');
  });

  test('says of a place what is open to everyone there, as it is held, and its address, hours and telephone', async () => {
    const html = await read(`/${slug}`);
    expect(html).toContain('<h3>Premier accueil – 30 minutes</h3>');
    expect(html).toContain('<dd>sur place</dd>');
    expect(html).toContain('<dd>Entretien</dd>');
    expect(html).toMatch(/<dd lang="fr">1 rue de la Mairie, 93270 [^<]+<\/dd>/);
    expect(html).toMatch(/<a href="tel:\d+">/);
    expect(html).toContain('<a href="https://rdv.example.org/?a=1&amp;b=2">');
    // Hours are open for one type alone; others are booked by workers only.
    expect(html).not.toMatch(/Entretien de suivi|Visite à domicile|urgence/);
  });

  test('names no worker, runs no script, and lets in nothing but its own style', async () => {
    const page = await ask(`/${slug}`);
    const html = await page.text();
    const workers = await scene.sql<{ name: string }>(
      `select unnest(array[given_name || ' ' || family_name, subject, id::text]) as name from worker`,
    );
    for (const { name } of workers) expect(html).not.toContain(name);
    expect(html).not.toMatch(/<script|<img|<iframe|style="|onclick/);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page.headers.get('content-security-policy')).toContain(`style-src 'sha256-${digest}'`);
  });

  test('says where nothing can be booked online that one may call or come, and leads nowhere else', async () => {
    const html = await read(`/${await slugOf(empty)}`);
    expect(html).toContain('Téléphonez, ou venez.');
    expect(html).not.toContain('rdv.example.org');
  });

  test('is kept for a minute, and not sent again unchanged', async () => {
    const page = await ask(`/${slug}`);
    expect(page.headers.get('cache-control')).toBe('public, max-age=60');
    const again = await ask(`/${slug}`, { 'if-none-match': page.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await ask(`/${slug}`, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([
      200,
      page.headers.get('content-length'),
    ]);
  });

  test('is read only, and has no page of a place that is not there', async () => {
    expect((await ask('', {}, 'POST')).status).toBe(405);
    const missing = await ask('/nulle-part');
    expect([missing.status, missing.headers.get('etag')]).toEqual([404, null]);
    expect((await ask('/../graphql')).status).not.toBe(200);
  });
});

describe('onlineTypes', () => {
  const OPEN = {
    type: { code: 'FIRST_RECEPTION', publicLabelFr: 'Entretien', durationMinutes: 30 },
    modes: ['ON_SITE'],
  };

  test('tells anyone what is open, and how soon, until all of it is taken', async () => {
    expect((await online(scene.districtId)).data?.['onlineTypes']).toEqual([
      { ...OPEN, nextFree: 'WITHIN_A_WEEK' },
    ]);
    expect((await online(empty.districtId)).data?.['onlineTypes']).toEqual([]);
    for (const time of ['09:00', '09:30']) await scene.booked(alice, scene.at(time));
    expect((await online(scene.districtId)).data?.['onlineTypes']).toEqual([{ ...OPEN, nextFree: 'NONE' }]);
  });

  test('says a month, and later than that', async () => {
    const far = await stage.scene();
    await far.worker('bruno', { from: 12 });
    expect((await online(far.districtId)).data?.['onlineTypes'][0].nextFree).toBe('WITHIN_A_MONTH');
    const farther = await stage.scene();
    await farther.worker('chloé', { from: 35 });
    expect((await online(farther.districtId)).data?.['onlineTypes'][0].nextFree).toBe('LATER');
  });

  test('is of a district that is there', async () => {
    expect(faultOf(await online('00000000-0000-4000-8000-000000000000'))).toBe('NOT_FOUND districtId');
    expect(faultOf(await online('x'))).toBe('NOT_FOUND districtId');
  });
});
