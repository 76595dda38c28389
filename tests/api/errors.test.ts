import { answerErrors } from './answer-errors.js';

/** Every eighth hostile value in each place. Each of them is `npm run test:exhaustive -- errors`. */
answerErrors({ oneOf: 8, andTheRest: true });
