import { StatisticsRefusedError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { livesToldTooMuch, type ProgrammedIndicator } from '../../statistics/disclosure.js';

/**
 * Asks whether the figures of an indicator, together with the others that are published of this year, tell too much of an ordinary life. Those that
 * were retired this year have published figures of it, too; an earlier version of the same indicator leaves its place.
 * @throws StatisticsRefusedError TELLS_TOO_MUCH at `input.id`
 */
export async function requireLivesHidden(
  op: Operation,
  candidate: ProgrammedIndicator & { readonly code: string },
): Promise<void> {
  const others = await op.tx.rows<ProgrammedIndicator>`
    select i.measure, i.dimensions, i.given_by::text as "givenBy" from indicator i where i.code <> ${candidate.code}
      and (i.status = 'ADOPTED' or i.retired_on >= date_trunc('year', ${op.now}::timestamptz, 'Europe/Paris'))`;
  if (livesToldTooMuch(others, candidate).length > 0)
    throw new StatisticsRefusedError('TELLS_TOO_MUCH', 'input.id');
}
