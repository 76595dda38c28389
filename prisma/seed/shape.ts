import type { DistrictReference } from './reference/districts.js';

/** The shape of a county: how large it is, and what is particular in it. The demonstration has one shape, and a whole county another. */
export interface Shape {
  readonly districts: readonly SeedDistrict[];
  /** The subjects by role, of each district by its slug. */
  readonly teams: ReadonlyMap<string, Team>;
  readonly countyRoles: Readonly<Record<string, string>>;
  readonly departures: readonly Departure[];
  readonly absences: readonly Away[];
  readonly shared: readonly SharedWorker[];
  /** The years, both included, in whose September workers joined. They lie long before the other events. */
  readonly memberSince: readonly [first: number, last: number];
  /** The parts, which are made and inserted one after the other, so that memory holds one of them. */
  readonly parts: readonly Part[];
}

export interface SeedDistrict extends DistrictReference {
  readonly switchedOnOn: string;
  readonly staffOpinion: string;
}

export interface Team {
  readonly SOCIAL_WORKER: readonly string[];
  readonly RECEPTIONIST: readonly string[];
  readonly DISTRICT_HEAD: readonly string[];
  readonly TRAINEE: readonly string[];
}

/** A worker who left a district on a day, for another district or for good. Their cases were taken over, or still wait. */
export interface Departure {
  readonly subject: string;
  readonly from: string;
  readonly to: string | null;
  readonly day: number;
}

/** Returns the day from which a worker who moved works in the new district: a few days later, whatever the public holidays. */
export function arrivalDay({ day }: Departure): number {
  return day + 6;
}

/** An absence with a relay in force, in days. The last day is not part of it. */
export interface Away {
  readonly subject: string;
  readonly district: string;
  readonly standIn: string;
  readonly from: number;
  readonly relayFrom: number;
  readonly until: number;
}

/** A worker who is in two districts: the first three weekdays in one, the last two in the other. */
export interface SharedWorker {
  readonly subject: string;
  readonly early: string;
  readonly late: string;
}

/** A part of the county: some districts, with all that happens in them. */
export interface Part {
  /** The name that keeps the part's random streams apart from those of other parts; empty for the only part. */
  readonly name: string;
  readonly districts: readonly string[];
  readonly history: History;
  readonly notes: number;
  readonly appointments: number;
  /** The days of the appointments. The last day is not part of it. */
  readonly span: { readonly from: number; readonly until: number };
  /** The share of a worker's appointments that are for one of their cases. */
  readonly caseShare: number;
  /** Ranks a place in an agenda, from a draw in [0, 1) and the day. The places with the greatest rank are taken first. */
  rank(draw: number, day: number): number;
  /** Returns the cases of a district, in order. */
  plans(district: string): readonly Plan[];
  /** Returns the day of the first contact of each person of a district who has no case. */
  withoutCase(district: string): readonly number[];
}

/** The days between which events are drawn, both included. */
export interface History {
  readonly openedThenTakenOver: readonly [from: number, to: number];
  readonly openedThenClosed: readonly [from: number, to: number];
  readonly openedThenWaiting: readonly [from: number, to: number];
  readonly opened: readonly [from: number, to: number];
  readonly closed: readonly [from: number, to: number];
}

/** The facts of a case that are decided before anything is drawn. */
export interface Plan {
  /** The worker who has the case now; null if nobody has it. */
  readonly subject: string | null;
  readonly isClosed?: boolean;
  readonly previous?: { readonly subject: string; readonly until: number };
  readonly handover?: 'PENDING' | 'ACCEPTED';
  readonly isOnline?: boolean;
  /** True if the file is sensitive: neither a colleague nor a neighbour may open it. */
  readonly isSensitive?: boolean;
}
