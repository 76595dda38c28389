import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { say } from '../../support/say.js';
import { PAIRS } from './hidden-pair.js';
import { unknownPart } from './known-differences.js';
import { type Finding, LivedPair, type Questions } from './lived-pair.js';
import { PLANTED, type Planted } from './planted.js';

/** A form runs this much of the comparison. */
export interface Form {
  /** The number of days that are played, one after the other. */
  readonly days: number;
  readonly questions: Questions;
  /** The leak that is planted on the day after these days, in the county that hides something; null for none. */
  readonly planted: Planted | null;
}

/** The first day on which a leak is planted, which the comparison must find. */
const PLANTED_ON = 20;
/** The questions that are enough to find the leaks. */
const FEW: Questions = {
  oneOf: 1_000,
  oneOfScene: 1,
  drawn: 0,
  logins: ['reception.sevran', 'second', 'karim'],
};

/** A finding as text, for people. */
const line = ({ day, login, root, said, partings }: Finding): string =>
  `day ${day}, ${login}, ${root} (${said}): ${partings
    .map(({ path, one, other }) => `${path}: ${one.slice(0, 200)} instead of ${other.slice(0, 200)}`)
    .join('; ')}`;

/**
 * One of two counties hides something: a confidential address, that nothing is confirmed, a withheld field. Every day everyone does the same
 * in both, their jobs run, and everyone asks. A viewer who may not know what is hidden sees no difference in the answers, refusals and messages.
 *
 * This is what the other county is:
 *
 * - For a confidential address, nobody has recorded one, and her open address was removed. Messages to her are not compared.
 * - For "confirm nothing", nobody has said it. Where the first county hides rows of hers, she has called these off in the other one, and somebody
 *   without a name has booked the same times and asks as of now. A question about her is a question about somebody unknown there.
 * - For a withheld field, the field has another value.
 */
export function compareHiding({ days, questions, planted: after }: Form): void {
  describe.each(PAIRS)('who may not know sees no difference: %s', (_name, hidings) => {
    let pair: LivedPair;

    beforeAll(async () => {
      pair = await LivedPair.raise(hidings);
    });
    afterAll(() => pair?.close());

    test(`in ${days} days`, async () => {
      for (let day = 0; day < days; day += 1) await pair.live(day, questions);
      const { operations, feeds, links } = pair.size;
      say(
        `${questions.logins.length} logins × ${operations} operations × ${days} days: ${pair.compared} compared, ${pair.findings.length} differing`,
      );
      say(
        `${pair.withData} of them answered with data; ${pair.sent} messages sent, ${feeds} calendars and ${links} links read`,
      );
      const found = pair.findings.map(unknownPart).filter((finding) => finding !== null);
      expect(found.map(line)).toEqual([]);
      expect(pair.failed).toBe(0);
      expect(pair.withData).toBeGreaterThan(pair.compared / 5);
      expect(pair.sent).toBeGreaterThan(10 * days);
      expect(feeds).toBeGreaterThan(5);
    });

    test('and each act of a day succeeded at least once', () => {
      const never = [...pair.refused.keys()].filter((name) => (pair.done.get(name) ?? 0) === 0);
      // These are refused on purpose, and name the next free times. Others need a row of three days before, which the short form lacks.
      expect(never.filter((name) => !/ to (a|the) time |second cancels/.test(name))).toEqual([]);
    });

    if (after !== null)
      test('a leak that is planted on the next day is found', async () => {
        expect(await isFound(pair, after, days)).toEqual({ planted: after.name, on: days });
      });
  });

  describe('the comparison itself can fail', () => {
    let pair: LivedPair;

    beforeAll(async () => {
      pair = await LivedPair.raise([]);
    });
    afterAll(() => pair?.close());

    test(`a leak that is planted on day ${PLANTED_ON} is found, with its day, login and path`, async () => {
      await pair.live(PLANTED_ON - 1, FEW);
      expect(pair.findings.map(line)).toEqual([]);
      for (const [nth, planted] of PLANTED.entries()) {
        const day = PLANTED_ON + nth;
        expect(await isFound(pair, planted, day)).toEqual({ planted: planted.name, on: day });
      }
    });
  });
}

/** Plants a leak for a day. Returns the day on which the login that has to find it found it. */
async function isFound(
  pair: LivedPair,
  { name, plant, uproot, seenBy }: Planted,
  day: number,
): Promise<{ planted: string; on: number | undefined }> {
  const [{ database }] = pair.counties;
  const before = pair.findings.length;
  await plant(database);
  await pair.live(day, FEW);
  await uproot(database);
  const found = pair.findings
    .slice(before)
    .find(
      ({ login, root, partings }) =>
        login === seenBy.login && root === seenBy.root && partings.some(({ path }) => seenBy.path.test(path)),
    );
  say(`${name}: ${found === undefined ? 'not found' : line(found)}`);
  return { planted: name, on: found?.day };
}
