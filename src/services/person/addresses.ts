import { Prisma } from '../../../prisma/generated/client.js';
import { uuids } from '../../access/operation/sql.js';
import {
  type AddressRelation,
  changesIdentity,
  knowsAddress,
  MEETS,
  mayServeUnfollowed,
  type PersonReach,
  whereKnowsAddress,
  whereOfOwnCase,
  whereServesInCase,
} from '../../access/person/person.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  OpenConfidentialAddressInput,
  SetPersonAddressInput,
  SetSafeAddressInput,
} from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId, parseIds, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { requireAnswers, servesUnfollowed } from './answers.js';
import { loadPerson, type PersonRow, requireTried } from './persons.js';

/**
 * An address, with the columns of the case that recorded it, and the viewer's relation to the person, so that the policy judges the row
 * alone.
 */
export interface AddressRow extends AddressRelation {
  readonly reach: PersonReach;
  readonly id: string;
  readonly personId: string;
  readonly caseId: string | null;
  readonly line: string;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly version: number;
}

const ADDRESS = Prisma.sql`a.person_id as "personId", a.case_id as "caseId", a.district_id as "districtId",
  a.assigned_worker_id as "assignedWorkerId", null::uuid as "saidById", a.line, a.postal_code as "postalCode", a.city, a.version`;
const a = Prisma.sql`a`;
/** How many persons one input may name beside its own person, as a case has at most 12 when it is opened. */
const MOST_COVERED = 12;

/**
 * Loads the addresses that the viewer may read, a confidential one first: at most one open address, and one of each case that they
 * follow.
 */
async function loadAddresses(op: Operation, person: PersonRow): Promise<readonly AddressRow[]> {
  const rows = await batched(op, 'address', async (ids) =>
    groupedBy(
      await op.tx.rows<
        Omit<AddressRow, 'reach'>
      >`select a.id, a.confidential, ${ADDRESS}, a.said_by_id as "saidById" from person_address a
        where a.person_id = any (${uuids(ids)}) and ${whereKnowsAddress(op.viewer, a)}
        order by a.confidential desc, a.recorded_at`,
      (found) => found.personId,
    ),
  ).load(person.id);
  return (rows ?? [])
    .map((row) => ({ ...row, reach: person.reach }))
    .filter((row) => knowsAddress(op.viewer, person, row));
}

/**
 * Returns the address, or null: no address, and a confidential one that the viewer may not read, answer alike. A viewer who may read the
 * confidential address gets that one.
 */
export async function loadAddress(op: Operation, person: PersonRow): Promise<AddressRow | null> {
  const [first] = await loadAddresses(op, person);
  return first ?? null;
}

/** Returns the open address; null if there is none. Everyone who knows the person reads it. */
export async function loadOpenAddress(op: Operation, person: PersonRow): Promise<AddressRow | null> {
  const rows = await loadAddresses(op, person);
  return rows.find((row) => !row.confidential) ?? null;
}

/**
 * Returns the case that the input names, if the viewer follows it for this person, or has opened it on duty. If the input names none,
 * returns the oldest of these cases.
 * @throws NotFoundError at `input.caseId`
 */
async function requireFollowedCase(
  op: Operation,
  personId: string,
  id: string | null | undefined,
): Promise<string> {
  const named = id == null ? null : parseId(id);
  const [found] =
    id != null && named === null
      ? []
      : await op.tx.rows<{ id: string }>`select c.id from case_person cp join "case" c on c.id = cp.case_id
          where cp.person_id = ${personId}::uuid
            and (${whereOfOwnCase(op.viewer, Prisma.sql`cp`)} or ${whereServesInCase(op.viewer, Prisma.sql`cp`)})
            and (${named}::uuid is null or c.id = ${named}::uuid) order by c.opened_at, c.id limit 1`;
  if (found === undefined) throw new NotFoundError('input.caseId');
  return found.id;
}

interface Written {
  readonly line: string;
  readonly postalCode: string | null;
  readonly city: string | null;
}

