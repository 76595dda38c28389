import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { SlotFilter } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { requireCase, requireCaseLookedUp } from '../case/cases.js';
import { requireDistrict, requireMembers } from '../directory/directory.js';
import { countIds, parseIds, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { daysAfter } from '../operation/period.js';
import type { AppointmentTypeRow } from './appointment-types.js';
import type { Interval } from './busy-times.js';
import {
  type FreeSlot,
  gapsOf,
  type SlotRow,
  slotsOfDistrict,
  slotsTogether,
  unsparedSlotsOfDistrict,
  withWorkers,
} from './free-slots.js';
import {
  MAX_DAYS_AHEAD,
  MAX_DAYS_AHEAD_BY_WORKER,
  nextFiveMinutes,
  requireWanted,
  type Wanted,
} from './wanted-slots.js';

/** The reasons for which a search finds nothing. The first one that holds is answered. */
export const NO_SLOT_REASONS = [
  'CASE_UNASSIGNED',
  'NO_HOURS',
  'TYPE_NOT_OFFERED',
  'MODE_NOT_OFFERED',
  'WORKERS_AWAY',
  'ALL_TAKEN',
  'NOT_IN_A_ROW',
  'NOT_TOGETHER',
] as const;
/** One of `NO_SLOT_REASONS`. */
export type NoSlotReason = (typeof NO_SLOT_REASONS)[number];

/** The answer of `searchSlots`. */
export interface SlotSearch {
  readonly slots: readonly FreeSlot[];
  /** Null when there are slots. */
  readonly whyNone: NoSlotReason | null;
  /** The only district that was searched, or null. */
  readonly districtId: string | null;
  /** Finds the earliest slot of the same search with any worker, if it begins before all of `slots`. It is computed when it is asked for. */
  readonly soonerWithAnyone: () => Promise<FreeSlot | null>;
}

/** Returns the districts of a search: the named one, those that serve a commune today, or null for all. */
async function districtsOf(op: Operation, filter: SlotFilter): Promise<readonly string[] | null> {
  if (filter.districtId != null) return [await requireDistrict(op, filter.districtId, 'filter.districtId')];
  if (filter.communeCode == null) return null;
  const commune = requireText('filter.communeCode', filter.communeCode, LONGEST.communeCode);
  const rows = await op.tx.rows<{ id: string }>`select distinct s.district_id as id from sector s
    where s.commune_code = ${commune} and s.valid_from <= current_date
      and (s.valid_until is null or s.valid_until > current_date) limit 20`;
  if (rows.length === 0) throw new InvalidInputError('filter.communeCode', 'unknownCode');
  return rows.map(({ id }) => id);
}

/** Returns the workers whose slots are wanted; null is any worker. Naming a colleague is logged, as a filter by worker is (rule 3). */
async function workersOf(
  op: Operation,
  filter: SlotFilter,
  districtId: string,
): Promise<readonly string[] | null> {
  if (filter.caseId != null) {
    const row = await requireCaseLookedUp(op, filter.caseId, 'filter.caseId');
    if (row.districtId !== districtId) throw new NotFoundError('filter.caseId');
    return row.assignedWorkerId === null ? [] : [row.assignedWorkerId];
  }
  if (filter.workerIds == null) return null;
  const ids = parseIds(filter.workerIds);
  if (filter.workerIds.length === 0 || filter.workerIds.length > 10)
    throw new InvalidInputError('filter.workerIds', 'required');
  if (ids.length !== countIds(filter.workerIds)) throw new NotFoundError('filter.workerIds');
  await requireMembers(op, 'filter.workerIds', districtId, ids);
  return ids;
}

/** Finds the times that everyone may know, without a worker, for types that a person books themselves. */
async function publicSlots(
  op: Operation,
  wanted: Wanted,
  districts: readonly string[] | null,
): Promise<SlotSearch> {
  const { type, mode, minutes, from, to, count, other } = wanted;
  if (!type.bookableBy.includes('BOOKING_CLIENT'))
    throw new InvalidInputError('filter.typeCode', 'unknownCode');
  const where = districts === null ? Prisma.sql`null::uuid[]` : uuids(districts);
  const rows = await op.tx.rows<SlotRow>`
    select starts_at as "startsAt", starts_at + make_interval(mins => ${minutes}::integer) as "endsAt",
      district_id as "districtId", place, modes::text[] as modes
    from public_slots_before(${where}, ${type.code}, ${mode}::"AppointmentMode", ${from}, ${to}, ${minutes}::integer, ${count}::integer,
      ${other}::timestamptz)`;
  const found = {
    districtId: districts?.length === 1 ? (districts[0] ?? null) : null,
    soonerWithAnyone: nobodySooner,
  };
  if (rows.length > 0) return { slots: rows.map(withWorkers), whyNone: null, ...found };
  const [open] = await op.tx.rows<{ hours: boolean }>`
    select public_hours(${where}, ${type.code}, ${from}, ${to}) as hours`;
  return { slots: [], whyNone: open?.hours === true ? 'ALL_TAKEN' : 'NO_HOURS', ...found };
}

/** The answer of a search that names no worker: it has the earliest slots already. */
const nobodySooner = async (): Promise<null> => null;

/** Returns the search for one slot that begins before all of these; null if none can, since the first one begins at once. */
function before(slots: readonly FreeSlot[], wanted: Wanted): Wanted | null {
  const other = slots[0]?.startsAt ?? null;
  const to = other ?? wanted.to;
  return to > wanted.from ? { ...wanted, to, other, count: 1 } : null;
}

async function whyNone(
  op: Operation,
  wanted: Wanted,
  districtId: string,
  workers: readonly string[] | null,
  together: boolean,
): Promise<NoSlotReason> {
  const { type, mode, from, to } = wanted;
  const whose = workers === null ? Prisma.sql`null::uuid[]` : uuids(workers);
  const one = { ...wanted, inARow: 1, minutes: type.durationMinutes, count: 1, sparedToo: true };
  // A search for one time has found that there is none.
  const oneAlone =
    wanted.inARow > 1 || together
      ? Prisma.sql`exists (select from (${gapsOf(op, one, districtId, workers)}) g)`
      : Prisma.sql`false`;
  const [row] = await op.tx.rows<{ reason: NoSlotReason | null }>`
    select case when ${oneAlone} then ${together ? 'NOT_TOGETHER' : 'NOT_IN_A_ROW'}::text
      else slots_wanting(${districtId}::uuid, ${whose}, ${type.code}, ${mode}::"AppointmentMode", ${from}, ${to})
      end as reason`;
  return row?.reason ?? 'NO_HOURS';
}

/**
 * Finds the earliest slots, and, if the answer is asked for it, one that is sooner with anyone (`soonerWithAnyone`). Colleagues of a district
 * learn which workers are free; everyone else gets the public times. Slots are the workers' own hours without appointments, absences and time
 * off. Public holidays are no hours. A spared time is found if no other begins within two weeks of it.
 * @throws InvalidInputError for an unknown type, a mode that the type lacks, a past or too long a period; oneAtATime for a second case
 * that is not of the viewer's own queue; RateLimitedError when the hour's look-ups are spent
 * @throws NotFoundError for an unknown district, case or worker; ForbiddenError for a named worker outside the viewer's team
 */
export async function searchSlots(op: Operation, filter: SlotFilter, first: number): Promise<SlotSearch> {
  const wanted = await requireWanted(op, filter, first);
  const districts = await districtsOf(op, filter);
  const [districtId] = districts ?? [];
  const inTeam =
    districtId !== undefined && districts?.length === 1 && seesBusyTimesIn(op.viewer, districtId);
  const named = filter.workerIds != null || filter.caseId != null || filter.together === true;
  if (!inTeam) {
    if (op.viewer.kind === 'PERSON' && filter.caseId != null && filter.workerIds == null)
      return searchSlotsOfOwnCase(op, filter.caseId, wanted);
    if (named) throw new ForbiddenError();
    return publicSlots(op, wanted, districts);
  }
  const workers = await workersOf(op, filter, districtId);
  const together = filter.together === true;
  if (together && workers === null) throw new InvalidInputError('filter.workerIds', 'required');
  const soonerThan = (slots: readonly FreeSlot[]) => async (): Promise<FreeSlot | null> => {
    const sooner = workers === null || together ? null : before(slots, wanted);
    const [row] = sooner === null ? [] : await unsparedSlotsOfDistrict(op, sooner, districtId, null);
    return row === undefined ? null : withWorkers(row);
  };
  if (workers?.length === 0)
    return { slots: [], whyNone: 'CASE_UNASSIGNED', districtId, soonerWithAnyone: soonerThan([]) };
  for (const workerId of workers ?? [])
    if (workerId !== op.viewer.workerId) op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  const rows =
    together && workers !== null
      ? await slotsTogether(op, wanted, districtId, workers)
      : await unsparedSlotsOfDistrict(op, wanted, districtId, workers);
  const slots = rows.map(withWorkers);
  return {
    slots,
    whyNone: slots.length > 0 ? null : await whyNone(op, wanted, districtId, workers, together),
    districtId,
    soonerWithAnyone: soonerThan(slots),
  };
}

/**
 * Finds the earliest times of a district for a person who must be seen soon, with any worker, at most 56 days ahead; kept times, too. The
 * caller checks that a social worker judged it.
 * @throws InvalidInputError for a type or a mode that is unknown, or too many slots
 */
export async function urgentSlots(
  op: Operation,
  search: {
    readonly districtId: string;
    readonly typeCode: string;
    readonly mode: AppointmentMode | null;
    readonly from?: Date | null;
  },
  first: number,
): Promise<readonly FreeSlot[]> {
  const { districtId, ...filter } = search;
  const to = daysAfter(op.now, MAX_DAYS_AHEAD_BY_WORKER);
  if (search.from != null && nextFiveMinutes(search.from) >= to) return [];
  const wanted = { ...(await requireWanted(op, { ...filter, to }, first)), keptToo: true };
  return (await slotsOfDistrict(op, wanted, districtId, null)).map(withWorkers);
}

/** Returns the error for a lost slot, with the times that are free instead. */
export function slotTaken(
  instead: readonly Interval[],
  reason: 'SLOT_TAKEN' | 'DAY_SHARE_TAKEN' = 'SLOT_TAKEN',
): ConflictError {
  return new ConflictError(reason, {
    nextFreeSlots: instead.map(({ startsAt, endsAt }) => ({
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
  });
}

/**
 * Finds the next public slots within four weeks, to offer instead of a lost one; for a case, only those of its worker.
 * @throws InvalidInputError at `filter.typeCode` for an unknown type
 */
export async function nextPublicSlots(
  op: Operation,
  query: {
    readonly districtId: string;
    readonly typeCode: string;
    readonly mode: AppointmentMode;
    readonly caseId: string | null;
    readonly from: Date;
    readonly count: number;
  },
): Promise<readonly FreeSlot[]> {
  const { districtId, caseId, count, from, ...filter } = query;
  const last = daysAfter(op.now, caseId === null ? MAX_DAYS_AHEAD : MAX_DAYS_AHEAD_BY_WORKER);
  const to = new Date(Math.min(daysAfter(from, 28).getTime(), last.getTime()));
  if (nextFiveMinutes(from) >= to) return [];
  const wanted = await requireWanted(op, { ...filter, from, to }, count);
  return caseId === null
    ? (await publicSlots(op, wanted, [districtId])).slots
    : slotsOfOwnCase(op, wanted, caseId);
}

async function searchSlotsOfOwnCase(op: Operation, id: string, wanted: Wanted): Promise<SlotSearch> {
  if (!wanted.type.bookableBy.includes('BOOKING_CLIENT'))
    throw new InvalidInputError('filter.typeCode', 'unknownCode');
  const row = await requireCase(op, id, { field: 'filter.caseId' });
  const slots = await slotsOfOwnCase(op, wanted, row.id);
  return {
    slots,
    whyNone: slots.length > 0 ? null : 'ALL_TAKEN',
    districtId: row.districtId,
    soonerWithAnyone: async () => {
      const sooner = before(slots, wanted);
      return sooner === null ? null : ((await publicSlots(op, sooner, [row.districtId])).slots[0] ?? null);
    },
  };
}

/** Finds the public slots of the worker of the viewer's own case, if the case is shown online. The worker is not named. */
async function slotsOfOwnCase(op: Operation, wanted: Wanted, caseId: string): Promise<readonly FreeSlot[]> {
  const { type, mode, minutes, from, to, count } = wanted;
  const rows = await op.tx.rows<SlotRow>`
    select starts_at as "startsAt", starts_at + make_interval(mins => ${minutes}::integer) as "endsAt",
      district_id as "districtId", place, modes::text[] as modes
    from case_slots(${caseId}::uuid, ${type.code}, ${mode}::"AppointmentMode", ${from}, ${to}, ${minutes}::integer, ${count}::integer)`;
  return rows.map(withWorkers);
}

/** Finds the next slots at which these workers are free together, within four weeks, to offer instead of a lost one. */
export async function nextFreeSlots(
  op: Operation,
  query: {
    readonly districtId: string;
    readonly workerIds: readonly string[];
    /** The types whose hours count. No hours are open for a collective type: its time is chosen by a worker. */
    readonly types: readonly AppointmentTypeRow[];
    readonly mode: AppointmentMode;
    readonly from: Date;
    readonly minutes: number;
    readonly count: number;
  },
): Promise<readonly Interval[]> {
  const wanted: Omit<Wanted, 'type'> = {
    mode: query.mode,
    inARow: 1,
    minutes: query.minutes,
    from: nextFiveMinutes(query.from),
    to: daysAfter(query.from, 28),
    count: query.count,
    keptToo: false,
    // A person who has lost a time may have any other.
    sparedToo: true,
    other: null,
  };
  const search = query.workerIds.length === 1 ? slotsOfDistrict : slotsTogether;
  const found = await Promise.all(
    query.types
      .filter(({ places }) => places === null)
      .map((type) => search(op, { ...wanted, type }, query.districtId, query.workerIds)),
  );
  return earliest(found.flat(), query.count);
}

/** Returns the earliest of these times, at most one for each start. */
function earliest(found: readonly SlotRow[], count: number): readonly Interval[] {
  const byStart = new Map(found.map((slot) => [slot.startsAt.getTime(), slot]));
  return [...byStart.entries()]
    .sort(([one], [other]) => one - other)
    .slice(0, count)
    .map(([, slot]) => slot);
}
