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
  /** That someone is to be told that it is called off: the desk's own work. */
  readonly cancellationsToTell: readonly Pair[];
  /** Whatever else names a worker. */
  readonly others: readonly Pair[];
  /** Who is busy when: an appointment that is booked, a visit that goes on, someone who waits for the worker on duty, a time held. */
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
 * a release has to know who asks for it.
 */
const NO_WORK = new Set(
  `Absence AccessLogEntry Availability District FreeSlot Release ReleaseAnswer ReleaseReview Relay Unavailability Viewer
   Mutation`.split(/\s+/),
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

/** What one requester was answered, day after day, put together by ids. */
export class Gathered {
  readonly #workers: Sets = new Map();
  /** By row: the rows whose worker is its worker. */
  readonly #wholes: Sets = new Map();
  readonly #ended = new Set<string>();
  readonly #calledOff = new Set<string>();
  readonly #pastVisits = new Map<string, Set<string>>();

  readonly #workerFields: ReadonlySet<string>;

  constructor(readonly schema: GraphQLSchema) {
    this.#workerFields = workerFields(schema);
  }

  /** @param today the day of the answer in Paris, `2026-03-04` */
  add(query: string, data: Readonly<Record<string, unknown>> | null | undefined, today: string): void {
    const days = new Map<string, string>();
    const received: Sets = new Map();
    for (const { coordinate, id, value } of harvest(this.schema, query, data)) {
      if (value === null || id === null) continue;
      const [type = ''] = coordinate.split('.');
      const row = `${type}:${id}`;
      if (this.#workerFields.has(coordinate))
        for (const worker of objectsIn(value)) {
          const whose = String(worker['id'] ?? worker['displayName']);
          add(this.#workers, row, whose);
          if (type === 'Visit') add(received, id, whose);
        }
      const part = PARTS[coordinate];
      for (const one of part === undefined ? [] : objectsIn(value)) {
        add(this.#wholes, `${part}:${one['id']}`, row);
        if (type === 'Visit') add(this.#wholes, row, `${part}:${one['id']}`);
      }
      if (coordinate === 'Visit.day') days.set(id, String(value));
      if (GOES_ON[coordinate] !== undefined && value !== GOES_ON[coordinate]) this.#ended.add(row);
      if (coordinate === 'Appointment.cancellationReason') this.#ended.add(row);
      if (coordinate === 'CollectiveAppointment.takenPlaces')
        for (const place of objectsIn(value))
          if (place['outcome'] != null) this.#ended.add(`Appointment:${id}`);
      if (coordinate === 'AppointmentNotice.kind' && value === 'CANCELLED') this.#calledOff.add(row);
      if (coordinate === 'AppointmentNotice.appointment')
        for (const one of objectsIn(value)) add(this.#wholes, row, `Appointment:${one['id']}`);
    }
    for (const [id, day] of days)
      for (const worker of day < today ? (received.get(id) ?? []) : [])
        add(this.#pastVisits, `Visit:${id}`, worker);
  }

  /** @param isOwn whether it is of the requester's own queue, and so counts for nothing */
  pairs(isOwn: (pair: Pair) => boolean = () => false): Pairs {
    const workersOf = (row: string): readonly string[] => [
      ...new Set(
        [row, ...(this.#wholes.get(row) ?? [])].flatMap((one) => [...(this.#workers.get(one) ?? [])]),
      ),
    ];
    const pairsOf = (rows: Iterable<string>): Pair[] =>
      [...rows]
        .flatMap((row) => workersOf(row).map((worker) => ({ worker, row })))
        .filter((pair) => !isOwn(pair));
    const all = [...new Set([...this.#workers.keys(), ...this.#wholes.keys()])];
    const ofType = (...types: string[]): string[] =>
      all.filter((row) => types.some((type) => row.startsWith(`${type}:`)));
    const timed = new Set(ofType('Appointment', 'AppointmentRequest', 'SlotOffer', 'Visit'));
    const named = new Set(
      ofType('Case', 'Need', 'InterviewNote', 'Referral', 'IncomingRequest', 'AppointmentNotice'),
    );
    return {
      cases: pairsOf(ofType('Case')),
      needs: pairsOf(ofType('Need')),
      notes: pairsOf(ofType('InterviewNote')),
      requests: pairsOf(ofType('Referral', 'IncomingRequest')),
      outcomes: pairsOf(this.#ended),
      pastVisits: [...this.#pastVisits]
        .flatMap(([row, workers]) => [...workers].map((worker) => ({ worker, row })))
        .filter((pair) => !isOwn(pair)),
      cancellationsToTell: pairsOf(this.#calledOff),
      others: pairsOf(all.filter((row) => !timed.has(row) && !named.has(row))),
      busy: pairsOf([...timed].filter((row) => !this.#ended.has(row))),
    };
  }
}
