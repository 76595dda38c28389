import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode, TeamOptionKind } from '../../../prisma/generated/enums.js';
import { InvalidInputError } from '../../errors.js';
import { nomenclature } from '../../nomenclatures.js';
import type { Operation } from '../../operation.js';

/** An appointment type. */
export interface AppointmentTypeRow {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly publicLabelFr: string;
  readonly publicLabelEn: string;
  readonly durationMinutes: number;
  readonly modes: readonly AppointmentMode[];
  readonly bookableBy: readonly string[];
  /** The number of persons for a collective type, unless the appointment says otherwise; null for any other type. */
  readonly places: number | null;
  /** The option without which a team does not hold the type; null if every team holds it. */
  readonly option: TeamOptionKind | null;
}

const TYPE = Prisma.sql`t.code, t.label_fr as "labelFr", t.label_en as "labelEn", t.public_label_fr as "publicLabelFr",
  t.public_label_en as "publicLabelEn", t.duration_minutes as "durationMinutes", t.modes::text[] as modes, t.bookable_by as "bookableBy",
  t.places, t.option::text as option`;

/** Lists the appointment types, by code; at most 100. They are public. */
export function listAppointmentTypes(op: Operation): Promise<readonly AppointmentTypeRow[]> {
  return op.tx.rows<AppointmentTypeRow>`select ${TYPE} from appointment_type t order by t.code limit 100`;
}

/** As `listAppointmentTypes`, read once for each version of the nomenclature. */
export function loadAppointmentTypes(
  op: Operation,
): readonly AppointmentTypeRow[] | Promise<readonly AppointmentTypeRow[]> {
  return nomenclature(op, 'appointment-types', () => listAppointmentTypes(op));
}

/**
 * Starts loading the types together with appointments, which are hardly ever read without. A failure reaches the caller who awaits the
 * types.
 */
export function sendForTypes(op: Operation): void {
  Promise.resolve(loadAppointmentTypes(op)).catch(() => undefined);
}

/** Returns the type of a code, or null. */
export async function loadAppointmentType(op: Operation, code: string): Promise<AppointmentTypeRow | null> {
  return (await loadAppointmentTypes(op)).find((type) => type.code === code) ?? null;
}

/**
 * Checks that a role may book the type.
 * @throws InvalidInputError at `input.typeCode`: unknownCode; notBookedHere to the desk, for a type that others book
 */
export function requireBookableBy(
  type: AppointmentTypeRow | null,
  by: 'RECEPTIONIST' | 'SOCIAL_WORKER' | 'BOOKING_CLIENT',
): asserts type is AppointmentTypeRow {
  if (type?.bookableBy.includes(by) === true) return;
  const isOfOthers = type !== null && by === 'RECEPTIONIST';
  throw new InvalidInputError('input.typeCode', isOfOthers ? 'notBookedHere' : 'unknownCode');
}

/**
 * Returns the types of these codes, in their order. Only types for one person or one household at a time are accepted.
 * @throws InvalidInputError unknownCode, or collective, naming the field
 */
export async function requireTypes(
  op: Operation,
  field: string,
  codes: readonly string[],
): Promise<readonly AppointmentTypeRow[]> {
  const types = await loadAppointmentTypes(op);
  return [...new Set(codes)].map((code) => {
    const type = types.find((known) => known.code === code);
    if (type === undefined) throw new InvalidInputError(field, 'unknownCode');
    if (type.places !== null) throw new InvalidInputError(field, 'collective');
    return type;
  });
}
