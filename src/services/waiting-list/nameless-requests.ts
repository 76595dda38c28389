import type { SafeContact } from '../../../prisma/generated/enums.js';
import { changesAppointment } from '../../access/appointment/appointment.js';
import { changesRequest } from '../../access/waiting-list/appointment-request.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { loadAppointment } from '../appointment/appointments.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId } from '../operation/input.js';
import { cleanPhone, requireBookable } from '../person/persons.js';
import { loadRequest, type RequestRow } from './appointment-requests.js';

/** How someone who gives no name is called and reached: by nothing unless they say so. */
export interface Unnamed {
  readonly calledName?: string | null;
  readonly contact?: SafeContact | null;
  readonly phone?: string | null;
}

/** A letter needs an address, and someone else needs a name: neither is taken from who gives none. */
const CHANNELS: ReadonlySet<SafeContact> = new Set(['NONE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT']);

/**
 * How they are reached, cleaned: a number goes with a channel, and a channel with a number (domain rule 8: none by default).
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

/** What someone wants to be called. @throws InvalidInputError at `input.calledName` */
export function cleanCalledName(name: string | null | undefined): string | null {
  return optionalText('input.calledName', name, 100);
}

/** Nothing of this is said of someone who is known. @throws InvalidInputError knownPerson, at the first that is */
export function requireNothingSaid(input: Unnamed): void {
  for (const field of ['calledName', 'contact', 'phone'] as const)
    if (input[field] != null) throw new InvalidInputError(`input.${field}`, 'knownPerson');
}

/**
 * Says who someone is who waited, or has a time, without a name: once, by whoever changes the request and may book for the person. The
 * name and the number that they gave go: from then on the person's safe contact counts. What is booked is theirs.
 * @throws NotFoundError at `input.personId` for who may not be booked · ForbiddenError for an appointment that the viewer does not change
 * · ConflictError VERSION_CHANGED, or STATE_CHANGED for who has a name and for what is over
 */
export async function nameRequest(
  op: Operation,
  input: { readonly id: string; readonly expectedVersion: number; readonly personId: string },
): Promise<RequestRow | null> {
  const id = await once(op, 'nameRequest', input, async () => {
    const named = parseId(input.personId);
    op.log.attempt('CHANGE_APPOINTMENT_REQUEST', { personId: named });
    const row = await loadRequest(op, input.id);
    if (row === null) throw new NotFoundError('input.id');
    if (!changesRequest(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (row.personId !== null || !['WAITING', 'BOOKED'].includes(row.status))
      throw new ConflictError('STATE_CHANGED');
    const personId = await requireBookable(op, input.personId);
    const booked = row.appointmentId === null ? null : await requireToCome(op, row.appointmentId);
    const changed = await op.tx.run`update appointment_request
      set person_id = ${personId}::uuid, called_name = null, contact = 'NONE', phone = null, version = version + 1
      where id = ${row.id}::uuid and version = ${row.version} and person_id is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    if (booked !== null)
      await op.tx.run`insert into appointment_person (appointment_id, person_id)
        values (${booked}::uuid, ${personId}::uuid) on conflict do nothing`;
    return row.id;
  });
  return loadRequest(op, id);
}

/** What is booked for them, ahead or under way. Of a time that is past, what became of it decides nothing that is told. */
async function requireToCome(op: Operation, id: string): Promise<string> {
  const appointment = await loadAppointment(op, id);
  if (appointment === null || !changesAppointment(op.viewer, appointment)) throw new ForbiddenError();
  if (appointment.endsAt <= op.now || appointment.status !== 'BOOKED')
    throw new ConflictError('STATE_CHANGED');
  return appointment.id;
}
