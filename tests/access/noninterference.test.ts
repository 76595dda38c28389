import { compareCounties } from './compare-counties.js';

/** The same in short. At length it is `npm run test:exhaustive -- noninterference`. */
compareCounties({
  said: 'a hundred and forty',
  documents: 70,
  viewers: 2,
  share: 0.3,
  each: 60,
  writers: ['worker2.sevran', 'head.sevran'],
  calls: 1,
});
