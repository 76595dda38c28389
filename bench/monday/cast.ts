import pg from 'pg';
import type { DevelopmentIssuer } from '../../src/auth/development-issuer.js';
import { tokenFor } from '../support/app.js';
import { BOOKING_CLIENTS } from './county.js';
import { DESKS, WORKERS } from './mix.js';

/** A person. The desk may look the person up, and book for them. */
export interface Known {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number;
}

/** A row as its front end last read it. */
export interface Held {
  readonly id: string;
  readonly version: number;
}

/** A receptionist, with the people of the district. */
export interface Desk {
  readonly subject: string;
  readonly districtId: string;
  readonly persons: readonly Known[];
  /** The visits that go on, the oldest first. */
  readonly visits: Held[];
  token: string;
}

/** A social worker. */
export interface Worker {
  readonly subject: string;
  readonly id: string;
  /** Open cases that are assigned to the worker. */
  readonly cases: readonly string[];
  /** The appointments of the day whose outcome is recorded next. */
  readonly appointments: Held[];
  token: string;
}

/** Everyone who asks on a Monday morning. */
export interface Cast {
  readonly desks: readonly Desk[];
  readonly workers: readonly Worker[];
  /** The workers who have a page of cases. */
  readonly withPage: readonly Worker[];
  readonly bookers: readonly { token: string }[];
  readonly reporting: { token: string };
  /** Signs everyone's token again. A token lasts an hour. */
  logIn(): Promise<void>;
}

const DESKS_SQL = `select d.id as "districtId", min(w.subject) as subject,
    (select json_agg(json_build_object('id', p.id, 'fullName', p.given_name || ' ' || p.family_name, 'birthYear', extract(year from p.birth_date)))
     from (select * from person p where p.district_id = d.id and not p.sensitive_file and p.given_name is not null and p.family_name is not null
       and p.birth_date is not null order by p.id limit 400) p) as persons
  from district d join membership m on m.district_id = d.id and m.role = 'RECEPTIONIST' and m.ends_at is null
  join worker w on w.id = m.worker_id and w.disabled_at is null group by d.id order by d.id`;

const WORKERS_SQL = `select w.id, w.subject,
    array(select c.id::text from "case" c where c.assigned_worker_id = w.id and c.status = 'OPEN' order by c.id limit 25) as cases,
    (select coalesce(json_agg(json_build_object('id', a.id, 'version', a.version) order by a.starts_at), '[]') from appointment a
     join appointment_worker aw on aw.appointment_id = a.id and aw.worker_id = w.id
     where a.status = 'BOOKED' and a.worker_ids[1] = w.id and a.starts_at >= date_trunc('day', now(), 'Europe/Paris')
       and a.starts_at < date_trunc('day', now(), 'Europe/Paris') + interval '1 day') as appointments
  from worker w where w.disabled_at is null and exists (select from availability v where v.worker_id = w.id) order by w.id`;

/** Finds everyone who asks. @throws Error if the county has not enough of them */
export async function gatherCast(url: string, issuer: DevelopmentIssuer): Promise<Cast> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: desks } = await client.query<Omit<Desk, 'visits' | 'token'>>(DESKS_SQL);
    const { rows: workers } = await client.query<Omit<Worker, 'token'>>(WORKERS_SQL);
    if (desks.length !== DESKS || workers.length !== WORKERS)
      throw new Error(`the county has ${desks.length} desks and ${workers.length} workers`);
    return castOf(
      desks.map((desk) => ({ ...desk, visits: [], token: '' })),
      workers.map((worker) => ({ ...worker, token: '' })),
      issuer,
    );
  } finally {
    await client.end();
  }
}

function castOf(desks: readonly Desk[], workers: readonly Worker[], issuer: DevelopmentIssuer): Cast {
  const bookers = Array.from({ length: BOOKING_CLIENTS }, () => ({ token: '' }));
  const reporting = { token: '' };
  return {
    desks,
    workers,
    withPage: workers.filter(({ cases }) => cases.length > 0),
    bookers,
    reporting,
    logIn: async () => {
      for (const one of [...desks, ...workers]) one.token = await tokenFor(issuer, one.subject);
      reporting.token = await tokenFor(issuer, 'client.reporting');
      for (const [nth, booker] of bookers.entries()) {
        const clientId = `booking-${nth + 1}`;
        booker.token = await issuer.sign(
          { subject: clientId, clientId, scopes: ['booking'] },
          { lifetimeSeconds: 3_600 },
        );
      }
    },
  };
}
