import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { VoicePosition } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import { speaksInTeam, type VoiceRelation, whereKnowsWhoSpoke } from '../../access/statistics/statistics.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { loadDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalBody, parseId } from '../operation/input.js';
import { dayInParis, toDay } from '../operation/period.js';
import { requireIndicator } from './indicator-life.js';
import { type IndicatorRow, loadIndicator } from './indicators.js';

/** What the voices of a team come to. One voice is no team's: then it has no opinion, whatever that voice says. */
export const TEAM_POSITIONS = ['FOR', 'AGAINST', 'DIVIDED', 'NO_OPINION'] as const;
export type TeamPosition = (typeof TEAM_POSITIONS)[number];

/** As often as a voice may be restated: the database refuses one more. */
const MOST_VERSIONS = 50;

/** What a team says of an indicator, by its members' voices. */
export interface IndicatorOpinionRow {
  readonly indicatorId: string;
  readonly districtId: string;
  readonly position: TeamPosition;
  readonly votesFor: number;
  readonly votesAgainst: number;
  readonly reservations: number;
}

/** What a member says, in one of its versions. */
export interface WordsRow {
  readonly speakerId: string;
  readonly version: number;
  readonly position: VoicePosition;
  readonly words: string | null;
  readonly statedOn: Date;
}

/** What a member says last. */
export interface IndicatorVoiceRow extends WordsRow, VoiceRelation {
  readonly indicatorId: string;
  /** Null where the viewer may not know it, and where nobody does. */
  readonly name: string | null;
}

const WORDS = Prisma.sql`v.speaker_id as "speakerId", v.version, v.position::text as position, v.words, v.stated_on as "statedOn"`;

/** What the teams said of it, in the order of their districts' names. A team of which nobody has spoken is not among them. */
export async function loadOpinions(
  op: Operation,
  indicatorId: string,
): Promise<readonly IndicatorOpinionRow[]> {
  const rows = await batched(op, 'opinions', async (ids) =>
    groupedBy(
      await op.tx
        .rows<IndicatorOpinionRow>`select o.indicator_id as "indicatorId", o.district_id as "districtId", o.position,
          o.votes_for as "votesFor", o.votes_against as "votesAgainst", o.reservations
        from indicator_opinions(${uuids(ids)}) o join district d on d.id = o.district_id order by d.name, d.id`,
      (row) => row.indicatorId,
    ),
  ).load(indicatorId);
  return rows ?? [];
}

/** The voices of a team, the first to speak first; 200 at most of an indicator and a team. Who spoke is left out for whoever may not know it. */
export async function loadVoices(
  op: Operation,
  { indicatorId, districtId }: Pick<IndicatorOpinionRow, 'indicatorId' | 'districtId'>,
): Promise<readonly IndicatorVoiceRow[]> {
  const rows = await batched(op, 'voices', async (ids) =>
    groupedBy(
      await op.tx
        .rows<IndicatorVoiceRow>`select ${WORDS}, v.indicator_id as "indicatorId", v.district_id as "districtId",
          coalesce(s.is_named, false) as "isNamed", s.worker_id as "workerId", s.name
        from indicator_voice v
        left join indicator_speaker s on s.id = v.speaker_id and ${whereKnowsWhoSpoke(op.viewer, Prisma.sql`s`)}
        where v.indicator_id = any (${uuids(ids)})
          and not exists (select from indicator_voice later where later.speaker_id = v.speaker_id and later.version > v.version)
        order by v.stated_on, v.speaker_id`,
      (row) => row.indicatorId,
    ),
  ).load(indicatorId);
  return (rows ?? []).filter((row) => row.districtId === districtId).slice(0, 200);
}

