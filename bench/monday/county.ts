import pg from 'pg';
import { logInJobs } from '../../src/database/jobs-pool.js';
import { LoginProver } from '../../src/database/login-proof.js';
import { freezeNextSnapshot } from '../../src/jobs/freeze-snapshots.js';
import { openAgendas } from '../slots/fill.js';
import { BENCH_KEY, BENCH_LOGIN_SECRET, type BenchCounty } from '../support/app.js';
import { copyOf, urlOf } from '../support/copies.js';
import { WORKERS } from './mix.js';

/** The copy that is kept: agendas of thirteen weeks, and all figures that are due. */
const KEPT = 'monday_county';
/** The copy of a run. It is made anew each time, since a run leaves its rows in it. */
const OF_A_RUN = 'monday';
/**
 * The number of booking clients. The product lets a client book 600 times an hour. At the rate of many counties there are as many clients.
 */
export const BOOKING_CLIENTS = 50;

/**
 * Makes the database of a Monday morning, in which nothing has happened yet.
 * @returns its name
 */
export async function makeMorning(county: BenchCounty): Promise<string> {
  await copyOf(county, KEPT, async (url, onProgress) => {
    await openAgendas(url, WORKERS, onProgress);
    await letIn(url);
    // The jobs freeze all that is due when they start. Here it is done before, so that it is not in the figures.
    await freezeAll(county, url, onProgress);
  });
  const admin = new pg.Client({ connectionString: urlOf(county.url, 'postgres') });
  await admin.connect();
  try {
    await admin.query(`drop database if exists ${OF_A_RUN} with (force)`);
    await admin.query(`create database ${OF_A_RUN} template ${KEPT} strategy file_copy owner cosmos_owner`);
    await admin.query(`grant connect on database ${OF_A_RUN} to cosmos_app, cosmos_jobs`);
  } finally {
    await admin.end();
  }
  await fillTheDay(urlOf(county.url, OF_A_RUN));
  return OF_A_RUN;
}

/** Lets the workers with an agenda log in, and adds booking clients. */
async function letIn(url: string): Promise<void> {
  await asSuperuser(url, async (client) => {
    await client.query(
      `update worker set issuer = (select issuer from worker where subject = 'worker.sevran')
       where issuer = 'https://slots.invalid'`,
    );
    await client.query(
      `insert into client (id, issuer, client_id, kind, name, scopes)
       select gen_random_uuid(), issuer, 'booking-' || n, kind, name, scopes
       from client, generate_series(1, ${BOOKING_CLIENTS}) n where client_id = 'client.booking'`,
    );
  });
}

async function freezeAll(
  county: BenchCounty,
  url: string,
  onProgress: (done: string) => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: urlOf(county.jobsUrl, new URL(url).pathname.slice(1)),
  });
  await client.connect();
  try {
    await logInJobs(client, new LoginProver(BENCH_LOGIN_SECRET));
    for (let frozen = 0, more = true; more; frozen += 1) {
      await client.query('begin isolation level repeatable read');
      more = await freezeNextSnapshot(client, BENCH_KEY);
      await client.query('commit');
      if (frozen % 10 === 0) onProgress(`${frozen} snapshots`);
    }
  } finally {
    await client.end();
  }
}

async function asSuperuser(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Books the morning of today for each worker with an agenda: eight half-hours, as far as they are free, with the persons of the worker's
 * own cases. The kept copy may be of another day. The copies that triggers keep are written as the triggers would have written them.
 */
async function fillTheDay(url: string): Promise<void> {
  await asSuperuser(url, async (client) => {
    await client.query(`
create temp table w on commit drop as select worker_id, (array_agg(district_id order by district_id))[1] as district_id
  from availability group by worker_id;
create temp table c on commit drop as
  select c.id as case_id, c.assigned_worker_id as worker_id, c.district_id, (select min(person_id::text)::uuid from case_person p where p.case_id = c.id) as person_id,
    row_number() over (partition by c.assigned_worker_id order by c.id) as n
  from "case" c where c.status = 'OPEN';
create temp table a on commit drop as
  select gen_random_uuid() as id, w.worker_id, w.district_id, c.case_id, c.person_id, t.at as starts_at
  from w cross join generate_series(1, 8) n
  cross join lateral (select (current_date + time '08:30' + n * interval '30 minutes') at time zone 'Europe/Paris' as at) t
  left join c on c.worker_id = w.worker_id and c.district_id = w.district_id and c.n = n.n
  where not exists (select from occupancy o where o.worker_id = w.worker_id and o.starts_at < t.at + interval '30 minutes' and o.ends_at > t.at);
insert into appointment (id, district_id, case_id, type_code, starts_at, ends_at, case_worker_id, worker_ids)
  select id, district_id, case_id, 'FIRST_RECEPTION', starts_at, starts_at + interval '30 minutes',
    case when case_id is not null then worker_id end, array[worker_id] from a;
insert into appointment_worker (appointment_id, worker_id) select id, worker_id from a;
insert into appointment_person (appointment_id, person_id, district_id, case_worker_id, worker_ids, known_until)
  select a.id, person_id, a.district_id, worker_id, array[worker_id], known_until(ap.status, ap.ends_at)
  from a join appointment ap on ap.id = a.id where person_id is not null;
insert into occupancy (id, worker_id, district_id, appointment_id, starts_at, ends_at)
  select gen_random_uuid(), worker_id, district_id, id, starts_at, starts_at + interval '30 minutes' from a;`);
    await client.query('analyze appointment; analyze occupancy; checkpoint');
  });
}
