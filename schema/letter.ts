/** What a letter is said to cost of a document, in fields: some two hundred are made for one document at most. */
export const COST_OF_A_LETTER = 100;

/** What the API says of one. */
export const LETTER =
  'To be printed and posted: a PDF in base64, with their name and address in the window of the envelope and nothing that tells of the service. Null unless a letter is how they are to be reached.';
