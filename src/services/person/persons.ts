import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Prisma } from '../../../prisma/generated/client.js';
import type { NoticeChannel, SafeContact } from '../../../prisma/generated/enums.js';
import {
  type CaseRelation,
  enteredIt,
  whereEnteredIt,
  whereFollowsCase,
  whereHasInQueue,
} from '../../access/case/case.js';
import { anyOf, uuids } from '../../access/operation/sql.js';
import {
  changesIdentity,
  FOLLOWS,
  givesNotice,
  knowsName,
  looksUpPersons,
  MEETS,
  meetsPersons,
  type PersonReach,
  registersIn,
  SELF,
  selectReach,
  whereFollowsThrough,
} from '../../access/person/person.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  GiveNoticeInput,
  PersonLookUpInput,
  RegisterPersonInput,
  UpdatePersonInput,
} from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { districtsAs, isSuspended } from '../../viewer.js';
import { loadNotice } from '../data-protection/privacy-notices.js';
import { once } from '../operation/idempotency.js';
import { optionalText, parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { dayInParis } from '../operation/period.js';
import { type Communication, cleanCommunication } from './communication-input.js';

/** A person, with the viewer's relation to them, so that the policy judges the row alone. */
export interface PersonRow extends Communication {
  readonly id: string;
  readonly districtId: string;
  readonly reference: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly chosenName: string | null;
  readonly birthDate: Date | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly safeContact: SafeContact;
  /** True if the person counts as unknown to everyone but the worker who follows them. */
  readonly confirmNothing: boolean;
  /** True if every channel is closed until the worker who follows the person says otherwise. */
  readonly contactSuspended: boolean;
  /** The person objects to statistics (GDPR art. 21): nothing about them is counted. */
  readonly objectsToStatistics: boolean;
  /** True if the person was booked online by a name alone, and no worker has looked at it since. */
  readonly provisional: boolean;
  readonly version: number;
  readonly reach: PersonReach;
}

const PERSON = Prisma.sql`p.id, p.district_id as "districtId", p.reference, p.given_name as "givenName",
  p.family_name as "familyName", p.chosen_name as "chosenName", p.birth_date as "birthDate", p.phone, p.email,
  p.safe_contact::text as "safeContact", p.contact_suspended_at is not null as "contactSuspended",
  p.confirm_nothing as "confirmNothing",
  p.statistics_objection_on is not null as "objectsToStatistics", p.provisional, p.language,
  p.communication_needs::text[] as "communicationNeeds", p.version`;

/** Returns the chosen name, else the full name, else a neutral word: a person may come under no name at all. */
export function displayName(names: {
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly chosenName: string | null;
}): string {
  const full = [names.givenName, names.familyName].filter((name) => name !== null).join(' ');
  return names.chosenName ?? (full === '' ? 'Personne sans nom' : full);
}

/** The columns of a person whose contact is not open to the viewer: the name, and empty values for the rest. */
const NAME_ALONE = Prisma.sql`m.id, null::uuid as "districtId", null as reference, m.given_name as "givenName",
  m.family_name as "familyName", m.chosen_name as "chosenName", null::date as "birthDate", null as phone, null as email,
  'NONE' as "safeContact", false as "contactSuspended", false as "confirmNothing", false as "objectsToStatistics", false as provisional, null as language,
  '{}'::text[] as "communicationNeeds", 0 as version, ${JSON.stringify(MEETS)}::jsonb as reach`;

/** The columns of the viewer's own person while contact is suspended: the name, and no sign of anything else. */
const OWN_NAME = Prisma.sql`m.id, null::uuid as "districtId", null as reference, m.given_name as "givenName",
  m.family_name as "familyName", m.chosen_name as "chosenName", null::date as "birthDate", null as phone, null as email,
  null as "safeContact", null::boolean as "contactSuspended", null::boolean as "confirmNothing",
  null::boolean as "objectsToStatistics", null::boolean as provisional, null as language, null::text[] as "communicationNeeds",
  null::integer as version, ${JSON.stringify(SELF)}::jsonb as reach`;

/** Merges the full rows and the rows with the name alone, which stand only where there is no full row; by id. */
function namesLast<Row extends { readonly id: string; readonly reach: PersonReach }>(
  rows: readonly Row[],
): readonly Row[] {
  const open = new Set(rows.filter(({ reach }) => !reach.meets).map(({ id }) => id));
  return rows.filter(({ id, reach }) => !reach.meets || !open.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function personsById(op: Operation) {
  if (isSuspended(op.viewer))
    return batched(op, 'own-name', async (ids) =>
      byKey(
        await op.tx.rows<PersonRow>`select ${OWN_NAME} from names_of_met(${uuids(ids)}) m`,
        (found) => found.id,
      ),
    );
  return batched(op, 'person', async (ids) =>
    byKey(
      namesLast(
        await op.tx.rows<PersonRow>`select ${PERSON}, ${selectReach(op.viewer)} as reach from person p
          where p.id = any (${uuids(ids)})
          union all select ${NAME_ALONE} from names_of_met(${meetsPersons(op.viewer) ? uuids(ids) : uuids([])}) m`,
      ),
      (found) => found.id,
    ),
  );
}

function ifKnown(op: Operation, row: PersonRow | null): PersonRow | null {
  if (row === null || !knowsName(op.viewer, row)) return null;
  op.log.record('READ_PERSON', { personId: row.id });
  return row;
}

/** Returns a person whose name the viewer may know, or null: a missing and a forbidden person answer alike. */
export async function loadPerson(op: Operation, id: string): Promise<PersonRow | null> {
  const key = parseId(id);
  return key === null ? null : ifKnown(op, await personsById(op).load(key));
}

/**
 * Returns the id of a person the viewer may book, or record as present.
 * @throws NotFoundError at `input.personId`: a missing and a forbidden person answer alike
 */
export async function requireBookable(op: Operation, id: string): Promise<string> {
  const key = parseId(id);
  const [known] = key === null ? [] : await op.tx.rows`select where may_book_person(${key}::uuid)`;
  if (key === null || known === undefined) throw new NotFoundError('input.personId');
  return key;
}

/**
 * Lists the persons of the case, for the worker who follows it and the head of its district. The worker who opened it gets the persons
 * they named, by name.
 */
export async function loadPersonsOfCase(
  op: Operation,
  row: CaseRelation & { readonly id: string },
): Promise<readonly PersonRow[]> {
  const cp = Prisma.sql`cp`;
  if (enteredIt(op.viewer, row)) {
    const named = await batched(op, 'persons-entered', async (ids) =>
      groupedBy(
        await op.tx.rows<{ caseId: string; id: string }>`
          select cp.case_id as "caseId", cp.person_id as id from case_person cp
          where cp.case_id = any (${uuids(ids)}) and ${whereEnteredIt(op.viewer, cp)} order by cp.person_id`,
        (found) => found.caseId,
      ),
    ).load(row.id);
    const persons = await Promise.all((named ?? []).map(({ id }) => loadPerson(op, id)));
    return persons.filter((person) => person !== null);
  }
  const heads = districtsAs(op.viewer, 'DISTRICT_HEAD');
  // A viewer who heads no district finds here only the persons of the cases that they follow.
  const follows = heads.length === 0 ? FOLLOWS : whereFollowsThrough(op.viewer, cp);
  const rows = await batched(op, 'persons-of-case', async (ids) =>
    groupedBy(
      await op.tx.rows<PersonRow & { caseId: string }>`
        select cp.case_id as "caseId", ${PERSON}, ${selectReach(op.viewer, follows)} as reach
        from case_person cp join person p on p.id = cp.person_id where cp.case_id = any (${uuids(ids)})
          and ${anyOf([whereFollowsCase(op.viewer, cp), Prisma.sql`cp.district_id = any (${uuids(heads)})`])}
        order by p.id`,
      (row) => row.caseId,
    ),
  ).load(row.id);
  return (rows ?? []).filter((person) => ifKnown(op, person) !== null);
}

/** Lists the persons of the appointment. */
export async function loadPersonsOfAppointment(
  op: Operation,
  appointmentId: string,
): Promise<readonly PersonRow[]> {
  const rows = await batched(op, 'persons-of-appointment', async (ids) =>
    groupedBy(
      await op.tx.rows<PersonRow & { appointmentId: string }>`
        select ap.appointment_id as "appointmentId", ${PERSON}, ${selectReach(op.viewer)} as reach
        from appointment_person ap join person p on p.id = ap.person_id
        where ap.appointment_id = any (${uuids(ids)})
        union all select m.appointment_id, ${NAME_ALONE} from names_at_appointments(${uuids(ids)}) m`,
      (row) => row.appointmentId,
    ),
  ).load(appointmentId);
  return namesLast(rows ?? []).filter((row) => ifKnown(op, row) !== null);
}

/** Lists the ids of the cases that the person sees online, newest first; at most 20. */
export async function loadCaseIdsOfPerson(op: Operation, personId: string): Promise<readonly string[]> {
  const rows = await batched(op, 'cases-of-person', async (ids) =>
    groupedBy(
      await op.tx.rows<{ personId: string; caseId: string }>`
        select cp.person_id as "personId", cp.case_id as "caseId" from case_person cp join "case" c on c.id = cp.case_id
        where cp.person_id = any (${uuids(ids)}) and ${whereHasInQueue(op.viewer, Prisma.sql`c`)} order by c.opened_at desc, c.id limit ${20 * ids.length}`,
      (row) => row.personId,
    ),
  ).load(personId);
  return (rows ?? []).slice(0, 20).map((row) => row.caseId);
}

/** A result of a look-up: no fact of any case. */
export interface PersonMatch {
  readonly id: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly chosenName: string | null;
  readonly birthYear: number | null;
  readonly reference: string;
}

/**
 * Returns the things that the person says beside the name, one at least.
 * @throws InvalidInputError lookUpOneThing
 */
export function thingsSaid(input: PersonLookUpInput): {
  readonly birthYear: number | null;
  readonly reference: string | null;
  readonly phone: string | null;
} {
  const birthYear = input.birthYear ?? null;
  const reference =
    optionalText('input.reference', input.reference, LONGEST.reference)?.toUpperCase() ?? null;
  const phone = optionalText('input.phone', input.phone, LONGEST.phone);
  const said = [birthYear, reference, phone].filter((thing) => thing !== null);
  if (said.length === 0 || (phone !== null && phone.replace(/\D/g, '').length < 6)) {
    throw new InvalidInputError('input', 'lookUpOneThing');
  }
  return { birthYear, reference, phone };
}

/**
 * Looks a person up by full name and one thing that they say: at most 5 results, no fact of any case, logged.
 * @throws ForbiddenError; InvalidInputError lookUpOneThing, oneAtATime; RateLimitedError when the hour's look-ups are spent
 */
export function lookUpPerson(op: Operation, input: PersonLookUpInput): Promise<readonly PersonMatch[]> {
  return oneLookUp(op, `person ${JSON.stringify(input)}`, 'input', findPersons(op, input));
}

async function findPersons(op: Operation, input: PersonLookUpInput): Promise<readonly PersonMatch[]> {
  if (!looksUpPersons(op.viewer)) throw new ForbiddenError();
  const tried = op.log.attempt('LOOK_UP_PERSON');
  const name = requireText('input.fullName', input.fullName, LONGEST.fullName);
  const { birthYear, reference, phone } = thingsSaid(input);
  const rows = await op.tx
    .rows<PersonMatch>`select id, given_name as "givenName", family_name as "familyName",
    chosen_name as "chosenName", birth_year as "birthYear", reference
    from look_up_person(${name}, ${birthYear}::integer, ${reference}, ${phone})`;
  for (const row of rows) tried({ personId: row.id });
  return rows;
}

/** The identity that the desk or the worker writes down. Nothing is compulsory. */
export interface IdentityInput {
  readonly givenName?: string | null | undefined;
  readonly familyName?: string | null | undefined;
  readonly chosenName?: string | null | undefined;
  readonly birthDate?: Date | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly safeContact?: SafeContact | null | undefined;
}

const EMAIL = z.email();

/**
 * Returns a phone number as it is stored.
 * @throws InvalidInputError at `input.phone`
 */
export function cleanPhone(phone: string | null): string | null {
  return optionalText('input.phone', phone, LONGEST.phone);
}

/**
 * Returns a mail address as it is stored.
 * @throws InvalidInputError at `input.email`
 */
export function cleanEmail(email: string | null): string | null {
  const text = optionalText('input.email', email, LONGEST.email);
  if (text !== null && !EMAIL.safeParse(text).success)
    throw new InvalidInputError('input.email', 'invalidValue');
  return text;
}

function cleanIdentity(input: IdentityInput, previous: IdentityInput): Required<IdentityInput> {
  const text = (key: 'givenName' | 'familyName' | 'chosenName', max: number): string | null =>
    input[key] === undefined ? (previous[key] ?? null) : optionalText(`input.${key}`, input[key], max);
  if (input.birthDate != null && input.birthDate > new Date())
    throw new InvalidInputError('input.birthDate', 'invalidValue');
  return {
    phone: input.phone === undefined ? (previous.phone ?? null) : cleanPhone(input.phone),
    email: input.email === undefined ? (previous.email ?? null) : cleanEmail(input.email),
    givenName: text('givenName', LONGEST.name),
    familyName: text('familyName', LONGEST.name),
    chosenName: text('chosenName', LONGEST.name),
    birthDate: input.birthDate === undefined ? (previous.birthDate ?? null) : input.birthDate,
    safeContact:
      input.safeContact === undefined ? (previous.safeContact ?? 'NONE') : (input.safeContact ?? 'NONE'),
  };
}

/**
 * Registers a person by a name, a chosen name or none.
 * @returns the person as a look-up answers
 * @throws ForbiddenError; InvalidInputError naming the field
 */
export async function registerPerson(op: Operation, input: RegisterPersonInput): Promise<PersonMatch | null> {
  const id = await once(op, 'registerPerson', input, async () => {
    const tried = op.log.attempt('REGISTER_PERSON');
    const districtId = parseId(input.districtId);
    if (districtId === null || !registersIn(op.viewer, districtId)) throw new ForbiddenError();
    const identity = cleanIdentity(input, {});
    const communication = cleanCommunication(input, { language: null, communicationNeeds: [] });
    const personId = randomUUID();
    await op.tx.run`insert into person (id, district_id, given_name, family_name, chosen_name, birth_date,
        phone, email, safe_contact, language, communication_needs)
      values (${personId}::uuid, ${districtId}::uuid, ${identity.givenName}, ${identity.familyName},
        ${identity.chosenName}, ${identity.birthDate}::date, ${identity.phone}, ${identity.email},
        ${identity.safeContact}::"SafeContact", ${communication.language},
        ${communication.communicationNeeds}::text[]::"CommunicationNeed"[])`;
    tried({ personId });
    return personId;
  });
  return loadRegistered(op, id);
}

/** Returns the registered person as a look-up answers. */
async function loadRegistered(op: Operation, id: string): Promise<PersonMatch | null> {
  const [row] = await op.tx
    .rows<PersonMatch>`select p.id, p.given_name as "givenName", p.family_name as "familyName",
    p.chosen_name as "chosenName", extract(year from p.birth_date)::integer as "birthYear", p.reference
    from registered_person(${id}::uuid) p`;
  return row ?? null;
}

/**
 * Returns the person named by the input. The log has the id, whether or not the viewer knows the person.
 * @throws NotFoundError naming the field
 */
export async function requireTried(
  op: Operation,
  action: AccessAction,
  id: string,
  field: string,
): Promise<PersonRow> {
  const tried = op.log.attempt(action, { personId: parseId(id) });
  const person = await loadPerson(op, id);
  if (person === null) throw new NotFoundError(field);
  tried({ personId: person.id });
  return person;
}

/** True if the channels are not all closed, or the viewer follows the case that closed them, or the person's oldest case. */
async function endsSuspension(op: Operation, person: PersonRow): Promise<boolean> {
  if (!person.contactSuspended) return true;
  const ends = await op.tx.rows`select where ends_suspension(${person.id}::uuid)`;
  return ends.length > 0;
}

/**
 * Changes identity and contact: an absent field is unchanged, null clears it. A provisional person is no longer provisional. If the desk
 * changes a phone number or a mail address, nothing is sent there until the worker who follows the person says so.
 * @throws NotFoundError; InvalidInputError naming the field; ForbiddenError to the desk that opens a channel or replaces one, and to a
 * worker who follows another case than the one that closed every channel; ConflictError VERSION_CHANGED
 */
export async function updatePerson(op: Operation, input: UpdatePersonInput): Promise<PersonRow | null> {
  const id = await once(op, 'updatePerson', input, async () => {
    const person = await requireTried(op, 'UPDATE_PERSON', input.id, 'input.id');
    if (!changesIdentity(op.viewer, person)) throw new ForbiddenError();
    const identity = cleanIdentity(input, person);
    // The desk closes a channel. It neither opens one nor replaces one.
    if (
      !person.reach.follows &&
      identity.safeContact !== person.safeContact &&
      identity.safeContact !== 'NONE'
    )
      throw new ForbiddenError();
    if (identity.safeContact !== 'NONE' && !(await endsSuspension(op, person))) throw new ForbiddenError();
    const objects =
      input.objectsToStatistics === undefined
        ? person.objectsToStatistics
        : input.objectsToStatistics === true;
    const changed = await op.tx.run`update person set given_name = ${identity.givenName},
        family_name = ${identity.familyName}, chosen_name = ${identity.chosenName}, birth_date = ${identity.birthDate}::date,
        phone = ${identity.phone}, email = ${identity.email}, safe_contact = ${identity.safeContact}::"SafeContact",
        statistics_objection_on = case when ${objects} then coalesce(statistics_objection_on, ${dayInParis(op.now)}::date) end,
        provisional = false, version = version + 1
      where id = ${person.id}::uuid and version = ${input.expectedVersion}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return person.id;
  });
  return loadPerson(op, id);
}

/** That a person was given a notice, as a worker states it. */
export interface ReceiptRow {
  /** The viewer's relation to the person, so that the policy judges the row alone. */
  readonly reach: PersonReach;
  readonly id: string;
  readonly personId: string;
  readonly noticeId: string;
  readonly channel: NoticeChannel;
  readonly givenAt: Date;
  readonly statedById: string;
}

/** Lists the notices that a person was given; empty for a login whose contact is suspended. */
export async function loadReceipts(op: Operation, person: PersonRow): Promise<readonly ReceiptRow[]> {
  if (isSuspended(op.viewer)) return [];
  const rows = await batched(op, 'receipts', async (ids) =>
    groupedBy(
      await op.tx.rows<
        Omit<ReceiptRow, 'reach'>
      >`select id, person_id as "personId", notice_id as "noticeId", channel::text as channel,
        given_at as "givenAt", stated_by_id as "statedById" from notice_receipt
        where person_id = any (${uuids(ids)}) order by given_at desc, id limit ${50 * ids.length}`,
      (row) => row.personId,
    ),
  ).load(person.id);
  return (rows ?? []).map((row) => ({ ...row, reach: person.reach }));
}

async function receivesToday(op: Operation, personId: string): Promise<boolean> {
  const received = await op.tx.rows`select where receives_today(${personId}::uuid)`;
  return received.length > 0;
}

/**
 * Records, as the worker states it, that the person was given a notice (GDPR articles 13 and 14). The desk, the worker who follows the
 * person, and the worker who receives them today may record it, with or without a case. The same notice on the same day in Paris is the
 * same receipt.
 * @throws ForbiddenError to anyone else; NotFoundError for an unknown person or notice
 */
export async function giveNotice(op: Operation, input: GiveNoticeInput): Promise<PersonRow | null> {
  const id = await once(op, 'giveNotice', input, async () => {
    const person = await requireTried(op, 'GIVE_NOTICE', input.personId, 'input.personId');
    if (!givesNotice(op.viewer, person)) throw new ForbiddenError();
    if (!changesIdentity(op.viewer, person) && !(await receivesToday(op, person.id)))
      throw new ForbiddenError();
    const noticeId = parseId(input.noticeId);
    if (noticeId === null || (await loadNotice(op, noticeId)) === null)
      throw new NotFoundError('input.noticeId');
    await op.tx.run`insert into notice_receipt (id, person_id, notice_id, channel, given_at, stated_by_id)
      values (gen_random_uuid(), ${person.id}::uuid, ${noticeId}::uuid, ${input.channel}::"NoticeChannel", now(),
        ${op.viewer.workerId}::uuid) on conflict do nothing`;
    return person.id;
  });
  return loadPerson(op, id);
}
