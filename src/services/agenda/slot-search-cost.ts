import type { SlotFilter } from '../../generated/inputs.js';
import { MAX_DAYS_AHEAD, MAX_DAYS_AHEAD_BY_WORKER } from './wanted-slots.js';

const DAY_MS = 86_400_000;
/** The districts that a search of the whole county counts: Seine-Saint-Denis has twenty-one. */
const DISTRICTS_OF_A_COUNTY = 20;

/** Returns the cost of a search for free times: one for each day of each district. A commune counts as one district. */
export function costOfSlots({ filter }: { readonly filter: SlotFilter }): number {
  const named = filter.workerIds != null || filter.caseId != null;
  const most = named ? MAX_DAYS_AHEAD_BY_WORKER : MAX_DAYS_AHEAD;
  const now = Date.now();
  const from = Math.max(filter.from?.getTime() ?? now, now);
  const days = filter.to == null ? most : Math.ceil((filter.to.getTime() - from) / DAY_MS);
  const districts = filter.districtId == null && filter.communeCode == null ? DISTRICTS_OF_A_COUNTY : 1;
  return Math.min(Math.max(days, 1), most) * districts;
}
