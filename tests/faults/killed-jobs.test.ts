import { killJobs } from './kill-jobs.js';

/** Ten times. A hundred times is `npm run test:exhaustive -- killed-jobs`. */
killJobs({ kills: 10, reminded: 150 });
