import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { UnavailableError } from '../../src/errors.js';
import { type Caller, type CallerKind, SHARES, type Share, type Shares } from '../../src/http/caller.js';
import { CallerTurns } from '../../src/http/caller-turns.js';
import { LATELY_LIMITS, Lately } from '../../src/http/lately.js';
import { SharedReads } from '../../src/http/live/shared-reads.js';
import { Strangers } from '../../src/http/live/strangers.js';
import { until } from '../support/until.js';

/** Two turns of the event loop: a turn that is given away begins in the first. */
const settle = async (): Promise<void> => {
  for (let nth = 0; nth < 2; nth += 1) await new Promise(setImmediate);
};

function turnsOf(kind: CallerKind, share: Share, lately?: Lately): CallerTurns {
  const shares: Shares = { ...SHARES, [kind]: share };
  return new CallerTurns(shares, () => false, lately);
}

/** Work that goes on until it is told to end, and says that it has begun. */
class Bench {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, () => void>();

  constructor(readonly turns: CallerTurns) {}

  ask(caller: Caller, name: string, isWaitedFor?: () => boolean): Promise<void> {
    return this.turns.take(
      caller,
      () =>
        new Promise((end) => {
          this.begun.push(name);
          this.#ends.set(name, () => end());
        }),
      isWaitedFor,
    );
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.();
    await settle();
  }
}

const login = (share: string): Caller => ({ kind: 'LOGIN', share, member: '' });
const nobody = (member: string): Caller => ({ kind: 'ANONYMOUS', share: '', member });

describe('when the database answers nobody', () => {
  test('all who wait are told once one of them has learned it; another login asks for itself', async () => {
    let out = false;
    const turns = new CallerTurns(SHARES, () => out);
    const bench = new Bench(turns);
    const alice = Array.from({ length: 100 }, (_, nth) => bench.ask(login('alice'), `a${nth}`));
    void bench.ask(login('bruno'), 'b1');
    await settle();
    expect(bench.begun).toEqual(['a0', 'a1', 'a2', 'b1']);
    out = true;
    await bench.end('a1');
    const told = await Promise.allSettled(alice.slice(3));
    expect(told.map((one) => one.status === 'rejected' && one.reason instanceof UnavailableError)).toEqual(
      told.map(() => true),
    );
    expect(bench.begun).toEqual(['a0', 'a1', 'a2', 'b1']);
    out = false;
    void bench.ask(login('alice'), 'again');
    await settle();
    expect(bench.begun).toContain('again');
  });
});

