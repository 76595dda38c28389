import { saysSafeContact, suspendsContact } from '../../access/person/person.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import type { SetSafeContactInput, SuspendContactInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { cleanEmail, cleanPhone, loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * Closes every channel to a person at once ("he has my phone"), for each worker who serves them, and for the person. Messages on their
 * way are not sent, and the worker who follows the person is told. It takes no expected version: it must not be lost to a write at the
 * same time.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to a head, who knows the name alone
 */
export async function suspendContact(op: Operation, input: SuspendContactInput): Promise<PersonRow | null> {
  const id = await once(op, 'suspendContact', input, async () => {
    const person = await requireTried(op, 'SUSPEND_CONTACT', input.personId, 'input.personId');
    if (!suspendsContact(op.viewer, person)) throw new ForbiddenError();
    const [said] = await op.tx.rows<{ done: boolean }>`select suspend_contact(${person.id}::uuid) as done`;
    if (said?.done !== true) throw new ForbiddenError();
    return person.id;
  });
  return loadPerson(op, id);
}

/**
 * Sets the channel, the number and the mail address by which a person is reached, and ends a suspension. The assigned worker and the
 * stand-in may do this. So may the duty worker, if the desk has sent the person to them today, and they state that the person is present
 * and alone. The worker who follows the person is told.
 *
 * Where another case has closed every channel, a worker who follows that case, or the person's oldest, opens one. An absent number or
 * mail address is unchanged; null clears it.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to anyone else, whatever there was; InvalidInputError;
 * ConflictError VERSION_CHANGED
 */
export async function setSafeContact(op: Operation, input: SetSafeContactInput): Promise<PersonRow | null> {
  const id = await once(op, 'setSafeContact', input, async () => {
    const person = await requireTried(op, 'SET_SAFE_CONTACT', input.personId, 'input.personId');
    const alone = input.presentAndAlone === true;
    if (!saysSafeContact(op.viewer, person, alone)) throw new ForbiddenError();
    const [duty] = await op.tx.rows<{
      may: boolean;
    }>`select may_say_safe_contact(${person.id}::uuid, ${alone}) as may`;
    if (duty?.may !== true) throw new ForbiddenError();
    const contact: Record<string, string | null> = {
      ...(input.phone === undefined ? {} : { phone: cleanPhone(input.phone) }),
      ...(input.email === undefined ? {} : { email: cleanEmail(input.email) }),
    };
    const [said] = await op.tx.rows<{ done: boolean }>`select say_safe_contact(${person.id}::uuid,
      ${input.expectedVersion}::integer, ${input.safeContact}::"SafeContact", ${alone}, ${JSON.stringify(contact)}::jsonb) as done`;
    if (said?.done !== true) throw new ConflictError('VERSION_CHANGED');
    return person.id;
  });
  return loadPerson(op, id);
}