/**
 * Sets the address that the viewer reads, or removes it. A confidential address is a row of its own, and belongs to the case of the worker
 * who writes it. It covers the person, and those whom the input names. A viewer who does not read it writes an open address beside it, and
 * gets the answer that there was none. Whoever may write an open address may remove it, so an address that is gone tells nothing. A worker
 * who makes a confidential address open removes only that of their own case.
 *
 * While nobody is assigned, the duty worker writes a confidential address in the case that they have opened. They answer for each other
 * person of the case, and read what they wrote until somebody is assigned.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED, STATE_CHANGED if a named person has another
 * confidential address of the case
 */
export async function setAddress(op: Operation, input: SetPersonAddressInput): Promise<PersonRow | null> {
  const id = await once(op, 'setPersonAddress', input, async () => {
    const person = await requireTried(op, 'UPDATE_PERSON', input.personId, 'input.personId');
    const isNamed = (input.alsoFor ?? []).length + (input.notFor ?? []).length > 0;
    const onDuty =
      input.confidential &&
      !person.reach.follows &&
      mayServeUnfollowed(op.viewer, person) &&
      (await servesUnfollowed(op, person.id));
    if (!onDuty && !changesIdentity(op.viewer, person)) throw new ForbiddenError();
    if (!onDuty && (input.confidential || isNamed) && !person.reach.follows) throw new ForbiddenError();
    if (input.line === undefined) throw new InvalidInputError('input.line', 'required');
    const written = input.line === null ? null : requireAddress(input, input.line);
    if (isNamed && (written === null || !input.confidential))
      throw new InvalidInputError('input.alsoFor', 'confidentialOnly');
    const named = input.caseId == null ? null : await requireFollowedCase(op, person.id, input.caseId);
    const found = (await loadAddresses(op, person)).filter(
      (row) => !row.confidential || named === null || row.caseId === named,
    );
    const read =
      (written === null ? found.find((row) => row.confidential === input.confidential) : found[0]) ?? null;
    if ((read?.version ?? 0) !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    if (written === null) {
      if (read !== null) await remove(op, read);
      return person.id;
    }
    const caseId = input.confidential
      ? (named ?? read?.caseId ?? (await requireFollowedCase(op, person.id, null)))
      : null;
    const covered =
      caseId === null ? null : await requireCoverable(op, input, { person, caseId, written, read, onDuty });
    if (read !== null && read.confidential === input.confidential) await change(op, read, written);
    else await replace(op, person.id, read, { ...written, caseId });
    if (covered !== null) await cover(op, covered);
    return person.id;
  });
  return loadPerson(op, id);
}

function requireAddress(input: SetPersonAddressInput, line: string): Written {
  return {
    line: requireText('input.line', line, LONGEST.street),
    postalCode: optionalText('input.postalCode', input.postalCode, LONGEST.postalCode),
    city: optionalText('input.city', input.city, LONGEST.name),
  };
}

/** The other persons that the address covers: those with a yes, and those who have the address that is changed. */
interface Covered {
  readonly caseId: string;
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly written: Written;
  readonly before: AddressRow | null;
}

/** The SQL condition for an address that is the same, letter by letter. */
function whereIs({ line, postalCode, city }: Written): Prisma.Sql {
  return Prisma.sql`((a.line, a.postal_code, a.city) is not distinct from (${line}, ${postalCode}::text, ${city}::text))`;
}

/**
 * Returns the other persons whom the address covers. Each named person is of the case. It is a conflict if one has another confidential
 * address of the case: that address stays, since nobody has read it here.
 * @throws as `requireAnswers`; InvalidInputError tooMany; ConflictError STATE_CHANGED
 */
async function requireCoverable(
  op: Operation,
  input: SetPersonAddressInput,
  of: {
    readonly person: PersonRow;
    readonly caseId: string;
    readonly written: Written;
    readonly read: AddressRow | null;
    readonly onDuty: boolean;
  },
): Promise<Covered> {
  const { caseId, written } = of;
  const others = (ids: readonly string[] | null | undefined): string[] =>
    (ids ?? []).filter((id) => parseId(id) !== of.person.id);
  const answers = { alsoFor: others(input.alsoFor), notFor: others(input.notFor) };
  if (answers.alsoFor.length > MOST_COVERED) throw new InvalidInputError('input.alsoFor', 'tooMany');
  const asked = { personId: of.person.id, caseId, each: of.onDuty, unfollowed: true };
  const yes = await requireAnswers(op, 'UPDATE_PERSON', answers, asked);
  const before = of.read?.confidential === true ? of.read : null;
  if (yes.length > 0) {
    const kept = await op.tx.rows`select from person_address a
      where a.case_id = ${caseId}::uuid and a.confidential and a.person_id = any (${uuids(yes)})
        and not ${whereIs(written)} and not ${before === null ? Prisma.sql`false` : whereIs(before)}`;
    if (kept.length > 0) throw new ConflictError('STATE_CHANGED');
  }
  return { caseId, yes, no: parseIds(answers.notFor), written, before };
}

async function remove(op: Operation, read: AddressRow): Promise<void> {
  const gone = await op.tx.run`delete from person_address a
    where a.id = ${read.id}::uuid and a.version = ${read.version} and ${whereKnowsAddress(op.viewer, a)}`;
  if (gone === 0) throw new ConflictError('VERSION_CHANGED');
}

async function change(op: Operation, read: AddressRow, to: Written): Promise<void> {
  const changed = await op.tx
    .run`update person_address a set line = ${to.line}, postal_code = ${to.postalCode}, city = ${to.city}, version = ${read.version + 1}
      where a.id = ${read.id}::uuid and a.version = ${read.version} and ${whereKnowsAddress(op.viewer, a)}`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
}

/** Writes an open address in place of a confidential one, or the other way round; the one that was read goes. */
async function replace(
  op: Operation,
  personId: string,
  read: AddressRow | null,
  to: Written & { readonly caseId: string | null },
): Promise<void> {
  if (read !== null) {
    await op.tx.run`delete from person_address a where a.person_id = ${personId}::uuid
      and (not a.confidential or a.case_id = ${read.caseId}::uuid) and ${whereKnowsAddress(op.viewer, a)}`;
  }
  const inserted = await op.tx
    .run`insert into person_address (person_id, line, postal_code, city, confidential, case_id, version)
      values (${personId}::uuid, ${to.line}, ${to.postalCode}, ${to.city}, ${to.caseId !== null}, ${to.caseId}::uuid,
        ${(read?.version ?? 0) + 1})
      on conflict do nothing`;
  if (inserted === 0) throw new ConflictError('VERSION_CHANGED');
}

/**
 * Gives the confidential address to the persons with a yes, and takes it from those with a no. The persons of the case who had the address
 * that was changed move along.
 */
async function cover(op: Operation, of: Covered): Promise<void> {
  const { line, postalCode, city } = of.written;
  if (of.before !== null) {
    await op.tx
      .run`update person_address a set line = ${line}, postal_code = ${postalCode}, city = ${city}, version = a.version + 1
        where a.case_id = ${of.caseId}::uuid and a.confidential and a.id <> ${of.before.id}::uuid
          and ${whereIs(of.before)} and not ${whereIs(of.written)} and ${whereKnowsAddress(op.viewer, a)}`;
  }
  if (of.no.length > 0)
    await op.tx
      .run`delete from person_address a where a.case_id = ${of.caseId}::uuid and a.person_id = any (${uuids(of.no)})
      and a.confidential and ${whereKnowsAddress(op.viewer, a)}`;
  if (of.yes.length === 0) return;
  await op.tx.run`insert into person_address (person_id, line, postal_code, city, confidential, case_id)
    select named, ${line}, ${postalCode}, ${city}, true, ${of.caseId}::uuid from unnest(${uuids(of.yes)}) named
    on conflict do nothing`;
}

/** The grounds on which the duty worker (while nobody is assigned) and a stand-in read a confidential address. */
export const ADDRESS_GROUNDS = ['DANGER', 'PERSON_ASKS', 'HOME_VISIT'] as const;
/** One of `ADDRESS_GROUNDS`. */
export type AddressGround = (typeof ADDRESS_GROUNDS)[number];

const READ_ON = {
  DANGER: 'READ_ADDRESS_FOR_DANGER',
  PERSON_ASKS: 'READ_ADDRESS_AT_THEIR_REQUEST',
  HOME_VISIT: 'READ_ADDRESS_FOR_A_VISIT',
} as const;

const NO_REACH: PersonReach = { ...MEETS, meets: false };

/**
 * Opens the confidential address of a person for the duty worker, if the desk has sent the person to them today, and nobody is assigned
 * to the case that recorded it. The ground is logged. For a person who called, only the ground of danger opens it. It also opens for the
 * stand-in of the assigned worker, who is told: for three cases a day, and for any number in case of danger.
 * @throws NotFoundError at `input.personId`, alike for a person who was not sent to the viewer, who has no such address, whose case
 * has an assigned worker for whom the viewer does not stand in, or after three cases in a day
 */
export async function openConfidentialAddress(
  op: Operation,
  input: OpenConfidentialAddressInput,
): Promise<AddressRow> {
  const person = await loadPerson(op, input.personId);
  op.log.record(READ_ON[input.ground], { personId: person?.id ?? null });
  const [row] =
    person === null
      ? []
      : await op.tx.rows<Omit<AddressRow, 'reach'>>`select a.person_id as "personId", a.case_id as "caseId",
          a.district_id as "districtId", a.line, a.postal_code as "postalCode", a.city, a.version
          from address_on_duty(${person.id}::uuid, ${input.ground}) a`;
  if (row === undefined) throw new NotFoundError('input.personId');
  op.log.record(READ_ON[input.ground], { caseId: row.caseId });
  return { ...row, assignedWorkerId: null, confidential: true, onGround: true, reach: NO_REACH };
}

/** Returns the safe postal address, for the worker who follows the case that recorded it; otherwise null. */
export async function loadSafeAddress(op: Operation, person: PersonRow): Promise<AddressRow | null> {
  const rows = await batched(op, 'safe-address', async (ids) =>
    groupedBy(
      await op.tx.rows<
        Omit<AddressRow, 'reach' | 'id'>
      >`select true as confidential, ${ADDRESS} from safe_address a
        where a.person_id = any (${uuids(ids)}) and ${whereOfOwnCase(op.viewer, a)}
        order by a.recorded_at desc`,
      (found) => found.personId,
    ),
  ).load(person.id);
  const row = (rows ?? [])
    .map((found) => ({ ...found, id: found.personId, safe: true, reach: person.reach }))
    .find((found) => knowsAddress(op.viewer, person, found));
  return row ?? null;
}

/**
 * Sets the address to which letters go, as the person named it, for the worker who follows the person. It belongs to the case that
 * records it. If another case keeps the person's address confidential, letters go to that case's safe address. What a stand-in or the
 * worker of a second case says waits (`contact-words.ts`).
 * @throws NotFoundError; ForbiddenError to a viewer who does not follow the person; InvalidInputError; ConflictError VERSION_CHANGED
 */
export async function setSafeAddress(op: Operation, input: SetSafeAddressInput): Promise<PersonRow | null> {
  const id = await once(op, 'setSafeAddress', input, async () => {
    const person = await requireTried(op, 'SET_SAFE_ADDRESS', input.personId, 'input.personId');
    if (!changesIdentity(op.viewer, person) || !person.reach.follows) throw new ForbiddenError();
    const line = optionalText('input.line', input.line, LONGEST.street);
    const postalCode = optionalText('input.postalCode', input.postalCode, LONGEST.postalCode);
    const city = optionalText('input.city', input.city, LONGEST.name);
    const caseId = await requireFollowedCase(op, person.id, input.caseId);
    const [said] = await op.tx.rows<{ done: boolean }>`select say_safe_address(${person.id}::uuid,
      ${caseId}::uuid, ${input.expectedVersion}::integer, ${line}, ${postalCode}, ${city}) as done`;
    if (said?.done !== true) throw new ConflictError('VERSION_CHANGED');
    return person.id;
  });
  return loadPerson(op, id);
}

/** The address to which a letter goes: the safe postal address; otherwise an open address, if no address is confidential. */
export interface LetterAddress {
  readonly personId: string;
  readonly line: string;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly safe: boolean;
}

/** Returns the address for a letter to a person the viewer may reach; null means that no letter is sent. */
export function loadLetterAddress(op: Operation, personId: string): Promise<LetterAddress | null> {
  return batched(op, 'letter-address', async (ids) =>
    byKey(
      await op.tx
        .rows<LetterAddress>`select i.id as "personId", l.line, l.postal_code as "postalCode", l.city, l.safe
        from unnest(${uuids(ids)}) i(id) cross join lateral letter_address_for_viewer(i.id) l`,
      (found) => found.personId,
    ),
  ).load(personId);
}
