import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createSourceEventStream,
  type ExecutionArgs,
  execute,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLError,
} from 'graphql';
import type { VerifiedToken } from '../../auth/token-verifier.js';
import type { ChangeSource } from '../../database/change-listener.js';
import { ChangeStream } from '../../database/change-stream.js';
import { type LeftWork, runOperation } from '../../database/run-operation.js';
import type { Locale } from '../../messages.js';
import type { Operation } from '../../operation.js';
import { completed } from '../../refusals.js';
import { callerOfLive } from '../caller.js';
import type { CallerTurns } from '../caller-turns.js';
import { formatClientError, toCosmosError } from '../client-error.js';
import { failuresOf, type GraphqlEnvironment, inOrder, logUnexpected } from '../graphql-plugin.js';
import { foreseeLines } from '../limits.js';
import type { LiveDocument } from './document.js';
import type { SharedReads } from './shared-reads.js';

/** The parts of the process on which subscriptions run. */
export interface LiveEnvironment extends GraphqlEnvironment {
  readonly changes: ChangeSource;
  readonly turns: CallerTurns;
}

/** A subscriber, as far as each event needs it. */
export interface Subscriber {
  readonly locale: Locale;
  /** The id of the request that opened the socket (`requestIdOf`). */
  readonly requestId: string;
  /** A key that is equal for subscribers who may get the same answer: their token, and the language of its errors. */
  readonly sameAs: string;
  /** Verifies the subscriber's token anew. */
  readonly verify: () => Promise<VerifiedToken>;
  readonly isWaitedFor: () => boolean;
}

/** The answer to one event; null is no event. */
export type Told = FormattedExecutionResult | null;

/** The events of one subscription, as GraphQL answers them, until it is left or may go on no longer. */
export type LiveEvents = AsyncGenerator<FormattedExecutionResult, void, void>;

/** The errors that are over in a while: something is out of reach, or was asked for too often. */
const PASSES: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED']);
/** The milliseconds to wait before a failed read is repeated. */
const AGAIN_MS = 2_000;
/** The most attempts to open a subscription. */
const OPENINGS = 6;

interface Attempted<T> {
  readonly value: T;
  readonly errors: readonly GraphQLError[];
}

/** Returns the error that ends a subscription: its root was refused, or failed. */
function endIn(errors: readonly GraphQLError[]): GraphQLError | undefined {
  return errors.find(({ path }) => path === undefined || path.length <= 1);
}

/**
 * Opens a subscription. Its source is opened, and each event is executed, in a transaction of its own, with the viewer of that moment:
 * rights, policies, row-level security and the access log apply as for a query. A root field that answers null is no event.
 *
 * `next()` throws a CosmosError when the subscription may not be opened, and when it may go on no longer. While the database or the keys
 * are out of reach no event comes; afterwards a reload comes.
 */
export function openEvents(
  environment: LiveEnvironment,
  shared: SharedReads<Told>,
  live: LiveDocument,
  who: Subscriber,
): LiveEvents {
  const { schema, logger, changes } = environment;
  const same = createHash('sha256')
    .update(JSON.stringify([who.sameAs, live.query, live.operationName, live.variables]))
    .digest('base64url');
  const root = live.operation.selectionSet.selections[0] as FieldNode;
  const key = root.alias?.value ?? root.name.value;
  const lines = foreseeLines({ schema, ...live });
  let source: ChangeStream | null = null;
  let left = false;

  const argsOf = (op: Operation): ExecutionArgs => ({
    schema,
    document: live.document,
    variableValues: live.variables,
    operationName: live.operationName,
    contextValue: op,
  });

  const isMine = (): boolean => !left && who.isWaitedFor();

  async function inOperation<T>(
    run: (op: Operation, left: LeftWork) => Promise<Attempted<T>>,
    isWaitedFor: () => boolean = isMine,
    begin: () => void = () => undefined,
  ): Promise<Attempted<T>> {
    const token = await who.verify();
    const request = { kind: 'query' as const, token, idempotencyKey: null, isWaitedFor, changes, lines };
    const attempted = await environment.turns.take(
      callerOfLive(token),
      () => {
        begin();
        return runOperation(environment, request, run);
      },
      isWaitedFor,
    );
    const end = endIn(attempted.errors);
    // The error that ends the subscription is logged where it ends.
    logUnexpected(
      logger,
      attempted.errors.filter((error) => error !== end),
      who.requestId,
    );
    if (end !== undefined) throw toCosmosError(end);
    return attempted;
  }

  async function open(): Promise<ChangeStream> {
    const opened: ChangeStream[] = [];
    try {
      const { value } = await inOperation(async (op) => {
        const stream = await createSourceEventStream(argsOf(op));
        if (!(stream instanceof ChangeStream))
          return { value: null, errors: 'errors' in stream ? (stream.errors ?? []) : [] };
        opened.push(stream);
        return { value: stream, errors: [] };
      });
      if (value === null) throw new Error('a subscription that follows no changes');
      // Those of attempts that were thrown away.
      for (const stream of opened) if (stream !== value) void stream.return();
      return value;
    } catch (error) {
      for (const stream of opened) void stream.return();
      throw error;
    }
  }

  async function read(change: unknown, isWaitedFor: () => boolean, begin: () => void): Promise<Told> {
    const run = async (op: Operation, leftWork: LeftWork) => {
      const executed = await execute({ ...argsOf(op), rootValue: change });
      const { data, errors } = completed(executed, op);
      return { value: { data, leftWork }, errors };
    };
    const { value, errors } = await inOperation(run, isWaitedFor, begin);
    const { data, leftWork } = value;
    if (data?.[key] == null) return null;
    const failed = await failuresOf(data, leftWork);
    logUnexpected(logger, failed, who.requestId);
    const formatted = inOrder([...errors, ...failed].map((error) => formatClientError(error, who)));
    return { data, ...(formatted.length > 0 ? { errors: formatted } : {}) };
  }

  const tell = (change: unknown): Promise<Told> =>
    shared.read(`${same} ${JSON.stringify(change)}`, isMine, (isWaitedFor, begin) =>
      read(change, isWaitedFor, begin),
    );

  /** Opens the stream as `open` does, again while the database or the keys are out of reach: clients take an error as final. */
  async function openAtLast(): Promise<ChangeStream> {
    for (let nth = 1; ; nth += 1) {
      try {
        return await open();
      } catch (error) {
        if (left || nth === OPENINGS || !PASSES.has(toCosmosError(error).code)) throw error;
        await sleep(AGAIN_MS * Math.random());
      }
    }
  }

  async function* events(): LiveEvents {
    source = await openAtLast();
    if (left) await source.return();
    for await (const change of source) {
      let event: Told = null;
      try {
        event = await tell(change);
      } catch (error) {
        if (left) return;
        if (!PASSES.has(toCosmosError(error).code)) throw error;
        logUnexpected(logger, [error], who.requestId);
        source.missed(AGAIN_MS);
      }
      if (event !== null) yield event;
    }
  }

  const generator = events();
  const leave = generator.return.bind(generator);
  return Object.assign(generator, {
    // A waiting generator is left only once it goes on, so its source ends first.
    return: async () => {
      left = true;
      await source?.return();
      return leave();
    },
  });
}
