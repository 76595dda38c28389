import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCOPES, type Scope } from '../auth/scopes.js';
import type { VerifiedToken } from '../auth/token-verifier.js';
import { CosmosError, ForbiddenError, UnauthenticatedError, UnavailableError } from '../errors.js';
import { forgetLoaded } from '../loader.js';
import { type AccessOutcome, AccessRecorder } from '../log/access-recorder.js';
import type { LineTurns } from '../log/line-turns.js';
import type { Nomenclatures } from '../nomenclatures.js';
import type { LogsPerDay, Operation } from '../operation.js';
import { MAX_REFUSALS } from '../refusals.js';
import type { NoteVault } from '../vault/note-vault.js';
import { ANONYMOUS, type Viewer, type ViewerMembership, type ViewerRelay } from '../viewer.js';
import type { ChangeSource } from './change-listener.js';
import { CommitError, type Database, type Outcome } from './client.js';
import { classifyFailure, sqlStateOf } from './failure.js';
import { type Statement, TRANSACTION_FAILED } from './flight.js';
import type { KnownLogin, KnownLogins } from './known-logins.js';
import type { DatabaseLimits } from './limits.js';
import { type LoginProver, StaleProofError } from './login-proof.js';
import type { Opening, Rows, Transaction } from './transaction.js';

/** The request for an operation. */
export interface OperationRequest {
  readonly kind: 'query' | 'mutation';
  /** Null for an anonymous request. */
  readonly token: VerifiedToken | null;
  readonly idempotencyKey: string | null;
  /** The address of the end user of a booking client; absent for any other caller. */
  readonly endUser?: string;
  /** Whether the client still waits for the answer. Without it, the client counts as waiting. */
  readonly isWaitedFor?: () => boolean;
  /** The source of changes, for a subscription. */
  readonly changes?: ChangeSource;
  /** The input that a mutation prepared before the transaction. */
  readonly ahead?: unknown;
  /** The number of lines that the operation is expected to add to the access log; one unless given. */
  readonly lines?: number;
}

/** Work that is done once the transaction is over, by the text that stands in its place in the answer. */
export type LeftWork = ReadonlyMap<string, () => Promise<string>>;

/** The result of an attempt: `errors` are what its resolvers threw. */
export interface Attempt {
  readonly errors: readonly unknown[];
  /** Called while COMMIT is on its way. It does not throw. */
  readonly meanwhile?: () => void;
}

const MAX_RETRIES = 3;
const INSUFFICIENT_PRIVILEGE = '42501';

/** The answer of login(). */
export interface LoginRow {
  readonly refused?: string;
  /** The database's time in seconds, with a refused proof. */
  readonly now?: number;
  readonly clientId: string;
  readonly clientKind: Viewer['clientKind'];
  readonly workerId: string | null;
  readonly personId: string | null;
  readonly selfId: string | null;
  readonly memberships: readonly ViewerMembership[];
  readonly relays: readonly ViewerRelay[];
  /** The scopes that are left of the token while its front end is suspended; otherwise absent. */
  readonly scopes?: readonly Scope[];
  /** The version of the nomenclatures. */
  readonly nomenclatures: number;
}

/** Returns the scopes that are Cosmos's own; others (openid, profile) are left out. */
function scopesOf(token: VerifiedToken): readonly Scope[] {
  const known = new Set<string>(SCOPES);
  return token.scopes.filter((scope): scope is Scope => known.has(scope));
}

/**
 * Returns the digest of a token for the log. It is enough to tell two sessions apart, and to find a stolen token by its `jti`. It opens
 * nothing, even where an identity provider uses a `jti` as more than a name.
 */
function digestOf(token: VerifiedToken): string {
  return createHash('sha256').update(token.tokenId).digest('hex').slice(0, 32);
}

/**
 * Returns the statements that travel with BEGIN: a limit on each statement, the login, and a savepoint for a mutation. The proof of the
 * login is a parameter: other connections of the same role could read it in the text of a statement.
 */
