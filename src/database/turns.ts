import { UnavailableError } from '../errors.js';

interface Waiting {
  readonly start: (leave: () => void) => void;
  readonly refuse: (error: Error) => void;
  readonly isWaitedFor: () => boolean;
  readonly since: number;
}

/** A turn that ends by an outage after so long has timed out, if the database has answered nobody else meanwhile. */
const TIMEOUT_MS = 1_000;
/**
 * An outage that nobody has met for so long may be over. It is longer than a timeout, so that the outage does not lapse while requests
 * time out.
 */
const OUT_MS = 5_000;
/** A request that has waited longer than this has no time left for a timeout as well. */
const TIME_LEFT_MS = 150;

/**
 * A queue in front of the pool: first come, first served. Two hundred requests at once wait while the database answers those before them.
 * Once it has answered nobody for `patienceMs`, all waiting requests are refused at once.
 *
 * The place of a request that a hanging database has kept is not passed on to a request that has waited for it: that one would be kept as
 * long. A request whose client no longer waits is passed over: three hundred of them would keep everyone waiting for seconds.
 */
export class Turns {
  readonly #waiting: Waiting[] = [];
  #busy = 0;
  #answeredAt = 0;
  /** The time at which a turn last timed out, or a waiting request was refused because nobody is answered. */
  #silentAt = Number.NEGATIVE_INFINITY;
  #watch: NodeJS.Timeout | null = null;

  constructor(
    private readonly places: number,
    private readonly patienceMs: number,
    /** Whether an error tells of an outage. Any other error is an answer, too. */
    private readonly isOutage: (error: unknown) => boolean,
    /**
     * Whether the error tells that the connection was cut. On a slow machine that may take long as well, and the next request may be
     * answered.
     */
    private readonly isCut: (error: unknown) => boolean = () => false,
  ) {}

  /**
   * Runs `work` when its turn comes.
   * @param isWaitedFor asked once, when the turn comes
   * @throws UnavailableError when the database answers nobody meanwhile, or nobody waits any more
   */
  async take<T>(work: () => Promise<T>, isWaitedFor: () => boolean = () => true): Promise<T> {
    const leave = await this.#enter(isWaitedFor);
    const since = performance.now();
    let outage = false;
    let cut = false;
    try {
      return await work();
    } catch (error) {
      outage = this.isOutage(error);
      cut = this.isCut(error);
      throw error;
    } finally {
      const now = performance.now();
      if (!outage) this.#answeredAt = now;
      else if (!cut && now - since > TIMEOUT_MS) {
        this.#silentAt = now;
        this.#refuseWhoWaits(TIME_LEFT_MS, TIMEOUT_MS);
      }
      leave();
    }
  }

  /**
   * True if, in the last five seconds, a turn has timed out or a waiting request was refused, and no turn was answered since, nor in the
   * second before. A connection that is cut does not count: the next request may be answered.
   */
  get isOut(): boolean {
    return this.#silentAt > performance.now() - OUT_MS && this.#answeredAt <= this.#silentAt - TIMEOUT_MS;
  }

  #enter(isWaitedFor: () => boolean): Promise<() => void> {
    if (this.#busy < this.places) return Promise.resolve(this.#sit());
    return new Promise((start, refuse) => {
      this.#waiting.push({ start, refuse, isWaitedFor, since: performance.now() });
      this.#watch ??= setInterval(() => this.#refuseWhoWaits(this.patienceMs, this.patienceMs), 100).unref();
    });
  }

  #sit(): () => void {
    this.#busy += 1;
    return () => {
      this.#busy -= 1;
      this.#next()?.start(this.#sit());
      if (this.#waiting.length === 0) this.#stopWatching();
    };
  }

  #next(): Waiting | undefined {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (next.isWaitedFor()) return next;
      next.refuse(new UnavailableError('client'));
    }
    return undefined;
  }

  /**
   * Refuses the requests that have waited so long, if the database has been silent for so long. On a slow machine a killed backend also
   * ends a long turn: while others are answered, that is no reason to refuse anyone.
   */
  #refuseWhoWaits(waitedMs: number, silentMs: number): void {
    const now = performance.now();
    if (this.#answeredAt > now - silentMs) return;
    while ((this.#waiting[0]?.since ?? Number.POSITIVE_INFINITY) <= now - waitedMs) {
      this.#waiting.shift()?.refuse(new UnavailableError('database'));
      this.#silentAt = now;
    }
    if (this.#waiting.length === 0) this.#stopWatching();
  }

  #stopWatching(): void {
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }
}
