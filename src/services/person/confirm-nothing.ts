import { saysConfirmNothing } from '../../access/person/person.js';
import { ForbiddenError } from '../../errors.js';
import type { SetConfirmNothingInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { requireAnswers } from './answers.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * Sets or removes "confirm nothing". While it is set, look-ups and boards answer as for an unknown person, to everyone but the worker who
 * follows the person (domain, look-up of a person).
 *
 * The worker who follows the person sets it. A worker who follows the same case, or the person's oldest case, removes it. The person sets
 * it online, and does not remove it there. If nobody is assigned, the duty worker sets and removes it for a person whom somebody else has
 * sent to them today. The duty worker answers for each other person of the case that they have opened.
 * @throws NotFoundError for a person not known to the viewer, or a named person who is not of the case; ForbiddenError to anyone else who
 * knows them; InvalidInputError answerEach
 */
export async function setConfirmNothing(
  op: Operation,
  input: SetConfirmNothingInput,
): Promise<PersonRow | null> {
  const id = await once(op, 'setConfirmNothing', input, async () => {
    const person = await requireTried(op, 'SET_CONFIRM_NOTHING', input.personId, 'input.personId');
    if (!saysConfirmNothing(op.viewer, person, input.confirmNothing)) throw new ForbiddenError();
    if (!(await say(op, person.id, input.confirmNothing))) throw new ForbiddenError();
    const also = await requireAnswers(op, 'SET_CONFIRM_NOTHING', input, {
      personId: person.id,
      caseId: null,
      each: !person.reach.follows && !person.reach.self,
      unfollowed: false,
    });
    for (const id of also) if (!(await say(op, id, input.confirmNothing))) throw new ForbiddenError();
    return person.id;
  });
  return loadPerson(op, id);
}

/** Says it of the person, if the viewer may. Returns whether they may. */
async function say(op: Operation, personId: string, on: boolean): Promise<boolean> {
  const [said] = await op.tx.rows<{
    done: boolean;
  }>`select set_confirm_nothing(${personId}::uuid, ${on}) as done`;
  return said?.done === true;
}
