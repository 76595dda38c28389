import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { uuids } from '../../access/operation/sql.js';
import { readsSimulation, simulatesWait, whereReadsSimulation } from '../../access/statistics/statistics.js';
import { ForbiddenError, InvalidInputError, RateLimitedError, StatisticsRefusedError } from '../../errors.js';
import type { SimulateWaitInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { growsAt, growthAt, halfDaysAfter, type Range, WEEKS_LEARNT } from '../../statistics/what-if.js';
import { requireTypes } from '../agenda/appointment-types.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { requireOneDistrict } from '../operation/one-district.js';
import { dayAfter, dayInParis } from '../operation/period.js';
import { assumptionsOf, type Foreseen, sentenceOf, toTenths, type Words } from './simulation-words.js';

/** The fewest of the 26 weeks that have a figure, and the fewest posts: an average of two is one's own for the other. */
const FEWEST_WEEKS = 20;
const FEWEST_POSTS = 3;
/** The most that are listed, and how often a worker may ask in a day: nobody fills the list of a district alone within a week. */
const LISTED = 100;
const A_DAY = 10;
const DAY_S = 86_400;

/** The wait of a quarter under some means. Each part carries what its policy judges. */
export interface WaitForecastRow {
  readonly districtId: string;
  readonly isPublished: boolean;
  /** Whole per cent. */
  readonly loadPercent: number;
  /** Days; null where the wait grows without end. */
  readonly days: number | null;
  readonly daysFrom: number | null;
  readonly daysTo: number | null;
  /** Days a week, to a tenth; null where the wait does not grow without end. */
  readonly growsDaysAWeek: number | null;
  readonly growsFrom: number | null;
  readonly growsTo: number | null;
}

/** A simulation, as it is told. */
export interface WaitSimulationRow {
  readonly id: string;
  readonly districtId: string;
  readonly typeCode: string;
  readonly askedOn: Date;
  readonly figuresFrom: Date;
  readonly foreseenFrom: Date;
  readonly halfDaysNow: number;
  readonly postsNow: number;
  readonly moreHalfDays: number;
  readonly morePosts: number;
  readonly moreAsksPercent: number;
  readonly isReady: boolean;
  readonly asNow: WaitForecastRow | null;
  readonly changed: WaitForecastRow | null;
  readonly sentence: Words | null;
  readonly assumptions: readonly Words[];
  readonly isPublished: boolean;
}

type Three = readonly [middle: number, low: number, high: number];

interface StoredRow
  extends Omit<WaitSimulationRow, 'isReady' | 'asNow' | 'changed' | 'sentence' | 'assumptions'> {
  readonly typeFr: string;
  readonly typeEn: string;
  readonly loadNow: Three | readonly [];
  readonly daysNow: Three | readonly [];
  readonly loadThen: Three | readonly [];
  readonly daysThen: Three | readonly [];
}

const STORED = Prisma.sql`s.id, s.district_id as "districtId", s.type_code as "typeCode", day_in_paris(s.asked_at) as "askedOn",
  s.foreseen_from - ${7 * WEEKS_LEARNT}::integer as "figuresFrom", s.foreseen_from as "foreseenFrom", s.half_days_now as "halfDaysNow", s.posts_now as "postsNow",
  s.more_half_days as "moreHalfDays", s.more_posts as "morePosts", s.more_asks_percent as "moreAsksPercent", s.load_now as "loadNow",
  s.days_now as "daysNow", s.load_then as "loadThen", s.days_then as "daysThen", t.label_fr as "typeFr", t.label_en as "typeEn",
  is_shown_simulation(s.id) as "isPublished"`;

const rangeOf = ([middle, low, high]: Three): Range => ({ middle, low, high });

function foreseenOf(load: Three | readonly [], days: Three | readonly []): Foreseen | null {
  return load.length === 0 || days.length === 0 ? null : { load: rangeOf(load), days: rangeOf(days) };
}

function forecastOf(
  { districtId, isPublished }: Pick<StoredRow, 'districtId' | 'isPublished'>,
  foreseen: Foreseen | null,
): WaitForecastRow | null {
  if (foreseen === null) return null;
  const { load, days } = foreseen;
  const isSteady = !growsAt(load.middle);
  const growth = (at: number): number | null => (isSteady ? null : toTenths(growthAt(at)));
  const ofDays = (value: number): number | null => (isSteady ? Math.round(value) : null);
  return {
    districtId,
    isPublished,
    loadPercent: Math.round(100 * load.middle),
    days: ofDays(days.middle),
    daysFrom: ofDays(days.low),
    daysTo: ofDays(days.high),
    growsDaysAWeek: growth(load.middle),
    growsFrom: growth(load.low),
    growsTo: growth(load.high),
  };
}

function told(row: StoredRow): WaitSimulationRow {
  const asNow = foreseenOf(row.loadNow, row.daysNow);
  const changed = foreseenOf(row.loadThen, row.daysThen);
  return {
    ...row,
    isReady: asNow !== null,
    asNow: forecastOf(row, asNow),
    changed: forecastOf(row, changed),
    sentence: asNow === null || changed === null ? null : sentenceOf(row, asNow, changed),
    assumptions: assumptionsOf(row),
  };
}

async function readSimulations(
  op: Operation,
  which: Prisma.Sql,
  atMost: number,
): Promise<readonly WaitSimulationRow[]> {
  const rows = await op.tx.rows<StoredRow>`select ${STORED} from wait_simulation s
    join appointment_type t on t.code = s.type_code
    where ${which} and ${whereReadsSimulation(op.viewer, Prisma.sql`s`)} order by s.asked_at desc, s.id limit ${atMost}`;
  return rows.map(told);
}

async function requireThisDistrict(op: Operation, named: string, field: string): Promise<string> {
  const id = await requireDistrict(op, named, field);
  requireOneDistrict(op, id, field);
  return id;
}

/**
 * Lists what was asked about the wait of a district in the last quarter, the latest first; 100 at most.
 * @throws NotFoundError for an unknown district; ForbiddenError; StatisticsRefusedError RANKING for a second district
 */
export async function listWaitSimulations(
  op: Operation,
  { districtId }: { readonly districtId: string },
): Promise<readonly WaitSimulationRow[]> {
  const id = await requireThisDistrict(op, districtId, 'districtId');
  if (!readsSimulation(op.viewer, { districtId: id, isPublished: false })) throw new ForbiddenError();
  return readSimulations(
    op,
    Prisma.sql`s.district_id = ${id}::uuid and s.asked_at > now() - interval '92 days'`,
    LISTED,
  );
}

/**
 * Returns the simulation that a report shows; null if it shows none.
 * @throws StatisticsRefusedError RANKING for that of a second district in an operation, like the figures of a report
 */
export async function loadShownSimulation(
  op: Operation,
  report: { readonly simulationId: string | null; readonly districtId: string | null },
): Promise<WaitSimulationRow | null> {
  if (report.simulationId === null) return null;
  requireOneDistrict(op, report.districtId, 'simulation');
  return loadSimulation(op, report.simulationId);
}

/** Returns a simulation that the viewer may read; null if there is none, and without an id. */
export async function loadSimulation(op: Operation, id: string | null): Promise<WaitSimulationRow | null> {
  if (id === null) return null;
  return (
    (await batched(op, 'simulations', async (ids) =>
      byKey(await readSimulations(op, Prisma.sql`s.id = any (${uuids(ids)})`, ids.length), (row) => row.id),
    ).load(id)) ?? null
  );
}

/** Returns the Monday of the week of a day; both `YYYY-MM-DD`. */
function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return dayAfter(day, -((weekday + 6) % 7));
}

