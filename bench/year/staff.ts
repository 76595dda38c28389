import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createRandom } from '../../prisma/seed/content/random.js';
import { makeReferenceRows } from '../../prisma/seed/reference-rows.js';
import { insertRows } from '../../prisma/seed/rows.js';

/**
 * The staff: the number of workers, their half-days of receptions a week, their weeks off, and the share of days on which they are ill. A
 * half-day is a morning or an afternoon of three hours.
 */
export const STAFF = { workers: 8, halfDaysAWeek: 3, weeksOff: 6, sickShare: 0.03 } as const;

/** If the lever is on, so many workers keep the last hour and a half of one half-day a week for urgent persons. */
const WITH_URGENT_PLACES = 4;

export interface Staff {
  readonly districtId: string;
  readonly workerIds: readonly string[];
  /** The workers who turn out to be ill, and on which day (midnight in UTC). */
  readonly illOn: readonly { readonly workerId: string; readonly day: string }[];
  /** The public holidays. */
  readonly closedOn: ReadonlySet<string>;
}

/** More half-days of receptions a week, one for each of the first workers, from a Monday on (`YYYY-MM-DD`). */
export interface MoreHalfDays {
  readonly aWeek: number;
  readonly from: string;
}

/** Makes a district with its workers and their hours, from a day until a day; both `YYYY-MM-DD`. */
export async function hireStaff(
  client: pg.Client,
  seed: string,
  from: string,
  until: string,
  withUrgentPlaces: boolean,
  more: MoreHalfDays | null = null,
  sickShareOn: (day: string) => number = () => STAFF.sickShare,
): Promise<Staff> {
  const random = createRandom(`staff ${seed}`);
  const reference = makeReferenceRows();
  await insertRows(client, 'commune', reference.communes);
  await insertRows(client, 'public_holiday', reference.holidays);
  await insertRows(client, 'appointment_type', reference.appointmentTypes);
  const districtId = random.uuid();
  await client.query(
    `insert into district (id, slug, name, address_line, postal_code, commune_code, phone)
      values ($1, 'simulee', 'Simulée', '1 rue de la Mairie', '93270', '93071', '01 99 00 00 00')`,
    [districtId],
  );
  const illOn: { workerId: string; day: string }[] = [];
  const workerIds: string[] = [];
  for (let nth = 0; nth < STAFF.workers; nth += 1) {
    const workerId = random.uuid();
    workerIds.push(workerId);
    await client.query(
      `insert into worker (id, issuer, subject, given_name, family_name, version) values ($1, 'sim', $2, 'Agent', $2, 1)`,
      [workerId, `agent ${nth}`],
    );
    await client.query(
      `insert into membership (id, worker_id, district_id, role, starts_at, version)
        values (gen_random_uuid(), $1, $2, 'SOCIAL_WORKER', '2020-01-01', 1)`,
      [workerId, districtId],
    );
    const week = random.shuffle(
      [1, 2, 3, 4, 5].flatMap((weekday) => [
        { weekday, opens: '09:00' },
        { weekday, opens: '14:00' },
      ]),
    );
    const halfDays = week.slice(0, STAFF.halfDaysAWeek);
    const { rows: weeks } = await client.query<{ monday: string }>(
      `select to_char(w, 'YYYY-MM-DD') as monday from generate_series($1::date, $2::date - 1, interval '7 days') w`,
      [from, until],
    );
    const share = STAFF.weeksOff / 52;
    const off = random.shuffle(weeks.map(({ monday }) => monday)).slice(0, Math.round(weeks.length * share));
    for (const [at, { weekday, opens }] of halfDays.entries()) {
      const parts = partsOf(opens, withUrgentPlaces && at === 0 && nth < WITH_URGENT_PLACES);
      // Each half-day draws once, also if it has two parts. So the kept hours change nothing else of the year.
      const id = random.uuid();
      for (const [place, part] of parts.entries())
        await open(client, place === 0 ? id : createRandom(`part of ${id}`).uuid(), {
          workerId,
          districtId,
          from,
          until,
          weekday,
          off,
          ...part,
        });
    }
    const { rows: days } = await client.query<{ day: string }>(
      `select distinct to_char(starts_at, 'YYYY-MM-DD') as day from availability_occurrence where worker_id = $1 order by 1`,
      [workerId],
    );
    for (const { day } of days) if (random.chance(sickShareOn(day))) illOn.push({ workerId, day });
    const added = week[STAFF.halfDaysAWeek];
    // It draws nothing, and nobody is ill on it: a half-day that is added changes nothing else of the year.
    if (more !== null && nth < more.aWeek && added !== undefined)
      await open(client, randomUUID(), {
        workerId,
        districtId,
        from: more.from,
        until,
        weekday: added.weekday,
        opens: added.opens,
        closes: partsOf(added.opens, false)[0]?.closes ?? '',
        kept: false,
        off,
      });
  }
  const { rows: holidays } = await client.query<{ day: string }>(
    `select to_char(day, 'YYYY-MM-DD') as day from public_holiday`,
  );
  return {
    districtId,
    workerIds,
    illOn,
    closedOn: new Set(holidays.map(({ day }) => day)),
  };
}

interface Opening {
  readonly workerId: string;
  readonly districtId: string;
  readonly from: string;
  readonly until: string;
  readonly weekday: number;
  readonly opens: string;
  readonly closes: string;
  readonly kept: boolean;
  readonly off: readonly string[];
}

/** Returns the hours of a half-day: three hours in one piece, or the last hour and a half apart, as kept hours. */
function partsOf(opens: string, hasKept: boolean): readonly Pick<Opening, 'opens' | 'closes' | 'kept'>[] {
  const at = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const begins = Number(opens.slice(0, 2)) * 60;
  return hasKept
    ? [
        { opens, closes: at(begins + 90), kept: false },
        { opens: at(begins + 90), closes: at(begins + 180), kept: true },
      ]
    : [{ opens, closes: at(begins + 180), kept: false }];
}

async function open(client: pg.Client, id: string, of: Opening): Promise<void> {
  await client.query(
    `insert into availability (id, worker_id, district_id, modes, starts_on, ends_on, opens_at, closes_at, kept_for_urgent)
      values ($1, $2, $3, '{ON_SITE}', $4, $5, $6, $7, $8)`,
    [id, of.workerId, of.districtId, of.from, of.until, of.opens, of.closes, of.kept],
  );
  await client.query(`insert into availability_type values ($1, 'FIRST_RECEPTION'), ($1, 'FOLLOW_UP')`, [id]);
  await client.query(
    `insert into availability_occurrence (availability_id, starts_at, ends_at)
      select $1, (d::date + $2::time) at time zone 'Europe/Paris', (d::date + $7::time) at time zone 'Europe/Paris'
      from generate_series($3::date, $4::date - 1, interval '1 day') d
      where extract(isodow from d) = $5 and not exists (select from public_holiday h where h.day = d::date)
        and not exists (select from unnest($6::date[]) o where d >= o and d < o + 7)`,
    [id, of.opens, of.from, of.until, of.weekday, of.off, of.closes],
  );
}
