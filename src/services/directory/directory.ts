import { Prisma } from '../../../prisma/generated/client.js';
import {
  administers,
  contradictsDepartures,
  revokesRights,
  whereKnowsTeamOf,
} from '../../access/directory/directory.js';
import { uuids } from '../../access/operation/sql.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { VersionedInput, WithdrawScopeInput } from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import type { ViewerRole } from '../../viewer.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';

/** A district, with its address. */
export interface DistrictRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly addressLine: string;
  readonly postalCode: string;
  readonly communeCode: string;
  readonly city: string;
  readonly phone: string;
}

/** A worker. */
export interface WorkerRow {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly disabledAt: Date | null;
  readonly version: number;
}

/** A role that a worker holds in a district, or county-wide, from a start to an end. */
export interface MembershipRow {
  readonly id: string;
  readonly workerId: string;
  readonly districtId: string | null;
  readonly role: ViewerRole;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** The instant at which a second administrator confirmed that the worker has gone. */
  readonly endConfirmedAt: Date | null;
  /** The instant at which the worker, who has no post left, said that they have not left. */
  readonly endContradictedAt: Date | null;
  readonly version: number;
}

const DISTRICT = Prisma.sql`d.id, d.slug, d.name, d.address_line as "addressLine", d.postal_code as "postalCode",
  d.commune_code as "communeCode", c.name as city, d.phone`;
const WORKER = Prisma.sql`w.id, w.given_name as "givenName", w.family_name as "familyName", w.disabled_at as "disabledAt", w.version`;
const MEMBERSHIP = Prisma.sql`m.id, m.worker_id as "workerId", m.district_id as "districtId", m.role::text as role,
  m.starts_at as "startsAt", m.ends_at as "endsAt", m.end_confirmed_at as "endConfirmedAt", m.end_contradicted_at as "endContradictedAt", m.version`;

/** Lists the districts by name; at most 200. They are public, as are their addresses and hours. */
export async function listDistricts(op: Operation): Promise<readonly DistrictRow[]> {
  return op.tx
    .rows<DistrictRow>`select ${DISTRICT} from district d join commune c on c.insee_code = d.commune_code
    order by d.name limit 200`;
}

/** Returns a district's address on one line, without the service's name: a letter or message may be seen by others. */
export function addressOf(district: Pick<DistrictRow, 'addressLine' | 'postalCode' | 'city'>): string {
  return `${district.addressLine}, ${district.postalCode} ${district.city}`;
}

/**
 * Returns the id of the district that an input names.
 * @param field the input, in the error
 * @throws NotFoundError for an unknown district, and for what is no id
 */
export async function requireDistrict(op: Operation, named: string, field: string): Promise<string> {
  const id = parseId(named);
  if (id === null || (await loadDistrict(op, id)) === null) throw new NotFoundError(field);
  return id;
}

