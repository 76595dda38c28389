import type { TestDatabase } from './database.js';

/**
 * The statement by which two voices of every team say the same of indicators, `any($1)` of their ids: of no worker, since a county of a
 * test has teams of one.
 */
export const everyTeamSays = (position: 'FOR' | 'AGAINST' | 'RESERVED'): string =>
  `with spoken as (insert into indicator_speaker (indicator_id, district_id)
     select i, d.id from unnest($1::uuid[]) i cross join district d cross join generate_series(1, 2)
     returning id, indicator_id, district_id)
   insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, words, stated_on)
     select id, 1, indicator_id, district_id, '${position}', 'Une personne craint des comparaisons.', day_in_paris(now()) from spoken`;

/** Who signs, and in which district. */
export interface Signer {
  readonly workerId: string;
  readonly districtId: string;
}

/** A draft, its text and who has signed it; answers its id. Without a narrative, the team declines. */
export async function draftReport(
  database: TestDatabase,
  of: {
    readonly districtId: string | null;
    readonly year: number | string;
    readonly narrative?: string | null;
  },
  signers: readonly Signer[],
): Promise<string> {
  const [report] = await database.sql<{ id: string }>(
    'insert into activity_report (district_id, year) values ($1, $2) returning id',
    [of.districtId, of.year],
  );
  const id = report?.id ?? '';
  await database.sql(
    `insert into activity_report_text (report_id, version, narrative, stated_on) values ($1, 1, $2, '2026-03-02')`,
    [id, of.narrative ?? null],
  );
  for (const { workerId, districtId } of signers)
    await database.sql(
      `insert into activity_report_signature (report_id, text_version, worker_id, district_id, signed_on) values ($1, 1, $2, $3, '2026-03-03')`,
      [id, workerId, districtId],
    );
  return id;
}

/** Another technical adviser of the county, by their login: two of them decide against an indicator. */
export async function secondAdviser(database: TestDatabase): Promise<string> {
  const subject = 'second-adviser';
  await database.sql(
    `with known as (insert into worker (issuer, subject, given_name, family_name)
       select issuer, $1, 'Deuxième', 'Conseil' from worker limit 1 on conflict do nothing returning id)
     insert into membership (worker_id, role, starts_at) select id, 'TECHNICAL_ADVISER', now() - interval '1 day' from known`,
    [subject],
  );
  return subject;
}
