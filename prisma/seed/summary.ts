import type pg from 'pg';

/** The number of rows of each kind. */
export interface SeedSummary {
  readonly communes: number;
  readonly districts: number;
  readonly workers: number;
  readonly persons: number;
  readonly cases: number;
  readonly openCases: number;
  readonly unassignedCases: number;
  readonly needs: number;
  readonly notes: number;
  readonly appointments: number;
  /** The number of appointments from the day that the demonstration is centred on. */
  readonly futureAppointments: number;
  /** The number of requests that still wait for a time. */
  readonly waiting: number;
}

/** Counts the rows of the tables. The role must not be bound by row-level security. */
export async function countRows(client: pg.ClientBase, today: Date): Promise<SeedSummary> {
  const { rows } = await client.query<SeedSummary>(
    `select
       (select count(*)::integer from commune) as "communes",
       (select count(*)::integer from district) as "districts",
       (select count(*)::integer from worker) as "workers",
       (select count(*)::integer from person) as "persons",
       (select count(*)::integer from "case") as "cases",
       (select count(*)::integer from "case" where status = 'OPEN') as "openCases",
       (select count(*)::integer from "case" where status = 'OPEN' and assigned_worker_id is null) as "unassignedCases",
       (select count(*)::integer from need) as "needs",
       (select count(*)::integer from interview_note) as "notes",
       (select count(*)::integer from appointment) as "appointments",
       (select count(*)::integer from appointment where starts_at >= $1) as "futureAppointments",
       (select count(*)::integer from appointment_request where status = 'WAITING') as "waiting"`,
    [today],
  );
  const [summary] = rows;
  if (summary === undefined) throw new Error('nothing counted');
  return summary;
}
