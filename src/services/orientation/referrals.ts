import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { Mission, ReferralRefusal, ReferralStatus } from '../../../prisma/generated/enums.js';
import { worksOnCase } from '../../access/case/case.js';
import { allOf, uuids } from '../../access/operation/sql.js';
import {
  isOwnReferralOnline,
  type MentionRelation,
  type ReferralRelation,
  seesReferralContent,
  wayToReceived,
  whereSeesMention,
  whereSeesReferral,
  whereSeesReferralContent,
} from '../../access/orientation/referral.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { SendReferralInput } from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { NO_TEXT, openText, type SealedTextOrNone, sealText } from '../../vault/sealed-text.js';
import { requireCase, requireOpenCase } from '../case/cases.js';
import { loadNeedCode, type NeedCodeRow } from '../case/needs.js';
import { mayBeAssigned, requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { countIds, optionalBody, optionalText, parseId, parseIds } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { dayAfter, dayInParis, endOfDay, toDay } from '../operation/period.js';
import { displayName, loadPerson, type PersonRow } from '../person/persons.js';
import { loadOrganisation } from './organisations.js';

/** A referral, with the columns that its rules compare. */
export interface ReferralRow extends ReferralRelation {
  readonly id: string;
  readonly caseId: string;
  readonly toOrganisationId: string | null;
  readonly sentById: string;
  readonly sentAt: Date;
  /** Midnight in Paris after the last day for the answer. */
  readonly answerBy: Date;
  readonly status: ReferralStatus;
  readonly refusal: ReferralRefusal | null;
  readonly mission: Mission;
  readonly version: number;
}

const REFERRAL = Prisma.sql`r.id, r.case_id as "caseId", r.district_id as "districtId", r.assigned_worker_id as "assignedWorkerId",
  r.to_district_id as "toDistrictId", r.to_worker_id as "toWorkerId", r.to_organisation_id as "toOrganisationId",
  r.sent_by_id as "sentById", r.sent_at as "sentAt", r.answer_by as "answerBy", r.status::text as status,
  r.refusal::text as refusal, r.closed_at as "closedAt", r.online_person_id as "onlinePersonId", r.mission::text as mission, r.version`;
const r = Prisma.sql`r`;

/** The days within which to answer, unless said otherwise. */
const DAYS_TO_ANSWER = 15;
const MAX_DAYS_TO_ANSWER = 366;

/** True if nobody has answered, and the last day for the answer has passed. */
export function isOverdue(op: Operation, row: Pick<ReferralRow, 'closedAt' | 'answerBy'>): boolean {
  return row.closedAt === null && row.answerBy <= op.now;
}

/** Returns a referral that the viewer sees, or null: a missing and a forbidden one answer alike. */
export async function loadReferral(op: Operation, id: string): Promise<ReferralRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const row = await batched(op, 'referral', async (ids) =>
    byKey(
      await op.tx.rows<ReferralRow>`select ${REFERRAL} from referral r
        where r.id = any (${uuids(ids)}) and ${whereSeesReferral(op.viewer, r)}`,
      (row) => row.id,
    ),
  ).load(key);
  return row === null ? null : { ...row, askedAlone: true };
}

/**
 * As `loadReferral`, for a viewer who names the id. A referral that is not found is a line of the log.
 * @throws InvalidInputError oneAtATime for a second referral that the viewer neither sends nor receives, and that is not shown to them as
 * the person; RateLimitedError when the hour's look-ups are spent
 */
export function lookUpReferral(op: Operation, id: string): Promise<ReferralRow | null> {
  const isOwn = (row: ReferralRow | null): boolean => {
    if (row === null) op.log.record('READ_REFERRAL');
    return row !== null && (seesReferralContent(op.viewer, row) || isOwnReferralOnline(op.viewer, row));
  };
  return oneLookUp(op, `referral ${id}`, 'id', loadReferral(op, id), isOwn);
}

