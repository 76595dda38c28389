import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { VoicePosition } from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import {
  speaksInTeam,
  type VoiceRelation,
  type WordsRelation,
  whereKnowsWhoSpoke,
  whereReadsWords,
} from '../../access/statistics/statistics.js';
import { ConflictError, ForbiddenError, InvalidInputError } from '../../errors.js';
import type { StateOpinionInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalBody } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis, toDay } from '../operation/period.js';
import { requireIndicator } from './indicator-life.js';
import { type IndicatorRow, loadIndicator } from './indicators.js';

/** The positions of a team, from the voices of its members. One voice is not a team's: with one voice the team has no opinion. */
export const TEAM_POSITIONS = ['FOR', 'AGAINST', 'DIVIDED', 'NO_OPINION'] as const;
/** One of `TEAM_POSITIONS`. */
export type TeamPosition = (typeof TEAM_POSITIONS)[number];

/** The most versions of a voice: the database refuses one more. */
const MOST_VERSIONS = 50;

/** A team's opinion on an indicator, from its members' voices. */
export interface IndicatorOpinionRow {
  readonly indicatorId: string;
  readonly districtId: string;
  readonly position: TeamPosition;
  readonly votesFor: number;
  readonly votesAgainst: number;
  readonly reservations: number;
}

/** A version of a member's voice. */
export interface WordsRow extends WordsRelation {
  readonly id: string;
  readonly speakerId: string;
  readonly version: number;
  readonly position: VoicePosition;
  readonly words: string | null;
  readonly statedOn: Date;
  /** The day on which somebody else had read the words; null until then, and without words. */
  readonly confirmedOn: Date | null;
}

/** The last version of a member's voice. */
export interface IndicatorVoiceRow extends WordsRow, VoiceRelation {
  readonly indicatorId: string;
  /** Null if the viewer may not know the name, and if nobody does. */
  readonly name: string | null;
}

const WORDS = Prisma.sql`v.speaker_id as id, v.speaker_id as "speakerId", v.version, v.position::text as position, v.words, v.stated_on as "statedOn", v.confirmed_on as "confirmedOn",
  v.words is null or v.confirmed_on is not null as "isConfirmed"`;

/** The county's workers read words that nobody else has read yet. The position of their author counts from the start. */
const readable = (op: Operation): Prisma.Sql =>
  Prisma.sql`(v.words is null or ${whereReadsWords(op.viewer, Prisma.sql`v`)})`;

/** Lists the teams' opinions on an indicator, sorted by the districts' names. A team without a voice is not listed. */
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

/**
 * Lists the voices of a team, the first to speak first; at most 200 for an indicator and a team. The name is left out for a viewer who
 * may not know it. Words that nobody else has read yet are for the county's workers.
 */
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
        where v.indicator_id = any (${uuids(ids)}) and is_last_voice(v.speaker_id, v.version) and ${readable(op)}
        order by v.stated_on, v.speaker_id`,
      (row) => row.indicatorId,
    ),
  ).load(indicatorId);
  return (rows ?? []).filter((row) => row.districtId === districtId).slice(0, 200);
}

/** Lists the earlier versions of a voice, the latest first. */
export async function loadEarlierWords(
  op: Operation,
  { speakerId, version }: Pick<IndicatorVoiceRow, 'speakerId' | 'version'>,
): Promise<readonly WordsRow[]> {
  const rows = await batched(op, 'words', async (ids) =>
    groupedBy(
      await op.tx.rows<WordsRow>`select ${WORDS} from indicator_voice v
        where v.speaker_id = any (${uuids(ids)}) and ${readable(op)} order by v.version desc`,
      (row) => row.speakerId,
    ),
  ).load(speakerId);
  return (rows ?? []).filter((row) => row.version < version);
}

/**
 * States the viewer's voice on an indicator as a member of a team, while the teams are asked: one voice on each indicator, however many
 * teams the viewer is in. With the version that was read of their own voice, it restates the voice; earlier versions stay readable. An
 * absent `named` is unchanged; at first, everyone reads the words without the name.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError STATE_CHANGED when the teams are not asked, or the viewer has
 * spoken in another team; VERSION_CHANGED
 */
export async function stateOpinion(op: Operation, input: StateOpinionInput): Promise<IndicatorRow | null> {
  const id = await once(op, 'stateOpinion', input, async () => {
    op.log.attempt('STATE_OPINION');
    const indicator = await requireIndicator(op, input.id);
    const districtId = await requireDistrict(op, input.districtId, 'input.districtId');
    if (!speaksInTeam(op.viewer, districtId)) throw new ForbiddenError();
    const words = optionalBody('input.words', input.words, LONGEST.paragraph);
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

/**
 * Returns the id of the speaker: a new one, or one who has spoken and read the version before. Of two requests with the same version, the
 * second waits, and loses.
 * @throws ConflictError STATE_CHANGED, VERSION_CHANGED
 */
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
