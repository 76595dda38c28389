import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { localeOf } from '../../messages.js';
import type { Operation } from '../../operation.js';
import { loadAppointmentType } from '../../services/agenda/appointment-types.js';
import { listOnlineTypes } from '../../services/agenda/online-types.js';
import {
  type DistrictRow,
  listDistricts,
  loadCommunes,
  loadOpeningHours,
} from '../../services/directory/directory.js';
import { names } from '../etag.js';
import { STYLE } from '../reports/style.js';
import { runWork, type WorkEnvironment } from '../run-work.js';
import { type Frame, renderNoPlace, renderPlace, renderPlaces } from './page.js';

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type BookingHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

const PATH = /^\/rendez-vous(?:\/([a-z0-9-]{1,40}))?$/;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The seconds for which a page is kept: what many people ask for is read once. */
const FRESH_SECONDS = 60;
/** The most pages that are kept: two languages of as many districts as are listed. */
const MOST_KEPT = 402;

interface Page {
  readonly status: 200 | 404;
  readonly body: Buffer;
  readonly etag: string;
  readonly madeAt: number;
}

async function servedBy(op: Operation, district: DistrictRow) {
  const communes = await loadCommunes(op, district.id);
  return { district, communes: communes.map(({ name }) => name) };
}

async function readPlace(op: Operation, slug: string, of: Frame): Promise<string | null> {
  const district = (await listDistricts(op)).find((one) => one.slug === slug);
  if (district === undefined) return null;
  const types = await Promise.all(
    (await listOnlineTypes(op, district.id)).map(async (row) => {
      const type = await loadAppointmentType(op, row.typeCode);
      return type === null ? [] : [{ ...row, type }];
    }),
  );
  const served = await servedBy(op, district);
  const hours = await loadOpeningHours(op, district.id);
  return renderPlace({ ...served, hours, types: types.flat() }, of);
}

async function readPlaces(op: Operation, of: Frame): Promise<string> {
  const districts = await listDistricts(op);
  return renderPlaces(await Promise.all(districts.map((district) => servedBy(op, district))), of);
}

/**
 * Serves `/rendez-vous` and `/rendez-vous/<district>`: the places, and what can be booked online there, for everyone, without script. The
 * database is asked as an anonymous viewer. The pages name no worker.
 */
export function createBookingHandler(
  environment: WorkEnvironment,
  bookingUrl: string | null,
): BookingHandler {
  const kept = new Map<string, Page>();

  async function page(req: IncomingMessage, slug: string | null, language: Frame['language']): Promise<Page> {
    const key = `${language} ${slug ?? ''}`;
    const known = kept.get(key);
    if (known !== undefined && Date.now() - known.madeAt < 1_000 * FRESH_SECONDS) return known;
    const body = await runWork(environment, req, { kind: 'query', token: null }, async (op) => {
      const of: Frame = { language, county: op.county, bookingUrl };
      const html = slug === null ? await readPlaces(op, of) : await readPlace(op, slug, of);
      return html === null
        ? { status: 404 as const, html: renderNoPlace(of) }
        : { status: 200 as const, html };
    });
    const bytes = Buffer.from(body.html);
    const made: Page = {
      status: body.status,
      body: bytes,
      etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
      madeAt: Date.now(),
    };
    if (made.status === 200) {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
      kept.set(key, made);
    }
    return made;
  }

  return async (req, res) => {
    const target = req.url ?? '';
    const mark = target.indexOf('?');
    const found = PATH.exec(mark < 0 ? target : target.slice(0, mark));
    if (found === null) return false;
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
      return true;
    }
    const asked = new URLSearchParams(mark < 0 ? '' : target.slice(mark)).get('lang');
    const language = asked === 'fr' || asked === 'en' ? asked : localeOf(req.headers['accept-language']);
    const made = await page(req, found[1] ?? null, language);
    const headers = {
      'content-language': language,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': made.status === 200 ? `public, max-age=${FRESH_SECONDS}` : 'no-store',
      vary: 'Accept-Language',
      ...(made.status === 200 ? { etag: made.etag } : {}),
    };
    if (made.status === 200 && names(req.headers['if-none-match'], made.etag)) {
      res.writeHead(304, headers).end();
      return true;
    }
    res.writeHead(made.status, {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-length': made.body.length,
    });
    res.end(req.method === 'HEAD' ? undefined : made.body);
    return true;
  };
}
