import { createRandom, type Random } from '../../prisma/seed/content/random.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The habits of a district, as guesses: how often things happen. They are the same with and without the waiting list. */
export const HABITS = {
  /** The share of people with an appointment who call it off. */
  cancels: 0.12,
  /** The share of people with an appointment who do not come. */
  doesNotCome: 0.12,
  /** The share of those who call off who do so in the last two days. */
  cancelsLate: 0.4,
  /** The share of both who ask again. */
  asksAgain: 0.5,
  /** The share of people who stand at the desk when they ask, and can stay. */
  isThere: 0.3,
  /** The most hours for which such a person stays. */
  stays: 2,
  /** The share of people who ask for the worker who knows them. The others ask for anyone. */
  ownWorker: 0.8,
  /** The share of people who would come sooner if a sooner time were offered. */
  wouldComeSooner: 0.8,
  /** The probability that a person can come on a day within the next three days. */
  suitsSoon: 0.4,
  /** The probability that a person can come on a later day. */
  suitsLater: 0.75,
  /** The share of offers from the list that are never answered. */
  neverAnswers: 0.1,
  /** The share of people who must be seen this week, as a social worker judges it. Only the list knows of it. */
  isUrgent: 0.1,
} as const;

export type Contact = 'NEUTRAL_TEXT' | 'VOICE_TO_ME_ONLY' | 'LETTER' | 'NONE';

/** A person who asks, with all that chance has in store for them. It is the same in both years. */
export interface Asker {
  /** The name of the person, unique in this seed. */
  readonly name: string;
  readonly asksAt: Date;
  readonly contact: Contact;
  readonly isThere: boolean;
  /** The worker they ask for, as a share of the workers; null is anyone. */
  readonly ownWorker: number | null;
  readonly wouldComeSooner: boolean;
  readonly isUrgent: boolean;
  /** When they call the appointment off, as a share of the time until it; null if they do not. */
  readonly cancels: { readonly late: boolean; readonly share: number } | null;
  readonly comes: boolean;
  readonly asksAgain: boolean;
  /** A stream of their own for the answers, in the order of the offers. */
  readonly random: Random;
}

function contactOf(random: Random): Contact {
  const draw = random.next();
  if (draw < 0.45) return 'NEUTRAL_TEXT';
  if (draw < 0.65) return 'VOICE_TO_ME_ONLY';
  return draw < 0.75 ? 'LETTER' : 'NONE';
}

export function askerOf(name: string, asksAt: Date): Asker {
  const random = createRandom(name);
  return {
    name,
    asksAt,
    contact: contactOf(random),
    isThere: random.chance(HABITS.isThere),
    ownWorker: random.chance(HABITS.ownWorker) ? random.next() : null,
    wouldComeSooner: random.chance(HABITS.wouldComeSooner),
    cancels: random.chance(HABITS.cancels)
      ? { late: random.chance(HABITS.cancelsLate), share: random.next() }
      : null,
    comes: !random.chance(HABITS.doesNotCome),
    asksAgain: random.chance(HABITS.asksAgain),
    isUrgent: random.chance(HABITS.isUrgent),
    random,
  };
}

/** True if the person can come on this day. Every question about the same day has the same answer. */
export function suits(asker: Asker, startsAt: Date, now: number): boolean {
  const draw = createRandom(`${asker.name} on ${startsAt.toISOString().slice(0, 10)}`).next();
  return draw < (startsAt.getTime() < now + 3 * DAY ? HABITS.suitsSoon : HABITS.suitsLater);
}

/** Draws how many people ask in an hour with this mean (Knuth). */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
