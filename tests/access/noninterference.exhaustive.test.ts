import { compareCounties } from './compare-counties.js';

/** At length: ten thousand operations, and each mutation four times. */
compareCounties({
  said: 'ten thousand',
  documents: 2_000,
  viewers: 5,
  share: 0.34,
  each: 120,
  writers: ['reception.sevran', 'worker2.sevran', 'head.sevran', 'worker.gagny', 'adviser', 'dpo'],
  calls: 4,
});
