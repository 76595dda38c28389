import { MEASURED_WEEKS, WORKED_OUT } from '../../../support/statistics.js';
import type { Scene } from './scene.js';

/** The weeks that simulations of the district take, and one that is worked out: with a wait that stays, and one that grows. Answers its id. */
export async function openSimulation({
  database,
  make,
  districtId,
  workers: { alice },
}: Scene): Promise<string> {
  await database.sql(MEASURED_WEEKS, [districtId]);
  return make.waitSimulation({ districtId, askedById: alice, ...WORKED_OUT });
}
