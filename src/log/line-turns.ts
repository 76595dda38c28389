import { CosmosError, UnavailableError } from '../errors.js';

/** The limits on the access log lines that one login may cause, in each process. */
export interface LineLimits {
  /** The most lines at once, and in one operation. */
  readonly atOnce: number;
  /** The lines that come back to the login each minute. */
  readonly perMinute: number;
}

/**
 * The limits in use. A desk's Monday of forty people makes some hundreds of lines in a day. The day list of a hundred appointments makes
 * a hundred, and may be read again every ten seconds. A worker's hundred cases with notes, persons and referrals make five hundred.
 */
export const LINE_LIMITS: LineLimits = { atOnce: 6_000, perMinute: 600 };

interface Waiting {
  readonly lines: number;
  readonly start: (leave: (written: number) => void) => void;
  readonly refuse: (error: Error) => void;
  readonly isWaitedFor: () => boolean;
}

interface Account {
  /** The lines that the login may still cause; negative when an operation has written more than expected. */
  left: number;
  countedAt: number;
  /** The lines expected from the operations that are running. */
  foreseen: number;
  readonly waiting: Waiting[];
}

/** From this many accounts on, those that are full again are removed. */
const MANY = 1_000;
const MINUTE_MS = 60_000;

/**
 * Keeps one login from flooding the access log, without losing a line. An operation begins when its expected lines fit into what its
 * login has left; the lines that it has written are then subtracted. While other operations of the same login run, it waits for what they
 * leave. An operation that does not fit then is refused before it reads.
 */
export class LineTurns {
  readonly #accounts = new Map<string, Account>();

  constructor(
    private readonly limits: LineLimits = LINE_LIMITS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Waits for the turn of an operation.
   * @param lines the number of expected lines
   * @param isWaitedFor whether the client still waits when the turn comes
   * @returns a function to call at the end, with the number of lines written
   * @throws CosmosError DOCUMENT_TOO_COSTLY for more lines than may be at once; RATE_LIMITED when they do not fit
   * @throws UnavailableError when nobody waits any more
   */
  enter(
    login: string,
    lines: number,
    isWaitedFor: () => boolean = () => true,
  ): Promise<(written: number) => void> {
    if (lines > this.limits.atOnce) return Promise.reject(new CosmosError('DOCUMENT_TOO_COSTLY', 'costly'));
    const account = this.#accountOf(login);
    if (account.waiting.length === 0 && this.#fits(account, lines))
      return Promise.resolve(this.#begin(account, lines));
    if (account.foreseen === 0) return Promise.reject(this.#spent(account, lines));
    return new Promise((start, refuse) => account.waiting.push({ lines, start, refuse, isWaitedFor }));
  }

  #accountOf(login: string): Account {
    const known = this.#accounts.get(login);
    if (known !== undefined) return known;
    if (this.#accounts.size >= MANY) this.#forgetWhoIsFull();
    const account = { left: this.limits.atOnce, countedAt: this.now(), foreseen: 0, waiting: [] };
    this.#accounts.set(login, account);
    return account;
  }

  #refill(account: Account): void {
    const now = this.now();
    const more = ((now - account.countedAt) * this.limits.perMinute) / MINUTE_MS;
    account.left = Math.min(this.limits.atOnce, account.left + more);
    account.countedAt = now;
  }

  #fits(account: Account, lines: number): boolean {
    this.#refill(account);
    return account.left - account.foreseen >= lines;
  }

  #begin(account: Account, lines: number): (written: number) => void {
    account.foreseen += lines;
    return (written) => {
      account.foreseen -= lines;
      account.left -= written;
      this.#next(account);
    };
  }

  #next(account: Account): void {
    for (let next = account.waiting[0]; next !== undefined; next = account.waiting[0]) {
      if (!next.isWaitedFor()) next.refuse(new UnavailableError('client'));
      else if (this.#fits(account, next.lines)) next.start(this.#begin(account, next.lines));
      else if (account.foreseen === 0) next.refuse(this.#spent(account, next.lines));
      else return;
      account.waiting.shift();
    }
  }

  #spent(account: Account, lines: number): CosmosError {
    const seconds = ((lines - account.left) * (MINUTE_MS / 1_000)) / this.limits.perMinute;
    return new CosmosError('RATE_LIMITED', 'linesSpent', { retryAfter: Math.max(1, Math.ceil(seconds)) });
  }

  #forgetWhoIsFull(): void {
    for (const [login, account] of this.#accounts) {
      this.#refill(account);
      if (account.foreseen === 0 && account.left >= this.limits.atOnce) this.#accounts.delete(login);
    }
  }
}
