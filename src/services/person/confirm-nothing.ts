import { saysConfirmNothing } from '../../access/person/person.js';
import { ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * Says that nothing is confirmed of someone: from then on look-ups and boards answer as of someone unknown, to all but who follows them
 * (domain, look-up of a person). Who follows them says so; who follows the same case, or their oldest, takes it back. The person says so
 * online, and does not take it back there. Where nobody is assigned, the duty worker to whom the desk has sent them today takes it back.
 * @throws NotFoundError for who is not known to the viewer · ForbiddenError to whoever else knows them
 */
export async function setConfirmNothing(
  op: Operation,
  input: { readonly personId: string; readonly confirmNothing: boolean },
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
