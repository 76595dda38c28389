import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, isSuspended, teamDistricts, type Viewer } from '../../viewer.js';
import { isAssignedTo, isRelayFor, whereAssignedTo, whereRelayFor } from '../case/case.js';
import { anyOf, uuids } from '../operation/sql.js';

/** How the viewer is related to a person, computed with the row by `selectReach`. */
export interface PersonReach {
  /** Assigned worker of one of the person's cases, or stand-in. */
  readonly follows: boolean;
  /**
   * Sees the person near the day of an appointment, or received them, until 30 days after; or judges how urgent they wait: by the
   * word of the desk, of who follows them or of the person, and never by their own.
   */
  readonly holds: boolean;
  /** As `holds`, whoever said so, and on whatever day: by name alone. */
  readonly meets: boolean;
  /**
   * At the desk of the person's district, or of an appointment's that came by a word; never for a sensitive file, nor where nothing is
   * confirmed.
   */
  readonly desk: boolean;
  /** Heads the district of one of the person's cases. */
  readonly heads: boolean;
  readonly self: boolean;
}

/** The relation, as a column of the row: `p` is the person. What the viewer's roles rule out is not asked. */
export function selectReach(viewer: Viewer): Prisma.Sql {
  const cp = Prisma.sql`cp`;
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  const headed = districtsAs(viewer, 'DISTRICT_HEAD');
  const no = Prisma.sql`false`;
  const follows = Prisma.sql`exists (select from case_person cp where cp.person_id = p.id
    and (${whereAssignedTo(viewer, cp)} or ${whereRelayFor(viewer, cp)}))`;
  const holds = Prisma.sql`exists (select from appointment_person ap where ap.person_id = p.id
    and ${viewer.workerId}::uuid = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any (${uuids(teamDistricts(viewer))}))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = ${viewer.workerId}::uuid
      and k.contact and k.known_until > now() and k.district_id = any (${uuids(teamDistricts(viewer))}))`;
  const desk = Prisma.sql`not p.sensitive_file and not p.confirm_nothing and (p.district_id = any (${uuids(desks)})
    or exists (select from appointment_person ap where ap.person_id = p.id and ap.contact_said
      and ap.district_id = any (${uuids(desks)})))`;
  const heads = Prisma.sql`exists (select from case_person cp where cp.person_id = p.id
    and cp.district_id = any (${uuids(headed)}))`;
  return Prisma.sql`jsonb_build_object(
    'follows', ${viewer.workerId === null ? no : follows},
    'holds', ${viewer.workerId === null ? no : holds},
    'meets', false,
    'desk', ${desks.length === 0 ? no : desk},
    'heads', ${headed.length === 0 ? no : heads},
    'self', coalesce(p.id = ${viewer.personId}::uuid, false))`;
}

/** The relation to someone whose name alone the database has answered (`names_of_met`). */
export const MEETS: PersonReach = {
  follows: false,
  holds: false,
  meets: true,
  desk: false,
  heads: false,
  self: false,
};

/** The relation to oneself while one's contact is suspended, to whom the database answers the name alone. */
export const SELF: PersonReach = { ...MEETS, meets: false, self: true };

interface Reached {
  readonly reach: PersonReach;
}

/** Identity and contact. */
export function knowsIdentity(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && (reach.follows || reach.holds || reach.desk || reach.self);
}

/** Whether the viewer may meet someone by name alone: a worker, and the desk, whom a colleague of another district has someone come to. */
export function meetsPersons(viewer: Viewer): boolean {
  return districtsAs(viewer, 'SOCIAL_WORKER', 'DISTRICT_HEAD', 'RECEPTIONIST').length > 0;
}

/** Print a letter to someone, to wherever letters to them go: the desk, and who follows them. */
export function printsLetters(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && (reach.desk || reach.follows);
}

/** The name: the same, the head, to allocate, and who meets them by their own doing, or not yet. */
export function knowsName(viewer: Viewer, person: Reached): boolean {
  const { heads, meets } = person.reach;
  return knowsIdentity(viewer, person) || (hasScope(viewer, 'persons:read') && (heads || meets));
}

/** The columns of an address that its rules compare: a confidential one belongs to a case. */
export interface AddressRelation {
  readonly confidential: boolean;
  readonly districtId: string | null;
  readonly assignedWorkerId: string | null;
  /** On duty, the viewer has stated a ground in this operation. */
  readonly onGround?: boolean;
}

