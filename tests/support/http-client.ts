import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** An answer as it came. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Posts operations on connections that are kept, as front ends do, and reads nothing into what comes back. `fetch` takes five times as
 * long, and the tests ask tens of thousands of times.
 */
export class HttpClient {
  readonly #agent: Agent;
  readonly #url: string;

  /** @param connections at most */
  constructor(url: string, connections = Number.POSITIVE_INFINITY) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#url = `${url}/graphql`;
  }

  /** @param token null for an anonymous request */
  post(token: string | null, body: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        this.#url,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The server has closed a connection that was idle, just as it was taken again: it has read nothing.
        if (sent.reusedSocket && error.code === 'ECONNRESET')
          this.post(token, body, headers).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
