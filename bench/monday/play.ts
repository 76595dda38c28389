import { performance } from 'node:perf_hooks';
import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import { createHttpClient } from '../support/http.js';
import { letArrive } from './arrivals.js';
import { Boards } from './boards.js';
import type { Cast } from './cast.js';
import { DeskWork } from './desk.js';
import { Front } from './front.js';
import { Ledger } from './ledger.js';
import type { Meter, Reading } from './meter.js';
import { BEGINNINGS_PER_SECOND, type KindName } from './mix.js';
import { PublicWork } from './public.js';
import { WorkerWork } from './worker.js';

export interface PlayOptions {
  readonly url: string;
  readonly cast: Cast;
  readonly meter: Meter;
  readonly seed: string;
  readonly seconds: number;
  /** How many times as much as in the real hour of one county. */
  readonly times: number;
}

export interface Played {
  readonly ledger: Ledger;
  readonly seconds: number;
  /** The seconds from the first beginning to the last answer. */
  readonly lasted: number;
  readonly readings: readonly Reading[];
  readonly unanswered: number;
  /** The recorded visits of which no board has heard. */
  readonly missed: number;
}

/** The most connections of all front ends together. With fewer, requests would wait here and not at the service. */
const CONNECTIONS = 2_000;
/** Everyone logs in again long before the hour of a token is over. */
const LOGIN_LASTS_MS = 30 * 60_000;
/** The visits that go on at each desk at the beginning. */
const VISITS_AT_FIRST = 3;

type Acts = Readonly<Record<KindName, (dueAt: number) => Promise<void>>>;

/** Plays a part of the morning. The boards are open before it begins. */
export async function play(options: PlayOptions): Promise<Played> {
  const { url, cast, meter, seed, seconds } = options;
  await cast.logIn();
  const http = createHttpClient(`${url}/graphql`, CONNECTIONS);
  await openDoors(http, url, cast);
  const ledger = new Ledger();
  const startedAt = performance.now() + 1_000;
  const front = new Front(http, ledger, startedAt);
  const random = createRandom(seed);
  const boards = new Boards(ledger, (desk) => {
    // What is asked before the beginning is not counted.
    if (performance.now() > startedAt) void desks.readBoard(desk, performance.now());
  });
  const desks = new DeskWork(front, ledger, boards, random);
  const acts = actsOf(cast, front, desks, random);
  let loggedInAgain = Promise.resolve();
  const logins = setInterval(() => {
    loggedInAgain = loggedInAgain.then(() => cast.logIn()).then(() => boards.follow(url, cast.desks));
    // A failed login is thrown at the end of the run. Until then, it must not end the process.
    loggedInAgain.catch(() => undefined);
  }, LOGIN_LASTS_MS);
  try {
    await boards.follow(url, cast.desks);
    const stop = await meter.every((seconds * 1_000) / 10);
    const perSecond = BEGINNINGS_PER_SECOND * options.times;
    // A stream of its own: what others draw while answers come would change who arrives when.
    const arrivals = { random: createRandom(`${seed} arrivals`), perSecond, seconds, startedAt };
    const unanswered = await letArrive(arrivals, (kind, dueAt) => acts[kind](dueAt));
    const readings = await stop();
    const lasted = (performance.now() - startedAt) / 1_000;
    await loggedInAgain;
    return { ledger, seconds, lasted, readings, unanswered, missed: boards.missed };
  } finally {
    clearInterval(logins);
    boards.close();
    http.close();
  }
}

function actsOf(cast: Cast, front: Front, desks: DeskWork, random: Random): Acts {
  const workers = new WorkerWork(front, random);
  const outside = new PublicWork(
    front,
    random,
    cast.desks.map(({ districtId }) => districtId),
  );
  const desk = () => random.pick(cast.desks);
  const booker = () => random.pick(cast.bookers);
  return {
    'record a visit': (dueAt) => desks.recordVisit(desk(), dueAt),
    'close a visit': (dueAt) => desks.closeVisit(desk(), dueAt),
    'look at the board': (dueAt) => desks.readBoard(desk(), dueAt),
    'look a person up': (dueAt) => desks.lookUp(desk(), dueAt),
    'search for a slot': async (dueAt) => void (await desks.search(desk(), dueAt)),
    'book at the desk': (dueAt) => desks.book(desk(), dueAt),
    'read the page': (dueAt) => workers.readPage(random.pick(cast.withPage), dueAt),
    'read the day': (dueAt) => workers.readDay(random.pick(cast.workers), dueAt),
    'write a note': (dueAt) => workers.writeNote(random.pick(cast.withPage), dueAt),
    'record an outcome': (dueAt) => workers.recordOutcome(random.pick(cast.workers), dueAt),
    'search online': (dueAt) => outside.search(booker(), dueAt),
    'book online': (dueAt) => outside.book(booker(), dueAt),
    'ask for statistics': (dueAt) => outside.askForStatistics(cast.reporting, dueAt),
  };
}

/** Lets the first people in, and asks everything once, so that the first questions of the run meet a service that has been asked before. */
async function openDoors(http: ReturnType<typeof createHttpClient>, url: string, cast: Cast): Promise<void> {
  const ledger = new Ledger();
  const front = new Front(http, ledger, performance.now());
  const random = createRandom('doors');
  const boards = new Boards(ledger, () => undefined);
  const desks = new DeskWork(front, ledger, boards, random);
  for (const desk of cast.desks)
    while (desk.visits.length < VISITS_AT_FIRST) await desks.recordVisit(desk, performance.now());
  for (const act of Object.values(actsOf(cast, front, desks, random)))
    for (let turn = 0; turn < 3; turn += 1) await act(performance.now());
  if (ledger.samples.length > 0) throw new Error(`${url} does not answer: ${ledger.samples.join('\n')}`);
}
