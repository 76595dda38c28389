import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The header by which a proxy or a client names a request, and by which the answer names it. */
export const REQUEST_ID = 'x-request-id';

/** What may stand in a log line: no space, no quote, no line break, and no room for a sentence. */
const GIVEN = /^[\w.:-]{8,64}$/;

const ids = new WeakMap<IncomingMessage, string>();

/**
 * Returns the id of a request, the same each time it is asked: that of its header `X-Request-Id` if it is 8 to 64 letters, digits and
 * `._:-`, otherwise a new random UUID. The id stands in the header of the answer, in every line of the log about the request, and beside
 * the code INTERNAL. It is the client's word: nothing is looked up or decided by it.
 */
export function requestIdOf(req: IncomingMessage): string {
  const known = ids.get(req);
  if (known !== undefined) return known;
  const given = req.headers[REQUEST_ID];
  const id = typeof given === 'string' && GIVEN.test(given) ? given : randomUUID();
  ids.set(req, id);
  return id;
}
