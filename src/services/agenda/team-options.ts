import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { TeamOptionKind } from '../../../prisma/generated/enums.js';
import { seesBusyTimesIn } from '../../access/agenda/agenda.js';
import { type OptionRelation, votesIn, whereReadsOption } from '../../access/agenda/options.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ProposeOptionInput, VoteOnOptionInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { dayAfter, dayInParis, toDay } from '../operation/period.js';
import type { AppointmentTypeRow } from './appointment-types.js';

/** What a team may do for a quarter of a year, and how it decided. */
export interface TeamOptionRow extends OptionRelation {
  readonly id: string;
  readonly kind: TeamOptionKind;
  readonly proposedOn: Date;
  /** The last day of the vote. */
  readonly votedUntil: Date;
  readonly startsOn: Date;
  /** The first day that is left out. */
  readonly endsOn: Date;
}

/** A time at which people can come without an appointment. */
export interface WalkInHourRow {
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Null at the district's address. */
  readonly place: string | null;
}

/** The days of a vote, and the most days before an option begins, and that it lasts. The database asks the same. */
const VOTE_DAYS = 7;
const MOST_DAYS_AHEAD = 92;
const MOST_DAYS_IN_FORCE = 92;
const LISTED = 100;

const o = Prisma.sql`o`;
const OPTION = Prisma.sql`o.id, o.district_id as "districtId", o.kind::text as kind, o.status::text as status,
  o.proposed_on as "proposedOn", o.voted_until as "votedUntil", o.starts_on as "startsOn", o.ends_on as "endsOn"`;

/**
 * Lists the options of a team: what it votes on, and what it has decided; the latest first, at most 100. Whoever works there and is no member
 * of the team, such as its head, reads what the team has adopted.
 * @throws NotFoundError for an unknown district; ForbiddenError
 */
export async function listTeamOptions(
  op: Operation,
  args: { readonly districtId: string },
): Promise<readonly TeamOptionRow[]> {
  const districtId = await requireDistrict(op, args.districtId, 'districtId');
  if (!seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  return op.tx.rows<TeamOptionRow>`select ${OPTION} from team_option o
    where o.district_id = ${districtId}::uuid and ${whereReadsOption(op.viewer, o)}
    order by o.proposed_on desc, o.id limit ${LISTED}`;
}

/** Returns an option that the viewer may read, or null: a missing and a foreign one answer alike. */
async function loadTeamOption(op: Operation, id: string): Promise<TeamOptionRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const [row] = await op.tx.rows<TeamOptionRow>`select ${OPTION} from team_option o
    where o.id = ${key}::uuid and ${whereReadsOption(op.viewer, o)}`;
  return row ?? null;
}

/** Returns whether the viewer voted for an option; null if they have not voted, and once the votes are counted and deleted. */
export async function loadMyVote(op: Operation, { id }: Pick<TeamOptionRow, 'id'>): Promise<boolean | null> {
  const found = await batched(op, 'my-votes', async (ids) =>
    byKey(
      await op.tx.rows<{ id: string; inFavour: boolean }>`select v.option_id as id, v.in_favour as "inFavour"
        from team_vote v where v.option_id = any (${uuids(ids)}) and v.worker_id = ${op.viewer.workerId}::uuid`,
      (row) => row.id,
    ),
  ).load(id);
  return found?.inFavour ?? null;
}

/**
 * Proposes an option to the viewer's team, which votes for a week. Nobody reads who proposed it.
 * @throws NotFoundError; ForbiddenError; InvalidInputError for a team of fewer than five members, and for days out of the bounds;
 * ConflictError STATE_CHANGED if the team has the option on one of these days, or still votes on what this member proposed of the kind
 */
