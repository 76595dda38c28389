import { Prisma } from '../../../prisma/generated/client.js';
import { waysToCases, whereAllocates } from '../../access/case/case.js';
import { anyOf } from '../../access/operation/sql.js';
import { ConflictError, type CosmosError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ReassignCasesInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { countIds, parseId } from '../operation/input.js';
import { requireOneAbsent } from './cases.js';
import { requireWithinFiveDays } from './planned-reassignments.js';

/** The most cases that are reassigned together. */
const MOVES_AT_ONCE = 50;

/** The outcomes of a move, in a preview or once it is done. */
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
/** One of `CASE_MOVE_OUTCOMES`. */
export type CaseMoveOutcome = (typeof CASE_MOVE_OUTCOMES)[number];

/** The outcome of one move. */
export interface CaseMoveRow {
  /** Null for a case that is not found: the answer says nothing of it, not even its id. */
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

/**
 * Checks that there are one to fifty cases, each once.
 * @throws InvalidInputError oneToFifty, or twice
 */
function requireMoves({ moves }: ReassignCasesInput): void {
  if (moves.length === 0 || moves.length > MOVES_AT_ONCE)
    throw new InvalidInputError('input.moves', 'oneToFifty');
  if (countIds(moves.map(({ caseId }) => caseId)) < moves.length)
    throw new InvalidInputError('input.moves', 'twice');
}

/** Returns the absent worker who has the cases now. This is logged, told and counted like the list of that worker's cases. */
const requireLeaving = (op: Operation, { fromWorkerId }: ReassignCasesInput): Promise<string> =>
  requireOneAbsent(op, fromWorkerId, 'REASSIGNMENT', 'input.fromWorkerId');

/**
 * Judges each move, in one statement. It finds only the cases that the head can list of that worker for a reassignment, so a request with
 * many ids tells no more than the list does.
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
 * Returns the outcome of each move, in the order of the input, and changes nothing. It says nothing about the workers who would get the
 * cases: the number of a worker's cases is no figure (rule 3).
 * @throws InvalidInputError oneToFifty for more than fifty cases, twice for a case named twice, oneAtATime for a second absent worker,
 * withinFiveDays for a time out of range
 * @throws RateLimitedError for a third absent worker in a day, as in the list of their cases
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

/** Returns the error for a refused move, naming its field; null if the move is not refused. */
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

/**
 * Logs a line for each worker who is named, before anything is judged. It returns the function that then logs a line for each case that
 * is known.
 */
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
      // If a worker is named only for cases that are not known, the log keeps the line of the worker.
      if (first !== undefined && others.length + 1 === all) tried(first);
      else if (first !== undefined) op.log.record(action, first);
      for (const other of others) op.log.record(action, other);
    }
  };
}

/**
 * Reassigns cases of a worker who leaves, or is away and does not contradict it: all or none, at once or at a time. The effect on each
 * case is as if it had been reassigned or planned alone: its author has the same choice, and both workers are told.
 * @throws InvalidInputError and RateLimitedError as the preview; then the first refusal, by its field: NotFoundError for a case that the
 * head cannot list of that worker, InvalidInputError notAssignable, ConflictError VERSION_CHANGED, STATE_CHANGED for a closed case,
 * ALREADY_PLANNED
 */
export async function reassignCases(
  op: Operation,
  input: ReassignCasesInput,
): Promise<readonly CaseMoveRow[]> {
  await once(op, 'reassignCases', input, async () => {
    const known = logOf(op, input);
    // A refusal tells which cases are this worker's, as the list does. So the check comes first.
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
  // The cases are locked in one order, so that two heads who reassign at once do not wait for each other.
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
