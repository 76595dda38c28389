import { MOST_WANTED, tryEverything } from './everything.js';
import { FEW } from './scene.js';

/** SQL in the name of the API or of the jobs. More senders: `npm run test:exhaustive -- tests/access/injection`. */
tryEverything(FEW, MOST_WANTED);
