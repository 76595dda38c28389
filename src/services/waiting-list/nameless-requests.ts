import type { SafeContact } from '../../../prisma/generated/enums.js';
import { changesAppointment } from '../../access/appointment/appointment.js';
import { changesRequest } from '../../access/waiting-list/appointment-request.js';
import { sqlStateOf, UNIQUE_VIOLATION } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { NameRequestInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { holdsRoleIn } from '../../viewer.js';
import { loadAppointment } from '../appointment/appointments.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { cleanPhone, requireBookable } from '../person/persons.js';
import { loadRequest, type RequestRow } from './appointment-requests.js';
import { requireNotOnListOfDesk } from './one-request.js';

/** The name and the channel of a person who gives no full name: no channel unless they say so. */
export interface Unnamed {
  readonly calledName?: string | null;
  readonly contact?: SafeContact | null;
  readonly phone?: string | null;
}

/** The channels for a person without a name. A letter needs an address, and a go-between needs a name. */
const CHANNELS: ReadonlySet<SafeContact> = new Set(['NONE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT']);

/**
 * Returns the channel and the number: a number goes with a channel, and a channel with a number (domain rule 8: none by default).
 * @throws InvalidInputError at `input.contact` or `input.phone`
 */
export function requireChannel(input: Pick<Unnamed, 'contact' | 'phone'>): {
  readonly contact: SafeContact;
  readonly phone: string | null;
} {
  const contact = input.contact ?? 'NONE';
  const phone = cleanPhone(input.phone ?? null);
  if (!CHANNELS.has(contact)) throw new InvalidInputError('input.contact', 'invalidValue');
  if (contact !== 'NONE' && phone === null) throw new InvalidInputError('input.phone', 'required');
  if (contact === 'NONE' && phone !== null) throw new InvalidInputError('input.contact', 'required');
  return { contact, phone };
}

/**
 * Returns the name by which a person wants to be called.
 * @throws InvalidInputError at `input.calledName`
 */
export function cleanCalledName(name: string | null | undefined): string | null {
  return optionalText('input.calledName', name, LONGEST.name);
}

/**
 * Checks that none of this is said of a known person.
 * @throws InvalidInputError knownPerson, at the first field that is said
 */
export function requireNothingSaid(input: Unnamed): void {
  for (const field of ['calledName', 'contact', 'phone'] as const)
    if (input[field] != null) throw new InvalidInputError(`input.${field}`, 'knownPerson');
}

/**
 * Names the person who asked without a name: once, by a viewer who may change the request and book for the person. The called name and
 * the number are removed: from then on the person's safe contact counts. The booked appointment becomes theirs.
 * @throws NotFoundError at `input.personId` for a person the viewer may not book; ForbiddenError for an appointment that the viewer may
 * not change; ConflictError VERSION_CHANGED, STATE_CHANGED for a request that has a name or is closed, or ALREADY_WAITING for a person who
 * waits for such an appointment
 */
export async function nameRequest(op: Operation, input: NameRequestInput): Promise<RequestRow | null> {
  const id = await once(op, 'nameRequest', input, async () => {
    const named = parseId(input.personId);
    op.log.attempt('CHANGE_APPOINTMENT_REQUEST', { personId: named });
    const row = await loadRequest(op, input.id);
    if (row === null) throw new NotFoundError('input.id');
    if (!changesRequest(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (row.ended || row.personId !== null || !['WAITING', 'BOOKED'].includes(row.status))
      throw new ConflictError('STATE_CHANGED');
    const personId = await requireBookable(op, input.personId);
    const booked = row.appointmentId === null ? null : await requireToCome(op, row.appointmentId);
    if (row.status === 'WAITING' && holdsRoleIn(op.viewer, 'RECEPTIONIST', row.districtId))
      await requireNotOnListOfDesk(op, { ...row, personId });
    const changed = await op.tx.run`update appointment_request
      set person_id = ${personId}::uuid, called_name = null, contact = 'NONE', phone = null, version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and person_id is null`.catch(
      (error: unknown) => {
        if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new ConflictError('ALREADY_WAITING');
        throw error;
      },
    );
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    if (booked !== null)
      await op.tx.run`insert into appointment_person (appointment_id, person_id)
        values (${booked}::uuid, ${personId}::uuid) on conflict do nothing`;
    return row.id;
  });
  return loadRequest(op, id);
}

/** Returns the booked appointment, ahead or under way. For a past one, the answer must not depend on the outcome. */
async function requireToCome(op: Operation, id: string): Promise<string> {
  const appointment = await loadAppointment(op, id);
  if (appointment === null || !changesAppointment(op.viewer, appointment)) throw new ForbiddenError();
  if (appointment.endsAt <= op.now || appointment.status !== 'BOOKED')
    throw new ConflictError('STATE_CHANGED');
  return appointment.id;
}
