const MONTHS =
  'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|april|may|june|july|august|september|october|november|december';

/** Numbers in words, zero and from two on: "un" and "one" are articles and pronouns too. */
const WORDS =
  /(?<!\p{L})(zéro|zero|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|dizaines?|douzaines?|quinzaines?|(?:vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?)(?!\p{L})/iu;

/** Returns what says when, and not how many: the year of the erratum and those beside it, months, and days by the name of their month. */
function whenOf(year: number): RegExp {
  const years = `(${year - 1}|${year}|${year + 1})`;
  const day = `(3[01]|[12]?\\d)(er|st|nd|rd|th)? (${MONTHS})`;
  return new RegExp(`(?<![\\p{N}\\p{L}])(${years}(-(0[1-9]|1[0-2]))?|${day})(?![\\p{N}\\p{L}])`, 'giu');
}

/**
 * Returns whether a text says a number that is not a year, a month or a day. An erratum says none: a true count beside the count with its noise
 * would tell who was added or left out.
 * @param year the year of the erratum
 */
export function saysNumber(text: string, year: number): boolean {
  const rest = text.replace(whenOf(year), '');
  return /\p{N}/u.test(rest) || WORDS.test(rest);
}
