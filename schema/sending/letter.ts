/** The cost of a letter in a document, counted in fields: one document makes some two hundred letters at most. */
export const COST_OF_A_LETTER = 100;

/** The description of every field that answers a letter. */
export const LETTER =
  'A letter to print and post: a PDF in base64. The window of the envelope shows the person’s name and address, and nothing tells of the service. Null unless the person is to be reached by letter.';
