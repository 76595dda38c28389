import type pg from 'pg';
import { halfDaysAfter, type Range, type WaitChange } from '../statistics/what-if.js';
import { inWorkshop } from '../workshop/workshop.js';

interface AskedRow {
  readonly id: string;
  readonly weeks: readonly (number | null)[];
  readonly half_days_now: number;
  readonly posts_now: number;
  readonly more_half_days: number;
  readonly more_posts: number;
  readonly more_asks_percent: number;
}

const AS_NOW = { hours: 1, asks: 1 } as const;

function changeOf(asked: AskedRow): WaitChange {
  const means = {
    halfDaysNow: asked.half_days_now,
    postsNow: asked.posts_now,
    moreHalfDays: asked.more_half_days,
    morePosts: asked.more_posts,
  };
  return { hours: halfDaysAfter(means) / means.halfDaysNow, asks: 1 + asked.more_asks_percent / 100 };
}

const three = ({ middle, low, high }: Range): readonly number[] => [middle, low, high];

/**
 * Works out every simulation that was asked for, the oldest first, each in a transaction of its own. The workshop works it out, which takes
 * most of a second: other jobs go on meanwhile.
 * @returns how many were worked out
 */
export async function simulateWaits(pool: pg.Pool): Promise<number> {
  for (let done = 0; ; done += 1) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<AskedRow>('select * from next_wait_simulation()');
      const [asked] = rows;
      if (asked !== undefined) {
        const [now, then] = await inWorkshop('waits', asked.weeks, [AS_NOW, changeOf(asked)]);
        if (now === undefined || then === undefined) throw new Error('a simulation has no forecast');
        await client.query('select answer_wait_simulation($1, $2, $3, $4, $5)', [
          asked.id,
          three(now.load),
          three(now.days),
          three(then.load),
          three(then.days),
        ]);
      }
      await client.query('commit');
      client.release();
      if (asked === undefined) return done;
    } catch (error) {
      // The open transaction ends with its connection.
      client.release(true);
      throw error;
    }
  }
}
