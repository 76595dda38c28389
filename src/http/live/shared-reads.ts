interface Pending<T> {
  readonly told: Promise<T>;
  readonly waitedFor: Set<() => boolean>;
}

/**
 * One read for all equal subscriptions that are told of the same change. A subscription joins a read that has not begun. It joins no read
 * that has begun, since that one may be older than the change.
 */
export class SharedReads<T> {
  readonly #pending = new Map<string, Pending<T>>();

  /**
   * Returns the answer of the read of this key.
   * @param isWaitedFor whether this subscription still waits
   * @param read does the read for all: it asks whether anyone waits, and says when it begins
   * @throws what `read` throws
   */
  read(
    key: string,
    isWaitedFor: () => boolean,
    read: (isWaitedFor: () => boolean, begin: () => void) => Promise<T>,
  ): Promise<T> {
    const before = this.#pending.get(key);
    if (before !== undefined) {
      before.waitedFor.add(isWaitedFor);
      return before.told;
    }
    const waitedFor = new Set([isWaitedFor]);
    const end = (): void => {
      if (this.#pending.get(key)?.waitedFor === waitedFor) this.#pending.delete(key);
    };
    const told = read(() => [...waitedFor].some((each) => each()), end).finally(end);
    this.#pending.set(key, { told, waitedFor });
    return told;
  }
}
