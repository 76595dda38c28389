import { performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import type { Desk, Held } from './cast.js';
import type { Ledger } from './ledger.js';

const FOLLOW = `subscription ($id: ID!) { visitChanges(districtId: $id) { reload visit { id ticket status version } } }`;

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: {
      readonly visitChanges?: { readonly reload: boolean; readonly visit: Held | null };
    };
  };
}

/** The boards of all desks, each followed over a socket of its own. */
export class Boards {
  #sockets: WebSocket[] = [];
  /** When a visit was to be recorded, by its id, until the board has heard of it. */
  readonly #expected = new Map<string, number>();
  /** When the board heard of a visit whose answer is not there yet. */
  readonly #early = new Map<string, number>();
  #isOver = false;

  /** @param onReload asks for the board of the desk */
  constructor(
    private readonly ledger: Ledger,
    private readonly onReload: (desk: Desk) => void,
  ) {}

  /**
   * Follows the boards with the desks' tokens. Each board has had its first event when this is done. If the boards are followed already, the
   * earlier sockets stay open until then, so no visit is missed.
   * @throws Error if a socket closes before its first event
   */
  async follow(url: string, desks: readonly Desk[]): Promise<void> {
    const earlier = this.#sockets;
    this.#sockets = [];
    await Promise.all(desks.map((desk) => this.#followOne(url, desk)));
    for (const socket of earlier) socket.removeAllListeners('close').close();
  }

  /** Says when a visit was to be recorded that now has this id. */
  expect(id: string, dueAt: number): void {
    const heardAt = this.#early.get(id);
    if (heardAt === undefined) this.#expected.set(id, dueAt);
    else this.ledger.heard.push(heardAt - dueAt);
    this.#early.delete(id);
  }

  /** The recorded visits of which no board has heard. */
  get missed(): number {
    return this.#expected.size;
  }

  close(): void {
    this.#isOver = true;
    for (const socket of this.#sockets) socket.close();
  }

  #followOne(url: string, desk: Desk): Promise<void> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    this.#sockets.push(socket);
    const say = (message: object): void => socket.send(JSON.stringify(message));
    return new Promise((followed, failed) => {
      socket.on('error', failed);
      socket.on('close', (code, reason) => {
        failed(new Error(`a board closed: ${code} ${reason}`));
        if (!this.#isOver) process.stderr.write(`a board closed: ${code} ${reason}\n`);
      });
      socket.on('open', () =>
        say({ type: 'connection_init', payload: { authorization: `Bearer ${desk.token}` } }),
      );
      socket.on('message', (data) => {
        const { type, payload } = JSON.parse(String(data)) as Message;
        if (type === 'ping') say({ type: 'pong' });
        if (type === 'error') failed(new Error(String(data)));
        if (type === 'connection_ack')
          say({
            id: '1',
            type: 'subscribe',
            payload: { query: FOLLOW, variables: { id: desk.districtId } },
          });
        const change = payload?.data?.visitChanges;
        if (type !== 'next' || change === undefined) return;
        followed();
        if (change.reload) this.onReload(desk);
        else if (change.visit !== null) this.#hear(change.visit);
      });
    });
  }

  #hear({ id, version }: Held): void {
    // Later versions tell that the visit was closed.
    if (version !== 1) return;
    const [dueAt, now] = [this.#expected.get(id), performance.now()];
    if (dueAt === undefined) this.#early.set(id, now);
    else this.ledger.heard.push(now - dueAt);
    this.#expected.delete(id);
  }
}
