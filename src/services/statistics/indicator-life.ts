import { randomUUID } from 'node:crypto';
import type { IndicatorStatus } from '../../../prisma/generated/enums.js';
import { decidesOnIndicators, proposesIndicators } from '../../access/statistics/statistics.js';
import {
  ConflictError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  type StatisticsRefusal,
  StatisticsRefusedError,
} from '../../errors.js';
import type {
  AdoptIndicatorInput,
  OpenConsultationInput,
  ProposeIndicatorInput,
  RefuseIndicatorInput,
  RetireIndicatorInput,
} from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { type Measure, measureOf } from '../../statistics/measures.js';
import type { Territory } from '../../statistics/programme.js';
import { objectionTo, refusalOfDimension } from '../../statistics/proposals.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { requireBody, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis } from '../operation/period.js';
import { sayDecision } from './indicator-decisions.js';
import { type IndicatorRow, isIndicatorCode, loadIndicator } from './indicators.js';
import { requireLivesHidden } from './ordinary-lives.js';

/** Returns the district whose team proposes; null for the county. */
async function requireProposer(op: Operation, districtId: string | null | undefined): Promise<string | null> {
  if (districtId == null) {
    if (!proposesIndicators(op.viewer, null)) throw new ForbiddenError();
    return null;
  }
  const id = await requireDistrict(op, districtId, 'input.districtId');
  if (!proposesIndicators(op.viewer, id)) throw new ForbiddenError();
  return id;
}

/**
 * Returns the measure of the recorded fact that the indicator counts. Nothing is recorded for statistics alone: without a measure there
 * is no indicator.
 */
function requireMeasure(code: string | null | undefined): Measure {
  if (code == null) throw new StatisticsRefusedError('NOT_RECORDED', 'input.measure');
  const measure = measureOf(code);
  if (measure === null) throw new InvalidInputError('input.measure', 'unknownCode');
  return measure;
}

function requireDimensions(measure: Measure, given: readonly string[] | null | undefined): string[] {
  const dimensions = given ?? measure.dimensions;
  if (dimensions.length > 10) throw new InvalidInputError('input.dimensions', 'tooMany');
  for (const code of dimensions)
    if (!(measure.dimensions as readonly string[]).includes(code))
      throw new StatisticsRefusedError(refusalOfDimension(code), 'input.dimensions');
  return [...new Set(dimensions)];
}

/** A team has five open proposals at most. The database counts them under a lock, and refuses a sixth. */
async function requireRoomForProposal(op: Operation, districtId: string | null): Promise<void> {
  if (districtId === null) return;
  const [row] = await op.tx.rows<{ isFull: boolean }>`
    select has_all_proposals_open(${districtId}::uuid) as "isFull"`;
  if (row?.isFull !== false) throw new StatisticsRefusedError('FIVE_OPEN', 'input.districtId');
}

/**
 * Proposes an indicator, or another version of one. Its words never change: another wording is another version. All versions count by one
 * measure. The county's workers read it, and everyone once somebody else has read it (`confirmWords`).
 * @throws NotFoundError; ForbiddenError; InvalidInputError; StatisticsRefusedError for words or a fact that are not counted (SUBJECTIVE,
 * ABOUT_WORKERS, NOT_COLLECTED, NOT_RECORDED; its field holds the word in the way), for an unknown dimension, or FIVE_OPEN; ConflictError
 * while another version of it is proposed or consulted on
 */
