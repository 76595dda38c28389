import { MOST_WANTED, tryEverything } from './everything.js';
import { FEW } from './scene.js';

/** SQL in the name of the API or of the jobs. Every sender is `npm run test:exhaustive -- injection`. */
tryEverything(FEW, MOST_WANTED);
