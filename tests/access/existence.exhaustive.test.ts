import { answerAsNothing, VIEWERS } from './answer-as-nothing.js';

/** Everyone of every kind. */
answerAsNothing({ viewers: VIEWERS, andTheRest: false });
