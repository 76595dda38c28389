import { randomUUID } from 'node:crypto';
import type { AppointmentMode, AppointmentStatus } from '../../../prisma/generated/enums.js';
import {
  booksForOthers,
  booksOnline,
  type OnlineBookingRelation,
} from '../../access/appointment/online-booking.js';
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  RateLimitedError,
} from '../../errors.js';
import type { BookOnlineInput, CancelOnlineInput, MoveOnlineInput } from '../../generated/inputs.js';
import type { AccessSubject } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { requireTypes } from '../agenda/appointment-types.js';
import type { Interval } from '../agenda/busy-times.js';
import { nextPublicSlots, slotTaken } from '../agenda/slots.js';
import { MAX_DAYS_AHEAD } from '../agenda/wanted-slots.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { requirePeriod } from '../operation/period.js';
import { addressDigest, digestOf, MAX_SECRET, secretFor } from '../operation/secret.js';
import { inviteInterpreters } from '../person/communication.js';

/** An appointment as the client or person who booked it online sees it: without its workers. */
export interface OnlineBookingRow extends OnlineBookingRelation, Interval {
  readonly id: string;
  readonly districtId: string;
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  readonly status: AppointmentStatus;
  readonly place: string | null;
  readonly version: number;
  /** The secret by which a client manages the booking. It is answered once, to the client that books. */
  readonly secret: string | null;
}

/** A booking to manage: a person names it by its id, a client by its secret. */
interface Managed {
  readonly id: string | null;
  readonly secretHash: Uint8Array<ArrayBuffer> | null;
}

/** The outcome that the database answers. */
interface Outcome {
  readonly outcome: string;
  readonly id?: string;
  readonly personId?: string;
  readonly districtId?: string;
  readonly typeCode?: string;
  readonly mode?: AppointmentMode;
  readonly caseId?: string | null;
  /** With DAY_SHARE: the next day on which the client has a booking left, if there is one. */
  readonly from?: string;
  readonly until?: string;
  /** With HOUR: the seconds until the client may book again. */
  readonly retryAfter?: number;
}

async function read(
  op: Operation,
  { id, secretHash }: Managed,
  secret: string | null,
): Promise<OnlineBookingRow | null> {
  const [row] = await op.tx.rows<Omit<OnlineBookingRow, 'clientId' | 'secret'>>`
    select id, district_id as "districtId", type_code as "typeCode", mode, status, place, starts_at as "startsAt",
      ends_at as "endsAt", version, online_person_ids as "onlinePersonIds"
    from read_online(${id}::uuid, ${secretHash}::bytea)`;
  if (row === undefined) return null;
  return { ...row, clientId: secretHash === null ? null : op.viewer.clientId, secret };
}

/**
 * Returns the booking that a client manages by this secret, until a day after its end; null for another client's booking and for none.
 * @throws ForbiddenError
 */
export async function loadOnlineBooking(op: Operation, secret: string): Promise<OnlineBookingRow | null> {
  if (!booksForOthers(op.viewer)) throw new ForbiddenError();
  if (secret.length > MAX_SECRET) return null;
  return read(op, { id: null, secretHash: digestOf(secret) }, null);
}

function requireAhead(op: Operation, startsAt: Date): void {
  if (startsAt < op.now) throw new InvalidInputError('input.startsAt', 'past');
  requirePeriod('input.startsAt', op.now, startsAt, MAX_DAYS_AHEAD);
}

/** Returns the key by which a new booking is managed, and the secret to answer. */
function managedBy(op: Operation, id: string): { readonly managed: Managed; readonly secret: string | null } {
  if (!booksForOthers(op.viewer)) return { managed: { id, secretHash: null }, secret: null };
  const secret = secretFor(op, 'online-booking', id);
  return { managed: { id: null, secretHash: digestOf(secret) }, secret };
}

/**
 * Books a public slot: a person for themselves, a client for someone who gives a name. For this name, a provisional person is made. The
 * database chooses one of the free workers; for a case shown online, its assigned worker.
 * @throws NotFoundError; InvalidInputError; ConflictError SLOT_TAKEN with the next free slots: the slot is taken, or not public
 * @throws ForbiddenError when a person has three bookings ahead
 * @throws ConflictError TOO_MANY_AHEAD when the address of the client's end user has its bookings ahead; DAY_SHARE_TAKEN with
 * slots of another day when the client has its share of this one
 * @throws RateLimitedError when 600 bookings of the client within the hour still stand
 */
