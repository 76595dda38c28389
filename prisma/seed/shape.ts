import type { DistrictReference } from './reference/districts.js';

/** What decides how large a county is made, and what is particular in it: the demonstration is one, a whole county another. */
export interface Shape {
  readonly districts: readonly SeedDistrict[];
  /** Subjects by role, of each district by its slug. */
  readonly teams: ReadonlyMap<string, Team>;
  readonly countyRoles: Readonly<Record<string, string>>;
  readonly departures: readonly Departure[];
  readonly absences: readonly Away[];
  readonly shared: readonly SharedWorker[];
  /** Years, both included, in whose September people have come: long before what is told of them. */
  readonly memberSince: readonly [first: number, last: number];
  /** Made and inserted one after the other, so that memory holds one of them. */
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

/** Who left a district on a day, for another or for good: their cases were taken over, or still wait. */
export interface Departure {
  readonly subject: string;
  readonly from: string;
  readonly to: string | null;
  readonly day: number;
}

/** From when on one who moved works in the new district: a few days later, whatever the bank holidays. */
export function arrivalDay({ day }: Departure): number {
  return day + 6;
}

/** An absence with a relay in force; days, the last left out. */
export interface Away {
  readonly subject: string;
  readonly district: string;
  readonly standIn: string;
  readonly from: number;
  readonly relayFrom: number;
  readonly until: number;
}

/** Who is in two districts: the first three weekdays in one, the last two in the other. */
export interface SharedWorker {
  readonly subject: string;
  readonly early: string;
  readonly late: string;
}

/** Some districts, with all that happens in them. */
export interface Part {
  /** Sets its random streams apart from those of other parts; empty for the only one. */
  readonly name: string;
  readonly districts: readonly string[];
  readonly history: History;
  readonly notes: number;
  readonly appointments: number;
  /** The days of the appointments, the last left out. */
  readonly span: { readonly from: number; readonly until: number };
  /** How many of the appointments of someone with cases are for one of them. */
  readonly caseShare: number;
  /** In which order places in agendas are taken, the greatest first: of a draw from [0, 1), and the day. */
  rank(draw: number, day: number): number;
  /** The cases of a district, in order. */
  plans(district: string): readonly Plan[];
  /** For each person of a district who has no case: the day of the first contact. */
  withoutCase(district: string): readonly number[];
}

/** Between which days things are drawn, both included. */
export interface History {
  readonly openedThenTakenOver: readonly [from: number, to: number];
  readonly openedThenClosed: readonly [from: number, to: number];
  readonly openedThenWaiting: readonly [from: number, to: number];
  readonly opened: readonly [from: number, to: number];
  readonly closed: readonly [from: number, to: number];
}

/** What is decided of a case before anything is drawn. */
export interface Plan {
  /** Who has it now; nobody if null. */
  readonly subject: string | null;
  readonly isClosed?: boolean;
  readonly previous?: { readonly subject: string; readonly until: number };
  readonly handover?: 'PENDING' | 'ACCEPTED';
  readonly isOnline?: boolean;
  /** A file that neither a colleague nor a neighbour must open. */
  readonly isSensitive?: boolean;
}
