import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { whereSeesFreeTimeOf } from '../../access/agenda/agenda.js';
import { uuids } from '../../access/operation/sql.js';
import type { Operation } from '../../operation.js';
import { daysAfter } from '../operation/period.js';
import type { Interval } from './busy-times.js';
import { openUntil, whereForEveryone } from './kept-times.js';
import { MOST_IN_A_ROW, type Wanted } from './wanted-slots.js';

/** A time at which an appointment could be booked, and its free workers. `workerIds` is empty where no worker is named. */
export interface FreeSlot extends Interval {
  readonly districtId: string;
  readonly workerIds: readonly string[];
  readonly modes: readonly AppointmentMode[];
  /** Null is the district's address. */
  readonly place: string | null;
}

/** A slot as a query finds it. */
export interface SlotRow extends Interval {
  readonly districtId: string;
  readonly workerIds?: readonly string[];
  readonly modes: readonly AppointmentMode[];
  readonly place: string | null;
}

/** Returns a slot as it was found; `workerIds` is empty if the query names no worker. */
export function withWorkers(row: SlotRow): FreeSlot {
  return { ...row, workerIds: row.workerIds ?? [] };
}

const f = Prisma.sql`f`;

/**
 * Finds the gaps of a district that are long enough, for any worker or for the named ones, by their start: as many starts as slots are
 * wanted. It walks twice along an index, the first time to find the last of those starts. Ranking them would read all gaps. If several
 * appointments in a row are wanted, it walks only along gaps with room for two, for three and so on: there may be none in a whole agenda.
 */
export function gapsOf(
  op: Operation,
  wanted: Wanted,
  districtId: string,
  workers: readonly string[] | null,
): Prisma.Sql {
  const { type, mode, inARow, minutes, from, to, count } = wanted;
  const long = Prisma.sql`make_interval(mins => ${minutes}::integer)`;
  const whose = workers === null ? Prisma.sql`true` : Prisma.sql`f.worker_id = any (${uuids(workers)})`;
  // With `= any`, the planner would expect hardly any rows, and sort them all.
  const how =
    mode === null
      ? Prisma.sql`true`
      : Prisma.sql`array_position(f.modes, ${mode}::"AppointmentMode") is not null`;
  const common = Prisma.sql`${whereSeesFreeTimeOf(op.viewer, f, districtId)} and f.type_code = ${type.code}
    and ${whose} and ${how}`;
  const end = openUntil(op, f, wanted);
  const ahead = Prisma.sql`f.starts_at > ${from} and f.starts_at < ${to} and ${end} >= f.starts_at + ${long}`;
  // The few workers who are named have fewer gaps than the district.
  const byRoom = inARow > 1 && workers === null;
  const rooms = Prisma.sql`generate_series(${inARow}::integer, ${MOST_IN_A_ROW}::integer) n(room)`;
  const room = byRoom ? Prisma.sql`f.in_a_row = n.room` : Prisma.sql`true`;
  const starts = Prisma.sql`
    select distinct f.starts_at from free_time f where ${common} and ${ahead} and ${room} order by f.starts_at limit ${count}`;
  const first = byRoom
    ? Prisma.sql`select distinct s.starts_at from ${rooms} cross join lateral (${starts}) s order by s.starts_at limit ${count}`
    : starts;
  return Prisma.sql`
    select ${from}::timestamptz as starts_at, ${end} as ends_at, f.worker_id, f.modes, f.place from free_time f
    where ${common} and f.starts_at <= ${from} and f.starts_at > ${from}::timestamptz - interval '12 hours'
      and ${end} >= ${from}::timestamptz + ${long}
    union all
    select f.starts_at, ${end} as ends_at, f.worker_id, f.modes, f.place
    from (select max(starts_at) as last from (${first}) s) cut
    ${byRoom ? Prisma.sql`cross join ${rooms}` : Prisma.empty}
    join free_time f on f.starts_at <= cut.last and ${room} where ${common} and ${ahead}`;
}

/**
 * Finds the slots of a district, each with all workers who are free then. It is enough to read as many starts of gaps as slots are
 * wanted.
 */
