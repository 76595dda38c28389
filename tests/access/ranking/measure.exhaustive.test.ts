import { EVERYONE } from '../../support/crawler/county.js';
import { measureRanking } from './measure.js';

/** Ten days, everyone, and every filter by those who see something of others. */
measureRanking({ days: 10, logins: EVERYONE, deep: ['reception.sevran', 'worker2.sevran', 'head.sevran'] });
