import { createHash } from 'node:crypto';
import { DAY } from '../../days.js';
import { idOf, md5 } from '../md5.js';
import { at, type Enriching, HOUR, MINUTE } from './enriching.js';

/** The secrets of links that were sent in messages. */
export const ENRICHED_LINKS = Array.from({ length: 24 }, (_, nth) => `link ${nth}`);
/** The secret by which the booking client manages what it has booked. */
export const ENRICHED_SECRET = 'secret of the booking client';

/** A worker who is out on a home visit since midnight, and is not back. */
export async function addHomeVisit({ sql, make, now, worker }: Enriching): Promise<void> {
  const [first] = await sql<{ caseId: string; districtId: string }>(
    `select id as "caseId", district_id as "districtId" from "case"
     where assigned_worker_id = $1 and status = 'OPEN' order by id limit 1`,
    [worker('worker.sevran')],
  );
  const appointmentId = await make.appointment({
    ...first,
    id: idOf('visit'),
    typeCode: 'HOME_VISIT',
    mode: 'HOME',
    status: 'BOOKED',
    startsAt: at(now.midnight),
    endsAt: at(now.midnight + MINUTE),
    expectedBackAt: at(now.midnight + 2 * MINUTE),
    bookedAt: at(now.midnight - 9 * DAY),
  });
  await make.appointmentWorker({ appointmentId, workerId: worker('worker.sevran') });
}

/** Persons who are to be told of a move, and some who were told. */
export async function addNoticesToGive({ sql, make, now }: Enriching): Promise<void> {
  const moved = await sql<{ appointmentId: string; personId: string; districtId: string; startsAt: Date }>(
    `select ap.appointment_id as "appointmentId", ap.person_id as "personId", ap.district_id as "districtId", a.starts_at as "startsAt"
     from appointment_person ap join appointment a on a.id = ap.appointment_id
     where a.status = 'BOOKED' and a.starts_at > now() order by md5(ap.appointment_id::text || ap.person_id) limit 400`,
  );
  await Promise.all(
    moved.map(({ appointmentId, personId, districtId, startsAt }) =>
      make.appointmentNotice({
        id: idOf(`notice ${appointmentId}${personId}`),
        appointmentId,
        personId,
        districtId,
        kind: 'MOVED',
        previousStartsAt: at(startsAt.getTime() - DAY),
        createdAt: at(now.midnight),
      }),
    ),
  );
  await sql(
    `update appointment_notice set done_at = $1, outcome = 'TOLD' where id in (select id from appointment_notice order by id limit 10)`,
    [at(now.midnight)],
  );
}

/** Appointments that a caller called off by telephone. */
export async function addTimesCalledOff({ sql, make, now }: Enriching): Promise<void> {
  const booked = await sql<{ appointmentId: string; personId: string; districtId: string }>(
    `select ap.appointment_id as "appointmentId", ap.person_id as "personId", ap.district_id as "districtId"
     from appointment_person ap join appointment a on a.id = ap.appointment_id
     where a.status = 'BOOKED' and a.starts_at > now() order by md5(ap.person_id::text || ap.appointment_id) limit 200`,
  );
  const each = new Map(booked.map((row) => [row.appointmentId, row]));
  await Promise.all(
    [...each.values()].map((row) =>
      make.telephoneCancellation({
        id: idOf(`called off ${row.appointmentId}`),
        ...row,
        notedAt: at(now.midnight),
        heldUntil: at(now.midnight + 9 * DAY),
      }),
    ),
  );
}

/** Meetings that a worker holds, with some persons who have a place and one without a name: some were held, and some are to come. */
export async function addMeetings({ sql, make, now, worker, district }: Enriching): Promise<void> {
  const meetings = [-9, -8, -7, -6, 41, 42].map((days) => ({ days, id: idOf(`meeting ${days}`) }));
  await Promise.all(
    meetings.map(({ days, id }) =>
      make.appointment({
        id,
        districtId: district('sevran'),
        typeCode: 'INFORMATION_MEETING',
        mode: 'ON_SITE',
        status: 'BOOKED',
        startsAt: at(now.midnight + days * DAY + 4 * HOUR),
        endsAt: at(now.midnight + days * DAY + 5 * HOUR),
        bookedAt: at(now.midnight - 9 * DAY),
        places: 12,
        placesUnnamed: 1,
      }),
    ),
  );
  await Promise.all(
    meetings.map(({ id }) =>
      make.appointmentWorker({ appointmentId: id, workerId: worker('worker.sevran') }),
    ),
  );
  const persons = await sql<{ id: string }>(
    'select id from person where district_id = $1 order by id limit 6',
    [district('sevran')],
  );
  await Promise.all(
    meetings.flatMap((meeting) =>
      persons.map(({ id }) => make.appointmentPerson({ appointmentId: meeting.id, personId: id })),
    ),
  );
}

/** What the booking client has booked for a person, in a district where nobody logs in who could move it. The client has the secret. */
export async function addOnlineBooking({ sql, make, now, worker, district }: Enriching): Promise<void> {
  const appointmentId = await make.appointment({
    id: idOf('online'),
    districtId: district('saint-ouen'),
    typeCode: 'FIRST_RECEPTION',
    mode: 'ON_SITE',
    status: 'BOOKED',
    startsAt: at(now.midnight + 40 * DAY + 4 * HOUR),
    endsAt: at(now.midnight + 40 * DAY + 4 * HOUR + 30 * MINUTE),
    bookedAt: at(now.midnight),
  });
  const [person] = await sql<{ personId: string }>(
    'select id as "personId" from person where district_id = $1 order by id limit 1',
    [district('saint-ouen')],
  );
  await make.appointmentPerson({ ...person, appointmentId });
  await make.appointmentWorker({ appointmentId, workerId: worker('agent-12') });
  const [client] = await sql<{ clientId: string }>(
    `select id as "clientId" from client where client_id = 'client.booking'`,
  );
  await make.onlineBooking({
    ...person,
    ...client,
    appointmentId,
    secretHash: createHash('sha256').update(ENRICHED_SECRET).digest(),
  });
}

/** Appointments of persons who were sent a link, in a district where nobody logs in who could cancel them. */
export async function addLinks({ make, now, worker, district }: Enriching): Promise<void> {
  const districtId = district('saint-ouen');
  const startsAt = at(now.midnight + 41 * DAY + 4 * HOUR);
  const endsAt = at(now.midnight + 41 * DAY + 5 * HOUR);
  await Promise.all(
    ENRICHED_LINKS.map(async (secret) => {
      const appointmentId = idOf(secret);
      const personId = idOf(`person of ${secret}`);
      await make.person({
        id: personId,
        districtId,
        chosenName: 'Reine',
        safeContact: 'NEUTRAL_TEXT',
        // The number that the canaries plant: another number would end the link.
        phone: `canari-${md5(`phone ${personId}`).slice(0, 30)}`,
      });
      await make.appointment({ id: appointmentId, districtId, startsAt, endsAt, bookedAt: at(now.midnight) });
      await make.appointmentWorker({ appointmentId, workerId: worker('agent-12') });
      await make.appointmentPerson({ appointmentId, personId });
      const secretHash = createHash('sha256').update(secret).digest();
      await make.appointmentLink({ secretHash, appointmentId, personId, channel: 'TEXT', startsAt });
    }),
  );
}
