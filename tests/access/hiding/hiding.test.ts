import { compareHiding } from './compare-hiding.js';
import { ASKING } from './scene.js';

/** In short: four days, some of the questions. At length it is `npm run test:exhaustive -- hiding`. */
compareHiding({ days: 4, questions: { oneOf: 24, oneOfScene: 2, drawn: 0, logins: ASKING }, planted: null });
