import TestSequencer from '@jest/test-sequencer';

/**
 * Those that take longest come first, so that no core waits at the end for one that began late. A new clone has no times of
 * earlier runs, and the length of a file says nothing: most of these are a call of a suite.
 */
const LONGEST_FIRST = [
  'access/crawler',
  'access/noninterference',
  'policies/matrix',
  'access/planted-leaks',
  'policies/mutants',
  'api/errors',
  'process/start-stop',
  'access/ranking/',
  'statistics/attacks',
  'process/own-database',
  'faults/',
  'database/plans',
  'access/existence',
  'reception/live-board',
  'seed/',
];

export default class Sequencer extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST_FIRST.findIndex((part) => path.includes(`/tests/${part}`));
      return at === -1 ? LONGEST_FIRST.length : at;
    };
    // Those of one rank stay in jest's own order.
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
