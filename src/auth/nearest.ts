/** Returns the words nearest to the typed text, the nearest first: those that contain it, or share half with it. */
export function nearest(typed: string, words: readonly string[], atMost = 3): string[] {
  return words
    .map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word) }))
    .filter(({ word, distance }) => distance <= word.length / 2 || (typed !== '' && word.includes(typed)))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, atMost)
    .map(({ word }) => word);
}

/** Computes Levenshtein's distance, row by row. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
