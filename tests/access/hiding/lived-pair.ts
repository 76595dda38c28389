import type { RawAnswer } from '../../../bench/support/http.js';
import { Clock, installClock } from '../../support/clock.js';
import { type Asked, type Compared, Pair } from '../../support/crawler/compare.js';
import { type CrawledCounty, startCrawledCounty } from '../../support/crawler/county.js';
import { freezeAccessLog } from '../../support/crawler/differ.js';
import { type CrawlDocument, wideDocuments } from '../../support/crawler/documents.js';
import { randomOperations } from '../../support/crawler/random-operations.js';
import { DAY } from '../../support/days.js';
import { type Act, actsOf, questionsOf, Side, unknownOf } from './days.js';
import type { Hiding, HidingCounty } from './hidden-pair.js';
import { Likeness, type Parting, partings } from './likeness.js';
import { ACCOUNTS, ASKING, addScene, PERSON_SCOPES } from './scene.js';
import { differentlyTold, Jobs, type Left } from './what-leaves.js';

/** The logins ask this much on a day. */
export interface Questions {
  /** One in this number of the wide documents is asked; other ones each day. */
  readonly oneOf: number;
  /** Each login asks one in this number of the questions about the scene; other ones each day. On a day on which something is hidden, it asks all. */
  readonly oneOfScene: number;
  /** A login asks this number of documents that are drawn at random. */
  readonly drawn: number;
  readonly logins: readonly string[];
}

/** A difference that somebody saw. */
export interface Finding {
  readonly day: number;
  /** The login that asked; for a message, its recipient. */
  readonly login: string;
  /** The root field; `sent` for a message. */
  readonly root: string;
  readonly said: string;
  readonly partings: readonly Parting[];
}

const SEED = 20_261_201;
const HOUR = 3_600_000;
/** The pair follows this number of links of each recipient: the last ones. */
const LINKS = 2;

/**
 * Two counties that are equal to the last id, under one clock. From some day on, something is hidden in the first. Each day the same happens in
 * both, their jobs run, and everyone asks.
 */
export class LivedPair {
  readonly findings: Finding[] = [];
  /** The number of operations, messages and feeds that were compared. */
  compared = 0;
  /** How often an act succeeded, by its name. */
  readonly done = new Map<string, number>();
  readonly refused = new Map<string, string>();
  withData = 0;
  failed = 0;
  sent = 0;
  readonly #asked = new Set<string>();
  readonly #hidden = new Set<Hiding>();
  readonly #feeds = new Map<string, readonly [string, string]>();
  readonly #links = new Map<string, (readonly [string, string])[]>();
  #sides: readonly [Side, Side];

  private constructor(
    readonly counties: readonly [HidingCounty, HidingCounty],
    readonly clock: Clock,
    private readonly start: Date,
    private readonly hidings: readonly Hiding[],
    private readonly likeness: Likeness,
    private readonly jobs: readonly [Jobs, Jobs],
    private readonly wide: readonly CrawlDocument[],
  ) {
    this.#sides = [new Side(counties[0], new Set()), new Side(counties[1], new Set())];
  }

  /** The first day is tomorrow, so that all rows of the fictional county are of the past. */
  static async raise(hidings: readonly Hiding[]): Promise<LivedPair> {
    const start = new Date(Math.floor(Date.now() / DAY + 1) * DAY);
    const raised: Promise<HidingCounty>[] = [0, 1].map(async () => {
      let districtId = '';
      const county = await startCrawledCounty(null, async (database) => {
        await installClock(database, start);
        districtId = await addScene(database, start);
        await freezeAccessLog(database);
        await database.sql('alter table access_log disable trigger frozen');
        await database.sql('analyze');
      });
      return { ...county, districtId, as: asOf(county) };
    });
    const [one, other] = await Promise.all(raised);
    if (one === undefined || other === undefined) throw new Error('a pair has two');
    const databases = [one.database, other.database] as const;
    const clock = await Clock.of(databases, start);
    return new LivedPair(
      [one, other],
      clock,
      start,
      hidings,
      await Likeness.of(databases),
      [new Jobs(one.database), new Jobs(other.database)],
      [...wideDocuments(one.sources)],
    );
  }

