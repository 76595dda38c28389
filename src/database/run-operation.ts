import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCOPES, type Scope } from '../auth/scopes.js';
import type { VerifiedToken } from '../auth/token-verifier.js';
import { CosmosError, ForbiddenError, UnauthenticatedError, UnavailableError } from '../errors.js';
import { type AccessOutcome, AccessRecorder } from '../log/access-recorder.js';
import type { LineTurns } from '../log/line-turns.js';
import type { Operation } from '../operation.js';
import type { NoteVault } from '../vault/note-vault.js';
import { ANONYMOUS, type Viewer, type ViewerMembership, type ViewerRelay } from '../viewer.js';
import type { ChangeSource } from './change-listener.js';
import { CommitError, type Database, literal, type Opening, type Outcome } from './client.js';
import { classifyFailure, sqlStateOf } from './failure.js';
import type { DatabaseLimits } from './limits.js';
import type { Transaction } from './transaction.js';

export interface OperationRequest {
  readonly kind: 'query' | 'mutation';
  /** Null for an anonymous request. */
  readonly token: VerifiedToken | null;
  readonly idempotencyKey: string | null;
  /** Whether the client is still there to be answered; it is, unless told otherwise. */
  readonly isWaitedFor?: () => boolean;
  /** For a subscription, which follows them. */
  readonly changes?: ChangeSource;
  /** What was made of a mutation's input ahead. */
  readonly ahead?: unknown;
  /** Lines of the access log that are foreseen; one unless given. */
  readonly lines?: number;
}

/** What is left until the transaction is over, by what stands in its place. */
export type LeftWork = ReadonlyMap<string, () => Promise<string>>;

/** What an attempt answers: `errors` are what its resolvers threw. */
export interface Attempt {
  readonly errors: readonly unknown[];
}

const MAX_RETRIES = 3;
const INSUFFICIENT_PRIVILEGE = '42501';

interface LoginRow {
  readonly refused?: string;
  readonly clientId: string;
  readonly clientKind: Viewer['clientKind'];
  readonly workerId: string | null;
  readonly personId: string | null;
  readonly selfId: string | null;
  readonly memberships: readonly ViewerMembership[];
  readonly relays: readonly ViewerRelay[];
}

/** Scopes that are not Cosmos's own (openid, profile) are left aside. */
function scopesOf(token: VerifiedToken): readonly Scope[] {
  const known = new Set<string>(SCOPES);
  return token.scopes.filter((scope): scope is Scope => known.has(scope));
}

/**
 * What the log keeps of a token: enough to tell two sessions apart, and to find one that was stolen, for who has its `jti`. Nothing is
 * opened by it, also where an identity provider takes a `jti` for more than a name.
 */
function digestOf(token: VerifiedToken): string {
  return createHash('sha256').update(token.tokenId).digest('hex').slice(0, 32);
}

/** The statements that travel with BEGIN: a limit on each statement, who is asking, and a mutation's way back. */
function openingOf({ kind, token }: OperationRequest, { statementMs }: DatabaseLimits): readonly string[] {
  // A page is read row by row in the order of its index: on a solid-state disk that is as cheap as reading on.
  const statements = [`set local statement_timeout = ${statementMs}`, 'set local random_page_cost = 1.1'];
  if (token !== null) {
    const [issuer, subject, client] = [token.issuer, token.subject, token.clientId].map(literal);
    const scopes = scopesOf(token).map(literal).join(', ');
    const digest = literal(digestOf(token));
    statements.push(
      `select login(${issuer}, ${subject}, ${client}, array[${scopes}]::text[], ${digest}) as viewer`,
    );
  }
  // After login(): what is undone to here leaves the viewer, whose refusal is logged.
  if (kind === 'mutation') statements.push('savepoint operation');
  return statements;
}

/**
 * Who the token stands for, as the directory has it now, and login() has set it for this transaction.
 * @throws UnauthenticatedError for an unknown subject, a disabled worker or client, a scope the client does not have
 */
function viewerOf(token: VerifiedToken | null, row: LoginRow | undefined): Viewer {
  if (token === null) return ANONYMOUS;
  if (row === undefined || row.refused !== undefined)
    throw new UnauthenticatedError(row?.refused ?? 'unknown');
  const kind = row.workerId !== null ? 'WORKER' : row.selfId !== null ? 'PERSON' : 'CLIENT';
  return { ...row, kind, scopes: new Set(scopesOf(token)) };
}

/** Rule 9: the entries go into the transaction of the operation itself, with its COMMIT. */
function logOf(op: Operation, operationId: string, outcome: AccessOutcome): string[] {
  if (op.log.entries.length === 0) return [];
  const entries = JSON.stringify(op.log.entries.map((entry) => ({ outcome, ...entry })));
  return [`select log_access(${literal(operationId)}::uuid, ${literal(entries)}::jsonb) as lines`];
}

function originalOf(error: unknown): unknown {
  return (error as { originalError?: unknown }).originalError ?? error;
}

/**
 * Whether the third lock has refused a write that the second had let through: what they compare has changed hands in
 * between. Run again, the operation is judged as things stand now; if it is refused each time, the fault is ours.
 */
function hasChangedHands(error: unknown): boolean {
  return sqlStateOf(error) === INSUFFICIENT_PRIVILEGE;
}

/** An error that ends the attempt, whatever field it came from: the database failed, not the request. */
function databaseFailure(errors: readonly unknown[], runsAgain: boolean): unknown {
  return errors
    .map(originalOf)
    .find(
      (error) =>
        !(error instanceof CosmosError) &&
        (classifyFailure(error) !== 'OTHER' || (runsAgain && hasChangedHands(error))),
    );
}

