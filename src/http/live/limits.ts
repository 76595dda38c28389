import type { InboxLimits } from './inbox.js';

/** The limits of a process on subscriptions. */
export interface LiveLimits extends InboxLimits {
  /** The most sockets of the process that have shown a token. */
  readonly sockets: number;
  /** The most sockets that have not shown one yet. */
  readonly strangers: number;
  /** The most such sockets of one address. */
  readonly strangersOfOne: number;
  /** The most sockets of one subject through one client: a worker's open windows, and those that are not yet found dead. */
  readonly socketsOfOne: number;
  /** The most subscriptions on one socket. */
  readonly subscriptions: number;
  /** The most documents of a socket that are refused one after the other; then it is closed. */
  readonly refusals: number;
  /** The most bytes of a message from a client. */
  readonly messageBytes: number;
  /** The most bytes that wait to be read by a client; a slower client is closed. */
  readonly waitingBytes: number;
  /** The milliseconds that a socket may take to show its token. */
  readonly initMs: number;
  /**
   * The interval at which a socket is asked whether it is still there, in milliseconds. It is closed if it has not answered by the next
   * time.
   */
  readonly pingMs: number;
  /** The milliseconds within which a withdrawn right ends a subscription, even if no event comes. */
  readonly quietMs: number;
}

/** The limits in use. */
export const LIVE_LIMITS: LiveLimits = {
  sockets: 1_000,
  strangers: 200,
  strangersOfOne: 50,
  socketsOfOne: 10,
  subscriptions: 10,
  refusals: 10,
  messages: 100,
  controlFrames: 100,
  messageBytes: 32 * 1024,
  waitingBytes: 512 * 1024,
  initMs: 3_000,
  pingMs: 12_000,
  quietMs: 20_000,
};
