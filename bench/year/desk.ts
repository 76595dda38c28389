import type pg from 'pg';
import type { Random } from '../../prisma/seed/content/random.js';
import { offerSlots } from '../../src/jobs/tasks.js';
import { SPARED_IF_SOONER_BY } from '../../src/services/agenda/free-slots.js';
import { daysAfter } from '../../src/services/operation/period.js';
import { setClock } from './clock.js';
import type { Contact } from './habits.js';

/** The types that people ask for, with their length in minutes. */
export const MINUTES = { FIRST_RECEPTION: 30, FOLLOW_UP: 45 } as const;
/** One of `MINUTES`. */
export type TypeCode = keyof typeof MINUTES;

/** A free time of a worker. */
export interface Free {
  readonly workerId: string;
  readonly at: Date;
}

/** An offer of the waiting list, as it was made. */
export interface Offer {
  readonly id: string;
  readonly channel: string;
  readonly personId: string;
  readonly answerBy: Date;
  readonly startsAt: Date;
  readonly atShortNotice: boolean;
}

/** A reminder that was sent. */
export interface Reminder {
  /** The appointment. */
  readonly id: string;
  readonly personId: string;
  /** The secret of the link in the message; null if it has none. */
  readonly link: string | null;
}

/** What an activity report tells beside the wait: counts, and shares. */
export interface Published {
  readonly noTime: number;
  readonly honoured: number;
  readonly askedAgain: number;
  readonly freedUsed: number;
}

/** A request that goes on the waiting list. */
export interface Wish {
  readonly id: string;
  readonly personId: string;
  readonly typeCode: TypeCode;
  readonly askedAt: Date;
  /** The appointment that should be sooner. */
  readonly appointmentId: string | null;
  /** The only worker who is wanted. */
  readonly workerId: string | null;
  readonly isUrgent: boolean;
  readonly presentUntil: Date | null;
  /** The person agrees to be asked at short notice. */
  readonly atShortNotice: boolean;
}

const SAFE_CONTACT = {
  text: 'NEUTRAL_TEXT',
  'voice, to them only': 'VOICE_TO_ME_ONLY',
  'letter only': 'LETTER',
  'through someone': 'THROUGH_SOMEONE',
  suspended: 'NONE',
  none: 'NONE',
} as const satisfies Record<Contact, string>;

/** How an appointment ends. */
export type Outcome = 'HONOURED' | 'NOT_HONOURED' | 'CANCELLED_BY_PERSON' | 'CANCELLED_BY_SERVICE';

/** Adds what a desk does in several statements. One round trip is enough then. The clock must be there already. */
export async function installDesk(client: pg.Client): Promise<void> {
  await client.query(`
    create function sim.book(p_id uuid, p_district uuid, p_type text, p_person uuid, p_worker uuid, p_at timestamptz, p_until timestamptz)
      returns void language plpgsql as $$
    begin
      insert into appointment (id, district_id, type_code, starts_at, ends_at, booked_at)
        values (p_id, p_district, p_type, p_at, p_until, sim.now());
      insert into appointment_worker (appointment_id, worker_id) values (p_id, p_worker);
      insert into appointment_person (appointment_id, person_id) values (p_id, p_person);
      insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
        values (p_worker, p_district, p_id, p_at, p_until);
    end $$;
    create function sim.end_appointment(p_id uuid, p_at timestamptz, p_status "AppointmentStatus")
      returns boolean language plpgsql as $$
    begin
      update appointment set status = p_status where id = p_id and status = 'BOOKED' and starts_at = p_at;
      if not found then return false; end if;
      if p_status <> 'HONOURED' then delete from occupancy where appointment_id = p_id; end if;
      return true;
    end $$`);
}

/** Lets the product spare no time. It must be called before there are hours. */
export async function spareNothing(client: pg.Client): Promise<void> {
  await client.query(`create or replace function spared_from(p_gap tstzrange, p_length integer, p_lengths integer[])
    returns timestamptz language sql immutable as 'select null::timestamptz'`);
}

/** What a desk does to the database of a district. Everything has the ids and the lots of the seed, so that a year can be lived again. */
export class Desk {
  readonly #names = new Map<string, string>();
  #now = new Date(0);
  /** The telephone numbers that were given out: each person has one of their own. */
  #numbers = 0;

  constructor(
    private readonly client: pg.Client,
    private readonly districtId: string,
    private readonly random: Random,
  ) {}

  /** Sets the clock of the product's functions. */
  async itIs(now: Date): Promise<void> {
    this.#now = now;
    await setClock(this.client, now);
  }

