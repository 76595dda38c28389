import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { TickSocket } from '../../src/database/tick-socket.js';

/** What is written in one turn of the event loop leaves at once. */
class Counted extends TickSocket {
  writes = 0;
  override _write(chunk: Buffer, encoding: BufferEncoding, written: (error?: Error | null) => void): void {
    this.writes += 1;
    super._write(chunk, encoding, written);
  }
}

let server: Server;
let port: number;
let heard: string;
let all: (() => void) | undefined;
beforeEach(async () => {
  heard = '';
  server = createServer((socket: Socket) => {
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.endsWith('.')) all?.();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as { port: number });
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function connected(): Promise<Counted> {
  const socket = new Counted();
  await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve));
  return socket;
}

test('the messages of one turn are one write, in their order', async () => {
  const socket = await connected();
  const over = new Promise<void>((resolve) => {
    all = resolve;
  });
  socket.write('a');
  socket.write(Buffer.from('b'));
  // A promise comes before the next tick, and both before the turn is over.
  process.nextTick(() => socket.write('d.'));
  await Promise.resolve().then(() => socket.write('c'));
  await over;
  expect({ heard, writes: socket.writes }).toEqual({ heard: 'abcd.', writes: 1 });
  socket.destroy();
});

test('those of the next turn are another, and the caller hears that they are written', async () => {
  const socket = await connected();
  const written = (text: string): Promise<void> =>
    new Promise((resolve) => socket.write(text, () => resolve()));
  await written('a');
  await written('b');
  expect(socket.writes).toBe(2);
  socket.destroy();
});
