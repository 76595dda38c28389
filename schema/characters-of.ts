/** Returns a number of characters in words: `2,000 characters`. */
export const charactersOf = (many: number): string => `${many.toLocaleString('en-GB')} characters`;
