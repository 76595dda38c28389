import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode, ParticipantKind } from '../../../prisma/generated/enums.js';
import {
  APPOINTMENT_RELATION,
  type AppointmentRelation,
  whereSeesAppointment,
} from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { InvalidInputError } from '../../errors.js';
import type { ParticipantInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import type { Interval } from '../agenda/busy-times.js';
import { optionalText, requireInterval } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { requireLanguage } from '../person/languages.js';

/** Another participant: the kind, the language, the time and the mode. There is no field for a name. */
export interface Participant extends Interval {
  readonly kind: ParticipantKind;
  /** The language of an interpreter, ISO 639-3. */
  readonly language: string | null;
  readonly mode: AppointmentMode;
}

/** A participant, with the columns of the appointment, so that the policy judges the row alone. */
export interface ParticipantRow extends Participant, AppointmentRelation {
  readonly id: string;
}

const a = Prisma.sql`a`;

/** Lists the other participants of an appointment that the viewer works with, in the order in which they come. */
export async function loadParticipants(
  op: Operation,
  appointmentId: string,
): Promise<readonly ParticipantRow[]> {
  const rows = await batched(op, 'participants', async (ids) =>
    groupedBy(
      await op.tx.rows<
        ParticipantRow & { appointmentId: string }
      >`select p.id, p.appointment_id as "appointmentId",
          p.kind::text as kind, p.language, p.mode::text as mode, p.starts_at as "startsAt", p.ends_at as "endsAt",
          ${APPOINTMENT_RELATION}
        from appointment_participant p join appointment a on a.id = p.appointment_id
        where p.appointment_id = any (${uuids(ids)}) and ${whereSeesAppointment(op.viewer, a)}
        order by p.starts_at, p.id limit ${10 * ids.length}`,
      (row) => row.appointmentId,
    ),
  ).load(appointmentId);
  return rows ?? [];
}

const MAX_PARTICIPANTS = 10;
const HALF_A_DAY = 12 * 60 * 60_000;

/**
 * Checks the participants: at most ten; an interpreter has a language, and nobody else has one. The time is that of the appointment
 * unless the input says otherwise.
 * @throws InvalidInputError naming the field
 */
export function requireParticipants(
  inputs: readonly ParticipantInput[],
  appointment: Interval,
): readonly Participant[] {
  if (inputs.length > MAX_PARTICIPANTS) throw new InvalidInputError('input.participants', 'tooMany');
  return inputs.map((input, nth) => {
    const field = `input.participants.${nth}`;
    const said = optionalText(`${field}.language`, input.language, LONGEST.code);
    if (input.kind === 'INTERPRETER' && said === null)
      throw new InvalidInputError(`${field}.language`, 'required');
    if (input.kind !== 'INTERPRETER' && said !== null)
      throw new InvalidInputError(`${field}.language`, 'interpreterOnly');
    const language = said === null ? null : requireLanguage(`${field}.language`, said);
    const startsAt = input.startsAt ?? appointment.startsAt;
    const endsAt = input.endsAt ?? appointment.endsAt;
    requireInterval(`${field}.endsAt`, startsAt, endsAt);
    if (startsAt >= appointment.endsAt) throw new InvalidInputError(`${field}.startsAt`, 'duringAppointment');
    if (endsAt <= appointment.startsAt) throw new InvalidInputError(`${field}.endsAt`, 'duringAppointment');
    if (startsAt.getTime() < appointment.startsAt.getTime() - HALF_A_DAY)
      throw new InvalidInputError(`${field}.startsAt`, 'tooFar');
    if (endsAt.getTime() > appointment.endsAt.getTime() + HALF_A_DAY)
      throw new InvalidInputError(`${field}.endsAt`, 'tooFar');
    return { kind: input.kind, language, mode: input.mode ?? 'ON_SITE', startsAt, endsAt };
  });
}

/** Writes the participants of an appointment. */
export async function addParticipants(
  op: Operation,
  appointmentId: string,
  participants: readonly Participant[],
): Promise<void> {
  if (participants.length === 0) return;
  await op.tx
    .run`insert into appointment_participant (appointment_id, kind, language, mode, starts_at, ends_at)
    select ${appointmentId}::uuid, p.kind::"ParticipantKind", p.language, p.mode::"AppointmentMode", p.starts_at, p.ends_at
    from jsonb_to_recordset(${JSON.stringify(
      participants.map(({ startsAt, endsAt, ...rest }) => ({
        ...rest,
        starts_at: startsAt,
        ends_at: endsAt,
      })),
    )}::jsonb) p (kind text, language text, mode text, starts_at timestamptz, ends_at timestamptz)`;
}
