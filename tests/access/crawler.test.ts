import { crawlEveryone } from './crawl-everyone.js';

const WRITERS = ['reception.sevran', 'worker2.sevran', 'head.sevran'];

/**
 * One of each kind asks one of fifteen documents, and three do one of fifteen mutations. Everyone and everything is
 * `npm run test:exhaustive -- crawler`.
 */
crawlEveryone({
  oneOf: 15,
  readers: ['anonymous', ...WRITERS, 'worker.sevran', 'worker.gagny', 'dpo', 'person.sevran'],
  writers: [WRITERS],
  reached: 60,
});
