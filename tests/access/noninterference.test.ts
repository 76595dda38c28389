import { compareCounties } from './compare-counties.js';

/** The same in short. At length it is `npm run test:exhaustive -- noninterference`. */
compareCounties({ said: 'a hundred', documents: 50, viewers: 2, each: 20, calls: 1 });
