import type pg from 'pg';
import { measureWaitingTime } from '../../../src/jobs/tasks.js';
import { inParis, MINUTE } from '../../agenda/agenda.js';
import { type Requester, startTestApp, type TestApp } from '../../support/app.js';
import { type Given, type Rows, rowsOf } from '../../support/county/rows.js';
import { type CountyBuilder, county, type DistrictBuilder, type Hours } from '../../support/county.js';
import { cloneDatabase, type TestDatabase } from '../../support/database.js';
import { DAY } from '../../support/days.js';
import { jobsOf } from '../../support/jobs.js';

export const REPORTING = { clientId: 'client.reporting', scopes: ['statistics:read'] } as const;

export const WEEKS = `query ($districtId: ID!, $typeCode: String!, $from: Date!, $to: Date!) {
  thirdNextAvailable(districtId: $districtId, typeCode: $typeCode, from: $from, to: $to) { week days } }`;

/**
 * The instant at which a clock on the wall in Paris shows this time, `2025-10-03 09:00` or `2025-10-03 09:00:59`; or so many milliseconds
 * later.
 */
export function instantInParis(wallTime: string, later = 0): string {
  const minute = inParis(wallTime.slice(0, 10), wallTime.slice(11, 16));
  const seconds = Number(wallTime.slice(17));
  return new Date(minute.getTime() + seconds * 1000 + later).toISOString();
}

export interface Stage {
  readonly database: TestDatabase;
  /** The builders of its rows. */
  readonly make: Rows;
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
  const jobs = jobsOf(database, 4);
  const make = rowsOf(database);
  const built = await county(database);
  const reader = await app.as('client.reporting', REPORTING);
  let count = 0;
  return {
    database,
    make,
    app,
    county: built,
    jobs,
    district: async (workers) => {
      count += 1;
      const district = built.district(`Attente${count}`);
      const { id } = await district;
      await database.sql(`update district set switched_on_on = '2025-01-01' where id = $1`, [id]);
      const team = new Team(district, id, `Attente${count}`, database, make, reader);
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

/** How an appointment was asked for, and what came of it. */
interface Asked {
  readonly bookedAt?: string;
  readonly status?: Given<'appointment'>['status'];
  readonly askedBy?: Given<'appointment'>['askedBy'];
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
    private readonly make: Rows,
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
    { bookedAt = startsAt, status = 'HONOURED', askedBy, person = nth }: Asked & { person?: number } = {},
  ): Promise<string> {
    const appointmentId = await this.make.appointment({
      districtId: this.id,
      typeCode: 'FIRST_RECEPTION',
      status,
      askedBy,
      startsAt: instantInParis(startsAt),
      endsAt: instantInParis(startsAt, 30 * MINUTE),
      bookedAt: instantInParis(bookedAt),
    });
    await this.make.appointmentWorker({ appointmentId, workerId: this.worker(nth) });
    await this.make.appointmentPerson({ appointmentId, personId: await this.person(person) });
    return appointmentId;
  }

  /** A meeting that all its workers hold at once, to which so many of the persons come. */
  async meeting(
    startsAt: string,
    { bookedAt = startsAt, status = 'HONOURED', persons = 20 }: Asked & { persons?: number } = {},
  ): Promise<void> {
    const appointmentId = await this.make.appointment({
      districtId: this.id,
      typeCode: 'INFORMATION_MEETING',
      status,
      startsAt: instantInParis(startsAt),
      endsAt: instantInParis(startsAt, 120 * MINUTE),
      bookedAt: instantInParis(bookedAt),
      places: 20,
    });
    await Promise.all(
      this.workers.map((workerId) => this.make.appointmentWorker({ appointmentId, workerId })),
    );
    for (let nth = 0; nth < persons; nth += 1)
      await this.make.appointmentPerson({ appointmentId, personId: await this.person(nth) });
  }

  /** The nth person asks to wait. */
  async asks(nth: number, askedAt: string, more: Given<'appointmentRequest'> = {}): Promise<string> {
    return this.make.appointmentRequest({
      districtId: this.id,
      personId: await this.person(nth),
      typeCode: 'FIRST_RECEPTION',
      askedAt: instantInParis(askedAt),
      ...more,
    });
  }

  /** They are offered a time of the nth worker, which they let go. */
  async offered(requestId: string, nth: number, offeredAt: string): Promise<void> {
    await this.make.slotOffer({
      requestId,
      districtId: this.id,
      workerId: this.worker(nth),
      mode: 'ON_SITE',
      startsAt: instantInParis(offeredAt, 9 * DAY),
      endsAt: instantInParis(offeredAt, 9 * DAY + 60 * MINUTE),
      channel: 'NEUTRAL_TEXT',
      offeredAt: instantInParis(offeredAt),
      answerBy: instantInParis(offeredAt, DAY),
      status: 'EXPIRED',
    });
  }

  /** Measures a morning from the agendas of now; the days that it has, by type. Null is a morning without a free time. */
  async thirdNext(day: string, typeCode = 'FIRST_RECEPTION'): Promise<number | null> {
    await this.database.sql('select measure_waiting_day($1, $2::date)', [this.id, day]);
    const [row] = await this.database.sql<{ days: number | null }>(
      'select third_next_days as days from waiting_day where district_id = $1 and type_code = $2 and day = $3',
      [this.id, typeCode, day],
    );
    if (row === undefined) throw new Error('nothing was measured');
    return row.days;
  }

  /** What a reporting client is answered of the weeks of a quarter, as it comes. */
  async weeks(from: string, to: string, typeCode = 'FIRST_RECEPTION'): Promise<string> {
    const { data, text } = await this.reader.send(WEEKS, { districtId: this.id, typeCode, from, to });
    if (!Array.isArray(data?.['thirdNextAvailable'])) throw new Error(text);
    return text;
  }
}
