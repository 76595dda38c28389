import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, isSuspended, teamDistricts, type Viewer } from '../../viewer.js';
import {
  isAssignedTo,
  isRelayFor,
  isSettledRelayFor,
  whereAssignedTo,
  whereRelayFor,
  whereSettledRelayFor,
} from '../case/case.js';
import { anyOf, uuids } from '../operation/sql.js';

/** The viewer's relation to a person. `selectReach` computes it together with the person's row. */
export interface PersonReach {
  /** The viewer is the assigned worker of one of the person's cases, or the stand-in. */
  readonly follows: boolean;
  /**
   * The viewer meets the person near the day of an appointment, has received them in the last 30 days, or judges how urgent their request
   * is. The desk, the worker who follows the person or the person must have said so, never the viewer. Not looked up, and false, where the
   * viewer follows the person: it opens nothing more.
   */
  readonly holds: boolean;
  /** The viewer meets the person on any day, whoever said so: the name alone is open to them. */
  readonly meets: boolean;
  /**
   * The viewer is at the desk of the person's district, or of the district of an appointment that the desk or the case's worker
   * confirmed. Never true for a sensitive file, nor where "confirm nothing" is set.
   */
  readonly desk: boolean;
  /** The viewer heads the district of one of the person's cases. Never true where "confirm nothing" is set. */
  readonly heads: boolean;
  readonly self: boolean;
}

/**
 * Selects the relation as a column of the row; `p` is the person. What the viewer's roles rule out is not queried.
 * @param follows the condition that the viewer follows the person. With `FOLLOWS`, the database looks up neither this nor `holds`
 */
export function selectReach(viewer: Viewer, follows = whereFollowsPerson(viewer)): Prisma.Sql {
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  const headed = districtsAs(viewer, 'DISTRICT_HEAD');
  const no = Prisma.sql`false`;
  const isNoWorker = viewer.workerId === null;
  const holds = (): Prisma.Sql => Prisma.sql`not ${follows} and (${whereHoldsPerson(viewer)})`;
  return Prisma.sql`jsonb_build_object(
    'follows', ${isNoWorker ? no : follows},
    'holds', ${isNoWorker || follows === FOLLOWS ? no : holds()},
    'meets', false,
    'desk', ${desks.length === 0 ? no : whereAtDeskOf(desks)},
    'heads', ${headed.length === 0 ? no : whereHeadsCaseOf(headed)},
    'self', coalesce(p.id = ${viewer.personId}::uuid, false))`;
}

/** For a statement that finds no persons but those of cases that the viewer follows. */
export const FOLLOWS = Prisma.sql`true`;

function whereFollowsPerson(viewer: Viewer): Prisma.Sql {
  return Prisma.sql`exists (select from case_person cp where cp.person_id = p.id
    and ${whereOfOwnCase(viewer, Prisma.sql`cp`)})`;
}

/**
 * Returns the SQL condition that the viewer follows the person. The row `through` of `case_person` is judged first. Only if the viewer
 * does not follow its case, the other cases of the person are looked up.
 */
export function whereFollowsThrough(viewer: Viewer, through: Prisma.Sql): Prisma.Sql {
  // For a case without an assigned worker the comparison is null, which is neither true nor false.
  return Prisma.sql`(${whereOfOwnCase(viewer, through)} is true or ${whereFollowsPerson(viewer)})`;
}

function whereHoldsPerson(viewer: Viewer): Prisma.Sql {
  const districts = uuids(teamDistricts(viewer));
  return Prisma.sql`exists (select from appointment_person ap where ap.person_id = p.id
    and ${viewer.workerId}::uuid = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any (${districts}))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = ${viewer.workerId}::uuid
      and k.contact and k.contact_until > now() and k.known_until > now() and k.district_id = any (${districts}))`;
}

function whereAtDeskOf(districtIds: readonly string[]): Prisma.Sql {
  const districts = uuids(districtIds);
  return Prisma.sql`not p.sensitive_file and not p.confirm_nothing and (p.district_id = any (${districts})
    or exists (select from appointment_person ap where ap.person_id = p.id and ap.contact_said
      and ap.district_id = any (${districts})))`;
}

function whereHeadsCaseOf(districtIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`not p.confirm_nothing and exists (select from case_person cp where cp.person_id = p.id
    and cp.district_id = any (${uuids(districtIds)}))`;
}

/** The relation to a person if the database has answered the name alone (`names_of_met`). */
export const MEETS: PersonReach = {
  follows: false,
  holds: false,
  meets: true,
  desk: false,
  heads: false,
  self: false,
};

