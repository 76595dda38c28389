import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** How long connections that wait in the kernel are taken, as long as there are any. */
const TAKE_MS = 1_000;
/** At the end, how long a connection that is kept, or new, may still bring a request. */
const GRACE_MS = 250;
/** After so long, what is still in flight is cut. */
const FORCE_MS = 7_000;

/** A few turns of the event loop. */
async function readWhatHasCome(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}

/**
 * Ends a server so that everything which has reached it is answered: http's own close cuts, at once, who is connected
 * and whose request is on its way, and leaves open for seconds what a client would keep.
 * @returns what closes it: nothing new is accepted, and every answer from then on closes its connection
 */
export function gracefulClose(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  const inFlight = new Set<ServerResponse>();
  let taken = 0;
  let closing = false;
  server.on('connection', (socket) => {
    taken += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_req, res: ServerResponse) => {
    if (closing) res.setHeader('connection', 'close');
    inFlight.add(res);
    res.on('close', () => inFlight.delete(res));
  });

  /** Connections that the kernel has taken, which hands over one in a turn, and would cut. */
  async function takeWaiting(): Promise<void> {
    const until = performance.now() + TAKE_MS;
    for (let before = -1; taken !== before && performance.now() < until; ) {
      before = taken;
      await readWhatHasCome();
    }
  }

  async function closeIdle(): Promise<void> {
    // A process that has slept until now finds the timer due before it reads what came meanwhile.
    await readWhatHasCome();
    server.closeIdleConnections();
    // To http, who has never asked is not idle.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }

  return async () => {
    closing = true;
    for (const res of inFlight) if (!res.headersSent) res.setHeader('connection', 'close');
    await takeWaiting();
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    const timers = [
      setTimeout(closeIdle, GRACE_MS),
      setTimeout(() => server.closeAllConnections(), FORCE_MS),
    ];
    await closed;
    for (const timer of timers) clearTimeout(timer);
    // http stops looking for slow requests.
    server.close();
  };
}
