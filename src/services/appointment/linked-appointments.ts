import { NotFoundError } from '../../errors.js';
import type { CancelByLinkInput, RestoreByLinkInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { digestOf, MAX_SECRET } from '../operation/secret.js';

/** What the message with a link said of an appointment. */
export interface LinkedAppointmentRow {
  readonly publicLabel: string;
  /** Null if the message named only the day. */
  readonly startsAt: Date | null;
  /** The link was used, within the last hour. */
  readonly cancelled: boolean;
  /** True if somebody has called it off by telephone, and the time is held. */
  readonly calledOff: boolean;
}

/** The outcome of the use of a link, as the database returns it: without an id if there is no such link. */
interface LinkOutcome {
  readonly id?: string;
  readonly caseId?: string | null;
  readonly personId?: string;
}

/**
 * Returns the appointment of a link, for anyone who holds the link. Null if the link cannot be used any more, and for any other secret; a
 * link that was used answers for an hour.
 */
export async function loadLinkedAppointment(
  op: Operation,
  secret: string,
): Promise<LinkedAppointmentRow | null> {
  if (secret.length > MAX_SECRET) return null;
  const [row] = await op.tx.rows<LinkedAppointmentRow>`
    select public_label_fr as "publicLabel", starts_at as "startsAt", cancelled, called_off as "calledOff"
    from look_at_link(${digestOf(secret)}::bytea)`;
  return row ?? null;
}

/**
 * Cancels the appointment of a link, and frees its time. Its workers are told. If the person wants another time, they wait for one.
 * @throws NotFoundError at `input.secret` for a link that cannot be used any more, and for any other secret
 */
export async function cancelByLink(
  op: Operation,
  input: CancelByLinkInput,
): Promise<LinkedAppointmentRow | null> {
  await once(op, 'cancelByLink', input, async () => {
    // The database logs the use of a link by someone who has not logged in. Their guesses leave no line: they read nothing of anyone.
    const tried = op.viewer.kind === 'ANONYMOUS' ? null : op.log.attempt('CANCEL_APPOINTMENT');
    if (input.secret.length > MAX_SECRET) throw new NotFoundError('input.secret');
    const [row] = await op.tx.rows<{ came: LinkOutcome }>`
      select cancel_by_link(${digestOf(input.secret)}::bytea, ${input.wantsAnother === true}) as came`;
    const { id, caseId, personId } = row?.came ?? {};
    if (id === undefined) throw new NotFoundError('input.secret');
    tried?.({ caseId: caseId ?? null, personId: personId ?? null });
    return id;
  });
  return loadLinkedAppointment(op, input.secret);
}

/**
 * Somebody has called off the appointment of a link by telephone: lets it stand, and tells its workers. If nobody has, nothing changes.
 * @throws NotFoundError at `input.secret` for a link that cannot be used any more, and for any other secret
 */
export async function restoreByLink(
  op: Operation,
  input: RestoreByLinkInput,
): Promise<LinkedAppointmentRow | null> {
  await once(op, 'restoreByLink', input, async () => {
    // The database logs the use, as for `cancelByLink`: nobody has logged in.
    const tried = op.viewer.kind === 'ANONYMOUS' ? null : op.log.attempt('RESTORE_APPOINTMENT');
    if (input.secret.length > MAX_SECRET) throw new NotFoundError('input.secret');
    const [row] = await op.tx.rows<{ came: LinkOutcome }>`
      select restore_by_link(${digestOf(input.secret)}::bytea) as came`;
    const { id, caseId, personId } = row?.came ?? {};
    if (id === undefined) throw new NotFoundError('input.secret');
    tried?.({ caseId: caseId ?? null, personId: personId ?? null });
    return id;
  });
  return loadLinkedAppointment(op, input.secret);
}
