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
import { callerOfLive } from '../caller.js';
import type { CallerTurns } from '../caller-turns.js';
import { formatClientError, toCosmosError } from '../client-error.js';
import { failuresOf, type GraphqlEnvironment, inOrder, logUnexpected } from '../graphql-plugin.js';
import { foreseeLines } from '../limits.js';
import type { LiveDocument } from './document.js';
import type { SharedReads } from './shared-reads.js';

export interface LiveEnvironment extends GraphqlEnvironment {
  readonly changes: ChangeSource;
  readonly turns: CallerTurns;
}

/** Who subscribes, as far as each of their events needs it. */
export interface Subscriber {
  readonly locale: Locale;
  /** What is equal for all who may be told the same: their token, and the language of its errors. */
  readonly sameAs: string;
  /** Their token, judged anew. */
  readonly verify: () => Promise<VerifiedToken>;
  readonly isWaitedFor: () => boolean;
}

/** What one event is answered; null is no event. */
export type Told = FormattedExecutionResult | null;

/** The events of one subscription, as GraphQL answers them, until it is left or may go on no longer. */
export type LiveEvents = AsyncGenerator<FormattedExecutionResult, void, void>;

/** What is over in a while: what is out of reach, or asked for too often. */
const PASSES: ReadonlySet<string> = new Set(['UNAVAILABLE', 'RATE_LIMITED']);
/** How long what could not be read is left alone. */
const AGAIN_MS = 2_000;
/** How often a subscription is tried to be opened. */
const OPENINGS = 6;

interface Attempted<T> {
  readonly value: T;
  readonly errors: readonly GraphQLError[];
}

/** What ends a subscription: its root was refused, or failed. */
function endIn(errors: readonly GraphQLError[]): GraphQLError | undefined {
  return errors.find(({ path }) => path === undefined || path.length <= 1);
}

/**
 * Opens a subscription. Its source is opened, and each event executed, in a transaction of its own, with a viewer of that
 * moment: rights, policies, row-level security and the access log as for a query. A root field that answers null is no event.
 * `next()` throws a CosmosError when it may not be opened, and when it may go on no longer; while the database or the keys
 * are out of reach nothing is told, and then that all is to be read again.
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
    // What ends it is said where it ends.
    logUnexpected(
      logger,
      attempted.errors.filter((error) => error !== end),
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
      return value;
    } catch (error) {
      for (const stream of opened) void stream.return();
      throw error;
    }
  }

  async function read(change: unknown, isWaitedFor: () => boolean, begin: () => void): Promise<Told> {
    const run = async (op: Operation, leftWork: LeftWork) => {
      const executed = await execute({ ...argsOf(op), rootValue: change });
      return { value: { data: executed.data, leftWork }, errors: executed.errors ?? [] };
    };
    const { value, errors } = await inOperation(run, isWaitedFor, begin);
    const { data, leftWork } = value;
    if (data?.[key] == null) return null;
    const failed = await failuresOf(data, leftWork);
    logUnexpected(logger, failed);
    const formatted = inOrder([...errors, ...failed].map((error) => formatClientError(error, who.locale)));
    return { data, ...(formatted.length > 0 ? { errors: formatted } : {}) };
  }

  const tell = (change: unknown): Promise<Told> =>
    shared.read(`${same} ${JSON.stringify(change)}`, isMine, (isWaitedFor, begin) =>
      read(change, isWaitedFor, begin),
    );

  /** As `open`, again while the database or the keys are out of reach: clients take an error for the last word. */
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
        logUnexpected(logger, [error]);
        source.missed(AGAIN_MS);
      }
      if (event !== null) yield event;
    }
  }

  const generator = events();
  const leave = generator.return.bind(generator);
  return Object.assign(generator, {
    // A generator that waits is left only once it goes on: what it waits for ends first.
    return: async () => {
      left = true;
      await source?.return();
      return leave();
    },
  });
}
