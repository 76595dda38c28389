import type { TestDatabase } from '../../support/database.js';

/** What moves with time. Assignments and absences stay: some have no end, and would be met on the way. */
const TABLES = [
  'appointment',
  'appointment_person',
  'appointment_participant',
  'appointment_notice',
  'occupancy',
  'visit',
  'encounter',
  'person_known',
  'relay',
  'case',
  'need',
  'interview_note',
] as const;

/**
 * A day passes: the clock stays, and everything that has happened or is to come is a day earlier. All at once would meet itself on the
 * way where nothing may overlap, so it goes by way of another age.
 */
export async function passDay(database: TestDatabase): Promise<void> {
  const columns = await database.sql<{ table: string; column: string; type: string }>(
    `select table_name as "table", column_name as "column", data_type as type from information_schema.columns
     where table_schema = 'public' and table_name = any ($1) and is_generated = 'NEVER'
       and data_type in ('date', 'timestamp with time zone') order by table_name`,
    [TABLES],
  );
  const shift = (by: string): string =>
    TABLES.map((table) => {
      const own = columns.filter((one) => one.table === table);
      const set = own.map(({ column, type }) => `"${column}" = ("${column}" + interval '${by}')::${type}`);
      return `update "${table}" set ${set.join(', ')};`;
    }).join('\n');
  await database.sql(
    `do $$ begin perform set_config('session_replication_role', 'replica', true);
      ${shift('9000 days')} ${shift('-9001 days')} end $$`,
  );
}

/** The day's work: who has an appointment today comes or does not, some call off, people walk in, are received, and go. */
export async function workOfDay(database: TestDatabase, nth: number): Promise<void> {
  await database.sql(
    `update appointment a set status = case abs(hashtext(a.id::text)) % 5
        when 0 then 'NOT_HONOURED' when 1 then 'CANCELLED_BY_PERSON' when 2 then 'LEFT_BEFORE_RECEIVED' else 'HONOURED'
      end::"AppointmentStatus"
     where a.status = 'BOOKED' and a.places is null and (a.starts_at at time zone 'Europe/Paris')::date <= current_date`,
  );
  await database.sql(
    `update appointment a set status = 'CANCELLED_BY_SERVICE', cancellation_reason = 'WORKER_AWAY'
     from (select id, row_number() over (partition by district_id order by md5(id::text || $1)) as nth from appointment a
       where status = 'BOOKED' and places is null and starts_at > now()
         and exists (select from appointment_person ap where ap.appointment_id = a.id)) c
     where a.id = c.id and c.nth <= 2`,
    [String(nth)],
  );
  await database.sql(
    `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
     select a.id, ap.person_id, a.district_id, 'CANCELLED', a.starts_at from appointment a
       join appointment_person ap on ap.appointment_id = a.id
       where a.status = 'CANCELLED_BY_SERVICE' and a.starts_at > now() on conflict do nothing`,
  );
  await database.sql(
    `insert into visit (district_id, kind, worker_id, taken_in_at, closed_at, outcome)
     select m.district_id, 'WALK_IN', m.worker_id, now(), now(), (array['REFERRED', 'RECEIVED']::"VisitOutcome"[])[1 + $1 % 2]
       from membership m where m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and m.ends_at is null`,
    [nth],
  );
}

/** In the morning some wait for someone, and those who have an appointment today have come. */
export async function morning(database: TestDatabase): Promise<void> {
  await database.sql(
    `insert into visit (district_id, kind, worker_id, appointment_id)
     select a.district_id, 'WALK_IN', a.worker_ids[1], a.id from appointment a
     where a.status = 'BOOKED' and a.places is null and (a.starts_at at time zone 'Europe/Paris')::date = current_date
       and not exists (select from visit v where v.appointment_id = a.id and v.closed_at is null)`,
  );
  await database.sql(
    `insert into visit (district_id, kind, worker_id) select m.district_id, 'WALK_IN', m.worker_id
       from membership m where m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and m.ends_at is null`,
  );
}

/** In the evening everyone who waited is gone. */
export async function evening(database: TestDatabase): Promise<void> {
  await database.sql(
    `update visit set taken_in_at = coalesce(taken_in_at, now()), closed_at = now(), outcome = 'RECEIVED'
      where closed_at is null and worker_id is not null`,
  );
}
