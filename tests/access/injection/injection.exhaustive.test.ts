import { tryEverything } from './everything.js';
import { MANY } from './scene.js';

/** Each try, by one login of each other kind, with a look at every table. */
tryEverything(MANY);
