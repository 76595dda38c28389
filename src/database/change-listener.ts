import { randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Change, ChangeStream, RELOAD } from './change-stream.js';

/** The listening connection passes no notification on: a pooler stands in between, or the network is gone. */
export class NothingComesThrough extends Error {
  override readonly name = 'NothingComesThrough';
}

/** The source at which a service follows the changes of a district. */
export interface ChangeSource {
  /**
   * Follows the changes of a district. The first event is a reload: from then on no change is missed.
   * @param districtId a district of which the caller has checked that the viewer may see something
   */
  follow(districtId: string): ChangeStream;
}

/** The options of `ChangeListener`. */
export interface ChangeListenerOptions {
  /** The URL of PostgreSQL itself: a pooler in transaction mode passes no notification on. */
  readonly url: string;
  /** The milliseconds without an event after which a follower is asked whether they still may follow. */
  readonly quietMs: number;
  /** Called when the listening connection is lost, or nothing comes through it. */
  readonly onLost?: (error: unknown) => void;
}

const CHANNEL = 'visit_changed';
/** The interval at which the connection is tested, by a notification to itself. A connection that hangs is noticed within twice that. */
const PULSE_MS = 3_000;
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const ignore = (): void => undefined;

/** A connection and its socket: by the socket, a connection that hangs is ended at once. */
interface Listening {
  readonly client: pg.Client;
  readonly socket: Socket;
}

/**
 * The one listening connection of a process, for all followers. It is opened for the first follower, and again when it is lost. Nobody
 * knows which changes were missed meanwhile, so every follower is then told to read again.
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
    // From here on no change is missed. Changes before this are unknown, so everyone reloads.
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

  /** @param listening the connection that was lost; null for one that was never made */
  #lost(listening: Listening | null, error: unknown): void {
    if (listening !== this.#listening || this.#closed) return;
    this.#forget();
    if (listening !== null) cut(listening);
    this.options.onLost?.(error);
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures) * (0.5 + Math.random());
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      // If nobody follows any more, the next follower opens the connection.
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
