import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from './limits.js';

/** The refusal of a request before it reaches GraphQL. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  constructor(readonly status: 400 | 405 | 406 | 413 | 415) {
    super(`refused with ${status}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsentOr(test: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || value === null || test(value);
}

/** True if each request parameter of GraphQL over HTTP, section 5.1, has its type. */
function isRequest(body: Record<string, unknown>): boolean {
  return (
    typeof body['query'] === 'string' &&
    isAbsentOr((value) => typeof value === 'string', body['operationName']) &&
    isAbsentOr(isObject, body['variables']) &&
    isAbsentOr(isObject, body['extensions'])
  );
}

/** True if the client accepts JSON. This is checked before anything is executed, so that no effect is followed by a refusal. */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range
      .toLowerCase()
      .split(';')
      .map((part) => part.trim());
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false;
    return ['*/*', 'application/*', 'application/json', 'application/graphql-response+json'].includes(type);
  });
}

/**
 * Reads the JSON object of a request. It accepts only `application/json` (a form or plain text could come from any page, without
 * preflight), only one operation, within the size limit.
 * @throws RequestRefusal 400, 413, 415
 */
export async function readJsonObject(req: IncomingMessage): Promise<Record<string, unknown>> {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (type !== 'application/json' || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8'))
    throw new RequestRefusal(415);
  if (req.headers['content-encoding'] !== undefined && req.headers['content-encoding'] !== 'identity')
    throw new RequestRefusal(415);
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
    body = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks)),
    );
  } catch {
    throw new RequestRefusal(400);
  }
  if (!isObject(body) || !isRequest(body)) throw new RequestRefusal(400);
  return body;
}
