import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { CosmosError } from '../errors.js';
import { plotCategories, plotMonths } from '../http/reports/plots.js';
import { readBusyTimes } from '../services/calendar-feed/calendar-content.js';
import { foresee } from '../statistics/what-if.js';
import { makeLetter } from './letter.js';
import type { Made } from './made.js';

// On Linux a thread has a priority of its own: requests come before letters.
if (!isMainThread && platform === 'linux') setPriority(10);

function task<I extends readonly unknown[], O>(work: (...input: I) => O | Promise<O>) {
  return async (input: I): Promise<Made<O>> => {
    try {
      return { made: await work(...input) };
    } catch (error) {
      if (!(error instanceof CosmosError)) throw error;
      const { code, messageKey, details } = error;
      return { refused: { code, messageKey, details } };
    }
  };
}

/** The tasks of the workshop. Input and output are copied from thread to thread. */
export interface Tasks {
  readonly letter: typeof makeLetter;
  readonly busyTimes: typeof readBusyTimes;
  readonly months: typeof plotMonths;
  readonly categories: typeof plotCategories;
  readonly waits: typeof foresee;
}

/** The task `makeLetter`. */
export const letter = task(makeLetter);
/** The task `readBusyTimes`. */
export const busyTimes = task(readBusyTimes);
/** The task `plotMonths`. */
export const months = task(plotMonths);
/** The task `plotCategories`. */
export const categories = task(plotCategories);
/** The task `foresee`. */
export const waits = task(foresee);
