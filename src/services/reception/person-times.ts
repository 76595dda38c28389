import { randomUUID } from 'node:crypto';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { isAtTheDesk } from '../../access/appointment/appointment.js';
import { sendsTimesAgainIn } from '../../access/reception/reception.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { SendTimesAgainInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { thingsSaid } from '../person/persons.js';
import { loadVisit } from './visits.js';

/** The time of a person's appointment, past or to come: no appointment, no worker, no outcome. */
export interface PersonTimeRow {
  readonly districtId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly mode: AppointmentMode;
  /** Null is the district's address, the place that the mode implies, or a withheld place. It is always null for a past time. */
  readonly place: string | null;
  readonly publicLabel: string;
}

/**
 * Lists the booked times of the person who stands at the counter, or their times of the last three months; at most 100. The desk to
 * which the person came today may ask, until the visit is closed. A visit without a name has none. By telephone nobody is told. It counts as
 * a look-up, since a desk can record a visit of somebody who is not there. Of past times, the workers who follow the person are told.
 * @throws NotFoundError for a visit of another desk; InvalidInputError byTelephone for a call, gone for a person who has gone, oneAtATime;
 * RateLimitedError when the hour's look-ups are spent
 */
export async function timesOfPresent(
  op: Operation,
  args: { readonly visitId: string; readonly past?: boolean | null | undefined },
): Promise<readonly PersonTimeRow[]> {
  const visit = await loadVisit(op, args.visitId);
  op.log.record(args.past === true ? 'TELL_PAST_TIMES' : 'TELL_TIMES', { personId: visit?.personId ?? null });
  if (visit === null || !isAtTheDesk(op.viewer, visit)) throw new NotFoundError('visitId');
  if (visit.kind === 'CALL') throw new InvalidInputError('visitId', 'byTelephone');
  if (!visit.goesOn) throw new InvalidInputError('visitId', 'gone');
  const told = op.tx
    .rows<PersonTimeRow>`select ${visit.districtId}::uuid as "districtId", starts_at as "startsAt", ends_at as "endsAt",
    mode::text as mode, place, public_label_fr as "publicLabel"
    from times_of_present(${visit.id}::uuid, ${args.past === true})`;
  return oneLookUp(op, `times ${visit.id} ${args.past === true}`, 'visitId', told);
}

/** The sentence is the same for everyone, known or not. */
const SENT_AGAIN =
  'Si une personne correspond et qu’elle a un contact sûr, ses rendez-vous lui sont envoyés de nouveau.';

/**
 * Sends a person's booked times again, by the person's safe contact, because someone called about them. The caller and the desk get one
 * sentence, whether anybody was found or not. It counts as a look-up.
 * @throws ForbiddenError unless the viewer is at the desk of the district; InvalidInputError lookUpOneThing; RateLimitedError when the
 * hour's look-ups are spent
 */
export async function sendTimesAgain(
  op: Operation,
  input: SendTimesAgainInput,
): Promise<{ readonly text: string }> {
  await once(op, 'sendTimesAgain', input, async () => {
    const lookedUp = op.log.attempt('LOOK_UP_PERSON');
    const sent = op.log.attempt('SEND_TIMES_AGAIN');
    const districtId = parseId(input.districtId);
    if (districtId === null || !sendsTimesAgainIn(op.viewer, districtId)) throw new ForbiddenError();
    const name = requireText('input.fullName', input.fullName, LONGEST.fullName);
    const { birthYear, reference, phone } = thingsSaid(input);
    const personId = await oneLookUp(
      op,
      `send again ${JSON.stringify(input)}`,
      'input',
      (async () => {
        const [found] = await op.tx.rows<{ personId: string | null }>`
        select send_times_again(${districtId}::uuid, ${name}, ${birthYear}::integer, ${reference}, ${phone}) as "personId"`;
        return found?.personId ?? null;
      })(),
    );
    lookedUp({ personId });
    sent({ personId });
    return randomUUID();
  });
  return { text: SENT_AGAIN };
}
