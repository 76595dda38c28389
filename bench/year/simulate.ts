import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import { offerSlots } from '../../src/jobs/tasks.js';
import { setClock } from './clock.js';
import { type Asker, askerOf, DAY, HABITS, HOUR, poisson, suits } from './demand.js';
import type { Staff } from './staff.js';

export interface YearOptions {
  /** The seed of the year. Another seed has other people, staff and chances. */
  readonly seed: string;
  readonly withWaitingList: boolean;
  /** The most hours for which a person stays at the desk (`HABITS.stays`). */
  readonly stays: number;
  readonly from: Date;
  readonly until: Date;
  /** The average number of people who ask for the first time on a working day. */
  readonly askersADay: number;
  readonly onDay?: (day: Date, waiting: number) => void;
}

/** The course of a person who asked. */
export interface Course {
  readonly askedAt: Date;
  readonly isUrgent: boolean;
  /** When the person was received; null if never. */
  heldAt: Date | null;
  /** When the person was first told of a time. */
  offeredAt: Date | null;
}

/** The result of a year, as it was at the end. */
export interface Found {
  readonly courses: readonly Course[];
  /** Times that a person called off: how long before they began, and whether someone else used them. */
  readonly freed: readonly {
    readonly startsAt: Date;
    readonly hoursBefore: number;
    readonly used: boolean;
  }[];
  /** Half-hours in which a worker was there, and whether anyone was to come. */
  readonly open: readonly { readonly startsAt: Date; readonly used: boolean }[];
  /** When people were to be told of a time that was held for them. */
  readonly offeredAt: readonly Date[];
}

/** How far ahead a time is given, as in the search of a worker's slots; below it, how much notice it takes. */
const AHEAD = 56 * DAY;
const NOTICE = 24 * HOUR;
/** The time after which a person who got no time calls again. */
const CALLS_AGAIN = 7 * DAY;

interface Offer {
  readonly id: string;
  readonly channel: string;
  readonly personId: string;
  readonly answerBy: Date;
  readonly startsAt: Date;
}

interface Planned {
  readonly at: number;
  readonly act: () => Promise<void>;
}

/** A person on the way from asking to being received. */
interface Walk {
  readonly asker: Asker;
  readonly course: Course;
  readonly personId: string;
  appointmentId: string | null;
  requestId: string | null;
}

const WALL_CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
});

/**
 * Runs through the days of a district with the product's own functions and database, each event at its moment. The jobs look every half
 * hour while the desk is open, and not at once: that would take long to compute. Until they look, the next person who asks can have a freed
 * time.
 */
export class Year {
  readonly #random: Random;
  /** The planned events, sorted by the time at which they are due. */
  readonly #planned: Planned[] = [];
  readonly #courses: Course[] = [];
  readonly #walks = new Map<string, Walk>();
  readonly #answered = new Set<string>();
  #now = 0;
  #askers = 0;

  constructor(
    private readonly client: pg.Client,
    private readonly staff: Staff,
    private readonly options: YearOptions,
  ) {
    this.#random = createRandom(`year ${options.seed}`);
  }

  async live(): Promise<Found> {
    const { from, until, askersADay, onDay, seed, withWaitingList } = this.options;
    for (let hour = from.getTime(); hour < until.getTime(); hour += HOUR) {
      if (this.#wallClock(hour).endsWith(' 08:00')) {
        onDay?.(new Date(hour), this.#walks.size);
        this.#plan(hour, () => this.#someAreIll());
      }
      if (this.#isOpen(hour)) {
        if (withWaitingList) for (const at of [hour, hour + HOUR / 2]) this.#plan(at, () => this.#offer());
        // In each hour of both years the same number of people ask, at the same moments.
        for (let left = poisson(this.#random, askersADay / 9); left > 0; left -= 1) {
          this.#askers += 1;
          const name = `asker ${this.#askers} of ${seed}`;
          this.#plan(hour + this.#random.next() * HOUR, () => this.#someoneAsks(name));
        }
      }
      await this.#liveUntil(hour + HOUR);
    }
    return {
      courses: this.#courses,
      freed: await this.#freed(),
      open: await this.#open(),
      offeredAt: await this.#offeredAt(),
    };
  }

  #wallClock(at: number): string {
    return WALL_CLOCK.format(new Date(at));
  }

  /** True from nine to six on working days, in Paris. Then the desk answers, and tells people of offers. */
  #isOpen(at: number): boolean {
    const [day = '', time = ''] = this.#wallClock(at).split(' ');
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    return weekday >= 1 && weekday <= 5 && time >= '09:00' && time < '18:00' && !this.staff.closedOn.has(day);
  }

