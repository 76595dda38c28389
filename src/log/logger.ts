import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import { sqlStateOf } from '../database/failure.js';

export type { Logger };

/** Structured logs without personal data: nobody logs a row, a variable, a document's text or an error's message. */
export function createLogger(level: Config['logLevel']): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** What of an unexpected error may be logged: where, and its kind. Messages of PostgreSQL can hold values. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8);
  return { error: error.name, sqlState: sqlStateOf(error), at: frames.map((line) => line.trim()) };
}
