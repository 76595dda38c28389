import { randomUUID } from 'node:crypto';
import { REPORT_SECTIONS } from '../../../../src/statistics/report.js';
import type { Given } from '../../../support/county/rows.js';
import { dayAhead } from '../../../support/days.js';
import { everyTeamSays } from '../../../support/statistics.js';
import { WAITED } from '../crawl.js';
import { openReport } from './reports.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

type IndicatorTargets = Pick<
  Targets,
  'proposedIndicator' | 'consultedIndicator' | 'agreedIndicator' | 'unreadWords'
>;

/** An indicator’s code that is made of an id. */
export const codeOf = (id: string): string => `X${id.replaceAll('-', '').toUpperCase()}`;

export interface Indicators {
  readonly adopted: string;
  readonly toRead: IndicatorTargets;
  toActOn(): Promise<IndicatorTargets>;
  /** Adopts another indicator. */
  adopt(): Promise<string>;
  retire(id: string): Promise<void>;
  /** An erratum to read, which nobody has signed. */
  readonly unsigned: string;
  /** Another erratum, by the worker with this login; by the first signer if there is no such worker. */
  writeErratum(login: string): Promise<string>;
}

const consulted = (): Given<'indicator'> => ({
  status: 'CONSULTED',
  consultedFrom: dayAhead(-10),
  consultedUntil: dayAhead(20),
});
const DECIDED = {
  consultedFrom: '2022-12-02',
  consultedUntil: '2022-12-20',
  adoptedOn: '2023-01-01',
  givenBy: 'DISTRICT',
} satisfies Given<'indicator'>;

/** An indicator of the district. */
function add({ make, districtId }: Scene, row: Given<'indicator'>): Promise<string> {
  const id = randomUUID();
  return make.indicator({
    id,
    code: codeOf(id),
    dimensions: ['MISSION', 'ASSIGNED'],
    proposedInId: districtId,
    proposedOn: '2022-11-04',
    ...row,
  });
}

async function freePlace({ database }: Scene): Promise<number> {
  const [row] = await database.sql<{ place: number }>(
    'select p as place from generate_series(1, 40) p where not exists (select from indicator i where i.place = p) limit 1',
  );
  if (row === undefined) throw new Error('forty indicators are adopted');
  return row.place;
}

/**
 * Adopts an indicator like an adopted one, in a place that is free. It waits for other adoptions of the same moment, as the API does:
 * without that, one of them would fail.
 */
async function adoptLike({ database }: Scene, adopted: string): Promise<string> {
  const id = randomUUID();
  const own = { id, code: codeOf(id), version: 1, kind: 'STOCK' };
  await database.sql(
    `select pg_advisory_xact_lock(hashtextextended('cosmos:adopting', 0));
       insert into indicator select (jsonb_populate_record(i, '${JSON.stringify(own)}'::jsonb || jsonb_build_object('place',
           (select p from generate_series(1, 40) p
             where not exists (select from indicator other where other.place = p) order by p limit 1)))).*
         from indicator i where i.id = '${adopted}'`,
  );
  return id;
}

/**
 * Two voices of every team are for the indicator. A third voice of the district has a name, which only the team may know; it was against the
 * indicator before.
 */
async function openAgreed(scene: Scene, workerId: string): Promise<string> {
  const { make, each, districtId } = scene;
  // Nobody came to a meeting in the months of the trial count. The cases of this world are nearly all of one worker.
  const indicatorId = await add(scene, {
    ...consulted(),
    proposedInId: null,
    measure: 'MEETING_ATTENDANCE',
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: ['AGE_BAND'],
  });
  await each(everyTeamSays('FOR'), indicatorId);
  const speakerId = await make.indicatorSpeaker({ indicatorId, districtId, workerId });
  const voice = { speakerId, indicatorId, districtId, words: 'On verra.', statedOn: '2026-01-06' };
  await make.indicatorVoice({ ...voice, version: 1, position: 'AGAINST' });
  await make.indicatorVoice({ ...voice, version: 2, position: 'FOR' });
  return indicatorId;
}

/** Two workers without a standpoint, who sign. */
async function openSigners({ make }: Scene): Promise<readonly [string, string]> {
  const sign = (name: string): Promise<string> =>
    make.worker({
      issuer: 'https://directory.example',
      subject: name.toLowerCase(),
      givenName: name,
      familyName: 'Signataire',
    });
  return [await sign('Claude'), await sign('Dominique')];
}

