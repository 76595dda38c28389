import pg from 'pg';

const CASES_OF_A_WORKER = 150;
const BATCH = 50_000;

/**
 * Adds cases and workers in SQL until the county has `wanted` cases. Each new worker has 150 cases. Each case has a person, a need, a key,
 * an appointment to come, and a note that nobody can open. It fills a seeded county, as a superuser, and writes the copies that triggers
 * keep as the triggers would have written them.
 */
export async function fillTo(
  url: string,
  wanted: number,
  onProgress: (cases: number) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
    const { rows } = await client.query<{ cases: number }>('select count(*)::integer as cases from "case"');
    let made = rows[0]?.cases ?? 0;
    while (made < wanted) {
      const batch = Math.min(BATCH, wanted - made);
      await client.query(batchSql(made, batch));
      made += batch;
      onProgress(made);
    }
    await client.query('vacuum (freeze, analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Returns the SQL of one batch. It is one message, and so one transaction. */
function batchSql(from: number, count: number): string {
  const workers = Math.ceil(count / CASES_OF_A_WORKER);
  return `
create temp table d on commit drop as select id, row_number() over (order by id) - 1 as n from district;
create temp table w on commit drop as
  select gen_random_uuid() as id, n, (select id from d where d.n = g.n % (select count(*) from d)) as district_id
  from generate_series(0, ${workers - 1}) g(n);
insert into worker (id, issuer, subject, given_name, family_name)
  select id, 'https://growth.invalid', 'growth-${from}-' || n, 'Camille', 'Martin' from w;
insert into membership (id, worker_id, district_id, role, starts_at)
  select gen_random_uuid(), id, district_id, 'SOCIAL_WORKER', now() - interval '3 years' from w;
create temp table g on commit drop as
  select ${from} + i as i, gen_random_uuid() as case_id, gen_random_uuid() as person_id, gen_random_uuid() as appointment_id,
    w.id as worker_id, w.district_id, now() - random() * interval '1000 days' as opened_at
  from generate_series(0, ${count - 1}) i join w on w.n = i / ${CASES_OF_A_WORKER};
insert into "case" (id, reference, district_id, mission, status, assigned_worker_id, opened_at)
  select case_id, 'G-' || i, district_id, 'POLYVALENCE', 'OPEN', worker_id, opened_at from g;
insert into assignment (id, case_id, worker_id, starts_at) select gen_random_uuid(), case_id, worker_id, opened_at from g;
insert into person (id, district_id, reference, given_name, family_name, phone)
  select person_id, district_id, 'GP-' || i, 'Prénom' || i % 997, 'Nom' || i % 4999, '01990' || i from g;
insert into case_person (case_id, person_id, district_id, assigned_worker_id)
  select case_id, person_id, district_id, worker_id from g;
insert into need (id, case_id, person_id, code, starts_on, district_id, assigned_worker_id)
  select gen_random_uuid(), case_id, person_id, (select min(code) from need_code), opened_at::date, district_id, worker_id from g;
insert into appointment (id, district_id, case_id, type_code, starts_at, ends_at, case_worker_id, worker_ids)
  select appointment_id, district_id, case_id, (select min(code) from appointment_type where option is null), t.at, t.at + interval '30 minutes',
    worker_id, array[worker_id]
  from g, lateral (select now() + (1 + i % 60) * interval '1 day' as at) t;
insert into appointment_worker (appointment_id, worker_id) select appointment_id, worker_id from g;
insert into appointment_person (appointment_id, person_id, district_id, case_worker_id, worker_ids, known_until)
  select ap.id, person_id, g.district_id, worker_id, array[worker_id], known_until(ap.status, ap.ends_at)
  from g join appointment ap on ap.id = g.appointment_id;
insert into interview_note (id, case_id, district_id, author_id, reader_id, body, written_at)
  select gen_random_uuid(), case_id, district_id, worker_id, worker_id, decode(repeat('00', 541), 'hex'), opened_at from g;
insert into case_key (case_id, master_key_id, wrapped) select case_id, 'growth', decode(repeat('00', 61), 'hex') from g;`;
}
