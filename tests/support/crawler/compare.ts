import { createHttpClient, type HttpClient, type RawAnswer } from '../../../bench/support/http.js';
import { until } from '../until.js';
import type { CrawledCounty } from './county.js';
import { inFlight } from './crawl.js';
import type { CrawlDocument } from './documents.js';

/** An operation that two counties answered differently. */
export interface Differing {
  readonly login: string;
  readonly query: string;
  readonly variables: string;
  readonly one: string;
  readonly other: string;
}

const OF_THE_CLOCK_AND_THE_CONNECTION = new Set(['date', 'connection', 'keep-alive', 'x-request-id']);

/** What counts of an answer: its status, its headers, its body. */
function bytesOf(answer: RawAnswer): string {
  const headers = Object.entries(answer.headers).filter(
    ([name]) => !OF_THE_CLOCK_AND_THE_CONNECTION.has(name),
  );
  return `${answer.status}\n${JSON.stringify(headers)}\n${answer.text}`;
}

/** An operation for a login, on its way to both counties. */
export interface Asked {
  readonly login: string;
  readonly document: CrawlDocument;
  /** The document for the second county, if its rows have other ids. */
  readonly other?: CrawlDocument;
}

/** How it went. */
export interface Compared {
  readonly differing: Differing[];
  executed: number;
  /** Answered with 200 and something in its data. */
  withData: number;
  /** Of these, without an error. */
  clean: number;
  /** Failed for want of the database, or by a fault: none of these may be. */
  failed: number;
  /** Refused before they were executed, for their cost: at most a few of those that are drawn. */
  tooCostly: number;
}

/** Whether the answer holds any value: the root fields of refused operations are all null. */
function holdsData({ status, text }: RawAnswer): boolean {
  return status === 200 && /"data":\{(?:"\w+":null,?)*"\w+":(?!null)/.test(text);
}

/** The parts of a county that a pair needs: its API, and everyone's token. */
export type Asking = Pick<CrawledCounty, 'as'> & { readonly app: Pick<CrawledCounty['app'], 'url'> };

/** Two counties, and everyone's token in each. */
export class Pair {
  readonly #clients: readonly (readonly [HttpClient, ReadonlyMap<string, string | null>])[];

  private constructor(clients: readonly (readonly [HttpClient, ReadonlyMap<string, string | null>])[]) {
    this.#clients = clients;
  }

  static async of(counties: readonly [Asking, Asking], logins: readonly string[]): Promise<Pair> {
    return new Pair(
      await Promise.all(
        counties.map(async (county) => {
          const tokens = new Map<string, string | null>();
          for (const login of logins) tokens.set(login, (await county.as(login)).token);
          return [createHttpClient(`${county.app.url}/graphql`, 8), tokens] as const;
        }),
      ),
    );
  }

  async #ask({
    login,
    document,
    other: another = document,
  }: Asked): Promise<readonly [RawAnswer, RawAnswer]> {
    const [first, second] = [document, another].map(({ query, variables }) =>
      JSON.stringify({ query, variables }),
    );
    // A machine that is busy with something else answers 503: both are asked again, as clients would.
    return until('two answers that are not 503', async () => {
      const [one, other] = await Promise.all(
        this.#clients.map(([client, tokens], nth) => {
          const token = tokens.get(login) ?? null;
          return client.post(
            (nth === 0 ? first : second) ?? '',
            token === null ? {} : { authorization: `Bearer ${token}` },
          );
        }),
      );
      if (one === undefined || other === undefined) throw new Error('a pair has two');
      return one.status === 503 || other.status === 503 ? null : ([one, other] as const);
    });
  }

  /**
   * Asks both the same, a few at a time, until everything is asked or the witness has seen enough. The order among
   * those in flight is nobody's: writes are asked one by one.
   */
  async compare(
    asked: Iterable<Asked>,
    options: {
      readonly width?: number;
      /** Takes out of an answer what legitimately is each county's own. */
      readonly normalise?: (text: string, county: 0 | 1) => string;
      readonly witness?: (one: RawAnswer, asked: Asked, other: RawAnswer) => void;
      readonly isEnough?: (compared: Compared) => boolean;
      /** How many characters are kept of two answers that differ. */
      readonly keep?: number;
    } = {},
  ): Promise<Compared> {
    const {
      width = 6,
      normalise = (text: string) => text,
      witness,
      isEnough = () => false,
      keep = 2_000,
    } = options;
    const compared: Compared = { differing: [], executed: 0, withData: 0, clean: 0, failed: 0, tooCostly: 0 };
    await inFlight(asked, width, async (next) => {
      if (isEnough(compared)) return;
      const [one, other] = await this.#ask(next);
      compared.executed += 1;
      if (holdsData(one)) {
        compared.withData += 1;
        if (!one.text.startsWith('{"errors"')) compared.clean += 1;
      }
      const texts = one.text + other.text;
      if (/"code":"(INTERNAL|UNAVAILABLE)"/.test(texts)) compared.failed += 1;
      if (texts.includes('"code":"DOCUMENT_TOO_COSTLY"')) compared.tooCostly += 1;
      witness?.(one, next, other);
      const [left, right] = [normalise(bytesOf(one), 0), normalise(bytesOf(other), 1)];
      if (left !== right)
        compared.differing.push({
          login: next.login,
          query: next.document.query,
          variables: JSON.stringify(next.document.variables),
          one: left.slice(0, keep),
          other: right.slice(0, keep),
        });
    });
    return compared;
  }

  close(): void {
    for (const [client] of this.#clients) client.close();
  }
}