export async function bookOnline(op: Operation, input: BookOnlineInput): Promise<OnlineBookingRow | null> {
  const id = await once(op, 'bookOnline', input, async () => {
    if (!booksOnline(op.viewer)) throw new ForbiddenError();
    const tried = op.log.attempt('BOOK_APPOINTMENT', { personId: op.viewer.personId });
    const forOthers = booksForOthers(op.viewer);
    const districtId = await requireDistrict(op, input.districtId, 'input.districtId');
    const [type] = await requireTypes(op, 'input.typeCode', [
      requireText('input.typeCode', input.typeCode, LONGEST.code),
    ]);
    if (type === undefined || !type.bookableBy.includes('BOOKING_CLIENT'))
      throw new InvalidInputError('input.typeCode', 'unknownCode');
    const mode = input.mode ?? type.modes[0] ?? 'ON_SITE';
    if (!type.modes.includes(mode)) throw new InvalidInputError('input.mode', 'invalidValue');
    requireAhead(op, input.startsAt);
    const caseId = input.caseId == null ? null : parseId(input.caseId);
    if (input.caseId != null && (caseId === null || forOthers)) throw new NotFoundError('input.caseId');
    if (!forOthers && input.name != null) throw new InvalidInputError('input.name', 'knownName');
    const name = forOthers ? requireText('input.name', input.name ?? '', LONGEST.name) : null;
    const appointmentId = randomUUID();
    const { managed } = managedBy(op, appointmentId);
    const [row] = await op.tx.rows<{
      came: Outcome;
    }>`select book_within_shares(${appointmentId}::uuid, ${districtId}::uuid,
      ${type.code}, ${mode}::"AppointmentMode", ${input.startsAt}, ${caseId}::uuid,
      ${input.askedBy ?? null}::"AskedBy", ${name}, ${managed.secretHash}::bytea,
      ${forOthers ? addressDigest(op) : null}::bytea)
      as came`;
    const came = row?.came;
    tried({ caseId, personId: came?.personId ?? op.viewer.personId });
    switch (came?.outcome) {
      case 'BOOKED':
        if (!forOthers) await inviteInterpreters(op, appointmentId);
        if (forOthers) op.log.record('REGISTER_PERSON', { personId: came.personId ?? null });
        return appointmentId;
      case 'TAKEN':
        throw slotTaken(
          await nextPublicSlots(op, {
            districtId,
            typeCode: type.code,
            mode,
            caseId,
            from: input.startsAt,
            count: 3,
          }),
        );
      case 'OWN':
        throw new InvalidInputError('input.startsAt', 'ownThen');
      case 'CASE':
        throw new NotFoundError('input.caseId');
      case 'TOO_MANY':
        throw new ForbiddenError('tooManyBookings');
      case 'AHEAD':
        throw new ConflictError('TOO_MANY_AHEAD');
      case 'DAY_SHARE':
        throw await dayShareTaken(op, came, { districtId, typeCode: type.code, mode });
      case 'HOUR':
        throw new RateLimitedError('input.startsAt', 'tooManyBookings', came.retryAfter ?? 3600);
      default:
        throw new ForbiddenError();
    }
  });
  const { managed, secret } = managedBy(op, id);
  return read(op, managed, secret);
}

/** Returns the error for a client that has its share of a day, with the next slots of another day on which it has a booking left. */
async function dayShareTaken(
  op: Operation,
  { from, until }: Outcome,
  of: { readonly districtId: string; readonly typeCode: string; readonly mode: AppointmentMode },
): Promise<ConflictError> {
  if (from === undefined || until === undefined) return slotTaken([], 'DAY_SHARE_TAKEN');
  const next = await nextPublicSlots(op, { ...of, caseId: null, from: new Date(from), count: 3 });
  return slotTaken(
    next.filter(({ startsAt }) => startsAt < new Date(until)),
    'DAY_SHARE_TAKEN',
  );
}

