import { randomUUID } from 'node:crypto';
import { sendsBlindMessages } from '../../access/reception/reception.js';
import { ForbiddenError } from '../../errors.js';
import type { SendBlindMessageInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { sealText } from '../../vault/sealed-text.js';
import { once } from '../operation/idempotency.js';
import { requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { thingsSaid } from '../person/persons.js';
import { BLIND_MESSAGE, type Sentence } from './sentences.js';

/**
 * Sends a message to the worker who follows a person, without telling whether there is one ("confirm nothing", domain). The database
 * finds the person named, in the whole county, and the assigned workers and their stand-ins. The answer is the same sentence for
 * everyone. It counts as a look-up.
 * @param input the full name, one thing that is said of the person, and a text of at most 500 characters
 * @throws ForbiddenError unless the viewer is a technical adviser, or a social worker who got a visitor or a call from the desk today;
 * InvalidInputError lookUpOneThing, tooLong, blank; RateLimitedError when the hour's look-ups are spent
 */
export async function sendBlindMessage(op: Operation, input: SendBlindMessageInput): Promise<Sentence> {
  await once(op, 'sendBlindMessage', input, async () => {
    const lookedUp = op.log.attempt('LOOK_UP_PERSON');
    const sent = op.log.attempt('SEND_BLIND_MESSAGE');
    const [duty] = await op.tx.rows<{ may: boolean }>`select may_send_blind_message() as may`;
    if (!sendsBlindMessages(op.viewer) || duty?.may !== true) throw new ForbiddenError();
    const name = requireText('input.fullName', input.fullName, LONGEST.fullName);
    const { birthYear, reference, phone } = thingsSaid(input);
    const text = requireText('input.text', input.text, LONGEST.message);
    // It is sealed before anyone knows whether there is a reader, so the time does not tell.
    const textId = randomUUID();
    const sealed = await sealText(op.vault, 'message_text', textId, text);
    const persons = await oneLookUp(
      op,
      `blind ${JSON.stringify(input)}`,
      'input',
      op.tx.rows<{ personId: string }>`
        select send_blind_message(${name}, ${birthYear}::integer, ${reference}, ${phone}, ${textId}::uuid,
          ${sealed.body}::bytea, ${sealed.masterKeyId}, ${sealed.wrapped}::bytea) as "personId"`,
    );
    for (const { personId } of persons) {
      lookedUp({ personId });
      sent({ personId });
    }
    return randomUUID();
  });
  return BLIND_MESSAGE;
}
