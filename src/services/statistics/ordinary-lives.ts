import { StatisticsRefusedError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { livesToldTooMuch } from '../../statistics/disclosure.js';
import type { IndicatorRow } from './indicators.js';

/**
 * Asks whether the figures of this indicator, together with all that are adopted, tell too much of an ordinary life. It is taken as given by
 * district, which tells the most. The version of it that was adopted before is counted too, if it is: it may be asked of the same year.
 * @throws StatisticsRefusedError TELLS_TOO_MUCH at `input.id`
 */
export async function requireLivesHidden(
  op: Operation,
  { id, measure, dimensions }: Pick<IndicatorRow, 'id' | 'measure' | 'dimensions'>,
): Promise<void> {
  if (measure === null) return;
  const adopted = await op.tx.rows<{ measure: string; dimensions: readonly string[] }>`
    select i.measure, i.dimensions from indicator i where i.status = 'ADOPTED' and i.id <> ${id}::uuid`;
  const all = [...adopted, { measure, dimensions }].map((one) => ({ ...one, givenBy: null }));
  if (livesToldTooMuch(all).length > 0) throw new StatisticsRefusedError('TELLS_TOO_MUCH', 'input.id');
}
