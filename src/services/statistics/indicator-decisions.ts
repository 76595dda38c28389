import { randomUUID } from 'node:crypto';
import type { IndicatorDecisionKind, IndicatorRefusal } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, StatisticsRefusedError } from '../../errors.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { dayInParis } from '../operation/period.js';

/** A technical adviser's word for adopting, refusing or retiring an indicator, in their own name. */
export interface IndicatorDecisionRow {
  readonly indicatorId: string;
  readonly kind: IndicatorDecisionKind;
  /** The category of a refusal; null for anything else. */
  readonly refusal: IndicatorRefusal | null;
  /** Null for an adoption. */
  readonly reason: string | null;
  readonly name: string;
  readonly saidOn: Date;
}

/** Lists the advisers' words on an indicator, the first one first; public. */
export async function loadDecisions(
  op: Operation,
  { id }: { readonly id: string },
): Promise<readonly IndicatorDecisionRow[]> {
  const rows = await batched(op, 'decisions', async (ids) =>
    groupedBy(
      await op.tx
        .rows<IndicatorDecisionRow>`select d.indicator_id as "indicatorId", d.kind::text as kind, d.refusal::text as refusal,
          d.reason, d.name, d.said_on as "saidOn"
        from indicator_decision d where d.indicator_id = any (${uuids(ids)}) order by d.said_on, d.name, d.id`,
      (row) => row.indicatorId,
    ),
  ).load(id);
  return rows ?? [];
}

/**
 * Records the viewer's word, and returns whether it decides. Two advisers decide; one adviser decides a refusal if the teams were asked
 * and are against it. The caller has locked the indicator, so that of two words at once the second decides.
 * @throws ConflictError STATE_CHANGED to an adviser who has said it before: it takes somebody else; for an adoption StatisticsRefusedError
 * SECOND_ADVISER
 */
export async function sayDecision(
  op: Operation,
  said: Pick<IndicatorDecisionRow, 'indicatorId' | 'kind' | 'refusal' | 'reason'>,
): Promise<{ readonly isDecided: boolean }> {
  const written = await op.tx
    .run`insert into indicator_decision (id, indicator_id, kind, refusal, reason, worker_id, said_on)
    values (${randomUUID()}::uuid, ${said.indicatorId}::uuid, ${said.kind}::"IndicatorDecisionKind",
      ${said.refusal}::"IndicatorRefusal", ${said.reason}, ${op.viewer.workerId}::uuid, ${dayInParis(op.now)}::date)
    on conflict do nothing`;
  if (written === 0 && said.kind === 'ADOPT') throw new StatisticsRefusedError('SECOND_ADVISER', 'input.id');
  if (written === 0) throw new ConflictError('STATE_CHANGED');
  const [found] = await op.tx.rows<{ isDecided: boolean }>`
    select indicator_is_decided(${said.indicatorId}::uuid, ${said.kind}::"IndicatorDecisionKind") as "isDecided"`;
  return { isDecided: found?.isDecided === true };
}
