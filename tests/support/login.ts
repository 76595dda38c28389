import type pg from 'pg';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { LoginProver, type ProvenClaims } from '../../src/database/login-proof.js';
import { derivedLoginSecret } from '../../src/database/roles.js';

/** The secret that the databases of the tests know. */
export const TEST_LOGIN_SECRET = derivedLoginSecret('tests');

/** Proves as the API does. Its clock is ahead, within what the database allows: on a busy machine a proof is on its way for long. */
export function testProver(): LoginProver {
  const prover = new LoginProver(TEST_LOGIN_SECRET);
  prover.setClock(Date.now() / 1_000 + 8);
  return prover;
}

/** Who a statement by hand is made for: a subject of the directory, by a front end unless given. */
export interface Hand {
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly clientId?: string;
}

/** The claims and the proof of a login, as the API sends them. */
export function proofFor({ subject, scopes, clientId = 'front.demo' }: Hand): ProvenClaims {
  return testProver().prove({ issuer: DEVELOPMENT_ISSUER, subject, client: clientId, scopes, token: '' });
}

/**
 * Logs in on a connection, in the transaction that has begun there.
 * @returns what login() answers: the viewer, or `refused`
 */
export async function logIn(
  client: Pick<pg.ClientBase, 'query'>,
  hand: Hand,
): Promise<Record<string, unknown>> {
  const { rows } = await client.query<{ viewer: Record<string, unknown> }>('select login($1, $2) as viewer', [
    ...proofFor(hand),
  ]);
  return rows[0]?.viewer ?? {};
}
