import { printsLetters } from '../../access/person/person.js';
import type { Operation } from '../../operation.js';
import { inWorkshop } from '../../workshop/workshop.js';
import { addressOf, loadDistrict } from '../directory/directory.js';
import { loadLetterAddress } from '../person/addresses.js';
import { displayName, loadPerson } from '../person/persons.js';
import type { ToldText } from './told-texts.js';

/**
 * Writes a letter to a person: PDF in base64, in an envelope that bears their name and an address, and no service. Null unless a letter
 * is the person's channel and there is an address for it: the safe postal address that they named, and then the letter does not say where
 * it comes from or where they are to come; otherwise an open address, if none of theirs is confidential.
 *
 * It is for the desk that prints it, and for the worker who follows the person: it holds the address. A letter to a safe postal address
 * is logged as a reading of that address.
 */
export async function letterTo(
  op: Operation,
  personId: string | null,
  districtId: string,
  text: ToldText | null,
): Promise<string | null> {
  const person = personId === null ? null : await loadPerson(op, personId);
  if (text === null || person === null || !printsLetters(op.viewer, person)) return null;
  if (person.safeContact !== 'LETTER') return null;
  const [address, district] = await Promise.all([
    loadLetterAddress(op, person.id),
    loadDistrict(op, districtId),
  ]);
  if (address === null || district === null) return null;
  if (address.safe) op.log.record('READ_SAFE_ADDRESS', { personId: person.id });
  const city = [address.postalCode, address.city].filter((part) => part !== null).join(' ');
  const letter = {
    to: [displayName(person), ...address.line.split('\n'), city].filter((line) => line !== ''),
    from: address.safe ? null : addressOf(district),
    on: op.now,
    text: address.safe ? text.withoutPlace : text.full,
  };
  return op.afterCommit(() => inWorkshop('letter', letter));
}
