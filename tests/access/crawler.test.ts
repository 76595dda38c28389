import { crawlEveryone } from './crawl-everyone.js';

/** Everyone asks one of thirty documents, and three do one of thirty mutations. All is `npm run test:exhaustive -- crawler`. */
crawlEveryone({ oneOf: 30, writers: [['reception.sevran', 'worker2.sevran', 'head.sevran']], reached: 50 });
