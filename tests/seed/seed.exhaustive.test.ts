import { afterAll, beforeAll, describe } from '@jest/globals';
import { likeOnOtherDays, OTHER_DAYS, onMaintenance, type Seeded, seedAfresh } from './seed-afresh.js';

const NAME = 'seed_at_length';
let one: Seeded;

beforeAll(async () => {
  one = await seedAfresh(NAME);
});
afterAll(async () => {
  await one?.db.end();
  await onMaintenance(`drop database if exists ${NAME} with (force)`);
});

describe('the run', () => likeOnOtherDays(OTHER_DAYS, () => one));
