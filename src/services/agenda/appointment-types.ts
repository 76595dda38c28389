import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { InvalidInputError } from '../../errors.js';
import { batched } from '../../loader.js';
import type { Operation } from '../../operation.js';

export interface AppointmentTypeRow {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly publicLabelFr: string;
  readonly publicLabelEn: string;
  readonly durationMinutes: number;
  readonly modes: readonly AppointmentMode[];
  readonly bookableBy: readonly string[];
  /** Of a collective type: for how many persons, unless said otherwise. */
  readonly places: number | null;
}

const TYPE = Prisma.sql`t.code, t.label_fr as "labelFr", t.label_en as "labelEn", t.public_label_fr as "publicLabelFr",
  t.public_label_en as "publicLabelEn", t.duration_minutes as "durationMinutes", t.modes::text[] as modes, t.bookable_by as "bookableBy",
  t.places`;

/** The appointment types, by code: public. */
export function listAppointmentTypes(op: Operation): Promise<readonly AppointmentTypeRow[]> {
  return op.tx.rows<AppointmentTypeRow>`select ${TYPE} from appointment_type t order by t.code limit 100`;
}

/** The same, once for an operation: they are a handful, and a list of appointments asks for most. */
export async function loadAppointmentTypes(op: Operation): Promise<readonly AppointmentTypeRow[]> {
  const types = await batched(
    op,
    'appointment-types',
    async () => new Map([['all', await listAppointmentTypes(op)]]),
  ).load('all');
  return types ?? [];
}

/** Sends for the types along with appointments, which are hardly ever read without. A failure is met by who asks. */
export function sendForTypes(op: Operation): void {
  loadAppointmentTypes(op).catch(() => undefined);
}

export async function loadAppointmentType(op: Operation, code: string): Promise<AppointmentTypeRow | null> {
  return (await loadAppointmentTypes(op)).find((type) => type.code === code) ?? null;
}

/** @throws InvalidInputError naming `input.typeCode`: unknownCode; to the desk, notBookedHere for what others book */
export function requireBookableBy(
  type: AppointmentTypeRow | null,
  by: 'RECEPTIONIST' | 'SOCIAL_WORKER' | 'BOOKING_CLIENT',
): asserts type is AppointmentTypeRow {
  if (type?.bookableBy.includes(by) === true) return;
  const isOfOthers = type !== null && by === 'RECEPTIONIST';
  throw new InvalidInputError('input.typeCode', isOfOthers ? 'notBookedHere' : 'unknownCode');
}

/**
 * The types of these codes, in their order: of what is held with one person at a time, or one household.
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
