import { createRandom, type Random } from '../../prisma/seed/content/random.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** How often things happen: guesses of what a district meets, the same with and without the waiting list. */
export const HABITS = {
  /** Of those who have an appointment: call it off; do not come. */
  cancels: 0.12,
  doesNotCome: 0.12,
  /** Of those who call it off: in the last two days before it. */
  cancelsLate: 0.4,
  /** Of both: ask again. */
  asksAgain: 0.5,
  /** Stand at the desk when they ask, and can stay; in hours, how long at most. */
  isThere: 0.3,
  stays: 2,
  /** Ask for the worker who knows them; the others for anyone. */
  ownWorker: 0.8,
  /** Would come sooner, if that were offered. */
  wouldComeSooner: 0.8,
  /** A day suits them: within the next three days, later. Whoever offers it. */
  suitsSoon: 0.4,
  suitsLater: 0.75,
  /** Of what is offered from the list: never answer. */
  neverAnswers: 0.1,
  /** Must be seen this week, as a social worker judges it; only the list knows of it. */
  isUrgent: 0.1,
} as const;

export type Contact = 'NEUTRAL_TEXT' | 'VOICE_TO_ME_ONLY' | 'LETTER' | 'NONE';

/** Someone who asks, with all that chance has in store for them: the same in both years. */
export interface Asker {
  /** Of this seed. */
  readonly name: string;
  readonly asksAt: Date;
  readonly contact: Contact;
  readonly isThere: boolean;
  /** Which worker they ask for, as a share of them; null is anyone. */
  readonly ownWorker: number | null;
  readonly wouldComeSooner: boolean;
  readonly isUrgent: boolean;
  /** Hours before the appointment at which it is called off, as a share of how long it is ahead; null if it is not. */
  readonly cancels: { readonly late: boolean; readonly share: number } | null;
  readonly comes: boolean;
  readonly asksAgain: boolean;
  /** Draws of their own for answers, in the order of the offers. */
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

/** Whether they can come on this day, whoever asks them and however often. */
export function suits(asker: Asker, startsAt: Date, now: number): boolean {
  const draw = createRandom(`${asker.name} on ${startsAt.toISOString().slice(0, 10)}`).next();
  return draw < (startsAt.getTime() < now + 3 * DAY ? HABITS.suitsSoon : HABITS.suitsLater);
}

/** How many ask in an hour in which so many do on average (Knuth). */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}
