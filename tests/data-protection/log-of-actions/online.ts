import { createHash } from 'node:crypto';
import { openHours } from '../../support/county.js';
import { ago, ahead, dayAhead } from '../../support/days.js';
import type { Action, Scene } from './scene.js';

let publicSlots = 0;
/** The first half hour of a new worker, who is open on two days that no other slot takes. It can be booked online. */
async function newPublicSlot({ made }: Scene) {
  publicSlots += 1;
  const days = { from: dayAhead(20 + 3 * publicSlots), until: dayAhead(22 + 3 * publicSlots) };
  const hours = { ...days, weekdays: [1, 2, 3, 4, 5, 6, 7] };
  const worker = await made.sevran.worker(`libre-${publicSlots}`);
  const { id } = await openHours(made.database, worker.id, made.district, hours);
  const startsAt = await made.one(
    'select to_json(starts_at)::text as id from availability_occurrence where availability_id = $1 order by starts_at limit 1',
    [id],
  );
  return {
    districtId: made.district,
    typeCode: 'FIRST_RECEPTION',
    startsAt: JSON.parse(startsAt),
    name: 'Anonyme',
  };
}

async function newOnlineBooking(scene: Scene) {
  const client = await scene.made.app.as('client.booking');
  const { data } = await client.send(
    'mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { secret } }',
    { input: await newPublicSlot(scene) },
  );
  return { secret: data?.['bookOnline'].secret, expectedVersion: 1 };
}

/** An appointment of someone else, and the secret of the link that they were sent. */
async function newLink({ make, made, nth }: Scene) {
  const secret = `link ${nth}`;
  const personId = await make.person({
    districtId: made.district,
    chosenName: 'Reine',
    safeContact: 'NEUTRAL_TEXT',
    phone: secret,
  });
  const [startsAt, endsAt] = [ahead(2), ahead(2.02)];
  const appointmentId = await make.appointment({ districtId: made.district, startsAt, endsAt });
  await make.appointmentPerson({ appointmentId, personId });
  const secretHash = createHash('sha256').update(secret).digest();
  await make.appointmentLink({ secretHash, appointmentId, personId, channel: 'TEXT', startsAt });
  return { secret };
}

/** Two bookings of the client in an hour that has no other. */
async function newHourOfClient({ make, made, nth }: Scene) {
  const clientId = await made.one(`select id from client where client_id = 'client.booking'`);
  const hour = ago(700 + nth);
  for (const which of [1, 2]) {
    const personId = await make.person({
      districtId: made.district,
      chosenName: 'Anonyme',
      provisional: true,
    });
    const [startsAt, endsAt] = [ahead(3), ahead(3.02)];
    const appointmentId = await make.appointment({ districtId: made.district, startsAt, endsAt });
    await make.appointmentPerson({ appointmentId, personId });
    const secretHash = createHash('sha256').update(`hour ${nth} ${which}`).digest();
    await make.onlineBooking({ appointmentId, clientId, secretHash, personId, bookedAt: hour });
  }
  return { districtId: made.district, clientId, hour };
}

export const onlineActions = (scene: Scene): readonly Action[] => [
  [
    'bookOnline',
    'client.booking',
    () => newPublicSlot(scene),
    ['BOOK_APPOINTMENT another by another: DONE', 'REGISTER_PERSON another by another: DONE'],
  ],
  [
    'moveOnline',
    'client.booking',
    async () => ({ ...(await newOnlineBooking(scene)), startsAt: (await newPublicSlot(scene)).startsAt }),
    ['MOVE_APPOINTMENT another by another: DONE'],
  ],
  [
    'cancelOnline',
    'client.booking',
    () => newOnlineBooking(scene),
    ['CANCEL_APPOINTMENT another by another: DONE'],
  ],
  [
    'cancelBookingsOfClient',
    'rachida',
    () => newHourOfClient(scene),
    ['CANCEL_APPOINTMENT another by rachida: DONE', 'CANCEL_APPOINTMENT another by rachida: DONE'],
  ],
  ['cancelByLink', 'client.booking', () => newLink(scene), ['CANCEL_APPOINTMENT another by another: DONE']],
  ['restoreByLink', 'client.booking', () => newLink(scene), ['RESTORE_APPOINTMENT another by another: DONE']],
];
