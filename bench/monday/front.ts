import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { HttpClient } from '../support/http.js';
import type { Ledger } from './ledger.js';
import type { KindName } from './mix.js';

/** A request of a front end. */
export interface Asked {
  readonly kind: KindName;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly token: string;
  /** A pattern that the answer must match. An empty answer would cost little, and measure nothing. */
  readonly answers: RegExp;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer of the only field of a query. */
export type Value = Readonly<Record<string, unknown>>;

/** Sends the requests of one run, and writes what became of them into the ledger. */
export class Front {
  /** @param startedAt the start of the run, by `performance.now()` */
  constructor(
    private readonly http: HttpClient,
    private readonly ledger: Ledger,
    private readonly startedAt: number,
  ) {}

  /**
   * Asks, and waits for the answer.
   * @param dueAt the moment at which it was to begin, by `performance.now()`. A request that left late has waited since then.
   * @returns the text of a right answer; null for any other
   */
  async ask(
    { kind, query, variables, token, answers, headers }: Asked,
    dueAt: number,
  ): Promise<string | null> {
    const body = JSON.stringify({ query, variables });
    // A careful front end can repeat each write.
    const key = query.startsWith('mutation') ? { 'idempotency-key': randomUUID() } : {};
    const authorization = `Bearer ${token}`;
    const text = await this.http.post(body, { authorization, ...key, ...headers }).then(
      (answer) => answer.text,
      () => null,
    );
    const code = codeOf(text, answers);
    const entry = { kind, at: dueAt - this.startedAt, ms: performance.now() - dueAt, code };
    this.ledger.add(entry, text ?? 'no answer');
    return code === null ? text : null;
  }
}

function codeOf(text: string | null, answers: RegExp): string | null {
  if (text === null) return 'NO_ANSWER';
  if (text.includes('"errors"')) return /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? 'NO_CODE';
  return answers.test(text) ? null : 'EMPTY';
}

/** Returns the value of the only field of an answer. */
export function answerOf(text: string): Value {
  const { data } = JSON.parse(text) as { data: Readonly<Record<string, Value>> };
  return Object.values(data)[0] ?? {};
}