describe('one caller who asks without end', () => {
  test('waits for their own turns, and another login does not', async () => {
    const bench = new Bench(turnsOf('LOGIN', { inFlight: 2, inFlightOfOne: 2, waiting: 9, waitingOfOne: 9 }));
    for (const name of ['a1', 'a2', 'a3', 'a4']) void bench.ask(login('alice'), name);
    void bench.ask(login('bruno'), 'b1');
    await settle();
    expect(bench.begun).toEqual(['a1', 'a2', 'b1']);
    await bench.end('b1');
    expect(bench.begun).toEqual(['a1', 'a2', 'b1']);
    await bench.end('a2');
    expect(bench.begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  test('takes turns with the other addresses of one share: the next is who has used least', async () => {
    const share = { inFlight: 2, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 };
    const bench = new Bench(turnsOf('ANONYMOUS', share));
    for (const name of ['a1', 'a2', 'a3']) void bench.ask(nobody('192.0.2.1'), name);
    for (const name of ['b1', 'b2']) void bench.ask(nobody('192.0.2.2'), name);
    void bench.ask(nobody('192.0.2.3'), 'c1');
    await settle();
    expect(bench.begun).toEqual(['a1', 'b1']);
    await sleep(20);
    await bench.end('a1');
    expect(bench.begun).toEqual(['a1', 'b1', 'c1']);
    await sleep(20);
    await bench.end('b1');
    // The second address has used twice as much as the first.
    expect(bench.begun).toEqual(['a1', 'b1', 'c1', 'a2']);
  });

  test('whose work takes long leaves the last turn of a share to who has used little', async () => {
    const share = { inFlight: 2, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 };
    // A clock that stands still: nothing is forgotten, however busy the machine is.
    const bench = new Bench(
      turnsOf('ANONYMOUS', share, new Lately({ ...LATELY_LIMITS, heavyMs: 10 }, () => 0)),
    );
    for (const name of ['a1', 'a2']) void bench.ask(nobody('192.0.2.1'), name);
    for (const name of ['b1', 'b2']) void bench.ask(nobody('192.0.2.2'), name);
    await sleep(50);
    await Promise.all([bench.end('a1'), bench.end('b1')]);
    expect(bench.begun.slice(2)).toHaveLength(1);
    void bench.ask(nobody('192.0.2.3'), 'c1');
    await settle();
    expect(bench.begun.slice(3)).toEqual(['c1']);
  });

  test('to whom something was refused rests four times as long as it took; another caller does not', async () => {
    const bench = new Bench(turnsOf('LOGIN', { inFlight: 1, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 }));
    for (const name of ['a1', 'a2']) void bench.ask(login('alice'), name);
    await settle();
    bench.turns.countRefusal(login('alice'), 20);
    const since = performance.now();
    await bench.end('a1');
    void bench.ask(login('bruno'), 'b1');
    await settle();
    expect(bench.begun).toEqual(['a1', 'b1']);
    await until('the caller to have rested', async () => bench.begun.includes('a2') || undefined);
    expect(performance.now() - since).toBeGreaterThanOrEqual(79);
  });

  test('is served in the end, at whatever moment the rest ends', async () => {
    const share = { inFlight: 1, inFlightOfOne: 1, waiting: 99, waitingOfOne: 99 };
    // A clock that goes on each time that somebody looks at it: a rest also ends between two looks.
    let now = 0;
    const clock = (): number => {
      now += 0.25;
      return now;
    };
    const turns = turnsOf('LOGIN', share, new Lately(LATELY_LIMITS, clock));
    let served = 0;
    for (let nth = 0; nth < 60; nth += 1)
      void turns.take(login('alice'), async () => {
        turns.countRefusal(login('alice'), nth / 50);
        served += 1;
      });
    await until('all of them to be served', async () => served === 60 || undefined);
  });

  test('is not served again before other sockets were read', async () => {
    const turns = turnsOf('LOGIN', { inFlight: 1, inFlightOfOne: 1, waiting: 99, waitingOfOne: 99 });
    const order: string[] = [];
    const refused = Array.from({ length: 3 }, (_, nth) =>
      turns.take(login('alice'), async () => void order.push(`a${nth}`)),
    );
    setImmediate(() => order.push('another socket'));
    await Promise.all(refused);
    expect(order).toEqual(['a0', 'another socket', 'a1', 'a2']);
  });

  test('who has gone is passed over, and keeps nobody', async () => {
    const share = { inFlight: 1, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 };
    const bench = new Bench(turnsOf('LOGIN', share));
    void bench.ask(login('alice'), 'a1');
    const gone = bench.ask(login('alice'), 'a2', () => false);
    void bench.ask(login('alice'), 'a3');
    await settle();
    const refused = expect(gone).rejects.toEqual(new UnavailableError('client'));
    await bench.end('a1');
    await refused;
    expect(bench.begun).toEqual(['a1', 'a3']);
  });

  test('a turn that has ended is not ended again', async () => {
    const turns = turnsOf('LOGIN', { inFlight: 1, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 });
    const leave = await turns.enter(login('alice'));
    leave();
    leave();
    const again = await turns.enter(login('alice'));
    const bench = new Bench(turns);
    void bench.ask(login('alice'), 'a1');
    await settle();
    expect(bench.begun).toEqual([]);
    again();
    await settle();
    expect(bench.begun).toEqual(['a1']);
  });

  describe('asks for more than may wait', () => {
    beforeEach(() => {
      jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    test('and is told so, and when to ask again, after a second', async () => {
      const bench = new Bench(
        turnsOf('LOGIN', { inFlight: 1, inFlightOfOne: 1, waiting: 1, waitingOfOne: 1 }),
      );
      void bench.ask(login('alice'), 'a1');
      void bench.ask(login('alice'), 'a2');
      let answer: unknown = 'waits';
      bench.ask(login('alice'), 'a3').catch((error: unknown) => {
        answer = error;
      });
      await jest.advanceTimersByTimeAsync(999);
      expect(answer).toBe('waits');
      await jest.advanceTimersByTimeAsync(1);
      expect(answer).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfter: 1 } });
    });
  });
});

describe('who has shown no token yet', () => {
  const limits = { strangers: 4, strangersOfOne: 3 };

  test('loses no place to another address that opens many', () => {
    const strangers = new Strangers<string>(limits, () => 0);
    strangers.add('honest', '192.0.2.1');
    for (const name of ['x1', 'x2', 'x3']) expect(strangers.add(name, '192.0.2.9')).toBeUndefined();
    expect(strangers.add('other', '192.0.2.2')).toBe('x1');
  });

  test('keeps a place for a second from others of the same address; who has waited longer makes room', () => {
    let now = 0;
    const strangers = new Strangers<string>(limits, () => now);
    for (const name of ['x1', 'x2', 'x3']) strangers.add(name, '192.0.2.9');
    expect(strangers.takesFrom('192.0.2.9')).toBe(false);
    expect(strangers.takesFrom('192.0.2.1')).toBe(true);
    now = 1_001;
    expect(strangers.takesFrom('192.0.2.9')).toBe(true);
    expect(strangers.add('late', '192.0.2.9')).toBe('x1');
  });
});

describe('equal subscriptions', () => {
  test('share a read that has not begun, and none that has', async () => {
    const reads = new SharedReads<number>();
    const begins: (() => void)[] = [];
    const ends: ((told: number) => void)[] = [];
    const ask = (): Promise<number> =>
      reads.read(
        'key',
        () => true,
        (_isWaitedFor, begin) => {
          begins.push(begin);
          return new Promise((end) => ends.push(end));
        },
      );
    const first = ask();
    const second = ask();
    expect(begins).toHaveLength(1);
    begins[0]?.();
    const third = ask();
    expect(begins).toHaveLength(2);
    ends[0]?.(1);
    ends[1]?.(2);
    expect(await Promise.all([first, second, third])).toEqual([1, 1, 2]);
  });

  test('are read for as long as one of them waits', async () => {
    const reads = new SharedReads<boolean>();
    const waiting = [false, true];
    let ask: () => boolean = () => false;
    for (const index of [0, 1])
      void reads.read(
        'key',
        () => waiting[index] === true,
        (isWaitedFor) => {
          ask = isWaitedFor;
          return new Promise(() => undefined);
        },
      );
    expect(ask()).toBe(true);
    waiting[1] = false;
    expect(ask()).toBe(false);
  });
});
