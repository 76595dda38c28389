import { cancelsBookingsOfClients } from '../../access/appointment/online-booking.js';
import { ForbiddenError, NotFoundError } from '../../errors.js';
import type { CancelBookingsOfClientInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { keptCount, once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';

/** What one call has cancelled. */
export interface CancelledBookings {
  readonly districtId: string;
  readonly cancelled: number;
}

/**
 * Cancels together what a client booked in an hour in the district, if it is booked and to come: up to 600 appointments. The times are
 * free again. Each person who has a contact is to be told, as if the service cancelled one appointment. The viewer gets their number, and so do the heads.
 * @throws ForbiddenError unless the viewer is at the desk of the district, or its head
 * @throws NotFoundError if nothing is left to cancel, and for a client that is not there
 */
export async function cancelBookingsOfClient(
  op: Operation,
  input: CancelBookingsOfClientInput,
): Promise<CancelledBookings> {
  const id = await once(op, 'cancelBookingsOfClient', input, async () => {
    const tried = op.log.attempt('CANCEL_APPOINTMENT');
    const districtId = parseId(input.districtId);
    if (districtId === null || !cancelsBookingsOfClients(op.viewer, { districtId }))
      throw new ForbiddenError();
    const [row] = await op.tx.rows<{ ids: readonly string[] | null }>`
      select cancel_bookings_of_client(${districtId}::uuid, ${parseId(input.clientId)}::uuid, ${input.hour}) as ids`;
    const ids = row?.ids ?? null;
    if (ids === null) throw new ForbiddenError();
    const [first, ...others] = ids;
    if (first === undefined) throw new NotFoundError('input.clientId');
    tried({ appointmentId: first });
    for (const appointmentId of others) op.log.record('CANCEL_APPOINTMENT', { appointmentId });
    return keptCount.toId(ids.length);
  });
  return { districtId: input.districtId.toLowerCase(), cancelled: keptCount.fromId(id) };
}