/** Returns a district, or null. */
export function loadDistrict(op: Operation, id: string): Promise<DistrictRow | null> {
  return batched(op, 'district', async (ids) =>
    byKey(
      await op.tx.rows<DistrictRow>`select ${DISTRICT} from district d
        join commune c on c.insee_code = d.commune_code where d.id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(id);
}

/** Opening hours of a district on one day of the week. */
export interface OpeningHoursRow {
  readonly districtId: string;
  readonly weekday: number;
  /** Local wall time in Europe/Paris, `HH:MM`. */
  readonly opensAt: string;
  readonly closesAt: string;
}

/** Lists the opening hours of a district. */
export async function loadOpeningHours(
  op: Operation,
  districtId: string,
): Promise<readonly OpeningHoursRow[]> {
  const rows = await batched(op, 'opening-hours', async (ids) =>
    groupedBy(
      await op.tx.rows<OpeningHoursRow>`select district_id as "districtId", weekday::integer as weekday,
        to_char(opens_at, 'HH24:MI') as "opensAt", to_char(closes_at, 'HH24:MI') as "closesAt"
        from opening_hours where district_id = any (${uuids(ids)}) order by weekday, opens_at`,
      (row) => row.districtId,
    ),
  ).load(districtId);
  return rows ?? [];
}

/** Lists the other places where a district receives, beside its address. They are public. */
export async function loadPlacesOfDistrict(op: Operation, districtId: string): Promise<readonly string[]> {
  const rows = await batched(op, 'places-of-district', async (ids) =>
    groupedBy(
      await op.tx.rows<{ districtId: string; place: string }>`select district_id as "districtId", place
        from district_place where district_id = any (${uuids(ids)}) order by place`,
      (row) => row.districtId,
    ),
  ).load(districtId);
  return (rows ?? []).map(({ place }) => place);
}

/** Lists the communes that the district serves today, by INSEE code. */
export async function loadCommunes(
  op: Operation,
  districtId: string,
): Promise<readonly { inseeCode: string; name: string }[]> {
  const rows = await batched(op, 'communes', async (ids) =>
    groupedBy(
      await op.tx.rows<{ districtId: string; inseeCode: string; name: string }>`
        select distinct s.district_id as "districtId", c.insee_code as "inseeCode", c.name
        from sector s join commune c on c.insee_code = s.commune_code
        where s.district_id = any (${uuids(ids)}) and s.valid_from <= current_date
          and (s.valid_until is null or s.valid_until > current_date) order by c.name`,
      (row) => row.districtId,
    ),
  ).load(districtId);
  return rows ?? [];
}

/** Returns a worker, or null. */
export function loadWorker(op: Operation, id: string): Promise<WorkerRow | null> {
  return batched(op, 'worker', async (ids) =>
    byKey(
      await op.tx.rows<WorkerRow>`select ${WORKER} from worker w where w.id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(id);
}

/** Returns the workers of these ids, in their order, without those that do not exist. */
export async function loadWorkers(op: Operation, ids: readonly string[]): Promise<readonly WorkerRow[]> {
  const rows = await Promise.all(ids.map((id) => loadWorker(op, id)));
  return rows.filter((row) => row !== null);
}

/** Lists the workers of the district today, by name, for a viewer who may know its team. */
export async function loadDistrictWorkers(op: Operation, districtId: string): Promise<readonly WorkerRow[]> {
  const rows = await batched(op, 'district-workers', async (ids) =>
    groupedBy(
      await op.tx.rows<WorkerRow & { districtId: string }>`
        select distinct ${WORKER}, m.district_id as "districtId" from membership m join worker w on w.id = m.worker_id
        where m.district_id = any (${uuids(ids)}) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
          and w.disabled_at is null and ${whereKnowsTeamOf(op.viewer, Prisma.sql`m`)} order by "familyName", "givenName", w.id`,
      (row) => row.districtId,
    ),
  ).load(districtId);
  return rows ?? [];
}

/** True if the worker may be assigned cases of the district now: a social worker there, and not its head (rule 3). */
export async function mayBeAssigned(op: Operation, workerId: string, districtId: string): Promise<boolean> {
  const [row] = await op.tx.rows<{ may: boolean }>`
    select may_be_assigned(${workerId}::uuid, ${districtId}::uuid) as may`;
  return row?.may === true;
}

/**
 * Returns the id of a social worker who works in the district now, or did before.
 * @throws NotFoundError naming the field, for anyone else
 */
export async function requireDistrictWorker(
  op: Operation,
  id: string,
  districtId: string,
  field: string,
): Promise<string> {
  const workerId = parseId(id);
  const [row] =
    workerId === null
      ? []
      : await op.tx.rows<{ found: boolean }>`select exists (select from membership m
          where m.worker_id = ${workerId}::uuid and m.district_id = ${districtId}::uuid and m.role = 'SOCIAL_WORKER') as found`;
  if (workerId === null || row?.found !== true) throw new NotFoundError(field);
  return workerId;
}

/**
 * Checks that the workers are in the district now.
 * @throws NotFoundError naming the field, when one of them is not
 */
export async function requireMembers(
  op: Operation,
  field: string,
  districtId: string,
  workerIds: readonly string[],
): Promise<void> {
  const [present] = await op.tx.rows<{ count: number }>`select count(distinct m.worker_id)::integer as count
    from membership m join worker w on w.id = m.worker_id where m.worker_id = any (${uuids(workerIds)})
      and m.district_id = ${districtId}::uuid and w.disabled_at is null
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())`;
  if (present?.count !== workerIds.length) throw new NotFoundError(field);
}

/** Lists the memberships of a worker over time, the latest first. */
export async function loadMemberships(op: Operation, workerId: string): Promise<readonly MembershipRow[]> {
  const rows = await batched(op, 'memberships', async (ids) =>
    groupedBy(
      await op.tx.rows<MembershipRow>`select ${MEMBERSHIP} from membership m
        where m.worker_id = any (${uuids(ids)}) order by m.starts_at desc, m.id`,
      (row) => row.workerId,
    ),
  ).load(workerId);
  return rows ?? [];
}

/** A registered client. */
export interface ClientRow {
  readonly id: string;
  readonly clientId: string;
  readonly kind: 'FRONT_END' | 'INTEGRATION' | 'REPORTING';
  readonly name: string;
  readonly scopes: readonly string[];
  readonly disabledAt: Date | null;
  readonly version: number;
}

const CLIENT = Prisma.sql`k.id, k.client_id as "clientId", k.kind::text as kind, k.name, k.scopes,
  k.disabled_at as "disabledAt", k.version`;

/**
 * Lists the registered clients, for the administrator; at most 200.
 * @throws ForbiddenError
 */
export async function listClients(op: Operation): Promise<readonly ClientRow[]> {
  if (!administers(op.viewer)) throw new ForbiddenError();
  return op.tx.rows<ClientRow>`select ${CLIENT} from client k order by k.client_id limit 200`;
}

/** Returns a client, or null. */
export function loadClient(op: Operation, id: string): Promise<ClientRow | null> {
  return batched(op, 'client', async (ids) =>
    byKey(
      await op.tx.rows<ClientRow>`select ${CLIENT} from client k where k.id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(id);
}

/** Returns a membership, or null. */
export function loadMembership(op: Operation, id: string): Promise<MembershipRow | null> {
  return batched(op, 'membership', async (ids) =>
    byKey(
      await op.tx
        .rows<MembershipRow>`select ${MEMBERSHIP} from membership m where m.id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(id);
}

/**
 * Changes a row at the expected version. The log names the worker concerned.
 * @throws NotFoundError; ConflictError VERSION_CHANGED or STATE_CHANGED when no row was changed, SUSPENDED_ONCE
 */
async function changeOne(
  op: Operation,
  action: AccessAction,
  { id, expectedVersion }: Versioned,
  load: (
    op: Operation,
    id: string,
  ) => Promise<{ readonly version: number; readonly workerId?: string } | null>,
  change: (target: string) => number | Promise<number>,
): Promise<string> {
  const isAbout = op.log.attempt(action);
  const target = parseId(id);
  const row = target === null ? null : await load(op, target);
  if (target === null || row === null) throw new NotFoundError('input.id');
  isAbout({ targetWorkerId: row.workerId ?? null });
  // If the version is the expected one, the row itself does not allow the change: another version would not help.
  const changed = await Promise.resolve(change(target)).catch((error: unknown) => {
    // The administrator has suspended the same worker or client in the last 30 days, or still suspends another one.
    if (sqlStateOf(error) === CHECK_VIOLATION) throw new ConflictError('SUSPENDED_ONCE');
    throw error;
  });
  if (changed === 0)
    throw new ConflictError(row.version === expectedVersion ? 'STATE_CHANGED' : 'VERSION_CHANGED');
  return target;
}

interface Versioned {
  readonly id: string;
  readonly expectedVersion: number;
}

/**
 * Disables a worker's account. It takes effect on the worker's next request. An officer, an adviser, an administrator or a worker who has
 * left is suspended instead: those who watch are told, and it lapses after 24 hours unless a second person confirms it
 * (`confirmSuspension`).
 * @throws ForbiddenError; NotFoundError; InvalidInputError for the viewer; ConflictError
 */
export async function disableWorker(op: Operation, input: VersionedInput): Promise<WorkerRow | null> {
  if (!revokesRights(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'disableWorker', input, () =>
    changeOne(
      op,
      'DISABLE_WORKER',
      input,
      async (_, target) => {
        const row = await loadWorker(op, target);
        return row && { version: row.version, workerId: row.id };
      },
      (target) => {
        if (target === op.viewer.workerId) throw new InvalidInputError('input.id', 'invalidValue');
        return op.tx.run`update worker set disabled_at = coalesce(disabled_at, now()), version = version + 1
          where id = ${target}::uuid and version = ${input.expectedVersion}`;
      },
    ),
  );
  return loadWorker(op, id);
}

/**
 * Ends a membership now, on one administrator's word, and tells its worker. It opens no notes. A post of an officer, an adviser or an
 * administrator is suspended instead, as in `disableWorker`.
 * @throws ForbiddenError; NotFoundError; ConflictError
 */
export async function endMembership(op: Operation, input: VersionedInput): Promise<MembershipRow | null> {
  if (!revokesRights(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'endMembership', input, () =>
    changeOne(
      op,
      'END_MEMBERSHIP',
      input,
      loadMembership,
      (target) =>
        op.tx
          .run`update membership set ends_at = now(), ended_by_id = ${op.viewer.workerId}::uuid, version = version + 1
          where id = ${target}::uuid and version = ${input.expectedVersion}
            and starts_at < now() and (ends_at is null or ends_at > now())`,
    ),
  );
  return loadMembership(op, id);
}

/**
 * Gives the second word of a departure (rule 2). Once it is given for all posts of the worker, a release may open their notes, after its
 * wait. The heads and the officer are told. If the post ended by its date, the first administrator to confirm gives the first word, and
 * `endConfirmedAt` stays null. If one administrator had disabled the account, it is suspended from now on, as in `disableWorker`.
 * @throws ForbiddenError; NotFoundError; ConflictError VERSION_CHANGED for another version; STATE_CHANGED for a membership that runs or
 * is confirmed, and for the administrator who ended it
 */
export async function confirmDeparture(op: Operation, input: VersionedInput): Promise<MembershipRow | null> {
  if (!revokesRights(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'confirmDeparture', input, () =>
    changeOne(
      op,
      'CONFIRM_DEPARTURE',
      input,
      loadMembership,
      (target) =>
        op.tx.run`update membership set ended_by_id = coalesce(ended_by_id, ${op.viewer.workerId}::uuid),
            end_confirmed_at = case when ended_by_id is not null then now() end,
            end_confirmed_by_id = case when ended_by_id is not null then ${op.viewer.workerId}::uuid end, version = version + 1
          where id = ${target}::uuid and version = ${input.expectedVersion} and ends_at <= now() and end_confirmed_at is null
            and ended_by_id is distinct from ${op.viewer.workerId}::uuid`,
    ),
  );
  return loadMembership(op, id);
}

/**
 * Contradicts the end of a post, as its worker, who has no post left in the county. Then no release opens their notes, until a later post of
 * theirs ends. The notes that a release opened are closed. The heads, the officer and the administrators are told.
 * @throws ForbiddenError; NotFoundError for a post of somebody else; ConflictError VERSION_CHANGED for another version; STATE_CHANGED once
 * it is contradicted
 */
export async function contradictDeparture(
  op: Operation,
  input: VersionedInput,
): Promise<MembershipRow | null> {
  if (!contradictsDepartures(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'contradictDeparture', input, () =>
    changeOne(
      op,
      'CONTRADICT_DEPARTURE',
      input,
      async (_, target) => {
        const row = await loadMembership(op, target);
        return row?.workerId === op.viewer.workerId ? row : null;
      },
      (target) =>
        op.tx.run`update membership set end_contradicted_at = now(), version = version + 1
          where id = ${target}::uuid and version = ${input.expectedVersion} and worker_id = ${op.viewer.workerId}::uuid
            and ends_at <= now() and end_contradicted_at is null`,
    ),
  );
  return loadMembership(op, id);
}

/**
 * Disables a client: all its tokens are refused from the next request. A front end is suspended instead, as in `disableWorker`.
 * @throws ForbiddenError; NotFoundError; ConflictError
 */
export async function disableClient(op: Operation, input: VersionedInput): Promise<ClientRow | null> {
  if (!revokesRights(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'disableClient', input, () =>
    changeOne(
      op,
      'DISABLE_CLIENT',
      input,
      loadClient,
      (target) =>
        op.tx.run`update client set disabled_at = coalesce(disabled_at, now()), version = version + 1
          where id = ${target}::uuid and version = ${input.expectedVersion}`,
    ),
  );
  return loadClient(op, id);
}

/**
 * Withdraws a scope from a client. Tokens that carry the scope are refused from the next request: the client asks for new ones without
 * it. A front end is suspended with this scope instead, as in `disableWorker`.
 * @throws ForbiddenError; NotFoundError; InvalidInputError; ConflictError
 */
export async function withdrawScope(op: Operation, input: WithdrawScopeInput): Promise<ClientRow | null> {
  if (!revokesRights(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'withdrawScope', input, () =>
    changeOne(op, 'WITHDRAW_SCOPE', input, loadClient, (target) => {
      const scope = requireText('input.scope', input.scope, LONGEST.scope);
      return op.tx.run`update client set scopes = array_remove(scopes, ${scope}), version = version + 1
          where id = ${target}::uuid and version = ${input.expectedVersion}`;
    }),
  );
  return loadClient(op, id);
}