function openingOf(
  { kind, token }: OperationRequest,
  { statementMs }: DatabaseLimits,
  prover: LoginProver,
): Opening['statements'] {
  // A page is read row by row in the order of its index: on a solid-state disk that is as cheap as reading in sequence. The first two
  // statements undo what SQL of an earlier transaction may have left on the connection.
  const statements: Opening['statements'][number][] = [
    'close all',
    `select pg_catalog.set_config('search_path', 'public', true), pg_catalog.set_config('statement_timeout', '${statementMs}', true),
       pg_catalog.set_config('random_page_cost', '1.1', true)`,
  ];
  if (token !== null) {
    const { issuer, subject, clientId: client } = token;
    const claims = { issuer, subject, client, scopes: scopesOf(token), token: digestOf(token) };
    statements.push({
      text: 'select login($1, $2) as viewer',
      values: prover.prove(claims),
      isSentAnew: true,
    });
  }
  // The savepoint comes after login(): rolling back to it keeps the viewer, whose refusal is logged.
  if (kind === 'mutation') statements.push('savepoint operation');
  return statements;
}

/** Returns the answer of login() among the rows of the opening. */
function loginOf(opened: Rows): LoginRow | undefined {
  return opened.find((row) => row['viewer'] !== undefined)?.['viewer'] as LoginRow | undefined;
}

/**
 * Returns the viewer of a token, as the directory has them now. login() has set the viewer for this transaction.
 * @throws UnauthenticatedError for an unknown subject, a disabled worker or client, a scope the client does not have
 * @throws StaleProofError if the clocks differ; UnavailableError if the database does not know the secret of this process
 */
function viewerOf(token: VerifiedToken | null, row: LoginRow | undefined, prover: LoginProver): Viewer {
  if (token === null) return ANONYMOUS;
  if (row?.refused === 'proof-stale' && row.now !== undefined) {
    prover.setClock(row.now);
    throw new StaleProofError();
  }
  if (row?.refused?.startsWith('proof-') === true)
    throw new UnavailableError('database', { cause: new Error(`login: ${row.refused}`) });
  if (row === undefined || row.refused !== undefined)
    throw new UnauthenticatedError(row?.refused ?? 'unknown');
  const kind = row.workerId !== null ? 'WORKER' : row.selfId !== null ? 'PERSON' : 'CLIENT';
  const { nomenclatures: _, ...found } = row;
  return { ...found, kind, scopes: new Set(row.scopes ?? scopesOf(token)) };
}

/** The error for an operation that began with what is known of its login, which does not hold any more. */
class LoginChangedError extends Error {}

/** Returns the claims of a token that its login depends on. */
function claimsOf(token: VerifiedToken): string {
  return JSON.stringify([token.issuer, token.subject, token.clientId, scopesOf(token)]);
}

/** Rule 9: the entries go into the transaction of the operation itself, with its COMMIT. */
function logOf(op: Operation, operationId: string, outcome: AccessOutcome): Statement[] {
  if (op.log.entries.length === 0) return [];
  const entries = JSON.stringify(op.log.entries.map((entry) => ({ outcome, ...entry })));
  return [{ text: 'select log_access($1::uuid, $2::jsonb) as lines', values: [operationId, entries] }];
}

function originalOf(error: unknown): unknown {
  return (error as { originalError?: unknown }).originalError ?? error;
}

/**
 * True if row-level security, the third lock, has refused a write that the services, the second lock, had let through: the compared
 * columns changed in between. The operation runs again, and is judged as things stand now. If it is refused each time, the fault is ours.
 */
function hasChangedHands(error: unknown): boolean {
  return sqlStateOf(error) === INSUFFICIENT_PRIVILEGE;
}

/** Returns an error that ends the attempt, whatever field it came from: the database failed, not the request. */
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
 * The number of operations within an hour in which one worker may look something up. A desk's Monday of forty people takes two each, and
 * half as many again are allowed.
 */
export const LOOK_UPS_PER_HOUR = 120;