/** Lists the referrals of a case, the latest first; at most 100. */
export async function loadReferralsOfCase(op: Operation, caseId: string): Promise<readonly ReferralRow[]> {
  const rows = await batched(op, 'referrals-of-case', async (ids) =>
    groupedBy(
      await op.tx.rows<ReferralRow>`select r.* from unnest(${uuids(ids)}) parent(id)
        cross join lateral (select ${REFERRAL} from referral r where r.case_id = parent.id
          and ${whereSeesReferralContent(op.viewer, r)} order by r.sent_at desc, r.id desc limit 100) r`,
      (row) => row.caseId,
    ),
  ).load(caseId);
  return rows ?? [];
}

/** Lists the person's own referrals that concern only them, and are shown to them; the latest first, at most 100. */
export async function loadReferralsOfPerson(
  op: Operation,
  personId: string,
): Promise<readonly ReferralRow[]> {
  if (op.viewer.personId !== personId) return [];
  return op.tx.rows<ReferralRow>`select ${REFERRAL} from referral r
    where r.online_person_id = ${personId}::uuid and ${whereSeesReferral(op.viewer, r)}
    order by r.sent_at desc, r.id desc limit 100`;
}

/** The fact that a person was sent on, for a desk: not the worker who sends, the receiver, nor the reason. */
export interface MentionRow extends MentionRelation {
  readonly id: string;
  readonly personId: string;
  readonly status: ReferralStatus;
}

/** Lists what a desk may know about a person's referrals, at most 20. */
export async function loadMentionsOfPerson(op: Operation, personId: string): Promise<readonly MentionRow[]> {
  const rows = await batched(op, 'mentions-of-person', async (ids) =>
    groupedBy(
      await op.tx
        .rows<MentionRow>`select rp.referral_id as id, rp.person_id as "personId", rp.status::text as status,
        rp.district_id as "districtId", rp.to_district_id as "toDistrictId" from referral_person rp
        where rp.person_id = any (${uuids(ids)}) and ${whereSeesMention(op.viewer, Prisma.sql`rp`)}
        order by rp.referral_id limit ${20 * ids.length}`,
      (row) => row.personId,
    ),
  ).load(personId);
  return (rows ?? []).slice(0, 20);
}

/** The arguments of `listReceived`. */
export interface ReceivedArgs extends PageArgs {
  readonly districtId: string;
  readonly answered?: boolean | null;
  readonly overdueOnly?: boolean | null;
}

/**
 * Lists the referrals that a district received, as far as the viewer sees them, by due day: the open ones, unless the closed ones are
 * asked for. The head sees all of them, a social worker those sent or allocated to them.
 * @throws ForbiddenError
 */
export async function listReceived(op: Operation, args: ReceivedArgs): Promise<Page<ReferralRow>> {
  const districtId = parseId(args.districtId);
  const way = districtId === null ? null : wayToReceived(op.viewer, r, districtId);
  if (way === null) throw new ForbiddenError();
  const size = pageSize(args);
  const rows = await op.tx.rows<ReferralRow>`select ${REFERRAL} from referral r where ${allOf([
    way,
    args.answered === true ? Prisma.sql`r.closed_at is not null` : Prisma.sql`r.closed_at is null`,
    args.overdueOnly === true ? Prisma.sql`r.answer_by <= ${op.now}` : Prisma.sql`true`,
    afterCursor(args, Prisma.sql`r.answer_by`, Prisma.sql`r.id`, false),
  ])} order by r.answer_by, r.id limit ${size + 1}`;
  return toPage(rows, args, (row) => row.answerBy);
}

/** Lists the persons concerned, for the worker who sends and the worker who receives. */
export async function loadPersonsOfReferral(op: Operation, row: ReferralRow): Promise<readonly PersonRow[]> {
  const rp = Prisma.sql`rp`;
  const rows = await batched(op, 'persons-of-referral', async (ids) =>
    groupedBy(
      await op.tx.rows<{ referralId: string; personId: string }>`
        select rp.referral_id as "referralId", rp.person_id as "personId" from referral_person rp
        where rp.referral_id = any (${uuids(ids)}) and ${whereSeesReferralContent(op.viewer, rp)} order by rp.person_id`,
      (found) => found.referralId,
    ),
  ).load(row.id);
  const persons = await Promise.all((rows ?? []).map(({ personId }) => loadPerson(op, personId)));
  return persons.filter((person) => person !== null);
}

