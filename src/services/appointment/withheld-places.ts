import { Prisma } from '../../../prisma/generated/client.js';
import {
  goesOnHomeVisit,
  mayReadWithheldPlaces,
  whereGoesOnHomeVisit,
  whereReadsWithheldPlace,
} from '../../access/appointment/withheld-place.js';
import { uuids } from '../../access/operation/sql.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import type { AppointmentRow } from './appointments.js';

const w = Prisma.sql`w`;
const a = Prisma.sql`a`;

type Located = Pick<AppointmentRow, 'id' | 'caseId' | 'place' | 'districtId' | 'workerIds' | 'mode'>;

/**
 * Returns the place of an appointment; null is the district's address, or the place that the mode implies. A place that somebody typed is
 * in a row of its own. To everyone but its few readers it is as if nobody had typed it, whoever the persons are. A home visit gives the
 * address to its workers, on its day. When a viewer reads a typed place, this is logged, unless they typed it.
 */
export async function loadPlace(op: Operation, row: Located): Promise<string | null> {
  return (await loadTypedPlace(op, row)) ?? row.place ?? (await loadHomeAddress(op, row));
}

async function loadTypedPlace(op: Operation, row: Located): Promise<string | null> {
  if (!mayReadWithheldPlaces(op.viewer)) return null;
  const withheld = await batched(op, 'withheld-place', async (ids) =>
    byKey(
      await op.tx.rows<{
        id: string;
        place: string;
        own: boolean;
      }>`select w.appointment_id as id, w.place, coalesce(w.typed_by_id = ${op.viewer.workerId}::uuid, false) as own from withheld_place w
        where w.appointment_id = any (${uuids(ids)}) and ${whereReadsWithheldPlace(op.viewer, w)}`,
      (found) => found.id,
    ),
  ).load(row.id);
  if (withheld === null) return null;
  if (!withheld.own) op.log.record('READ_WITHHELD_PLACE', { caseId: row.caseId, appointmentId: row.id });
  return withheld.place;
}

/** Returns the address of a home visit of today for which nobody typed a place; null to a viewer who does not go there. */
async function loadHomeAddress(op: Operation, row: Located): Promise<string | null> {
  if (!goesOnHomeVisit(op.viewer, row)) return null;
  const home = await batched(op, 'home-address', async (ids) =>
    byKey(
      await op.tx.rows<{
        id: string;
        place: string;
        confidential: boolean;
      }>`select a.id, h.place, h.confidential from home_addresses(${uuids(ids)}) h
        join appointment a on a.id = h.appointment_id where ${whereGoesOnHomeVisit(op.viewer, a)}`,
      (found) => found.id,
    ),
  ).load(row.id);
  if (home?.confidential === true)
    op.log.record('READ_WITHHELD_PLACE', { caseId: row.caseId, appointmentId: row.id });
  return home?.place ?? null;
}

/**
 * True if somebody typed the place, and it is not the place of a worker's hours; true too if the viewer does not read the appointment. No
 * text names a typed place.
 */
export async function isPlaceTyped(op: Operation, appointmentId: string): Promise<boolean> {
  const told = await batched(op, 'told-place', async (ids) =>
    byKey(
      await op.tx.rows<{
        id: string;
      }>`select i.id from unnest(${uuids(ids)}) i(id) where place_may_be_told(i.id)`,
      (found) => found.id,
    ),
  ).load(appointmentId);
  return told === null;
}