/**
 * The number of requests without a name that one worker may make within an hour. A desk's Monday of forty people makes one for each if
 * nobody gives a name.
 */
export const PAPERS_PER_HOUR = 40;

/**
 * The subjects whose log one officer may read within 24 hours. A request in hand is about one worker, or about a family. More workers than a
 * small team would be a comparison of their work.
 */
export const LOGS_PER_DAY: LogsPerDay = { workers: 5, others: 30 };

/** The parts of the process on which operations run. */
export interface Environment {
  readonly database: Database;
  readonly prover: LoginProver;
  readonly vault: NoteVault;
  /** The name of the county; “Département” unless given. */
  readonly county?: string;
  /** The nomenclatures that this process keeps; without it, each operation reads them. */
  readonly nomenclatures?: Nomenclatures;
  /** What this process knows of the logins; without it, each operation waits for its login. */
  readonly logins?: KnownLogins<LoginRow>;
  /** `LOOK_UPS_PER_HOUR` unless given. */
  readonly lookUpsPerHour?: number;
  /** `PAPERS_PER_HOUR` unless given. */
  readonly papersPerHour?: number;
  /** `LOGS_PER_DAY` unless given. */
  readonly logsPerDay?: LogsPerDay;
  /** `MAX_REFUSALS` unless given. */
  readonly maxRefusals?: number;
  /** The limits on access log lines in this process; without it, lines are not counted. */
  readonly lineTurns?: LineTurns;
  /** Whether the viewer is served at all; everyone unless given. */
  readonly admits?: (viewer: Viewer) => boolean;
}

/**
 * Runs one GraphQL operation in one transaction. A query is REPEATABLE READ at the first attempt. A mutation is READ COMMITTED, and is
 * done as a whole or not at all; its refusal is logged all the same. The answer leaves after the commit. Serialization failures,
 * deadlocks, and rows that change under a write run the operation again, three times at most.
 * @throws UnauthenticatedError; ForbiddenError for a viewer that `admits` leaves out; UnavailableError when the database cannot be
 * reached, or its commit fails
 * @throws CosmosError RATE_LIMITED or DOCUMENT_TOO_COSTLY when its login has no lines of the access log left for it: nothing is read then
 */
