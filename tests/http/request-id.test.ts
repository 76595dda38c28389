import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { VaultIntegrityError } from '../../src/vault/integrity-error.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { testVault } from '../support/vault.js';

/** A request has one id, from the proxy to the line in the log. */
let database: TestDatabase;
let app: TestApp;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  const logger = pino(
    { level: 'debug', base: null },
    { write: (line: string) => lines.push(JSON.parse(line)) },
  );
  // With a vault whose keys were altered, reading a note is an error of the server's own.
  const altered = async (): Promise<never> => {
    throw new VaultIntegrityError();
  };
  app = await startTestApp(database, { logger, vault: { ...testVault(), openCaseKey: altered } });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ask = (headers: Record<string, string> = {}) =>
  app.anonymous.send('{ districts { name } }', {}, headers);
const linesOf = (id: unknown) => lines.filter(({ requestId }) => requestId === id);

test('the id that a proxy gives comes back, and stands in the log', async () => {
  const answer = await ask({ 'x-request-id': 'proxy-7.2026:000042' });
  expect(answer.headers['x-request-id']).toBe('proxy-7.2026:000042');
  expect(linesOf('proxy-7.2026:000042')).toEqual([expect.objectContaining({ msg: 'request', status: 200 })]);
});

test('a request without an id gets one of its own', async () => {
  const ids = [(await ask()).headers['x-request-id'], (await ask()).headers['x-request-id']];
  expect(ids).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
  expect(ids[0]).not.toBe(ids[1]);
  for (const id of ids) expect(linesOf(id)).toHaveLength(1);
});

test.each(['short', 'a'.repeat(65), 'two words here', '{"level":50}', 'accentué-0001'])(
  'the id %j is not taken into the log',
  async (given) => {
    const answer = await ask({ 'x-request-id': Buffer.from(given).toString('latin1') });
    expect(answer.headers['x-request-id']).toMatch(UUID);
  },
);

test('a refused token, and a path that is not there, have an id too', async () => {
  const refused = await app
    .withToken('nonsense')
    .send('{ viewer { kind } }', {}, { 'x-request-id': 'refused-token-1' });
  expect(refused).toMatchObject({ status: 401, headers: { 'x-request-id': 'refused-token-1' } });
  expect(refused.text).not.toContain('refused-token-1');
  expect(linesOf('refused-token-1').map(({ msg }) => msg)).toContain('token refused');
  const missing = await fetch(`${app.url}/nowhere`, { headers: { 'x-request-id': 'nowhere-0001' } });
  expect(missing.headers.get('x-request-id')).toBe('nowhere-0001');
});

test('a socket answers the id of the request that opens it', async () => {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'x-request-id': 'socket-0001' },
  });
  const id = await new Promise((resolve, reject) => {
    socket.once('upgrade', ({ headers }) => resolve(headers['x-request-id']));
    socket.once('error', reject);
  });
  socket.terminate();
  expect(id).toBe('socket-0001');
});

describe('an error of the server’s own', () => {
  test('gives the id beside INTERNAL, and the log has the same id', async () => {
    const worker = await app.as('worker.sevran');
    const answer = await worker.send(
      '{ cases(first: 20) { edges { node { interviewNotes { edges { node { body } } } } } } }',
      {},
      { 'x-request-id': 'broken-0001' },
    );
    const internal = answer.errors.filter(({ extensions }) => extensions.code === 'INTERNAL');
    expect(internal.length).toBeGreaterThan(0);
    for (const { extensions } of internal)
      expect(extensions).toEqual({ code: 'INTERNAL', requestId: 'broken-0001' });
    expect(linesOf('broken-0001').map(({ msg }) => msg)).toContain('internal error');
  });

  test('any other error gives none', async () => {
    const answer = await app.anonymous.send(
      '{ viewer { kind } cases { id } }',
      {},
      { 'x-request-id': 'other-0001' },
    );
    expect(answer.text).not.toContain('other-0001');
  });
});
