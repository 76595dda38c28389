import type { ErrorCode, ErrorDetails } from '../errors.js';

/** The result of a task. A refusal crosses from the thread by its parts. */
export type Made<T> =
  | { readonly made: T }
  | {
      readonly refused: {
        readonly code: ErrorCode;
        readonly messageKey: string;
        readonly details: ErrorDetails;
      };
    };
