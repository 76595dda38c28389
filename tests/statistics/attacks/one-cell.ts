import { hashedCellKeys, recordKey } from '../../../src/statistics/cell-key.js';
import { METHOD_NOW } from '../../../src/statistics/method.js';
import { protectedCount } from '../../../src/statistics/protection.js';
import { Tally } from '../../../src/statistics/tally.js';
import type { AnswersModel } from './answers.js';
import type { Trial } from './attacker.js';
import { type Chance, secretOf } from './chance.js';

/** Trials of one cell with so many others, by the product's own keys, count and protection; each has a secret of its own. */
export function oneCellTrials(
  model: AnswersModel,
  others: number,
  trials: number,
  chance: Chance,
): readonly Trial[] {
  const { table } = model;
  return Array.from({ length: trials }, (_, nth) => {
    const secret = secretOf(Math.floor(chance() * 2 ** 32));
    const isPresent = nth % 2 === 0;
    const { recordModulus } = METHOD_NOW;
    const keys = hashedCellKeys(secret, 'CASE', table.modulus);
    const recordKeyOf = (id: string): number => recordKey(secret, 'CASE', id, recordModulus);
    const tally = new Tally([], [[]], 1, recordKeyOf, recordModulus);
    for (let unit = 0; unit < others + Number(isPresent); unit += 1)
      tally.add({ unitId: String(unit), district: 0, categories: [] });
    tally.end();
    const [cell] = tally.table(1, 0);
    const answer = cell === undefined ? null : protectedCount(cell, { method: METHOD_NOW, table, keys });
    const [present, absent] = [others + 1, others].map((count) => Math.log(model.probability(answer, count)));
    return { ratio: (present ?? 0) - (absent ?? 0), isPresent, world: others * trials + nth };
  });
}
