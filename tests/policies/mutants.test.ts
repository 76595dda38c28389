import { turnRulesRound } from './turn-rules-round.js';

/**
 * The fields of notes, for those who are nearest to them. Every cell and rule at every standpoint is
 * `npm run test:exhaustive -- mutants`.
 */
turnRulesRound(
  (coordinate) => /(^InterviewNote\.|[nN]ote(?!Telephone)|^Case\.mission)/.test(coordinate),
  [
    'worker-assigned',
    'worker-handed-over',
    'worker-formerly-assigned',
    'worker-on-duty',
    'worker-same-district',
    'head-same-district',
    'anonymous',
  ],
);
