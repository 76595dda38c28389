import type { IncomingMessage, ServerResponse } from 'node:http';
import { classifyFailure } from '../database/failure.js';
import { readFeed } from '../services/calendar-feed/calendar-feeds.js';
import { makeCalendar } from './calendar/ics.js';
import { callerOfFile } from './caller.js';
import type { WorkEnvironment } from './run-work.js';
import { isRefusedMethod, sendTagged, tagOf } from './send-tagged.js';

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type CalendarFeedHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

const PATH = /^\/calendar\/([A-Za-z0-9_-]{43})\.ics$/;

/**
 * Serves `GET /calendar/<secret>.ics`: anyone with the address has the calendar, until it is revoked. A revoked address, the address of a
 * closed account and one that never existed get the same 404, from the next handler.
 */
export function createCalendarFeedHandler({
  database,
  turns,
  trustedProxies,
}: WorkEnvironment): CalendarFeedHandler {
  return async (req, res) => {
    const [, secret] = PATH.exec((req.url ?? '').split('?')[0] ?? '') ?? [];
    if (secret === undefined) return false;
    if (isRefusedMethod(req, res)) return true;
    const read = () =>
      database.transaction({ isolation: 'repeatable read', statements: [] }, async (tx) => ({
        answer: await readFeed(tx, secret),
        closing: [],
      }));
    const entries = await turns.take(callerOfFile(req, null, trustedProxies), () =>
      read().catch((error: unknown) => {
        if (classifyFailure(error) !== 'RETRY') throw error;
        return read();
      }),
    );
    if (entries === null) return false;
    const body = Buffer.from(makeCalendar(entries), 'utf8');
    sendTagged(req, res, {
      body,
      etag: tagOf(body),
      type: 'text/calendar; charset=utf-8',
      headers: {
        'cache-control': 'private, no-cache',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
        'content-disposition': 'inline; filename="rendez-vous.ics"',
      },
    });
    return true;
  };
}
