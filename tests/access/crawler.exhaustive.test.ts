import { EVERYONE } from '../support/crawler/county.js';
import { crawlEveryone } from './crawl-everyone.js';

/** Everyone asks every document, and does everything. */
crawlEveryone({ oneOf: 1, writers: EVERYONE, reached: 95 });
