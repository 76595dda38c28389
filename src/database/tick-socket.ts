import { Socket } from 'node:net';

/** A part of what a stream has held back. */
interface Held {
  readonly chunk: Buffer | string;
  readonly encoding: BufferEncoding;
}

/**
 * A socket that holds back its writes until the event loop's turn is over, so that the statements of one tick leave in one packet. A
 * packet for each costs a system call here, and wakes the server once more. They leave as one buffer: a message has five parts, and each
 * would cost a crossing into native code.
 */
export class TickSocket extends Socket {
  #held = false;

  #hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.cork();
    setImmediate(() => {
      this.#held = false;
      this.uncork();
    });
  }

  /** Node.js puts the `write` of its own class on a socket that connects: without this, nothing would be held back. */
  override connect(...given: unknown[]): this {
    Reflect.apply(super.connect, this, given);
    Reflect.deleteProperty(this, 'write');
    return this;
  }

  override write(
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    written?: (error?: Error | null) => void,
  ): boolean {
    this.#hold();
    return typeof encoding === 'function'
      ? super.write(chunk, encoding)
      : super.write(chunk, encoding, written);
  }

  override _writev(held: readonly Held[], written: (error?: Error | null) => void): void {
    const buffers = held.map(({ chunk, encoding }) =>
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk,
    );
    this._write(Buffer.concat(buffers), 'buffer' as BufferEncoding, written);
  }
}
