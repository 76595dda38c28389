import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The server ends when it is told to: not before it has answered, and not long after. */
let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  app = await startTestApp(database);
});

const BODY = JSON.stringify({ query: '{ viewer { kind } }' });
const ANSWER = '{"data":{"viewer":{"kind":"ANONYMOUS"}}}\n';
const HEADERS = { 'content-type': 'application/json', 'content-length': BODY.length };

async function answerOf(sent: ClientRequest): Promise<{ connection: string | undefined; text: string }> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { connection: response.headers.connection, text };
}

/** How long closing takes, in milliseconds. */
async function close(): Promise<number> {
  const startedAt = performance.now();
  await app.close();
  return performance.now() - startedAt;
}

describe('at the end', () => {
  test('connections that a client would keep are told to close, and hold nothing up', async () => {
    const agent = new Agent({ keepAlive: true });
    const sent = Array.from({ length: 20 }, () =>
      request(`${app.url}/graphql`, {
        method: 'POST',
        agent,
        headers: { ...HEADERS, expect: '100-continue' },
      }),
    );
    const answers = sent.map(answerOf);
    for (const each of sent) each.flushHeaders();
    await Promise.all(sent.map((each) => once(each, 'continue')));
    const closing = close();
    for (const each of sent) each.end(BODY);
    for (const answer of await Promise.all(answers))
      expect(answer).toEqual({ connection: 'close', text: ANSWER });
    // A kept connection would be waited for during five seconds.
    expect(await closing).toBeLessThan(4_000);
    agent.destroy();
  });

  test('who has connected and not yet asked is still answered', async () => {
    const { port } = new URL(app.url);
    const sockets = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(Number(port), '127.0.0.1');
        await once(socket, 'connect');
        return socket;
      }),
    );
    const closing = close();
    const head = Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
    for (const socket of sockets)
      socket.write(`POST /graphql HTTP/1.1\r\nhost: x\r\n${head.join('')}\r\n${BODY}`);
    for (const text of await Promise.all(sockets.map(everything))) {
      expect(text).toMatch(/^HTTP\/1\.1 200 /);
      expect(text).toContain(ANSWER);
    }
    await closing;
  });

  test('who has connected and asks nothing holds it up for less than a second', async () => {
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const ended = everything(socket);
    expect(await close()).toBeLessThan(4_000);
    expect(await ended).toBe('');
  });
});

async function everything(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return text;
}
