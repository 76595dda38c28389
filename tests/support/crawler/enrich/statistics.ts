import { dayAfter, mondayOf } from '../../days.js';
import { WORKED_OUT } from '../../statistics.js';
import { idOf } from '../md5.js';
import { at, type Enriching, HOUR, inTurn } from './enriching.js';

/** The indicators on which the teams have said what they think. On a fourth one, all teams are still to be asked. */
const SPOKEN_OF = ['AGREED_1', 'AGREED_2', 'AGREED_3'] as const;
/** The districts that have asked about their wait, and who asked. */
const ASKERS = [
  ['sevran', 'worker.sevran'],
  ['gagny', 'worker.gagny'],
  ['saint-ouen', 'agent-12'],
] as const;

/** The third next available appointment of enough weeks of the last two years for the mean of each. */
export async function addWaitingWeeks({ sql, now }: Enriching): Promise<void> {
  await sql(
    `insert into waiting_week (district_id, type_code, week, days)
     select d.id, t.code, date_trunc('week', make_date(y.year, 1, 15)::timestamp)::date + 7 * nth, nth % 9 from district d, appointment_type t,
       (values ($1::integer), ($1::integer + 1)) y (year), generate_series(0, 23) nth
     where 'BOOKING_CLIENT' = any (t.bookable_by) on conflict do nothing`,
    [now.year],
  );
}

/** Indicators at each step: one that was retired, some that are proposed, and some on which the teams are asked. */
export async function addIndicators(county: Enriching): Promise<void> {
  await addIndicatorsAtEachStep(county);
  await addVoices(county);
  await addObservations(county);
}

async function addIndicatorsAtEachStep({ make, now, district }: Enriching): Promise<void> {
  const steps = [
    { status: 'RETIRED', code: 'OLD', numbers: [1] },
    { status: 'PROPOSED', code: 'NEW', numbers: [1, 2, 3, 4] },
    { status: 'CONSULTED', code: 'AGREED', numbers: [1, 2, 3, 4] },
  ] as const;
  await Promise.all(
    steps.flatMap(({ status, code, numbers }) =>
      numbers.map((nth) =>
        make.indicator({
          id: idOf(`indicator ${status}${nth}`),
          code: `${code}_${nth}`,
          dimensions: ['MISSION'],
          // A team has five open proposals at most.
          proposedInId: status === 'CONSULTED' ? null : district('gagny'),
          proposedOn: dayAfter(now.today, -40),
          confirmedOn: status === 'PROPOSED' && nth > 2 ? null : dayAfter(now.today, -39),
          status,
          consultedFrom: status === 'PROPOSED' ? null : dayAfter(now.todayInParis, -5),
          consultedUntil: status === 'PROPOSED' ? null : dayAfter(now.todayInParis, 20),
          adoptedOn: status === 'RETIRED' ? dayAfter(now.today, -3) : null,
          givenBy: status === 'RETIRED' ? 'DISTRICT' : null,
          retiredOn: status === 'RETIRED' ? dayAfter(now.today, -1) : null,
        }),
      ),
    ),
  );
}

