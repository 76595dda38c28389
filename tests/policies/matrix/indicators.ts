import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../support/database.js';
import { draftReport, everyTeamSays, type Signer } from '../../support/statistics.js';
import type { Together } from '../../support/together.js';
import { ago, ahead } from '../../support/days.js';
import type { Targets } from './world.js';

export type Insert = Together['insert'];
type IndicatorTargets = Pick<Targets, 'proposedIndicator' | 'consultedIndicator' | 'agreedIndicator'>;

/** A word of which an indicator’s code may be made. */
export const codeOf = (id: string): string => `X${id.replaceAll('-', '').toUpperCase()}`;

/**
 * One that is adopted, what was frozen of it in two years, and what a team says of it; the version before, retired; one refused.
 * And those that actions are tried on.
 */
export async function openIndicators(
  database: TestDatabase,
  { insert, each }: Together,
  districtId: string,
): Promise<{
  readonly adopted: string;
  readonly toRead: IndicatorTargets;
  toActOn(): Promise<IndicatorTargets>;
  adopt(): Promise<string>;
  retire(id: string): Promise<void>;
  /** An erratum that nobody has signed: to look at. */
  readonly unsigned: string;
  /** Another, by this worker; by a signer, where there is no such worker. */
  writeErratum(subject: string): Promise<string>;
}> {
  const words = {
    version: 1,
    label_fr: 'Dossiers ouverts',
    label_en: 'Open cases',
    definition_fr: 'Les dossiers ouverts à la fin de la période.',
    counts_fr: 'Un dossier suspendu.',
    does_not_count_fr: 'Un dossier clos.',
    measure: 'OPEN_CASES',
    unit: 'CASE',
    kind: 'STOCK',
    dimensions: ['MISSION', 'ASSIGNED'],
    proposed_in_id: districtId,
    proposed_on: '2022-11-04',
  };
  const consultation = { consulted_from: ago(10).slice(0, 10), consulted_until: ahead(20).slice(0, 10) };
  const decided = {
    consulted_from: '2022-12-02',
    consulted_until: '2022-12-20',
    adopted_on: '2023-01-01',
    given_by: 'DISTRICT',
  };
  const add = (row: Record<string, unknown>): Promise<string> => {
    const id = randomUUID();
    return insert('indicator', { ...words, id, code: codeOf(id), status: 'PROPOSED', ...row });
  };
  const freePlace = async (): Promise<number> => {
    const [row] = await database.sql<{ place: number }>(
      'select p as place from generate_series(1, 40) p where not exists (select from indicator i where i.place = p) limit 1',
    );
    if (row === undefined) throw new Error('forty indicators are adopted');
    return row.place;
  };
  /** In a place that is free. It waits for whoever adopts at the same time, as the API does: else either would fail. */
  const adopt = async (): Promise<string> => {
    const id = randomUUID();
    const row = { ...words, ...decided, id, code: codeOf(id), status: 'ADOPTED' };
    const columns = Object.keys(row).join(', ');
    await database.sql(
      `select pg_advisory_xact_lock(hashtextextended('cosmos:adopting', 0));
       insert into indicator (${columns}, place) select ${columns}, (select p from generate_series(1, 40) p
           where not exists (select from indicator i where i.place = p) order by p limit 1)
         from jsonb_populate_record(null::indicator, $row$${JSON.stringify(row)}$row$)`,
    );
    return id;
  };
  const signers = await openSigners(database);
  /** Two voices of every team are for it. One of the district's has a name, which only the team may know; it was against it before. */
  const agreed = async (): Promise<string> => {
    const id = await add({ ...consultation, status: 'CONSULTED' });
    await each(everyTeamSays('FOR'), id);
    for (const statement of [
      `insert into indicator_speaker (indicator_id, district_id, worker_id) select i, $2, $3 from unnest($1::uuid[]) i`,
      ...['AGAINST', 'FOR'].map(
        (
          position,
          nth,
        ) => `insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, words, stated_on)
           select s.id, ${nth + 1}, s.indicator_id, s.district_id, '${position}', 'On verra.', '2026-01-06' from indicator_speaker s
           where s.indicator_id = any ($1) and s.district_id = $2 and s.worker_id = $3`,
      ),
    ])
      await each(statement, id, districtId, signers[0]);
    return id;
  };
  const toActOn = async (): Promise<IndicatorTargets> => ({
    proposedIndicator: await add({}),
    consultedIndicator: await add({ ...consultation, status: 'CONSULTED' }),
    agreedIndicator: await agreed(),
  });

  const code = 'OPEN_CASES';
  // An adviser was for refusing it before it was adopted.
  const retired = await add({ ...decided, code, status: 'RETIRED', retired_on: '2023-03-03' });
  await insert('indicator_decision', {
    id: randomUUID(),
    indicator_id: retired,
    kind: 'REFUSE',
    refusal: 'NOT_WANTED',
    reason: 'Personne ne le lirait.',
    worker_id: signers[0],
    name: 'Claude Signataire',
    said_on: '2022-12-01',
  });
  // As if it were a rate: its figures then have a base, which is decided like them.
  const adopted = await add({
    ...decided,
    code,
    version: 2,
    kind: 'RATE',
    status: 'ADOPTED',
    place: await freePlace(),
  });
  await add({ status: 'REFUSED', refusal: 'SUBJECTIVE', refusal_text: 'Cela ne se constate pas.' });
  await insert('indicator_observation', {
    id: randomUUID(),
    code,
    district_id: districtId,
    year: 2025,
    body: 'Un guichet voisin a fermé.',
    stated_on: '2025-07-01',
  });
  await openReport(
    database,
    insert,
    { workerId: signers[0], districtId },
    adopted,
    await add({
      ...decided,
      code: 'CASES_OPENED',
      measure: 'CASES_OPENED',
      kind: 'FLOW',
      dimensions: ['MISSION'],
      status: 'ADOPTED',
      place: await freePlace(),
    }),
    await add({
      ...decided,
      code: 'NOT_HONOURED',
      measure: 'NOT_HONOURED',
      unit: 'APPOINTMENT',
      kind: 'RATE',
      dimensions: [],
      status: 'ADOPTED',
      place: await freePlace(),
    }),
  );
  const writeErratum = async (subject: string): Promise<string> => {
    const [row] = await database.sql<{ id: string }>(
      `insert into erratum (period, indicator_code, district_id, text_fr, text_en, proposed_by_id, proposed_on)
       select '2025', 'OPEN_CASES', $2, 'Les dossiers d’une antenne manquaient.', 'The cases of one office were missing.', w.id, day_in_paris(now()) - 10
       from worker w where w.subject in ($1, 'claude') order by w.subject = $1 desc limit 1 returning id`,
      [subject, districtId],
    );
    return row?.id ?? '';
  };
  // One that is signed, and one that is not.
  await database.sql(`update erratum set signed_by_id = $2, published_on = '2026-03-12' where id = $1`, [
    await writeErratum('claude'),
    signers[1],
  ]);
  return {
    adopted,
    unsigned: await writeErratum('claude'),
    writeErratum,
    toRead: await toActOn(),
    toActOn,
    adopt,
    retire: async (id) => {
      await database.sql(
        `update indicator set status = 'RETIRED', retired_on = day_in_paris(now()), place = null
         where id = $1 and status = 'ADOPTED'`,
        [id],
      );
    },
  };
}

