import { measureRanking } from './measure.js';

const WHO_SEES_OTHERS = ['reception.sevran', 'worker2.sevran', 'head.sevran'];

const ONCE = ['anonymous', 'worker.gagny', 'reception.gagny', 'person.sevran', 'client.integration'];

/**
 * One day of those who see something of others, of a desk and a head who tell one another, and one look of some of the others. Everyone is
 * `npm run test:exhaustive -- ranking/measure`.
 */
measureRanking({
  days: 1,
  logins: WHO_SEES_OTHERS,
  once: ONCE,
  together: [['reception.sevran', 'head.sevran']],
});
