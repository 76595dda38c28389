import { EVERYONE } from '../../support/crawler/county.js';
import { measureRanking } from './measure.js';

const WHO_SEES_OTHERS = ['reception.sevran', 'worker2.sevran', 'head.sevran'];

/** Two days of those who see something of others, of a desk and a head who tell one another, and one look of everyone else. */
measureRanking({
  days: 2,
  logins: WHO_SEES_OTHERS,
  once: EVERYONE.filter((login) => !WHO_SEES_OTHERS.includes(login)),
  together: [['reception.sevran', 'head.sevran']],
});
