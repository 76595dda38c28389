import { beforeEach, expect, test } from '@jest/globals';
import { Lately } from '../../src/http/lately.js';

/** The process remembers what a caller did lately, and forgets it at a steady rate. */
let now = 0;
let lately: Lately;
beforeEach(() => {
  now = 0;
  lately = new Lately({ refusedMs: 1_000, heavyMs: 1_000, rest: 4 }, () => now);
});

test('two hundred small refusals at once are no matter; the next ones are, until they are forgotten', () => {
  for (let nth = 0; nth < 200; nth += 1) lately.addRefusal('a', 0);
  expect(lately.retryAfter('a')).toBeNull();
  for (let nth = 0; nth < 20; nth += 1) lately.addRefusal('a', 0);
  expect(lately.retryAfter('a')).toBe(2);
  expect(lately.retryAfter('b')).toBeNull();
  now += 2_000;
  expect(lately.retryAfter('a')).toBeNull();
});

test('ten refusals a second go on without end', () => {
  for (let nth = 0; nth < 10_000; nth += 1) {
    lately.addRefusal('a', 1);
    now += 100;
  }
  expect(lately.retryAfter('a')).toBeNull();
});

test('a refusal counts the time that it took, and the caller rests four times as long, a second at most', () => {
  lately.addRefusal('a', 50);
  expect(lately.restOf('a')).toBe(200);
  now += 150;
  expect(lately.restOf('a')).toBe(50);
  lately.addRefusal('a', 700);
  expect(lately.restOf('a')).toBe(1_000);
  lately.addRefusal('a', 300);
  expect(lately.retryAfter('a')).toBe(1);
});

test('a small refusal does not end the rest after a large one', () => {
  lately.addRefusal('a', 100);
  lately.addRefusal('a', 0);
  expect(lately.restOf('a')).toBe(400);
});

test('who works half of the time is not heavy; who works all of it is, and after a while is not any more', () => {
  for (let second = 0; second < 60; second += 1) {
    lately.addTurn('half', 490);
    lately.addTurn('all', 990);
    now += 1_000;
  }
  expect(lately.isHeavy('half')).toBe(false);
  expect(lately.isHeavy('all')).toBe(true);
  now += 60_000;
  expect(lately.isHeavy('all')).toBe(false);
});

test('who has nothing left is not kept in memory', () => {
  for (let nth = 0; nth < 50_000; nth += 1) {
    lately.addRefusal(`address ${nth}`, 1);
    now += 10;
  }
  expect(lately.size).toBeLessThan(2_000);
});
