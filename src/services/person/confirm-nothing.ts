import { saysConfirmNothing } from '../../access/person/person.js';
import { ForbiddenError } from '../../errors.js';
import type { SetConfirmNothingInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * Sets or removes "confirm nothing". While it is set, look-ups and boards answer as for an unknown person, to everyone but the worker who
 * follows the person (domain, look-up of a person).
 *
 * The worker who follows the person sets it. A worker who follows the same case, or the person's oldest case, removes it. The person sets
 * it online, and does not remove it there. Where nobody is assigned, the duty worker removes it, if the desk has sent the person to them
 * today.
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to anyone else who knows them
 */
export async function setConfirmNothing(
  op: Operation,
  input: SetConfirmNothingInput,
): Promise<PersonRow | null> {
  const id = await once(op, 'setConfirmNothing', input, async () => {
    const person = await requireTried(op, 'SET_CONFIRM_NOTHING', input.personId, 'input.personId');
    if (!saysConfirmNothing(op.viewer, person, input.confirmNothing)) throw new ForbiddenError();
    const [said] = await op.tx.rows<{
      done: boolean;
    }>`select set_confirm_nothing(${person.id}::uuid, ${input.confirmNothing}) as done`;
    if (said?.done !== true) throw new ForbiddenError();
    return person.id;
  });
  return loadPerson(op, id);
}