export async function proposeOption(op: Operation, input: ProposeOptionInput): Promise<TeamOptionRow | null> {
  const id = await once(op, 'proposeOption', input, async () => {
    const districtId = await requireDistrict(op, input.districtId, 'input.districtId');
    if (!votesIn(op.viewer, districtId)) throw new ForbiddenError();
    const today = dayInParis(op.now);
    const votedUntil = dayAfter(today, VOTE_DAYS);
    const [startsOn, endsOn] = [toDay(input.startsOn), toDay(input.endsOn)];
    if (startsOn <= votedUntil) throw new InvalidInputError('input.startsOn', 'afterTheVote');
    if (startsOn > dayAfter(today, MOST_DAYS_AHEAD)) throw new InvalidInputError('input.startsOn', 'tooFar');
    if (endsOn <= startsOn) throw new InvalidInputError('input.endsOn', 'interval');
    if (endsOn > dayAfter(startsOn, MOST_DAYS_IN_FORCE))
      throw new InvalidInputError('input.endsOn', 'tooFar');
    const [may] = await op.tx.rows<{ vote: boolean; hasIt: boolean }>`
      select team_can_vote(${districtId}::uuid) as vote, exists (select from team_option b
        where b.district_id = ${districtId}::uuid and b.kind = ${input.kind}::"TeamOptionKind" and b.status = 'ADOPTED'
          and daterange(b.starts_on, b.ends_on) && daterange(${startsOn}::date, ${endsOn}::date)) as "hasIt"`;
    if (may?.vote !== true) throw new InvalidInputError('input.districtId', 'teamTooSmall');
    if (may.hasIt) throw new ConflictError('STATE_CHANGED');
    const optionId = randomUUID();
    const proposed = await op.tx
      .run`insert into team_option (id, district_id, kind, proposed_by_id, proposed_on, voted_until, starts_on, ends_on)
      values (${optionId}::uuid, ${districtId}::uuid, ${input.kind}::"TeamOptionKind", ${op.viewer.workerId}::uuid, ${today}::date,
        ${votedUntil}::date, ${startsOn}::date, ${endsOn}::date) on conflict do nothing`;
    if (proposed === 0) throw new ConflictError('STATE_CHANGED');
    return optionId;
  });
  return loadTeamOption(op, id);
}

/**
 * Votes on an option of the viewer's team, or changes the viewer's vote, until the last day of the vote. A vote that is sent twice is one
 * vote. An idempotency key is not looked at, since its row would keep what was voted.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED when it is too late
 */
export async function voteOnOption(op: Operation, input: VoteOnOptionInput): Promise<TeamOptionRow | null> {
  const option = await loadTeamOption(op, input.id);
  if (option === null) throw new NotFoundError('input.id');
  if (!votesIn(op.viewer, option.districtId)) throw new ForbiddenError();
  const [may] = await op.tx.rows<{ vote: boolean }>`select viewer_may_vote(${option.id}::uuid) as vote`;
  if (may?.vote !== true) throw new ConflictError('STATE_CHANGED');
  await op.tx.run`insert into team_vote (option_id, worker_id, in_favour)
    values (${option.id}::uuid, ${op.viewer.workerId}::uuid, ${input.inFavour})
    on conflict (option_id, worker_id) do update set in_favour = excluded.in_favour`;
  return option;
}

/** A type of appointment in a district. */
interface Held {
  readonly type: AppointmentTypeRow;
  readonly districtId: string;
}

/**
 * Checks that the team has the option that a type needs, on that day (Europe/Paris, `YYYY-MM-DD`).
 * @throws InvalidInputError optionNotInForce
 */
export async function requireOption(
  op: Operation,
  field: string,
  { type, districtId, on }: Held & { readonly on: string },
): Promise<void> {
  if (type.option === null) return;
  const [row] = await op.tx.rows<{ holds: boolean }>`
    select holds_type(${districtId}::uuid, ${type.code}, ${on}::date) as holds`;
  if (row?.holds !== true) throw new InvalidInputError(field, 'optionNotInForce');
}

/**
 * Checks that a call-back lies in hours that each of its workers has opened for it: an option obliges nobody. In their own agenda the viewer
 * needs no hours. Other types are booked in agendas as they are.
 * @throws InvalidInputError ownHoursOnly
 */
export async function requireOwnHours(
  op: Operation,
  field: string,
  slot: Held & { readonly workerIds: readonly string[]; readonly startsAt: Date; readonly endsAt: Date },
): Promise<void> {
  if (slot.type.option === null || slot.type.places !== null) return;
  const others = slot.workerIds.filter((id) => id !== op.viewer.workerId);
  const [row] = await op.tx.rows<{ all: boolean }>`select not exists (select from unnest(${uuids(others)}) w
    where not opens_hours_for(w, ${slot.districtId}::uuid, ${slot.type.code}, ${slot.startsAt}, ${slot.endsAt})) as all`;
  if (row?.all !== true) throw new InvalidInputError(field, 'ownHoursOnly');
}

/**
 * Lists when people can come to a district without an appointment, in the next four weeks; at most 100. It names no worker.
 * @throws NotFoundError
 */
export async function listWalkInHours(
  op: Operation,
  args: { readonly districtId: string },
): Promise<readonly WalkInHourRow[]> {
  const districtId = await requireDistrict(op, args.districtId, 'districtId');
  return op.tx
    .rows<WalkInHourRow>`select starts_at as "startsAt", ends_at as "endsAt", place from walk_in_hours(${districtId}::uuid)`;
}
