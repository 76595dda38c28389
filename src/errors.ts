/**
 * The closed union of error codes. Every error that leaves the API carries exactly one of them in
 * `extensions.code`, so that a client can switch on it; anything else becomes INTERNAL and is logged.
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

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Why a write lost: what a client can offer next depends on it. */
export type ConflictReason =
  | 'SLOT_TAKEN'
  | 'HOURS_TAKEN'
  | 'NO_PLACE_LEFT'
  | 'OFFER_EXPIRED'
  | 'VERSION_CHANGED'
  | 'ALREADY_ASSIGNED'
  | 'STILL_WAITS'
  | 'CASE_CLOSED'
  | 'LOOSE_ENDS'
  | 'ALREADY_PLANNED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'STATE_CHANGED';

/** Why a question about statistics is not answered, or a proposal of one not taken. */
export type StatisticsRefusal =
  | 'WORKER_DIMENSION'
  | 'RANKING'
  | 'UNKNOWN_DIMENSION'
  | 'NOT_IN_PROGRAMME'
  | 'NOT_FROZEN'
  | 'TOO_FEW_WORKERS'
  | 'SUBJECTIVE'
  | 'ABOUT_WORKERS'
  | 'NOT_COLLECTED'
  | 'TEAMS_TO_BE_HEARD'
  | 'NOT_AGREED'
  | 'NOT_SIGNED'
  | 'NOT_RECORDED'
  | 'NO_PLACE_LEFT';

/** What may stand in `extensions` beside the code. Never a value, a table or a constraint. */
export interface ErrorDetails {
  /** The path of the offending input field, `input.startsAt`. */
  readonly field?: string;
  readonly reason?: string;
  /** Seconds after which to ask again, with RATE_LIMITED. */
  readonly retryAfter?: number;
  /** With LOOSE_ENDS: ids of appointments and needs of the case, which whoever is told of them may read. */
  readonly looseEnds?: readonly string[];
  /** ISO 8601 instants, after a SLOT_TAKEN conflict; after NO_PLACE_LEFT, other times of the same type with a place. */
  readonly nextFreeSlots?: readonly { readonly startsAt: string; readonly endsAt: string }[];
}

/** The only error that code of this project throws on purpose. */
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

/** 401: the token is missing where one is needed, or is refused. `reason` goes to the server's log only. */
export class UnauthenticatedError extends CosmosError {
  constructor(
    readonly why: string,
    options?: ErrorOptions,
  ) {
    super('UNAUTHENTICATED', 'unauthenticated', {}, options);
  }
}

export class ForbiddenError extends CosmosError {
  constructor(messageKey = 'forbidden') {
    super('FORBIDDEN', messageKey);
  }
}

/** What does not exist, and what the viewer may not know of: the same answer for both. */
export class NotFoundError extends CosmosError {
  constructor(field?: string) {
    super('NOT_FOUND', 'notFound', field === undefined ? {} : { field });
  }
}

export class InvalidInputError extends CosmosError {
  constructor(field: string, messageKey: string) {
    super('INVALID_INPUT', messageKey, { field });
  }
}

export class ConflictError extends CosmosError {
  constructor(reason: ConflictReason, details: ErrorDetails = {}) {
    super('CONFLICT', `conflict.${reason}`, { ...details, reason });
  }
}

/** Protected statistics: what is asked, proposed or decided is not possible, whoever asks; `reason` says why. */
export class StatisticsRefusedError extends CosmosError {
  constructor(reason: StatisticsRefusal, field?: string) {
    super('STATISTICS_REFUSED', `statistics.${reason}`, {
      ...(field === undefined ? {} : { field }),
      reason,
    });
  }
}

/** Asked more often than one may: nothing was answered, and it may be asked again in a while. */
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
