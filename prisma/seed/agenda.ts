import { makeLives } from './agenda-life.js';
import { type Calendar, minutesOf } from './calendar.js';
import type { SeedCase } from './cases.js';
import { makeAppointmentSubject } from './content/appointments.js';
import type { Random } from './content/random.js';
import type { Directory } from './directory.js';
import type { SeedPerson } from './persons.js';
import { APPOINTMENT_TYPES, type AppointmentTypeReference } from './reference/appointment-types.js';
import { makeIds, type Row, streamOf } from './rows.js';
import type { RowWithText } from './sealed-texts.js';
import type { Part } from './shape.js';

/** A place in a worker's day, and the appointment that could be held there. */
interface Slot {
  readonly district: string;
  readonly subject: string;
  readonly day: number;
  readonly start: number;
  readonly end: number;
  readonly type: AppointmentTypeReference;
  /** The case; null for a person who comes without one. */
  readonly case: SeedCase | null;
  readonly persons: readonly SeedPerson[];
}

export interface AgendaRows {
  readonly appointments: readonly Row[];
  readonly appointmentSubjects: readonly RowWithText[];
  readonly appointmentWorkers: readonly Row[];
  readonly appointmentPersons: readonly Row[];
  readonly appointmentParticipants: readonly Row[];
  readonly occupancies: readonly Row[];
}

export function makeAgenda(
  calendar: Calendar,
  directory: Directory,
  part: Part,
  cases: readonly SeedCase[],
  personsWithoutCase: readonly SeedPerson[],
): AgendaRows {
  const random = streamOf('agenda', part.name);
  const slots = drawSlots(random, calendar, directory, part, cases, personsWithoutCase);
  const [shown, others] = choose(random, part, slots, cases);
  const busy = new Busy();
  for (const { subject, day, start, end } of [...shown, ...others]) busy.take(subject, day, start, end);

  const nextId = makeIds('appointment', part.name);
  const nextOccupancy = makeIds('occupancy', part.name);
  const makeLife = makeLives(calendar, directory, part);
  const rows = {
    appointments: [] as Row[],
    appointmentSubjects: [] as RowWithText[],
    appointmentWorkers: [] as Row[],
    appointmentPersons: [] as Row[],
    appointmentParticipants: [] as Row[],
    occupancies: [] as Row[],
  };
  // The appointments that are shown online come first, so that their ids are the same on every day.
  for (const slot of [...shown, ...others]) {
    const id = nextId();
    const isShown = shown.includes(slot);
    const status = isShown ? (slot.day < 0 ? 'HONOURED' : 'BOOKED') : drawStatus(random, directory, slot);
    const subjects = [slot.subject];
    const isCancelled = status.startsWith('CANCELLED');
    if (slot.type.code === 'JOINT_MEETING' && !isCancelled) {
      const colleague = random
        .shuffle(directory.socialWorkers(slot.district))
        .find(
          (subject) =>
            !isAway(directory, subject, slot.day) &&
            directory.isThere(subject, slot.district, calendar.weekday(slot.day)) &&
            busy.isFree(subject, slot.day, slot.start, slot.end),
        );
      if (colleague !== undefined) {
        busy.take(colleague, slot.day, slot.start, slot.end);
        subjects.push(colleague);
      }
    }
    const districtId = directory.districtId(slot.district);
    const workerIds = subjects.map((subject) => directory.workerId(subject));
    const times = {
      starts_at: calendar.instant(slot.day, slot.start),
      ends_at: calendar.instant(slot.day, slot.end),
    };
    const { row: life, participants } = makeLife(id, slot, status, times);
    rows.appointmentParticipants.push(...participants);
    const mode = random.chance(0.75) ? (slot.type.modes[0] ?? 'ON_SITE') : random.pick(slot.type.modes);
    const subject = random.chance(0.8) ? makeAppointmentSubject(random, slot.type.code) : null;
    rows.appointments.push({
      id,
      district_id: districtId,
      case_id: slot.case?.id ?? null,
      type_code: slot.type.code,
      mode,
      status,
      ...times,
      ...life,
      version: status === 'BOOKED' ? 1 : 2,
      // The order is that of the copy that the database keeps.
      worker_ids: [...workerIds].sort(),
    });
    if (subject !== null) rows.appointmentSubjects.push({ row: { appointment_id: id }, text: subject });
    for (const workerId of workerIds) {
      rows.appointmentWorkers.push({ appointment_id: id, worker_id: workerId });
      if (!isCancelled)
        rows.occupancies.push({
          id: nextOccupancy(),
          worker_id: workerId,
          district_id: districtId,
          appointment_id: id,
          ...times,
        });
    }
    for (const person of slot.persons)
      rows.appointmentPersons.push({ appointment_id: id, person_id: person.id, show_online: isShown });
  }
  return rows;
}

