import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NotFoundError } from '../../errors.js';
import { localeOf } from '../../messages.js';
import type { Operation } from '../../operation.js';
import { listDistricts } from '../../services/directory/directory.js';
import {
  listPublishedReports,
  loadActivityReport,
  loadSignatures,
  standingText,
} from '../../services/statistics/activity-reports.js';
import { coverageOf } from '../../services/statistics/coverage.js';
import { errataOfReport } from '../../services/statistics/errata.js';
import { openNarrative } from '../../services/statistics/narratives.js';
import { listReportedObservations } from '../../services/statistics/observations.js';
import { loadReportSections } from '../../services/statistics/report-figures.js';
import { loadShownSimulation } from '../../services/statistics/wait-simulations.js';
import { inTurn, runInTurn, runWork, type WorkEnvironment } from '../run-work.js';
import { isRefusedMethod, sendTagged, tagOf } from '../send-tagged.js';
import { type ReportForPage, renderList, renderNotFound, renderReport } from './page.js';
import { READING, renderReading } from './reading.js';
import { STYLE } from './style.js';
import type { Language } from './words.js';

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type ReportHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

const PATH = /^\/rapports(?:\/lire|\/(\d{4})\/([a-z0-9-]{1,40}))?$/;

/** Vega draws with a few style attributes, which the policy allows. */
const POLICY = [
  "default-src 'none'",
  `style-src-elem 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "style-src-attr 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The most pages that are kept, and the milliseconds for which each is. A report does not change, but its errata come later. */
const MOST_KEPT = 200;
const KEPT_MS = 60_000;

const AS_NOBODY = { kind: 'query', token: null } as const;

interface Page {
  readonly status: 200 | 404;
  readonly body: Buffer;
  readonly etag: string;
}

/** The two steps that make a page: reading the report, and drawing it, which takes long. */
export interface Making {
  readonly read: typeof readForPage;
  readonly draw: typeof renderReport;
}

/**
 * Serves `/rapports` and `/rapports/<year>/<district>`: the published reports, for everyone, without script. The database is asked as an
 * anonymous viewer, so that an unpublished report does not exist. A page is kept for a minute. `/rapports/lire` says how to read a report.
 */
export function createReportHandler(
  environment: WorkEnvironment,
  { read = readForPage, draw = renderReport }: Partial<Making> = {},
): ReportHandler {
  const pages = new Map<string, { readonly page: Page; readonly until: number }>();
  const kept = (key: string): Page | undefined => {
    const found = pages.get(key);
    return found !== undefined && found.until > Date.now() ? found.page : undefined;
  };
  /** The pages that are being made, for all who ask for them. */
  const underWay = new Map<string, Promise<Page>>();

  const asNobody = <T>(req: IncomingMessage, work: (op: Operation) => Promise<T>): Promise<T> =>
    runWork(environment, req, AS_NOBODY, work);

  const pageOf = (body: string, status: 200 | 404 = 200): Page => {
    const bytes = Buffer.from(body);
    return { status, body: bytes, etag: tagOf(bytes) };
  };

  async function list(req: IncomingMessage, language: Language): Promise<Page> {
    const reports = await asNobody(req, async (op) => {
      const [published, districts] = [await listPublishedReports(op), await listDistricts(op)];
      return published.map(({ year, districtId }) => ({
        year,
        district: districts.find(({ id }) => id === districtId) ?? null,
      }));
    });
    return pageOf(renderList(reports, language));
  }

  async function make(key: string, year: number, slug: string, language: Language): Promise<Page> {
    try {
      const found = await runInTurn(environment, AS_NOBODY, (op) => read(op, year, slug));
      const page = pageOf(await draw(found, language));
      pages.delete(key);
      if (pages.size >= MOST_KEPT) pages.delete(pages.keys().next().value ?? '');
      pages.set(key, { page, until: Date.now() + KEPT_MS });
      return page;
    } catch (error) {
      if (error instanceof NotFoundError) return pageOf(renderNotFound(language), 404);
      throw error;
    }
  }

  /**
   * Makes the page of a report. The caller's turn lasts until the page is drawn: everyone shares the thread that draws, and letters wait
   * for it.
   */
  async function report(req: IncomingMessage, year: number, slug: string, language: Language): Promise<Page> {
    const key = `${year}/${slug}/${language}`;
    const known = kept(key);
    if (known !== undefined) return known;
    return inTurn(environment, req, null, async () => {
      const meanwhile = kept(key) ?? underWay.get(key);
      if (meanwhile !== undefined) return meanwhile;
      const made = make(key, year, slug, language).finally(() => underWay.delete(key));
      underWay.set(key, made);
      return made;
    });
  }

  return async (req, res) => {
    const target = req.url ?? '';
    const mark = target.indexOf('?');
    const path = mark < 0 ? target : target.slice(0, mark);
    const found = PATH.exec(path);
    if (found === null) return false;
    if (isRefusedMethod(req, res)) return true;
    const asked = new URLSearchParams(mark < 0 ? '' : target.slice(mark)).get('lang');
    const language = asked === 'fr' || asked === 'en' ? asked : localeOf(req.headers['accept-language']);
    const [, year, slug] = found;
    const page =
      year !== undefined && slug !== undefined
        ? await report(req, Number(year), slug, language)
        : path === READING
          ? pageOf(renderReading(language))
          : await list(req, language);
    const headers = {
      'content-language': language,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': page.status === 200 ? 'public, no-cache' : 'no-store',
      vary: 'Accept-Language',
    };
    const { body, etag } = page;
    const type = 'text/html; charset=utf-8';
    if (page.status === 200) sendTagged(req, res, { body, type, etag, headers });
    else {
      res.writeHead(404, { ...headers, 'content-type': type, 'content-length': body.length });
      res.end(req.method === 'HEAD' ? undefined : body);
    }
    return true;
  };
}

async function readForPage(op: Operation, year: number, slug: string): Promise<ReportForPage> {
  const districts = await listDistricts(op);
  const district = slug === 'departement' ? null : (districts.find((one) => one.slug === slug) ?? undefined);
  if (district === undefined) throw new NotFoundError();
  const report = await loadActivityReport(op, { districtId: district?.id ?? null, year });
  return {
    report,
    district,
    narrative: await openNarrative(op, standingText(report)),
    sections: await loadReportSections(op, report),
    observations: await listReportedObservations(op, report),
    simulation: await loadShownSimulation(op, report),
    signatures: await loadSignatures(op, report),
    coverage: await coverageOf(op, { period: String(report.year), districtId: report.districtId }),
    errata: await errataOfReport(op, report),
  };
}
