import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { InformationGround } from '../../../prisma/generated/enums.js';
import { type CaseRelation, isAssignedTo, waysToFollowedCases } from '../../access/case/case.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { DeferNoticeInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { hasScope } from '../../viewer.js';
import { requireCase } from '../case/cases.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { dayAfter, dayInParis, toDay } from '../operation/period.js';

/** A person in a case that the viewer follows, without a receipt of the full notice in force. */
export interface PersonToInformRow extends CaseRelation {
  /** The id of the person in this case. */
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  /** The instant at which the case was opened. */
  readonly since: Date;
  /** True if the person was given some other notice: the short one by word of mouth, or a full one that is no longer in force. */
  readonly givenANotice: boolean;
  readonly deferralGround: InformationGround | null;
  readonly reviewOn: Date | null;
}

const c = Prisma.sql`c`;
const KEY = Prisma.sql`md5(cp.case_id::text || cp.person_id::text)::uuid`;

function select(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`select ${KEY} as id, c.id as "caseId", cp.person_id as "personId", c.opened_at as since,
      c.district_id as "districtId", c.assigned_worker_id as "assignedWorkerId", c.online_person_ids as "onlinePersonIds",
      exists (select from notice_receipt r where r.person_id = cp.person_id) as "givenANotice",
      d.ground::text as "deferralGround", d.review_on as "reviewOn"
    from "case" c join case_person cp on cp.case_id = c.id
    left join lateral (select d.ground, d.review_on from notice_deferral d
      where d.case_id = cp.case_id and d.person_id = cp.person_id order by d.deferred_at desc, d.id desc limit 1) d on true
    where ${where} and not exists (select from notice_receipt r where r.person_id = cp.person_id
      and r.notice_id = (select n.id from privacy_notice n where n.kind = 'FULL' order by n.version desc limit 1))`;
}

/**
 * Lists the persons the viewer still has to inform, the longest open case first: from the open cases assigned to the viewer, and those in
 * which they stand in. The list prevents nothing. A person whose information is deferred is listed with the ground and the day of review.
 */
export async function listPersonsToInform(op: Operation, args: PageArgs): Promise<Page<PersonToInformRow>> {
  const size = pageSize(args);
  const after = afterCursor(args, Prisma.sql`c.opened_at`, KEY, false);
  const pages = waysToFollowedCases(op.viewer, c).map(
    (way) => Prisma.sql`(${select(Prisma.sql`${way} and c.status = 'OPEN' and ${after}`)}
      order by c.opened_at, ${KEY} limit ${size + 1})`,
  );
  const rows =
    pages.length === 0
      ? []
      : await op.tx.rows<PersonToInformRow>`select * from (${Prisma.join(pages, ' union ')}) p
          order by since, id limit ${size + 1}`;
  for (const row of rows.slice(0, size))
    op.log.record('READ_PERSON', { caseId: row.caseId, personId: row.personId });
  return toPage(rows, args, (row) => row.since);
}

/** The day of review is at most this many days ahead. */
const MAX_DAYS_TO_REVIEW = 366;

/**
 * Defers the notice for a person of a case, on a ground, for the assigned worker. A later deferral replaces an earlier one. Nobody is
 * told.
 * @returns the person as the list has them; null once they are informed
 * @throws NotFoundError; ForbiddenError to anyone else; InvalidInputError for a day that is not ahead, or beyond a year
 */
export async function deferNotice(op: Operation, input: DeferNoticeInput): Promise<PersonToInformRow | null> {
  const id = await once(op, 'deferNotice', input, async () => {
    const tried = op.log.attempt('DEFER_INFORMATION');
    const row = await requireCase(op, input.caseId);
    tried({ caseId: row.id, personId: parseId(input.personId) });
    if (!isAssignedTo(op.viewer, row) || !hasScope(op.viewer, 'cases:write')) throw new ForbiddenError();
    const personId = parseId(input.personId);
    const [concerned] = await op.tx.rows`select from case_person
      where case_id = ${row.id}::uuid and person_id = ${personId}::uuid`;
    if (concerned === undefined) throw new NotFoundError('input.personId');
    const [today, reviewOn] = [dayInParis(op.now), toDay(input.reviewOn)];
    if (reviewOn <= today) throw new InvalidInputError('input.reviewOn', 'interval');
    if (reviewOn > dayAfter(today, MAX_DAYS_TO_REVIEW))
      throw new InvalidInputError('input.reviewOn', 'tooFar');
    const deferralId = randomUUID();
    await op.tx.run`insert into notice_deferral (id, case_id, person_id, ground, review_on, deferred_by_id)
      values (${deferralId}::uuid, ${row.id}::uuid, ${personId}::uuid, ${input.ground}::"InformationGround", ${reviewOn}::date,
        ${op.viewer.workerId}::uuid)`;
    return deferralId;
  });
  const [deferred] = await op.tx
    .rows<PersonToInformRow>`${select(Prisma.sql`exists (select from notice_deferral said
    where said.id = ${id}::uuid and said.case_id = cp.case_id and said.person_id = cp.person_id)`)}`;
  return deferred ?? null;
}
