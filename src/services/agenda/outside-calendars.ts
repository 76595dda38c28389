import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import {
  hasOutsideCalendars,
  type OutsideCalendarRelation,
  removesOutsideCalendars,
  whereOwnsOutsideCalendar,
} from '../../access/agenda/outside-calendar.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ImportCalendarInput, RemoveOutsideCalendarInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { inWorkshop } from '../../workshop/workshop.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { startOfToday } from '../operation/period.js';
import { requireAgendaToKeep } from './agenda.js';

/** Another calendar of a worker. Only its busy times are kept. */
export interface OutsideCalendarRow extends OutsideCalendarRelation {
  readonly id: string;
  readonly districtId: string;
  readonly name: string;
  readonly importedAt: Date;
  /** The first instant that was not imported. */
  readonly reachesUntil: Date;
  readonly removedAt: Date | null;
}

const CALENDAR = Prisma.sql`o.id, o.worker_id as "workerId", o.district_id as "districtId", o.name,
  o.imported_at as "importedAt", o.reaches_until as "reachesUntil", o.removed_at as "removedAt"`;
const MAX_CALENDARS = 10;

const o = Prisma.sql`o`;

/** Returns an outside calendar of the viewer's own, or null: a missing one and another worker's answer alike. */
export async function loadOutsideCalendar(op: Operation, id: string): Promise<OutsideCalendarRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'outside-calendar', async (ids) =>
    byKey(
      await op.tx.rows<OutsideCalendarRow>`select ${CALENDAR} from outside_calendar o
        where o.id = any (${uuids(ids)}) and ${whereOwnsOutsideCalendar(op.viewer, o)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/**
 * Lists the viewer's own outside calendars that are not removed, the last imported first.
 * @throws ForbiddenError
 */
export async function listOutsideCalendars(op: Operation): Promise<readonly OutsideCalendarRow[]> {
  if (!hasOutsideCalendars(op.viewer)) throw new ForbiddenError();
  return op.tx.rows<OutsideCalendarRow>`select ${CALENDAR} from outside_calendar o
    where ${whereOwnsOutsideCalendar(op.viewer, o)} and o.removed_at is null
    order by o.imported_at desc, o.id`;
}

type BusyTimesRead = Awaited<ReturnType<typeof readCalendarAhead>>;

/** Reads the busy times that `importCalendar` puts in, before its transaction: following the rules of a calendar may take a second. */
export function readCalendarAhead(input: { readonly content: string }) {
  return inWorkshop('busyTimes', 'input.content', input.content, startOfToday(new Date()));
}

/**
 * Replaces the busy times of one name by those of an iCalendar text (RFC 5545), from today on, half a year ahead. A busy time that is the
 * same stays untouched, so that importing the same text again frees nothing and wakes nobody who waits. Appointments booked at these
 * times are flagged; nothing is refused.
 *
 * The text is kept nowhere. It comes with the request: the server fetches no address.
 * @throws ForbiddenError; NotFoundError for a district where the worker is not; InvalidInputError for a text that is no calendar, is too
 * long, holds too many events, recurs by hours or less, or is in an unknown zone; for an eleventh calendar
 */
export async function importCalendar(
  op: Operation,
  input: ImportCalendarInput,
): Promise<OutsideCalendarRow | null> {
  const id = await once(op, 'importCalendar', input, async () => {
    op.log.record('CHANGE_AGENDA', { targetWorkerId: op.viewer.workerId });
    if (!hasOutsideCalendars(op.viewer)) throw new ForbiddenError();
    const { districtId, workerId } = await requireAgendaToKeep(op, {
      districtId: input.districtId,
      workerId: op.viewer.workerId ?? '',
    });
    const name = requireText('input.name', input.name, LONGEST.name);
    const read = op.ahead as PromiseSettledResult<BusyTimesRead>;
    if (read.status === 'rejected') throw read.reason;
    const { busy, until } = read.value;
    // A second import of the worker waits here for the first to commit, and then sees and counts what the first has left.
    await op.tx.run`select pg_advisory_xact_lock(hashtextextended('cosmos:calendars:' || ${workerId}, 0))`;
    const [calendar] = await op.tx.rows<{ id: string; others: number }>`
      insert into outside_calendar (id, worker_id, district_id, name, imported_at, reaches_until)
      values (${randomUUID()}::uuid, ${workerId}::uuid, ${districtId}::uuid, ${name}, now(), ${until})
      on conflict (worker_id, district_id, name) where removed_at is null
      do update set imported_at = excluded.imported_at, reaches_until = excluded.reaches_until
      returning id, (select count(*)::integer from outside_calendar o
        where ${whereOwnsOutsideCalendar(op.viewer, o)} and o.removed_at is null
          and o.id <> outside_calendar.id) as others`;
    if (calendar === undefined || calendar.others >= MAX_CALENDARS)
      throw new InvalidInputError('input.name', 'tooManyCalendars');
    await op.tx.run`
      with busy as (
        select * from unnest(${busy.map(({ startsAt }) => startsAt.toISOString())}::timestamptz[],
          ${busy.map(({ endsAt }) => endsAt.toISOString())}::timestamptz[]) busy(starts_at, ends_at)),
      gone as (
        delete from unavailability u where u.outside_calendar_id = ${calendar.id}::uuid
          and not exists (select from busy b where (b.starts_at, b.ends_at) = (u.starts_at, u.ends_at)))
      insert into unavailability (id, worker_id, district_id, outside_calendar_id, starts_at, ends_at)
      select gen_random_uuid(), ${workerId}::uuid, ${districtId}::uuid, ${calendar.id}::uuid, b.starts_at, b.ends_at
      from busy b where not exists (select from unavailability u where u.outside_calendar_id = ${calendar.id}::uuid
        and (u.starts_at, u.ends_at) = (b.starts_at, b.ends_at))`;
    return calendar.id;
  });
  return loadOutsideCalendar(op, id);
}

/**
 * Removes an outside calendar with all its busy times: these hours are free again.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED once it is removed
 */
export async function removeOutsideCalendar(
  op: Operation,
  input: RemoveOutsideCalendarInput,
): Promise<OutsideCalendarRow | null> {
  const id = await once(op, 'removeOutsideCalendar', input, async () => {
    const row = await loadOutsideCalendar(op, input.id);
    op.log.record('CHANGE_AGENDA', { targetWorkerId: row?.workerId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!removesOutsideCalendars(op.viewer)) throw new ForbiddenError();
    const changed = await op.tx.run`update outside_calendar set removed_at = now()
      where id = ${row.id}::uuid and removed_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    await op.tx.run`delete from unavailability u where u.outside_calendar_id = ${row.id}::uuid`;
    return row.id;
  });
  return loadOutsideCalendar(op, id);
}
