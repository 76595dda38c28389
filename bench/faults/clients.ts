import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import type { Answer, BenchCounty, Requester } from '../support/app.js';
import type { Question } from '../support/questions.js';

/** How a request ended. WRONG is every answer that is neither right nor UNAVAILABLE. */
export type Outcome = 'RIGHT' | 'UNAVAILABLE' | 'WRONG';

/** One request, with times of the clock of `performance.now()`. */
export interface Sent {
  readonly kind: 'read' | 'write';
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
  /** The answer that came, if it is WRONG. */
  readonly came: string;
}

/** A write of the bench: it registers a person under a name that nobody else has, with a key by which the request can be repeated. */
export interface Write {
  readonly name: string;
  readonly key: string;
  /** The id that was answered; null until then. */
  id: string | null;
}

export interface Clients {
  readonly sent: readonly Sent[];
  readonly writes: readonly Write[];
  /** Lets each client end the request that it has begun. */
  stop(): Promise<void>;
}

export interface ClientOptions {
  readonly count: number;
  readonly viewers: readonly Requester[];
  readonly questions: readonly Question[];
  readonly expected: ReadonlyMap<string, readonly string[]>;
  readonly desk: Requester;
  readonly districtId: string;
}

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id displayName } }`;

/** Sends a write. A second call sends the same request again. */
export async function sendWrite(options: ClientOptions, write: Write): Promise<Answer> {
  const input = { districtId: options.districtId, chosenName: write.name };
  return options.desk.send(REGISTER, { input }, { 'idempotency-key': write.key });
}

/**
 * Returns the id that a write was answered with, and null for UNAVAILABLE.
 * @throws Error for any other answer
 */
export function writtenId(write: Write, { status, data, codes, text }: Answer): string | null {
  if (isUnavailable({ status, data, codes, text })) return null;
  const person = data?.['registerPerson'] as { id: string; displayName: string } | null | undefined;
  if (status === 200 && codes.length === 0 && person?.displayName === write.name) return person.id;
  throw new Error(text);
}

function isUnavailable({ status, data, codes }: Answer): boolean {
  return status === 503 && data === undefined && codes.length === 1 && codes[0] === 'UNAVAILABLE';
}

/** Starts clients that ask again and again, also after a failure. A client then waits a little first, as a front end would. */
export function startClients(options: ClientOptions): Clients {
  const sent: Sent[] = [];
  const writes: Write[] = [];
  let stopped = false;

  async function record(kind: Sent['kind'], work: () => Promise<Outcome>): Promise<void> {
    const from = performance.now();
    let outcome: Outcome = 'WRONG';
    let came = '';
    try {
      outcome = await work();
    } catch (error) {
      came = error instanceof Error ? error.message : String(error);
    }
    sent.push({ kind, from, to: performance.now(), outcome, came });
    if (outcome !== 'RIGHT') await sleep(50);
  }

  async function read(random: Random): Promise<Outcome> {
    const viewer = random.pick(options.viewers);
    const question = random.pick(options.questions);
    const answer = await viewer.send(question.query, question.variables);
    if (isUnavailable(answer)) return 'UNAVAILABLE';
    const expected = options.expected.get(viewer.login)?.[options.questions.indexOf(question)];
    if (answer.text !== expected) throw new Error(`${viewer.login}: ${answer.text}`);
    return 'RIGHT';
  }

  async function write(): Promise<Outcome> {
    const made: Write = { name: `W-${randomUUID()}`, key: randomUUID(), id: null };
    writes.push(made);
    made.id = writtenId(made, await sendWrite(options, made));
    return made.id === null ? 'UNAVAILABLE' : 'RIGHT';
  }

  const clients = Array.from({ length: options.count }, async (_, index) => {
    const random = createRandom(`client ${index}`);
    while (!stopped) await (random.chance(0.3) ? record('write', write) : record('read', () => read(random)));
  });
  return {
    sent,
    writes,
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
    },
  };
}

export interface WriteCheck {
  readonly acknowledged: number;
  readonly unacknowledged: number;
  /** Writes that were acknowledged, and are not in the database exactly once under the id that was answered. */
  readonly lost: number;
  /** Writes that are in the database more than once. */
  readonly doubled: number;
  /** Writes that the database has although the client got no answer: the answer of the commit was lost. */
  readonly doneUnheard: number;
  /** Writes that were not answered right when the same request was sent again: another id, another count, or an error. */
  readonly wronglyRepeated: number;
}

async function idsByName(county: BenchCounty, writes: readonly Write[]): Promise<Map<string, string[]>> {
  const rows = await county.sql<{ name: string; ids: string[] }>(
    `select chosen_name as name, array_agg(id::text) as ids from person where chosen_name = any ($1) group by 1`,
    [writes.map(({ name }) => name)],
  );
  return new Map(rows.map(({ name, ids }) => [name, ids]));
}

/**
 * Checks the writes. It counts them in the database. Then it sends all writes that nobody acknowledged again, and as many of the others,
 * with the same keys. Each write must then be there exactly once, under the id that the repetition answered.
 */
export async function checkWrites(
  county: BenchCounty,
  options: ClientOptions,
  writes: readonly Write[],
): Promise<WriteCheck> {
  const before = await idsByName(county, writes);
  const idsOf = (found: Map<string, string[]>, write: Write): readonly string[] =>
    found.get(write.name) ?? [];
  const unheard = writes.filter(({ id }) => id === null);
  const heard = writes.filter(({ id }) => id !== null);
  const repeated = [...unheard, ...heard.slice(-Math.max(20, unheard.length))];
  const told = new Map<Write, string | null>();
  for (const write of repeated)
    told.set(write, await sendWrite(options, write).then((answer) => writtenId(write, answer)));
  const after = await idsByName(county, writes);
  return {
    acknowledged: heard.length,
    unacknowledged: unheard.length,
    lost: heard.filter((write) => idsOf(before, write).join() !== write.id).length,
    doubled: writes.filter((write) => idsOf(after, write).length > 1).length,
    doneUnheard: unheard.filter((write) => idsOf(before, write).length > 0).length,
    wronglyRepeated: repeated.filter((write) => {
      const id = told.get(write);
      return idsOf(after, write).join() !== id || (write.id !== null && write.id !== id);
    }).length,
  };
}
