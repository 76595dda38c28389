import { Prisma } from '../../../prisma/generated/client.js';
import { waysToCases, whereAllocates } from '../../access/case/case.js';
import { anyOf } from '../../access/operation/sql.js';
import { ConflictError, type CosmosError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { countIds, parseId } from '../operation/input.js';
import { requireOneAbsent } from './cases.js';
import { requireWithinFiveDays } from './planned-reassignments.js';

/** As many cases as go to others at once. */
const MOVES_AT_ONCE = 50;

/** What would become of a move, or became of it. */
export const CASE_MOVE_OUTCOMES = [
  'READY',
  'DONE',
  'NOT_FOUND',
  'VERSION_CHANGED',
  'CLOSED',
  'SAME_WORKER',
  'NOT_ASSIGNABLE',
  'ALREADY_PLANNED',
] as const;
export type CaseMoveOutcome = (typeof CASE_MOVE_OUTCOMES)[number];

export interface CaseMoveInput {
  readonly caseId: string;
  readonly workerId: string;
  readonly expectedVersion: number;
}

export interface ReassignCasesInput {
  /** Who is away: the cases are theirs. */
  readonly fromWorkerId: string;
  readonly moves: readonly CaseMoveInput[];
  /** One minute to five days ahead; at once when absent. */
  readonly takesEffectAt?: Date | null;
}

/** What would become of a move, or became of it. */
export interface CaseMoveRow {
  /** Null for what is not found: nothing is answered of it, not even its id. */
  readonly caseId: string | null;
  readonly outcome: CaseMoveOutcome;
}

interface Move extends CaseMoveRow {
  readonly workerId: string | null;
  readonly expectedVersion: number;
}

interface FoundRow {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly assignable: boolean;
  readonly planned: boolean;
}

const c = Prisma.sql`c`;

/** One to fifty cases, each once. @throws InvalidInputError */
function requireMoves({ moves }: ReassignCasesInput): void {
  if (moves.length === 0 || moves.length > MOVES_AT_ONCE)
    throw new InvalidInputError('input.moves', 'oneToFifty');
  if (countIds(moves.map(({ caseId }) => caseId)) < moves.length)
    throw new InvalidInputError('input.moves', 'twice');
}

/** Whose cases they are; logged, told and counted like the list of them. */
const requireLeaving = (op: Operation, { fromWorkerId }: ReassignCasesInput): Promise<string> =>
  requireOneAbsent(op, fromWorkerId, 'REASSIGNMENT', 'input.fromWorkerId');

/**
 * The same cases that a head lists of that worker for a reassignment, and no other: so that many at once tell nothing that the list does
 * not. Judged in one statement.
 */
async function judge(op: Operation, fromWorkerId: string, input: ReassignCasesInput): Promise<Move[]> {
  const asked = input.moves.map((move) => ({
    ...move,
    id: parseId(move.caseId),
    workerId: parseId(move.workerId),
  }));
  const known = asked.filter(({ id }) => id !== null);
  const isDated = input.takesEffectAt != null;
  const ways = waysToCases(op.viewer, c, {
    districtId: null,
    absentWorkerId: fromWorkerId,
    assignedToMe: false,
    unassigned: false,
    byMission: false,
  });
  const rows = await op.tx.rows<FoundRow>`select c.id, c.version, c.status::text as status,
      coalesce(may_be_assigned(m.worker_id, c.district_id), false) as assignable,
      exists (select from planned_reassignment p where p.case_id = c.id and p.outcome is null) as planned
    from unnest(${known.map(({ id }) => id)}::uuid[], ${known.map(({ workerId }) => workerId)}::uuid[]) m (case_id, worker_id)
    join "case" c on c.id = m.case_id where ${anyOf(ways)} and ${whereAllocates(op.viewer, c)}`;
  const found = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ id, workerId, expectedVersion }) => {
    const row = id === null ? undefined : found.get(id);
    const outcome = ((): CaseMoveOutcome => {
      if (row === undefined) return 'NOT_FOUND';
      if (row.version !== expectedVersion) return 'VERSION_CHANGED';
      if (row.status !== 'OPEN') return 'CLOSED';
      if (workerId === fromWorkerId) return 'SAME_WORKER';
      if (!row.assignable || workerId === op.viewer.workerId) return 'NOT_ASSIGNABLE';
      return row.planned && isDated ? 'ALREADY_PLANNED' : 'READY';
    })();
    return { caseId: row?.id ?? null, workerId, expectedVersion, outcome };
  });
}

/**
 * What would become of each move, in the order in which they are asked for. Changes nothing. Nothing is said of whom the cases go to: how
 * many someone has is no figure (rule 3).
 * @throws InvalidInputError for more than fifty, or one twice; oneAtATime for a second worker; for a time that is not within five days
 * @throws RateLimitedError for a third worker of a day, as the list of their cases
 */
export async function previewReassignments(
  op: Operation,
  input: ReassignCasesInput,
): Promise<readonly CaseMoveRow[]> {
  const fromWorkerId = await requireLeaving(op, input);
  requireMoves(input);
  if (input.takesEffectAt != null) await requireWithinFiveDays(op, input.takesEffectAt);
  const moves = await judge(op, fromWorkerId, input);
  for (const { caseId } of moves) if (caseId !== null) op.log.record('READ_CASE', { caseId });
  return moves;
}

