import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import { CONTACTS, type Contact, type Habits } from './habits.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A person who asks, with all that chance has in store for them. It is the same with every lever. */
export interface Asker {
  /** The name of the person, unique in this seed. */
  readonly name: string;
  readonly asksAt: Date;
  readonly contact: Contact;
  readonly isThere: boolean;
  /** The worker who knows them, as a share of the workers; null if they come for the first time. */
  readonly ownWorker: number | null;
  /** How many days sooner another worker must be, for the person to go there; null if they never would. */
  readonly leavesOwnFor: number | null;
  readonly wouldComeSooner: boolean;
  readonly isUrgent: boolean;
  readonly neverAnswers: boolean;
  /** When they call the appointment off, as a share of the time until it; null if they do not. */
  readonly cancels: { readonly late: boolean; readonly share: number } | null;
  readonly comes: boolean;
  readonly agreesToShortNotice: boolean;
  readonly isBroughtByReminder: boolean;
  readonly usesLink: boolean;
  readonly asksAgain: boolean;
  /** The desk calls them with one time, and they see nothing themselves. */
  readonly waitsToBeCalled: boolean;
  /** A stream of their own for the answers, in the order of the offers. */
  readonly random: Random;
}

function contactOf(draw: number): Contact {
  let below = 0;
  for (const [contact, share] of Object.entries(CONTACTS)) {
    below += share;
    if (draw < below) return contact as Contact;
  }
  return 'none';
}

/** Draws a person. All draws are made in each case, so that a changed habit changes nothing else of the person. */
export function askerOf(name: string, asksAt: Date, habits: Habits): Asker {
  const random = createRandom(name);
  const contact = contactOf(random.next());
  const staysThere = random.chance(habits.isThere);
  const isNew = random.chance(habits.comesForTheFirstTime);
  const worker = random.next();
  const wouldSeeAnyone = random.chance(habits.wouldSeeAnyone);
  const patience = random.next();
  const wouldComeSooner = random.chance(habits.wouldComeSooner);
  const cancels = random.chance(habits.cancels);
  const cancelsLate = random.chance(habits.cancelsLate);
  const cancelsAt = random.next();
  // A stream of its own: a lever that is added draws nothing from the others.
  const lucky = (of: string, share: number): boolean => createRandom(`${name} ${of}`).chance(share);
  const waitsToBeCalled = lucky('waits to be called', habits.waitsToBeCalled);
  return {
    name,
    asksAt,
    contact,
    isThere: staysThere && !waitsToBeCalled,
    waitsToBeCalled,
    ownWorker: isNew ? null : worker,
    leavesOwnFor: wouldSeeAnyone ? patience * habits.waitsForOwn : null,
    wouldComeSooner,
    cancels: cancels ? { late: cancelsLate, share: cancelsAt } : null,
    comes: !random.chance(habits.doesNotCome),
    asksAgain: random.chance(habits.asksAgain),
    agreesToShortNotice: wouldComeSooner && lucky('agrees', habits.agreesToShortNotice),
    isBroughtByReminder: lucky('is reminded', habits.isBroughtByReminder),
    usesLink: lucky('has a link', habits.usesLink),
    isUrgent: random.chance(habits.isUrgent),
    neverAnswers: random.chance(habits.neverAnswers),
    random,
  };
}

/** True if the person can come on this day. Every question about the same day has the same answer. */
export function suits(asker: Asker, startsAt: Date, now: number, habits: Habits): boolean {
  const draw = createRandom(`${asker.name} on ${startsAt.toISOString().slice(0, 10)}`).next();
  return draw < (startsAt.getTime() < now + 3 * DAY ? habits.suitsSoon : habits.suitsLater);
}

/** Draws how many people ask in an hour with this mean (Knuth). */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