/**
 * The address: a confidential one only for the assigned worker of the case that recorded it, the stand-in, and the person. None for
 * a login of the person while their contact is suspended.
 */
export function knowsAddress(viewer: Viewer, person: Reached, address: AddressRelation): boolean {
  if (isSuspended(viewer)) return false;
  if (!address.confidential) return knowsIdentity(viewer, person);
  const { districtId, assignedWorkerId } = address;
  return (
    hasScope(viewer, 'persons:read') &&
    (person.reach.self ||
      address.onGround === true ||
      (districtId !== null &&
        (isAssignedTo(viewer, { districtId, assignedWorkerId }) ||
          isRelayFor(viewer, { districtId, assignedWorkerId }))))
  );
}

/** Of the rows of someone whom the viewer knows, those that they may read, as a condition: what a case has recorded is its own. */
export function whereKnowsAddress(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (isSuspended(viewer)) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`not ${alias}.confidential`,
    Prisma.sql`${alias}.person_id = ${viewer.personId}::uuid`,
    whereOfOwnCase(viewer, alias),
  ]);
}

/** Recorded by a case that the viewer follows, as a condition on a row with the columns of its case. */
export function whereOfOwnCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf([whereAssignedTo(viewer, alias), whereRelayFor(viewer, alias)]);
}

/** Change identity and contact: the desk, and who follows the case. */
export function changesIdentity(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.desk);
}

/**
 * Close every channel: whoever serves the person, and the person. No channel is tighter than another; none at all is tighter than
 * each.
 */
export function suspendsContact(viewer: Viewer, { reach }: Reached): boolean {
  if (reach.self) return hasScope(viewer, 'persons:read');
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.holds || reach.meets || reach.desk);
}

/**
 * Say in which language someone is spoken to, and what they need for it: the desk, who follows or receives them, and they themselves,
 * but for their login while their contact is suspended.
 */
export function saysCommunication(viewer: Viewer, { reach }: Reached): boolean {
  if (reach.self) return hasScope(viewer, 'persons:read') && !isSuspended(viewer);
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.holds || reach.desk);
}

/**
 * State that they were given a notice: the desk, who follows the person, and who receives them today, which the database looks at. It
 * opens nothing.
 */
export function givesNotice(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.desk || reach.holds || reach.meets);
}

/**
 * Loosen or replace a channel: who follows the person. On duty, the database looks whether the desk has sent them to the viewer
 * today; that they are present and alone, the viewer states.
 */
export function saysSafeContact(viewer: Viewer, { reach }: Reached, presentAndAlone: boolean): boolean {
  return hasScope(viewer, 'persons:write') && (reach.follows || (presentAndAlone && reach.holds));
}

/**
 * Say that nothing is confirmed of someone: who follows them, and they themselves; only who follows them takes it back. On duty, where
 * nobody is assigned, the database looks whether the desk has sent them to the viewer today.
 */
export function saysConfirmNothing(viewer: Viewer, { reach }: Reached, confirmNothing: boolean): boolean {
  if (reach.self) return confirmNothing && hasScope(viewer, 'persons:read');
  return hasScope(viewer, 'persons:write') && (reach.follows || (!confirmNothing && reach.holds));
}

/** Agree on the word that calls the duty worker: who follows the person. They themselves take it away, online. */
export function saysAgreedWord(viewer: Viewer, { reach }: Reached, isTakenAway: boolean): boolean {
  if (reach.self) return isTakenAway && hasScope(viewer, 'persons:read');
  return hasScope(viewer, 'persons:write') && reach.follows;
}

/** Propose online by what they are reached: the person, to whoever follows them. */
export function proposesContact(viewer: Viewer, { reach }: Reached): boolean {
  return reach.self && hasScope(viewer, 'persons:read');
}

/** What the person has proposed: who follows them, and they themselves. */
export function knowsProposal(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && (reach.follows || reach.self);
}

/** Accept or drop it: who follows them. */
export function answersProposal(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && reach.follows;
}

/** Register someone in a district: its desk and its social workers. */
export function registersIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'persons:write') &&
    districtsAs(viewer, 'RECEPTIONIST', 'SOCIAL_WORKER').includes(districtId)
  );
}

/** Look a person up: the desks and the social workers. */
export function looksUpPersons(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'persons:read') &&
    (holdsRole(viewer, 'RECEPTIONIST') || holdsRole(viewer, 'SOCIAL_WORKER'))
  );
}