/** The draft of a year's report: cases by mission, now, the year before and in the county; cases opened, by months; a rate of three districts. */
async function openReport(
  database: TestDatabase,
  insert: Insert,
  signer: Signer,
  openCases: string,
  casesOpened: string,
  notHonoured: string,
): Promise<void> {
  const { districtId } = signer;
  const frozen = async (period: string, from: string, until: string): Promise<string> => {
    const id = await insert('snapshot', {
      id: randomUUID(),
      period,
      starts_on: from,
      ends_on: until,
      frozen_on: '2026-02-10',
      method_version: 1,
      secret_mark: '\\x00',
    });
    await insert('snapshot_dimension', {
      snapshot_id: id,
      code: 'MISSION',
      label_fr: 'mission',
      label_en: 'mission',
      categories: ['POLYVALENCE', 'RSA'],
      categories_fr: ['polyvalence', 'RSA'],
      categories_en: ['general', 'minimum income'],
    });
    return id;
  };
  const table = (
    snapshot_id: string,
    indicator_id: string,
    district_id: string | null,
    dimensions: readonly string[],
    cells: readonly (number | null)[],
    bases: readonly (number | null)[] | null = null,
  ) =>
    insert('snapshot_table', {
      id: randomUUID(),
      snapshot_id,
      indicator_id,
      district_id,
      dimensions,
      cells,
      bases,
    });
  const [year, before, may, july] = [
    await frozen('2025', '2025-01-01', '2026-01-01'),
    await frozen('2024', '2024-01-01', '2025-01-01'),
    await frozen('2025-05', '2025-05-01', '2025-06-01'),
    await frozen('2025-07', '2025-07-01', '2025-08-01'),
  ];
  // A figure that is told and one that is not, now and a year before; with bases, as if they were shares.
  await table(year, openCases, districtId, ['MISSION'], [21, null], [60, null]);
  await table(year, openCases, null, ['MISSION'], [64, null], [90, null]);
  await table(before, openCases, districtId, ['MISSION'], [19, null], [50, null]);
  await table(year, casesOpened, districtId, [], [31]);
  await table(may, casesOpened, districtId, [], [8]);
  await table(july, casesOpened, districtId, [], [null]);
  // A funnel takes three districts.
  await database.sql(
    `insert into district select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'slug', 'troisieme', 'name', 'Troisième'))).*
     from district d where d.id = $1`,
    [districtId],
  );
  for (const { id } of await database.sql<{ id: string }>('select id from district'))
    await table(year, notHonoured, id, [], [14], [300]);
  const id = await draftReport(database, { districtId, year: 2025, narrative: 'Un essai.' }, []);
  await database.sql('update activity_report set version = 2 where id = $1', [id]);
  await database.sql(
    `insert into activity_report_text (report_id, version, narrative, narrative_en, stated_on)
     values ($1, 2, 'Une année de travail.', 'A year of work.', '2026-03-02')`,
    [id],
  );
  await database.sql(
    `update activity_report_text set narrative_en = 'An attempt.' where report_id = $1 and version = 1`,
    [id],
  );
  await database.sql(`update district set switched_on_on = '2024-09-02' where id = $1`, [districtId]);
  await database.sql(
    `insert into activity_report_signature (report_id, text_version, worker_id, district_id, signed_on) values ($1, 2, $2, $3, '2026-03-03')`,
    [id, signer.workerId, districtId],
  );
}

