import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';

/** The most messages and control frames of a socket. */
export interface InboxLimits {
  /** The most messages that wait; a client that sends more is cut off. */
  readonly messages: number;
  /** The most control frames in a second (pings, pongs); a client that sends more is cut off. */
  readonly controlFrames: number;
}

/**
 * Takes the messages of a socket one after the other, each in its own turn of the event loop. Until a message is taken, the socket is not
 * read: so a client that does not wait for answers fills its own network.
 * @param take takes a message; the next is taken when its promise is fulfilled
 */
export function takeInOrder(
  socket: WebSocket,
  limits: InboxLimits,
  take: (message: string) => Promise<unknown>,
): void {
  const waiting: RawData[] = [];
  let isTaking = false;

  async function takeAll(): Promise<void> {
    isTaking = true;
    socket.pause();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (socket.readyState !== socket.OPEN) break;
      await take(String(next));
      await nextTurnOfTheLoop();
    }
    isTaking = false;
    socket.resume();
  }

  socket.on('message', (message) => {
    if (waiting.length >= limits.messages) return socket.terminate();
    waiting.push(message);
    if (!isTaking) void takeAll();
  });

  let frames = 0;
  let since = performance.now();
  const count = (): void => {
    if (performance.now() - since > 1_000) [frames, since] = [0, performance.now()];
    frames += 1;
    if (frames > limits.controlFrames) socket.terminate();
  };
  socket.on('ping', count);
  socket.on('pong', count);
}
