import type { Requester } from './app.js';
import { until } from './until.js';

/**
 * Sends again what a busy machine could not answer in time, as a client would: 503 says that nothing was done, or that
 * nobody knows. A field that is unavailable in an answer of 200 is a fault, and is answered as it came.
 */
export function patient(requester: Requester): Requester {
  return {
    token: requester.token,
    send: (...request) =>
      until('an answer that is not 503', async () => {
        const answer = await requester.send(...request);
        return answer.status === 503 ? null : answer;
      }),
  };
}
