import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Change, ChangeStream, RELOAD } from './change-stream.js';

/** A pooler stands in between, or the network is gone. */
export class NothingComesThrough extends Error {
  override readonly name = 'NothingComesThrough';
}

/** Where a service finds the changes of a district. */
export interface ChangeSource {
  /**
   * The first that is told is a reload: from then on none is missed.
   * @param districtId whoever asks has been found to see something of it
   */
  follow(districtId: string): ChangeStream;
}

export interface ChangeListenerOptions {
  /** PostgreSQL itself: a pooler in transaction mode passes no notification on. */
  readonly url: string;
  /** How long nothing happens before a follower is asked whether they still may. */
  readonly quietMs: number;
  /** The listening connection was lost, or nothing comes through it. */
  readonly onLost?: (error: unknown) => void;
}

const CHANNEL = 'visit_changed';
/** How often the connection is proven, by a notification to itself; one that hangs is noticed within twice that. */
const PULSE_MS = 3_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const ignore = (): void => undefined;

/** A connection and the socket under it, by which one that hangs is ended at once. */
interface Listening {
  readonly client: pg.Client;
  readonly socket: Socket;
}

/**
 * The one connection of a process that listens, for all who follow: opened with the first of them, opened again when it
 * is lost. Whatever happened meanwhile is unknown, so everyone is then told to read again.
 */
export class ChangeListener implements ChangeSource {
  readonly #followers = new Map<string, Set<ChangeStream>>();
  #listening: Listening | null = null;
  #pulse: NodeJS.Timeout | null = null;
  #retry: NodeJS.Timeout | null = null;
  #failures = 0;
  #opening: Promise<void> | null = null;
  #closed = false;

  constructor(private readonly options: ChangeListenerOptions) {}

  follow(districtId: string): ChangeStream {
    const followers = this.#followers.get(districtId) ?? new Set();
    this.#followers.set(districtId, followers);
    const stream = new ChangeStream(this.options.quietMs, () => {
      followers.delete(stream);
      if (followers.size === 0 && this.#followers.get(districtId) === followers)
        this.#followers.delete(districtId);
    });
    followers.add(stream);
    if (this.#listening !== null) stream.tell(RELOAD);
    this.#open();
    return stream;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    for (const followers of [...this.#followers.values()])
      for (const stream of [...followers]) void stream.return();
    await this.#opening;
    const listening = this.#listening;
    this.#forget();
    if (listening === null) return;
    await Promise.race([listening.client.end().catch(ignore), sleep(500, undefined, { ref: false })]);
    cut(listening);
  }

  #open(): void {
    if (this.#closed || this.#listening !== null || this.#opening !== null || this.#retry !== null) return;
    this.#opening = this.#connect()
      .catch((error: unknown) => this.#lost(null, error))
      .finally(() => {
        this.#opening = null;
      });
  }

  async #connect(): Promise<void> {
    const socket = new Socket();
    const client = new pg.Client({
      stream: () => socket,
      connectionString: this.options.url,
      connectionTimeoutMillis: 3_000,
      query_timeout: 1_800,
      keepAlive: true,
      application_name: 'cosmos-listen',
    });
    const listening: Listening = { client, socket };
    const pulse = `pulse_${randomBytes(8).toString('hex')}`;
    let provenAt = performance.now();
    client.on('error', (error) => this.#lost(listening, error));
    client.on('end', () => this.#lost(listening, new Error('ended')));
    client.on('notification', ({ channel, payload }) => {
      if (channel === pulse) {
        provenAt = performance.now();
        this.#failures = 0;
      } else if (payload !== undefined) this.#tell(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}; listen ${pulse}`);
    } catch (error) {
      cut(listening);
      throw error;
    }
    if (this.#closed) return cut(listening);
    this.#listening = listening;
    this.#pulse = setInterval(() => {
      if (performance.now() - provenAt > 1.9 * PULSE_MS) this.#lost(listening, new NothingComesThrough());
      else client.query(`select pg_notify('${pulse}', '')`).catch((error) => this.#lost(listening, error));
    }, PULSE_MS).unref();
    // From here on nothing is missed; before, nobody knows.
    for (const followers of this.#followers.values()) for (const stream of followers) stream.tell(RELOAD);
  }

  #tell(payload: string): void {
    const [districtId = '', visitId, ...workersBefore] = payload.split(' ');
    const isVisit = visitId !== undefined && UUID.test(visitId);
    const change: Change = isVisit ? { visitId, workersBefore } : RELOAD;
    for (const stream of this.#followers.get(districtId) ?? []) stream.tell(change);
  }

  #forget(): void {
    if (this.#pulse !== null) clearInterval(this.#pulse);
    this.#pulse = null;
    this.#listening = null;
  }

  /** @param listening which one; null for one that never did */
  #lost(listening: Listening | null, error: unknown): void {
    if (listening !== this.#listening || this.#closed) return;
    this.#forget();
    if (listening !== null) cut(listening);
    this.options.onLost?.(error);
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures) * (0.5 + Math.random());
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      // Nobody follows any more: with the next one.
      if (this.#followers.size > 0) this.#open();
    }, wait).unref();
  }
}

/** Ends a connection that may be dead already, without waiting for its answer. */
function cut({ client, socket }: Listening): void {
  client.removeAllListeners('end').removeAllListeners('notification');
  client.removeAllListeners('error').on('error', ignore);
  socket.destroy();
}