/** What they said before, the latest first. */
export async function loadEarlierWords(
  op: Operation,
  { speakerId, version }: Pick<IndicatorVoiceRow, 'speakerId' | 'version'>,
): Promise<readonly WordsRow[]> {
  const rows = await batched(op, 'words', async (ids) =>
    groupedBy(
      await op.tx.rows<WordsRow>`select ${WORDS} from indicator_voice v
        where v.speaker_id = any (${uuids(ids)}) order by v.version desc`,
      (row) => row.speakerId,
    ),
  ).load(speakerId);
  return (rows ?? []).filter((row) => row.version < version);
}

export interface StateOpinionInput {
  readonly id: string;
  readonly districtId: string;
  readonly position: VoicePosition;
  readonly words?: string | null;
  readonly named?: boolean | null;
  readonly expectedVersion?: number | null;
}

/**
 * States what the viewer says of it as a member of a team, as long as the teams are asked: a voice in each indicator, whatever the
 * number of one's teams. Again, with the version that was read of one's own voice, to restate it; what was said stays to be read.
 * `named` absent is unchanged; the first time, everyone reads the words without the name.
 * @throws ConflictError STATE_CHANGED when the teams are not asked, or the viewer has spoken in another team; VERSION_CHANGED
 */
export async function stateOpinion(op: Operation, input: StateOpinionInput): Promise<IndicatorRow | null> {
  const id = await once(op, 'stateOpinion', input, async () => {
    const indicator = await requireIndicator(op, input.id);
    const districtId = parseId(input.districtId);
    if (districtId === null || (await loadDistrict(op, districtId)) === null)
      throw new NotFoundError('input.districtId');
    if (!speaksInTeam(op.viewer, districtId)) throw new ForbiddenError();
    const words = optionalBody('input.words', input.words, 2_000);
    const version = (input.expectedVersion ?? 0) + 1;
    if (version < 1 || version > MOST_VERSIONS)
      throw new InvalidInputError('input.expectedVersion', 'invalidValue');
    const today = dayInParis(op.now);
    const isAsked =
      indicator.status === 'CONSULTED' &&
      indicator.consultedUntil !== null &&
      today <= toDay(indicator.consultedUntil);
    if (!isAsked) throw new ConflictError('STATE_CHANGED');
    const speakerId = await requireSpeaker(op, indicator.id, districtId, version);
    if (input.named != null && version > 1)
      await op.tx.run`update indicator_speaker set is_named = ${input.named} where id = ${speakerId}::uuid`;
    if (version === 1)
      await op.tx.run`insert into indicator_speaker (id, indicator_id, district_id, worker_id, is_named)
        values (${speakerId}::uuid, ${indicator.id}::uuid, ${districtId}::uuid, ${op.viewer.workerId}::uuid, ${input.named ?? false})`;
    await op.tx
      .run`insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, words, stated_on)
      values (${speakerId}::uuid, ${version}, ${indicator.id}::uuid, ${districtId}::uuid, ${input.position}::"VoicePosition", ${words},
        ${today}::date)`;
    return indicator.id;
  });
  return loadIndicator(op, id);
}

/** Who speaks: someone new, or who has spoken and read the version before. Who comes second with the same waits, and has lost. */
async function requireSpeaker(
  op: Operation,
  indicatorId: string,
  districtId: string,
  version: number,
): Promise<string> {
  await op.tx
    .run`select pg_advisory_xact_lock(hashtextextended('cosmos:speaking:' || ${indicatorId} || ${op.viewer.workerId}, 0))`;
  const [found] = await op.tx.rows<{ id: string; districtId: string; version: number }>`
    select s.id, s.district_id as "districtId", max(v.version) as version
    from indicator_speaker s join indicator_voice v on v.speaker_id = s.id
    where s.indicator_id = ${indicatorId}::uuid and s.worker_id = ${op.viewer.workerId}::uuid group by s.id`;
  if (found !== undefined && found.districtId !== districtId) throw new ConflictError('STATE_CHANGED');
  if ((found?.version ?? 0) !== version - 1) throw new ConflictError('VERSION_CHANGED');
  return found?.id ?? randomUUID();
}
