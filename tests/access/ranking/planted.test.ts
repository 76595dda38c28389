import { findPlanted } from './find-planted.js';

/** One of two. Both are in `npm run test:exhaustive -- ranking/planted`. */
findPlanted(['an appointment that goes on showing the desk what became of it']);
