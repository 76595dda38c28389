import type { Random } from '../../prisma/seed/content/random.js';
import type { Requester } from './app.js';
import { type Own, type Question, WRITE_NOTE } from './questions.js';

/** The counts of requests and answers, by their meaning. */
export class Tally {
  reads = 0;
  writes = 0;
  wrong = 0;
  ownCanaries = 0;
  othersCanaries = 0;
  /** Writes that were answered as done, by login. */
  readonly written = new Map<string, number>();
  /** Errors that nobody expected, by code. */
  readonly errors = new Map<string, number>();
  readonly samples: string[] = [];

  /** Counts an answer that is not what it must be: the service did not answer, or it answered as to somebody else. */
  differs(login: string, text: string, codes: readonly string[], expected: string): void {
    const code = codes.find((each) => each === 'UNAVAILABLE' || each === 'INTERNAL');
    if (code === undefined) this.wrong += 1;
    else this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
    if (this.samples.length < 5)
      this.samples.push(`${login}: ${text.slice(0, 300)}\n    not ${expected.slice(0, 300)}`);
  }

  get faults(): number {
    return (
      this.wrong + this.othersCanaries + [...this.errors.values()].reduce((sum, count) => sum + count, 0)
    );
  }
}

export interface LoadOptions {
  readonly operations: number;
  /** The number of clients that wait for an answer at the same time. */
  readonly clients: number;
  /** The number of operations of which one is a write. */
  readonly writeEvery: number;
  readonly random: Random;
  readonly viewers: readonly Requester[];
  readonly questions: readonly Question[];
  /** The expected answers by login, in the order of the questions. */
  readonly expected: ReadonlyMap<string, readonly string[]>;
  readonly owns: ReadonlyMap<string, Own>;
}

/** Asks at random, and compares each answer with what this viewer must get. */
export async function runLoad(load: LoadOptions, tally: Tally): Promise<void> {
  const writers = load.viewers.filter(({ login }) => load.owns.has(login));
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < load.operations) {
      next += 1;
      if (next % load.writeEvery === 0) await write(load, load.random.pick(writers), tally);
      else await read(load, load.random.pick(load.viewers), tally);
    }
  };
  await Promise.all(Array.from({ length: load.clients }, client));
}

async function read(load: LoadOptions, viewer: Requester, tally: Tally): Promise<void> {
  const { questions, random } = load;
  const own = load.owns.get(viewer.login)?.read;
  const ownQuestions = questions.filter(({ caseId }) => caseId !== undefined && caseId === own);
  const question = random.pick(ownQuestions.length > 0 && random.chance(0.3) ? ownQuestions : questions);
  const expected = load.expected.get(viewer.login)?.[questions.indexOf(question)] ?? 'an answer';
  const { text, codes } = await viewer.send(question.query, question.variables);
  tally.reads += 1;
  for (const [login, { canary }] of load.owns) {
    if (!text.includes(canary)) continue;
    if (login === viewer.login) tally.ownCanaries += 1;
    else tally.othersCanaries += 1;
  }
  if (text !== expected) tally.differs(viewer.login, text, codes, expected);
}

/** Writes a note on a case of the viewer's own. Every other time it writes on somebody else's case, which must be refused. */
async function write(load: LoadOptions, viewer: Requester, tally: Tally): Promise<void> {
  const { owns, random } = load;
  const own = owns.get(viewer.login);
  const target = random.chance(0.5) ? own : random.pick([...owns.values()]);
  const body = `written by ${viewer.login} ${random.uuid()}`;
  const { data, text, codes } = await viewer.send(WRITE_NOTE, { input: { caseId: target?.written, body } });
  tally.writes += 1;
  const note = data?.['writeNote'] as WrittenNote | null | undefined;
  if (target !== own) {
    const refused = codes.length === 1 && (codes[0] === 'NOT_FOUND' || codes[0] === 'FORBIDDEN');
    if (!refused || note !== null) tally.differs(viewer.login, text, codes, 'a refusal');
    return;
  }
  if (note?.body === body && note.author.id === own?.workerId && note.case.id === own.written)
    tally.written.set(viewer.login, (tally.written.get(viewer.login) ?? 0) + 1);
  else tally.differs(viewer.login, text, codes, `the note ${body}`);
}

interface WrittenNote {
  readonly body: string;
  readonly author: { readonly id: string };
  readonly case: { readonly id: string };
}
