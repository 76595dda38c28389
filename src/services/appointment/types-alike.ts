import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { type AppointmentRelation, seesAppointmentContent } from '../../access/appointment/appointment.js';
import type { Operation } from '../../operation.js';
import { type AppointmentTypeRow, loadAppointmentTypes } from '../agenda/appointment-types.js';

/** The fields of an appointment that everyone who works with it sees, and its type, which the desk does not see. */
export interface Seen extends AppointmentRelation {
  readonly typeCode: string;
  readonly mode: AppointmentMode;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Null for an appointment that is not collective. */
  readonly places: number | null;
}

/** True if so many minutes can be one appointment of the type, or several in a row. Nobody books an option several times in a row. */
function takes({ option, durationMinutes }: AppointmentTypeRow, minutes: number): boolean {
  return option === null ? minutes % durationMinutes === 0 : minutes === durationMinutes;
}

/**
 * Returns the types whose hours count for an appointment. For a viewer who reads its type, this is its type. For the desk, these are all
 * types that the appointment could have by what the desk sees: the public label, the length and the mode. Otherwise a desk that opens hours
 * for one type alone would learn the type from free times, or from a refusal.
 */
export async function typesToSearch(op: Operation, row: Seen): Promise<readonly AppointmentTypeRow[]> {
  const types = await loadAppointmentTypes(op);
  const own = types.filter(({ code }) => code === row.typeCode);
  if (seesAppointmentContent(op.viewer, row)) return own;
  const alike = types.filter(
    ({ publicLabelFr, places }) =>
      publicLabelFr === own[0]?.publicLabelFr && (places === null) === (row.places === null),
  );
  const minutes = (row.endsAt.getTime() - row.startsAt.getTime()) / 60_000;
  const fitting = alike.filter((type) => type.modes.includes(row.mode) && takes(type, minutes));
  return fitting.length > 0 ? fitting : alike;
}

/** The codes of `typesToSearch`. */
export async function codesToSearch(op: Operation, row: Seen): Promise<readonly string[]> {
  return (await typesToSearch(op, row)).map(({ code }) => code);
}