  /** Lets the planner know what the tables hold by now. Autovacuum would, by a clock that is not the one of the year. */
  async analyze(): Promise<void> {
    await this.client.query(
      'analyze appointment, appointment_notice, appointment_request, dispatch, free_time, occupancy, slot_offer',
    );
  }

  async #rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    // A statement with a name is parsed once.
    const name = this.#names.get(text) ?? `desk ${this.#names.size}`;
    this.#names.set(text, name);
    const { rows } = await this.client.query<Row>({ name, text, values: [...values] });
    return rows;
  }

  async #run(text: string, values: readonly unknown[]): Promise<void> {
    await this.#rows(text, values);
  }

  async addPerson(name: string, contact: Contact): Promise<string> {
    const id = this.random.uuid();
    this.#numbers += 1;
    await this.#run(
      `insert into person (id, district_id, reference, chosen_name, safe_contact, phone, contact_suspended_at, created_at)
        values ($1, $2, $3, 'Quelqu’un', $4, $7, $5, $6)`,
      [
        id,
        this.districtId,
        name,
        SAFE_CONTACT[contact],
        contact === 'suspended' ? this.#now : null,
        this.#now,
        `06 ${this.#numbers}`,
      ],
    );
    if (contact === 'letter only')
      await this.#run(
        `insert into person_address (person_id, line, postal_code, city) values ($1, '2 rue des Lilas', '93270', 'Sevran')`,
        [id],
      );
    return id;
  }

  /**
   * Returns the free times between two instants, of one worker or of anyone, the earliest first; at most 200. Spared times are among them if no
   * other begins within two weeks of them, as in the search.
   * @param keptToo also the times that are kept for urgent persons
   */
  async free(
    typeCode: TypeCode,
    from: Date,
    until: Date,
    workerId: string | null,
    keptToo: boolean,
  ): Promise<readonly Free[]> {
    const open = await this.#free(typeCode, from, until, workerId, keptToo, false);
    const before = open[0] === undefined ? until : daysAfter(open[0].at, -SPARED_IF_SOONER_BY);
    if (before <= from) return open;
    const spared = await this.#free(typeCode, from, before, workerId, keptToo, true);
    return [...spared.filter(({ at }) => at < before), ...open];
  }

  #free(
    typeCode: TypeCode,
    from: Date,
    until: Date,
    workerId: string | null,
    keptToo: boolean,
    sparedToo: boolean,
  ): Promise<readonly Free[]> {
    return this.#rows<{ workerId: string; at: Date }>(
      `select f.worker_id as "workerId", s.at from free_time f
        cross join lateral (select case when $7 then f.ends_at else open_until(f, sim.now(), $8) end as ends_at) g
        cross join lateral generate_series(
          f.starts_at + ceil(greatest(extract(epoch from $2::timestamptz - f.starts_at), 0) / (60 * $6::integer)) * make_interval(mins => $6),
          g.ends_at - make_interval(mins => $6), make_interval(mins => $6)) s(at)
        where f.district_id = $1 and f.type_code = $5 and f.starts_at > $2::timestamptz - interval '12 hours'
          and f.starts_at < $3 and ($4::uuid is null or f.worker_id = $4) order by s.at, f.worker_id limit 200`,
      [this.districtId, from, until, workerId, typeCode, MINUTES[typeCode], keptToo, sparedToo],
    );
  }

  /** Returns the third free time for a first reception, as the product measures it in the morning; null if there is none. */
  async thirdFree(until: Date): Promise<Date | null> {
    const from = new Date(Math.ceil(this.#now.getTime() / 300_000) * 300_000);
    const free = await this.free('FIRST_RECEPTION', from, until, null, false);
    return free[2]?.at ?? null;
  }

  /** Lets the product measure this morning. */
  async measureDay(): Promise<void> {
    await this.#run('select measure_waiting_day($1, day_in_paris(sim.now()))', [this.districtId]);
  }

  /** Returns what the product measured for first receptions, each measured day from a day until a day. */
  measured(from: string, until: string): Promise<readonly { day: string; days: number | null }[]> {
    return this.#rows(
      `select day::text, third_next_days as days from waiting_day
        where type_code = 'FIRST_RECEPTION' and day >= $1 and day < $2 order by day`,
      [from, until],
    );
  }

  async book(typeCode: TypeCode, personId: string, { workerId, at }: Free): Promise<string> {
    const id = this.random.uuid();
    const endsAt = new Date(at.getTime() + MINUTES[typeCode] * 60_000);
    await this.#run('select sim.book($1, $2, $3, $4, $5, $6, $7)', [
      id,
      this.districtId,
      typeCode,
      personId,
      workerId,
      at,
      endsAt,
    ]);
    return id;
  }

  /**
   * Records the end of an appointment, if it is still booked for this time. The time becomes free, unless the person came.
   * @returns whether it was
   */
  async end(id: string, startsAt: Date, status: Outcome): Promise<boolean> {
    const [row] = await this.#rows<{ ended: boolean }>('select sim.end_appointment($1, $2, $3) as ended', [
      id,
      startsAt,
      status,
    ]);
    return row?.ended === true;
  }

  async wait(wish: Wish): Promise<void> {
    await this.#run(
      `insert into appointment_request (id, district_id, person_id, type_code, mode, asked_at, appointment_id, duty_worker_only,
          duty_worker_id, urgency, present_until, short_notice_from, short_notice_until)
        values ($1, $2, $3, $4, 'ON_SITE', $5, $6, $7::uuid is not null, $7, $8::"Urgency", $9, $10, $11)`,
      [
        wish.id,
        this.districtId,
        wish.personId,
        wish.typeCode,
        wish.askedAt,
        wish.appointmentId,
        wish.workerId,
        wish.isUrgent ? 'THIS_WEEK' : 'ORDINARY',
        wish.presentUntil,
        wish.atShortNotice ? '09:00' : null,
        wish.atShortNotice ? '18:00' : null,
      ],
    );
  }

  /**
   * Makes the reminders that are due, and sends them.
   * @returns the appointments of which someone was reminded, and the secret of the link if the message may have one
   */
  async remind(): Promise<readonly Reminder[]> {
    await this.#run(`select prepare_dispatches('{TEXT}', 10000)`, []);
    const sent = await this.#rows<{ id: string; personId: string; dispatchId: string | null }>(
      `with sent as (update dispatch d set status = 'SENDING', attempts = 1 from appointment_notice n
          where n.id = d.notice_id and n.done_at is null returning d.id, d.notice_id)
        select n.appointment_id as id, n.person_id as "personId", s.id as "dispatchId"
        from appointment_notice n left join sent s on s.notice_id = n.id
        where n.done_at is null and n.kind = 'REMINDER' order by n.appointment_id`,
    );
    const reminders: Reminder[] = [];
    for (const { dispatchId, ...of } of sent) reminders.push({ ...of, link: await this.#linkOf(dispatchId) });
    await this.#run(
      `update appointment_notice set done_at = sim.now(), outcome = 'TOLD' where done_at is null and kind = 'REMINDER'`,
      [],
    );
    return reminders;
  }

  async #linkOf(dispatchId: string | null): Promise<string | null> {
    if (dispatchId === null) return null;
    const secret = this.random.uuid();
    const [row] = await this.#rows<{ made: boolean }>(
      `select make_link($1, 1, sha256(convert_to($2, 'UTF8'))) as made`,
      [dispatchId, secret],
    );
    return row?.made === true ? secret : null;
  }

  /** Uses a link. Returns whether the appointment was cancelled by it. */
  async cancelBy(link: string): Promise<boolean> {
    const [row] = await this.#rows<{ came: { outcome: string } }>(
      `select cancel_by_link(sha256(convert_to($1, 'UTF8')), false) as came`,
      [link],
    );
    return row?.came.outcome === 'CANCELLED';
  }

  newId(): string {
    return this.random.uuid();
  }

  async withdraw(requestId: string): Promise<void> {
    await this.#run(
      `update appointment_request set status = 'WITHDRAWN', closed_at = sim.now() where id = $1 and status = 'WAITING'`,
      [requestId],
    );
  }

  /**
   * Runs the job of the waiting list, and returns the offers that it made.
   * @param inAnyCase also if nothing has changed, as the sweep does
   */
  async offers(inAnyCase: boolean): Promise<readonly Offer[]> {
    // The lots that the database draws are those of the seed.
    await this.#run('select setseed($1)', [this.random.next()]);
    if ((await offerSlots(this.client, this.districtId, inAnyCase)) === 0) return [];
    return this.#rows<Offer & pg.QueryResultRow>(
      `select o.id, o.channel::text as channel, r.person_id as "personId", o.answer_by as "answerBy", o.starts_at as "startsAt",
          o.at_short_notice as "atShortNotice"
        from slot_offer o join appointment_request r on r.id = o.request_id
        where o.status in ('HELD', 'ASKED') and o.offered_at = sim.now() order by r.rank_at, r.id`,
    );
  }

  /** Answers an offer. Returns the appointment that came of it, with its worker and start; null if none did. */
  async answer(offerId: string, accepts: boolean): Promise<(Free & { readonly id: string }) | null> {
    const [row] = await this.#rows<{ came: { outcome: string; id?: string } }>(
      'select answer_offer(o.id, o.version, $2) as came from slot_offer o where o.id = $1',
      [offerId, accepts],
    );
    if (row?.came.outcome !== 'ACCEPTED' || row.came.id === undefined) return null;
    const [appointment] = await this.#rows<Free & { id: string }>(
      'select id, worker_ids[1] as "workerId", starts_at as at from appointment where id = $1',
      [row.came.id],
    );
    return appointment ?? null;
  }

  /** Declares a worker away from now on. Returns who was to come, the earliest first. */
  async isAway(
    workerId: string,
    until: Date,
  ): Promise<readonly { readonly id: string; readonly personId: string; readonly at: Date }[]> {
    await this.#run(
      `insert into unavailability (worker_id, district_id, starts_at, ends_at) values ($1, $2, $3, $4)`,
      [workerId, this.districtId, this.#now, until],
    );
    return this.#rows<{ id: string; personId: string; at: Date }>(
      `select a.id, p.person_id as "personId", a.starts_at as at from appointment a join appointment_person p on p.appointment_id = a.id
        where a.worker_ids[1] = $1 and a.status = 'BOOKED' and a.starts_at >= $2 and a.starts_at < $3 order by a.starts_at`,
      [workerId, this.#now, until],
    );
  }

  /** Records that a person asked and found no time, as the desk does. */
  async foundNoTime(personId: string): Promise<void> {
    await this.#run(
      `insert into visit (id, district_id, kind, day, ticket, person_id, arrived_at, closed_at, outcome)
        values ($1, $2, 'CALL', day_in_paris(sim.now()), 0, $3, sim.now(), sim.now(), 'NO_TIME')`,
      [this.random.uuid(), this.districtId, personId],
    );
  }

  /** Returns what the product publishes together with the wait, before it is protected: of a period. */
  async published(from: Date, until: Date): Promise<Published> {
    const [published] = await this.#rows<Published>(
      `select (select count(*)::integer from records_of_visits($1, $2) where 'NO_TIME' = any (categories)) as "noTime",
          (select count(distinct unit_id)::integer from records_of_appointments($1, $2) where 'HONOURED' = any (categories)) as honoured,
          (select avg(part::integer)::float from records_of_asked_again($1, $2)) as "askedAgain",
          (select avg(part::integer)::float from records_of_freed_times_used($1, $2)) as "freedUsed"`,
      [from, until],
    );
    if (published === undefined) throw new Error('the product told nothing');
    return published;
  }

  /** Returns the times that a person called off, and whether someone else used a part of them. */
  freed(): Promise<readonly { startsAt: Date; used: boolean }[]> {
    return this.#rows(
      `select a.starts_at as "startsAt", exists (select from appointment b where b.worker_ids[1] = a.worker_ids[1] and b.starts_at < a.ends_at and b.ends_at > a.starts_at
            and b.status in ('HONOURED', 'NOT_HONOURED')) as used
        from appointment a where a.status = 'CANCELLED_BY_PERSON' and a.starts_at < sim.now()
          and exists (select from availability_occurrence o where o.worker_id = a.worker_ids[1]
            and o.starts_at <= a.starts_at and o.ends_at > a.starts_at)
          and not exists (select from unavailability u where u.worker_id = a.worker_ids[1]
            and u.starts_at <= a.starts_at and u.ends_at > a.starts_at)`,
    );
  }

  /**
   * Returns each day’s open minutes, without the hours of those who were away, how many of them someone was to come in, and in how many
   * somebody was received.
   */
  minutes(): Promise<readonly { day: Date; open: number; used: number; received: number }[]> {
    return this.#rows(
      `select o.starts_at as day, extract(epoch from o.ends_at - o.starts_at)::float / 60 as open, a.used, a.received
        from availability_occurrence o
        cross join lateral (
          select coalesce(sum(extract(epoch from a.ends_at - a.starts_at)) / 60, 0)::float as used,
              coalesce(sum(extract(epoch from a.ends_at - a.starts_at)) filter (where a.status = 'HONOURED') / 60, 0)::float as received
            from appointment a
            where a.worker_ids[1] = o.worker_id and a.starts_at >= o.starts_at and a.starts_at < o.ends_at
              and a.status in ('HONOURED', 'NOT_HONOURED')) a
        where not exists (select from unavailability u where u.worker_id = o.worker_id
          and u.starts_at < o.ends_at and u.ends_at > o.starts_at)`,
    );
  }

  /** Returns when people were to be told of a time that was held for them. */
  async offeredAt(): Promise<readonly Date[]> {
    const rows = await this.#rows<{ at: Date }>('select offered_at as at from slot_offer');
    return rows.map(({ at }) => at);
  }
}
