import { type Given, rowsOf } from './county/rows.js';
import type { TestDatabase } from './database.js';
import { ago } from './days.js';

/**
 * The statement by which two voices of each team say the same of indicators, `any($1)` of their ids. No worker has these voices, since a
 * team of a test has one worker. It is a statement, so that `each` of `together.ts` says it of many indicators at once.
 */
export const everyTeamSays = (position: 'FOR' | 'AGAINST' | 'RESERVED'): string =>
  `with spoken as (insert into indicator_speaker (indicator_id, district_id)
     select i, d.id from unnest($1::uuid[]) i cross join district d cross join generate_series(1, 2)
     returning id, indicator_id, district_id)
   insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, words, stated_on, confirmed_on)
     select id, 1, indicator_id, district_id, '${position}', 'Une personne craint des comparaisons.', day_in_paris(now()),
       day_in_paris(now()) from spoken`;

/** The statement by which one more member of a team, `$2`, speaks of an indicator, `$1`. No worker has the voice. */
export const teamSays = (position: 'FOR' | 'AGAINST' | 'RESERVED'): string =>
  `with spoken as (insert into indicator_speaker (indicator_id, district_id) values ($1::uuid, $2::uuid)
     returning id, indicator_id, district_id)
   insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, stated_on)
     select id, 1, indicator_id, district_id, '${position}', day_in_paris(now()) from spoken`;

/** The statement by which a district, `$1`, has a figure in each of the last 26 weeks: what a simulation of its wait takes. */
export const MEASURED_WEEKS = `insert into waiting_week (district_id, type_code, week, days)
  select $1, 'FIRST_RECEPTION', date_trunc('week', day_in_paris(now()))::date - 7 * nth, 5 + nth % 3 from generate_series(1, 26) nth
  on conflict do nothing`;

/** What a job has worked out: a wait that stays as now, and one that grows without end after the change. */
export const WORKED_OUT = {
  moreAsksPercent: 30,
  loadNow: [0.92, 0.85, 0.98],
  daysNow: [6, 4, 9],
  loadThen: [1.2, 1.1, 1.3],
  daysThen: [16, 11, 22],
} satisfies Given<'waitSimulation'>;

/** Who signs, and in which district. */
export interface Signer {
  readonly workerId: string;
  readonly districtId: string;
}

/** What a team says of its year, as its row has it before it is sealed. */
export const saying = (fr: string, en: string | null = null): string => JSON.stringify([fr, en]);

/** A draft, its text and who has signed it; answers its id. Without a narrative, the team declines. */
export async function draftReport(
  database: TestDatabase,
  of: {
    readonly districtId: string | null;
    readonly year: number | string;
    readonly narrative?: string | null;
    readonly narrativeEn?: string | null;
  },
  signers: readonly Signer[],
): Promise<string> {
  const make = rowsOf(database);
  const reportId = await make.activityReport({ districtId: of.districtId, year: Number(of.year) });
  await make.activityReportText({
    reportId,
    version: 1,
    text: of.narrative == null ? null : saying(of.narrative, of.narrativeEn),
    statedOn: '2026-03-02',
  });
  await Promise.all(
    signers.map(({ workerId, districtId }) =>
      make.activityReportSignature({
        reportId,
        textVersion: 1,
        workerId,
        districtId,
        signedOn: '2026-03-03',
      }),
    ),
  );
  return reportId;
}

/** The login of the county's second technical adviser, who is made where there is none: two of them decide on an indicator. */
export async function secondAdviser(database: TestDatabase, subject = 'adviser2'): Promise<string> {
  const known = await database.sql('select from worker where subject = $1', [subject]);
  if (known.length === 0) {
    const make = rowsOf(database);
    const workerId = await make.worker({ subject, givenName: 'Mathieu', familyName: 'Garnier' });
    await make.membership({ workerId, role: 'TECHNICAL_ADVISER', startsAt: ago(1) });
  }
  return subject;
}
