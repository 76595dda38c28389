/** What a process lets be followed live. */
export interface LiveLimits {
  /** Sockets of the process that have shown a token, at most. */
  readonly sockets: number;
  /** Those that have not yet, at most. */
  readonly strangers: number;
  /** Those of one address. */
  readonly strangersOfOne: number;
  /** Sockets of one subject through one client, at most: the windows of someone at work, and those that are not yet found dead. */
  readonly socketsOfOne: number;
  /** Subscriptions on one socket, at most. */
  readonly subscriptions: number;
  /** Bytes of a message from a client, at most. */
  readonly messageBytes: number;
  /** Bytes that wait to be read by a client, at most; whoever is slower is closed. */
  readonly waitingBytes: number;
  /** How long a socket may take to show its token. */
  readonly initMs: number;
  /** How often a socket is asked whether it is still there; it is closed if it has not answered by the next time. */
  readonly pingMs: number;
  /** A right that was withdrawn ends a subscription within so long, though nothing happens. */
  readonly quietMs: number;
}

export const LIVE_LIMITS: LiveLimits = {
  sockets: 1_000,
  strangers: 200,
  strangersOfOne: 50,
  socketsOfOne: 10,
  subscriptions: 10,
  messageBytes: 32 * 1024,
  waitingBytes: 512 * 1024,
  initMs: 3_000,
  pingMs: 12_000,
  quietMs: 20_000,
};
