import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { names } from './etag.js';

/** Returns a strong tag (RFC 9110 §8.8.3): other bytes have another tag. */
export function tagOf(bytes: string | Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url')}"`;
}

/** A complete body, with its tag. */
export interface Tagged {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  /** Headers besides those of the body itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends the body. A `HEAD` request gets the headers alone. A client that has this tag already gets 304 (RFC 9110 §13.1.2). */
export function sendTagged(
  req: IncomingMessage,
  res: ServerResponse,
  { body, type, etag, headers }: Tagged,
): void {
  if (names(req.headers['if-none-match'], etag)) {
    res.writeHead(304, { ...headers, etag }).end();
    return;
  }
  res.writeHead(200, { ...headers, etag, 'content-type': type, 'content-length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** True if the method is neither `GET` nor `HEAD`; the request is then answered with 405. */
export function isRefusedMethod(req: IncomingMessage, res: ServerResponse): boolean {
  if (req.method === 'GET' || req.method === 'HEAD') return false;
  res.writeHead(405, { allow: 'GET, HEAD', 'content-length': 0 }).end();
  return true;
}
