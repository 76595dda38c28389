import type { Overall } from './seed.js';

/** The output for progress: a terminal, or a file or pipe that keeps every line. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 24;
/** The milliseconds between two reports. */
const PAUSE = { terminal: 100, lines: 3_000 } as const;

/**
 * Reports the progress of a run: on a terminal, a bar that is drawn over itself; elsewhere, a line every few seconds.
 * @param now milliseconds of a clock that does not go back
 */
export class ProgressBar {
  readonly #started: number;
  #told = Number.NEGATIVE_INFINITY;
  #open = false;

  constructor(
    private readonly output: ProgressOutput,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#started = now();
  }

  /** Reports a step, unless it has just reported something. */
  tell(step: string, { rows, share }: Overall): void {
    const now = this.now();
    const isTerminal = this.output.isTTY === true;
    if (now - this.#told < (isTerminal ? PAUSE.terminal : PAUSE.lines)) return;
    this.#told = now;
    const elapsed = now - this.#started;
    const filled = Math.round(share * WIDTH);
    const text = [
      step.padEnd(12),
      `${Math.floor(share * 100)} %`.padStart(5),
      `${rows.toLocaleString('en-GB')} rows`,
      `${Math.round(rows / Math.max(elapsed / 1_000, 0.001)).toLocaleString('en-GB')} rows/s`,
      share > 0 ? `${clock((elapsed * (1 - share)) / share)} left` : '',
    ].join('  ');
    if (isTerminal) {
      this.output.write(`\r\u001b[K[${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}] ${text}`);
      this.#open = true;
    } else this.output.write(`${text.trimEnd()}\n`);
  }

  /** Ends the line of the bar, so that later output has a line of its own. */
  end(): void {
    if (this.#open) this.output.write('\n');
    this.#open = false;
  }
}

/** Formats milliseconds as `1:05`. */
function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
