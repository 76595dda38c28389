import { uuids } from '../../access/operation/sql.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';

/** Lists the other places where a district receives, beside its address. They are public. */
export async function loadPlacesOfDistrict(op: Operation, districtId: string): Promise<readonly string[]> {
  const rows = await batched(op, 'places-of-district', async (ids) =>
    groupedBy(
      await op.tx.rows<{ districtId: string; place: string }>`select district_id as "districtId", place
        from district_place where district_id = any (${uuids(ids)}) order by place`,
      (row) => row.districtId,
    ),
  ).load(districtId);
  return (rows ?? []).map(({ place }) => place);
}
