import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SHARES } from '../../src/http/caller.js';
import { CallerTurns } from '../../src/http/caller-turns.js';
import { createReportHandler, type Making } from '../../src/http/reports/handler.js';
import type { WorkEnvironment } from '../../src/http/run-work.js';
import { until } from '../support/until.js';

/**
 * The pictures of a report are drawn in the workshop, which has one thread, after the desk's letters wait for it too. Somebody without a
 * token once had as many drawn at a time as they had connections.
 */
let server: Server;
let url: string;
let drawings: { readonly of: string; readonly end: (error?: Error) => void }[];
let drawn: string[];
let reads: number;

beforeEach(async () => {
  [drawings, drawn, reads] = [[], [], 0];
  const database = {
    limits: { statementMs: 1_000 },
    transaction: async (_opening: unknown, work: (tx: object) => Promise<{ answer: unknown }>) =>
      (await work({ leave: () => undefined, opened: Promise.resolve([]) })).answer,
  };
  const environment = {
    database,
    vault: {},
    turns: new CallerTurns(SHARES),
    trustedProxies: 1,
  } as unknown as WorkEnvironment;
  const making = {
    read: async (_op: unknown, year: number, slug: string) => {
      reads += 1;
      return `${year}/${slug}`;
    },
    draw: (of: unknown, language: string) =>
      new Promise<string>((resolve, reject) => {
        const name = `${of}/${language}`;
        drawn.push(name);
        const end = (error?: Error): void =>
          error === undefined ? resolve(`<p>${name}</p>`) : reject(error);
        drawings.push({ of: name, end });
      }),
  } as unknown as Making;
  const handle = createReportHandler(environment, making);
  server = createServer((req, res) => {
    handle(req, res).catch(() => res.writeHead(500).end());
  }).listen(0);
  await until('the server to listen', async () => server.listening);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const get = async (path: string, from: string): Promise<string> => {
  const answer = await fetch(`${url}/rapports/${path}?lang=fr`, { headers: { 'x-forwarded-for': from } });
  return `${answer.status} ${await answer.text()}`;
};
/** Ends what is drawn, until so many were; the most that were drawn at a time. */
async function endAll(count: number): Promise<number> {
  let most = 0;
  for (let ended = 0; ended < count; ended += 1) {
    await until('a drawing to begin', async () => drawings.length > 0);
    // Whatever else may begin has its time to.
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    most = Math.max(most, drawings.length);
    drawings.shift()?.end();
  }
  return most;
}

describe('the pictures of reports', () => {
  test('of one caller are drawn for one page at a time, however many pages are asked for', async () => {
    const pages = Array.from({ length: 8 }, (_, nth) => get(`${2010 + nth}/sevran`, '192.0.2.1'));
    expect(await endAll(8)).toBe(1);
    expect(await Promise.all(pages)).toEqual(pages.map((_, nth) => `200 <p>${2010 + nth}/sevran/fr</p>`));
  });

  test('of all who have no token are drawn for two pages at a time', async () => {
    const pages = Array.from({ length: 8 }, (_, nth) => get(`${2010 + nth}/sevran`, `192.0.2.${nth + 1}`));
    expect(await endAll(8)).toBe(2);
    await Promise.all(pages);
  });

  test('of the same page are drawn once for all who ask at the same time', async () => {
    const pages = Array.from({ length: 5 }, (_, nth) => get('2025/sevran', `192.0.2.${nth + 1}`));
    await until('a drawing to begin', async () => drawings.length > 0);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    for (const { end } of drawings.splice(0)) end();
    expect(new Set(await Promise.all(pages))).toEqual(new Set(['200 <p>2025/sevran/fr</p>']));
    expect({ drawn, reads }).toEqual({ drawn: ['2025/sevran/fr'], reads: 1 });
  });

  test('that could not be drawn are drawn anew for who asks next', async () => {
    const first = get('2025/sevran', '192.0.2.1');
    await until('a drawing to begin', async () => drawings.length > 0);
    drawings.shift()?.end(new Error('the thread died'));
    expect(await first).toBe('500 ');
    const second = get('2025/sevran', '192.0.2.1');
    await endAll(1);
    expect(await second).toBe('200 <p>2025/sevran/fr</p>');
  });
});
