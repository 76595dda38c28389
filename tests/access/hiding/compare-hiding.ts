import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { say } from '../../support/say.js';
import { PAIRS } from './hidden-pair.js';
import { unknownPart } from './known-until-mended.js';
import { type Finding, LivedPair, type Questions } from './lived-pair.js';
import { PLANTED, type Planted } from './planted.js';

/** How much of it is done. */
export interface Form {
  /** So many days are lived through, one after the other. */
  readonly days: number;
  readonly questions: Questions;
  /** What is planted on the day after them, in the county in which something has been hidden for so long; null if nothing. */
  readonly planted: Planted | null;
}

/** On this day the leaks are planted that must be found. */
const PLANTED_ON = 20;
/** What has to be asked so that they are. */
const FEW: Questions = {
  oneOf: 1_000,
  oneOfScene: 1,
  drawn: 0,
  logins: ['reception.sevran', 'second', 'karim'],
};

/** What a person reads of a finding. */
const line = ({ day, login, root, said, partings }: Finding): string =>
  `day ${day}, ${login}, ${root} (${said}): ${partings
    .map(({ path, one, other }) => `${path}: ${one.slice(0, 200)} instead of ${other.slice(0, 200)}`)
    .join('; ')}`;

/**
 * Two counties, in one of which something is hidden: a confidential address, that nothing is confirmed, a withheld field. Every day the same
 * happens in both, by everyone; their jobs run, and everyone asks. Whoever may not know sees no difference, in what is answered, refused or sent.
 *
 * Compared is, of a confidential address: the county in which it was never recorded, and her open address was removed; what is still sent to
 * her is not compared. Of "confirm nothing": of everyone else, the county in which it was never said; of her, what is answered of somebody
 * unknown; where rows of hers stand, a county in which she called them off, and somebody without a name has booked the same times and asks as of now.
 * Of a withheld field: the county in which it says something else.
 */
export function compareHiding({ days, questions, planted: after }: Form): void {
  describe.each(PAIRS)('to whoever may not know, it makes no difference: %s', (_name, hidings) => {
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

    test('and each thing that happens on a day did happen', () => {
      const never = [...pair.refused.keys()].filter((name) => (pair.done.get(name) ?? 0) === 0);
      // Refused by design: each names the next free times. What was made three days before is not there in a short form.
      expect(never.filter((name) => !/ to (a|the) time |second cancels/.test(name))).toEqual([]);
    });

    if (after !== null)
      test('a leak that is planted after them is found', async () => {
        expect(await isFound(pair, after, days)).toEqual({ planted: after.name, on: days });
      });
  });

  describe('a harness that cannot fail is a defect', () => {
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

/** Plants a leak for a day. Returns on which day it was found by the one who has to find it. */
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
