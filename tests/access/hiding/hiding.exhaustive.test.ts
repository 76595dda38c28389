import { compareHiding } from './compare-hiding.js';
import { ASKING } from './scene.js';

/** At length: thirty days, every login, every wide document within four days, and others that are drawn. */
compareHiding({ days: 30, questions: { oneOf: 4, drawn: 5, logins: ASKING } });
