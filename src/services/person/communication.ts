import { saysCommunication } from '../../access/person/person.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { type CommunicationInput, cleanCommunication } from './communication-input.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * Says in which language someone is spoken to and what they need for it: the desk, who follows or receives them, and they themselves, of
 * which who follows them is told. It lasts until someone says otherwise, and is a default for what is booked from then on.
 * @throws NotFoundError for who is not known to the viewer · ForbiddenError to who knows a name alone · ConflictError VERSION_CHANGED
 * @throws InvalidInputError input.language
 */
export async function setCommunication(
  op: Operation,
  input: CommunicationInput & { readonly personId: string; readonly expectedVersion: number },
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
 * Puts down the interpreters that those who come need, of a booking that has just been made and names nobody else. Only of persons whose
 * language who books may read: a booking of one's own making tells nothing.
 */
export async function inviteInterpreters(op: Operation, appointmentId: string): Promise<void> {
  await op.tx.run`select invite_interpreters(${appointmentId}::uuid)`;
}

/** The same, of a booking that has just been made of what someone was offered while they waited. */
export async function inviteInterpretersOfRequest(op: Operation, requestId: string): Promise<void> {
  await op.tx
    .run`select invite_interpreters(appointment_id) from appointment_request where id = ${requestId}::uuid`;
}
