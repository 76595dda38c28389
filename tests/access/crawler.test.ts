import { crawlEveryone } from './crawl-everyone.js';

/** Everyone asks one of fifteen documents, and three do one of fifteen mutations. All is `npm run test:exhaustive -- crawler`. */
crawlEveryone({ oneOf: 15, writers: [['reception.sevran', 'worker2.sevran', 'head.sevran']], reached: 60 });
