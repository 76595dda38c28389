import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Turns } from '../../src/database/turns.js';
import { UnavailableError } from '../../src/errors.js';

const OUTAGE = new Error('gone');
const CUT = new Error('cut');

function queue(places: number, patienceMs: number): Turns {
  return new Turns(
    places,
    patienceMs,
    (error) => error === OUTAGE || error === CUT,
    (error) => error === CUT,
  );
}

/** Time passes as it is told to, and by nothing else. */
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});
const passes = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function failing(afterMs: number, error = OUTAGE): Promise<never> {
  await sleep(afterMs);
  throw error;
}

describe('a queue for one place', () => {
  test('is first come, first served', async () => {
    const turns = queue(1, 5_000);
    const served: number[] = [];
    const work = (index: number) => async () => {
      await sleep(5);
      served.push(index);
    };
    const all = Promise.all([0, 1, 2, 3].map((index) => turns.take(work(index))));
    await passes(20);
    await all;
    expect(served).toEqual([0, 1, 2, 3]);
  });

  test('passes over whom nobody waits for any more', async () => {
    const turns = queue(1, 5_000);
    const begun: string[] = [];
    const work = (name: string) => async () => {
      begun.push(name);
      await sleep(5);
    };
    let isThere = true;
    const first = turns.take(work('first'));
    const gone = turns.take(work('gone'), () => isThere);
    const last = turns.take(work('last'));
    isThere = false;
    const all = Promise.all([first, last, expect(gone).rejects.toMatchObject({ what: 'client' })]);
    await passes(10);
    await all;
    expect(begun).toEqual(['first', 'last']);
  });

  test('passes on the place of one whom a lost connection has ended', async () => {
    const turns = queue(1, 5_000);
    const first = turns.take(() => failing(200));
    const second = turns.take(async () => 'served');
    const failed = expect(first).rejects.toBe(OUTAGE);
    await passes(200);
    await failed;
    expect(await second).toBe('served');
  });

  test('tells those who wait as soon as a timeout has kept the place: they are not kept as long again', async () => {
    const turns = queue(1, 60_000);
    let asked = 0;
    const first = turns.take(() => failing(1_200));
    const others = [1, 2, 3].map(() =>
      turns.take(async () => {
        asked += 1;
      }),
    );
    const failed = expect(first).rejects.toBe(OUTAGE);
    const told = others.map((other) => expect(other).rejects.toBeInstanceOf(UnavailableError));
    await passes(1_200);
    await Promise.all([failed, ...told]);
    expect(asked).toBe(0);
    expect(await turns.take(async () => 'served')).toBe('served');
  });

  test('sends nobody away when a long turn is cut off while others are answered: a slow machine is no outage', async () => {
    const turns = queue(2, 5_000);
    const cutOff = turns.take(() => failing(1_200));
    const failed = expect(cutOff).rejects.toBe(OUTAGE);
    // The other place answers one after the other, each after a while.
    const slow = [1, 2, 3, 4].map(() => turns.take(() => sleep(400)));
    const last = turns.take(async () => 'served');
    await passes(1_200);
    await failed;
    await passes(1_000);
    await Promise.all(slow);
    expect(await last).toBe('served');
  });

  test('tells those who wait when nobody is answered for too long', async () => {
    const turns = queue(1, 300);
    let end = (): void => undefined;
    const first = turns.take(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    let isTold = false;
    const told = turns
      .take(async () => 'served')
      .finally(() => {
        isTold = true;
      });
    const refused = expect(told).rejects.toBeInstanceOf(UnavailableError);
    await passes(299);
    expect(isTold).toBe(false);
    await passes(1);
    await refused;
    end();
    await first;
    expect(await turns.take(async () => 'served')).toBe('served');
  });
});

describe('that a database hangs', () => {
  test('is known once a turn has timed out, for five seconds, or until one is answered', async () => {
    const turns = queue(3, 5_000);
    await passes(2_000);
    expect(turns.isOut).toBe(false);
    const timedOut = turns.take(() => failing(1_800)).catch(() => undefined);
    await passes(1_800);
    await timedOut;
    expect(turns.isOut).toBe(true);
    // Longer than the next request takes to time out.
    await passes(4_999);
    expect(turns.isOut).toBe(true);
    await passes(1);
    expect(turns.isOut).toBe(false);
    const again = turns.take(() => failing(1_800)).catch(() => undefined);
    await passes(1_800);
    await again;
    expect(turns.isOut).toBe(true);
    await turns.take(async () => undefined);
    expect(turns.isOut).toBe(false);
    // Nor when that was a while ago.
    await passes(1_500);
    expect(turns.isOut).toBe(false);
  });

  test('is known as soon as someone has waited in vain: who would follow them has no time left for a timeout', async () => {
    const turns = queue(1, 1_400);
    await passes(2_000);
    const hangs = turns.take(() => failing(1_500)).catch(() => undefined);
    const inVain = expect(turns.take(async () => 'served')).rejects.toBeInstanceOf(UnavailableError);
    await passes(1_300);
    expect(turns.isOut).toBe(false);
    await passes(100);
    await inVain;
    expect(turns.isOut).toBe(true);
    await passes(100);
    await hangs;
    await turns.take(async () => undefined);
    expect(turns.isOut).toBe(false);
  });

  test('is not known of a connection that is cut, nor while others are answered', async () => {
    const turns = queue(3, 5_000);
    await passes(2_000);
    const cut = turns.take(() => failing(20)).catch(() => undefined);
    await passes(20);
    await cut;
    expect(turns.isOut).toBe(false);
    // On a slow machine the connection of a long turn is cut: who waits for that place is served.
    const cutLate = turns.take(() => failing(1_800, CUT)).catch(() => undefined);
    await passes(1_800);
    await cutLate;
    expect(turns.isOut).toBe(false);
    const slow = turns.take(() => failing(1_800)).catch(() => undefined);
    await passes(1_500);
    await turns.take(async () => undefined);
    await passes(300);
    await slow;
    expect(turns.isOut).toBe(false);
  });
});
