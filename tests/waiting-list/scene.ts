import type pg from 'pg';
import { offerSlots } from '../../src/jobs/tasks.js';
import { book, inParis, later, today, workingDaysAfter } from '../agenda/agenda.js';
import {
  type Answer,
  type Requester,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type CountyBuilder, county, type DistrictBuilder, type WorkerBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { jobsOf } from '../support/jobs.js';

/** What a test reads of a request. */
export const REQUEST = `id status rank urgency askedAt version presentUntil
  offers { id status startsAt endsAt answerBy toldAt channel text version worker { id } }`;

export interface Offered {
  readonly id: string;
  readonly status: string;
  readonly startsAt: string;
  readonly answerBy: string;
  readonly toldAt: string | null;
  readonly channel: string;
  readonly text: string;
  readonly version: number;
  readonly worker: { readonly id: string };
}

export interface Waiting {
  readonly id: string;
  readonly status: string;
  readonly rank: number | null;
  readonly urgency: string;
  readonly askedAt: string;
  readonly version: number;
  readonly presentUntil: string | null;
  readonly offers: readonly Offered[];
}

/** A database, the API over it, and the job as the role that runs it. */
export interface Stage {
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly county: CountyBuilder;
  scene(): Promise<Scene>;
  close(): Promise<void>;
}

/**
 * @param options of the API, where a test needs others
 * @param measures `real` for the measures of acts that the product has
 */
export async function raiseStage(
  options: TestAppOptions = {},
  measures: 'real' | 'none' = 'none',
): Promise<Stage> {
  const database = await cloneDatabase('cosmos', measures);
  const app = await startTestApp(database, options);
  const jobs = jobsOf(database);
  const built = await county(database);
  const make = rowsOf(database);
  let count = 0;
  return {
    database,
    app,
    county: built,
    scene: () => {
      count += 1;
      return Scene.of(`Secteur${count}`, { database, app, jobs, county: built, make });
    },
    close: async () => {
      await jobs.end();
      await app.close();
      await database.drop();
    },
  };
}

interface Props {
  readonly database: TestDatabase;
  readonly app: TestApp;
  readonly jobs: pg.Pool;
  readonly county: CountyBuilder;
  readonly make: Rows;
}

/** A district of the test's own, with a desk. Days are working days from the day after tomorrow on. */
export class Scene {
  private constructor(
    readonly district: DistrictBuilder,
    readonly districtId: string,
    readonly name: string,
    readonly desk: Requester,
    private readonly props: Props,
  ) {}

  static async of(name: string, props: Props): Promise<Scene> {
    const district = props.county.district(name);
    const { id } = await district;
    await district.receptionist(`desk.${name}`);
    return new Scene(district, id, name, await props.app.as(`desk.${name}`), props);
  }

  get county(): CountyBuilder {
    return this.props.county;
  }

  /** The builders of the database, one for each table. */
  get make(): Rows {
    return this.props.make;
  }

  /** The nth working day from the day after tomorrow on, beginning with 0. */
  day(nth: number): string {
    const days = workingDaysAfter(later(today(), 1));
    for (let passed = 0; passed < nth; passed += 1) days.next();
    return days.next().value;
  }

  /** A time of the nth day, by the clock on the wall. */
  at(time: string, nth = 0): string {
    return inParis(this.day(nth), time).toISOString();
  }

  /** A worker of this district who is open for half-hour receptions from nine on, on the first days; so many a day. */
  worker(
    name: string,
    {
      slots = 1,
      days = 1,
      from = 0,
      opensAt = '09:00',
    }: { slots?: number; days?: number; from?: number; opensAt?: string } = {},
  ): WorkerBuilder {
    const minutes = Number(opensAt.slice(0, 2)) * 60 + Number(opensAt.slice(3)) + 30 * slots;
    const two = (value: number): string => String(value).padStart(2, '0');
    return this.district.worker(`${name}.${this.name}`).open({
      opensAt,
      closesAt: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
      from: this.day(from),
      until: later(this.day(from + days - 1), 1),
      types: ['FIRST_RECEPTION'],
      modes: ['ON_SITE'],
    });
  }

  as(name: string): Promise<Requester> {
    return this.props.app.as(`${name}.${this.name}`);
  }

  /** Someone who can be told by text, unless said otherwise. */
  person(more: Parameters<DistrictBuilder['person']>[0] = {}): Promise<{ id: string }> {
    return this.district.person({ safeContact: 'NEUTRAL_TEXT', phone: '06 39 98 00 00', ...more });
  }

  /** Someone with an account, who logs in through the front end for persons. */
  async online(subject: string): Promise<{ id: string; as: Requester }> {
    const { id } = await this.district.person();
    const scopes = [
      'cases:read',
      'appointments:read',
      'appointments:write',
      'persons:read',
      'directory:read',
    ];
    return { id, as: await this.asPerson(id, subject, scopes) };
  }

  /** Gives someone an account, and logs them in through the front end for persons. */
  async asPerson(
    personId: string,
    subject: string,
    scopes: readonly string[] = ['cases:read', 'persons:read'],
  ): Promise<Requester> {
    const login = `${subject}.${this.name}`;
    await this.make.personAccount({ personId, subject: login });
    return this.props.app.as(login, { clientId: 'front.person', scopes });
  }

  /** Asks, as the desk unless said otherwise. */
  ask(input: Record<string, unknown>, who = this.desk): Promise<Answer> {
    return who.send(
      `mutation ($input: RequestAppointmentInput!) { requestAppointment(input: $input) { id version } }`,
      { input: { districtId: this.districtId, typeCode: 'FIRST_RECEPTION', ...input } },
    );
  }

  /** Someone new waits. */
  async waits(more: Record<string, unknown> = {}, who = this.desk): Promise<string> {
    const answer = await this.ask({ personId: (await this.person()).id, ...more }, who);
    if (answer.data?.['requestAppointment'] == null) throw new Error(answer.text);
    return answer.data['requestAppointment'].id;
  }

  /** Somebody stands at the desk: it gives a request under a name to a duty worker only then. */
  comes(personId: string): Promise<string> {
    return this.make.visit({ districtId: this.districtId, personId });
  }

  /** Someone new stands at the desk and waits, and the desk gives the request to a duty worker. */
  async waitsWith(dutyWorkerId: string, more: Record<string, unknown> = {}): Promise<string> {
    const { id: personId } = await this.person();
    await this.comes(personId);
    return this.waits({ personId, dutyWorkerId, ...more });
  }

  async request(id: string, who = this.desk): Promise<Waiting> {
    const answer = await who.send(`query ($id: ID!) { appointmentRequest(id: $id) { ${REQUEST} } }`, { id });
    if (answer.data?.['appointmentRequest'] == null) throw new Error(answer.text);
    return answer.data['appointmentRequest'];
  }

  /** What is held for someone; undefined if nothing is. */
  async held(id: string): Promise<Offered | undefined> {
    return (await this.request(id)).offers.find(({ status }) => status === 'HELD');
  }

  /** The times that went to someone further down, and why. */
  async skips(id: string): Promise<readonly { readonly reason: string; readonly startsAt: string }[]> {
    const { data } = await this.desk.send(
      `query ($id: ID!) { appointmentRequest(id: $id) { skips { reason startsAt } } }`,
      { id },
    );
    return data?.['appointmentRequest'].skips;
  }

  /** Runs the job. How many were offered something. */
  offer(): Promise<number> {
    return offerSlots(this.props.jobs, this.districtId, true);
  }

  /** What is held for them once the job has run. @throws Error if it is nothing */
  async offered(id: string): Promise<Offered> {
    await this.offer();
    const held = await this.held(id);
    if (held === undefined) throw new Error('nothing is offered');
    return held;
  }

  act(mutation: string, type: string, input: Record<string, unknown>, who = this.desk): Promise<Answer> {
    return who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id status version } }`, {
      input,
    });
  }

  answer(offer: { id: string; version: number }, accept: boolean, who = this.desk): Promise<Answer> {
    return this.act(
      'answerOffer',
      'AnswerOfferInput',
      { id: offer.id, expectedVersion: offer.version, accept },
      who,
    );
  }

  async present(id: string, present = true): Promise<Answer> {
    const { version } = await this.request(id);
    return this.act('recordPresence', 'RecordPresenceInput', { id, expectedVersion: version, present });
  }

  /** The deadline of an offer passes. */
  async deadlinePasses(offerId: string): Promise<void> {
    await this.props.database.sql(
      `update slot_offer set offered_at = now() - interval '2 days', answer_by = now() - interval '1 minute' where id = $1`,
      [offerId],
    );
    await this.props.database.sql(
      `update occupancy set expires_at = now() - interval '1 minute' where offer_id = $1`,
      [offerId],
    );
  }

  /** Asked so many days ago. */
  async askedDaysAgo(id: string, days: number): Promise<void> {
    await this.props.database.sql(
      `update appointment_request set asked_at = now() - make_interval(days => $2) where id = $1`,
      [id, days],
    );
  }

  /** Books a time for nobody in particular. */
  async booked(workerId: string, startsAt: string, more: Record<string, unknown> = {}): Promise<string> {
    const answer = await book(this.desk, {
      districtId: this.districtId,
      workerIds: [workerId],
      startsAt: new Date(startsAt),
      ...more,
    });
    if (answer.data?.['bookAppointment'] == null) throw new Error(answer.text);
    return answer.data['bookAppointment'].id;
  }

  sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    return this.props.database.sql<R>(text, values);
  }
}

/** Code and reason, or field, of the first error; `none` without one. */
export function faultOf(answer: Answer): string {
  const { code, reason, field } = answer.errors[0]?.extensions ?? { code: 'none' };
  return [code, reason ?? field].filter((part) => part !== undefined).join(' ');
}
