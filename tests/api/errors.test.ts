import { answerErrors } from './answer-errors.js';

/** Every twenty-fourth hostile value in each place. Each of them is `npm run test:exhaustive -- errors`. */
answerErrors({ oneOf: 24, andTheRest: true });