  /** Plays one day: hides what is hidden on it, runs the jobs, does the acts, runs the jobs again, and asks everyone's questions. */
  async live(day: number, questions: Questions): Promise<void> {
    const morning = this.start.getTime() + day * DAY + 7.5 * HOUR;
    await this.clock.set(new Date(morning));
    await this.#hide(day);
    let pair = await this.#pair();
    if (this.#feeds.size === 0) await this.#openFeeds(day, pair);
    await this.#send(day);
    await this.clock.set(new Date(morning + 0.5 * HOUR));
    for (const act of actsOf(day, this.start, this.counties[0])) {
      await this.clock.set(new Date(this.clock.now.getTime() + 7_000));
      await this.#do(day, act, pair);
    }
    pair.close();
    await this.clock.set(new Date(morning + 6 * HOUR));
    await this.#send(day);
    pair = await this.#pair();
    await this.#ask(day, pair, questions);
    pair.close();
    await this.#readFeeds(day);
  }

  async #hide(day: number): Promise<void> {
    for (const hiding of this.hidings.filter((one) => one.day <= day && !this.#hidden.has(one))) {
      this.#hidden.add(hiding);
      await tokenTime(this.clock, () => hiding.hide(this.counties[0]));
      await tokenTime(this.clock, () => hiding.instead(this.counties[1]));
    }
    const [first, second] = this.#sides;
    const unknowing = new Side(this.counties[1], unknownOf(this.hidings, day));
    for (const [name, id] of second.made) unknowing.made.set(name, id);
    this.#sides = [first, unknowing];
  }

  /** New logins for this time of the clock: a token is worth nothing an hour later. */
  async #pair(): Promise<Pair> {
    return tokenTime(this.clock, () => Pair.of(this.counties, ASKING));
  }

