import { InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { loadPlacesOfDistrict } from '../directory/directory.js';
import { optionalText } from '../operation/input.js';

/** The words of a number, without accents, also inside of a longer word. « Un » and « cent » are in too many words, and count nothing. */
const NUMERALS =
  /zero|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|soixante|octante|nonante/gu;
/** What leads away from the service: a mail address, an address on the web. */
const LEADS_AWAY = /@|:\/\/|\bwww\b|[\p{L}\p{N}-]{2,}[.。]\p{L}{2,}/u;
/** A postal code and its commune. */
const POSTAL_CODE = /(?<![\p{L}\p{N}])\d{5}(?= +\p{L})/u;

/** Returns the text as it is read: without invisible characters, full-width forms, circles and accents. */
const asRead = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase();

/**
 * True if a typed place may hold a telephone number, or leads to another address. A number is counted, and not recognised: digits of any
 * script and numerals, wherever they stand, but for one postal code before its commune.
 * @param digits the most digits that a place has: less than a number that can be called
 */
export function callsElsewhere(place: string, digits: number): boolean {
  const text = asRead(place);
  if (LEADS_AWAY.test(text)) return true;
  const counted = text.replace(POSTAL_CODE, ' ');
  return (counted.match(/\p{N}/gu)?.length ?? 0) + (counted.match(NUMERALS)?.length ?? 0) > digits;
}

/** The most digits of a place that is on public pages: the shortest number that can be called, but for those of emergencies, has four. */
export const DIGITS_OF_HOURS = 3;
/** The most digits of a place that only its few readers read (decision 0077): a street number, a building, a door. */
export const DIGITS_OF_APPOINTMENT = 8;

/**
 * Returns the place that an input gives, null for none. A place of the district's list is anybody's choice. Another one is typed only by the
 * worker whose hours or appointment it is.
 * @throws InvalidInputError listedPlace for somebody else's; placeCalls for one that may hold a telephone number or leads elsewhere
 */
export async function requirePlace(
  op: Operation,
  input: { readonly districtId: string; readonly place?: string | null | undefined },
  of: { readonly workerIds: readonly string[]; readonly longest: number; readonly digits: number },
): Promise<string | null> {
  const place = optionalText('input.place', input.place, of.longest);
  if (place === null || (await loadPlacesOfDistrict(op, input.districtId)).includes(place)) return place;
  if (!of.workerIds.includes(op.viewer.workerId ?? ''))
    throw new InvalidInputError('input.place', 'listedPlace');
  if (callsElsewhere(place, of.digits)) throw new InvalidInputError('input.place', 'placeCalls');
  return place;
}
