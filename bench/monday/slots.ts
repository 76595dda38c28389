import type { Random } from '../../prisma/seed/content/random.js';
import { answerOf } from './front.js';

/** A free time, as a search answers it; with its workers for colleagues only. */
export interface Slot {
  readonly startsAt: string;
  readonly workers?: readonly { readonly id: string }[];
}

const DAY_MS = 24 * 3_600_000;
/** The days ahead from which a search begins. The first two weeks of the agendas are full. */
const DAYS_AHEAD = { min: 2, max: 60 } as const;

/** Draws the instant from which somebody can come. So not everyone wants the same first time. */
export function somewhen(random: Random): string {
  return new Date(Date.now() + random.int(DAYS_AHEAD.min, DAYS_AHEAD.max) * DAY_MS).toISOString();
}

/** Returns the free times of the answer to a search. */
export function searched(text: string): readonly Slot[] {
  return (answerOf(text) as { readonly slots?: readonly Slot[] }).slots ?? [];
}
