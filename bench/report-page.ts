import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { openJobsPool } from '../src/database/jobs-pool.js';
import { LoginProver } from '../src/database/login-proof.js';
import { freezeSnapshots } from '../src/jobs/freeze-snapshots.js';
import { HISTORY } from './report/history.js';
import {
  BENCH_KEY,
  BENCH_LOGIN_SECRET,
  type BenchApp,
  type BenchCounty,
  withBenchCounty,
} from './support/app.js';

/**
 * Opens the activity reports of the demonstration in a real browser. It runs axe-core on each page and theme, and takes pictures of the
 * screen and of the print sheet. `CHROMIUM` is the path of the browser, and `PICTURES` a folder for the pictures.
 */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const folder = process.env['PICTURES'] ?? 'docs';
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violationsOf(page: Page): Promise<readonly Violation[]> {
  // The page's policy allows no script. So axe is put in past this policy.
  await page.addScriptTag({ path: axe });
  return page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)`,
  );
}

/** Freezes the year, and publishes the reports of two districts and the county: one with its words, one whose team declined. */
async function publish(county: BenchCounty, app: BenchApp): Promise<void> {
  const jobs = openJobsPool(county.jobsUrl, new LoginProver(BENCH_LOGIN_SECRET), 2);
  await freezeSnapshots(jobs, BENCH_KEY);
  await jobs.end();
  const districts = await county.sql<{ id: string; slug: string }>('select id, slug from district');
  const idOf = (slug: string): string | null =>
    districts.find((district) => district.slug === slug)?.id ?? null;
  const year = new Date().getUTCFullYear() - 1;
  const act = async (
    login: string,
    name: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<void> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const answer = await (await app.as(login)).send(
      `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
      { input: { year, ...input } },
    );
    if (answer.codes.length > 0) throw new Error(`${name}: ${answer.text}`);
  };
  await act('worker.sevran', 'addObservation', {
    code: 'VISITS',
    districtId: idOf('sevran'),
    text: OBSERVATION,
  });
  await act('worker.sevran', 'writeNarrative', {
    districtId: idOf('sevran'),
    text: NARRATIVE,
  });
  await act('worker.gagny', 'declineNarrative', { districtId: idOf('gagny') });
  await act('worker.sevran', 'writeNarrative', { text: NARRATIVE });
  for (const [districtId, signers] of [
    [idOf('sevran'), SIGNERS.sevran],
    [idOf('gagny'), SIGNERS.gagny],
    [null, [SIGNERS.sevran[0], SIGNERS.gagny[0]]],
  ] as const) {
    for (const login of signers) await act(login, 'signNarrative', { districtId, expectedVersion: 1 });
    await act('adviser', 'publishActivityReport', { districtId, expectedVersion: 1 });
  }
}

/** The members who sign: two of each team; for the county, one of each of two teams. */
const SIGNERS = {
  sevran: ['worker.sevran', 'worker2.sevran'],
  gagny: ['worker.gagny', 'agent-06'],
} as const;

const OBSERVATION =
  'En juillet et en août, deux communes ferment leur guichet : les appels augmentent, les venues diminuent.';
const NARRATIVE = `Le nouveau service n’est ouvert que depuis le printemps, et les premiers chiffres disent surtout que nous apprenions à nous en servir.

Ce que les chiffres ne disent pas : la fermeture de deux guichets dans la ville a amené des personnes qui n’avaient jamais eu besoin de nous. Nous avons gardé la permanence du matin ouverte à tous, sans rendez-vous, et nous y tenons.

Le délai avant un premier rendez-vous reste notre souci. Deux postes ont été vacants au printemps.`;

await withBenchCounty({}, async (county) => {
  await county.sql(HISTORY);
  const app = await county.startApp();
  await publish(county, app);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  await mkdir(folder, { recursive: true });
  let checked = 0;
  let found = 0;
  try {
    const list = await (await fetch(`${app.url}/rapports?lang=fr`)).text();
    const addresses = [...list.matchAll(/href="(\/rapports\/[^"?]+)/g)].map(([, address]) => address ?? '');
    if (addresses.length === 0) throw new Error('nothing is published');
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1_200, 380])
        for (const lang of ['fr', 'en'])
          for (const address of ['/rapports', '/rapports/lire', ...addresses]) {
            const context = await browser.newContext({
              colorScheme,
              viewport: { width, height: 900 },
              bypassCSP: true,
            });
            const page = await context.newPage();
            await page.goto(`${app.url}${address}?lang=${lang}`);
            // The folded parts are looked at as well.
            await page.evaluate(
              `document.querySelectorAll('details').forEach((one) => { one.open = true; })`,
            );
            const violations = await violationsOf(page);
            const overflows = await page.evaluate<boolean>(
              'document.documentElement.scrollWidth > document.documentElement.clientWidth',
            );
            if (overflows) console.error(`${address} ${lang}, ${width} px: wider than the screen`);
            for (const { id, help, nodes } of violations)
              console.error(
                `${address} ${lang}, ${colorScheme}, ${width} px: ${id}: ${help}\n  ${nodes[0]?.html.slice(0, 200)}`,
              );
            checked += 1;
            found += violations.length + Number(overflows);
            await context.close();
          }
    const context = await browser.newContext({ viewport: { width: 1_200, height: 1_600 } });
    const page = await context.newPage();
    await page.goto(`${app.url}/rapports/${addresses[1]?.split('/')[2]}/sevran?lang=fr`);
    await writeFile(join(folder, 'rapport-ecran.png'), await page.screenshot());
    await writeFile(join(folder, 'rapport-impression.pdf'), await page.pdf({ preferCSSPageSize: true }));
  } finally {
    await browser.close();
  }
  console.log(`${checked} pages, ${found} violations`);
  if (found > 0) process.exitCode = 1;
});
