import type { Operation } from '../../operation.js';
import type { AppointmentRow } from './appointments.js';

/**
 * Records what the desk writes to an appointment that ended for it when "confirm nothing" was said (decision 0078). The desk gets the same
 * answer as for any cancelled appointment. Nothing else changes.
 * @param changes the columns of `appointment` with their new values
 */
export async function recordWhereItEnded(
  op: Operation,
  row: AppointmentRow,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const shown = JSON.stringify({ ...changes, version: row.version + 1 });
  await op.tx.run`update ended_for_desk set shown = shown || ${shown}::jsonb
    where id = ${row.shownId ?? null}::uuid and kind = 'appointment'`;
}
