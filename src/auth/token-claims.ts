import { UnauthenticatedError } from '../errors.js';
import type { JsonObject } from './strict-json.js';

/** The claims of a verified access token. A role is never among them: roles come from the county's directory. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly tokenId: string;
  readonly expiresAt: Date;
}

/** The values against which the claims are checked. */
export interface ClaimRules {
  readonly issuer: string;
  readonly audience: string;
  readonly now: Date;
  readonly maxLifetimeSeconds: number;
  readonly clockToleranceSeconds: number;
}

/** RFC 6749 §3.3: scope tokens of printable ASCII without quote and backslash, separated by spaces. */
const SCOPE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const MAX_IDENTIFIER_LENGTH = 255;

/**
 * Checks the claims of an access token whose signature holds: RFC 9068 §2.2 and §4, RFC 7519 §4.1.
 * @throws UnauthenticatedError
 */
export function checkTokenClaims(claims: JsonObject, rules: ClaimRules): VerifiedToken {
  if (claims['iss'] !== rules.issuer) throw new UnauthenticatedError('iss');
  checkAudience(claims['aud'], rules.audience);
  const expires = checkTimes(claims, rules);
  return {
    issuer: rules.issuer,
    subject: identifier(claims, 'sub'),
    clientId: identifier(claims, 'client_id'),
    scopes: scopesOf(claims),
    tokenId: identifier(claims, 'jti'),
    expiresAt: new Date(expires * 1000),
  };
}

/**
 * Checks the audience. RFC 9068 §4 asks that our audience be among those named. Here it must be the only one, so that a token that
 * another API has received too cannot be replayed against this one.
 */
function checkAudience(aud: unknown, ours: string): void {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.length !== 1 || audiences[0] !== ours) throw new UnauthenticatedError('aud');
}

/**
 * Checks the times: RFC 7519 §4.1.4 to §4.1.6 with a small tolerance for clocks, and a limit on the lifetime. A token in milliseconds, or
 * one for a year, is an error or a theft that lasts.
 */
function checkTimes(claims: JsonObject, rules: ClaimRules): number {
  const now = rules.now.getTime() / 1000;
  const exp = seconds(claims, 'exp');
  const iat = seconds(claims, 'iat');
  if (exp <= iat || exp - iat > rules.maxLifetimeSeconds) throw new UnauthenticatedError('lifetime');
  if (iat > now + rules.clockToleranceSeconds) throw new UnauthenticatedError('iat-future');
  if (exp <= now - rules.clockToleranceSeconds) throw new UnauthenticatedError('expired');
  if (Object.hasOwn(claims, 'nbf') && seconds(claims, 'nbf') > now + rules.clockToleranceSeconds) {
    throw new UnauthenticatedError('nbf');
  }
  return exp;
}

function seconds(claims: JsonObject, name: 'exp' | 'iat' | 'nbf'): number {
  const value = claims[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new UnauthenticatedError(name);
  return value;
}

/** Returns an identifier without control characters and halves of surrogate pairs: it goes to the directory's look-up and to the log. */
function identifier(claims: JsonObject, name: 'sub' | 'client_id' | 'jti'): string {
  const value = claims[name];
  const sane =
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= MAX_IDENTIFIER_LENGTH &&
    !/[\p{Cc}\p{Cs}]/u.test(value);
  if (!sane) throw new UnauthenticatedError(name);
  return value;
}

/** Returns the scopes. RFC 9068 §2.2.3: the claim is optional; without it nothing is granted, and not everything. */
function scopesOf(claims: JsonObject): readonly string[] {
  if (!Object.hasOwn(claims, 'scope')) return [];
  const { scope } = claims;
  if (typeof scope !== 'string' || !SCOPE.test(scope)) throw new UnauthenticatedError('scope');
  return [...new Set(scope.split(' ').filter((each) => each !== ''))];
}