/** Returns the booking that the input names. Another viewer's booking answers as one that does not exist. */
function requireManaged(op: Operation, input: CancelOnlineInput): Managed & { readonly field: string } {
  if (!booksOnline(op.viewer)) throw new ForbiddenError();
  if (booksForOthers(op.viewer)) {
    if (input.secret == null) throw new InvalidInputError('input.secret', 'required');
    if (input.secret.length > MAX_SECRET) throw new NotFoundError('input.secret');
    return { id: null, secretHash: digestOf(input.secret), field: 'input.secret' };
  }
  if (input.id == null) throw new InvalidInputError('input.id', 'required');
  const id = parseId(input.id);
  if (id === null) throw new NotFoundError('input.id');
  return { id, secretHash: null, field: 'input.id' };
}

/** Throws the error for an outcome that is no success. */
function requireDone(
  op: Operation,
  tried: (known: AccessSubject) => void,
  came: Outcome | undefined,
  field: string,
): void {
  tried({ caseId: came?.caseId ?? null, personId: came?.personId ?? op.viewer.personId });
  switch (came?.outcome) {
    case 'UNKNOWN':
      throw new NotFoundError(field);
    case 'VERSION_CHANGED':
    case 'STATE_CHANGED':
      throw new ConflictError(came.outcome);
    case 'SAME':
      throw new InvalidInputError('input.startsAt', 'sameTime');
    case 'OWN':
      throw new InvalidInputError('input.startsAt', 'ownThen');
    case 'BY_DESK':
      throw new ForbiddenError('changedByDesk');
  }
}

/**
 * Moves a booking to another public slot: to the same worker if they are free then.
 * @throws NotFoundError; InvalidInputError; ConflictError SLOT_TAKEN, also for a booking that several workers hold; the old time is then
 * kept; DAY_SHARE_TAKEN when the client has its share of the new day
 * @throws ForbiddenError for a booking that only the desk moves: not booked online, or no longer of a public type
 */
export async function moveOnline(op: Operation, input: MoveOnlineInput): Promise<OnlineBookingRow | null> {
  const id = await once(op, 'moveOnline', input, async () => {
    const tried = op.log.attempt('MOVE_APPOINTMENT', { personId: op.viewer.personId });
    const { id: own, secretHash, field } = requireManaged(op, input);
    requireAhead(op, input.startsAt);
    const [row] = await op.tx.rows<{ came: Outcome }>`select move_online(${own}::uuid, ${secretHash}::bytea,
      ${input.expectedVersion}::integer, ${input.startsAt}) as came`;
    const came = row?.came;
    requireDone(op, tried, came, field);
    if (came?.outcome === 'TAKEN') {
      const next = await nextPublicSlots(op, {
        districtId: came.districtId ?? '',
        typeCode: came.typeCode ?? '',
        mode: came.mode ?? 'ON_SITE',
        caseId: came.caseId ?? null,
        from: input.startsAt,
        count: 4,
      });
      // The slot that was just refused is not offered: that would tell that the time is free, and that something else is in the way.
      const others = next.filter(({ startsAt }) => startsAt.getTime() !== input.startsAt.getTime());
      throw slotTaken(others.slice(0, 3));
    }
    if (came?.outcome === 'DAY_SHARE') {
      const { districtId = '', typeCode = '', mode = 'ON_SITE' } = came;
      throw await dayShareTaken(op, came, { districtId, typeCode, mode });
    }
    if (came?.id === undefined) throw new ForbiddenError();
    return came.id;
  });
  return read(op, managedAgain(op, input, id), null);
}

/**
 * Cancels a booking, and frees its time. Nobody is asked why.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError
 */
export async function cancelOnline(
  op: Operation,
  input: CancelOnlineInput,
): Promise<OnlineBookingRow | null> {
  const id = await once(op, 'cancelOnline', input, async () => {
    const tried = op.log.attempt('CANCEL_APPOINTMENT', { personId: op.viewer.personId });
    const { id: own, secretHash, field } = requireManaged(op, input);
    const [row] = await op.tx.rows<{ came: Outcome }>`select cancel_online(${own}::uuid, ${secretHash}::bytea,
      ${input.expectedVersion}::integer) as came`;
    requireDone(op, tried, row?.came, field);
    if (row?.came.id === undefined) throw new ForbiddenError();
    return row.came.id;
  });
  return read(op, managedAgain(op, input, id), null);
}

function managedAgain(op: Operation, { secret }: CancelOnlineInput, id: string): Managed {
  return booksForOthers(op.viewer)
    ? { id: null, secretHash: digestOf(secret ?? '') }
    : { id, secretHash: null };
}
