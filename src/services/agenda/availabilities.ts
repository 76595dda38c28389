import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { type AgendaRelation, keepsAgenda, whereReadsAgenda } from '../../access/agenda/agenda.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  CloseAvailabilityOnInput,
  EndAvailabilityInput,
  OpenAvailabilityInput,
} from '../../generated/inputs.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayAfter, dayInParis, toDay } from '../operation/period.js';
import { isWallTime } from '../operation/wall-time.js';
import { type AgendaInput, requireAgenda, requireAgendaToKeep } from './agenda.js';
import { type AppointmentTypeRow, loadAppointmentTypes, requireTypes } from './appointment-types.js';
import { DIGITS_OF_HOURS, requirePlace } from './places.js';
import { daysOf, endsByItself, MAX_DAYS, requireRecurrence } from './recurrence.js';
import { requireOption } from './team-options.js';

/** Opening hours of a worker's agenda: local wall time in Europe/Paris, on the days of a recurrence. */
export interface AvailabilityRow extends AgendaRelation {
  readonly id: string;
  readonly modes: readonly AppointmentMode[];
  readonly place: string | null;
  readonly startsOn: Date;
  /** The first day that is left out. */
  readonly endsOn: Date;
  /** Local wall time, `HH:MM`. */
  readonly opensAt: string;
  readonly closesAt: string;
  /** An RFC 5545 rule without its name; null for every day. */
  readonly recurrence: string | null;
  /** The hours are for persons who must be seen soon, until two working days before. */
  readonly keptForUrgent: boolean;
  readonly version: number;
}

const AVAILABILITY = Prisma.sql`v.id, v.worker_id as "workerId", v.district_id as "districtId", v.modes::text[] as modes,
  v.place, v.starts_on as "startsOn", v.ends_on as "endsOn", to_char(v.opens_at, 'HH24:MI') as "opensAt",
  to_char(v.closes_at, 'HH24:MI') as "closesAt", v.recurrence,
  v.kept_for_urgent as "keptForUrgent", v.version`;
const v = Prisma.sql`v`;

