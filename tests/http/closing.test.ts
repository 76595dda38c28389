import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request, Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
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
  // Nothing is cut by force, as it would be after seconds: what holds the end up holds it up for good.
  jest.spyOn(Server.prototype, 'closeAllConnections').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
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
    const closing = app.close();
    for (const each of sent) each.end(BODY);
    for (const answer of await Promise.all(answers))
      expect(answer).toEqual({ connection: 'close', text: ANSWER });
    // The client keeps its connections, but for those that it is told to close: no other would be at an end.
    await closing;
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
    const closing = app.close();
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
    await app.close();
    // Who is waited for, until http has waited for long enough, is told so: 408.
    expect(await ended).toBe('');
  });
});

async function everything(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return text;
}
