import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { Turns } from '../../src/database/turns.js';
import { UnavailableError } from '../../src/errors.js';

const OUTAGE = new Error('gone');

function queue(places: number, patienceMs: number): Turns {
  return new Turns(places, patienceMs, (error) => error === OUTAGE);
}

async function failing(afterMs: number): Promise<never> {
  await sleep(afterMs);
  throw OUTAGE;
}

describe('a queue for one place', () => {
  test('is first come, first served', async () => {
    const turns = queue(1, 5_000);
    const served: number[] = [];
    const work = (index: number) => async () => {
      await sleep(5);
      served.push(index);
    };
    await Promise.all([0, 1, 2, 3].map((index) => turns.take(work(index))));
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
    await Promise.all([first, last, expect(gone).rejects.toMatchObject({ what: 'client' })]);
    expect(begun).toEqual(['first', 'last']);
  });

  test('passes on the place of one whom a lost connection has ended', async () => {
    const turns = queue(1, 5_000);
    const first = turns.take(() => failing(200));
    const second = turns.take(async () => 'served');
    await expect(first).rejects.toBe(OUTAGE);
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
    await expect(first).rejects.toBe(OUTAGE);
    for (const other of others) await expect(other).rejects.toBeInstanceOf(UnavailableError);
    expect(asked).toBe(0);
    expect(await turns.take(async () => 'served')).toBe('served');
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
    await expect(turns.take(async () => 'served')).rejects.toBeInstanceOf(UnavailableError);
    end();
    await first;
    expect(await turns.take(async () => 'served')).toBe('served');
  });
});
