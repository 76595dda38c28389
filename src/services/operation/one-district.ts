import { StatisticsRefusedError } from '../../errors.js';
import type { Operation } from '../../operation.js';

const asked = new WeakMap<Operation, string>();

/**
 * Lets an operation read the figures of one district, with the county as its context. Two districts side by side are a ranking.
 * @param field the argument that names the district
 * @throws StatisticsRefusedError RANKING for a second district
 */
export function requireOneDistrict(op: Operation, districtId: string | null, field = 'districtId'): void {
  if (districtId === null) return;
  const first = asked.get(op);
  if (first === undefined) asked.set(op, districtId);
  else if (first !== districtId) throw new StatisticsRefusedError('RANKING', field);
}
