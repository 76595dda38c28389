import { randomUUID } from 'node:crypto';
import { ago, ahead, dayAfter, dayAhead } from '../../../support/days.js';
import { bookAppointment, occupy } from './appointments.js';
import { freeHour, later } from './clocks.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** Hours of carla on three days to come. Anyone finds free slots in them. */
export async function openFreeSlots({ make, districtId, workers: { carla } }: Scene): Promise<void> {
  await make.districtPlace({ districtId, place: 'Salle des fêtes' });
  const availabilityId = await make.availability({
    workerId: carla,
    districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
  });
  await make.availabilityType({ availabilityId });
  for (const days of [2, 3, 4])
    await make.availabilityOccurrence({
      availabilityId,
      startsAt: `${dayAhead(days)}T08:00:00Z`,
      endsAt: `${dayAhead(days)}T11:00:00Z`,
    });
}

/**
 * Hours of dan, in which times are held for persons who wait: a time is held as long as its worker is there. They have no type, so that no
 * other person is offered them. Answers their id.
 */
export async function openHoursOfOffers({ make, districtId, workers: { dan } }: Scene): Promise<string> {
  const availabilityId = await make.availability({
    workerId: dan,
    districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
    endsOn: dayAhead(60),
  });
  // The free time to which a home visit of dan may be moved.
  const times = freeHour();
  const occurrenceId = await make.availabilityOccurrence({ availabilityId, ...times });
  await make.freeTime({ occurrenceId, workerId: dan, districtId, modes: ['HOME'], ...times });
  return availabilityId;
}

/** The instant at which clocks in Paris show this time. */
const instantOf = ({ value }: Scene, day: string, time: string): Promise<string> =>
  value(
    `select said as key, (said::timestamp at time zone 'Europe/Paris')::text as value from unnest($1::text[]) said`,
    `${day} ${time}`,
  );

/**
 * Hours of alice on three days, and time off on the second day. The third day was closed later. An appointment is booked in the closed day,
 * and another in the time off.
 */
export async function openAgenda(
  scene: Scene,
  caseId: string,
): Promise<Pick<Targets, 'Availability' | 'Unavailability' | 'dayOfAvailability'> & { firstSlot: string }> {
  const {
    make,
    districtId,
    workers: { alice },
  } = scene;
  const { day, opensAt, closesAt } = scene.times.nextHours();
  const instant = (days: number, time: string): Promise<string> =>
    instantOf(scene, dayAfter(day, days), time);
  const availabilityId = await make.availability({
    workerId: alice,
    districtId,
    modes: ['ON_SITE'],
    place: 'Mairie',
    startsOn: day,
    endsOn: dayAfter(day, 3),
    opensAt,
    closesAt,
    recurrence: 'FREQ=DAILY',
  });
  await make.availabilityType({ availabilityId });
  for (const days of [0, 1, 2])
    await make.availabilityOccurrence({
      availabilityId,
      startsAt: await instant(days, opensAt),
      endsAt: await instant(days, closesAt),
      closed: days === 2,
    });
  const book = async (startsAt: string): Promise<void> => {
    const times = { startsAt, endsAt: later(startsAt, 15) };
    const appointmentId = await bookAppointment(scene, { caseId, ...times });
    await make.appointmentWorker({ appointmentId, workerId: alice });
    await occupy(scene, alice, appointmentId, times);
  };
  await book(await instant(2, opensAt));
  await book(await instant(1, opensAt));
  const unavailability = await make.unavailability({
    workerId: alice,
    districtId,
    startsAt: await instant(1, opensAt),
    endsAt: await instant(1, closesAt),
  });
  const firstSlot = new Date(await instant(0, opensAt)).toISOString();
  return {
    Availability: availabilityId,
    Unavailability: unavailability,
    dayOfAvailability: day,
    firstSlot,
  };
}

/** Half an hour that anyone may book online. Answers its start. */
export async function openPublicSlot(scene: Scene): Promise<string> {
  const {
    make,
    districtId,
    workers: { suivie },
    times: { publicHours },
  } = scene;
  let { day, ...hours } = publicHours();
  // It begins a quarter of an hour later, when no other hours begin. No agenda is open after ten in the evening.
  if (hours.closesAt === '22:00') ({ day, ...hours } = publicHours());
  const [opensAt = '', closesAt = ''] = [hours.opensAt, hours.closesAt].map((time) =>
    time.replace(/00$/, '15').replace(/30$/, '45'),
  );
  const startsAt = await instantOf(scene, day, opensAt);
  const availabilityId = await make.availability({
    workerId: suivie,
    districtId,
    modes: ['ON_SITE'],
    startsOn: day,
    endsOn: dayAfter(day, 1),
    opensAt,
    closesAt,
  });
  await make.availabilityType({ availabilityId });
  await make.availabilityOccurrence({
    availabilityId,
    startsAt,
    endsAt: await instantOf(scene, day, closesAt),
  });
  return new Date(startsAt).toISOString();
}

/** A calendar to which a device of the worker subscribes. */
export const openFeed = ({ make, frontClient }: Scene, workerId: string): Promise<string> =>
  make.calendarFeed({
    workerId,
    clientId: frontClient,
    secretHash: Buffer.from(randomUUID().replaceAll('-', ''), 'hex'),
    createdAt: ago(0),
  });

/** Another calendar of the worker. The worker is busy there during the closed hours of an agenda, in which an appointment is booked. */
export async function bringCalendar(
  { database, make, districtId }: Scene,
  workerId: string,
  availability: string,
): Promise<string> {
  const id = await make.outsideCalendar({
    workerId,
    districtId,
    name: `Essai ${randomUUID()}`,
    importedAt: ago(0),
    reachesUntil: ahead(182),
  });
  await database.sql(
    `insert into unavailability (worker_id, district_id, outside_calendar_id, starts_at, ends_at)
       select $1, $2, $3, starts_at, ends_at from availability_occurrence where availability_id = $4 and closed`,
    [workerId, districtId, id, availability],
  );
  return id;
}

/** Everyone with a login follows a calendar, and each worker has another calendar. */
export async function openCalendarsOfAll({ database, districtId, frontClient }: Scene): Promise<void> {
  for (const owner of ['worker', 'person'] as const)
    await database.sql(
      `insert into calendar_feed (${owner}_id, client_id, secret_hash, created_at)
       select ${owner === 'worker' ? 'id' : 'person_id'}, '${frontClient}', gen_random_uuid()::text::bytea, '2026-01-01'
       from ${owner === 'worker' ? `worker where subject not like '%.%'` : 'person_account'}`,
    );
  await database.sql(
    `insert into outside_calendar (worker_id, district_id, name, imported_at, reaches_until)
     select id, '${districtId}', 'Outlook', '2026-01-01', '2026-07-01' from worker where subject not like '%.%'`,
  );
}
