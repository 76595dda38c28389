import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Posts over connections that are kept, as a front end keeps them. */
export interface HttpClient {
  /**
   * Posts a body, and returns the answer.
   * @throws Error when the connection ends before the whole answer is there
   */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>;
  close(): void;
}

/** Makes a client of plain node:http. `fetch` takes more time than the work that is measured here. */
export function createHttpClient(url: string, maxSockets = 256): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const target = new URL(url);
  return {
    post: (body, headers = {}) =>
      new Promise((resolve, reject) => {
        const sent = request(
          target,
          {
            method: 'POST',
            agent,
            headers: {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(body),
              ...headers,
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              if (!response.complete) return reject(new Error('half an answer'));
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text: Buffer.concat(chunks).toString('utf8'),
              });
            });
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
