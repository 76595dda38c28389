/** That a visit has changed, by its id alone. */
export interface VisitChanged {
  readonly visitId: string;
  /** Who were to receive them before, one after the other. */
  readonly workersBefore: readonly string[];
}

/** That changes may have been missed: what is shown is to be read again. */
export const RELOAD = 'RELOAD';

export type Change = VisitChanged | typeof RELOAD;

/** Changes that wait for one who is slow, at most; what is more is one reload. */
const MOST_WAITING = 100;

/**
 * The changes of one district for one subscription. What changes twice before it is taken is told once, so that whoever is
 * slow is owed a bounded number.
 * Null is told when nothing has happened for `quietMs`: a moment to look whether they may still listen.
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

  /** What was told last could not be passed on: a reload, after so long. */
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

  /** Ends at once, also while the next one is waited for. */
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
