import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import type { Calendar } from './calendar.js';
import { makePersonName, type PersonName } from './content/people.js';
import type { Random } from './content/random.js';
import type { Directory } from './directory.js';
import { COMMUNES } from './reference/communes.js';
import { makePersonReference, neverTwice } from './references.js';
import { makeIds, type Row, streamOf } from './rows.js';

/** The login of the person `person.sevran`. */
export const PERSON_LOGIN = 'person.sevran';

export interface SeedPerson {
  readonly id: string;
  readonly district: string;
  /** The day on which the service first recorded something of the person. */
  readonly since: number;
  readonly displayName: string | null;
  readonly row: Row;
  readonly address: Row | null;
}

export interface PersonWishes {
  readonly district: string;
  readonly since: number;
  readonly sensitiveFile?: boolean;
  /** A person who lives at the same place, and often has the same family name. */
  readonly partner?: SeedPerson;
  /** True for the person of the demo login, who always has a full name and a telephone. */
  readonly isDemoLogin?: boolean;
}

const STREETS = [
  'rue des Acacias',
  'allée des Bouleaux',
  'rue du Canal',
  'avenue des Cerisiers',
  'rue des Écoles',
  'impasse du Four',
  'rue de la Gare',
  'avenue du Stade',
  'rue des Jardins',
  'place du Lavoir',
  'rue des Lilas',
  'rue du Marché',
  'allée des Merisiers',
  'rue des Noyers',
  'boulevard du Parc',
  'rue des Peupliers',
  'rue du Pont',
  'sente des Prés',
  'rue de la République',
  'allée des Sources',
  'avenue de la Victoire',
  'rue des Vignes',
] as const;

const ADDRESS_SHARE = 0.7;
const CONFIDENTIAL_SHARE = 0.08;
const PHONE_SHARE = 0.75;

/**
 * Makes a function that draws persons one after the other.
 * @param given references of persons that are taken; the new ones are added
 */
export function makePersonFactory(
  calendar: Calendar,
  directory: Directory,
  part: string,
  given: Set<string>,
): (wishes: PersonWishes) => SeedPerson {
  const random = streamOf('persons', part);
  const nextId = makeIds('person', part);
  const nextReference = neverTwice(() => makePersonReference(random), given);
  return (wishes) => {
    const id = nextId();
    const name = drawName(random, wishes);
    const address = drawAddress(random, directory, id, name, wishes);
    const phone = wishes.isDemoLogin || random.chance(PHONE_SHARE) ? drawPhone(random) : null;
    const reference = nextReference();
    const birthDate = drawBirthDate(random, name);
    const safeContact = drawSafeContact(random, name.kind === 'ANONYMOUS' ? null : phone, address);
    return {
      id,
      district: wishes.district,
      since: wishes.since,
      displayName: name.displayName,
      row: {
        id,
        district_id: directory.districtId(wishes.district),
        reference,
        given_name: name.givenName,
        family_name: name.familyName,
        chosen_name: name.chosenName,
        birth_date: birthDate,
        phone: name.kind === 'ANONYMOUS' ? null : phone,
        // Some persons who are sent a text also have a mail address. It follows from the reference and takes no draw.
        email:
          safeContact === 'NEUTRAL_TEXT' && /[A-M]$/.test(reference)
            ? `${reference.toLowerCase()}@example.org`
            : null,
        safe_contact: safeContact,
        sensitive_file: wishes.sensitiveFile ?? false,
        created_at: calendar.instant(calendar.workingDay(wishes.since), 9 * 60),
      },
      address,
    };
  };
}

export function makePersonAccounts(person: SeedPerson): Row[] {
  return [
    {
      id: makeIds('person-account')(),
      person_id: person.id,
      issuer: DEVELOPMENT_ISSUER,
      subject: PERSON_LOGIN,
    },
  ];
}

/** Makes the receipts of notices. The short notice is read out when a person first comes. Some persons ask for the full one. */
export function makeNoticeReceipts(
  calendar: Calendar,
  directory: Directory,
  part: string,
  persons: readonly SeedPerson[],
  notices: readonly Row[],
): Row[] {
  const random = streamOf('notice-receipts', part);
  const nextId = makeIds('notice-receipt', part);
  const noticeId = (kind: string): string =>
    notices.find((notice) => notice['kind'] === kind)?.['id'] as string;
  return persons.flatMap((person) => {
    if (!random.chance(0.45)) return [];
    const full = random.chance(0.25);
    const receptionist = random.pick(directory.receptionists(person.district));
    return [
      {
        id: nextId(),
        person_id: person.id,
        notice_id: noticeId(full ? 'FULL' : 'SHORT'),
        channel: full ? random.pick(['PAPER', 'ONLINE']) : 'ORAL',
        given_at: calendar.instant(calendar.workingDay(person.since), 9 * 60 + random.int(1, 30)),
        stated_by_id: directory.workerId(receptionist),
      },
    ];
  });
}

function drawName(random: Random, { partner, isDemoLogin }: PersonWishes): PersonName {
  let name = makePersonName(random);
  while (isDemoLogin && (name.kind !== 'FULL' || name.chosenName !== null)) name = makePersonName(random);
  const shared = partner?.row['family_name'];
  if (name.kind !== 'FULL' || typeof shared !== 'string' || !random.chance(0.6)) return name;
  return { ...name, familyName: shared, displayName: `${name.chosenName ?? name.givenName} ${shared}` };
}

function drawAddress(
  random: Random,
  directory: Directory,
  personId: string,
  { kind }: PersonName,
  { district, partner, isDemoLogin }: PersonWishes,
): Row | null {
  const confidential = !isDemoLogin && random.chance(CONFIDENTIAL_SHARE);
  if (partner !== undefined) {
    const shared = partner.address;
    return shared === null ? null : { ...shared, person_id: personId };
  }
  // Persons who gave no name gave no address. So a few more of the others have one.
  if (kind === 'ANONYMOUS' || !(isDemoLogin || random.chance(ADDRESS_SHARE + 0.02))) return null;
  const code = random.pick(directory.district(district).servedInseeCodes);
  const commune = COMMUNES.find(({ inseeCode }) => inseeCode === code);
  return {
    person_id: personId,
    line: `${random.int(1, 120)} ${random.pick(STREETS)}`,
    postal_code: commune === undefined ? null : random.pick(commune.postalCodes),
    city: commune?.name ?? null,
    confidential,
  };
}

/** Draws the birth date of an adult. The dates are fixed days. Many persons do not say theirs. */
function drawBirthDate(random: Random, { kind }: PersonName): string | null {
  const date = `${random.int(1940, 2004)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
  const share = { FULL: 0.85, CHOSEN: 0.3, ANONYMOUS: 0 }[kind];
  return random.chance(share) ? date : null;
}

/** Draws a telephone number in the 06 39 98 block that ARCEP reserves for fiction. */
function drawPhone(random: Random): string {
  return `06 39 98 ${two(random.int(0, 99))} ${two(random.int(0, 99))}`;
}

function drawSafeContact(random: Random, phone: string | null, address: Row | null): string {
  const share = random.next();
  if (phone !== null) {
    if (share < 0.4) return 'VOICE_TO_ME_ONLY';
    if (share < 0.7) return 'NEUTRAL_TEXT';
    return share < 0.8 ? 'THROUGH_SOMEONE' : 'NONE';
  }
  return address !== null && address['confidential'] === false && share < 0.3 ? 'LETTER' : 'NONE';
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