async function writeErratum(
  { make, value, districtId }: Scene,
  login: string,
  signer: string,
): Promise<string> {
  const writer = await value(
    'select subject as key, id as value from worker where subject = any ($1)',
    login,
  );
  return make.erratum({
    period: '2025',
    indicatorCode: 'OPEN_CASES',
    districtId,
    textFr: 'Les dossiers d’une antenne manquaient.',
    textEn: 'The cases of one office were missing.',
    proposedById: writer === '' ? signer : writer,
    proposedOn: dayAhead(-10),
  });
}

/**
 * Indicators: one that is adopted, what was frozen of it in two years, and what a team says of it; the version before it, which is retired;
 * one that was refused; and those on which actions are tried.
 * @param simulationId of the wait, which the report of the team shows
 */
export async function openIndicators(scene: Scene, simulationId: string): Promise<Indicators> {
  const { database, make, districtId } = scene;
  const [claude, dominique] = await openSigners(scene);
  const toActOn = async (): Promise<IndicatorTargets> => ({
    // The county's: a team has five open proposals at most.
    proposedIndicator: await add(scene, { proposedInId: null }),
    consultedIndicator: await add(scene, { proposedInId: null, ...consulted() }),
    agreedIndicator: await openAgreed(scene, claude),
    unreadWords: await addUnread(),
  });
  /** Words that a colleague wrote and nobody has read. */
  const addUnread = async (): Promise<string> => {
    const wordsId = await make.indicatorObservation({
      code: 'OPEN_CASES',
      districtId,
      year: 2024,
      body: 'Un guichet a fermé.',
      statedOn: '2024-07-01',
      confirmedOn: null,
    });
    await make.wordsAuthor({ wordsId, workerId: dominique });
    return wordsId;
  };

  const code = 'OPEN_CASES';
  const retired = await add(scene, { ...DECIDED, code, status: 'RETIRED', retiredOn: '2023-03-03' });
  // An adviser wanted to refuse it before it was adopted.
  await make.indicatorDecision({
    indicatorId: retired,
    kind: 'REFUSE',
    refusal: 'NOT_WANTED',
    reason: 'Personne ne le lirait.',
    workerId: claude,
    name: 'Claude Signataire',
    saidOn: '2022-12-01',
  });
  const adopt = async (row: Given<'indicator'>): Promise<string> =>
    add(scene, { ...DECIDED, status: 'ADOPTED', place: await freePlace(scene), ...row });
  // It is a rate, although it counts cases: the figures of a rate have a base, which is protected as they are.
  const adopted = await adopt({ code, version: 2, kind: 'RATE' });
  await add(scene, {
    status: 'REFUSED',
    refusal: 'SUBJECTIVE',
    refusalText: 'Cela ne se constate pas.',
  });
  await make.indicatorObservation({
    code,
    districtId,
    year: 2025,
    body: 'Un guichet voisin a fermé.',
    statedOn: '2025-07-01',
  });
  const waits: { id: string; by: string | null; code: string }[] = [];
  for (const { indicator, by } of REPORT_SECTIONS.find(({ together }) => together === true)?.figures ?? [])
    waits.push({
      by,
      code: indicator,
      id: await adopt({
        code: indicator,
        measure: indicator,
        kind: indicator === WAITED.indicator ? 'WAITING_TIME' : 'FLOW',
        dimensions: by === null ? [] : [by],
      }),
    });
  await openReport(
    scene,
    { workerId: claude, districtId },
    {
      openCases: adopted,
      waits,
      casesOpened: await adopt({
        code: 'CASES_OPENED',
        measure: 'CASES_OPENED',
        kind: 'FLOW',
        dimensions: ['MISSION'],
      }),
      notHonoured: await adopt({
        code: 'NOT_HONOURED',
        measure: 'NOT_HONOURED',
        unit: 'APPOINTMENT',
        kind: 'RATE',
        dimensions: [],
      }),
    },
    simulationId,
  );
  // One erratum that is signed, and one that is not.
  const signed = await writeErratum(scene, 'claude', claude);
  await database.sql(`update erratum set signed_by_id = $2, published_on = '2026-03-12' where id = $1`, [
    signed,
    dominique,
  ]);
  return {
    adopted,
    unsigned: await writeErratum(scene, 'claude', claude),
    writeErratum: (login) => writeErratum(scene, login, claude),
    toRead: await toActOn(),
    toActOn,
    adopt: () => adoptLike(scene, adopted),
    retire: async (id) => {
      await database.sql(
        `update indicator set status = 'RETIRED', retired_on = day_in_paris(now()), place = null
         where id = $1 and status = 'ADOPTED'`,
        [id],
      );
    },
  };
}
