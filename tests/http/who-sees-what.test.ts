import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CELLS } from '../../policies/generated/cells.js';
import { publishMatrix } from '../../policies/published.js';
import { STANDPOINTS } from '../../policies/standpoints.js';
import { renderWhoSeesWhat } from '../../src/http/who-sees-what/page.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  database = await cloneDatabase();
  // As in production: no GraphiQL, and the page all the same.
  app = await startTestApp(database, { graphiql: null });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

function ask(query = '', headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return fetch(`${app.url}/who-sees-what${query}`, { headers, method });
}

/** A table’s rows by coordinate: what the page answers, and to whom the field is open. */
function rowsOf(html: string): Map<string, { answer: string; rule: string }> {
  return new Map(
    [
      ...html.matchAll(
        /<code>([^<]+)<\/code><\/th>\s*<td><span class="answer (\w+)">[^<]+<\/span><\/td>\s*<td>([^<]+)<\/td>/g,
      ),
    ].map(([, coordinate = '', answer = '', rule = '']) => [coordinate, { answer, rule }]),
  );
}

describe('the page of who sees what', () => {
  it('answers anyone, in French first, with all standpoints to choose from', async () => {
    const page = await ask();
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-language')).toBe('fr');
    const html = await page.text();
    expect(html).toContain('<html lang="fr">');
    for (const { key } of STANDPOINTS) {
      expect(html).toContain(`<option value="${key}">`);
      expect(html).toContain(`href="/who-sees-what?who=${key}&amp;lang=fr"`);
    }
  });

  it.each(STANDPOINTS.map(({ key }) => key))(
    'says of %s every cell of the matrix, and its rule',
    async (key) => {
      const html = await (await ask(`?who=${key}`)).text();
      const rows = rowsOf(html);
      const at = STANDPOINTS.findIndex((standpoint) => standpoint.key === key);
      const shown = Object.fromEntries(
        [...rows].map(([coordinate, { answer }]) => [coordinate, answer === 'yes']),
      );
      expect(shown).toEqual(
        Object.fromEntries(Object.entries(CELLS).map(([name, digits]) => [name, digits[at] === '1'])),
      );
      expect(html).toContain(`<option value="${key}" selected>`);
      expect(rows.get('InterviewNote.body')?.rule).toBe(
        'le travailleur social référent, s’il l’a écrit, accepté dans une passation, ou si une levée le lui a ouvert',
      );
    },
  );

  it('speaks English when asked to, by the address before the browser', async () => {
    const english = await ask('?who=anonymous&lang=en');
    expect(english.headers.get('content-language')).toBe('en');
    const html = await english.text();
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('What is not visible');
    expect(rowsOf(html).get('Case.mission')?.rule).toBe(
      'the assigned worker and the stand-in; or the district’s head; or the social worker who opened the case, for what they entered, until the case is first assigned',
    );
    expect(await (await ask('', { 'accept-language': 'en-GB,en;q=0.9' })).text()).toContain(
      '<html lang="en">',
    );
    expect(await (await ask('?lang=fr', { 'accept-language': 'en' })).text()).toContain('<html lang="fr">');
    expect(await (await ask('?lang=de')).text()).toContain('<html lang="fr">');
  });

  it('needs no script: a form that asks by GET, and nothing that runs or is loaded', async () => {
    const html = await (await ask('?who=trainee')).text();
    expect(html).toMatch(/<form method="get" action="\/who-sees-what">[\s\S]*<select id="who" name="who">/);
    expect(html).toContain('<button type="submit">');
    expect(html).not.toMatch(/<script|\son\w+=|javascript:|\sstyle=|@import|url\(/i);
    for (const [, address] of html.matchAll(/\s(?:src|href|action)="([^"]*)"/g))
      expect(address).toMatch(/^(\/who-sees-what(\?|$)|#|data:,$)/);
  });

  it('has landmarks, one first heading, captions, and heads of rows and columns', async () => {
    const html = await (await ask('?who=worker-relay')).text();
    for (const landmark of ['<header>', '<main ', '<nav ', '<footer ']) expect(html).toContain(landmark);
    expect(html.match(/<h1/g)).toHaveLength(1);
    const tables = html.match(/<table>/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(20);
    expect(html.match(/<caption>/g)).toHaveLength(tables);
    expect(html.match(/<th scope="col">/g)).toHaveLength(3 * tables);
    expect(html.match(/<th scope="row">/g)).toHaveLength(Object.keys(CELLS).length);
    expect(html).toMatch(/<label for="who">/);
    expect(html).toContain('href="#content">Aller au contenu');
  });

  it('keeps French spaces from breaking', async () => {
    const html = await (await ask('?who=person-shown')).text();
    const text = html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, '');
    expect(text).not.toMatch(/ [;:!?»]|« /);
    expect(text).toContain('«\u00a0visibles en ligne\u00a0»');
  });

  it('says 404 to a standpoint that there is not, with the list, and echoes nothing', async () => {
    const page = await ask('?who=%3Cscript%3Ealert(1)%3C/script%3E');
    expect(page.status).toBe(404);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const html = await page.text();
    expect(html).toContain('Ce point de vue n’existe pas.');
    expect(html).toContain('<select id="who"');
    expect(html).not.toMatch(/alert|<script/);
    for (const who of ['constructor', '__proto__', 'WORKER-ASSIGNED'])
      expect((await ask(`?who=${who}`)).status).toBe(404);
    expect((await ask('?who=')).status).toBe(200);
  });

  it('is contained by its headers: no script, its own style by hash, no frame', async () => {
    const page = await ask('?who=anonymous');
    const style = /<style>([\s\S]*?)<\/style>/.exec(await page.text())?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(page.headers.get('set-cookie')).toBeNull();
  });

  it('is cached by a strong tag, one for each standpoint and language', async () => {
    const first = await ask('?who=dpo&lang=fr'.replace('dpo', 'data-protection-officer'));
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(first.headers.get('vary')).toBe('Accept-Language');
    for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await ask('?who=data-protection-officer&lang=fr', { 'if-none-match': header });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    }
    const other = await ask('?who=data-protection-officer&lang=en', { 'if-none-match': tag });
    expect(other.status).toBe(200);
    expect(other.headers.get('etag')).not.toBe(tag);
  });

  it('answers GET and HEAD only, and leaves other paths alone', async () => {
    const head = await ask('?who=anonymous', {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10_000);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const refused = await ask('', {}, method);
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    for (const path of ['/who-sees-whatever', '/who-sees-what/x', '/who-sees-what%2f'])
      expect((await fetch(`${app.url}${path}`)).status).toBe(404);
  });
});

it('escapes whatever the words and rules hold', () => {
  const matrix = publishMatrix();
  const [standpoint] = matrix.standpoints;
  if (standpoint === undefined) throw new Error('no standpoint');
  const hostile = '"><img src=x onerror=alert(1)>\'&';
  const standpoints = [{ ...standpoint, labelFr: hostile, roleFr: hostile, descriptionFr: hostile }];
  const field = {
    coordinate: hostile,
    labelFr: hostile,
    labelEn: hostile,
    ruleFr: hostile,
    ruleEn: hostile,
    openTo: [standpoint.key],
  };
  const types = [{ name: hostile, labelFr: hostile, labelEn: hostile, technical: false, fields: [field] }];
  const html = renderWhoSeesWhat(
    { standpoints, types, actions: [field] },
    { language: 'fr', standpoint: standpoints[0] ?? null, unknown: false },
  );
  expect(html).not.toContain('<img');
  expect(html.match(/&quot;&gt;&lt;img src=x onerror=alert\(1\)&gt;&#39;&amp;/g)?.length).toBeGreaterThan(8);
});
