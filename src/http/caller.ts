import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { VerifiedToken } from '../auth/token-verifier.js';

/** How much of what is asked is under way at a time, and how much waits, in each process. */
export interface Share {
  /** Under way at a time, of all its members. */
  readonly inFlight: number;
  readonly inFlightOfOne: number;
  /** What waits, of all its members; more is refused. */
  readonly waiting: number;
  readonly waitingOfOne: number;
}

/**
 * LOGIN: a login, or a client in its own name. BOOKING: a client that books for a whole public; its members are the addresses of its end
 * users. ANONYMOUS: all requests without a token; members are addresses. FILE: pages and files without a token, the same. LIVE: the
 * subscriptions of a login. AHEAD: what is made of a login's input in the workshop, which has one thread for everyone.
 */
export type CallerKind = 'LOGIN' | 'BOOKING' | 'ANONYMOUS' | 'FILE' | 'LIVE' | 'AHEAD';

export type Shares = Readonly<Record<CallerKind, Share>>;

/** Whom a request counts for. */
export interface Caller {
  readonly kind: CallerKind;
  /** Which share of this kind it is. */
  readonly share: string;
  /** Who in the share it is. */
  readonly member: string;
}

/**
 * One process has one core and ten connections. What one caller has under way leaves most of it to the others. What waits is for two
 * hundred bookings at once through one login.
 */
export const SHARES: Shares = {
  LOGIN: { inFlight: 3, inFlightOfOne: 3, waiting: 250, waitingOfOne: 250 },
  BOOKING: { inFlight: 3, inFlightOfOne: 1, waiting: 500, waitingOfOne: 250 },
  ANONYMOUS: { inFlight: 2, inFlightOfOne: 1, waiting: 500, waitingOfOne: 250 },
  FILE: { inFlight: 2, inFlightOfOne: 1, waiting: 200, waitingOfOne: 50 },
  LIVE: { inFlight: 1, inFlightOfOne: 1, waiting: 200, waitingOfOne: 200 },
  AHEAD: { inFlight: 1, inFlightOfOne: 1, waiting: 10, waitingOfOne: 10 },
};

/** An IPv6 address is one of as many as its holder likes: the network that they were given is who they are (RFC 6177). */
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

/** Each has told where it had the request from; the last is who is connected here. */
function hopsOf(req: IncomingMessage): readonly string[] {
  const told = (req.headersDistinct['x-forwarded-for'] ?? []).join(',').split(',');
  return [...told.map((hop) => hop.trim()).filter((hop) => hop !== ''), req.socket.remoteAddress ?? ''];
}

/**
 * Where a request comes from, as the county's own proxies tell.
 * @param proxies how many of them stand in front: what is told before them is anyone's word
 */
export function addressOf(req: IncomingMessage, proxies: number): string {
  const hops = hopsOf(req);
  return networkOf(hops[Math.max(0, hops.length - 1 - proxies)] ?? '');
}

/** The end user for whom a client asks, as the client says. A false word divides the client's own share, and no other's. */
function endUserOf(req: IncomingMessage, proxies: number): string {
  const hops = hopsOf(req);
  return networkOf(hops[Math.max(0, hops.length - 2 - proxies)] ?? '').slice(0, 60);
}

/** The login that a token is for. */
function loginOf({ issuer, subject }: VerifiedToken): string {
  return JSON.stringify([issuer, subject]);
}

/** Whom a GraphQL request counts for. */
export function callerOf(req: IncomingMessage, token: VerifiedToken | null, proxies: number): Caller {
  if (token === null) return { kind: 'ANONYMOUS', share: '', member: addressOf(req, proxies) };
  if (token.scopes.includes('booking')) {
    const share = JSON.stringify([token.issuer, token.clientId]);
    return { kind: 'BOOKING', share, member: endUserOf(req, proxies) };
  }
  return { kind: 'LOGIN', share: loginOf(token), member: '' };
}

/** Whom a file or a page counts for. */
export function callerOfFile(req: IncomingMessage, token: VerifiedToken | null, proxies: number): Caller {
  return token === null
    ? { kind: 'FILE', share: '', member: addressOf(req, proxies) }
    : callerOf(req, token, proxies);
}

/** Whom what is made ahead counts for. */
export function callerOfAhead(token: VerifiedToken): Caller {
  return { kind: 'AHEAD', share: loginOf(token), member: '' };
}

/** Whom what is followed counts for. */
export function callerOfLive(token: VerifiedToken): Caller {
  return { kind: 'LIVE', share: loginOf(token), member: '' };
}
