import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startTestApp } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** A login makes a limited number of requests without a name within an hour. */
const PAPERS = 3;

let stage: Stage;
let scene: Scene;

beforeAll(async () => {
  stage = await raiseStage({ papersPerHour: PAPERS });
});
beforeEach(async () => {
  scene = await stage.scene();
});
afterAll(() => stage.close());

const SPENT = 'RATE_LIMITED input.personId';

test('papers beyond the number are refused, and the answer says when to ask again', async () => {
  for (let nth = 0; nth < PAPERS; nth += 1) await scene.waits({ personId: null });
  const refused = await scene.ask({ personId: null });
  expect(faultOf(refused)).toBe(SPENT);
  expect(refused.errors[0]?.extensions['retryAfter']).toBeGreaterThan(3_500);
  // Those who give a name are asked for as before. So are the papers of another login.
  expect(faultOf(await scene.ask({ personId: (await scene.person()).id }))).toBe('none');
  await scene.worker('alice');
  expect(faultOf(await scene.ask({ personId: null }, await scene.as('alice')))).toBe('none');
});

test('papers of more than an hour ago count no more, nor do refused ones', async () => {
  for (let nth = 0; nth < PAPERS; nth += 1) await scene.waits({ personId: null });
  expect(faultOf(await scene.ask({ personId: null }))).toBe(SPENT);
  await scene.sql(
    `update access_log set occurred_at = occurred_at - interval '1 hour' where action = 'REQUEST_APPOINTMENT'`,
  );
  expect(faultOf(await scene.ask({ personId: null, phone: '06 39 98 00 01' }))).toBe(
    'INVALID_INPUT input.contact',
  );
  for (let nth = 0; nth < PAPERS; nth += 1) await scene.waits({ personId: null });
});

test('papers that are asked for at once, through two processes, are counted one after the other', async () => {
  const second = await startTestApp(stage.database, { papersPerHour: PAPERS });
  try {
    const there = await second.as(`desk.${scene.name}`);
    const faults = await Promise.all(
      Array.from({ length: 12 }, async (_, nth) =>
        faultOf(await scene.ask({ personId: null }, nth % 2 === 0 ? scene.desk : there)),
      ),
    );
    expect(faults.sort()).toEqual([...Array(12 - PAPERS).fill(SPENT), ...Array(PAPERS).fill('none')]);
  } finally {
    await second.close();
  }
});
