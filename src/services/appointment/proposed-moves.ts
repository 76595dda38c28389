import { Prisma } from '../../../prisma/generated/client.js';
import { isAtTheDesk } from '../../access/appointment/appointment.js';
import { uuids } from '../../access/operation/sql.js';
import { ForbiddenError, NotFoundError } from '../../errors.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { districtsAs } from '../../viewer.js';
import type { FreeSlot } from '../agenda/free-slots.js';
import { whereForEveryone } from '../agenda/kept-times.js';
import { nextFreeSlots, slotTaken } from '../agenda/slots.js';
import { requireMembers } from '../directory/directory.js';
import { parseId } from '../operation/input.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { daysAfter } from '../operation/period.js';
import { APPOINTMENT, type AppointmentRow, inOrder, orderOf } from './appointments.js';
import { codesToSearch, typesToSearch } from './types-alike.js';

/** The number of days ahead in which the desk looks for persons who cannot be told. */
const DAYS_AHEAD = 4;
/** The most times that are proposed for an appointment. */
const MOST_PROPOSED = 5;

/**
 * Lists the booked appointments of a district whose worker is away, and with a person who cannot be told: they have no safe contact, or
 * no name. Nobody can call these persons, so they come to the counter. By start: appointments that began within the last twelve hours,
 * and those of the next four days. A person whom the desk must not know about is listed whatever their contact is, so that the list tells
 * nothing about it.
 * @throws ForbiddenError to anyone who is not at the desk of the district
 */
export async function listWithoutContact(
  op: Operation,
  args: PageArgs & { readonly districtId: string },
): Promise<Page<AppointmentRow>> {
  const districtId = parseId(args.districtId);
  if (districtId === null || !isAtTheDesk(op.viewer, { districtId })) throw new ForbiddenError();
  const size = pageSize(args);
  // The row-level security of the desk applies to the persons: one with a sensitive file is not there.
  const rows = await op.tx.rows<AppointmentRow>`select ${APPOINTMENT} from appointment a
    where a.district_id = ${districtId}::uuid and a.status = 'BOOKED' and a.places is null
      and a.starts_at > ${op.now}::timestamptz - interval '12 hours' and a.starts_at < ${daysAfter(op.now, DAYS_AHEAD)}
      and ${afterCursor(args, Prisma.sql`a.starts_at`, orderOf(op), false)}
      and (not exists (select from appointment_person ap where ap.appointment_id = a.id)
        or exists (select from appointment_person ap
          left join person p on p.id = ap.person_id and p.safe_contact <> 'NONE' and p.contact_suspended_at is null
            and not p.confirm_nothing
          where ap.appointment_id = a.id and p.id is null))
      and exists (select from appointment_warnings(array[a.id]) w where w.warning = 'WORKER_AWAY')
    order by a.starts_at, ${orderOf(op)} limit ${size + 1}`;
  return toPage(inOrder(op, rows), args, (row) => row.startsAt);
}

/**
 * Lists times to which the desk may move a booked appointment of one worker, at most five: first a colleague who is free at its time and
 * place, then the next free times within four weeks.
 *
 * A colleague is proposed only for an appointment that a desk booked without a case, or that a booking client booked (`may_pass_on`). An
 * appointment that a worker booked stays with that worker, so that the desk does not learn which ones have a case. A typed place changes
 * nothing here: it is not in the row of the appointment.
 *
 * A time counts if it is open for any type that the appointment could have by what the desk sees (`typesToSearch`). The mode stays that of
 * the appointment.
 *
 * None for an appointment that is over or has several workers. Nothing is held: the first to book has the time.
 */
