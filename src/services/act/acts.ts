import type { ActKind } from '../../../prisma/generated/enums.js';
import { mayBeOnDutyIn, takesBackActs } from '../../access/act/act.js';
import { ForbiddenError, NotFoundError } from '../../errors.js';
import type { TakeBackActsInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { keptCount, once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';

/** What somebody changed today of a person whom nobody follows. */
export interface ChangeOfDayRow {
  readonly districtId: string;
  readonly personId: string;
  readonly kind: ActKind;
  readonly doneAt: Date;
  readonly personReference: string;
  readonly personName: string | null;
}

/**
 * Lists what others changed today (Europe/Paris) of persons of the district whom nobody follows, the latest first; at most 500. Hidden
 * persons are left out. Each person has a line in the access log.
 * @throws ForbiddenError unless the viewer is a social worker of the district to whom somebody else has sent a person today
 */
export async function listChangesOfDay(op: Operation, district: string): Promise<readonly ChangeOfDayRow[]> {
  const districtId = parseId(district);
  if (districtId === null || !mayBeOnDutyIn(op.viewer, { districtId })) throw new ForbiddenError();
  const onDuty = await op.tx.rows`select where is_on_duty_in(${districtId}::uuid)`;
  if (onDuty.length === 0) throw new ForbiddenError();
  const rows = await op.tx
    .rows<ChangeOfDayRow>`select ${districtId}::uuid as "districtId", person_id as "personId",
    kind::text as kind, done_at as "doneAt", reference as "personReference", display_name as "personName"
    from changes_of_day(${districtId}::uuid)`;
  for (const { personId } of rows) op.log.record('READ_PERSON', { personId });
  return rows;
}

/** How many acts were taken back. */
export interface TakenBack {
  readonly howMany: number;
}

/**
 * Takes back all acts of a kind of one login: the viewer's own of the last hour; or those of a worker, for a viewer who was told within two
 * days that this worker's measure is reached. What somebody else has written to since stays as it is.
 * @returns how many acts there were
 * @throws ForbiddenError to a viewer who may not write to persons and appointments; NotFoundError if there is nothing to take back, and
 * alike to a viewer who was not told
 */
export async function takeBackActs(op: Operation, input: TakeBackActsInput): Promise<TakenBack> {
  const id = await once(op, 'takeBackActs', input, async () => {
    const workerId = input.workerId == null ? op.viewer.workerId : parseId(input.workerId);
    const tried = op.log.attempt('TAKE_BACK_ACTS', { targetWorkerId: workerId });
    if (!takesBackActs(op.viewer)) throw new ForbiddenError();
    if (workerId === null) throw new NotFoundError('input.workerId');
    const acts = await op.tx.rows<{ subject: string; rowId: string; personIds: readonly string[] }>`
      select subject, row_id as "rowId", person_ids as "personIds"
      from take_back_acts(${input.kind}::"ActKind", ${workerId}::uuid)`;
    if (acts.length === 0) throw new NotFoundError('input.workerId');
    tried({ targetWorkerId: workerId });
    for (const { personIds } of acts)
      for (const personId of personIds)
        op.log.record('TAKE_BACK_ACTS', { targetWorkerId: workerId, personId });
    return keptCount.toId(acts.length);
  });
  return { howMany: keptCount.fromId(id) };
}
