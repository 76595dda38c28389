import { setPriority } from 'node:os';
import { platform } from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { CosmosError } from '../errors.js';
import { plotCategories, plotFunnel, plotMonths } from '../http/reports/plots.js';
import { readBusyTimes } from '../services/calendar-feed/calendar-content.js';
import { makeLetter } from './letter.js';
import type { Made } from './made.js';

// On Linux a thread has a priority of its own: who waits for an answer comes before who waits for a letter.
if (!isMainThread && platform === 'linux') setPriority(10);

function task<I extends readonly unknown[], O>(work: (...input: I) => Promise<O>) {
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

/** What the workshop can do; what goes in and comes out is copied from thread to thread. */
export interface Tasks {
  readonly letter: typeof makeLetter;
  readonly busyTimes: typeof readBusyTimes;
  readonly months: typeof plotMonths;
  readonly categories: typeof plotCategories;
  readonly funnel: typeof plotFunnel;
}

export const letter = task(makeLetter);
export const busyTimes = task(readBusyTimes);
export const months = task(plotMonths);
export const categories = task(plotCategories);
export const funnel = task(plotFunnel);