export async function proposeIndicator(
  op: Operation,
  input: ProposeIndicatorInput,
): Promise<IndicatorRow | null> {
  const id = await once(op, 'proposeIndicator', input, async () => {
    op.log.attempt('PROPOSE_INDICATOR');
    const districtId = await requireProposer(op, input.districtId);
    if (!isIndicatorCode(input.code)) throw new InvalidInputError('input.code', 'indicatorCode');
    const labelFr = requireText('input.labelFr', input.labelFr, LONGEST.indicatorLabel);
    const labelEn = requireText('input.labelEn', input.labelEn, LONGEST.indicatorLabel);
    const definition = requireBody('input.definitionFr', input.definitionFr, LONGEST.paragraph);
    const counts = requireBody('input.countsFr', input.countsFr, LONGEST.paragraph);
    const doesNotCount = requireBody('input.doesNotCountFr', input.doesNotCountFr, LONGEST.paragraph);
    const objection = objectionTo({
      code: input.code,
      labelFr,
      labelEn,
      definitionFr: definition,
      countsFr: counts,
    });
    if (objection !== null) throw new StatisticsRefusedError(objection.reason, `input.${objection.field}`);
    const measure = requireMeasure(input.measure);
    const dimensions = requireDimensions(measure, input.dimensions);
    const other = await op.tx
      .rows`select from indicator i where i.code = ${input.code} and i.measure <> ${input.measure ?? null} limit 1`;
    if (other.length > 0) throw new InvalidInputError('input.measure', 'measureOfCode');
    await requireRoomForProposal(op, districtId);
    const indicatorId = randomUUID();
    const written = await op.tx
      .run`insert into indicator (id, code, version, label_fr, label_en, definition_fr, counts_fr,
        does_not_count_fr, measure, unit, kind, dimensions, proposed_in_id, proposed_on)
      select ${indicatorId}::uuid, ${input.code}, coalesce(max(i.version), 0) + 1, ${labelFr}, ${labelEn}, ${definition}, ${counts},
        ${doesNotCount}, ${input.measure ?? null}, ${measure.unit}::"IndicatorUnit", ${measure.kind}::"IndicatorKind", ${dimensions}::text[],
        ${districtId}::uuid, ${dayInParis(op.now)}::date
      from indicator i where i.code = ${input.code} on conflict do nothing`;
    if (written === 0) throw new ConflictError('STATE_CHANGED');
    return indicatorId;
  });
  return loadIndicator(op, id);
}

/**
 * Returns the indicator that the input names.
 * @throws NotFoundError at `input.id`
 */
export async function requireIndicator(op: Operation, id: string): Promise<IndicatorRow> {
  const indicator = await loadIndicator(op, id);
  if (indicator === null) throw new NotFoundError('input.id');
  return indicator;
}

/**
 * Opens the consultation of the teams, from today on; for six weeks, in which July and August do not count. If it is over and has decided
 * nothing, it opens a second one, once: what was said stays, and counts unless its member says otherwise.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED
 */
export async function openConsultation(
  op: Operation,
  input: OpenConsultationInput,
): Promise<IndicatorRow | null> {
  const id = await once(op, 'openConsultation', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    const indicator = await requireIndicator(op, input.id);
    // The database sets the days.
    const changed = await op.tx.run`update indicator set status = 'CONSULTED' where id = ${indicator.id}::uuid
      and (status = 'PROPOSED' or (not asked_again and consultation_is_undecided(id)))`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return indicator.id;
  });
  return loadIndicator(op, id);
}

/**
 * Says that an indicator is to be adopted, to which the teams have agreed: at least half of them were heard, all of them while they are
 * asked, and more are for it than against. The first technical adviser proposes the adoption. The second confirms it, and it replaces the
 * version that was adopted before, from today on: a period is counted by the version adopted on its last day. A trial count of the last
 * three months decides, in the database, whether it is given by district or for the county alone (`indicator_given_by`).
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED; StatisticsRefusedError TEAMS_TO_BE_HEARD, TOO_FEW_HEARD, TIED,
 * NOT_AGREED, SECOND_ADVISER, NOT_RECORDED, TELLS_TOO_MUCH, NO_PLACE_LEFT, TOO_FEW_WORKERS
 */
export async function adoptIndicator(
  op: Operation,
  input: AdoptIndicatorInput,
): Promise<IndicatorRow | null> {
  const id = await once(op, 'adoptIndicator', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    // The lock orders adoptions: a second one waits here and takes the next place.
    await op.tx.run`select pg_advisory_xact_lock(hashtextextended('cosmos:adopting', 0))`;
    const indicator = await requireIndicator(op, input.id);
    if (indicator.status !== 'CONSULTED') throw new ConflictError('STATE_CHANGED');
    if (indicator.measure === null) throw new StatisticsRefusedError('NOT_RECORDED', 'input.id');
    const [obstacle] = await op.tx.rows<{ obstacle: StatisticsRefusal | null }>`
      select indicator_obstacle(${indicator.id}::uuid) as obstacle`;
    if (obstacle?.obstacle != null) throw new StatisticsRefusedError(obstacle.obstacle, 'input.id');
    await requireLivesHidden(op, { ...indicator, measure: indicator.measure, givenBy: 'DISTRICT' });
    const place = await freePlace(op, indicator.code);
    const { isDecided } = await sayDecision(op, {
      indicatorId: indicator.id,
      kind: 'ADOPT',
      refusal: null,
      reason: null,
    });
    if (isDecided) await adopt(op, indicator, place);
    return indicator.id;
  });
  return loadIndicator(op, id);
}

