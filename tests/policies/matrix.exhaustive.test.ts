import { compareMatrix } from './compare-matrix.js';

/** From every standpoint. `npm run matrix` writes what is observed here. */
compareMatrix();
