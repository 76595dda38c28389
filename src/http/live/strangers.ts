/** The most sockets that may wait without a token, in all and for one address. */
interface StrangerLimits {
  readonly strangers: number;
  readonly strangersOfOne: number;
}

/** The milliseconds for which a socket keeps its place from others of its address: a front end shows its token sooner. */
const GRACE_MS = 1_000;

/**
 * The sockets that have shown no token yet. An address has a number of them; a new socket of that address takes the place of its oldest,
 * or is refused. When all places are taken, the address with most sockets loses its oldest.
 */
export class Strangers<T> {
  readonly #byAddress = new Map<string, Set<T>>();
  readonly #since = new Map<T, { readonly address: string; readonly since: number }>();

  constructor(
    private readonly limits: StrangerLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** True if another socket of this address may come: there is room, or its oldest has waited longer than a token takes. */
  takesFrom(address: string): boolean {
    const same = this.#byAddress.get(address) ?? new Set();
    const [first] = same;
    const since = first === undefined ? undefined : this.#since.get(first)?.since;
    return same.size < this.limits.strangersOfOne || (since ?? 0) < this.now() - GRACE_MS;
  }

  /**
   * Adds a socket.
   * @returns the socket that has to go in exchange: the oldest of the address that has most; undefined where there is room
   */
  add(stranger: T, address: string): T | undefined {
    const same = this.#byAddress.get(address) ?? new Set<T>();
    this.#byAddress.set(address, same.add(stranger));
    this.#since.set(stranger, { address, since: this.now() });
    const isFull = this.#since.size > this.limits.strangers;
    if (!isFull && same.size <= this.limits.strangersOfOne) return undefined;
    const [most] = isFull ? [...this.#byAddress.values()].sort((a, b) => b.size - a.size) : [same];
    const [first] = most ?? [];
    if (first !== undefined) this.delete(first);
    return first;
  }

  delete(stranger: T): void {
    const address = this.#since.get(stranger)?.address;
    if (address === undefined) return;
    this.#since.delete(stranger);
    const same = this.#byAddress.get(address);
    same?.delete(stranger);
    if (same?.size === 0) this.#byAddress.delete(address);
  }
}