  #plan(at: number, act: () => Promise<void>): void {
    const due = Math.ceil(at);
    const before = this.#planned.findLastIndex((planned) => planned.at <= due);
    this.#planned.splice(before + 1, 0, { at: due, act });
  }

  /** Runs the planned events one after the other, each at its moment. */
  async #liveUntil(end: number): Promise<void> {
    for (;;) {
      const [next] = this.#planned;
      if (next === undefined || next.at >= end) return;
      this.#planned.shift();
      this.#now = Math.max(this.#now, next.at);
      await setClock(this.client, new Date(this.#now));
      await next.act();
    }
  }

  async #someoneAsks(name: string): Promise<void> {
    const at = new Date(this.#now);
    const asker = askerOf(name, at);
    const personId = randomUUID();
    await this.client.query(
      `insert into person (id, district_id, reference, chosen_name, safe_contact, phone, created_at)
        values ($1, $2, $3, 'Quelqu’un', $4, '06 39 98 00 00', $5)`,
      [personId, this.staff.districtId, name, asker.contact, at],
    );
    if (asker.contact === 'LETTER')
      await this.client.query(
        `insert into person_address (person_id, line, postal_code, city) values ($1, '2 rue des Lilas', '93270', 'Sevran')`,
        [personId],
      );
    await this.#ask({ asker, personId, course: this.#course(asker), appointmentId: null, requestId: null });
  }

  #course({ isUrgent }: Asker): Course {
    const course: Course = { askedAt: new Date(this.#now), isUrgent, heldAt: null, offeredAt: null };
    this.#courses.push(course);
    return course;
  }

  /** Returns the worker that the person asks for: the one who knows them, or null for anyone. */
  #workerOf({ ownWorker }: Asker): string | null {
    const { workerIds } = this.staff;
    return ownWorker === null ? null : (workerIds[Math.floor(ownWorker * workerIds.length)] ?? null);
  }

  /** Asks at the desk or by telephone. The person takes the earliest free time that suits. */
  async #ask(walk: Walk): Promise<void> {
    this.#walks.set(walk.personId, walk);
    const { isThere, contact, wouldComeSooner } = walk.asker;
    const { rows } = await this.client.query<{ worker_id: string; at: Date }>(
      `select f.worker_id, s.at from free_time f cross join lateral generate_series(
          f.starts_at + ceil(greatest(extract(epoch from $2::timestamptz - f.starts_at), 0) / 1800) * interval '30 minutes',
          f.ends_at - interval '30 minutes', interval '30 minutes') s(at)
        where f.district_id = $1 and f.type_code = 'FIRST_RECEPTION' and f.starts_at > $2::timestamptz - interval '12 hours'
          and f.starts_at < $3 and ($4::uuid is null or f.worker_id = $4) order by s.at, f.worker_id limit 200`,
      [
        this.staff.districtId,
        new Date(this.#now + (isThere ? HOUR / 4 : NOTICE)),
        new Date(this.#now + AHEAD),
        this.#workerOf(walk.asker),
      ],
    );
    const slot = rows.find(({ at }) => this.#suits(walk, at));
    if (slot !== undefined) {
      await this.#book(walk, slot.worker_id, slot.at);
      const wants = wouldComeSooner && slot.at.getTime() > this.#now + 3 * DAY;
      if (this.options.withWaitingList && wants) await this.#wait(walk);
    } else if (this.options.withWaitingList && contact !== 'NONE') await this.#wait(walk);
    else this.#plan(this.#now + CALLS_AGAIN, () => this.#ask(walk));
  }

  /**
   * Returns whether a time suits. A person who is there and can stay takes a time that begins before they leave. Otherwise chance decides
   * for that day.
   */
  #suits({ asker, course }: Walk, startsAt: Date): boolean {
    const isThereThen =
      asker.isThere && startsAt.getTime() < course.askedAt.getTime() + this.options.stays * HOUR;
    return isThereThen || suits(asker, startsAt, this.#now);
  }

  async #book(walk: Walk, workerId: string, startsAt: Date): Promise<void> {
    const id = randomUUID();
    const endsAt = new Date(startsAt.getTime() + HOUR / 2);
    await this.client.query(
      `with a as (insert into appointment (id, district_id, type_code, starts_at, ends_at, booked_at)
          values ($1, $2, 'FIRST_RECEPTION', $3, $4, $5))
        select`,
      [id, this.staff.districtId, startsAt, endsAt, new Date(this.#now)],
    );
    await this.client.query('insert into appointment_worker (appointment_id, worker_id) values ($1, $2)', [
      id,
      workerId,
    ]);
    await this.client.query('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
      id,
      walk.personId,
    ]);
    await this.client.query(
      `insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at) values ($1, $2, $3, $4, $5)`,
      [workerId, this.staff.districtId, id, startsAt, endsAt],
    );
    this.#hasTime(walk, id, startsAt);
  }

  /** Records that the person knows of a time, and plans what chance has in store for it. */
  #hasTime(walk: Walk, appointmentId: string, startsAt: Date): void {
    walk.appointmentId = appointmentId;
    walk.course.offeredAt ??= new Date(this.#now);
    const ahead = startsAt.getTime() - this.#now;
    const { cancels } = walk.asker;
    const isStill = async (): Promise<boolean> => {
      if (walk.appointmentId !== appointmentId) return false;
      const { rowCount } = await this.client.query(
        `select from appointment where id = $1 and status = 'BOOKED' and starts_at = $2`,
        [appointmentId, startsAt],
      );
      return rowCount === 1;
    };
    if (cancels !== null) {
      const before = cancels.late ? Math.min(2 * DAY, ahead) * cancels.share : ahead * cancels.share;
      this.#plan(startsAt.getTime() - before, async () => {
        if (await isStill()) await this.#callOff(walk, appointmentId);
      });
    }
    this.#plan(startsAt.getTime(), async () => {
      if (await isStill()) await this.#begins(walk, appointmentId);
    });
  }

  async #callOff(walk: Walk, appointmentId: string): Promise<void> {
    await this.#close(walk, appointmentId, 'CANCELLED_BY_PERSON');
    if (walk.asker.asksAgain) this.#plan(this.#now + DAY, () => this.#asksAnew(walk));
  }

  async #begins(walk: Walk, appointmentId: string): Promise<void> {
    if (walk.asker.comes) {
      await this.client.query(`update appointment set status = 'HONOURED' where id = $1`, [appointmentId]);
      walk.course.heldAt = new Date(this.#now);
      this.#walks.delete(walk.personId);
    } else {
      await this.#close(walk, appointmentId, 'NOT_HONOURED');
      if (walk.asker.asksAgain) this.#plan(this.#now + DAY, () => this.#asksAnew(walk));
    }
  }

  async #close(walk: Walk, appointmentId: string, status: string): Promise<void> {
    await this.client.query('update appointment set status = $2::"AppointmentStatus" where id = $1', [
      appointmentId,
      status,
    ]);
    await this.client.query('delete from occupancy where appointment_id = $1', [appointmentId]);
    walk.appointmentId = null;
    this.#walks.delete(walk.personId);
    // A person who called off or did not come no longer waits. They ended their course themselves, so it is not counted.
    this.#courses.splice(this.#courses.indexOf(walk.course), 1);
  }

  /** Asks again as a new person whose second appointment is kept: nobody calls off for ever. */
  async #asksAnew(walk: Walk): Promise<void> {
    const asker = { ...walk.asker, cancels: null, comes: true };
    await this.#ask({ ...walk, asker, course: this.#course(asker), appointmentId: null, requestId: null });
  }

  // ---- The waiting list --------------------------------------------------------------------------------

  async #wait(walk: Walk): Promise<void> {
    walk.requestId = randomUUID();
    const { isThere, isUrgent } = walk.asker;
    await this.client.query(
      `insert into appointment_request (id, district_id, person_id, type_code, mode, asked_at, appointment_id, duty_worker_only,
          duty_worker_id, urgency, present_until)
        values ($1, $2, $3, 'FIRST_RECEPTION', 'ON_SITE', $4, $5, $6::uuid is not null, $6, $7::"Urgency", $8)`,
      [
        walk.requestId,
        this.staff.districtId,
        walk.personId,
        walk.course.askedAt,
        walk.appointmentId,
        this.#workerOf(walk.asker),
        isUrgent ? 'THIS_WEEK' : 'ORDINARY',
        isThere ? new Date(walk.course.askedAt.getTime() + this.options.stays * HOUR) : null,
      ],
    );
  }

  async #offer(): Promise<void> {
    if ((await offerSlots(this.client, this.staff.districtId, true)) === 0) return;
    const { rows } = await this.client.query<Offer>(
      `select o.id, o.channel::text as channel, r.person_id as "personId", o.answer_by as "answerBy", o.starts_at as "startsAt"
        from slot_offer o join appointment_request r on r.id = o.request_id
        where o.status = 'HELD' and o.offered_at = sim.now()`,
    );
    for (const offer of rows) this.#willAnswer(offer);
  }

  /**
   * Plans the answer to an offer: at once if the person is there; in the hours after they were told; after the letter has come and gone; or
   * never.
   */
  #willAnswer({ id, channel, personId, answerBy, startsAt }: Offer): void {
    const walk = this.#walks.get(personId);
    if (walk === undefined || this.#answered.has(id)) return;
    this.#answered.add(id);
    const { random } = walk.asker;
    const never = random.chance(HABITS.neverAnswers);
    const accepts = this.#suits(walk, startsAt);
    const share = random.next();
    const delay =
      {
        AT_DESK: share * (HOUR / 4),
        LETTER: 4 * DAY + share * 2 * DAY,
      }[channel] ?? -Math.log(1 - share) * 4 * HOUR;
    const at = this.#now + delay;
    if (!never && at < answerBy.getTime()) this.#plan(at, () => this.#answer(walk, id, accepts));
  }

  async #answer(walk: Walk, offerId: string, accepts: boolean): Promise<void> {
    const { rows } = await this.client.query<{ came: { outcome: string; id?: string } }>(
      'select answer_offer(o.id, o.version, $2) as came from slot_offer o where o.id = $1',
      [offerId, accepts],
    );
    const came = rows[0]?.came;
    if (came?.outcome !== 'ACCEPTED' || came.id === undefined) return;
    const [slot] = (
      await this.client.query<{ starts_at: Date }>('select starts_at from appointment where id = $1', [
        came.id,
      ])
    ).rows;
    if (slot !== undefined) this.#hasTime(walk, came.id, slot.starts_at);
  }

  // ---- Illness ------------------------------------------------------------------------------------------

  /** Calls off the day of each ill worker in the morning. Every person gets the next time that there is. */
  async #someAreIll(): Promise<void> {
    const [day] = this.#wallClock(this.#now).split(' ');
    for (const { workerId } of this.staff.illOn.filter((ill) => ill.day === day)) {
      const [from, until] = [new Date(this.#now), new Date(this.#now + 12 * HOUR)];
      await this.client.query(
        `insert into unavailability (worker_id, district_id, starts_at, ends_at) values ($1, $2, $3, $4)`,
        [workerId, this.staff.districtId, from, until],
      );
      const { rows } = await this.client.query<{ id: string; person_id: string }>(
        `select a.id, p.person_id from appointment a join appointment_person p on p.appointment_id = a.id
          where a.worker_ids[1] = $1 and a.status = 'BOOKED' and a.starts_at >= $2 and a.starts_at < $3 order by a.starts_at`,
        [workerId, from, until],
      );
      for (const { id, person_id } of rows) {
        await this.client.query(`update appointment set status = 'CANCELLED_BY_SERVICE' where id = $1`, [id]);
        await this.client.query('delete from occupancy where appointment_id = $1', [id]);
        const walk = this.#walks.get(person_id);
        if (walk === undefined) continue;
        walk.appointmentId = null;
        await this.client.query(
          `update appointment_request set status = 'WITHDRAWN', closed_at = sim.now() where id = $1 and status = 'WAITING'`,
          [walk.requestId],
        );
        await this.#ask(walk);
      }
    }
  }

  async #freed(): Promise<Found['freed']> {
    const { rows } = await this.client.query<{ starts_at: Date; hours: number; used: boolean }>(
      `select a.starts_at, extract(epoch from a.starts_at - a.status_at)::float / 3600 as hours,
          exists (select from appointment b where b.worker_ids[1] = a.worker_ids[1] and b.starts_at = a.starts_at
            and b.status in ('HONOURED', 'NOT_HONOURED')) as used
        from appointment a where a.status = 'CANCELLED_BY_PERSON' and a.starts_at < sim.now()
          and exists (select from availability_occurrence o where o.worker_id = a.worker_ids[1]
            and o.starts_at <= a.starts_at and o.ends_at > a.starts_at)
          and not exists (select from unavailability u where u.worker_id = a.worker_ids[1]
            and u.starts_at <= a.starts_at and u.ends_at > a.starts_at)`,
    );
    return rows.map(({ starts_at, hours, used }) => ({ startsAt: starts_at, hoursBefore: hours, used }));
  }

  async #open(): Promise<Found['open']> {
    const { rows } = await this.client.query<{ startsAt: Date; used: boolean }>(
      `select s.at as "startsAt", exists (select from appointment a where a.worker_ids[1] = o.worker_id and a.starts_at = s.at
            and a.status in ('HONOURED', 'NOT_HONOURED')) as used
        from availability_occurrence o
        cross join lateral generate_series(o.starts_at, o.ends_at - interval '30 minutes', interval '30 minutes') s(at)
        where not exists (select from unavailability u where u.worker_id = o.worker_id and u.starts_at <= s.at and u.ends_at > s.at)`,
    );
    return rows;
  }

  async #offeredAt(): Promise<Found['offeredAt']> {
    const { rows } = await this.client.query<{ offered_at: Date }>('select offered_at from slot_offer');
    return rows.map(({ offered_at }) => offered_at);
  }
}
