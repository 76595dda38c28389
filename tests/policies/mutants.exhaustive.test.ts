import { turnRulesRound } from './turn-rules-round.js';

/** Every cell and every rule. */
turnRulesRound();
