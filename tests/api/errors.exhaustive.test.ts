import { answerErrors } from './answer-errors.js';

/** Each hostile value in each place. */
answerErrors({ oneOf: 1, andTheRest: false });