/** The voices of two workers of each team, who are against an indicator first, and then for it. The first worker is named. */
async function addVoices({ sql, make, now }: Enriching): Promise<void> {
  const members = await sql<{
    indicatorId: string;
    code: string;
    districtId: string;
    workerId: string;
    isNamed: boolean;
  }>(
    `select i.id as "indicatorId", i.code, m.district_id as "districtId", m.worker_id as "workerId", m.nth = 1 as "isNamed"
     from indicator i cross join (select district_id, worker_id, row_number() over (partition by district_id order by worker_id) as nth
       from (select distinct on (worker_id) worker_id, district_id from membership
         where role = 'SOCIAL_WORKER' and ends_at is null order by worker_id, district_id) one) m
     where m.nth <= 2 and i.code = any ($1) order by i.id, m.worker_id`,
    [SPOKEN_OF],
  );
  await Promise.all(
    members.map(({ code, ...speaker }) =>
      make.indicatorSpeaker({ ...speaker, id: idOf(`speaker ${code}${speaker.workerId}`) }),
    ),
  );
  const speakers = await sql<{
    speakerId: string;
    indicatorId: string;
    districtId: string;
    isNamed: boolean;
  }>(
    `select s.id as "speakerId", s.indicator_id as "indicatorId", s.district_id as "districtId", s.is_named as "isNamed"
     from indicator_speaker s join indicator i on i.id = s.indicator_id where i.code = any ($1) order by s.id`,
    [SPOKEN_OF],
  );
  await Promise.all(
    speakers.flatMap(({ isNamed, ...speaker }) =>
      (['AGAINST', 'FOR'] as const).map((position, before) =>
        make.indicatorVoice({
          ...speaker,
          version: before + 1,
          position,
          words: 'Une personne craint des comparaisons.',
          statedOn: now.todayInParis,
          confirmedOn: isNamed ? now.todayInParis : null,
        }),
      ),
    ),
  );
}

async function addObservations({ make, now, district }: Enriching): Promise<void> {
  await Promise.all(
    ['sevran', 'gagny', 'saint-ouen'].flatMap((slug) =>
      [1, 2, 3].map((nth) =>
        make.indicatorObservation({
          id: idOf(`observation ${slug}${nth}`),
          code: inTurn(nth - 1, ['APPOINTMENTS', 'VISITS', 'OPEN_CASES']),
          districtId: district(slug),
          year: now.year + 1,
          body: 'Un guichet voisin a fermé.',
          statedOn: dayAfter(now.today, -nth),
          confirmedOn: nth === 1 ? null : now.today,
        }),
      ),
    ),
  );
}

/** What teams have asked about their wait: not worked out, worked out, and worked out as well. */
export async function addSimulations({ make, now, district, worker }: Enriching): Promise<void> {
  await Promise.all(
    ASKERS.flatMap(([slug, subject]) =>
      [1, 2, 3].map((nth) =>
        make.waitSimulation({
          id: idOf(`simulation ${slug}${nth}`),
          districtId: district(slug),
          askedById: worker(subject),
          askedAt: at(now.midnight - nth * HOUR),
          foreseenFrom: mondayOf(now.today),
          moreHalfDays: nth,
          ...(nth === 1 ? {} : WORKED_OUT),
        }),
      ),
    ),
  );
}

/** The figures of the year before last are those of the last year: so the report of each district can be published. */
export async function addSnapshot({ sql, make, now: { year } }: Enriching): Promise<void> {
  const frozen = await sql('select from snapshot where period = $1', [String(year)]);
  if (frozen.length === 0)
    await make.snapshot({
      id: idOf(`snapshot ${year}`),
      period: String(year),
      startsOn: `${year}-01-01`,
      endsOn: `${year + 1}-01-01`,
      frozenOn: `${year + 1}-02-10`,
      methodVersion: 1,
      secretMark: new Uint8Array(),
    });
  // Two statements copy the figures of a whole year, so that the long arrays stay inside the database.
  const years = [String(year), String(year + 1)];
  await sql(
    `insert into snapshot_dimension (snapshot_id, code, label_fr, label_en, categories, categories_fr, categories_en)
     select n.id, d.code, d.label_fr, d.label_en, d.categories, d.categories_fr, d.categories_en
     from snapshot n join snapshot s on s.period = $2 join snapshot_dimension d on d.snapshot_id = s.id
     where n.period = $1 on conflict do nothing`,
    years,
  );
  await sql(
    `insert into snapshot_table (id, snapshot_id, indicator_id, district_id, dimensions, cells, bases)
     select md5('table ' || t.id)::uuid, n.id, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases
     from snapshot n join snapshot s on s.period = $2 join snapshot_table t on t.snapshot_id = s.id
     where n.period = $1 on conflict do nothing`,
    years,
  );
}
