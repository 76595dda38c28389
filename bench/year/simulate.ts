import { createRandom, type Random } from '../../prisma/seed/content/random.js';
import { asksByHour, LEAVES_ON, type ModelChanges } from './changes.js';
import { type Asker, askerOf, DAY, HOUR, poisson, suits } from './demand.js';
import { type Desk, type Free, MINUTES, type Offer, type Published, type TypeCode } from './desk.js';
import type { Contact, Habits } from './habits.js';
import { DeskHours } from './hours.js';
import type { Levers } from './levers.js';
import type { Staff } from './staff.js';

export interface YearOptions {
  /** The seed of the year. Another seed has other people, staff and chances. */
  readonly seed: string;
  readonly levers: Levers;
  readonly habits: Habits;
  readonly from: Date;
  readonly until: Date;
  /** The period that is counted. */
  readonly counted: readonly [from: Date, until: Date];
  /** The average number of people who ask for the first time on a working day. */
  readonly askersADay: number;
  /** The product measures its third next available appointment each morning, too. */
  readonly measuresItself?: boolean;
  /** What is otherwise than in the usual year. */
  readonly changes?: ModelChanges;
}

/** The course of a person who asked. */
export interface Course {
  readonly askedAt: Date;
  /** When the person asked for the first time. It is earlier if they called off or did not come, and have asked again. */
  readonly firstAskedAt: Date;
  /** The minutes that the person needs. */
  readonly minutes: number;
  readonly isUrgent: boolean;
  readonly contact: Contact;
  readonly neverAnswers: boolean;
  /** The person has a worker who knows them. */
  readonly hasOwn: boolean;
  /** When the person was received; null if never. */
  heldAt: Date | null;
  /** Whether the worker who received them was their own. */
  byOwn: boolean;
  /** How often the person asked and found no time. */
  inVain: number;
  /** How often an offer was answered too late. */
  tooLate: number;
  /** How often the person went to a sooner time. */
  moved: number;
  /** How the person ended it themselves: they called off, or did not come. */
  ended: 'CALLED_OFF' | 'DID_NOT_COME' | null;
  /** The person ended it themselves, and never asked again. */
  gaveUp: boolean;
}

/** The result of a year, as it was at the end. */
export interface Found {
  readonly courses: readonly Course[];
  /** Times that a person called off: whether someone else used them. */
  readonly freed: Awaited<ReturnType<Desk['freed']>>;
  /** What the product publishes beside the wait. */
  readonly published: Published;
  /** The open minutes of each half-day with a worker, those in which someone was to come, and those in which somebody was received. */
  readonly minutes: Awaited<ReturnType<Desk['minutes']>>;
  /** When people were to be told of a time that was held for them. */
  readonly offeredAt: readonly Date[];
  /** How many days lie before the third free time, each morning; null if there is none. */
  readonly thirdNext: readonly { readonly day: Date; readonly days: number | null }[];
}

/** How far ahead a time is given, as in the search of a worker's slots; below it, how much notice a person gets by telephone. */
const AHEAD = { usual: 56 * DAY, short: 5 * DAY } as const;
const NOTICE = { usual: 24 * HOUR, short: 2 * HOUR } as const;
/** The days that somebody who must be seen soon waits longer for their own worker. */
const URGENT_WAITS_FOR_OWN = 2;
/** When the jobs look although nothing has changed. */
const LOOKS_IN_ANY_CASE = ['09:00', '12:00', '15:00'];
const NO_CHANGES: ModelChanges = new Set();
/** How many free times a person hears of: all, or the first alone. */
const SEES_ALL = Number.POSITIVE_INFINITY;
const HEARS_ONE = 1;
/** The time after which a person who got no time calls again. */
const CALLS_AGAIN = 7 * DAY;

interface Planned {
  readonly at: number;
  readonly act: () => Promise<void>;
}

/** A person on the way from asking to being received. */
interface Walk {
  readonly asker: Asker;
  readonly course: Course;
  readonly personId: string;
  /** The worker who receives them, of the appointment that they have. */
  workerId: string | null;
  appointmentId: string | null;
  /** The person was reminded of this appointment. */
  isReminded: boolean;
  requestId: string | null;
}

