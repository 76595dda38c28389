import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { recordsNeeds, whereSeesNeed } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { EndNeedInput, RecordNeedInput } from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import { nomenclature } from '../../nomenclatures.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireInterval, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { requireCase, requireOpenCase } from './cases.js';

/** A need of a case, with the columns of the case that its rule compares. */
export interface NeedRow {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string | null;
  readonly code: string;
  readonly startsOn: Date;
  readonly endsOn: Date | null;
  readonly version: number;
  readonly districtId: string;
  readonly assignedWorkerId: string | null;
  readonly openerId: string | null;
}

/** A code of the adopted nomenclature of needs. */
export interface NeedCodeRow {
  readonly code: string;
  readonly theme: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly countsFr: string;
  readonly doesNotCountFr: string;
  readonly sensitive: boolean;
}

/** The columns of a need, selected from `need n`. */
export const NEED = Prisma.sql`n.id, n.case_id as "caseId", n.person_id as "personId", n.code, n.starts_on as "startsOn",
  n.ends_on as "endsOn", n.version, n.district_id as "districtId", n.assigned_worker_id as "assignedWorkerId",
  n.opener_id as "openerId"`;
const NEED_CODE = Prisma.sql`k.code, k.theme, k.label_fr as "labelFr", k.label_en as "labelEn", k.definition_fr as "definitionFr",
  k.counts_fr as "countsFr", k.does_not_count_fr as "doesNotCountFr", k.sensitive`;

/** Lists the adopted nomenclature, by code; at most 200. It is public. */
export function listNeedCodes(op: Operation): Promise<readonly NeedCodeRow[]> {
  return op.tx.rows<NeedCodeRow>`select ${NEED_CODE} from need_code k order by k.code limit 200`;
}

/** Returns a code of the nomenclature, or null. */
export function loadNeedCode(op: Operation, code: string): NeedCodeRow | null | Promise<NeedCodeRow | null> {
  const codes = nomenclature(op, 'need-codes', async () => byKey(await listNeedCodes(op), (row) => row.code));
  if (codes instanceof Promise) return codes.then((known) => known.get(code) ?? null);
  return codes.get(code) ?? null;
}

/** Lists the needs of a case, the oldest first; at most 100. */
export async function loadNeedsOfCase(op: Operation, caseId: string): Promise<readonly NeedRow[]> {
  const rows = await batched(op, 'needs-of-case', async (ids) => {
    const needs = await op.tx.rows<NeedRow>`select n.* from unnest(${uuids(ids)}) parent(id)
      cross join lateral (select ${NEED} from need n where n.case_id = parent.id and ${whereSeesNeed(op.viewer, Prisma.sql`n`)}
        order by n.starts_on, n.id limit 100) n`;
    return groupedBy(needs, (row) => row.caseId);
  }).load(caseId);
  return rows ?? [];
}

async function loadNeed(op: Operation, id: string): Promise<NeedRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'need', async (ids) =>
    byKey(
      await op.tx.rows<NeedRow>`select ${NEED} from need n
        where n.id = any (${uuids(ids)}) and ${whereSeesNeed(op.viewer, Prisma.sql`n`)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Records a need of the case and the person it concerns; without a person, it concerns the whole household.
 * @throws NotFoundError; ForbiddenError; InvalidInputError unknownCode; ConflictError CASE_CLOSED
 */
export async function recordNeed(op: Operation, input: RecordNeedInput): Promise<NeedRow | null> {
  const id = await once(op, 'recordNeed', input, async () => {
    const tried = op.log.attempt('RECORD_NEED');
    const row = await requireCase(op, input.caseId);
    const personId = input.personId == null ? null : parseId(input.personId);
    tried({ caseId: row.id, personId });
    if (!recordsNeeds(op.viewer, row)) throw new ForbiddenError();
    requireOpenCase(row);
    if ((await loadNeedCode(op, requireText('input.code', input.code, LONGEST.needCode))) === null)
      throw new InvalidInputError('input.code', 'unknownCode');
    if (input.personId != null) {
      const [found] = await op.tx.rows<{ found: boolean }>`select exists (select from case_person
        where case_id = ${row.id}::uuid and person_id = ${personId}::uuid) as found`;
      if (found?.found !== true) throw new NotFoundError('input.personId');
    }
    const needId = randomUUID();
    await op.tx.run`insert into need (id, case_id, person_id, code, starts_on)
      values (${needId}::uuid, ${row.id}::uuid, ${personId}::uuid, ${input.code}, ${input.startsOn}::date)`;
    return needId;
  });
  return loadNeed(op, id);
}

/**
 * Ends a need on a day: the first on which it no longer holds.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED
 */
export async function endNeed(op: Operation, input: EndNeedInput): Promise<NeedRow | null> {
  const id = await once(op, 'endNeed', input, async () => {
    const need = await loadNeed(op, input.id);
    op.log.record('RECORD_NEED', { caseId: need?.caseId ?? null, personId: need?.personId ?? null });
    if (need === null) throw new NotFoundError('input.id');
    if (!recordsNeeds(op.viewer, need)) throw new ForbiddenError();
    requireInterval('input.endsOn', need.startsOn, input.endsOn);
    const changed = await op.tx.run`update need set ends_on = ${input.endsOn}::date, version = version + 1
      where id = ${need.id}::uuid and version = ${input.expectedVersion}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return need.id;
  });
  return loadNeed(op, id);
}
