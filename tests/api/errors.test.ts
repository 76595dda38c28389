import { answerErrors } from './answer-errors.js';

/** One of twenty-four hostile values in each place, another in the next. Each of them is `npm run test:exhaustive -- errors`. */
answerErrors({ oneOf: 24, andTheRest: true });
