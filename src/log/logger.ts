import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import { sqlStateOf } from '../database/failure.js';

export type { Logger };

/** Returns a logger. Logs are structured and have no personal data: no row, no variable, no document's text, no error's message. */
export function createLogger(level: Config['logLevel']): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Returns the part of an unexpected error that may be logged: its kind and its place. Messages of PostgreSQL can hold values. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8);
  return { error: error.name, sqlState: sqlStateOf(error), at: frames.map((line) => line.trim()) };
}
