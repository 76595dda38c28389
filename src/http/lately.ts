/** The measures of what a caller did lately. */
export interface LatelyLimits {
  /**
   * The most milliseconds of refused work. A refusal counts as `REFUSAL_MS` at least. Beyond it the caller is told 429. Each second,
   * `FORGOTTEN_REFUSED` of them are forgotten.
   */
  readonly refusedMs: number;
  /** The milliseconds of turns beyond which a caller is heavy. Each second, `FORGOTTEN_USED` of them are forgotten. */
  readonly heavyMs: number;
  /** The rest after a refusal, as a multiple of the time that it took. */
  readonly rest: number;
}

/** The measures in use: two hundred bad tokens at once and ten a second afterwards; a heavy caller uses half of a turn for long. */
export const LATELY_LIMITS: LatelyLimits = { refusedMs: 1_000, heavyMs: 1_000, rest: 4 };

/** The least that a refusal counts, in milliseconds. */
const REFUSAL_MS = 5;
/** The milliseconds of refused work that are forgotten each second. */
const FORGOTTEN_REFUSED = 50;
/** The milliseconds of turns that are forgotten each second. */
const FORGOTTEN_USED = 500;
/** The longest rest, in milliseconds. */
const LONGEST_REST_MS = 1_000;
/** The most callers that are remembered before those with nothing left are swept away. */
const MOST_BEFORE_SWEEP = 1_000;

interface Habit {
  used: number;
  refused: number;
  at: number;
  restsUntil: number;
}

/** What each caller did lately: the time of their turns, and what was refused to them. It is forgotten at a steady rate. */
export class Lately {
  readonly #habits = new Map<string, Habit>();
  #sweepAt = MOST_BEFORE_SWEEP;

  /** @param now the milliseconds of a clock that never goes back */
  constructor(
    private readonly limits: LatelyLimits = LATELY_LIMITS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The number of callers in memory. */
  get size(): number {
    return this.#habits.size;
  }

  /** Returns the milliseconds of turns that are not forgotten. */
  usedBy(caller: string): number {
    return this.#seen(caller)?.used ?? 0;
  }

  isHeavy(caller: string): boolean {
    return this.usedBy(caller) > this.limits.heavyMs;
  }

  /** Returns the milliseconds until the caller's next turn may begin; 0 if it may begin now. */
  restOf(caller: string): number {
    return Math.max(0, (this.#habits.get(caller)?.restsUntil ?? 0) - this.now());
  }

  /** Returns after how many seconds the caller may ask again, if too much was refused to them; otherwise null. */
  retryAfter(caller: string): number | null {
    const over = (this.#seen(caller)?.refused ?? 0) - this.limits.refusedMs;
    return over <= 0 ? null : Math.ceil(over / FORGOTTEN_REFUSED);
  }

  /** Counts the milliseconds of a turn that is over. */
  addTurn(caller: string, ms: number): void {
    this.#of(caller).used += ms;
  }

  /**
   * Counts a refusal.
   * @param ms the milliseconds that it took
   */
  addRefusal(caller: string, ms: number): void {
    const habit = this.#of(caller);
    habit.refused += Math.max(ms, REFUSAL_MS);
    // A small refusal does not end the rest after a large one.
    habit.restsUntil = Math.max(
      habit.restsUntil,
      this.now() + Math.min(LONGEST_REST_MS, ms * this.limits.rest),
    );
  }

  /** Returns what is not forgotten of a caller. */
  #seen(caller: string): Habit | undefined {
    const habit = this.#habits.get(caller);
    if (habit === undefined) return undefined;
    const seconds = (this.now() - habit.at) / 1_000;
    habit.at = this.now();
    habit.used = Math.max(0, habit.used - seconds * FORGOTTEN_USED);
    habit.refused = Math.max(0, habit.refused - seconds * FORGOTTEN_REFUSED);
    return habit;
  }

  #of(caller: string): Habit {
    const before = this.#seen(caller);
    if (before !== undefined) return before;
    this.#sweep();
    const habit = { used: 0, refused: 0, at: this.now(), restsUntil: 0 };
    this.#habits.set(caller, habit);
    return habit;
  }

  /** Forgets who has nothing left, each time that the number of callers has doubled. */
  #sweep(): void {
    if (this.#habits.size < this.#sweepAt) return;
    for (const caller of [...this.#habits.keys()]) {
      const habit = this.#seen(caller);
      if (habit?.used === 0 && habit.refused === 0 && habit.restsUntil <= this.now())
        this.#habits.delete(caller);
    }
    this.#sweepAt = Math.max(MOST_BEFORE_SWEEP, 2 * this.#habits.size);
  }
}
