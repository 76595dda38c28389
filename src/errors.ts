/**
 * The closed union of error codes. Every error that leaves the API carries exactly one of them in `extensions.code`, so that a client can
 * switch on it. Any other error becomes INTERNAL and is logged.
 */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'CONFLICT',
  'STATISTICS_REFUSED',
  'RATE_LIMITED',
  'INVALID_DOCUMENT',
  'DOCUMENT_TOO_COSTLY',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

/** One of `ERROR_CODES`. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The reason for which a write lost: it decides what a client can offer next. */
export type ConflictReason =
  | 'SLOT_TAKEN'
  | 'TOO_MANY_AHEAD'
  | 'DAY_SHARE_TAKEN'
  | 'HOURS_TAKEN'
  | 'NO_PLACE_LEFT'
  | 'OFFER_EXPIRED'
  | 'VERSION_CHANGED'
  | 'ALREADY_ASSIGNED'
  | 'STILL_WAITS'
  | 'ALREADY_WAITING'
  | 'CASE_CLOSED'
  | 'LOOSE_ENDS'
  | 'ALREADY_PLANNED'
  | 'SUSPENDED_ONCE'
  | 'ENDED_ELSEWHERE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'STATE_CHANGED';

/** The reason for which a question about statistics is not answered, or a proposal not accepted. */
export type StatisticsRefusal =
  | 'WORKER_DIMENSION'
  | 'RANKING'
  | 'UNKNOWN_DIMENSION'
  | 'NOT_IN_PROGRAMME'
  | 'NOT_FROZEN'
  | 'TOO_FEW_WORKERS'
  | 'TELLS_OF_ONE'
  | 'TELLS_TOO_MUCH'
  | 'TOO_FEW_WEEKS'
  | 'SUBJECTIVE'
  | 'ABOUT_WORKERS'
  | 'NOT_COLLECTED'
  | 'TEAMS_TO_BE_HEARD'
  | 'TOO_FEW_HEARD'
  | 'TIED'
  | 'NOT_AGREED'
  | 'SECOND_ADVISER'
  | 'SECOND_READER'
  | 'FIVE_OPEN'
  | 'NOT_SIGNED'
  | 'NOT_RECORDED'
  | 'NO_PLACE_LEFT';

/** The details that may stand in `extensions` beside the code. Never a value, a table or a constraint. */
export interface ErrorDetails {
  /** The path of the offending input field, `input.startsAt`. */
  readonly field?: string;
  readonly reason?: string;
  /** The seconds after which to ask again, with RATE_LIMITED. */
  readonly retryAfter?: number;
  /** With LOOSE_ENDS: the ids of appointments and needs of the case, all of which the viewer may read. */
  readonly looseEnds?: readonly string[];
  /** ISO 8601 instants, after a SLOT_TAKEN conflict; after DAY_SHARE_TAKEN, those of another day; after NO_PLACE_LEFT, other times of the same type with a place. */
  readonly nextFreeSlots?: readonly { readonly startsAt: string; readonly endsAt: string }[];
}

/** The only error that this project's code throws on purpose. */
export class CosmosError extends Error {
  override readonly name = 'CosmosError';

  constructor(
    readonly code: ErrorCode,
    /** A key of `src/messages.ts`; the text is chosen by the request's language. */
    readonly messageKey: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(messageKey, options);
  }
}

/** 401: the token is missing where one is needed, or is refused. `why` goes to the server's log only. */
export class UnauthenticatedError extends CosmosError {
  constructor(
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super('UNAUTHENTICATED', 'unauthenticated', {}, options);
  }
}

/** The viewer may know of the row, or of the action, and may not do this. */
export class ForbiddenError extends CosmosError {
  constructor(messageKey = 'forbidden') {
    super('FORBIDDEN', messageKey);
  }
}

/** The answer for a row that does not exist, and for one that the viewer may not know of: the same for both (domain rule 5). */
export class NotFoundError extends CosmosError {
  constructor(field?: string) {
    super('NOT_FOUND', 'notFound', field === undefined ? {} : { field });
  }
}

/** An input field is wrong; `field` names it, and the message says how. */
export class InvalidInputError extends CosmosError {
  constructor(field: string, messageKey: string) {
    super('INVALID_INPUT', messageKey, { field });
  }
}

/** The write lost against another, or the state of the row does not allow it; `reason` says which. */
export class ConflictError extends CosmosError {
  constructor(reason: ConflictReason, details: ErrorDetails = {}) {
    super('CONFLICT', `conflict.${reason}`, { ...details, reason });
  }
}

/** A question, a proposal or a decision about protected statistics is not possible, for any viewer; `reason` says why. */
export class StatisticsRefusedError extends CosmosError {
  constructor(reason: StatisticsRefusal, field?: string) {
    super('STATISTICS_REFUSED', `statistics.${reason}`, {
      ...(field === undefined ? {} : { field }),
      reason,
    });
  }
}

/** The viewer asked more often than allowed. Nothing was answered, and they may ask again after `retryAfter` seconds. */
export class RateLimitedError extends CosmosError {
  constructor(field: string, messageKey: string, retryAfter: number) {
    super('RATE_LIMITED', messageKey, { field, retryAfter });
  }
}

/** 503: the database, the identity provider, the key service or the client cannot be reached; nothing was changed. */
export class UnavailableError extends CosmosError {
  constructor(
    readonly what: 'database' | 'identity-provider' | 'key-service' | 'client',
    options?: ErrorOptions,
  ) {
    super('UNAVAILABLE', 'unavailable', {}, options);
  }
}
