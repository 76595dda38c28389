import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Answer } from './app.js';
import { HANGS_MS } from './until.js';

/** A message of graphql-transport-ws. */
export interface Message {
  readonly id?: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads a message as JSON, and states in its assertion what it is.
  readonly payload?: any;
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** Messages that wait for who reads them one after the other. */
class Inbox {
  readonly #messages: Message[] = [];
  #wake: (() => void) | null = null;

  put(message: Message): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  get size(): number {
    return this.#messages.length;
  }

  /** The next one. @throws Error if none ever comes */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      await this.#more();
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      // Whoever has raced it with the end of the socket waits for it no more: it keeps no process.
      const timer = setTimeout(() => reject(new Error('hangs: waited for a message')), HANGS_MS).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** The messages of one subscription. */
export class Subscription {
  readonly inbox = new Inbox();

  constructor(
    readonly id: string,
    private readonly socket: WebSocket,
  ) {}

  next(): Promise<Message> {
    return this.inbox.next();
  }

  /** The next event, as an answer over HTTP. @throws Error if the subscription has ended */
  async event(): Promise<Pick<Answer, 'data' | 'errors' | 'codes'>> {
    const { type, payload } = await this.next();
    if (type !== 'next') throw new Error(`${type} ${JSON.stringify(payload)}`);
    const errors: Answer['errors'] = payload.errors ?? [];
    return { data: payload.data, errors, codes: errors.map((error) => error.extensions.code) };
  }

  /** The codes by which it ends. @throws Error for an event */
  async ended(): Promise<string[]> {
    const { type, payload } = await this.next();
    if (type !== 'error') throw new Error(`${type} ${JSON.stringify(payload)}`);
    return payload.map((error: Answer['errors'][number]) => error.extensions.code);
  }

  leave(): void {
    this.socket.send(JSON.stringify({ id: this.id, type: 'complete' }));
  }
}

/** A socket of a client, as plain as the protocol has it. */
export class LiveClient {
  readonly inbox = new Inbox();
  readonly closed: Promise<Closed>;
  readonly #subscriptions = new Map<string, Subscription>();
  #count = 0;

  private constructor(readonly socket: WebSocket) {
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      (this.#subscriptions.get(message.id ?? '') ?? this).inbox.put(message);
    });
  }

  /** The handshake alone. @param headers of the request by which it is asked for */
  static async open(
    url: string,
    {
      headers = {},
      protocol = 'graphql-transport-ws',
    }: { headers?: Record<string, string>; protocol?: string } = {},
  ): Promise<LiveClient> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, protocol, { headers });
    const client = new LiveClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** With a token, and admitted. @throws Error if it is not */
  static async connect(url: string, token: string | null): Promise<LiveClient> {
    const client = await LiveClient.open(url);
    client.init(token === null ? undefined : { authorization: `Bearer ${token}` });
    const message = await Promise.race([client.inbox.next(), client.closed]);
    // The machine has stopped in between, until it was too late for a token.
    if ('code' in message && message.code === 4408) return LiveClient.connect(url, token);
    if ('code' in message) throw new Error(`closed: ${message.code} ${message.reason}`);
    if (message.type !== 'connection_ack') throw new Error(message.type);
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  init(payload?: Record<string, unknown>): void {
    this.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
  }

  subscribe(query: string, variables: Record<string, unknown> = {}): Subscription {
    this.#count += 1;
    const id = String(this.#count);
    const subscription = new Subscription(id, this.socket);
    this.#subscriptions.set(id, subscription);
    this.send({ id, type: 'subscribe', payload: { query, variables } });
    return subscription;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
