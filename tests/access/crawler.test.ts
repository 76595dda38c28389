import { crawlEveryone } from './crawl-everyone.js';

/** Everyone asks one of ten documents, and three do one of ten mutations. All is `npm run test:exhaustive -- crawler`. */
crawlEveryone({ oneOf: 10, writers: ['reception.sevran', 'worker2.sevran', 'head.sevran'], reached: 60 });
