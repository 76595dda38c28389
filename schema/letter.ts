/** What a letter is said to cost of a document, in fields: some two hundred are made for one document at most. */
export const COST_OF_A_LETTER = 100;

/** What the API says of a letter. */
export const LETTER =
  'A letter to print and post: a PDF in base64. The window of the envelope shows the person’s name and address, and nothing tells of the service. Null unless the person is to be reached by letter.';