/** Returns the hours that the viewer may read, or null: missing and forbidden hours answer alike. */
export async function loadAvailability(op: Operation, id: string): Promise<AvailabilityRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'availability', async (ids) =>
    byKey(
      await op.tx.rows<AvailabilityRow>`select ${AVAILABILITY} from availability v
        where v.id = any (${uuids(ids)}) and ${whereReadsAgenda(op.viewer, v)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Lists a worker's hours in a district that run or are to come, by start; at most 100. Reading a colleague's is logged.
 * @throws ForbiddenError
 */
export async function listAvailabilities(
  op: Operation,
  args: AgendaInput,
): Promise<readonly AvailabilityRow[]> {
  const agenda = requireAgenda(op, args);
  return op.tx.rows<AvailabilityRow>`select ${AVAILABILITY} from availability v
    where v.worker_id = ${agenda.workerId}::uuid and v.district_id = ${agenda.districtId}::uuid
      and ${whereReadsAgenda(op.viewer, v)} and v.ends_on > ${dayInParis(op.now)}::date
    order by v.starts_on, v.opens_at, v.id limit 100`;
}

/** Lists the types for which the hours are open, by code. */
export async function loadTypesOfAvailability(
  op: Operation,
  id: string,
): Promise<readonly AppointmentTypeRow[]> {
  const [types, codes] = await Promise.all([
    loadAppointmentTypes(op),
    batched(op, 'types-of-availability', async (ids) =>
      groupedBy(
        await op.tx.rows<{ id: string; code: string }>`select t.availability_id as id, t.type_code as code
          from availability_type t where t.availability_id = any (${uuids(ids)})`,
        (row) => row.id,
      ),
    ).load(id),
  ]);
  return types.filter((type) => codes?.some(({ code }) => code === type.code));
}

/** Lists the days of the recurrence on which the hours were closed afterwards; from today on, at most 100. */
export async function loadClosedDays(op: Operation, id: string): Promise<readonly Date[]> {
  const rows = await batched(op, 'closed-days', async (ids) =>
    groupedBy(
      await op.tx.rows<{ id: string; day: Date }>`select o.* from unnest(${uuids(ids)}) parent(id)
        cross join lateral (select o.availability_id as id, (o.starts_at at time zone 'Europe/Paris')::date as day
          from availability_occurrence o join availability v on v.id = o.availability_id
          where o.availability_id = parent.id and o.closed and o.starts_at >= ${op.now}
            and (o.starts_at at time zone 'Europe/Paris')::date < v.ends_on
          order by o.starts_at limit 100) o`,
      (row) => row.id,
    ),
  ).load(id);
  return (rows ?? []).map(({ day }) => day);
}

/**
 * Checks that the hours are between 06:00 and 22:00, and last twelve hours at most. The clock changes at night, so each of these times
 * exists once every day.
 */
function requireHours({ opensAt, closesAt }: OpenAvailabilityInput): void {
  if (!isWallTime(opensAt)) throw new InvalidInputError('input.opensAt', 'wallTime');
  if (!isWallTime(closesAt)) throw new InvalidInputError('input.closesAt', 'wallTime');
  if (opensAt < '06:00') throw new InvalidInputError('input.opensAt', 'byDay');
  if (closesAt > '22:00') throw new InvalidInputError('input.closesAt', 'byDay');
  if (closesAt <= opensAt) throw new InvalidInputError('input.closesAt', 'interval');
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  if (minutes(closesAt) - minutes(opensAt) > 12 * 60) throw new InvalidInputError('input.closesAt', 'tooFar');
}

/** Returns the days on which hours are opened, and the first day that is left out. */
function requireDays(
  op: Operation,
  input: OpenAvailabilityInput,
): { readonly days: readonly string[]; readonly endsOn: string; readonly recurrence: string | null } {
  const [today, startsOn] = [dayInParis(op.now), toDay(input.startsOn)];
  if (startsOn < today) throw new InvalidInputError('input.startsOn', 'past');
  if (startsOn > dayAfter(today, 366)) throw new InvalidInputError('input.startsOn', 'tooFar');
  const recurrence =
    input.recurrence == null ? null : requireRecurrence('input.recurrence', input.recurrence);
  const given = input.endsOn == null ? null : toDay(input.endsOn);
  if (given !== null && given <= startsOn) throw new InvalidInputError('input.endsOn', 'interval');
  if (given !== null && given > dayAfter(startsOn, MAX_DAYS))
    throw new InvalidInputError('input.endsOn', 'tooFar');
  if (given === null && recurrence !== null && !endsByItself(recurrence))
    throw new InvalidInputError('input.endsOn', 'required');
  // Without a recurrence and without an end, hours are open on that day alone.
  const limit = given ?? dayAfter(startsOn, recurrence === null ? 1 : MAX_DAYS);
  const days = daysOf(recurrence, startsOn, limit);
  const last = days.at(-1);
  if (last === undefined) throw new InvalidInputError('input.recurrence', 'noDay');
  return { days, endsOn: given ?? dayAfter(last, 1), recurrence };
}

/**
 * Checks that hours for an option of the team are the viewer's own, and that the team has the option on their first and their last day.
 * @throws InvalidInputError at `input.typeCodes`: ownHoursOnly, aloneInItsHours, optionNotInForce
 */
async function requireOptions(
  op: Operation,
  input: OpenAvailabilityInput,
  types: readonly AppointmentTypeRow[],
  { districtId, workerId, endsOn }: AgendaRelation & { readonly endsOn: string },
): Promise<void> {
  for (const type of types.filter(({ option }) => option !== null)) {
    if (workerId !== op.viewer.workerId) throw new InvalidInputError('input.typeCodes', 'ownHoursOnly');
    if (type.option === 'WALK_IN_HOUR' && (types.length > 1 || input.keptForUrgent === true))
      throw new InvalidInputError('input.typeCodes', 'aloneInItsHours');
    for (const on of [toDay(input.startsOn), dayAfter(endsOn, -1)])
      await requireOption(op, 'input.typeCodes', { type, districtId, on });
  }
}

/**
 * Opens hours on the days of a recurrence; public holidays are left out. Without a recurrence, hours are open on every day until the end.
 * Without an end, they are open until the recurrence ends by itself, or on the first day alone.
 * @throws ForbiddenError; NotFoundError; InvalidInputError for a past day, a rule without an end, more than two years, no day at all, an
 * unknown type, a place that is not listed in a colleague's hours, or that may hold a telephone number
 * @throws ConflictError HOURS_TAKEN when the worker already has hours then, in any district
 */
export async function openAvailability(
  op: Operation,
  input: OpenAvailabilityInput,
): Promise<AvailabilityRow | null> {
  const id = await once(op, 'openAvailability', input, async () => {
    const { districtId, workerId } = await requireAgendaToKeep(op, input);
    if (input.typeCodes.length === 0) throw new InvalidInputError('input.typeCodes', 'required');
    const types = await requireTypes(op, 'input.typeCodes', input.typeCodes);
    if (input.modes.length === 0) throw new InvalidInputError('input.modes', 'required');
    if (types.some((type) => !type.modes.some((mode) => input.modes.includes(mode))))
      throw new InvalidInputError('input.modes', 'invalidValue');
    requireHours(input);
    const { days, endsOn, recurrence } = requireDays(op, input);
    await requireOptions(op, input, types, { districtId, workerId, endsOn });
    const place = await requirePlace(
      op,
      { districtId, place: input.place },
      { workerIds: [workerId], longest: LONGEST.placeOfHours, digits: DIGITS_OF_HOURS },
    );
    const availabilityId = randomUUID();
    await op.tx.run`insert into availability
        (id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence,
          kept_for_urgent)
      values (${availabilityId}::uuid, ${workerId}::uuid, ${districtId}::uuid,
        ${[...new Set(input.modes)]}::text[]::"AppointmentMode"[], ${place}, ${toDay(input.startsOn)}::date, ${endsOn}::date,
        ${input.opensAt}::time, ${input.closesAt}::time, ${recurrence}, ${input.keptForUrgent === true})`;
    await op.tx.run`insert into availability_type (availability_id, type_code)
      select ${availabilityId}::uuid, unnest(${types.map(({ code }) => code)}::text[])`;
    const [open] = await op.tx.rows<{ count: number }>`select count(*)::integer as count
      from unnest(${[...days]}::date[]) d(opened) where not exists (select from public_holiday p where p.day = d.opened)`;
    if (open?.count === 0) throw new InvalidInputError('input.recurrence', 'noDay');
    // PostgreSQL's table of time zones turns the wall clock into an instant, as everywhere else.
    const opened = await op.tx
      .run`insert into availability_occurrence (id, availability_id, starts_at, ends_at)
      select gen_random_uuid(), ${availabilityId}::uuid,
        (d.opened + ${input.opensAt}::time) at time zone 'Europe/Paris',
        (d.opened + ${input.closesAt}::time) at time zone 'Europe/Paris'
      from unnest(${[...days]}::date[]) d(opened) where not exists (select from public_holiday p where p.day = d.opened)
      order by d.opened on conflict do nothing`;
    if (opened !== open?.count) throw new ConflictError('HOURS_TAKEN');
    return availabilityId;
  });
  return loadAvailability(op, id);
}

async function requireAvailability(
  op: Operation,
  input: { readonly id: string; readonly expectedVersion: number },
): Promise<AvailabilityRow> {
  const row = await loadAvailability(op, input.id);
  op.log.record('CHANGE_AGENDA', { targetWorkerId: row?.workerId ?? null });
  if (row === null) throw new NotFoundError('input.id');
  if (!keepsAgenda(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  return row;
}

/**
 * Counts a change of the hours, so that a second writer finds another version.
 * @throws ConflictError VERSION_CHANGED
 */
async function raiseVersion(op: Operation, row: AvailabilityRow, endsOn: string): Promise<void> {
  const changed = await op.tx.run`update availability set ends_on = ${endsOn}::date, version = version + 1
    where id = ${row.id}::uuid and version = ${row.version}`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
}

/**
 * Ends hours: they are closed from that day on. Appointments booked in them stay, and are flagged.
 * @throws NotFoundError; ForbiddenError; InvalidInputError past or tooFar at `input.endsOn`; ConflictError VERSION_CHANGED
 */
export async function endAvailability(
  op: Operation,
  input: EndAvailabilityInput,
): Promise<AvailabilityRow | null> {
  const id = await once(op, 'endAvailability', input, async () => {
    const row = await requireAvailability(op, input);
    const endsOn = toDay(input.endsOn);
    if (endsOn < dayInParis(op.now)) throw new InvalidInputError('input.endsOn', 'past');
    if (endsOn >= toDay(row.endsOn)) throw new InvalidInputError('input.endsOn', 'tooFar');
    // Hours that are withdrawn before they begin keep their first day, which is closed like all the others.
    const startsOn = toDay(row.startsOn);
    await raiseVersion(op, row, endsOn <= startsOn ? dayAfter(startsOn, 1) : endsOn);
    await op.tx.run`update availability_occurrence set closed = true
      where availability_id = ${row.id}::uuid and not closed
        and starts_at >= (${endsOn}::date + time '00:00') at time zone 'Europe/Paris'`;
    return row.id;
  });
  return loadAvailability(op, id);
}

/**
 * Closes the hours of one day: an exception to the recurrence. Appointments booked in them stay, and are flagged.
 * @throws NotFoundError; ForbiddenError; InvalidInputError past or noDay at `input.day`; ConflictError VERSION_CHANGED
 */
export async function closeAvailabilityOn(
  op: Operation,
  input: CloseAvailabilityOnInput,
): Promise<AvailabilityRow | null> {
  const id = await once(op, 'closeAvailabilityOn', input, async () => {
    const row = await requireAvailability(op, input);
    const day = toDay(input.day);
    if (day < dayInParis(op.now)) throw new InvalidInputError('input.day', 'past');
    const closed = await op.tx.run`update availability_occurrence set closed = true
      where availability_id = ${row.id}::uuid and not closed
        and starts_at >= (${day}::date + time '00:00') at time zone 'Europe/Paris'
        and starts_at < (${day}::date + 1 + time '00:00') at time zone 'Europe/Paris'`;
    if (closed === 0) throw new InvalidInputError('input.day', 'noDay');
    await raiseVersion(op, row, toDay(row.endsOn));
    return row.id;
  });
  return loadAvailability(op, id);
}