/** Draws all slots that fit into everybody's opening hours, one after the other with pauses. */
function drawSlots(
  random: Random,
  calendar: Calendar,
  directory: Directory,
  part: Part,
  cases: readonly SeedCase[],
  personsWithoutCase: readonly SeedPerson[],
): Slot[] {
  const slots: Slot[] = [];
  for (const district of part.districts) {
    const { openingHours } = directory.district(district);
    // Persons without a case, and persons whose case has no worker. The persons of an assigned case come to its worker alone: nobody else
    // knows them.
    const visitors = [
      ...personsWithoutCase.filter((person) => person.district === district),
      ...cases
        .filter((of) => of.district === district && of.spells.length === 0)
        .flatMap(({ persons }) => persons),
    ];
    for (const subject of directory.socialWorkers(district)) {
      const own = cases.filter((of) => of.district === district && of.spells.at(-1)?.subject === subject);
      for (let day = part.span.from; day < part.span.until; day++) {
        if (!calendar.isWorkingDay(day) || !directory.isThere(subject, district, calendar.weekday(day)))
          continue;
        const active = own.filter((of) => isActive(of, day));
        const known = visitors.filter(({ since }) => since < Math.min(day, 0));
        for (const { opens, closes } of openingHours.filter(
          ({ weekday }) => weekday === calendar.weekday(day),
        )) {
          let start = minutesOf(opens);
          for (;;) {
            start += 15 * random.int(0, 3);
            const of = active.length > 0 && random.chance(part.caseShare) ? random.pick(active) : null;
            const type = drawType(random, of, day);
            const end = start + type.durationMinutes;
            if (end > minutesOf(closes)) break;
            const persons = of === null ? [random.pick(known)] : drawPersons(random, of);
            slots.push({ district, subject, day, start, end, type, case: of, persons });
            start = Math.ceil(end / 15) * 15;
          }
        }
      }
    }
  }
  return slots;
}

function isAway(directory: Directory, subject: string, day: number): boolean {
  const absence = directory.absence(subject);
  return absence !== null && day >= absence.from && day < absence.until;
}

/** True if the worker who has the case now already had it on that day. */
function isActive({ closedOn, spells }: SeedCase, day: number): boolean {
  const spell = spells.at(-1);
  return (
    spell !== undefined && spell.until === null && spell.from < day && (closedOn === null || closedOn > day)
  );
}

function drawType(random: Random, of: SeedCase | null, day: number): AppointmentTypeReference {
  const share = random.next();
  if (of === null) {
    // Nobody books an emergency for the week after.
    if (share < 0.15 && day <= 1) return typeOf('URGENT_RECEPTION');
    if (share < 0.5) return typeOf('FIRST_RECEPTION');
    return typeOf(share < 0.8 ? 'FOLLOW_UP' : 'PHONE_CALL');
  }
  if (share < 0.15) return typeOf('PHONE_CALL');
  if (share < 0.27) return typeOf('SOCIAL_ASSESSMENT');
  if (share < 0.35) return typeOf('HOME_VISIT');
  if (share < 0.4) return typeOf('JOINT_MEETING');
  return typeOf(of.mission === 'RSA' && share < 0.65 ? 'RSA_CONTRACT' : 'FOLLOW_UP');
}

