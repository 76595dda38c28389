import { tryEverything } from './everything.js';
import { MANY } from './scene.js';

/** Each try, by every login that may see nothing of Gagny. */
tryEverything(MANY);
