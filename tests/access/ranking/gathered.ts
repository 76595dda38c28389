import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { harvest } from '../../support/crawler/harvest.js';

/** A worker and a row that the requester can put together. */
export interface Pair {
  readonly worker: string;
  readonly row: string;
}

/** What can be counted by worker, of what someone was answered. */
export interface Pairs {
  readonly cases: readonly Pair[];
  readonly needs: readonly Pair[];
  readonly notes: readonly Pair[];
  /** Referrals, and what partners asked. */
  readonly requests: readonly Pair[];
  /** What became of an appointment, of a request on the waiting list or of a time that was offered: from any answers, joined by id. */
  readonly outcomes: readonly Pair[];
  /** Of a day that was over when it was told. */
  readonly pastVisits: readonly Pair[];
  /** What was called off: someone is to be told, or it is booked no more before its day. A desk gives its time to someone else. */
  readonly calledOff: readonly Pair[];
  /** Who came to whom: told while they were there, or by who came on a day and had an appointment then. */
  readonly presence: readonly Pair[];
  /** Whatever else names a worker. */
  readonly others: readonly Pair[];
  /**
   * Who is busy when: an appointment that is booked, a visit that goes on, a home visit from which nobody is back, someone who waits for the
   * worker on duty, a time held.
   */
  readonly busy: readonly Pair[];
}

type Value = Readonly<Record<string, unknown>>;
type Sets = Map<string, Set<string>>;

function add(sets: Sets, key: string, value: string): void {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set.add(value));
}

/** The objects below a value: of a list, of a connection, or itself. */
function objectsIn(value: unknown): readonly Value[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { edges } = value as { readonly edges?: unknown };
  return Array.isArray(edges)
    ? edges.flatMap((edge) => objectsIn((edge as { readonly node?: unknown }).node))
    : [value as Value];
}

/**
 * Types whose worker is told of no work: who is there, who is away, who stands in. Whoever asks for the log says why; whoever decides of
 * a release has to know who asks for it; whoever lifts a suspension has to know whose account is shut, and by whom.
 */
const NO_WORK = new Set(
  `Absence AccessLogEntry Availability District FreeSlot Release ReleaseAnswer ReleaseReview Relay Suspension Unavailability
   Viewer Mutation`.split(/\s+/),
);

/** Every field that names a worker, of a type that work is of: a new one is counted by itself. */
function workerFields(schema: GraphQLSchema): ReadonlySet<string> {
  return new Set(
    Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !NO_WORK.has(name))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name === 'Worker')
          .map(({ name }) => `${type.name}.${name}`),
      ),
  );
}

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' });
const LONG_DAY = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'full' });
const TIME = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });
/** As wide as the list of a day has a column. */
const WIDEST = 34;

/** An appointment as one answer has it. */
interface Met {
  startsAt?: string;
  endsAt?: string;
  isBooked?: boolean;
  /** Its status was asked, and refused. */
  isSilent?: boolean;
  workers?: readonly Value[];
  persons?: readonly Value[];
}

/** As the list of a day has it: the day, the hours, and who holds it. */
function lineOf({ startsAt, endsAt, workers = [] }: Met): string | null {
  if (startsAt === undefined || endsAt === undefined) return null;
  const [from, until] = [new Date(startsAt), new Date(endsAt)];
  const names = workers.map((one) => String(one['displayName'])).join(', ');
  return `Liste du ${LONG_DAY.format(from)} ${TIME.format(from)}-${TIME.format(until)} ${names.slice(0, WIDEST)}`;
}

/** The lines of the list of a day, each with the names of those who hold the appointment; the last name may be cut. */
function linesOf(list: string): readonly { readonly line: string; readonly whose: readonly string[] }[] {
  const [title = '', ...lines] = list.split('\n');
  return lines.flatMap((line) => {
    const [time = '', whose = ''] = line.split(' | ').map((cell) => cell.trim());
    return /^\d\d:\d\d-\d\d:\d\d$/.test(time)
      ? [{ line: `${title} ${time} ${whose}`, whose: whose.split(', ') }]
      : [];
  });
}

/** As long as it is this, nothing has come of it. */
const GOES_ON: Readonly<Record<string, string>> = {
  'Appointment.status': 'BOOKED',
  'AppointmentRequest.status': 'WAITING',
  'SlotOffer.status': 'HELD',
};
/** Fields whose objects are of the worker of the object that has them. */
const PARTS: Readonly<Record<string, string>> = {
  'Case.needs': 'Need',
  'Case.interviewNotes': 'InterviewNote',
  'Visit.appointment': 'Appointment',
};