/** The relation of a login to its own person while contact is suspended: the database answers the name alone. */
export const SELF: PersonReach = { ...MEETS, meets: false, self: true };

interface Reached {
  readonly reach: PersonReach;
}

/** A row about a person, with the viewer's relation to the person. The relation is null if the viewer may not read the person's row. */
export interface WithReach {
  readonly reach: PersonReach | null;
}

/** True if the viewer may know identity and contact. */
export function knowsIdentity(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && (reach.follows || reach.holds || reach.desk || reach.self);
}

/** `knowsIdentity` as an SQL condition; `p` is the person. */
export function whereKnowsIdentity(viewer: Viewer): Prisma.Sql {
  if (!hasScope(viewer, 'persons:read')) return Prisma.sql`false`;
  const desks = districtsAs(viewer, 'RECEPTIONIST');
  return anyOf([
    ...(viewer.workerId === null ? [] : [whereFollowsPerson(viewer), whereHoldsPerson(viewer)]),
    ...(desks.length === 0 ? [] : [Prisma.sql`(${whereAtDeskOf(desks)})`]),
    ...(viewer.personId === null ? [] : [Prisma.sql`p.id = ${viewer.personId}::uuid`]),
  ]);
}

/**
 * True if the viewer may meet a person and see their name alone: social workers, heads and the desk. The desk is one of them because a
 * colleague of another district may have a person come there.
 */
export function meetsPersons(viewer: Viewer): boolean {
  return districtsAs(viewer, 'SOCIAL_WORKER', 'DISTRICT_HEAD', 'RECEPTIONIST').length > 0;
}

/**
 * True if the viewer may print a letter to the person, to the address where their letters go: the desk, and the worker who follows the
 * person.
 */
export function printsLetters(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && (reach.desk || reach.follows);
}

/**
 * True if the viewer may know the name: as `knowsIdentity`; the head, to allocate; and a worker whose meeting nobody else confirmed, or
 * whose day has not come.
 */
export function knowsName(viewer: Viewer, person: Reached): boolean {
  const { heads, meets } = person.reach;
  return knowsIdentity(viewer, person) || (hasScope(viewer, 'persons:read') && (heads || meets));
}

/** The columns of an address that the rules below compare. A confidential address belongs to a case. */
export interface AddressRelation {
  readonly confidential: boolean;
  readonly districtId: string | null;
  readonly assignedWorkerId: string | null;
  /** The duty worker who wrote it while nobody was assigned to the case; null for any other address. */
  readonly saidById?: string | null;
  /** True if the duty worker or the stand-in has stated a ground in this operation. */
  readonly onGround?: boolean;
  /** True for the safe postal address: a stand-in sends letters from the first day on. */
  readonly safe?: boolean;
}

/**
 * True if the viewer may read the address. Four workers read a confidential one: the assigned worker of the case that recorded it, the
 * stand-in once the absence is a day old, the duty worker who wrote it until somebody is assigned, and a worker who stated a ground. The
 * login of a person reads no confidential address, since somebody else may hold their phone, and no address at all while their contact is
 * suspended.
 */
export function knowsAddress(viewer: Viewer, person: Reached, address: AddressRelation): boolean {
  if (isSuspended(viewer)) return false;
  if (!address.confidential) return knowsIdentity(viewer, person);
  const { districtId, assignedWorkerId, saidById } = address;
  return (
    hasScope(viewer, 'persons:read') &&
    (address.onGround === true ||
      (districtId !== null &&
        (isAssignedTo(viewer, { districtId, assignedWorkerId }) ||
          (address.safe === true ? isRelayFor : isSettledRelayFor)(viewer, {
            districtId,
            assignedWorkerId,
          }) ||
          isAssignedTo(viewer, { districtId, assignedWorkerId: saidById ?? null }))))
  );
}

/**
 * The SQL condition for the addresses that the viewer may read, of a person they know: a confidential one belongs to the case that
 * recorded it.
 */
export function whereKnowsAddress(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (isSuspended(viewer)) return Prisma.sql`false`;
  return anyOf([
    Prisma.sql`not ${alias}.confidential`,
    whereAssignedTo(viewer, alias),
    whereSettledRelayFor(viewer, alias),
    Prisma.sql`(${alias}.said_by_id = ${viewer.workerId}::uuid
      and ${alias}.district_id = any (${uuids(districtsAs(viewer, 'SOCIAL_WORKER'))}))`,
  ]);
}

/** The SQL condition for a row that was recorded by a case that the viewer follows. The row has the columns of its case. */
export function whereOfOwnCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return anyOf([whereAssignedTo(viewer, alias), whereRelayFor(viewer, alias)]);
}

