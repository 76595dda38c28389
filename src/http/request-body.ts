import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from './limits.js';

/** Why a request is refused before it reaches GraphQL. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  constructor(readonly status: 400 | 405 | 413 | 415) {
    super(`refused with ${status}`);
  }
}

/**
 * The JSON object of a request. Only `application/json` (a form or plain text could come from any page, without
 * preflight), only one operation, within the size limit.
 */
export async function readJsonObject(req: IncomingMessage): Promise<Record<string, unknown>> {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '').toLowerCase().split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8).replaceAll('"', '');
  if (type !== 'application/json' || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')) throw new RequestRefusal(415);
  if (req.headers['content-encoding'] !== undefined && req.headers['content-encoding'] !== 'identity') throw new RequestRefusal(415);
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw new RequestRefusal(413);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RequestRefusal(413);
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new RequestRefusal(400);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new RequestRefusal(400);
  return body as Record<string, unknown>;
}
