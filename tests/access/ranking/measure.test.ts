import { measureRanking } from './measure.js';

/** Two days, and one of each who sees something of others. */
measureRanking({ days: 2, logins: ['reception.sevran', 'worker2.sevran', 'head.sevran'], deep: [] });
