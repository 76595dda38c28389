import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { runJobs } from '../../src/jobs/run.js';
import { createLogger } from '../../src/log/logger.js';
import { until } from '../support/until.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';
import { raiseStage, type Stage, type Team } from './scene.js';

/** The job measures each day and each month once, however often it runs and whenever it is killed. */
let stage: Stage;
let team: Team;
beforeAll(async () => {
  stage = await raiseStage();
  team = await stage.district(3);
});
afterAll(() => stage.close());

/** How many rows a measuring at this time writes, by the clock on the wall; it is undone. */
async function measuredAt(time: string): Promise<number> {
  const client = new pg.Client({ connectionString: stage.database.url });
  await client.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query(
      `select measure_waiting_days_at($1::timestamp at time zone 'Europe/Paris') as written`,
      [time],
    );
    await client.query('rollback');
    return rows[0].written;
  } finally {
    await client.end();
  }
}

async function months(): Promise<string[]> {
  const rows = await stage.database.sql<{ month: string }>(
    'select month::text as month from waiting_month where district_id = $1 order by 1',
    [team.id],
  );
  return rows.map(({ month }) => month.slice(0, 7));
}

/** The months of the last twelve that ended ten days ago. */
function due(): string[] {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
  const [year = 0, month = 0, dayOfMonth = 0] = today.split('-').map(Number);
  return Array.from({ length: 12 }, (_, nth) => new Date(Date.UTC(year, month - 13 + nth, 1)))
    .map((first) => first.toISOString().slice(0, 7))
    .slice(0, dayOfMonth < 10 ? -1 : 12);
}

describe('a day', () => {
  // A Tuesday each, on either side of the clock change.
  test.each(['2025-01-14', '2025-07-15'])(
    'is measured between six and eight in the morning in Paris: %s',
    async (day) => {
      expect(await measuredAt(`${day} 05:59:59`)).toBe(0);
      expect(await measuredAt(`${day} 06:00`)).toBe(3);
      expect(await measuredAt(`${day} 07:59:59`)).toBe(3);
      expect(await measuredAt(`${day} 08:00`)).toBe(0);
    },
  );

  test('on which the district is closed is not, nor one before it was switched on', async () => {
    expect(await measuredAt('2025-07-12 06:00')).toBe(0);
    expect(await measuredAt('2025-07-14 06:00')).toBe(0);
    expect(await measuredAt('2024-12-17 06:00')).toBe(0);
  });

  test('is measured once: what stood at the first time stays', async () => {
    const first = await team.thirdNext('2025-07-15');
    await stage.database.sql(
      `insert into appointment_type (code, label_fr, label_en, public_label_fr, public_label_en, duration_minutes, modes, bookable_by)
       values ('LATER', 'x', 'x', 'Entretien', 'Meeting', 30, '{ON_SITE}', '{BOOKING_CLIENT}')`,
    );
    const again = await stage.database.sql<{ written: number }>(
      `select measure_waiting_day($1, '2025-07-15') as written`,
      [team.id],
    );
    expect(again).toEqual([{ written: 1 }]);
    expect(await team.thirdNext('2025-07-15')).toEqual(first);
  });
});

describe('months', () => {
  test('that are due are frozen, those of a year that were missed too; killed halfway, none is half there', async () => {
    const killed = new pg.Client({ connectionString: stage.database.urlAs('cosmos_jobs') });
    killed.on('error', () => undefined);
    await killed.connect();
    await killed.query('begin');
    await killed.query('select measure_waiting_days(), freeze_next_waiting_month()');
    const { rows } = await killed.query('select pg_backend_pid() as pid');
    await stage.database.sql('select pg_terminate_backend($1)', [rows[0].pid]);
    await expect(killed.query('commit')).rejects.toThrow();
    expect(await months()).toEqual([]);

    await stage.measure();
    expect(await months()).toEqual(due());
  });

  test('are frozen once, by however many at once', async () => {
    const other = await stage.district(3);
    await Promise.all([stage.measure(), stage.measure(), stage.measure()]);
    const [{ count } = { count: 0 }] = await stage.database.sql<{ count: number }>(
      'select count(*)::integer as count from waiting_month where district_id = $1',
      [other.id],
    );
    expect(count).toBe(due().length);
    await stage.measure();
    expect(await months()).toEqual(due());
  });

  test('begin with the first after the district was switched on', async () => {
    const young = await stage.district(3);
    const [, second = '', third = ''] = due();
    await stage.database.sql('update district set switched_on_on = $2::date where id = $1', [
      young.id,
      `${second}-02`,
    ]);
    await stage.measure();
    const rows = await stage.database.sql<{ month: string }>(
      'select min(month)::text as month from waiting_month where district_id = $1',
      [young.id],
    );
    expect(rows).toEqual([{ month: `${third}-01` }]);
  });

  test('are the jobs’ to measure, and neither day nor month theirs to choose, to read or to write', async () => {
    for (const sql of [
      `select measure_waiting_day('${team.id}', current_date)`,
      'select measure_waiting_days_at(now())',
      `select freeze_waiting_month('${team.id}', '2025-06-01')`,
      'select from waiting_month',
      'select from waiting_day',
    ])
      await expect(stage.jobs.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});

test('the jobs’ process does it, as its queue says', async () => {
  const late = await stage.district(3);
  const jobs = await runJobs({
    url: stage.database.urlAs('cosmos_jobs'),
    logger: createLogger('silent'),
    senders: [],
    statisticsSecret: TEST_VAULT_KEY,
  });
  try {
    await stage.database.sql(`select graphile_worker.add_job('measure-waiting-time')`);
    await until('every month that is due', async () => {
      const rows = await stage.database.sql('select from waiting_month where district_id = $1', [late.id]);
      return rows.length === due().length;
    });
  } finally {
    await jobs.close();
  }
});
