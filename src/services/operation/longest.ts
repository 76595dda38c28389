/**
 * The longest texts that the API takes, in UTF-16 code units, as GraphQL clients count them. The descriptions of the schema say the same
 * numbers, and the database's constraints keep those of the texts that stand alone.
 */
export const LONGEST = {
  /** What something or someone is called: a given name, a surname, a city, a calendar, a feed. */
  name: 100,
  /** First name and surname in one. */
  fullName: 200,
  phone: 40,
  /** RFC 5321, section 4.5.3.1.3, without its angle brackets. */
  email: 254,
  /** Street and number. */
  street: 300,
  postalCode: 12,
  /** Of INSEE's official geographic code (COG). */
  communeCode: 5,
  /** A code of a nomenclature of the house: a type of appointment, a language. */
  code: 40,
  needCode: 20,
  /** What is printed on paper: of a case, a person, a request. */
  reference: 40,
  agreedWord: 60,
  /** Where someone is received, as it is said of hours of an agenda. */
  placeOfHours: 120,
  place: 200,
  subject: 200,
  /** The name of an organisation, as someone searches for it. */
  organisationName: 150,
  organisationTheme: 200,
  scope: 100,
  /** A street, as someone searches for its sector. */
  searchedStreet: 200,
  indicatorLabel: 120,
  /** What the desk sends on for someone who is not confirmed to be known. */
  message: 500,
  /** What is told to a receiver, or said in public: a referral, facts of danger, a definition, a reason, an observation. */
  paragraph: 2_000,
  partnersRequest: 4_000,
  /** The officer's opinion on a privacy notice. */
  opinion: 5_000,
  /** A privacy notice, a team's narrative. */
  publishedText: 20_000,
  /** An interview note, an encounter. */
  note: 50_000,
  /** A calendar as iCalendar text: as many as the body of a request holds, escaped. */
  calendar: 200_000,
  /** The value of the header `Idempotency-Key`. */
  idempotencyKey: 128,
} as const;
