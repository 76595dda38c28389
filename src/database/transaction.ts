import type pg from 'pg';
import { Prisma } from '../../prisma/generated/client.js';
import { RateLimitedError } from '../errors.js';
import { measureSpentFor, preparationFault, sqlStateOf } from './failure.js';
import { type Answer, Flight, type PreparedHere, type Statement } from './flight.js';
import type { StatementNames } from './statement-names.js';

/** PostgreSQL's code for a statement that writes, in a transaction that only reads (PostgreSQL, appendix A). */
const READ_ONLY = '25006';

/** Returns a value as it goes over the wire. Instants go as UTC, whatever the process's own zone is. */
function toParameter(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** The names under which a connection prepares, null if it prepares nothing, and what it has prepared under them. */
export interface Preparing {
  readonly names: StatementNames | null;
  readonly prepared: PreparedHere;
}

/** Rows of an answer. */
export type Rows = readonly Record<string, unknown>[];

/** The beginning of a transaction: its isolation, and statements that travel with BEGIN, without a wait in between. */
export interface Opening {
  readonly isolation: 'repeatable read' | 'read committed';
  readonly statements: readonly (string | Statement)[];
  /** Called with the rows of these statements. If it throws, no other statement of the transaction answers. */
  readonly check?: (opened: Rows) => void;
}

/**
 * One operation's transaction: the only way by which services reach the database. Statements of the same tick travel together, those of the
 * first tick with BEGIN. Once it is over it refuses: a resolver's late statement would run in someone else's transaction.
 */
export class Transaction {
  /** The rows of the opening. It fails if the transaction does not begin, or if `Opening.check` throws. */
  readonly opened: Promise<Rows>;
  #over = false;
  #refused: { readonly refusal: Error; readonly begun: Promise<unknown> } | null = null;

  #failure: unknown = null;

  /** The statements of this tick. */
  #flight: Flight | null = null;
  #inTheAir = false;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly preparing: Preparing,
    { isolation, statements, check }: Opening,
  ) {
    const flight = this.#board();
    const sent = [`begin isolation level ${isolation}`, ...statements].map((one) => this.#add(flight, one));
    this.opened = Promise.all(sent).then((answers) => {
      const opened = answers.flatMap(({ rows }) => rows);
      check?.(opened);
      return opened;
    });
    // Whoever waits for a statement hears of it.
    this.opened.catch(() => undefined);
  }

  /** Returns the rows of a statement. Its values are parameters; fragments are made with `Prisma.sql`. */
  async rows<Row>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> {
    return (await this.#ask(text, values)).rows as Row[];
  }

  /** Returns the number of rows that a statement has changed. */
  async run(text: TemplateStringsArray, ...values: unknown[]): Promise<number> {
    return (await this.#ask(text, values)).rowCount ?? 0;
  }

  /**
   * Makes the transaction read-only, until it is rolled back to the savepoint before. A statement that writes then fails with this error.
   */
  refuseWrites(refusal: Error): void {
    this.#refused ??= { refusal, begun: this.#fly('set transaction read only') };
    // If this fails, the next statement meets the failure.
    this.#refused.begun.catch(() => undefined);
  }

  /**
   * Does the work up to its first write, and undoes it. From here on the transaction only reads, until it is rolled back to the savepoint
   * before.
   */
  async rehearse(work: () => Promise<unknown>, refusal: Error): Promise<void> {
    this.refuseWrites(refusal);
    await this.#fly('savepoint rehearsal');
    await work().catch(() => undefined);
    // What the work has left behind may fail, and would keep PostgreSQL from reaching the rollback in the same flight.
    this.leave();
    await this.#fly('rollback to savepoint rehearsal');
    this.#failure = null;
  }

  /** True if the transaction still writes. */
  get writes(): boolean {
    return this.#refused === null;
  }

  /** Sends the statements of this tick. */
  leave(): void {
    const flight = this.#flight;
    this.#flight = null;
    if (flight === null) return;
    flight.close();
    this.#send(flight);
  }

  /** Sends the statements of this tick so far: PostgreSQL begins, while those that follow are put together. */
  depart(): void {
    if (this.#flight !== null && !this.#inTheAir) this.#send(this.#flight);
  }

  #send(flight: Flight): void {
    if (flight.hasDeparted) return;
    flight.hasDeparted = true;
    this.#inTheAir = true;
    flight.landed = () => {
      this.#inTheAir = false;
      setImmediate(() => this.leave());
    };
    this.client.query(flight);
  }

  /** Sends the last statements, with COMMIT. No other statement may follow. */
  close(statements: readonly (string | Statement)[]): Promise<readonly Answer[]> {
    // In a flight of its own, what nobody has waited for fails alone.
    this.leave();
    const flight = this.#board();
    const sent = [...statements, 'commit'].map((one) => this.#add(flight, one));
    this.#over = true;
    this.leave();
    return Promise.all(sent);
  }

  /** Called for a transaction that is given up: no statement may follow, and none may still wait for the end of its tick. */
  end(): void {
    this.#over = true;
    this.leave();
  }

  /** The error of the first statement that failed; null if none did. */
  get failure(): unknown {
    return this.#failure;
  }

  async #ask(text: TemplateStringsArray, values: unknown[]): Promise<Answer> {
    const statement = Prisma.sql(text, ...(values as Prisma.Sql[]));
    const parameters = statement.values.map(toParameter);
    const refused = this.#refused;
    try {
      if (refused !== null) await refused.begun;
      const answer = await this.#fly({ text: statement.text, values: parameters });
      await this.opened;
      return answer;
    } catch (error) {
      if (refused !== null && sqlStateOf(error) === READ_ONLY) throw refused.refusal;
      const spentFor = measureSpentFor(error);
      this.#failure ??= spentFor === null ? error : new RateLimitedError('input', 'actsSpent', spentFor);
      if (spentFor !== null) throw this.#failure;
      // After a failure PostgreSQL prepares nothing, so that the next use of the same name fails for that reason alone.
      throw preparationFault(error) === null ? error : this.#failure;
    }
  }

  /**
   * Adds a statement to those of this tick. They leave once those before have been answered: the first of several when the second is added,
   * the others when the event loop's turn is over.
   */
  #fly(given: string | Statement): Promise<Answer> {
    // Asked here, since a statement may have waited for another before it comes to this.
    if (this.#over) return Promise.reject(new Error('the transaction is over'));
    return this.#add(this.#board(), given);
  }

  /** Returns the flight of this tick. If there is one already, it departs: PostgreSQL begins with what was added first. */
  #board(): Flight {
    if (this.#flight === null) {
      if (!this.#inTheAir) setImmediate(() => this.leave());
      this.#flight = new Flight(this.preparing.prepared);
    } else this.depart();
    return this.#flight;
  }

  #add(flight: Flight, given: string | Statement): Promise<Answer> {
    const statement = typeof given === 'string' ? { text: given, values: [] } : given;
    const isNamed = statement.isSentAnew !== true;
    return flight.add(statement, isNamed ? this.preparing.names?.of(statement.text) : undefined);
  }
}