const typeOf = ({ ownWorker }: Asker): TypeCode => (ownWorker === null ? 'FIRST_RECEPTION' : 'FOLLOW_UP');

/**
 * Runs through the days of a district with the product's own functions and database, each event at its moment. The jobs look when a person
 * calls off, every half hour while the desk is open, and three times a day although nothing may have changed. The product looks at once, and
 * each minute: that would take long to compute. Until they look, the next person who asks can have a freed time.
 */
export class Year {
  readonly #random: Random;
  /** The planned events, sorted by the time at which they are due. */
  readonly #planned: Planned[] = [];
  readonly #courses: Course[] = [];
  readonly #walks = new Map<string, Walk>();
  readonly #answered = new Set<string>();
  readonly #thirdNext: { day: Date; days: number | null }[] = [];
  #now = 0;
  #askers = 0;
  /** The worker who has left; null until then. */
  #left: string | null = null;
  readonly #hours: DeskHours;

  constructor(
    private readonly desk: Desk,
    private readonly staff: Staff,
    private readonly options: YearOptions,
  ) {
    this.#random = createRandom(`year ${options.seed}`);
    this.#hours = new DeskHours(staff.closedOn);
  }

  async live(): Promise<Found> {
    const { from, until, counted, askersADay, seed, levers, changes = NO_CHANGES } = this.options;
    const asks = asksByHour(this.#hours.between(from, until), askersADay / 9, changes);
    const leaves = changes.has('leaver') ? `${counted[0].getUTCFullYear()}-${LEAVES_ON} 08:00` : null;
    for (let hour = from.getTime(); hour < until.getTime(); hour += HOUR) {
      if (this.#hours.wallClock(hour).endsWith(' 08:00')) {
        // While the tables fill.
        if (hour < counted[0].getTime()) this.#plan(hour, () => this.desk.analyze());
        if (this.#hours.wallClock(hour) === leaves) this.#plan(hour, () => this.#someoneLeaves());
        this.#plan(hour, () => this.#measure());
        this.#plan(hour, () => this.#someAreIll());
      }
      if (this.#hours.isOpen(hour)) {
        if (levers.has('reminders') || levers.has('link')) this.#plan(hour, () => this.#remind());
        if (this.#hasList()) {
          const inAnyCase = LOOKS_IN_ANY_CASE.some((time) => this.#hours.wallClock(hour).endsWith(time));
          this.#plan(hour, () => this.#offer(inAnyCase));
          this.#plan(hour + HOUR / 2, () => this.#offer(false));
        }
        // In each hour of all years of a seed the same number of people ask, at the same moments.
        for (let left = poisson(this.#random, asks.get(hour) ?? 0); left > 0; left -= 1) {
          this.#askers += 1;
          const name = `asker ${this.#askers} of ${seed}`;
          this.#plan(hour + this.#random.next() * HOUR, () => this.#someoneAsks(name));
        }
      }
      await this.#liveUntil(hour + HOUR);
    }
    return {
      courses: this.#courses,
      freed: await this.desk.freed(),
      published: await this.desk.published(...counted),
      minutes: await this.desk.minutes(),
      offeredAt: await this.desk.offeredAt(),
      thirdNext: this.#thirdNext,
    };
  }

  #ahead(): number {
    return this.options.levers.has('shortHorizon') ? AHEAD.short : AHEAD.usual;
  }

  /** Measures the third next available time of the morning. */
  async #measure(): Promise<void> {
    if (this.options.measuresItself === true) await this.desk.measureDay();
    const third = await this.desk.thirdFree(new Date(this.#now + this.#ahead()));
    this.#thirdNext.push({
      day: new Date(this.#now),
      days: third === null ? null : (third.getTime() - this.#now) / DAY,
    });
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
      await this.desk.itIs(new Date(this.#now));
      await next.act();
    }
  }

  async #someoneAsks(name: string): Promise<void> {
    const asker = askerOf(name, new Date(this.#now), this.options.habits);
    const personId = await this.desk.addPerson(name, asker.contact);
    await this.#ask(this.#walk(asker, personId));
  }

  #walk(asker: Asker, personId: string): Walk {
    const { contact, isUrgent, neverAnswers, ownWorker } = asker;
    const course: Course = {
      askedAt: new Date(this.#now),
      firstAskedAt: asker.asksAt,
      minutes: MINUTES[typeOf(asker)],
      isUrgent,
      contact,
      neverAnswers,
      hasOwn: ownWorker !== null,
      heldAt: null,
      byOwn: false,
      inVain: 0,
      tooLate: 0,
      moved: 0,
      ended: null,
      gaveUp: false,
    };
    this.#courses.push(course);
    return {
      asker,
      personId,
      course,
      workerId: null,
      appointmentId: null,
      isReminded: false,
      requestId: null,
    };
  }

  /** Returns the worker who knows the person, or null. The people of a worker who has left are shared among the others. */
  #ownOf({ ownWorker }: Asker): string | null {
    if (ownWorker === null) return null;
    const { workerIds } = this.staff;
    const place = ownWorker * workerIds.length;
    const own = workerIds[Math.floor(place)] ?? null;
    if (own !== this.#left) return own;
    const others = workerIds.filter((id) => id !== this.#left);
    return others[Math.floor((place % 1) * others.length)] ?? null;
  }

  /** True if people wait on the list: all who would come sooner, or only those who agreed to be asked at short notice. */
  #hasList(): boolean {
    return this.options.levers.has('list') || this.options.levers.has('shortNotice');
  }

  /** Asks at the desk or by telephone. Who waits to be called, and never answers, asks again after a week and sees what is free. */
  async #ask(walk: Walk): Promise<void> {
    this.#walks.set(walk.personId, walk);
    const { neverAnswers, waitsToBeCalled } = walk.asker;
    if (!waitsToBeCalled) await this.#seek(walk);
    else if (neverAnswers) this.#plan(this.#now + CALLS_AGAIN, () => this.#seek(walk));
    else this.#plan(this.#nextMorning(walk.asker), () => this.#call(walk));
  }

  /** The person hears of all that is free, and takes the earliest time that suits. */
  async #seek(walk: Walk): Promise<void> {
    if (await this.#takes(walk, SEES_ALL)) return;
    const { contact } = walk.asker;
    walk.course.inVain += 1;
    await this.desk.foundNoTime(walk.personId);
    if (this.#hasList() && contact !== 'none' && contact !== 'suspended') await this.#wait(walk);
    else this.#plan(this.#now + CALLS_AGAIN, () => this.#ask(walk));
  }

  /** The desk calls with the first free time. If it does not suit, or there is none, it calls again on the next working morning. */
  async #call(walk: Walk): Promise<void> {
    if (!(await this.#takes(walk, HEARS_ONE)))
      this.#plan(this.#nextMorning(walk.asker), () => this.#call(walk));
  }

  /** Returns a moment of the next working morning. */
  #nextMorning({ name }: Asker): number {
    const opens = this.#hours.nextMorning(this.#now);
    return opens + createRandom(`${name} is called on ${opens}`).next() * 3 * HOUR;
  }

  /** Books the time that the person takes. Returns whether there was one. */
  async #takes(walk: Walk, heard: number): Promise<boolean> {
    const { levers } = this.options;
    const { agreesToShortNotice, wouldComeSooner } = walk.asker;
    const joins = levers.has('list') ? wouldComeSooner : levers.has('shortNotice') && agreesToShortNotice;
    const slot = await this.#chosen(walk, heard);
    if (slot === undefined) return false;
    const id = await this.desk.book(typeOf(walk.asker), walk.personId, slot);
    this.#hasTime(walk, id, slot);
    if (joins && slot.at.getTime() > this.#now + 3 * DAY) await this.#wait(walk);
    return true;
  }

  /**
   * Returns the time that the person takes: with their own worker, or sooner with another one if the desk has said so. Somebody who must be
   * seen soon takes the first time of all, if times are kept for them.
   * @param heard how many free times the person hears of, the earliest first
   */
  async #chosen(walk: Walk, heard: number): Promise<Free | undefined> {
    const { asker } = walk;
    const own = this.#ownOf(asker);
    const first = await this.#firstThatSuits(walk, own, heard);
    const { levers } = this.options;
    const takesAnyone = levers.has('urgentPlaces') && asker.isUrgent;
    if (own === null || (!takesAnyone && (asker.leavesOwnFor === null || !levers.has('choices'))))
      return first;
    const anyone = await this.#firstThatSuits(walk, null, heard);
    if (anyone === undefined || first === undefined) return anyone ?? first;
    const daysSooner = (first.at.getTime() - anyone.at.getTime()) / DAY;
    return daysSooner > (takesAnyone ? URGENT_WAITS_FOR_OWN : (asker.leavesOwnFor ?? 0)) ? anyone : first;
  }

  async #firstThatSuits(walk: Walk, workerId: string | null, heard: number): Promise<Free | undefined> {
    const notice = this.options.levers.has('notice') ? NOTICE.short : NOTICE.usual;
    const from = new Date(this.#now + (walk.asker.isThere ? HOUR / 4 : notice));
    const until = new Date(this.#now + this.#ahead());
    const keptToo = this.options.levers.has('urgentPlaces') && walk.asker.isUrgent;
    const free = await this.desk.free(typeOf(walk.asker), from, until, workerId, keptToo);
    return free.slice(0, heard).find(({ at }) => this.#suits(walk, at));
  }

  /**
   * Returns whether a time suits. A person who is there and can stay takes a time that begins before they leave. Otherwise chance decides
   * for that day.
   */
  #suits({ asker, course }: Walk, startsAt: Date): boolean {
    const { habits } = this.options;
    const isThereThen = asker.isThere && startsAt.getTime() < course.askedAt.getTime() + habits.stays * HOUR;
    return isThereThen || suits(asker, startsAt, this.#now, habits);
  }

  /** Records that the person knows of a time, and plans what chance has in store for it. */
  #hasTime(walk: Walk, appointmentId: string, { workerId, at }: Free): void {
    walk.appointmentId = appointmentId;
    walk.workerId = workerId;
    walk.isReminded = false;
    const ahead = at.getTime() - this.#now;
    const { cancels } = walk.asker;
    const isThisOne = (): boolean => walk.appointmentId === appointmentId;
    if (cancels !== null) {
      const before = cancels.late ? Math.min(2 * DAY, ahead) * cancels.share : ahead * cancels.share;
      this.#plan(at.getTime() - before, async () => {
        if (!isThisOne() || !(await this.desk.end(appointmentId, at, 'CANCELLED_BY_PERSON'))) return;
        this.#ended(walk, 'CALLED_OFF');
        if (this.#hasList() && this.#hours.isOpen(this.#now)) await this.#offer(false);
      });
    }
    this.#plan(at.getTime(), async () => {
      const comes = walk.asker.comes || (walk.isReminded && walk.asker.isBroughtByReminder);
      if (!isThisOne() || !(await this.desk.end(appointmentId, at, comes ? 'HONOURED' : 'NOT_HONOURED')))
        return;
      if (!comes) return this.#ended(walk, 'DID_NOT_COME');
      walk.course.heldAt = new Date(this.#now);
      walk.course.byOwn = walk.workerId === this.#ownOf(walk.asker);
      this.#walks.delete(walk.personId);
    });
  }

  /** Ends the course of a person who called off or did not come. Some ask again, as people whose second appointment is kept. */
  #ended(walk: Walk, how: 'CALLED_OFF' | 'DID_NOT_COME'): void {
    walk.appointmentId = null;
    this.#walks.delete(walk.personId);
    walk.course.ended = how;
    walk.course.gaveUp = !walk.asker.asksAgain;
    if (!walk.asker.asksAgain) return;
    const asker = { ...walk.asker, cancels: null, comes: true };
    this.#plan(this.#now + DAY, () => this.#ask(this.#walk(asker, walk.personId)));
  }

  // ---- The waiting list --------------------------------------------------------------------------------

  async #wait(walk: Walk): Promise<void> {
    const { levers } = this.options;
    const { agreesToShortNotice, isThere, isUrgent } = walk.asker;
    walk.requestId = this.desk.newId();
    await this.desk.wait({
      id: walk.requestId,
      personId: walk.personId,
      typeCode: typeOf(walk.asker),
      askedAt: walk.course.askedAt,
      appointmentId: walk.appointmentId,
      workerId: this.#ownOf(walk.asker),
      isUrgent,
      atShortNotice: levers.has('shortNotice') && agreesToShortNotice,
      presentUntil: isThere
        ? new Date(walk.course.askedAt.getTime() + this.options.habits.stays * HOUR)
        : null,
    });
  }

  async #offer(inAnyCase: boolean): Promise<void> {
    for (const offer of await this.desk.offers(inAnyCase)) this.#willAnswer(offer);
  }

  /**
   * Plans the answer to an offer: at once if the person is there; in the hours after they were told; after the letter has come and gone; or
   * never.
   */
  #willAnswer({ id, channel, personId, answerBy, startsAt, atShortNotice }: Offer): void {
    const walk = this.#walks.get(personId);
    if (walk === undefined || this.#answered.has(id)) return;
    this.#answered.add(id);
    const { random, neverAnswers } = walk.asker;
    const { answersAfter, answersSoonAfter } = this.options.habits;
    const accepts = this.#suits(walk, startsAt);
    const share = random.next();
    const delay =
      {
        AT_DESK: share * (HOUR / 4),
        LETTER: 4 * DAY + share * 2 * DAY,
      }[channel] ?? -Math.log(1 - share) * (atShortNotice ? answersSoonAfter : answersAfter) * HOUR;
    if (neverAnswers) return;
    const at = this.#now + delay;
    // A no at short notice is not worth a message.
    if (at < answerBy.getTime()) {
      if (accepts || !atShortNotice) this.#plan(at, () => this.#answer(walk, id, accepts));
    } else if (accepts) walk.course.tooLate += 1;
  }

  async #answer(walk: Walk, offerId: string, accepts: boolean): Promise<void> {
    const had = walk.appointmentId !== null;
    const came = await this.desk.answer(offerId, accepts);
    if (came === null) {
      if (accepts) walk.course.tooLate += 1;
      return;
    }
    if (had) walk.course.moved += 1;
    this.#hasTime(walk, came.id, came);
  }

