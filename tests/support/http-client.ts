import { Agent, request } from 'node:http';

/** An answer as it came, for who compares bytes. */
export interface RawAnswer {
  readonly status: number;
  /** But for the clock and the connection. */
  readonly headers: string;
  readonly text: string;
}

const LEFT_OUT = new Set(['date', 'connection', 'keep-alive']);

/** Sends operations on connections that are kept, and reads nothing into what comes back. */
export class RawClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/graphql`;
  }

  send(token: string | null, body: string): Promise<RawAnswer> {
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
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const headers = Object.entries(response.headers).filter(([name]) => !LEFT_OUT.has(name));
            resolve({
              status: response.statusCode ?? 0,
              headers: JSON.stringify(headers),
              text: Buffer.concat(chunks).toString('utf8'),
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