/** Lists the names of the persons concerned. The head who allocates gets the names, and nothing more about the persons. */
export async function loadNamesOfReferral(op: Operation, row: ReferralRow): Promise<readonly string[]> {
  if (seesReferralContent(op.viewer, row)) return (await loadPersonsOfReferral(op, row)).map(displayName);
  const rows = await batched(op, 'names-to-allocate', async (ids) =>
    groupedBy(
      await op.tx.rows<{ id: string } & Parameters<typeof displayName>[0]>`select referral_id as id,
        given_name as "givenName", family_name as "familyName", chosen_name as "chosenName"
        from names_to_allocate(${uuids(ids)})`,
      (found) => found.id,
    ),
  ).load(row.id);
  op.log.record('READ_REFERRAL', { caseId: row.caseId });
  return (rows ?? []).map(displayName);
}

interface ContentRow extends SealedTextOrNone {
  readonly referralId: string;
  readonly needCodes: readonly string[];
}

async function loadContent(op: Operation, row: ReferralRow): Promise<ContentRow | null> {
  if (!seesReferralContent(op.viewer, row)) return null;
  op.log.record('READ_REFERRAL', { caseId: row.caseId });
  return batched(op, 'referral-content', async (ids) =>
    byKey(
      await op.tx
        .rows<ContentRow>`select c.referral_id as "referralId", c.body, c.master_key_id as "masterKeyId",
        c.wrapped, c.need_codes as "needCodes"
        from referral_content c join referral r on r.id = c.referral_id
        where c.referral_id = any (${uuids(ids)}) and ${whereSeesReferralContent(op.viewer, r)}`,
      (found) => found.referralId,
    ),
  ).load(row.id);
}

/** Returns the text that the sender wrote for the receiver. */
export async function loadText(op: Operation, row: ReferralRow): Promise<string | null> {
  const content = await loadContent(op, row);
  return content === null ? null : openText(op.vault, 'referral_content', row.id, content);
}

/** Lists the persons' needs, from the adopted nomenclature. */
export async function loadNeedsOfReferral(op: Operation, row: ReferralRow): Promise<readonly NeedCodeRow[]> {
  const codes = (await loadContent(op, row))?.needCodes ?? [];
  const rows = await Promise.all(codes.map((code) => loadNeedCode(op, code)));
  return rows.filter((found) => found !== null);
}

interface Receiver {
  readonly districtId: string | null;
  readonly workerId: string | null;
  readonly organisationId: string | null;
}

/** Returns the receiver: one district, one of its workers, or one open organisation. */
async function requireReceiver(op: Operation, input: SendReferralInput): Promise<Receiver> {
  if ((input.toDistrictId == null) === (input.toOrganisationId == null))
    throw new InvalidInputError('input.toDistrictId', 'oneReceiver');
  if (input.toOrganisationId != null) {
    if (input.toWorkerId != null) throw new InvalidInputError('input.toWorkerId', 'oneReceiver');
    const organisation = await loadOrganisation(op, input.toOrganisationId);
    if (organisation === null) throw new NotFoundError('input.toOrganisationId');
    if (organisation.closedAt !== null)
      throw new InvalidInputError('input.toOrganisationId', 'closedOrganisation');
    return { districtId: null, workerId: null, organisationId: organisation.id };
  }
  const districtId = await requireDistrict(op, input.toDistrictId ?? '', 'input.toDistrictId');
  if (input.toWorkerId == null) return { districtId, workerId: null, organisationId: null };
  const workerId = parseId(input.toWorkerId);
  if (workerId === null || !(await mayBeAssigned(op, workerId, districtId)))
    throw new NotFoundError('input.toWorkerId');
  return { districtId, workerId, organisationId: null };
}