export function slotsOfDistrict(
  op: Operation,
  wanted: Wanted,
  districtId: string,
  workers: readonly string[] | null,
): Promise<readonly SlotRow[]> {
  const { type, minutes, to, count } = wanted;
  const long = Prisma.sql`make_interval(mins => ${minutes}::integer)`;
  return op.tx.rows<SlotRow>`
    select s.at as "startsAt", s.at + ${long} as "endsAt", ${districtId}::uuid as "districtId", g.place, g.modes::text[] as modes,
      array_agg(distinct g.worker_id order by g.worker_id) as "workerIds"
    from (${gapsOf(op, wanted, districtId, workers)}) g
    cross join lateral (
      select at from generate_series(g.starts_at, g.ends_at - ${long},
        make_interval(mins => ${type.durationMinutes}::integer)) at limit ${count}) s
    where s.at < ${to}
    group by s.at, g.place, g.modes order by s.at, g.place, g.modes limit ${count}`;
}

/**
 * The days by which a spared time must be sooner than any other: nobody waits longer because of a rest. `spared_until_other` in SQL has the
 * same number, and a test compares the two.
 */
export const SPARED_IF_SOONER_BY = 14;

/** Finds the slots of a district, and those that are spared if no other begins within two weeks of them. */
export async function unsparedSlotsOfDistrict(
  op: Operation,
  wanted: Wanted,
  districtId: string,
  workers: readonly string[] | null,
): Promise<readonly SlotRow[]> {
  const rows = await slotsOfDistrict(op, wanted, districtId, workers);
  const first = rows[0]?.startsAt ?? wanted.other;
  const to = first === null ? wanted.to : daysAfter(first, -SPARED_IF_SOONER_BY);
  if (wanted.sparedToo || to <= wanted.from) return rows;
  const spared = await slotsOfDistrict(op, { ...wanted, to, sparedToo: true }, districtId, workers);
  return [...spared, ...rows].slice(0, wanted.count);
}

/** Finds the slots at which all of these workers are free together, in a mode that they share. */
export function slotsTogether(
  op: Operation,
  wanted: Wanted,
  districtId: string,
  workers: readonly string[],
): Promise<readonly SlotRow[]> {
  const { type, mode, minutes, from, to, count } = wanted;
  const long = Prisma.sql`make_interval(mins => ${minutes}::integer)`;
  const of = Prisma.sql`${whereSeesFreeTimeOf(op.viewer, f, districtId)} and f.type_code = ${type.code}
    and ${whereForEveryone(op, f)}`;
  return op.tx.rows<SlotRow>`
    with own as (
      select f.worker_id, range_agg(tstzrange(greatest(f.starts_at, ${from}::timestamptz), f.ends_at)) as free
      from free_time f
      where f.worker_id = any (${uuids(workers)}) and ${of}
        and f.starts_at > ${from}::timestamptz - interval '12 hours' and f.starts_at < ${to} and f.ends_at > ${from}
      group by f.worker_id),
    gap as (
      select lower(g) as starts_at, upper(g) as ends_at
      from (select range_intersect_agg(free) as free from own having count(*) = ${workers.length}) o, unnest(o.free) g
      where upper(g) - lower(g) >= ${long})
    select s.at as "startsAt", s.at + ${long} as "endsAt", ${districtId}::uuid as "districtId", p.place,
      m.modes::text[] as modes, ${uuids(workers)} as "workerIds"
    from (select at from gap g cross join lateral (
        select at from generate_series(g.starts_at, g.ends_at - ${long},
          make_interval(mins => ${type.durationMinutes}::integer)) at limit ${count}) s
      where at < ${to} order by at) s
    cross join lateral (
      select array(select mode from unnest(t.modes) mode
        where (${mode}::"AppointmentMode" is null or mode = ${mode}::"AppointmentMode") and not exists (
          select from unnest(${uuids(workers)}) w where not exists (
            select from free_time f where f.worker_id = w and ${of} and mode = any (f.modes)
              and f.starts_at <= s.at and f.starts_at > s.at - interval '12 hours' and f.ends_at >= s.at + ${long}))
        order by mode) as modes
      from appointment_type t where t.code = ${type.code}) m
    cross join lateral (
      select case when count(distinct coalesce(f.place, '')) = 1 then min(f.place) end as place from free_time f
      where f.worker_id = any (${uuids(workers)}) and ${of}
        and f.starts_at <= s.at and f.starts_at > s.at - interval '12 hours' and f.ends_at >= s.at + ${long}) p
    where cardinality(m.modes) > 0 order by s.at limit ${count}`;
}