export async function runOperation<A extends Attempt>(
  environment: Environment,
  request: OperationRequest,
  execute: (op: Operation, left: LeftWork) => Promise<A>,
): Promise<A> {
  const { token, lines = 1, isWaitedFor } = request;
  // Without a token, nothing is done that is logged.
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

/** The answer, and the number of lines written to the access log. */
interface Done<A> {
  readonly answer: A;
  lines: number;
}

async function runWithRetries<A extends Attempt>(
  environment: Environment,
  request: OperationRequest,
  execute: (op: Operation, left: LeftWork) => Promise<A>,
): Promise<Done<A>> {
  const {
    database,
    prover,
    vault,
    county = 'Département',
    lookUpsPerHour = LOOK_UPS_PER_HOUR,
    papersPerHour = PAPERS_PER_HOUR,
    logsPerDay = LOGS_PER_DAY,
    maxRefusals = MAX_REFUSALS,
  } = environment;
  const operationId = randomUUID();
  const { token } = request;
  // A mutation waits for its login, and so does each operation where not everyone is served.
  const logins =
    request.kind === 'query' && environment.admits === undefined ? environment.logins : undefined;
  const claims = token === null || logins === undefined ? null : claimsOf(token);
  let attempt = 0;
  let known: KnownLogin<LoginRow> | undefined;
  // A query that lost to another write waits for it at the next attempt: among queries, only the log writes.
  const opening = (): Opening => ({
    isolation: request.kind === 'query' && attempt === 0 ? 'repeatable read' : 'read committed',
    statements: openingOf(request, database.limits, prover),
    check: (opened) => {
      if (known !== undefined && logins?.confirms(claims ?? '', known, loginOf(opened)) === false)
        throw new LoginChangedError();
    },
  });
  /** Returns what login() answers: without a wait what is known of it, which is compared before any other statement answers. */
  const logIn = async (tx: Transaction): Promise<LoginRow | undefined> => {
    if (known !== undefined) {
      tx.depart();
      return known.row;
    }
    tx.leave();
    return loginOf(await tx.opened);
  };
  const work = async (tx: Transaction): Promise<Outcome<Done<A>>> => {
    const left = new Map<string, () => Promise<string>>();
    const afterCommit: Operation['afterCommit'] = (leftWork) => {
      // No text of the database holds a NUL, so nobody can write a text that looks like this place.
      const place = `\0${randomUUID()}`;
      left.set(place, leftWork);
      return place;
    };
    const login = await logIn(tx);
    const viewer = viewerOf(token, login, prover);
    if (claims !== null && known === undefined && login !== undefined) logins?.keep(claims, login);
    const kept = environment.nomenclatures;
    const op: Operation = {
      viewer,
      tx,
      vault,
      log: new AccessRecorder(),
      changes: request.changes ?? null,
      now: new Date(),
      endUser: request.endUser ?? null,
      idempotencyKey: request.idempotencyKey,
      county,
      nomenclatures:
        login === undefined || kept === undefined ? null : { kept, version: login.nomenclatures },
      lookUpsPerHour,
      papersPerHour,
      logsPerDay,
      maxRefusals,
      refusals: new Set(),
      verdicts: new Map(),
      afterCommit,
      ahead: request.ahead,
    };
    if (environment.admits?.(op.viewer) === false) throw new ForbiddenError();
    const answer = await execute(op, left);
    // Otherwise it stays in memory (decision 0074).
    forgetLoaded(op);
    // What was asked for after the first failure fails too, and says nothing of the cause.
    const failures = answer.errors.map((error) =>
      tx.failure !== null && sqlStateOf(error) === TRANSACTION_FAILED ? tx.failure : error,
    );
    const failure = databaseFailure(failures, attempt < MAX_RETRIES);
    if (failure !== undefined) throw failure;
    const [error] = answer.errors.map(originalOf);
    const done = { answer, lines: 0 };
    // Only the database knows the number of lines: an entry about an appointment becomes a line for each of its persons.
    const onClosed = (closed: Rows): void => {
      done.lines = Number(closed.find((row) => row['lines'] !== undefined)?.['lines'] ?? 0);
    };
    const isTooLarge = error instanceof CosmosError && error.code === 'DOCUMENT_TOO_COSTLY';
    const isDone = request.kind === 'query' ? !isTooLarge : error === undefined;
    const conflict = error instanceof CosmosError && error.code === 'CONFLICT';
    const log = logOf(op, operationId, isDone ? 'DONE' : conflict ? 'CONFLICT' : 'REFUSED');
    // A repeated request writes nothing either: its transaction only reads, so it is undone before the log is written.
    const undone = request.kind === 'mutation' && (!isDone || !tx.writes);
    return {
      answer: done,
      closing: [...(undone ? ['rollback to savepoint operation'] : []), ...log],
      ...(answer.meanwhile === undefined ? {} : { meanwhile: answer.meanwhile }),
      onClosed,
    };
  };
  for (; ; attempt += 1) {
    known = claims === null ? undefined : logins?.of(claims);
    try {
      return await database.transaction(opening(), work, request.isWaitedFor);
    } catch (error) {
      if (error instanceof CosmosError) throw error;
      if (error instanceof StaleProofError && attempt < MAX_RETRIES) continue;
      if (error instanceof LoginChangedError) {
        // The first attempt at a query is still to come.
        attempt -= 1;
        continue;
      }
      const kind = classifyFailure(error);
      if ((kind === 'RETRY' || hasChangedHands(error)) && attempt < MAX_RETRIES) {
        await sleep(Math.random() * 20 * 2 ** attempt);
        continue;
      }
      if (kind !== 'OTHER' || error instanceof CommitError || error instanceof StaleProofError)
        throw new UnavailableError('database', { cause: error });
      throw error;
    }
  }
}
