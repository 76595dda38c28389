import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { VerifiedToken } from '../auth/token-verifier.js';

/** The number of requests that run at a time, and that wait, in each process. */
export interface Share {
  /** The most requests of all its members that run at a time. */
  readonly inFlight: number;
  readonly inFlightOfOne: number;
  /** The most requests of all its members that wait; more are refused. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/**
 * The kinds of callers. LOGIN: a login, or a client in its own name. BOOKING: a client that books for the public; its members are the
 * addresses of its end users. ANONYMOUS: all requests without a token; its members are addresses. FILE: pages and files without a token,
 * likewise. LIVE: the subscriptions of a login. AHEAD: the preparations for a login's mutations in the workshop, which has one thread for
 * everyone. PROOF: the tokens of an address that are not proven yet. BODY: the bodies of a caller's requests; a body that comes slowly
 * takes none of the other turns.
 */
export type CallerKind = 'LOGIN' | 'BOOKING' | 'ANONYMOUS' | 'FILE' | 'LIVE' | 'AHEAD' | 'PROOF' | 'BODY';

/** The share of each kind of caller. */
export type Shares = Readonly<Record<CallerKind, Share>>;

/** The caller of a request: the request counts toward the caller's share. */
export interface Caller {
  readonly kind: CallerKind;
  /** The key of the share among those of its kind. */
  readonly share: string;
  /** The key of the member within the share. */
  readonly member: string;
}

/**
 * The shares in use. One process has one core and ten connections. The running requests of one caller leave most of it to the others. The
 * waiting requests allow two hundred bookings at once through one login.
 */
export const SHARES: Shares = {
  LOGIN: { inFlight: 3, inFlightOfOne: 3, waiting: 250, waitingOfOne: 250 },
  BOOKING: { inFlight: 3, inFlightOfOne: 1, waiting: 500, waitingOfOne: 250 },
  ANONYMOUS: { inFlight: 2, inFlightOfOne: 1, waiting: 500, waitingOfOne: 250 },
  FILE: { inFlight: 2, inFlightOfOne: 1, waiting: 200, waitingOfOne: 50 },
  LIVE: { inFlight: 1, inFlightOfOne: 1, waiting: 200, waitingOfOne: 200 },
  AHEAD: { inFlight: 1, inFlightOfOne: 1, waiting: 10, waitingOfOne: 10 },
  // Forty desks come back at once through one address, each with several requests. A token that waits holds no body.
  PROOF: { inFlight: 4, inFlightOfOne: 4, waiting: 1_000, waitingOfOne: 1_000 },
  BODY: { inFlight: 4, inFlightOfOne: 4, waiting: 250, waitingOfOne: 250 },
};

/**
 * Returns the network of an IPv6 address, since its holder may use as many addresses as they like: the network they were given identifies
 * them (RFC 6177).
 */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Lists the addresses through which a request came: each proxy names its sender, and the last one is the peer of this connection. */
function hopsOf(req: IncomingMessage): readonly string[] {
  const told = (req.headersDistinct['x-forwarded-for'] ?? []).join(',').split(',');
  return [...told.map((hop) => hop.trim()).filter((hop) => hop !== ''), req.socket.remoteAddress ?? ''];
}

/**
 * Returns the address from which a request comes, as the county's own proxies report it.
 * @param proxies the number of the county's proxies in front: an address reported before them can be anyone's claim
 */
export function addressOf(req: IncomingMessage, proxies: number): string {
  const hops = hopsOf(req);
  return networkOf(hops[Math.max(0, hops.length - 1 - proxies)] ?? '');
}

/** Returns the end user of a client's request, as the client says. A false claim divides the client's own share, and no other's. */
function endUserOf(req: IncomingMessage, proxies: number): string {
  const hops = hopsOf(req);
  return networkOf(hops[Math.max(0, hops.length - 2 - proxies)] ?? '').slice(0, 60);
}

/** Returns the key of the login of a token. */
function loginOf({ issuer, subject }: VerifiedToken): string {
  return JSON.stringify([issuer, subject]);
}

/** Returns the caller of a GraphQL request. */
export function callerOf(req: IncomingMessage, token: VerifiedToken | null, proxies: number): Caller {
  if (token === null) return { kind: 'ANONYMOUS', share: '', member: addressOf(req, proxies) };
  if (token.scopes.includes('booking')) {
    const share = JSON.stringify([token.issuer, token.clientId]);
    return { kind: 'BOOKING', share, member: endUserOf(req, proxies) };
  }
  return { kind: 'LOGIN', share: loginOf(token), member: '' };
}

/** Returns the caller of a request for a file or a page. */
export function callerOfFile(req: IncomingMessage, token: VerifiedToken | null, proxies: number): Caller {
  return token === null
    ? { kind: 'FILE', share: '', member: addressOf(req, proxies) }
    : callerOf(req, token, proxies);
}

/** Returns the caller of a request whose token is not proven yet. A county behind one proxy that reports no address is one caller. */
export function callerOfProof(req: IncomingMessage, proxies: number): Caller {
  return { kind: 'PROOF', share: addressOf(req, proxies), member: '' };
}

/** Returns the caller of the body of a caller's request. */
export function callerOfBody({ kind, share, member }: Caller): Caller {
  return { kind: 'BODY', share: JSON.stringify([kind, share, member]), member: '' };
}

/** Returns the caller of a preparation in the workshop. */
export function callerOfAhead(token: VerifiedToken): Caller {
  return { kind: 'AHEAD', share: loginOf(token), member: '' };
}

/** Returns the caller of a subscription. */
export function callerOfLive(token: VerifiedToken): Caller {
  return { kind: 'LIVE', share: loginOf(token), member: '' };
}
