import { EVERYONE } from '../support/crawler/county.js';
import { crawlEveryone } from './crawl-everyone.js';

/**
 * The other district and the clients: they write in a county of their own, while the others do. The administrators go with the officer,
 * whose opinion on a notice they wait for.
 */
const isElsewhere = (login: string): boolean => /gagny|client/.test(login);

/**
 * Everyone asks every document, and does everything. Chance decides what is reached: 93.9 to 97 % on working days, by the day and the hour. At a
 * weekend nobody is there to be received, and a worker without appointments reaches a little less.
 */
crawlEveryone({
  oneOf: 1,
  readers: EVERYONE,
  writers: [EVERYONE.filter((login) => !isElsewhere(login)), EVERYONE.filter(isElsewhere)],
  reached: 92,
});
