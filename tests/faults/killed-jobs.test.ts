import { killJobs } from './kill-jobs.js';

/** Six times. A hundred times is `npm run test:exhaustive -- killed-jobs`. */
killJobs({ kills: 6, reminded: 100 });
