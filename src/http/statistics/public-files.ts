import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '../../operation.js';
import { listCatalogue } from '../../services/statistics/catalogue.js';
import { listReleaseDays } from '../../services/statistics/release-calendar.js';
import { runWork, type WorkEnvironment } from '../run-work.js';
import { isRefusedMethod, sendTagged, tagOf } from '../send-tagged.js';
import { makeCatalogue } from './catalogue.js';
import { makeReleaseCalendar } from './release-calendar.js';

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type PublicFileHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

interface PublicFile {
  readonly type: string;
  make(op: Operation): Promise<string>;
}

const FILES: Readonly<Record<string, PublicFile>> = {
  '/statistics/catalogue.jsonld': {
    type: 'application/ld+json; charset=utf-8',
    make: async (op) => `${JSON.stringify(makeCatalogue(await listCatalogue(op)), null, 1)}\n`,
  },
  '/statistics/calendar.ics': {
    type: 'text/calendar; charset=utf-8',
    make: async (op) => makeReleaseCalendar(await listReleaseDays(op)),
  },
};

/** Serves the catalogue of the statistics, and the calendar of their releases: for everyone, read as an anonymous viewer. */
export function createPublicFileHandler(environment: WorkEnvironment): PublicFileHandler {
  return async (req, res) => {
    const file = FILES[(req.url ?? '').split('?')[0] ?? ''];
    if (file === undefined) return false;
    if (isRefusedMethod(req, res)) return true;
    const body = Buffer.from(
      await runWork(environment, req, { kind: 'query', token: null }, (op) => file.make(op)),
    );
    const headers = { 'cache-control': 'public, no-cache', 'x-content-type-options': 'nosniff' };
    sendTagged(req, res, { body, type: file.type, etag: tagOf(body), headers });
    return true;
  };
}