/** What one requester was answered, or several who tell one another, day after day, put together by ids. */
export class Gathered {
  readonly #workers: Sets = new Map();
  /** By row: the rows whose worker is its worker. */
  readonly #wholes: Sets = new Map();
  /** Of who signs with a name alone. */
  readonly #named = new Map<string, string>();
  readonly #ended = new Set<string>();
  readonly #calledOff = new Set<string>();
  readonly #pastVisits: Sets = new Map();
  /** By a person and a day: their appointments then, and the visits. */
  readonly #expected: Sets = new Map();
  readonly #came: Sets = new Map();
  /** Lines of lists of a day, by what was no longer booked then; and those of the look that goes on. */
  readonly #overLines: Sets = new Map();
  readonly #lines = new Map<string, readonly string[]>();
  readonly #bookedLines = new Set<string>();

  /** Since the first answer: the days of the county go by, and not those of the clock. */
  #daysPassed = 0;

  readonly #workerFields: ReadonlySet<string>;

  constructor(readonly schema: GraphQLSchema) {
    this.#workerFields = workerFields(schema);
  }

  /** @param today the day of the answer in Paris, `2026-03-04` */
  add(query: string, data: Readonly<Record<string, unknown>> | null | undefined, today: string): void {
    const visits = new Map<string, Record<string, unknown>>();
    const appointments = new Map<string, Met>();
    const of = <V extends object>(all: Map<string, V>, id: string): V => {
      const one = all.get(id) ?? ({} as V);
      all.set(id, one);
      return one;
    };
    for (const { coordinate, id, value } of harvest(this.schema, query, data)) {
      if (coordinate === 'Query.dayList')
        for (const { line, whose } of linesOf(String(value ?? ''))) this.#lines.set(line, whose);
      if (id === null) continue;
      const [type = '', field = ''] = coordinate.split('.');
      if (coordinate === 'Appointment.status' && value === null) of(appointments, id).isSilent = true;
      if (value === null) continue;
      const row = `${type}:${id}`;
      if (this.#workerFields.has(coordinate))
        for (const worker of objectsIn(value)) {
          add(this.#workers, row, String(worker['id'] ?? worker['displayName']));
          if (worker['id'] != null) this.#named.set(String(worker['displayName']), String(worker['id']));
        }
      const part = PARTS[coordinate];
      for (const one of part === undefined ? [] : objectsIn(value)) {
        add(this.#wholes, `${part}:${one['id']}`, row);
        if (type === 'Visit') add(this.#wholes, row, `${part}:${one['id']}`);
      }
      if (type === 'Visit') of(visits, id)[field] = value;
      if (type === 'Appointment') {
        const met = of(appointments, id);
        if (field === 'startsAt' || field === 'endsAt') met[field] = String(value);
        if (field === 'status') met.isBooked = value === 'BOOKED';
        if (field === 'workers' || field === 'persons') met[field] = objectsIn(value);
      }
      if (GOES_ON[coordinate] !== undefined && value !== GOES_ON[coordinate]) this.#ended.add(row);
      if (coordinate === 'Appointment.cancellationReason') this.#ended.add(row);
      if (coordinate === 'CollectiveAppointment.takenPlaces')
        for (const place of objectsIn(value))
          if (place['outcome'] != null) this.#ended.add(`Appointment:${id}`);
      if (coordinate === 'AppointmentNotice.kind' && value === 'CANCELLED') this.#calledOff.add(row);
      if (coordinate === 'AppointmentNotice.appointment')
        for (const one of objectsIn(value)) add(this.#wholes, row, `Appointment:${one['id']}`);
    }
    for (const [id, visit] of visits) this.#addVisit(`Visit:${id}`, visit, today);
    for (const [id, met] of appointments) this.#addAppointment(`Appointment:${id}`, met, today);
  }

  #addVisit(row: string, visit: Readonly<Record<string, unknown>>, today: string): void {
    const { day, status, outcome, takenInAt, worker, appointment, person } = visit;
    // While it goes on that they were taken in tells who is busy; afterwards, who received somebody.
    if (outcome != null || (takenInAt != null && status === 'CLOSED')) this.#ended.add(row);
    if (day === undefined) return;
    for (const one of objectsIn(person)) add(this.#came, this.#onDay(one, String(day)), row);
    if (String(day) >= today) return;
    for (const one of objectsIn(worker)) add(this.#pastVisits, row, String(one['id'] ?? one['displayName']));
    for (const one of objectsIn(appointment)) add(this.#pastVisits, row, `Appointment:${one['id']}`);
  }

  #onDay(person: Value, day: string): string {
    return `${person['id']} ${Date.parse(day) / 86_400_000 + this.#daysPassed}`;
  }

  #addAppointment(row: string, met: Met, today: string): void {
    if (met.startsAt === undefined) return;
    const day = DAY.format(new Date(met.startsAt));
    for (const one of met.persons ?? []) add(this.#expected, this.#onDay(one, day), row);
    if (met.isSilent && day > today) this.#calledOff.add(row);
    const line = met.isBooked ? lineOf(met) : null;
    if (line !== null) this.#bookedLines.add(line);
  }

  /** Everything was gone through: what the lists of a day have, and is booked no more, is over and was not called off. */
  endLook(): void {
    for (const [line, whose] of this.#lines)
      if (!this.#bookedLines.has(line)) for (const name of whose) add(this.#overLines, `Line:${line}`, name);
    this.#lines.clear();
    this.#bookedLines.clear();
  }

  /** A day passes: what was today is yesterday. */
  endDay(): void {
    this.#daysPassed += 1;
  }

  /** The ids of appointments of which a worker is known. */
  get appointments(): readonly string[] {
    return [...this.#workers.keys()].flatMap((row) =>
      row.startsWith('Appointment:') ? [row.slice(12)] : [],
    );
  }

  /** @param isOwn whether it is of the requester's own queue, and so counts for nothing */
  pairs(isOwn: (pair: Pair) => boolean = () => false): Pairs {
    const workersOf = (row: string): readonly string[] => [
      ...new Set(
        [row, ...(this.#wholes.get(row) ?? [])].flatMap((one) => [...(this.#workers.get(one) ?? [])]),
      ),
    ];
    const paired = (row: string, workers: Iterable<string>): Pair[] =>
      [...new Set(workers)].map((worker) => ({ worker, row })).filter((pair) => !isOwn(pair));
    const pairsOf = (rows: Iterable<string>): Pair[] =>
      [...rows].flatMap((row) => paired(row, workersOf(row)));
    const all = [...new Set([...this.#workers.keys(), ...this.#wholes.keys()])];
    const ofType = (...types: string[]): string[] =>
      all.filter((row) => types.some((type) => row.startsWith(`${type}:`)));
    const timed = new Set(
      ofType('Appointment', 'AppointmentRequest', 'HomeVisitNotBack', 'SlotOffer', 'Visit'),
    );
    const named = new Set(
      ofType('Case', 'Need', 'InterviewNote', 'Referral', 'IncomingRequest', 'AppointmentNotice'),
    );
    const workerNamed = (start: string): string =>
      this.#named.get(start) ?? [...this.#named].find(([name]) => name.startsWith(start))?.[1] ?? start;
    // Held by two workers, an appointment is each one's own.
    const overLines = [...this.#overLines]
      .map(([row, names]) => [...names].map((name) => ({ row, worker: workerNamed(name) })))
      .filter((line) => !line.some(isOwn))
      .flat();
    const whoCame = new Map(ofType('Visit').map((row) => [row, [...workersOf(row)]]));
    for (const [who, rows] of this.#came)
      for (const row of rows)
        whoCame.set(row, [
          ...(whoCame.get(row) ?? []),
          ...[...(this.#expected.get(who) ?? [])].flatMap(workersOf),
        ]);
    const calledOff = [...this.#calledOff].flatMap((row) =>
      row.startsWith('AppointmentNotice:') ? [...(this.#wholes.get(row) ?? [])] : [row],
    );
    return {
      cases: pairsOf(ofType('Case')),
      needs: pairsOf(ofType('Need')),
      notes: pairsOf(ofType('InterviewNote')),
      requests: pairsOf(ofType('Referral', 'IncomingRequest')),
      outcomes: [...pairsOf(this.#ended), ...overLines],
      pastVisits: [...this.#pastVisits].flatMap(([row, whose]) =>
        paired(
          row,
          [...whose].flatMap((one) => (one.startsWith('Appointment:') ? workersOf(one) : [one])),
        ),
      ),
      calledOff: pairsOf(new Set(calledOff)),
      presence: [...whoCame].flatMap(([row, workers]) => paired(row, workers)),
      others: pairsOf(all.filter((row) => !timed.has(row) && !named.has(row))),
      busy: pairsOf([...timed].filter((row) => !this.#ended.has(row))),
    };
  }
}