/**
 * True if the viewer may speak for a person if nobody follows the person: somebody else has sent the person to the viewer today, and the
 * person is there. The database decides it (`whereServesUnfollowed`).
 */
export function mayServeUnfollowed(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && reach.holds;
}

/** The SQL condition that the viewer serves the person now, and nobody is assigned to the person. */
export function whereServesUnfollowed(personId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`serves_unfollowed(${personId})`;
}

/**
 * The SQL condition for a row of `case_person`: the viewer has opened its case for somebody whom they serve now, and nobody is assigned to
 * the case.
 */
export function whereServesInCase(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${alias}.opener_id = ${viewer.workerId}::uuid and serves_in_case(${alias}.case_id))`;
}

/** True if the viewer may change identity and contact: the desk, and the worker who follows the case. */
export function changesIdentity(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.desk);
}

/**
 * True if the viewer may close every channel: each worker who serves the person, and the person. No channel is tighter than another, so
 * this closes all of them.
 */
export function suspendsContact(viewer: Viewer, { reach }: Reached): boolean {
  if (reach.self) return hasScope(viewer, 'persons:read');
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.holds || reach.meets || reach.desk);
}

/**
 * True if the viewer may record the language in which the person is spoken to, and what they need for it: the desk, the worker who
 * follows or receives them, and the person; not the person's login while their contact is suspended.
 */
export function saysCommunication(viewer: Viewer, { reach }: Reached): boolean {
  if (reach.self) return hasScope(viewer, 'persons:read') && !isSuspended(viewer);
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.holds || reach.desk);
}

/**
 * True if the viewer may record that the person was given a notice: the desk, the worker who follows the person, and the worker who
 * receives them today, which the database checks. Recording it opens nothing.
 */
export function givesNotice(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && (reach.follows || reach.desk || reach.holds || reach.meets);
}

/**
 * True if the viewer may loosen or replace a channel: the worker who follows the person, and the duty worker, who states that the person is
 * present and alone. The database decides whether somebody else has sent the person to the duty worker, and whose word waits.
 */
export function saysSafeContact(viewer: Viewer, { reach }: Reached, presentAndAlone: boolean): boolean {
  if (presentAndAlone && mayServeUnfollowed(viewer, { reach })) return true;
  return hasScope(viewer, 'persons:write') && reach.follows;
}

/**
 * True if the viewer may set or remove "confirm nothing". The worker who follows the person does both, and so does the duty worker while
 * nobody is assigned, which the database decides (`mayServeUnfollowed`). The person only sets it.
 */
export function saysConfirmNothing(viewer: Viewer, { reach }: Reached, confirmNothing: boolean): boolean {
  if (reach.self) return confirmNothing && hasScope(viewer, 'persons:read');
  return mayServeUnfollowed(viewer, { reach }) || (hasScope(viewer, 'persons:write') && reach.follows);
}

/**
 * True if the viewer may set the agreed word that calls the duty worker: the worker who follows the person. The person may remove it,
 * online.
 */
export function saysAgreedWord(viewer: Viewer, { reach }: Reached, isTakenAway: boolean): boolean {
  if (reach.self) return isTakenAway && hasScope(viewer, 'persons:read');
  return hasScope(viewer, 'persons:write') && reach.follows;
}

/** True if the viewer may propose contact data online: the person, to the worker who follows them. */
export function proposesContact(viewer: Viewer, { reach }: Reached): boolean {
  return reach.self && hasScope(viewer, 'persons:read');
}

/** True if the viewer may read the person's proposal: the worker who follows the person, and the person. */
export function knowsProposal(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && (reach.follows || reach.self);
}

/** True if the viewer may accept or drop the proposal: the worker who follows the person. */
export function answersProposal(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && reach.follows;
}

/** True if the viewer may read what others have said of how the person is reached: the workers who follow the person. */
export function knowsContactWords(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:read') && reach.follows;
}

/**
 * True if the viewer may answer what others have said of how the person is reached: a worker who follows the person. The database decides who of
 * them (`answer_contact_word`).
 */
export function answersContactWords(viewer: Viewer, { reach }: Reached): boolean {
  return hasScope(viewer, 'persons:write') && reach.follows;
}

/** True if the viewer may register a person in the district: its desk and its social workers. */
export function registersIn(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'persons:write') &&
    districtsAs(viewer, 'RECEPTIONIST', 'SOCIAL_WORKER').includes(districtId)
  );
}

/** True if the viewer may look a person up: the desks and the social workers. */
export function looksUpPersons(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'persons:read') &&
    (holdsRole(viewer, 'RECEPTIONIST') || holdsRole(viewer, 'SOCIAL_WORKER'))
  );
}
