import { saysCommunication } from '../../access/person/person.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { SetCommunicationInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { cleanCommunication } from './communication-input.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * Records the language in which a person is spoken to, and what they need for it. The desk, the worker who follows or receives the
 * person, and the person may record it; the worker who follows the person is told when the person does. It lasts until someone says
 * otherwise, and is the default for later bookings.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to a viewer who knows the name alone; ConflictError
 * VERSION_CHANGED
 * @throws InvalidInputError at `input.language`
 */
export async function setCommunication(
  op: Operation,
  input: SetCommunicationInput,
): Promise<PersonRow | null> {
  const id = await once(op, 'setCommunication', input, async () => {
    const person = await requireTried(op, 'SET_COMMUNICATION', input.personId, 'input.personId');
    if (!saysCommunication(op.viewer, person)) throw new ForbiddenError();
    const { language, communicationNeeds } = cleanCommunication(input, person);
    const [said] = await op.tx.rows<{ done: boolean }>`select set_communication(${person.id}::uuid,
      ${input.expectedVersion}::integer, ${language}, ${communicationNeeds}::text[]) as done`;
    if (said?.done !== true) throw new ConflictError('VERSION_CHANGED');
    return person.id;
  });
  return loadPerson(op, id);
}

/**
 * Adds the interpreters that the persons of a new booking need, if the booking names no other participant. Only for persons whose
 * language the booker may read: so a worker learns nothing from a booking of their own making.
 */
export async function inviteInterpreters(op: Operation, appointmentId: string): Promise<void> {
  await op.tx.run`select invite_interpreters(${appointmentId}::uuid)`;
}

/** Adds the interpreters to the appointment that has just been booked from a request on the waiting list. */
export async function inviteInterpretersOfRequest(op: Operation, requestId: string): Promise<void> {
  await op.tx
    .run`select invite_interpreters(appointment_id) from appointment_request where id = ${requestId}::uuid`;
}