function requireBetween(field: string, value: number, least: number, most: number): number {
  if (value < least || value > most) throw new InvalidInputError(field, 'supposedChange');
  return value;
}

/**
 * Asks what the wait of a district would be under other means. A job works it out, from the figures of weeks.
 * @throws NotFoundError for an unknown district; ForbiddenError; InvalidInputError for an unknown type, and for a change that leaves
 * no half-day; StatisticsRefusedError RANKING for a second district, TELLS_OF_ONE for a district of fewer than three posts, TOO_FEW_WEEKS
 * if fewer than 20 of the last 26 weeks have a figure; RateLimitedError after 10 in a day
 */
export async function simulateWait(
  op: Operation,
  input: SimulateWaitInput,
): Promise<WaitSimulationRow | null> {
  const id = await once(op, 'simulateWait', input, async () => {
    const districtId = await requireThisDistrict(op, input.districtId, 'input.districtId');
    if (!simulatesWait(op.viewer, districtId)) throw new ForbiddenError();
    const [type] = await requireTypes(op, 'input.typeCode', [input.typeCode]);
    const halfDaysNow = requireBetween('input.halfDaysNow', input.halfDaysNow, 1, 400);
    const moreHalfDays = requireBetween('input.moreHalfDays', input.moreHalfDays ?? 0, -400, 400);
    const morePosts = requireBetween('input.morePosts', input.morePosts ?? 0, -50, 50);
    const moreAsks = requireBetween('input.moreAsksPercent', input.moreAsksPercent ?? 0, -90, 300);
    const [posts] = await op.tx.rows<{ now: number }>`select posts_now(${districtId}::uuid) as now`;
    const postsNow = posts?.now ?? 0;
    if (postsNow < FEWEST_POSTS) throw new StatisticsRefusedError('TELLS_OF_ONE', 'input.districtId');
    if (morePosts <= -postsNow) throw new InvalidInputError('input.morePosts', 'supposedChange');
    if (halfDaysAfter({ halfDaysNow, postsNow, moreHalfDays, morePosts }) < 1)
      throw new InvalidInputError('input.moreHalfDays', 'supposedChange');
    const foreseenFrom = mondayOf(dayInParis(op.now));
    const [measured] = await op.tx.rows<{ weeks: number }>`select cardinality(array_remove(
      weeks_waited(${districtId}::uuid, ${type?.code}, ${foreseenFrom}::date), null)) as weeks`;
    const weeks = measured?.weeks ?? 0;
    // A type that not everyone may book is never measured.
    if (weeks < FEWEST_WEEKS)
      throw new StatisticsRefusedError('TOO_FEW_WEEKS', weeks === 0 ? 'input.typeCode' : 'input.districtId');
    const [asked] = await op.tx.rows<{ today: number }>`select take_simulation_turn() as today`;
    if ((asked?.today ?? 0) >= A_DAY) throw new RateLimitedError('input', 'simulationsSpent', DAY_S);
    const simulationId = randomUUID();
    await op.tx
      .run`insert into wait_simulation (id, district_id, type_code, asked_by_id, asked_at, foreseen_from, half_days_now,
        posts_now, more_half_days, more_posts, more_asks_percent)
      values (${simulationId}::uuid, ${districtId}::uuid, ${type?.code}, ${op.viewer.workerId}::uuid, ${op.now}, ${foreseenFrom}::date,
        ${halfDaysNow}, ${postsNow}, ${moreHalfDays}, ${morePosts}, ${moreAsks})`;
    return simulationId;
  });
  return loadSimulation(op, id);
}
