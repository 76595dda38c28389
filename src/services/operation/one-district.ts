import { StatisticsRefusedError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { isTheOnlyOne } from './only-one.js';

/**
 * Lets an operation read the figures of one district, with the county as its context. Two districts side by side are a ranking.
 * @param field the argument that names the district
 * @throws StatisticsRefusedError RANKING for a second district
 */
export function requireOneDistrict(op: Operation, districtId: string | null, field = 'districtId'): void {
  if (districtId === null) return;
  if (!isTheOnlyOne(op, 'district', districtId)) throw new StatisticsRefusedError('RANKING', field);
}
