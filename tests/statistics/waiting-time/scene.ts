import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { measureWaitingTime } from '../../../src/jobs/tasks.js';
import { type Requester, startTestApp, type TestApp } from '../../support/app.js';
import { type CountyBuilder, county, type DistrictBuilder, type Hours } from '../../support/county.js';
import { cloneDatabase, type TestDatabase } from '../../support/database.js';

export const REPORTING = { clientId: 'client.reporting', scopes: ['statistics:read'] } as const;

export const DAYS = `query ($districtId: ID!, $typeCode: String!, $from: Date!, $to: Date!) {
  thirdNextAvailable(districtId: $districtId, typeCode: $typeCode, from: $from, to: $to) { day days withheld } }`;

export interface Stage {
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly county: CountyBuilder;
  /** The role of the jobs. */
  readonly jobs: pg.Pool;
  /** A district that was switched on long ago, with so many social workers. */
  district(workers: number): Promise<Team>;
  /** Runs the job. */
  measure(): Promise<void>;
  close(): Promise<void>;
}

export async function raiseStage(): Promise<Stage> {
  const database = await cloneDatabase();
  const app = await startTestApp(database);
  const jobs = new pg.Pool({ connectionString: database.urlAs('cosmos_jobs'), max: 4 });
  jobs.on('error', () => undefined);
  const built = await county(database);
  const reader = await app.as('client.reporting', REPORTING);
  let count = 0;
  return {
    database,
    app,
    county: built,
    jobs,
    district: async (workers) => {
      count += 1;
      const district = built.district(`Attente${count}`);
      const { id } = await district;
      await database.sql(`update district set switched_on_on = '2025-01-01' where id = $1`, [id]);
      const team = new Team(district, id, `Attente${count}`, database, reader);
      for (let nth = 0; nth < workers; nth += 1) await team.joins();
      return team;
    },
    measure: () => measureWaitingTime(jobs),
    close: async () => {
      await jobs.end();
      await app.close();
      await database.drop();
    },
  };
}

/** A district of a test’s own; times are those of the clock on the wall in Paris, `2025-10-03 09:00`. */
export class Team {
  readonly workers: string[] = [];
  readonly #persons: string[] = [];

  constructor(
    readonly district: DistrictBuilder,
    readonly id: string,
    readonly name: string,
    private readonly database: TestDatabase,
    private readonly reader: Requester,
  ) {}

  /** A social worker more. */
  async joins(hours?: Hours): Promise<string> {
    const worker = this.district.worker(`${this.workers.length}.${this.name}`);
    if (hours !== undefined) worker.open(hours);
    const { id } = await worker;
    this.workers.push(id);
    return id;
  }

  /** The nth person, who is known from then on. */
  async person(nth: number): Promise<string> {
    while (this.#persons.length <= nth) this.#persons.push((await this.district.person()).id);
    return this.#persons[nth] ?? '';
  }

  worker(nth: number): string {
    const id = this.workers[nth % this.workers.length];
    if (id === undefined) throw new Error('nobody works here');
    return id;
  }

  /** An appointment of the nth person with the nth worker, both round and round. */
  async appointment(
    nth: number,
    startsAt: string,
    { bookedAt = startsAt, status = 'HONOURED', askedBy = null as string | null, person = nth } = {},
  ): Promise<string> {
    const id = randomUUID();
    await this.database.sql(
      `insert into appointment (id, district_id, type_code, status, asked_by, starts_at, ends_at, booked_at)
       select $1, $2, 'FIRST_RECEPTION', $3::"AppointmentStatus", $4::"AskedBy", s.at, s.at + interval '30 minutes',
         $6::timestamp at time zone 'Europe/Paris' from (select $5::timestamp at time zone 'Europe/Paris' as at) s`,
      [id, this.id, status, askedBy, startsAt, bookedAt],
    );
    await this.database.sql('insert into appointment_worker (appointment_id, worker_id) values ($1, $2)', [
      id,
      this.worker(nth),
    ]);
    await this.database.sql('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
      id,
      await this.person(person),
    ]);
    return id;
  }

  /** A meeting that all its workers hold at once, to which so many of the persons come. */
  async meeting(
    startsAt: string,
    { bookedAt = startsAt, status = 'HONOURED', persons = 20 } = {},
  ): Promise<void> {
    const id = randomUUID();
    await this.database.sql(
      `insert into appointment (id, district_id, type_code, status, starts_at, ends_at, booked_at, places)
       select $1, $2, 'INFORMATION_MEETING', $3::"AppointmentStatus", s.at, s.at + interval '2 hours',
         $5::timestamp at time zone 'Europe/Paris', 20 from (select $4::timestamp at time zone 'Europe/Paris' as at) s`,
      [id, this.id, status, startsAt, bookedAt],
    );
    await this.database.sql(
      'insert into appointment_worker (appointment_id, worker_id) select $1, unnest($2::uuid[])',
      [id, this.workers],
    );
    for (let nth = 0; nth < persons; nth += 1)
      await this.database.sql('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
        id,
        await this.person(nth),
      ]);
  }

  /** The nth person asks to wait. */
  async asks(nth: number, askedAt: string, more: Record<string, unknown> = {}): Promise<string> {
    const id = randomUUID();
    const row = { type_code: 'FIRST_RECEPTION', ...more };
    await this.database.sql(
      `insert into appointment_request (id, district_id, person_id, asked_at, ${Object.keys(row).join(', ')})
       select $1, $2, $3, $4::timestamp at time zone 'Europe/Paris', ${Object.keys(row)
         .map((column) => `r.${column}`)
         .join(', ')} from jsonb_populate_record(null::appointment_request, $5::jsonb) r`,
      [id, this.id, await this.person(nth), askedAt, JSON.stringify(row)],
    );
    return id;
  }

  /** They are offered a time of the nth worker, which they let go. */
  async offered(requestId: string, nth: number, offeredAt: string): Promise<void> {
    await this.database.sql(
      `insert into slot_offer (request_id, district_id, worker_id, mode, starts_at, ends_at, channel, offered_at, answer_by, status)
       select $1, $2, $3, 'ON_SITE', o.at + interval '9 days', o.at + interval '9 days 1 hour', 'NEUTRAL_TEXT', o.at, o.at + interval '1 day',
         'EXPIRED' from (select $4::timestamp at time zone 'Europe/Paris' as at) o`,
      [requestId, this.id, this.worker(nth), offeredAt],
    );
  }

  /** Measures a day; what a reporting client is answered of it, by type. */
  async thirdNext(day: string, typeCode = 'FIRST_RECEPTION'): Promise<{ days: number; withheld: string }> {
    await this.database.sql('select measure_waiting_day($1, $2::date)', [this.id, day]);
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    const { data, text } = await this.reader.send(DAYS, {
      districtId: this.id,
      typeCode,
      from: day,
      to: next,
    });
    if (data?.['thirdNextAvailable']?.length !== 1) throw new Error(text);
    const { days, withheld } = data['thirdNextAvailable'][0];
    return { days, withheld };
  }
}
