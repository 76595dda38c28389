import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../prisma/seed/content/random.js';
import type { BenchCounty, Requester } from '../support/app.js';
import type { BenchProcess } from '../support/process.js';
import type { ClientOptions } from './clients.js';

/**
 * The end of a request: answered whole and right · answered whole, and not right · cut in the middle of an answer · refused a connection ·
 * closed without a byte, on a connection kept from before · or on a new one, which the kernel takes in the program's name before the
 * program does.
 */
export type Fate = 'RIGHT' | 'WRONG' | 'HALF' | 'REFUSED' | 'KEPT_CONNECTION_CLOSED' | 'NOT_TAKEN';

export interface TerminationResult {
  readonly fates: Readonly<Record<Fate, number>>;
  /** The number of requests that were sent before the signal and not answered yet. Each of them must be answered. */
  readonly inFlight: number;
  readonly inFlightRight: number;
  /** Some answers that were not right. */
  readonly samples: readonly string[];
  /** The milliseconds from the signal until a connection was refused. */
  readonly refusedAfterMs: number;
  readonly exit: number | NodeJS.Signals;
  readonly exitAfterMs: number;
  readonly acknowledged: number;
  /** The number of acknowledged writes that are not in the database exactly once. */
  readonly lost: number;
  readonly doubled: number;
  /** The number of writes that the client got no answer to, and that the database has. */
  readonly doneUnheard: number;
}

interface Body {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Sends one request and returns how it ended, with the text of the answer if there is one. */
function send(
  url: string,
  agent: Agent | false,
  headers: Readonly<Record<string, string>>,
  body: Body,
): Promise<{ fate: Fate | 'WHOLE'; text: string; status: number }> {
  return new Promise((resolve) => {
    let response: IncomingMessage | null = null;
    let connected = false;
    let text = '';
    const content = JSON.stringify(body);
    const sent = request(
      `${url}/graphql`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(content),
          ...headers,
        },
      },
      (found) => {
        response = found;
        found.setEncoding('utf8');
        found.on('data', (chunk: string) => {
          text += chunk;
        });
        found.on('error', () => resolve({ fate: 'HALF', text, status: found.statusCode ?? 0 }));
        found.on('end', () =>
          resolve({ fate: found.complete ? 'WHOLE' : 'HALF', text, status: found.statusCode ?? 0 }),
        );
      },
    );
    sent.on('socket', (socket) => {
      connected = !socket.connecting;
      if (!connected)
        socket.once('connect', () => {
          connected = true;
        });
    });
    sent.on('error', (error) => {
      const fate =
        response !== null
          ? 'HALF'
          : sent.reusedSocket
            ? 'KEPT_CONNECTION_CLOSED'
            : connected
              ? 'NOT_TAKEN'
              : 'REFUSED';
      resolve({ fate, text: text === '' ? error.message : text, status: 0 });
    });
    sent.end(content);
  });
}

interface Recorded {
  readonly from: number;
  readonly to: number;
  readonly fate: Fate;
  readonly came: string;
}

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id displayName } }`;

/** Sends SIGTERM to the program in the middle of its work. Half of the clients keep their connections, and half do not. */
export async function runTermination(
  county: BenchCounty,
  api: BenchProcess,
  options: ClientOptions,
): Promise<TerminationResult> {
  const kept = new Agent({ keepAlive: true, maxSockets: options.count });
  const records: Recorded[] = [];
  const acknowledged = new Map<string, string>();
  const names: string[] = [];
  let refusedAt: number | null = null;

  async function once(agent: Agent | false, viewer: Requester, body: Body, right: (text: string) => boolean) {
    const from = performance.now();
    const { fate, text, status } = await send(api.url, agent, viewer.headers, body);
    const judged = fate === 'WHOLE' ? (status === 200 && right(text) ? 'RIGHT' : 'WRONG') : fate;
    records.push({ from, to: performance.now(), fate: judged, came: `${status} ${text}` });
    if (fate === 'REFUSED') refusedAt ??= performance.now();
    return judged;
  }

  const clients = Array.from({ length: options.count }, async (_, index) => {
    const random = createRandom(`terminated client ${index}`);
    const agent = index % 2 === 0 ? kept : (false as const);
    while (refusedAt === null) {
      if (random.chance(0.3)) {
        const name = `T-${randomUUID()}`;
        names.push(name);
        const input = { districtId: options.districtId, chosenName: name };
        await once(agent, options.desk, { query: REGISTER, variables: { input } }, (text) => {
          const { data } = JSON.parse(text) as {
            data?: { registerPerson: { id: string; displayName: string } | null };
          };
          const person = data?.registerPerson;
          if (person?.displayName === name) acknowledged.set(name, person.id);
          return person?.displayName === name;
        });
        continue;
      }
      const viewer = random.pick(options.viewers);
      const question = random.pick(options.questions);
      const expected = options.expected.get(viewer.login)?.[options.questions.indexOf(question)];
      const { query, variables } = question;
      await once(agent, viewer, { query, variables }, (text) => text === expected);
    }
  });

  await sleep(1_500);
  const signalledAt = performance.now();
  api.signal('SIGTERM');
  const exit = await api.ended;
  const exitAfterMs = performance.now() - signalledAt;
  await Promise.all(clients);
  kept.destroy();

  const fates = { RIGHT: 0, WRONG: 0, HALF: 0, REFUSED: 0, KEPT_CONNECTION_CLOSED: 0, NOT_TAKEN: 0 };
  for (const { fate } of records) fates[fate] += 1;
  const inFlight = records.filter(({ from, to }) => from < signalledAt && to > signalledAt);
  const rows = await county.sql<{ name: string; ids: string[] }>(
    `select chosen_name as name, array_agg(id::text) as ids from person where chosen_name = any ($1) group by 1`,
    [names],
  );
  const found = new Map(rows.map(({ name, ids }) => [name, ids]));
  return {
    fates,
    inFlight: inFlight.length,
    inFlightRight: inFlight.filter(({ fate }) => fate === 'RIGHT').length,
    samples: records
      .filter(({ fate }) => !['RIGHT', 'REFUSED'].includes(fate))
      .slice(0, 3)
      .map(({ fate, from, to, came }) =>
        [fate, Math.round(from - signalledAt), Math.round(to - signalledAt), came.slice(0, 200)].join(' '),
      ),
    refusedAfterMs: (refusedAt ?? Number.NaN) - signalledAt,
    exit,
    exitAfterMs,
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter(([name, id]) => found.get(name)?.join() !== id).length,
    doubled: rows.filter(({ ids }) => ids.length > 1).length,
    doneUnheard: rows.filter(({ name }) => !acknowledged.has(name)).length,
  };
}
