import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import type { Answer, BenchCounty, Requester } from '../support/app.js';
import type { Question } from '../support/questions.js';

/** What a request came to. WRONG is all that is neither right nor UNAVAILABLE. */
export type Outcome = 'RIGHT' | 'UNAVAILABLE' | 'WRONG';

/** One request, on the clock of `performance.now()`. */
export interface Sent {
  readonly kind: 'read' | 'write';
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
  /** For what is WRONG: what came. */
  readonly came: string;
}

/** A person registered under a name of their own, with a key by which the request can be repeated. */
export interface Write {
  readonly name: string;
  readonly key: string;
  /** What was answered; null as long as nothing was. */
  id: string | null;
}

export interface Clients {
  readonly sent: readonly Sent[];
  readonly writes: readonly Write[];
  /** Lets each end what it has begun. */
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

/** Sends a write, the same one every time. */
export async function sendWrite(options: ClientOptions, write: Write): Promise<Answer> {
  const input = { districtId: options.districtId, chosenName: write.name };
  return options.desk.send(REGISTER, { input }, { 'idempotency-key': write.key });
}

/** The id that a write was answered with; null for UNAVAILABLE; throws for what is neither. */
export function writtenId(write: Write, { status, data, codes, text }: Answer): string | null {
  if (isUnavailable({ status, data, codes, text })) return null;
  const person = data?.['registerPerson'] as { id: string; displayName: string } | null | undefined;
  if (status === 200 && codes.length === 0 && person?.displayName === write.name) return person.id;
  throw new Error(text);
}

function isUnavailable({ status, data, codes }: Answer): boolean {
  return status === 503 && data === undefined && codes.length === 1 && codes[0] === 'UNAVAILABLE';
}

/** Clients that go on asking whatever happens; after a failure each waits a little, as a front end would. */
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
  /** Acknowledged, and not there exactly once under the id that was told. */
  readonly lost: number;
  /** There more than once. */
  readonly doubled: number;
  /** Unacknowledged, and there all the same: a commit whose answer was lost. */
  readonly doneUnheard: number;
  /** Not right when the same request was sent again: another id, another count, an error. */
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
 * What became of the writes: counted in the database, then sent again with the same keys, all of those that nobody
 * acknowledged and as many of the others; each must then be there exactly once, under the id that the repetition told.
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
