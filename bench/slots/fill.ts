import pg from 'pg';

const WEEKS = 13;
const APPOINTMENTS_OF_A_WORKER = 120;
const BATCH = 2_000;

/**
 * Makes agendas for workers of a seeded county, in SQL and as a superuser: mornings and afternoons of thirteen weeks, and 120 appointments
 * each. The first weeks are full except for cancelled times, so that a search has to pass them. The database's own function makes the free
 * time.
 */
export async function openAgendas(
  url: string,
  workers: number,
  onProgress: (done: string) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    await client.query(agendasSql(workers));
    onProgress(`${workers} agendas with their appointments`);
    await client.query('set session_replication_role = origin');
    await client.query('analyze');
    const { rows } = await client.query<{ id: string }>(
      'select id from availability_occurrence order by starts_at',
    );
    for (let from = 0; from < rows.length; from += BATCH) {
      const ids = rows.slice(from, from + BATCH).map(({ id }) => id);
      await client.query('select keep_free_time($1)', [ids]);
    }
    onProgress(`free time of ${rows.length.toLocaleString('en-GB')} occurrences`);
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Returns the SQL of one batch. It is one message, and so one transaction. */
function agendasSql(count: number): string {
  return `
delete from free_time; delete from availability_occurrence; delete from availability_type; delete from availability;
delete from unavailability; delete from absence;
create temp table d on commit drop as select id, row_number() over (order by id) - 1 as n from district;
create temp table w on commit drop as
  select m.worker_id as id, (array_agg(m.district_id order by m.district_id))[1] as district_id from membership m
  join worker on worker.id = m.worker_id and disabled_at is null
  where role = 'SOCIAL_WORKER' and ends_at is null group by m.worker_id order by m.worker_id limit ${count};
create temp table more on commit drop as
  select gen_random_uuid() as id, (select id from d where d.n = g.n % (select count(*) from d)) as district_id, n
  from generate_series(1, ${count} - (select count(*) from w)) g(n);
insert into worker (id, issuer, subject, given_name, family_name)
  select id, 'https://slots.invalid', 'slots-' || n, 'Camille', 'Martin' from more;
insert into membership (id, worker_id, district_id, role, starts_at)
  select gen_random_uuid(), id, district_id, 'SOCIAL_WORKER', now() - interval '3 years' from more;
insert into w select id, district_id from more;
create temp table v on commit drop as
  select gen_random_uuid() as id, w.id as worker_id, w.district_id, opens_at, closes_at
  from w cross join (values (time '09:00', time '12:00'), ('14:00', '17:00')) h(opens_at, closes_at);
insert into availability (id, worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at, recurrence)
  select id, worker_id, district_id, '{ON_SITE,PHONE,VIDEO,HOME}', current_date, current_date + ${WEEKS * 7}, opens_at, closes_at,
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' from v;
insert into availability_type (availability_id, type_code) select v.id, t.code from v join appointment_type t on t.option is null;
create temp table o on commit drop as
  select gen_random_uuid() as id, v.id as availability_id, v.worker_id, v.district_id,
    (day + v.opens_at) at time zone 'Europe/Paris' as starts_at, (day + v.closes_at) at time zone 'Europe/Paris' as ends_at,
    row_number() over (partition by v.worker_id order by day, v.opens_at) as nth
  from v cross join lateral (select current_date + i as day from generate_series(1, ${WEEKS * 7}) i) s
  where extract(isodow from day) <= 5 and not exists (select from public_holiday p where p.day = s.day);
insert into availability_occurrence (id, availability_id, worker_id, district_id, starts_at, ends_at)
  select id, availability_id, worker_id, district_id, starts_at, ends_at from o;
create temp table a on commit drop as
  select gen_random_uuid() as id, worker_id, district_id, starts_at + half * interval '30 minutes' as starts_at,
    row_number() over (partition by worker_id order by random() < 0.04 or nth > 18 and random() < 0.96, nth, half) as rank
  from o cross join generate_series(0, 5) half
  where not exists (select from occupancy c where c.worker_id = o.worker_id and c.starts_at < o.ends_at and c.ends_at > o.starts_at);
delete from a where rank > ${APPOINTMENTS_OF_A_WORKER};
insert into appointment (id, district_id, type_code, starts_at, ends_at, worker_ids)
  select id, district_id, 'FIRST_RECEPTION', starts_at, starts_at + interval '30 minutes', array[worker_id] from a;
insert into appointment_worker (appointment_id, worker_id) select id, worker_id from a;
insert into occupancy (id, worker_id, district_id, appointment_id, starts_at, ends_at)
  select gen_random_uuid(), worker_id, district_id, id, starts_at, starts_at + interval '30 minutes' from a;`;
}
