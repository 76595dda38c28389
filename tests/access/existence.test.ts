import { answerAsNothing } from './answer-as-nothing.js';

/** A worker of the district, its desk, a worker of another, and a person. Everyone is `npm run test:exhaustive -- existence`. */
answerAsNothing({
  viewers: ['worker.sevran', 'reception.sevran', 'worker.gagny', 'person.sevran'],
  andTheRest: true,
});
