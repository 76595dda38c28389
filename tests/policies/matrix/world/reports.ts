import { DIMENSIONS } from '../../../../src/statistics/dimensions.js';
import type { TestDatabase } from '../../../support/database.js';
import { draftReport, type Signer, saying } from '../../../support/statistics.js';
import { WAITED } from '../crawl.js';
import type { Scene } from './scene.js';
import type { Targets } from './targets.js';

/** Figures of a frozen table. Null is withheld. */
type Figures = readonly (number | null)[];
/** The types of Prisma know no null within an array. */
const figures = (all: Figures): number[] => all as number[];

/** The indicators that a report cites, by their ids. */
export interface Cited {
  readonly openCases: string;
  readonly casesOpened: string;
  readonly notHonoured: string;
  /** What the section on waits has, each with its dimension: it is told whole or not at all. */
  readonly waits: readonly { readonly id: string; readonly by: string | null; readonly code: string }[];
}

/**
 * The draft of a year’s report: the cases by mission, of the year, of the year before and of the county; the cases opened, by months; a rate
 * of three districts. And the simulation that the team shows.
 */
export async function openReport(
  scene: Scene,
  { workerId, districtId }: Signer,
  { openCases, casesOpened, notHonoured, waits }: Cited,
  simulationId: string,
): Promise<void> {
  const { database, make } = scene;
  const table = (
    snapshotId: string,
    indicatorId: string,
    district: string | null,
    dimensions: string[],
    cells: Figures,
    bases?: Figures,
  ): Promise<string> =>
    make.snapshotTable({
      snapshotId,
      indicatorId,
      districtId: district,
      dimensions,
      cells: figures(cells),
      bases: bases && figures(bases),
    });
  const [year, before, may, july] = [
    await freeze(scene, '2025', '2025-01-01', '2026-01-01'),
    await freeze(scene, '2024', '2024-01-01', '2025-01-01'),
    await freeze(scene, '2025-05', '2025-05-01', '2025-06-01'),
    await freeze(scene, '2025-07', '2025-07-01', '2025-08-01'),
  ];
  // A figure that is told and a figure that is withheld, now and a year before, each with its base.
  await table(year, openCases, districtId, ['MISSION'], [21, null], [60, null]);
  await table(year, openCases, null, ['MISSION'], [64, null], [90, null]);
  await table(before, openCases, districtId, ['MISSION'], [19, null], [50, null]);
  await table(year, casesOpened, districtId, [], [31]);
  await table(may, casesOpened, districtId, [], [8]);
  await table(july, casesOpened, districtId, [], [null]);
  for (const { id, by } of waits) await table(year, id, districtId, by === null ? [] : [by], [12]);
  const { period, indicator, by: waited } = WAITED;
  const april = await freeze(scene, period, `${period}-01`, '2025-05-01');
  const { labelFr, labelEn, categories } = DIMENSIONS.WAIT;
  await make.snapshotDimension({
    snapshotId: april,
    code: 'WAIT',
    labelFr,
    labelEn,
    categories: categories.map(({ code }) => code),
    categoriesFr: categories.map((category) => category.labelFr),
    categoriesEn: categories.map((category) => category.labelEn),
  });
  for (const { id } of waits.filter(({ code }) => code === indicator))
    await table(april, id, districtId, waited, [100, 300, 500, 200, 20, 3]);
  // A funnel takes three districts.
  await database.sql(
    `insert into district select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'slug', 'troisieme', 'name', 'Troisième'))).*
     from district d where d.id = $1`,
    [districtId],
  );
  for (const { id } of await database.sql<{ id: string }>('select id from district'))
    await table(year, notHonoured, id, [], [14], [300]);
  const reportId = await draftReport(
    database,
    { districtId, year: 2025, narrative: 'Un essai.', narrativeEn: 'An attempt.' },
    [],
  );
  await database.sql('update activity_report set version = 2 where id = $1', [reportId]);
  await make.activityReportText({
    reportId,
    version: 2,
    text: saying('Une année de travail.', 'A year of work.'),
    statedOn: '2026-03-02',
    simulationId,
  });
  await database.sql(`update district set switched_on_on = '2024-09-02' where id = $1`, [districtId]);
  await make.activityReportSignature({
    reportId,
    textVersion: 2,
    workerId,
    districtId,
    signedOn: '2026-03-03',
  });
}

/** The snapshot of a period, with the categories of a dimension. */
async function freeze({ make }: Scene, period: string, startsOn: string, endsOn: string): Promise<string> {
  const snapshotId = await make.snapshot({
    period,
    startsOn,
    endsOn,
    frozenOn: '2026-02-10',
    methodVersion: 1,
    secretMark: new Uint8Array(1),
  });
  await make.snapshotDimension({
    snapshotId,
    code: 'MISSION',
    labelFr: 'mission',
    labelEn: 'mission',
    categories: ['POLYVALENCE', 'RSA'],
    categoriesFr: ['polyvalence', 'RSA'],
    categoriesEn: ['general', 'minimum income'],
  });
  return snapshotId;
}

/**
 * Two frozen years: nobody has said anything of the first, and the report of the second is drafted and signed. Reports that earlier attempts
 * made of these years are removed.
 */
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
