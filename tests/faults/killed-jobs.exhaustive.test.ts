import { killJobs } from './kill-jobs.js';

killJobs({ kills: 100, reminded: 400 });
