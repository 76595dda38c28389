import { findPlanted } from './find-planted.js';

/** One of two. Both are in `npm run test:exhaustive -- ranking/planted`. */
findPlanted(['a visit that shows the desk what became of its appointment']);
