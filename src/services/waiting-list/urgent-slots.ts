import { seesRequestContent, worksWithRequest } from '../../access/waiting-list/appointment-request.js';
import { InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { type AppointmentTypeRow, loadAppointmentTypes } from '../agenda/appointment-types.js';
import type { FreeSlot } from '../agenda/free-slots.js';
import { urgentSlots } from '../agenda/slots.js';
import { loadRequest, type RequestRow } from './appointment-requests.js';

/**
 * Finds the earliest times for a person who waits and must be seen soon, with any worker of the district; the times that are kept for
 * such persons, too. Null for a request that does not exist, or that the viewer does not work with.
 * @throws InvalidInputError notUrgent if no social worker has judged that the person must be seen soon, or if they no longer wait
 */
export async function loadUrgentSlots(
  op: Operation,
  requestId: string,
  first: number,
): Promise<readonly FreeSlot[] | null> {
  const row = await loadRequest(op, requestId);
  if (row === null || !worksWithRequest(op.viewer, row)) return null;
  if (row.urgency === 'ORDINARY' || row.status !== 'WAITING')
    throw new InvalidInputError('requestId', 'notUrgent');
  const { districtId, wantedFrom } = row;
  // A day that has passed is no wish any more.
  const from = wantedFrom !== null && wantedFrom > op.now ? wantedFrom : null;
  const types = await typesToSearch(op, row);
  const found = await Promise.all(
    types.map((type) => {
      // If the type lacks the mode, the search takes a mode that it has, as an offer does. A refusal would tell the desk which type it is.
      const mode = row.mode !== null && type.modes.includes(row.mode) ? row.mode : null;
      return urgentSlots(op, { districtId, typeCode: type.code, mode, from }, first);
    }),
  );
  return types.length === 1 ? (found[0] ?? []) : earliest(found.flat(), first);
}

/**
 * Returns the types whose hours count. For a viewer who reads the type that is asked for, this is that type. For the desk, these are all
 * types with the same public label: a desk that opens hours for one type alone must not learn which type a person asks for.
 */
async function typesToSearch(op: Operation, row: RequestRow): Promise<readonly AppointmentTypeRow[]> {
  const types = await loadAppointmentTypes(op);
  const own = types.filter(({ code }) => code === row.typeCode);
  if (seesRequestContent(op.viewer, row)) return own;
  return types.filter(
    (type) =>
      type.publicLabelFr === own[0]?.publicLabelFr && type.places === null && type.bookableBy.length > 0,
  );
}

/** Returns the earliest of these slots. If two types have the same time, it is one slot with the workers of both. */
function earliest(found: readonly FreeSlot[], count: number): readonly FreeSlot[] {
  const slots = new Map<string, FreeSlot>();
  for (const slot of found) {
    const key = JSON.stringify([slot.startsAt, slot.endsAt, slot.place]);
    const workerIds = new Set([...(slots.get(key)?.workerIds ?? []), ...slot.workerIds]);
    const modes = new Set([...(slots.get(key)?.modes ?? []), ...slot.modes]);
    slots.set(key, { ...slot, modes: [...modes].sort(), workerIds: [...workerIds].sort() });
  }
  return [...slots.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, count)
    .map(([, slot]) => slot);
}