/** Two workers who are nobody's standpoint. */
async function openSigners(database: TestDatabase): Promise<readonly [string, string]> {
  const ids = ['Claude', 'Dominique'].map((name) => [randomUUID(), name] as const);
  for (const [id, name] of ids)
    await database.sql(
      `insert into worker (id, issuer, subject, given_name, family_name) values ($1, 'https://directory.example', lower($2), $2, 'Signataire')`,
      [id, name],
    );
  return [ids[0]?.[0] ?? '', ids[1]?.[0] ?? ''];
}

/** Two years that are frozen: of the one nobody has said anything, of the other everything is said. What was, is undone. */
export async function yearsToReport(
  database: TestDatabase,
  [narrativeYear, publishYear]: readonly [number, number],
  proposingDistrict: string,
  indicatorId: string,
): Promise<Pick<Targets, 'narrativeYear' | 'publishYear'>> {
  const years = `(${narrativeYear}, ${publishYear})`;
  await database.sql(
    `set session_replication_role = replica;
     delete from activity_report_signature where report_id in (select id from activity_report where year in ${years});
     delete from activity_report_text where report_id in (select id from activity_report where year in ${years});
     delete from activity_report_table where report_id in (select id from activity_report where year in ${years});
     delete from activity_report where year in ${years};
     set session_replication_role = origin`,
  );
  const district = proposingDistrict === '' ? null : proposingDistrict;
  for (const year of [narrativeYear, publishYear])
    await database.sql(
      `with frozen as (insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
         values ($1::text, make_date($1::text::integer, 1, 1), make_date($1::text::integer + 1, 1, 1), make_date($1::text::integer + 1, 2, 10), 1, '\\x00')
         on conflict do nothing returning id)
       insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells)
         select id, $2, $3, '{MISSION}', '{7,null}' from frozen`,
      [String(year), indicatorId, district],
    );
  const signers = await database.sql<Signer>(
    `select w.id as "workerId", d.id as "districtId" from (select id, row_number() over (order by subject) as nth from worker
       where family_name = 'Signataire') w
     join (select id, row_number() over (order by id) as nth from district) d using (nth)`,
  );
  await draftReport(database, { districtId: district, year: publishYear }, signers);
  return { narrativeYear: String(narrativeYear), publishYear: String(publishYear) };
}