function typeOf(code: string): AppointmentTypeReference {
  const type = APPOINTMENT_TYPES.find((candidate) => candidate.code === code);
  if (type === undefined) throw new Error(`no appointment type ${code}`);
  return type;
}

/** Draws the persons who come: both of a couple, or one of them. */
function drawPersons(random: Random, { persons }: SeedCase): readonly SeedPerson[] {
  return persons.length > 1 && random.chance(0.6) ? [random.pick(persons)] : persons;
}

/**
 * Chooses the promised number of slots, in order of time, fewer the further ahead. It also chooses one past and one future appointment for
 * the person who follows their case online.
 */
function choose(
  random: Random,
  part: Part,
  slots: readonly Slot[],
  cases: readonly SeedCase[],
): readonly [shown: readonly Slot[], others: readonly Slot[]] {
  const online = cases.find(({ isOnline }) => isOnline);
  const shown = online === undefined ? [] : chooseShown(slots, online);
  const taken = new Set<Slot>(shown.map(({ slot }) => slot));
  const others = slots
    .filter((slot) => !taken.has(slot))
    .map((slot) => ({
      slot,
      rank: part.rank(random.next(), slot.day),
    }))
    .sort((one, other) => other.rank - one.rank)
    .slice(0, part.appointments - shown.length)
    .map(({ slot }) => slot)
    .sort((one, other) => one.day - other.day || one.start - other.start);
  if (others.length + shown.length < part.appointments)
    throw new Error('too few working days for the appointments');
  return [shown.map((both) => both.shown), others];
}

/** Chooses one past and one future place of the worker, for the person who follows a case online. */
function chooseShown(slots: readonly Slot[], online: SeedCase): { slot: Slot; shown: Slot }[] {
  const worker = online.spells.at(-1)?.subject;
  return (
    [
      [-30, -7],
      [3, 24],
    ] as const
  ).map(([from, until]) => {
    const found = slots.find(
      ({ subject, type, day, case: of }) =>
        subject === worker && of !== null && type.code === 'FOLLOW_UP' && day >= from && day < until,
    );
    if (found === undefined) throw new Error(`no place for an appointment shown online from day ${from}`);
    return { slot: found, shown: { ...found, case: online, persons: online.persons } };
  });
}

function drawStatus(random: Random, directory: Directory, { subject, day }: Slot): string {
  const share = random.next();
  if (day >= 0) {
    if (share < 0.94) return 'BOOKED';
    return share < 0.97 ? 'CANCELLED_BY_PERSON' : 'CANCELLED_BY_SERVICE';
  }
  // While a worker is away, their appointments are called off one after the other. Those that are still ahead are not called off yet.
  if (isAway(directory, subject, day)) return 'CANCELLED_BY_SERVICE';
  if (share < 0.73) return 'HONOURED';
  if (share < 0.84) return 'NOT_HONOURED';
  if (share < 0.86) return 'LEFT_BEFORE_RECEIVED';
  if (share < 0.93) return 'CANCELLED_BY_PERSON';
  // Nobody has said yet how the last ones went.
  return share < 0.97 || day < -3 ? 'CANCELLED_BY_SERVICE' : 'BOOKED';
}

/** The taken times of each worker, in minutes of a day. The end is not part of a time. */
class Busy {
  readonly #taken = new Map<string, [start: number, end: number][]>();

  take(subject: string, day: number, start: number, end: number): void {
    const key = `${subject} ${day}`;
    const taken = this.#taken.get(key);
    if (taken === undefined) this.#taken.set(key, [[start, end]]);
    else taken.push([start, end]);
  }

  isFree(subject: string, day: number, start: number, end: number): boolean {
    return !(this.#taken.get(`${subject} ${day}`) ?? []).some(([from, until]) => from < end && start < until);
  }
}