export async function loadProposedMoves(
  op: Operation,
  appointment: AppointmentRow,
): Promise<readonly FreeSlot[]> {
  const codes = await codesToSearch(op, appointment);
  const soon = new Date(Math.ceil(op.now.getTime() / 300_000) * 300_000);
  const open = whereForEveryone(op, Prisma.sql`f`);
  const rows = await batched(op, 'proposed-moves', async (keys) => {
    const asked = keys.map((key) => key.split(' '));
    return groupedBy(
      await op.tx.rows<FreeSlot & { key: string }>`
        select parent.id || ' ' || parent.codes as key, a.district_id as "districtId", s.at as "startsAt", s.at + w.long as "endsAt", s.place,
          array[a.mode]::text[] as modes, array_agg(distinct s.worker_id order by s.worker_id) as "workerIds"
        from unnest(${uuids(asked.map(([id = '']) => id))}, ${asked.map(([, codes = '']) => codes)}::text[]) parent(id, codes)
        join appointment a on a.id = parent.id and a.status = 'BOOKED' and a.places is null and cardinality(a.worker_ids) = 1
          and a.district_id = any (${uuids(districtsAs(op.viewer, 'RECEPTIONIST'))})
          and a.starts_at > ${op.now}::timestamptz - interval '12 hours'
        cross join lateral (select may_pass_on(a.id) as anyone,
          coalesce(a.expected_back_at, a.ends_at) - a.starts_at as long, string_to_array(parent.codes, ',') as codes) w
        cross join lateral (
          (select a.starts_at as at, f.place, f.worker_id from free_time f
            where w.anyone and a.starts_at > ${op.now} and f.district_id = a.district_id and f.type_code = any (w.codes)
              and array_position(f.modes, a.mode) is not null and f.starts_at <= a.starts_at
              and f.starts_at > a.starts_at - interval '12 hours' and f.ends_at >= a.starts_at + w.long
              and (a.mode <> 'ON_SITE' or f.place is not distinct from a.place) and f.worker_id <> a.worker_ids[1]
              and ${open}
            group by f.place, f.worker_id order by md5(f.worker_id::text || a.id) limit ${MOST_PROPOSED})
          union all
          -- Each type on its own: so its times come in the order of an index.
          (select distinct t.at, t.place, t.worker_id from unnest(w.codes) code cross join lateral (
            select greatest(f.starts_at, ${soon}) as at, f.place, f.worker_id from free_time f
            where f.district_id = a.district_id and f.type_code = code
              and array_position(f.modes, a.mode) is not null and (w.anyone or f.worker_id = a.worker_ids[1])
              and f.starts_at > ${soon}::timestamptz - interval '12 hours' and f.starts_at < ${daysAfter(soon, 28)}
              and f.ends_at >= greatest(f.starts_at, ${soon}) + w.long and greatest(f.starts_at, ${soon}) <> a.starts_at
              and ${open}
            order by f.starts_at, f.worker_id limit ${MOST_PROPOSED}) t
            order by t.at, t.worker_id, t.place limit ${MOST_PROPOSED})) s
        group by parent.id, parent.codes, a.district_id, a.starts_at, a.mode, w.long, s.at, s.place
        order by s.at <> a.starts_at, s.at, s.place`,
      (row) => row.key,
    );
  }).load(`${appointment.id} ${codes.join()}`);
  return (rows ?? []).slice(0, MOST_PROPOSED);
}

/**
 * Gives an appointment to a colleague who is free then. Only the desk may, and only for an appointment that a desk booked without a case,
 * or that a client booked.
 * @returns its new workers
 * @throws NotFoundError at `input.workerId`; ForbiddenError to others, and for an appointment that stays with its worker (`may_pass_on`);
 * ConflictError SLOT_TAKEN, with the next free slots of that colleague
 */
export async function passTo(
  op: Operation,
  row: AppointmentRow,
  to: { readonly workerId: string; readonly startsAt: Date },
): Promise<readonly string[]> {
  const workerId = parseId(to.workerId);
  if (workerId !== null && row.workerIds.includes(workerId)) return row.workerIds;
  if (!isAtTheDesk(op.viewer, row) || row.workerIds.length !== 1) throw new ForbiddenError();
  if (workerId === null) throw new NotFoundError('input.workerId');
  await requireMembers(op, 'input.workerId', row.districtId, [workerId]);
  const [known] = await op.tx.rows<{ may: boolean }>`select may_pass_on(${row.id}::uuid) as may`;
  if (known?.may !== true) throw new ForbiddenError();
  const length = (row.expectedBackAt ?? row.endsAt).getTime() - row.startsAt.getTime();
  const until = new Date(to.startsAt.getTime() + length);
  const [free] = await op.tx.rows`select from free_time f
    where f.worker_id = ${workerId}::uuid and f.district_id = ${row.districtId}::uuid and f.type_code = any (${await codesToSearch(op, row)}::text[])
      and array_position(f.modes, ${row.mode}::"AppointmentMode") is not null and f.starts_at <= ${to.startsAt}
      and f.starts_at > ${to.startsAt}::timestamptz - interval '12 hours' and f.ends_at >= ${until}`;
  if (free === undefined)
    throw slotTaken(
      await nextFreeSlots(op, {
        districtId: row.districtId,
        workerIds: [workerId],
        types: await typesToSearch(op, row),
        mode: row.mode,
        from: op.now,
        minutes: Math.round(length / 60_000),
        count: 3,
      }),
    );
  await op.tx.run`delete from appointment_worker where appointment_id = ${row.id}::uuid`;
  await op.tx
    .run`insert into appointment_worker (appointment_id, worker_id) values (${row.id}::uuid, ${workerId}::uuid)`;
  return [workerId];
}