  async #do(day: number, act: Act, pair: Pair): Promise<void> {
    const [one, other] = await Promise.all(
      this.#sides.map(async (side) => documentOf(act, await act.input(side))),
    );
    if (one === undefined || other === undefined) return;
    await this.#compare(day, act.name, pair, [{ login: act.login, document: one, other }], 1, (answers) => {
      for (const [nth, { text }] of answers.entries()) {
        const made = (JSON.parse(text) as { data?: Record<string, { id?: string } | null> }).data?.[act.root];
        if (made == null) {
          if (nth === 1) this.refused.set(act.name, text.slice(0, 300));
          continue;
        }
        if (nth === 1) this.done.set(act.name, (this.done.get(act.name) ?? 0) + 1);
        if (act.makes !== undefined && made.id !== undefined) this.#sides[nth]?.made.set(act.makes, made.id);
      }
    });
  }

  async #send(day: number): Promise<void> {
    const [one, other] = await Promise.all(this.jobs.map((jobs) => jobs.run()));
    const apart = new Set(this.hidings.flatMap(({ notComparedTo }) => notComparedTo));
    const [here, there] = [one, other].map((left) =>
      (left ?? []).filter(({ recipient }) => !apart.has(recipient)),
    );
    if (here === undefined || there === undefined) return;
    const recipients = new Set([...here, ...there].map(({ recipient }) => recipient));
    this.sent += here.length;
    this.compared += recipients.size;
    for (const recipient of recipients) this.#asked.add(`sent ${recipient}`);
    for (const told of differentlyTold(here, there))
      this.findings.push({
        day,
        login: told.recipient,
        root: 'sent',
        said: 'what was sent',
        partings: [{ path: 'sent', one: told.one.join(' | '), other: told.other.join(' | ') }],
      });
    this.#keepLinks(here, there);
  }

  #keepLinks(here: readonly Left[], there: readonly Left[]): void {
    for (const recipient of new Set(here.map((left) => left.recipient))) {
      const [mine, theirs] = [here, there].map((left) =>
        left.filter((one) => one.recipient === recipient && one.secret !== null),
      );
      const pairs = (mine ?? []).flatMap(({ secret }, nth): (readonly [string, string])[] => {
        const another = theirs?.[nth]?.secret;
        return secret === null || another == null ? [] : [[secret, another]];
      });
      this.#links.set(recipient, [...(this.#links.get(recipient) ?? []), ...pairs].slice(-LINKS));
    }
  }

  async #ask(day: number, pair: Pair, { oneOf, oneOfScene, drawn, logins }: Questions): Promise<void> {
    const [one, other] = this.#sides.map((side) =>
      questionsOf(day, this.start, this.counties[0].districtId, side),
    );
    const scene = (one ?? []).map(
      (document, nth): Omit<Asked, 'login'> => ({ document, other: other?.[nth] ?? document }),
    );
    const hides = this.hidings.some((hiding) => hiding.day === day);
    const wide = this.wide.filter((_, nth) => nth % oneOf === day % oneOf).map((document) => ({ document }));
    const { sources } = this.counties[0];
    const random = randomOperations({ ...sources, now: this.clock.now }, SEED + day, drawn).map(
      (document) => ({ document }),
    );
    const links = [...this.#links.values()].flat().map((secrets): Asked => {
      const [mine, theirs] = secrets.map((secret) => ({
        root: 'linkedAppointment',
        query:
          'query ($secret: String!) { linkedAppointment(secret: $secret) { publicLabel startsAt cancelled } }',
        variables: { secret },
      }));
      return { login: 'anonymous', document: mine as CrawlDocument, other: theirs as CrawlDocument };
    });
    const all = [
      ...links,
      ...logins.flatMap((login, of) =>
        [
          ...scene.filter((_, nth) => hides || (nth + of) % oneOfScene === day % oneOfScene),
          ...wide,
          ...random,
        ].map((asked) => ({ login, ...asked })),
      ),
    ];
    for (const { database } of this.counties)
      await database.sql('alter table access_log enable trigger frozen');
    await this.#compare(day, null, pair, all, 6);
    for (const { database } of this.counties)
      await database.sql('alter table access_log disable trigger frozen');
  }

  async #compare(
    day: number,
    said: string | null,
    pair: Pair,
    asked: readonly Asked[],
    width: number,
    witness?: (answers: readonly [RawAnswer, RawAnswer]) => void,
  ): Promise<void> {
    const roots = new Map<string, string>();
    for (const { document } of asked) {
      roots.set(`${document.query}${JSON.stringify(document.variables)}`, document.root);
    }
    const compared: Compared = await pair.compare(asked, {
      width,
      keep: Number.POSITIVE_INFINITY,
      normalise: (text) => this.likeness.normalise(text),
      witness: (one, { login, document }, other) => {
        this.#asked.add(`${login} ${document.query}`);
        witness?.([one, other]);
      },
    });
    this.compared += compared.executed;
    this.withData += compared.withData;
    this.failed += compared.failed;
    for (const { login, query, variables, one, other } of compared.differing) {
      const root = roots.get(`${query}${variables}`) ?? '';
      this.#find(
        day,
        login,
        root,
        said ?? `asks ${root} ${variables.slice(0, 120)}`,
        partings(one, other, root),
      );
    }
  }

  /** Keeps the differences that the login may not see. */
  #find(day: number, login: string, root: string, said: string, seen: readonly Parting[]): void {
    const knowing = this.hidings
      .flatMap(({ mayKnow }) => mayKnow)
      .filter((one) => one.login === login && (one.of?.test(root) ?? true));
    const left = seen.filter(({ path }) => !knowing.some((one) => one.path?.test(path) ?? true));
    if (left.length > 0) this.findings.push({ day, login, root, said, partings: left });
  }

  async #openFeeds(day: number, pair: Pair): Promise<void> {
    const query = 'mutation ($input: OpenCalendarFeedInput!) { openCalendarFeed(input: $input) { address } }';
    const document = { root: 'openCalendarFeed', query, variables: { input: { label: 'Téléphone' } } };
    for (const login of ASKING)
      await this.#compare(day, 'opens a calendar feed', pair, [{ login, document }], 1, (answers) => {
        const [one, other] = answers.map(({ text }) => /\/calendar\/[\w-]{43}\.ics/.exec(text)?.[0]);
        if (one !== undefined && other !== undefined) this.#feeds.set(login, [one, other]);
      });
  }

  /** A calendar is read without a token. */
  async #readFeeds(day: number): Promise<void> {
    for (const [login, addresses] of this.#feeds) {
      const [one, other] = await Promise.all(
        this.counties.map(async ({ app }, nth) => {
          const answer = await fetch(`${app.url}${addresses[nth]}`);
          return this.likeness.normalise(`${answer.status}\n${await answer.text()}`);
        }),
      );
      this.compared += 1;
      this.#asked.add(`${login} feed`);
      if (one !== other)
        this.#find(day, login, 'feed', 'reads the calendar', partings(one ?? '', other ?? '', 'feed'));
    }
  }

  /** Counts the feeds, the links, and the different operations that the logins asked. */
  get size(): { readonly feeds: number; readonly links: number; readonly operations: number } {
    return {
      feeds: this.#feeds.size,
      links: [...this.#links.values()].flat().length,
      operations: new Set([...this.#asked].map((asked) => asked.slice(asked.indexOf(' ')))).size,
    };
  }

  async close(): Promise<void> {
    this.clock.release();
    for (const jobs of this.jobs) await jobs.close();
    for (const county of this.counties) await county.close();
  }
}

function documentOf({ root, select, type: named, asks = false }: Act, input: object): CrawlDocument {
  const type = named ?? `${root.charAt(0).toUpperCase()}${root.slice(1)}Input`;
  const query = `${asks ? 'query' : 'mutation'} ($input: ${type}!) { ${root}(input: $input) { ${select} } }`;
  return { root, query, variables: { input } };
}

/** People with an account log in through the front end for persons. */
function asOf(county: CrawledCounty): CrawledCounty['as'] {
  const isAccount = (login: string): boolean => (ACCOUNTS as readonly string[]).includes(login);
  return async (login) =>
    isAccount(login)
      ? county.app.as(login, { clientId: 'front.person', scopes: PERSON_SCOPES })
      : county.as(login);
}

/** Runs a task with the clock's time for the tokens that it signs. */
async function tokenTime<T>(clock: Clock, task: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => clock.now.getTime();
  try {
    return await task();
  } finally {
    Date.now = now;
  }
}
