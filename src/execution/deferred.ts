/**
 * A value that takes a processor's time to work out, and needs nothing more from the database. A query works it out while its transaction
 * is committed. For all else it is the value itself: graphql-js asks an object that stands for a scalar for its `valueOf`.
 */
export class Deferred<T extends string | number | boolean> {
  constructor(private readonly workOut: () => T) {}

  /** @throws what working it out throws */
  valueOf(): T {
    return this.workOut();
  }
}
