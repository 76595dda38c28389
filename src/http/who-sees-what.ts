import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { localeOf } from '../messages.js';
import { isRefusedMethod, sendTagged, tagOf } from './send-tagged.js';
import type { MatrixForPage } from './who-sees-what/matrix.js';
import { type Language, renderWhoSeesWhat } from './who-sees-what/page.js';
import { STYLE } from './who-sees-what/style.js';

export type { MatrixForPage } from './who-sees-what/matrix.js';

/** Answers the request and returns true, or returns false when the path is another handler's. */
export type WhoSeesWhatHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

const PATH = '/who-sees-what';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hashOf(STYLE)}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Rendered {
  readonly status: 200 | 404;
  readonly body: Buffer;
  readonly etag: string;
}

/**
 * Serves the page `/who-sees-what`: public, without script, the same for everyone. `?who=` is a standpoint’s key, `?lang=` fr or en, else
 * by `Accept-Language`. Each page is made at its first request and kept: there are as many as standpoints.
 */
export function createWhoSeesWhatHandler(matrix: MatrixForPage): WhoSeesWhatHandler {
  const kept = new Map<string, Rendered>();

  function page(who: string | null, language: Language): Rendered {
    const standpoint = matrix.standpoints.find(({ key }) => key === who) ?? null;
    const unknown = who !== null && standpoint === null;
    const name = `${language} ${unknown ? '?' : (standpoint?.key ?? '')}`;
    let rendered = kept.get(name);
    if (rendered === undefined) {
      const body = Buffer.from(renderWhoSeesWhat(matrix, { language, standpoint, unknown }));
      rendered = {
        status: unknown ? 404 : 200,
        body,
        etag: tagOf(body),
      };
      kept.set(name, rendered);
    }
    return rendered;
  }

  return (req, res) => {
    const target = req.url ?? '';
    const mark = target.indexOf('?');
    if ((mark < 0 ? target : target.slice(0, mark)) !== PATH) return false;
    if (isRefusedMethod(req, res)) return true;
    const asked = new URLSearchParams(mark < 0 ? '' : target.slice(mark));
    const lang = asked.get('lang');
    const language = lang === 'fr' || lang === 'en' ? lang : localeOf(req.headers['accept-language']);
    const rendered = page(asked.get('who') || null, language);
    const headers = {
      'content-language': language,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      // A client asks again after an hour, and gets 304 while nothing has changed.
      'cache-control': 'public, max-age=3600',
      vary: 'Accept-Language',
    };
    const { body, etag } = rendered;
    const type = 'text/html; charset=utf-8';
    if (rendered.status === 200) sendTagged(req, res, { body, type, etag, headers });
    else {
      res.writeHead(404, {
        ...headers,
        'cache-control': 'no-store',
        'content-type': type,
        'content-length': body.length,
      });
      res.end(req.method === 'HEAD' ? undefined : body);
    }
    return true;
  };
}