/**
 * How many operations within an hour may look something up, by one worker: a desk's Monday of forty people takes two each, and
 * one and a half times that.
 */
export const LOOK_UPS_PER_HOUR = 120;

/** What operations run on. */
export interface Environment {
  readonly database: Database;
  readonly vault: NoteVault;
  /** What the county is called; “Département” unless given. */
  readonly county?: string;
  /** `LOOK_UPS_PER_HOUR` unless given. */
  readonly lookUpsPerHour?: number;
  /** Of this process; without, lines of the access log are not counted. */
  readonly lineTurns?: LineTurns;
  /** Who is served at all; everyone unless given. */
  readonly admits?: (viewer: Viewer) => boolean;
}

/**
 * Runs one GraphQL operation in one transaction: a query REPEATABLE READ at first, a mutation READ COMMITTED and whole or not
 * at all, its refusal logged all the same. The answer leaves after the commit. Serialization failures, deadlocks,
 * and rows that change hands under a write run the operation again, three times at most.
 * @throws UnauthenticatedError · ForbiddenError for whom `admits` leaves out · UnavailableError when the database cannot be reached, or its commit fails
 * @throws CosmosError RATE_LIMITED or DOCUMENT_TOO_COSTLY when its login has no lines of the access log left for it: nothing is read then
 */
export async function runOperation<A extends Attempt>(
  environment: Environment,
  request: OperationRequest,
  execute: (op: Operation, left: LeftWork) => Promise<A>,
): Promise<A> {
  const { token, lines = 1, isWaitedFor } = request;
  // Without a token nothing is done that is logged.
  if (token === null || environment.lineTurns === undefined)
    return (await runWithRetries(environment, request, execute)).answer;
  const login = JSON.stringify([token.issuer, token.subject]);
  const leave = await environment.lineTurns.enter(login, lines, isWaitedFor);
  let written = 0;
  try {
    const done = await runWithRetries(environment, request, execute);
    written = done.lines;
    return done.answer;
  } finally {
    leave(written);
  }
}

/** What came of it, and how many lines of the access log. */
interface Done<A> {
  readonly answer: A;
  lines: number;
}

async function runWithRetries<A extends Attempt>(
  environment: Environment,
  request: OperationRequest,
  execute: (op: Operation, left: LeftWork) => Promise<A>,
): Promise<Done<A>> {
  const { database, vault, county = 'Département', lookUpsPerHour = LOOK_UPS_PER_HOUR } = environment;
  const operationId = randomUUID();
  let attempt = 0;
  // A query that lost to another waits for it the next time: of queries, only the log writes.
  const opening = (): Opening => ({
    isolation: request.kind === 'query' && attempt === 0 ? 'repeatable read' : 'read committed',
    statements: openingOf(request, database.limits),
  });
  const work = async (
    tx: Transaction,
    [opened]: readonly Record<string, unknown>[],
  ): Promise<Outcome<Done<A>>> => {
    const left = new Map<string, () => Promise<string>>();
    const op: Operation = {
      viewer: viewerOf(request.token, opened?.['viewer'] as LoginRow | undefined),
      tx,
      vault,
      log: new AccessRecorder(),
      changes: request.changes ?? null,
      now: new Date(),
      idempotencyKey: request.idempotencyKey,
      county,
      lookUpsPerHour,
      refusals: new Map(),
      verdicts: new Map(),
      afterCommit: (leftWork) => {
        // No text of the database holds a NUL, so that nobody can write what stands in the place of something else.
        const place = `\0${randomUUID()}`;
        left.set(place, leftWork);
        return place;
      },
      ahead: request.ahead,
    };
    if (environment.admits?.(op.viewer) === false) throw new ForbiddenError();
    const answer = await execute(op, left);
    const failure = databaseFailure(answer.errors, attempt < MAX_RETRIES);
    if (failure !== undefined) throw failure;
    const [error] = answer.errors.map(originalOf);
    const done = { answer, lines: 0 };
    // The database knows how many they are: what is said of an appointment is a line for each who comes to it.
    const onClosed = (closed: readonly Record<string, unknown>[]): void => {
      done.lines = Number(closed.find((row) => row['lines'] !== undefined)?.['lines'] ?? 0);
    };
    const isDone = request.kind === 'query' || error === undefined;
    const conflict = error instanceof CosmosError && error.code === 'CONFLICT';
    const log = logOf(op, operationId, isDone ? 'DONE' : conflict ? 'CONFLICT' : 'REFUSED');
    // A repetition that is answered has written nothing either: what it may not write, its log may.
    const undone = request.kind === 'mutation' && (!isDone || !tx.writes);
    return {
      answer: done,
      closing: [...(undone ? ['rollback to savepoint operation'] : []), ...log],
      onClosed,
    };
  };
  for (; ; attempt += 1) {
    try {
      return await database.transaction(opening(), work, request.isWaitedFor);
    } catch (error) {
      if (error instanceof CosmosError) throw error;
      const kind = classifyFailure(error);
      if ((kind === 'RETRY' || hasChangedHands(error)) && attempt < MAX_RETRIES) {
        await sleep(Math.random() * 20 * 2 ** attempt);
        continue;
      }
      if (kind !== 'OTHER' || error instanceof CommitError)
        throw new UnavailableError('database', { cause: error });
      throw error;
    }
  }
}
