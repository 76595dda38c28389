import { worksWithRequest } from '../../access/waiting-list/appointment-request.js';
import { InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { loadAppointmentType } from '../agenda/appointment-types.js';
import type { FreeSlot } from '../agenda/free-slots.js';
import { urgentSlots } from '../agenda/slots.js';
import { loadRequest } from './appointment-requests.js';

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
  const { districtId, typeCode, wantedFrom } = row;
  const type = await loadAppointmentType(op, typeCode);
  if (type === null) return null;
  // As in an offer: if the type lacks the mode, what it has is found. A refusal would tell the desk which type it is.
  const mode = row.mode !== null && type.modes.includes(row.mode) ? row.mode : null;
  // A day that has passed is no wish any more.
  const from = wantedFrom !== null && wantedFrom > op.now ? wantedFrom : null;
  return urgentSlots(op, { districtId, typeCode, mode, from }, first);
}
