/** Years and months, and days by the name of their month: they say when, and not how many. */
const WHEN =
  /\b(19|20|21)\d\d(-(0[1-9]|1[0-2]))?\b|\b(3[01]|[12]?\d)(er|st|nd|rd|th)? (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|april|may|june|july|august|september|october|november|december)\b/giu;

/** Numbers in words, from two on: "un" and "one" are articles and pronouns too. */
const WORDS =
  /(?<!\p{L})(deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cents?|mille|dizaines?|douzaines?|quinzaines?|vingtaines?|trentaines?|centaines?|milliers?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?)(?!\p{L})/iu;

/**
 * Returns whether a text says a number that is not a year, a month or a day. An erratum says none: a true count beside the count with its noise
 * would tell who was added or left out.
 */
export function saysNumber(text: string): boolean {
  const rest = text.replace(WHEN, '');
  return /\p{N}/u.test(rest) || WORDS.test(rest);
}
