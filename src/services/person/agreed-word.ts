import { saysAgreedWord } from '../../access/person/person.js';
import { ForbiddenError, InvalidInputError } from '../../errors.js';
import type { SetAgreedWordInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { optionalText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

const SHORTEST_WORD = 4;

/**
 * Returns a keyed hash of a word, as it is said aloud: without accents, capitals, spaces or signs. Null for no word.
 * @throws InvalidInputError naming the field: tooLong, or agreedWord for fewer than four letters and figures
 */
export function hashOfWord(
  op: Operation,
  field: string,
  word: string | null | undefined,
): Uint8Array<ArrayBuffer> | null {
  const text = optionalText(field, word, LONGEST.agreedWord);
  if (text === null) return null;
  const said = text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  if (said.length < SHORTEST_WORD) throw new InvalidInputError(field, 'agreedWord');
  return new Uint8Array(op.vault.fingerprint(`agreed-word:${said}`));
}

/**
 * Sets or removes (null) the word that calls the duty worker where nothing is confirmed of a person. The worker who follows the person
 * agrees on it with them. The person may remove it online, and sets none there: somebody else may hold their telephone. A keyed hash is
 * kept, and the word is never shown again (domain, "confirm nothing").
 * @throws NotFoundError for a person not known to the viewer; ForbiddenError to anyone else who knows them; InvalidInputError agreedWord
 */
export async function setAgreedWord(op: Operation, input: SetAgreedWordInput): Promise<PersonRow | null> {
  const id = await once(op, 'setAgreedWord', input, async () => {
    const person = await requireTried(op, 'SET_AGREED_WORD', input.personId, 'input.personId');
    const hash = hashOfWord(op, 'input.word', input.word);
    if (!saysAgreedWord(op.viewer, person, hash === null)) throw new ForbiddenError();
    const [said] = await op.tx.rows<{
      done: boolean;
    }>`select say_agreed_word(${person.id}::uuid, ${hash}::bytea) as done`;
    if (said?.done !== true) throw new ForbiddenError();
    return person.id;
  });
  return loadPerson(op, id);
}
