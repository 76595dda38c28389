import { Prisma } from '../../../prisma/generated/client.js';
import { whereSeesAppointmentContent } from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { openText, type SealedText, sealText } from '../../vault/sealed-text.js';
import type { AppointmentRow } from './appointments.js';

const a = Prisma.sql`a`;

/** Returns the matter that an appointment is about; null if nobody wrote one, or the viewer does not read it. */
export async function loadSubject(op: Operation, { id }: Pick<AppointmentRow, 'id'>): Promise<string | null> {
  const sealed = await batched(op, 'appointment-subject', async (ids) =>
    byKey(
      await op.tx.rows<{ id: string } & SealedText>`select s.appointment_id as id, s.body,
        s.master_key_id as "masterKeyId", s.wrapped
        from appointment_subject s join appointment a on a.id = s.appointment_id
        where s.appointment_id = any (${uuids(ids)}) and ${whereSeesAppointmentContent(op.viewer, a)}`,
      (found) => found.id,
    ),
  ).load(id);
  return sealed === null ? null : openText(op.vault, 'appointment_subject', id, sealed);
}

/** Writes the matter of an appointment just made, sealed. Its workers are known to the database by now: they decide who may write it. */
export async function writeSubject(op: Operation, appointmentId: string, subject: string): Promise<void> {
  const { body, masterKeyId, wrapped } = await sealText(
    op.vault,
    'appointment_subject',
    appointmentId,
    subject,
  );
  await op.tx.run`insert into appointment_subject (appointment_id, body, master_key_id, wrapped)
    values (${appointmentId}::uuid, ${body}::bytea, ${masterKeyId}, ${wrapped}::bytea)`;
}
