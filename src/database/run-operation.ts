import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCOPES, type Scope } from '../auth/scopes.js';
import type { VerifiedToken } from '../auth/token-verifier.js';
import { CosmosError, UnauthenticatedError, UnavailableError } from '../errors.js';
import { AccessRecorder } from '../log/access-recorder.js';
import type { Operation } from '../operation.js';
import type { NoteVault } from '../vault/note-vault.js';
import { ANONYMOUS, type Viewer, type ViewerMembership, type ViewerRelay } from '../viewer.js';
import { type Database, type Transaction, turnsOf } from './client.js';
import { classifyFailure } from './failure.js';

export interface OperationRequest {
  readonly kind: 'query' | 'mutation';
  /** Null for an anonymous request. */
  readonly token: VerifiedToken | null;
  readonly idempotencyKey: string | null;
}

/** What an attempt answers: `errors` are what its resolvers threw. */
export interface Attempt {
  readonly errors: readonly unknown[];
}

const MAX_RETRIES = 3;

interface LoginRow {
  readonly refused?: string;
  readonly clientId: string;
  readonly clientKind: Viewer['clientKind'];
  readonly workerId: string | null;
  readonly personId: string | null;
  readonly memberships: readonly ViewerMembership[];
  readonly relays: readonly ViewerRelay[];
}

/**
 * Who the token stands for, as the directory has it now, and sets them as this transaction's viewer. Scopes that are
 * not Cosmos's own (openid, profile) are left aside.
 * @throws UnauthenticatedError for an unknown subject, a disabled worker or client, a scope the client does not have
 */
async function login(tx: Transaction, token: VerifiedToken | null): Promise<Viewer> {
  if (token === null) return ANONYMOUS;
  const known = new Set<string>(SCOPES);
  const scopes = token.scopes.filter((scope): scope is Scope => known.has(scope));
  const [row] = await tx.$queryRaw<{ viewer: LoginRow }[]>`
    select login(${token.issuer}, ${token.subject}, ${token.clientId}, ${scopes}::text[]) as viewer,
      -- The server gives up before the client does, so that nothing waits there for a lock that nobody wants any more.
      set_config('statement_timeout', '1600', true) as timeout`;
  const viewer = row?.viewer;
  if (viewer === undefined || viewer.refused !== undefined)
    throw new UnauthenticatedError(viewer?.refused ?? 'unknown');
  const kind = viewer.workerId !== null ? 'WORKER' : viewer.personId !== null ? 'PERSON' : 'CLIENT';
  return { ...viewer, kind, scopes: new Set(scopes) };
}

/** Rule 9: the entries go into the transaction of the operation itself. */
async function writeLog(
  op: Operation,
  operationId: string,
  outcome: 'DONE' | 'REFUSED' | 'CONFLICT',
): Promise<void> {
  if (op.log.entries.length === 0) return;
  const entries = JSON.stringify(op.log.entries.map((entry) => ({ ...entry, outcome })));
  await op.tx.$queryRaw`select log_access(${operationId}::uuid, ${entries}::jsonb)`;
}

function originalOf(error: unknown): unknown {
  return (error as { originalError?: unknown }).originalError ?? error;
}

/** An error that ends the attempt, whatever field it came from: the database failed, not the request. */
function databaseFailure(errors: readonly unknown[]): unknown {
  return errors
    .map(originalOf)
    .find((error) => !(error instanceof CosmosError) && classifyFailure(error) !== 'OTHER');
}

/**
 * Runs one GraphQL operation in one transaction: a query REPEATABLE READ, a mutation READ COMMITTED and whole or not
 * at all, its refusal logged all the same. The answer leaves after the commit. Serialization failures and deadlocks
 * run the operation again, three times at most.
 * @throws UnauthenticatedError · UnavailableError when the database cannot be reached, or its commit fails
 */
export async function runOperation<A extends Attempt>(
  environment: { readonly database: Database; readonly vault: NoteVault },
  request: OperationRequest,
  execute: (op: Operation) => Promise<A>,
): Promise<A> {
  const { database, vault } = environment;
  const operationId = randomUUID();
  for (let attempt = 0; ; attempt += 1) {
    let committing = false;
    const work = async (tx: Transaction): Promise<A> => {
      const op: Operation = {
        viewer: await login(tx, request.token),
        tx,
        vault,
        log: new AccessRecorder(),
        now: new Date(),
        idempotencyKey: request.idempotencyKey,
        refusals: new Set(),
      };
      if (request.kind === 'mutation') await tx.$executeRaw`savepoint operation`;
      const answer = await execute(op);
      const failure = databaseFailure(answer.errors);
      if (failure !== undefined) throw failure;
      const [error] = answer.errors.map(originalOf);
      if (request.kind === 'mutation' && error !== undefined)
        await tx.$executeRaw`rollback to savepoint operation`;
      const conflict = error instanceof CosmosError && error.code === 'CONFLICT';
      await writeLog(
        op,
        operationId,
        request.kind === 'query' || error === undefined ? 'DONE' : conflict ? 'CONFLICT' : 'REFUSED',
      );
      committing = true;
      return answer;
    };
    try {
      return await turnsOf(database).take(() =>
        database.$transaction(work, {
          isolationLevel: request.kind === 'query' ? 'RepeatableRead' : 'ReadCommitted',
          maxWait: 1_900,
          timeout: 10_000,
        }),
      );
    } catch (error) {
      if (error instanceof CosmosError) throw error;
      const kind = classifyFailure(error);
      if (kind === 'RETRY' && attempt < MAX_RETRIES) {
        await sleep(Math.random() * 20 * 2 ** attempt);
        continue;
      }
      if (kind !== 'OTHER' || committing) throw new UnavailableError('database', { cause: error });
      throw error;
    }
  }
}
