import { createHash } from 'node:crypto';
import { DAY } from '../../days.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR, MINUTE } from './enriching.js';

export async function addCalendars(county: Enriching): Promise<void> {
  await addCalendarFeeds(county);
  await addOutsideCalendars(county);
}

/** Calendars that the workers follow, and those that persons with an online account follow. */
async function addCalendarFeeds({ sql, make, now }: Enriching): Promise<void> {
  const [client] = await sql<{ clientId: string }>(
    `select id as "clientId" from client where client_id = 'front.demo'`,
  );
  const feedOf = (id: string) => ({
    ...client,
    id: idOf(`feed ${id}`),
    label: 'Téléphone',
    secretHash: createHash('sha256').update(id).digest(),
    createdAt: at(now.midnight),
  });
  const workers = await sql<{ workerId: string }>('select id as "workerId" from worker order by id');
  await Promise.all(workers.map(({ workerId }) => make.calendarFeed({ ...feedOf(workerId), workerId })));
  const persons = await sql<{ personId: string }>(
    'select person_id as "personId" from person_account order by person_id',
  );
  await Promise.all(persons.map(({ personId }) => make.calendarFeed({ ...feedOf(personId), personId })));
}

/** Times off that the desk can clear and end. They are far off, so that the agendas stay as they are. */
export async function addTimesOff({ sql, make }: Enriching): Promise<void> {
  const members = await sql<{ id: string; workerId: string; districtId: string }>(
    `select id, worker_id as "workerId", district_id as "districtId" from membership
     where role = 'SOCIAL_WORKER' and ends_at is null order by id`,
  );
  const first = Date.parse('2090-02-01T08:00:00+01:00');
  await Promise.all(
    members.map(({ id, workerId, districtId }) =>
      make.unavailability({
        id: idOf(`off ${id}`),
        workerId,
        districtId,
        startsAt: at(first),
        endsAt: at(first + HOUR),
      }),
    ),
  );
}

/** Calendars outside the service in which workers are busy at the time of what is booked. */
async function addOutsideCalendars({ sql, make, now }: Enriching): Promise<void> {
  const members = await sql<{ id: string; workerId: string; districtId: string }>(
    `select id, worker_id as "workerId", district_id as "districtId" from membership
     where role = 'SOCIAL_WORKER' and ends_at is null order by id`,
  );
  await Promise.all(
    members.map(({ id, workerId, districtId }) =>
      make.outsideCalendar({
        id: idOf(`outside ${id}`),
        workerId,
        districtId,
        name: 'Outlook',
        importedAt: at(now.midnight),
        reachesUntil: at(now.midnight + 182 * DAY),
      }),
    ),
  );
  const busy = await sql<{
    calendarId: string;
    occupancyId: string;
    workerId: string;
    districtId: string;
    startsAt: Date;
  }>(
    `select c.id as "calendarId", o.id as "occupancyId", c.worker_id as "workerId", c.district_id as "districtId", o.starts_at as "startsAt"
     from outside_calendar c cross join lateral (select o.* from occupancy o
       where o.worker_id = c.worker_id and o.starts_at > now() order by o.starts_at, o.id limit 2) o order by c.id, o.id`,
  );
  await Promise.all(
    busy.map(({ calendarId, occupancyId, workerId, districtId, startsAt }) =>
      make.unavailability({
        id: idOf(`busy ${calendarId}${occupancyId}`),
        workerId,
        districtId,
        outsideCalendarId: calendarId,
        startsAt,
        endsAt: at(startsAt.getTime() + 5 * MINUTE),
      }),
    ),
  );
}