  // ---- Reminders -----------------------------------------------------------------------------------------

  async #remind(): Promise<void> {
    const { levers } = this.options;
    for (const { id, personId, link } of await this.desk.remind()) {
      const walk = this.#walks.get(personId);
      if (walk === undefined || walk.appointmentId !== id) continue;
      walk.isReminded = levers.has('reminders');
      if (link !== null && levers.has('link')) this.#mayUse(link, walk, id);
    }
  }

  /** Plans that a person who would not come, or would call off late, uses the link within the next hours. */
  #mayUse(link: string, walk: Walk, appointmentId: string): void {
    const { cancels, comes, isBroughtByReminder, name, usesLink } = walk.asker;
    const comesNow = comes || (walk.isReminded && isBroughtByReminder);
    if (!usesLink || (comesNow && cancels?.late !== true)) return;
    const after = createRandom(`${name} opens the link`).next() * 6 * HOUR;
    this.#plan(this.#now + after, async () => {
      if (walk.appointmentId !== appointmentId || !(await this.desk.cancelBy(link))) return;
      this.#ended(walk, 'CALLED_OFF');
      if (this.#hasList() && this.#hours.isOpen(this.#now)) await this.#offer(false);
    });
  }

  // ---- Workers who are away -----------------------------------------------------------------------------

  /** Calls off the day of each ill worker in the morning. */
  async #someAreIll(): Promise<void> {
    const [day] = this.#hours.wallClock(this.#now).split(' ');
    const until = new Date(this.#now + 12 * HOUR);
    for (const { workerId } of this.staff.illOn.filter((ill) => ill.day === day))
      if (workerId !== this.#left) await this.#isAway(workerId, until);
  }

  /** The first of the workers leaves for good: one of those who keep hours for urgent persons. */
  async #someoneLeaves(): Promise<void> {
    const [leaver] = this.staff.workerIds;
    if (leaver === undefined) return;
    this.#left = leaver;
    await this.#isAway(leaver, this.options.until);
  }

  /** Calls off all that a worker has until then. Every person gets the next time that there is. */
  async #isAway(workerId: string, until: Date): Promise<void> {
    for (const { id, personId, at } of await this.desk.isAway(workerId, until)) {
      await this.desk.end(id, at, 'CANCELLED_BY_SERVICE');
      const walk = this.#walks.get(personId);
      if (walk === undefined) continue;
      walk.appointmentId = null;
      if (walk.requestId !== null) await this.desk.withdraw(walk.requestId);
      await this.#ask(walk);
    }
  }
}
