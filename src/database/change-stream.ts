/** The event that a visit has changed, by its id alone. */
export interface VisitChanged {
  readonly visitId: string;
  /** The workers who were to receive the person before, one after the other. */
  readonly workersBefore: readonly string[];
}

/** The event that changes may have been missed: the board is to be read again. */
export const RELOAD = 'RELOAD';

/** An event of a change stream. */
export type Change = VisitChanged | typeof RELOAD;

/** The most changes that wait for a slow follower. If there are more, they become one reload. */
const MOST_WAITING = 100;

/**
 * The changes of one district for one subscription. A visit that changes twice before it is read is told once, so that the queue of a
 * slow follower is bounded. The stream gives null when nothing has happened for `quietMs`: the follower then checks whether they still
 * may listen.
 */
export class ChangeStream implements AsyncIterableIterator<Change | null> {
  readonly #waiting = new Map<string, VisitChanged>();
  #reload = false;
  #notBefore = 0;
  #ended = false;
  #wake: (() => void) | null = null;

  constructor(
    private readonly quietMs: number,
    private readonly onEnd: () => void,
  ) {}

  tell(change: Change): void {
    if (change !== RELOAD && !this.#reload) {
      const workersBefore = this.#waiting.get(change.visitId)?.workersBefore ?? [];
      this.#waiting.set(change.visitId, {
        visitId: change.visitId,
        workersBefore: [...new Set([...workersBefore, ...change.workersBefore])],
      });
    }
    if (change === RELOAD || this.#waiting.size > MOST_WAITING) {
      this.#waiting.clear();
      this.#reload = true;
    }
    this.#wake?.();
  }

  /** Notes that the last event could not be passed on: a reload follows, after so many milliseconds. */
  missed(afterMs: number): void {
    this.#notBefore = performance.now() + afterMs;
    this.tell(RELOAD);
  }

  async next(): Promise<IteratorResult<Change | null>> {
    const quietAt = performance.now() + this.quietMs;
    while (!this.#ended) {
      const now = performance.now();
      if (now >= this.#notBefore) {
        const change = this.#take();
        if (change !== null || now >= quietAt) return { value: change, done: false };
      }
      await this.#sleepUntil(now < this.#notBefore ? this.#notBefore : quietAt);
    }
    return { value: undefined, done: true };
  }

  #take(): Change | null {
    if (this.#reload) {
      this.#reload = false;
      return RELOAD;
    }
    const [oldest] = this.#waiting;
    if (oldest === undefined) return null;
    this.#waiting.delete(oldest[0]);
    return oldest[1];
  }

  async #sleepUntil(instant: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, instant - performance.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }

  /** Ends the stream at once, also while the next event is awaited. */
  async return(): Promise<IteratorResult<Change | null>> {
    if (!this.#ended) {
      this.#ended = true;
      this.onEnd();
      this.#wake?.();
    }
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
