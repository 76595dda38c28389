import { compareHiding } from './compare-hiding.js';
import { ASKING } from './scene.js';

/** The short form: four days, and some of the questions. The long form is `npm run test:exhaustive -- hiding`. */
compareHiding({ days: 4, questions: { oneOf: 24, oneOfScene: 2, drawn: 0, logins: ASKING }, planted: null });
