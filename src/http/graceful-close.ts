import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** The milliseconds for which connections that wait in the kernel are accepted, while there are any. */
const TAKE_MS = 1_000;
/** The milliseconds, at the end, in which a kept or new connection may still bring a request. */
const GRACE_MS = 250;
/** The milliseconds after which requests still in flight are cut. */
const FORCE_MS = 7_000;

/** Waits a few turns of the event loop. */
async function readWhatHasCome(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}

/**
 * Makes a server close so that everything which has reached it is answered. http's own close cuts at once the clients that are connected
 * and whose request is on its way, and leaves open for seconds the connections that clients keep.
 * @returns a function that closes the server: nothing new is accepted, and every answer from then on closes its connection
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

  /** Accepts the connections that wait in the kernel. The kernel hands over one in a turn, and would cut the rest. */
  async function takeWaiting(): Promise<void> {
    const until = performance.now() + TAKE_MS;
    for (let before = -1; taken !== before && performance.now() < until; ) {
      before = taken;
      await readWhatHasCome();
    }
  }

  async function closeIdle(): Promise<void> {
    // A process that has slept until now finds the timer due before it reads what arrived meanwhile.
    await readWhatHasCome();
    server.closeIdleConnections();
    // For http, a connection without any request yet is not idle.
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
