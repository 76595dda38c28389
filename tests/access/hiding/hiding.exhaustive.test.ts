import { compareHiding } from './compare-hiding.js';
import { NO_REMINDER } from './planted.js';
import { ASKING } from './scene.js';

/** The long form: thirty days and every login. It asks every question about the scene within five days, and every wide document within fifteen. */
compareHiding({
  days: 30,
  questions: { oneOf: 15, oneOfScene: 5, drawn: 1, logins: ASKING },
  planted: NO_REMINDER,
});