/** Why a move is refused, naming its field; null where it is not. */
function refusalOf({ outcome }: CaseMoveRow, nth: number): CosmosError | null {
  const field = `input.moves.${nth}`;
  switch (outcome) {
    case 'READY':
    case 'DONE':
      return null;
    case 'NOT_FOUND':
      return new NotFoundError(`${field}.caseId`);
    case 'VERSION_CHANGED':
      return new ConflictError('VERSION_CHANGED', { field });
    case 'CLOSED':
      return new ConflictError('STATE_CHANGED', { field });
    case 'ALREADY_PLANNED':
      return new ConflictError('ALREADY_PLANNED', { field });
    default:
      return new InvalidInputError(`${field}.workerId`, 'notAssignable');
  }
}

/** A line for each worker that is named, before anything is judged; then one for each case that is known. */
function logOf(op: Operation, input: ReassignCasesInput): (moves: readonly Move[]) => void {
  const action = input.takesEffectAt == null ? 'REASSIGN_CASE' : 'PLAN_REASSIGNMENT';
  const workerIds = new Set(input.moves.map(({ workerId }) => parseId(workerId)));
  const attempts = [...workerIds].map(
    (targetWorkerId) => [targetWorkerId, op.log.attempt(action, { targetWorkerId })] as const,
  );
  return (moves) => {
    const known = moves
      .filter(({ caseId }) => caseId !== null)
      .map(({ caseId, workerId }) => ({ caseId, targetWorkerId: workerId }));
    for (const [targetWorkerId, tried] of attempts) {
      const [first, ...others] = known.filter((move) => move.targetWorkerId === targetWorkerId);
      const all = moves.filter(({ workerId }) => workerId === targetWorkerId).length;
      // What names a case that is not known keeps the line of the worker.
      if (first !== undefined && others.length + 1 === all) tried(first);
      else if (first !== undefined) op.log.record(action, first);
      for (const other of others) op.log.record(action, other);
    }
  };
}

/**
 * Reassigns cases of a worker who is away, uncontested, or leaves: all or none, at once or at a time. Each case is as if it had been
 * reassigned, or planned to be, by itself: its author has the same choice, and both workers are told.
 * @throws InvalidInputError as the preview; the first refusal, by its field: NotFoundError for what the head does not list of that worker,
 * InvalidInputError for who may not be assigned, ConflictError VERSION_CHANGED, STATE_CHANGED for a closed case, ALREADY_PLANNED
 */
export async function reassignCases(
  op: Operation,
  input: ReassignCasesInput,
): Promise<readonly CaseMoveRow[]> {
  await once(op, 'reassignCases', input, async () => {
    const known = logOf(op, input);
    // A refusal says whose each case is, as the list does.
    const fromWorkerId = await requireLeaving(op, input);
    requireMoves(input);
    const { takesEffectAt = null } = input;
    if (takesEffectAt !== null) await requireWithinFiveDays(op, takesEffectAt);
    const moves = await judge(op, fromWorkerId, input);
    known(moves);
    const refused = moves.map(refusalOf).find((refusal) => refusal !== null);
    if (refused !== undefined && refused !== null) throw refused;
    await carryOut(op, moves, takesEffectAt);
    return fromWorkerId;
  });
  return input.moves.map(({ caseId }) => ({ caseId, outcome: 'DONE' }));
}

async function carryOut(op: Operation, moves: readonly Move[], takesEffectAt: Date | null): Promise<void> {
  const ids = moves.map(({ caseId }) => caseId);
  const workers = moves.map(({ workerId }) => workerId);
  const versions = moves.map(({ expectedVersion }) => expectedVersion);
  const moved = Prisma.sql`unnest(${ids}::uuid[], ${workers}::uuid[], ${versions}::integer[]) m (case_id, worker_id, version)`;
  // In one order, so that two who reassign at once do not wait for each other.
  const held = await op.tx
    .run`select from "case" c join ${moved} on c.id = m.case_id and c.version = m.version
    order by c.id for no key update of c`;
  if (held < moves.length) throw new ConflictError('VERSION_CHANGED');
  if (takesEffectAt !== null) {
    const planned = await op.tx
      .run`insert into planned_reassignment (id, case_id, to_worker_id, takes_effect_at)
      select gen_random_uuid(), m.case_id, m.worker_id, ${takesEffectAt}::timestamptz from ${moved} on conflict do nothing`;
    if (planned < moves.length) throw new ConflictError('ALREADY_PLANNED');
    return;
  }
  await op.tx.run`update "case" c set version = c.version + 1 from ${moved} where c.id = m.case_id`;
  await op.tx
    .run`update assignment a set ends_at = clock_timestamp() from ${moved} where a.case_id = m.case_id and a.ends_at is null`;
  await op.tx
    .run`insert into assignment (id, case_id, worker_id) select gen_random_uuid(), m.case_id, m.worker_id from ${moved}`;
}