/** Returns the persons concerned, who are all in the case. */
async function requireConcerned(op: Operation, input: SendReferralInput, caseId: string): Promise<string[]> {
  const ids = parseIds(input.personIds);
  if (input.personIds.length === 0) throw new InvalidInputError('input.personIds', 'required');
  if (input.personIds.length > 12) throw new InvalidInputError('input.personIds', 'tooMany');
  const found = await op.tx.rows`select from case_person
    where case_id = ${caseId}::uuid and person_id = any (${uuids(ids)})`;
  if (found.length !== countIds(input.personIds)) throw new NotFoundError('input.personIds');
  return ids;
}

async function requireNeedCodes(op: Operation, codes: readonly string[]): Promise<string[]> {
  const distinct = [...new Set(codes)];
  if (distinct.length > 20) throw new InvalidInputError('input.needCodes', 'tooMany');
  for (const code of distinct)
    if ((await loadNeedCode(op, optionalText('input.needCodes', code, LONGEST.needCode) ?? '')) === null)
      throw new InvalidInputError('input.needCodes', 'unknownCode');
  return distinct;
}

function requireDeadline(op: Operation, day: Date | null | undefined): Date {
  const today = dayInParis(op.now);
  if (day == null) return endOfDay(dayAfter(today, DAYS_TO_ANSWER));
  const last = toDay(day);
  if (last < today) throw new InvalidInputError('input.answerBy', 'past');
  if (last > dayAfter(today, MAX_DAYS_TO_ANSWER)) throw new InvalidInputError('input.answerBy', 'tooFar');
  return endOfDay(last);
}

/**
 * Sends persons on, with a day by which to answer. The receiver gets the persons, the text written for them and the mission, and nothing
 * else of the case.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError CASE_CLOSED
 */
export async function sendReferral(op: Operation, input: SendReferralInput): Promise<ReferralRow | null> {
  const id = await once(op, 'sendReferral', input, async () => {
    const tried = op.log.attempt('SEND_REFERRAL');
    const of = await requireCase(op, input.caseId);
    tried({ caseId: of.id });
    if (!worksOnCase(op.viewer, of)) throw new ForbiddenError();
    requireOpenCase(of);
    const personIds = await requireConcerned(op, input, of.id);
    const [alone = null, ...others] = personIds;
    if (input.showOnline === true && others.length > 0)
      throw new InvalidInputError('input.showOnline', 'aloneOnly');
    const receiver = await requireReceiver(op, input);
    const needCodes = await requireNeedCodes(op, input.needCodes ?? []);
    const text = optionalBody('input.text', input.text, LONGEST.paragraph);
    const answerBy = requireDeadline(op, input.answerBy);
    const referralId = randomUUID();
    await op.tx
      .run`insert into referral (id, case_id, to_district_id, to_worker_id, to_organisation_id, sent_by_id, answer_by,
        online_person_id)
      values (${referralId}::uuid, ${of.id}::uuid, ${receiver.districtId}::uuid, ${receiver.workerId}::uuid,
        ${receiver.organisationId}::uuid, ${op.viewer.workerId}::uuid, ${answerBy},
        ${input.showOnline === true ? alone : null}::uuid)`;
    await op.tx.run`insert into referral_person (referral_id, case_id, person_id)
      select ${referralId}::uuid, ${of.id}::uuid, unnest(${uuids(personIds)})`;
    if (text !== null || needCodes.length > 0) {
      const { body, masterKeyId, wrapped } =
        text === null ? NO_TEXT : await sealText(op.vault, 'referral_content', referralId, text);
      await op.tx.run`insert into referral_content (referral_id, body, master_key_id, wrapped, need_codes)
        values (${referralId}::uuid, ${body}::bytea, ${masterKeyId}, ${wrapped}::bytea, ${needCodes}::text[])`;
    }
    return referralId;
  });
  return loadReferral(op, id);
}
