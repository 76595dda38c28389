import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** One sentence, the same for everybody, which tells nothing. */
export const Sentence: TypePolicy = {
  fr: 'Phrase, la même pour tous',
  en: 'Sentence, the same for everyone',
  technical: true,
  fields: {
    fr: { to: allow, fr: 'en français', en: 'in French' },
    en: { to: allow, fr: 'en anglais', en: 'in English' },
  },
};
