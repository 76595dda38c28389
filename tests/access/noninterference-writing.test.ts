import { compareWriting } from './compare-writing.js';

/** In short. At length it is `npm run test:exhaustive -- noninterference-writing`. */
compareWriting(100);