/** Returns a place for an adopted indicator. Its version before leaves its own. */
async function freePlace(op: Operation, code: string): Promise<number> {
  const [free] = await op.tx.rows<{ place: number }>`select p as place from generate_series(1, 40) p
    where not exists (select from indicator i where i.place = p and i.code <> ${code}) order by p limit 1`;
  if (free === undefined) throw new StatisticsRefusedError('NO_PLACE_LEFT');
  return free.place;
}

async function adopt(op: Operation, indicator: IndicatorRow, place: number): Promise<void> {
  const { id, code, measure, dimensions } = indicator;
  const today = dayInParis(op.now);
  await op.tx.run`update indicator set status = 'RETIRED', retired_on = ${today}::date, place = null
    where code = ${code} and status = 'ADOPTED'`;
  const [adopted] = await op.tx.rows<{
    givenBy: Territory;
  }>`update indicator set status = 'ADOPTED', adopted_on = ${today}::date, place = ${place}
    where id = ${id}::uuid and status = 'CONSULTED' returning given_by::text as "givenBy"`;
  // Every other adoption waits for the lock. So if nothing was changed, the trial count refused it.
  if (adopted === undefined) throw new StatisticsRefusedError('TOO_FEW_WORKERS', 'input.id');
  // By county beside others by district, it may tell more than by district.
  await requireLivesHidden(op, { code, measure: measure ?? '', dimensions, ...adopted });
}

/**
 * Locks the indicator in one of these statuses, and returns its id.
 * @throws NotFoundError; ConflictError STATE_CHANGED
 */
async function holdIndicator(op: Operation, named: string, statuses: readonly IndicatorStatus[]) {
  const { id } = await requireIndicator(op, named);
  const held = await op.tx.rows`select from indicator i
    where i.id = ${id}::uuid and i.status::text = any (${[...statuses]}::text[]) for update`;
  if (held.length === 0) throw new ConflictError('STATE_CHANGED');
  return id;
}

/**
 * Records that an adviser is for refusing a proposal, with a reason that everyone may read. Once two advisers have said so, the proposal
 * is refused for good, for the last reason; one adviser is enough if the teams were asked and are against it.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError STATE_CHANGED once it is decided on, and to an adviser who has
 * said so before
 */
export async function refuseIndicator(
  op: Operation,
  input: RefuseIndicatorInput,
): Promise<IndicatorRow | null> {
  const id = await once(op, 'refuseIndicator', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    const reason = requireBody('input.reason', input.reason, LONGEST.paragraph);
    const indicatorId = await holdIndicator(op, input.id, ['PROPOSED', 'CONSULTED']);
    const { isDecided } = await sayDecision(op, {
      indicatorId,
      kind: 'REFUSE',
      refusal: input.refusal,
      reason,
    });
    if (isDecided)
      await op.tx.run`update indicator set status = 'REFUSED', refusal = ${input.refusal}::"IndicatorRefusal",
        refusal_text = ${reason} where id = ${indicatorId}::uuid`;
    return indicatorId;
  });
  return loadIndicator(op, id);
}

/**
 * Records that an adviser is for retiring an indicator, with a reason that everyone may read. Once two advisers have said so, it is
 * retired from that day on: earlier figures stay.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError STATE_CHANGED if it is not adopted, and to an adviser who has
 * said so before
 */
export async function retireIndicator(
  op: Operation,
  input: RetireIndicatorInput,
): Promise<IndicatorRow | null> {
  const id = await once(op, 'retireIndicator', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    const reason = requireBody('input.reason', input.reason, LONGEST.paragraph);
    const indicatorId = await holdIndicator(op, input.id, ['ADOPTED']);
    const { isDecided } = await sayDecision(op, { indicatorId, kind: 'RETIRE', refusal: null, reason });
    if (isDecided)
      await op.tx
        .run`update indicator set status = 'RETIRED', retired_on = ${dayInParis(op.now)}::date, place = null
        where id = ${indicatorId}::uuid`;
    return indicatorId;
  });
  return loadIndicator(op, id);
}
