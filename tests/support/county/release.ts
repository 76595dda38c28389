import { ago } from '../days.js';
import { ownId, type UsualRows } from './table.js';

export const releaseTables = {
  release: () => ({ ...ownId(), ground: 'PERSON_AGREEMENT' }),
  releaseAnswer: () => ({}),
  releaseNote: () => ({}),
  releaseReview: () => ({
    asRole: 'DATA_PROTECTION_OFFICER',
    opinion: 'JUSTIFIED',
  }),
  dangerStatement: () => ({
    text: 'Des coups ce matin.',
    authorCalledAt: ago(0.1),
    authorCall: 'NO_ANSWER',
  }),
} satisfies UsualRows;
