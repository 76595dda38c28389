import { EVERYONE } from '../../support/crawler/county.js';
import { measureRanking } from './measure.js';

/** Ten days, everyone, every filter by those who see something of others, and a desk and a head who tell one another. */
measureRanking({
  days: 10,
  logins: EVERYONE,
  deep: ['reception.sevran', 'worker2.sevran', 'head.sevran'],
  together: [['reception.sevran', 'head.sevran']],
});
