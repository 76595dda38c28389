import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { runJobs } from '../../../src/jobs/run.js';
import { createLogger } from '../../../src/log/logger.js';
import { TEST_LOGIN_SECRET } from '../../support/login.js';
import { until } from '../../support/until.js';
import { TEST_VAULT_KEY } from '../../support/vault-key.js';
import { raiseStage, type Stage, type Team } from './scene.js';

/** The job measures each day once, however often it runs. */
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
    await stage.make.appointmentType({
      code: 'LATER',
      labelFr: 'x',
      labelEn: 'x',
      publicLabelFr: 'Entretien',
      publicLabelEn: 'Meeting',
      durationMinutes: 30,
      modes: ['ON_SITE'],
      bookableBy: ['BOOKING_CLIENT'],
    });
    const again = await stage.database.sql<{ written: number }>(
      `select measure_waiting_day($1, '2025-07-15') as written`,
      [team.id],
    );
    expect(again).toEqual([{ written: 1 }]);
    expect(await team.thirdNext('2025-07-15')).toEqual(first);
  });
});

test('days are the jobs’ to measure and weeks theirs to close, and none of them is theirs to choose, to read or to write', async () => {
  for (const sql of [
    `select measure_waiting_day('${team.id}', current_date)`,
    'select measure_waiting_days_at(now())',
    'select close_waiting_weeks_at(now())',
    'select from waiting_day',
    'select from waiting_week',
  ])
    await expect(stage.jobs.query(sql)).rejects.toMatchObject({ code: '42501' });
});

test('the jobs’ process does it, as its queue says', async () => {
  const jobs = await runJobs({
    url: stage.database.urlAs('cosmos_jobs'),
    loginSecret: TEST_LOGIN_SECRET,
    logger: createLogger('silent'),
    senders: [],
    statisticsSecret: TEST_VAULT_KEY,
  });
  try {
    await stage.database.sql(
      `select graphile_worker.add_job(task) from unnest(array['measure-waiting-time', 'close-waiting-weeks']) task`,
    );
    await until('the task is done', async () => {
      const [left] = await stage.database.sql<{ n: string }>(
        `select count(*) as n from graphile_worker.jobs where task_identifier in ('measure-waiting-time', 'close-waiting-weeks')`,
      );
      return left?.n === '0';
    });
  } finally {
    await jobs.close();
  }
});
