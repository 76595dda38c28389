import { randomUUID } from 'node:crypto';
import type { Given } from '../../../support/county/rows.js';
import { ago, ahead, dayAhead } from '../../../support/days.js';
import { later } from './clocks.js';
import { openPerson } from './persons.js';
import type { Scene } from './scene.js';
import type { About, Targets } from './targets.js';

/** A request for an appointment, of which nadia judges the urgency. */
const ask = (
  { make, districtId, workers: { nadia } }: Scene,
  row: Given<'appointmentRequest'>,
): Promise<string> =>
  make.appointmentRequest({
    districtId,
    mode: 'ON_SITE',
    urgency: 'THIS_WEEK',
    askedBy: 'RELATIVE',
    askedAt: ago(60),
    wantedFrom: dayAhead(-50),
    wantedUntil: dayAhead(300),
    shortNoticeFrom: '09:00',
    shortNoticeUntil: '12:00',
    presentUntil: ahead(1),
    dutyWorkerId: nadia,
    ...row,
  });

/** An offer of half an hour of dan. */
const offer = (
  { make, districtId, workers: { dan } }: Scene,
  requestId: string,
  startsAt: string,
  row: Given<'slotOffer'>,
): Promise<string> =>
  make.slotOffer({
    requestId,
    districtId,
    workerId: dan,
    place: 'Mairie',
    startsAt,
    endsAt: later(startsAt, 30),
    sending: 'FAILED',
    offeredAt: ago(1),
    ...row,
  });

/** Weeks with a measured waiting time. */
export async function openWaitingWeeks({ database, districtId }: Scene): Promise<void> {
  // Enough of them for the mean of a year.
  await database.sql(
    `insert into waiting_week (district_id, type_code, week, days)
     select $1, 'FIRST_RECEPTION', date '2025-01-06' + 7 * nth, 4 from generate_series(0, 25) nth`,
    [districtId],
  );
}

/** An offer to a person further down the waiting list: its time did not suit the persons before. Answers its id. */
export async function offerFurtherDown(scene: Scene): Promise<string> {
  const { id: personId } = await openPerson(scene, 'plus loin');
  const request = await ask(scene, { personId, status: 'WITHDRAWN', closedAt: ago(0) });
  return offer(scene, request, scene.times.next(), { status: 'DECLINED', answeredAt: ago(0) });
}

/** What the requests of a dossier stand on. */
export interface WaitingFor {
  /** The appointment that should be sooner. */
  readonly appointmentId: string;
  /** The time that is held for the person, and the time that they have accepted. */
  readonly offeredAt: string;
  readonly bookedAt: string;
  /** The hours of dan in which times are held. */
  readonly hours: string;
  /** The offer to a person further down. */
  readonly further: string;
}

/** Requests of the person: one waits for a sooner time, and a time is held for it; one is booked. And a request without a name. */
export async function openRequests(
  scene: Scene,
  { caseId, personId, online }: About,
  { appointmentId, offeredAt, bookedAt, hours, further }: WaitingFor,
): Promise<
  Pick<
    Targets,
    | 'AppointmentRequest'
    | 'SlotOffer'
    | 'OfferSkip'
    | 'closedRequest'
    | 'namelessRequest'
    | 'requestReference'
    | 'acceptedOffer'
  >
> {
  const {
    make,
    districtId,
    workers: { dan },
  } = scene;
  const row = { personId, caseId, appointmentId, showOnline: online };
  // The person had given no name when they asked.
  const reference = `D-${randomUUID().toUpperCase()}`;
  const waiting = await ask(scene, { ...row, reference });
  const nameless = await ask(scene, {
    personId: null,
    // With another public label: the person of the dossier waits already.
    typeCode: 'PHONE_CALL',
    reference: `D-${randomUUID().toUpperCase()}`,
    calledName: 'Étoile',
    contact: 'VOICE_TO_ME_ONLY',
    phone: '06 39 98 00 03',
  });
  const held = await offer(scene, waiting, offeredAt, { status: 'HELD' });
  const span = { startsAt: offeredAt, endsAt: later(offeredAt, 30) };
  await make.availabilityOccurrence({ availabilityId: hours, ...span });
  await make.occupancy({ workerId: dan, districtId, offerId: held, expiresAt: ahead(1), ...span });
  const skip = await make.offerSkip({ offerId: further, requestId: waiting });
  const closed = await ask(scene, { ...row, status: 'BOOKED', closedAt: ago(9) });
  const accepted = await offer(scene, closed, bookedAt, {
    status: 'ACCEPTED',
    answeredAt: ago(0),
    toldAt: ago(0),
  });
  return {
    AppointmentRequest: waiting,
    SlotOffer: held,
    OfferSkip: skip,
    closedRequest: closed,
    namelessRequest: nameless,
    requestReference: reference,
    acceptedOffer: accepted,
  };
}
