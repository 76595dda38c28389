/** The habits of a district's people, as guesses: how often things happen. Each is a share of the people, unless it says a unit. */
export interface Habits {
  /** They come for the first time, and may be received by anyone. The others come again, and have a worker who knows them. */
  readonly comesForTheFirstTime: number;
  /** They call off. */
  readonly cancels: number;
  /** They do not come, and have not called off. */
  readonly doesNotCome: number;
  /** Of those who call off: they do so in the last two days. */
  readonly cancelsLate: number;
  /** Of those who called off or did not come: they ask again. */
  readonly asksAgain: number;
  /** They stand at the desk when they ask, and can stay. */
  readonly isThere: number;
  /** The most hours for which such a person stays. */
  readonly stays: number;
  /** Of those who have a worker: they would go to another one if that is soon enough, and they know it. */
  readonly wouldSeeAnyone: number;
  /** The most days that a person who would go to another worker still waits for their own. Each draws a number below it. */
  readonly waitsForOwn: number;
  /** They would come sooner if a sooner time were offered. */
  readonly wouldComeSooner: number;
  /** Of those who would come sooner: they agree to be asked at short notice. */
  readonly agreesToShortNotice: number;
  /** The hours after which a person answers an offer, and a question at short notice: the mean. */
  readonly answersAfter: number;
  readonly answersSoonAfter: number;
  /** Of those who would not come, and are reminded: they come. */
  readonly isBroughtByReminder: number;
  /** Of those who would not come, or would call off in the last two days, and have a link: they use it when they are reminded. */
  readonly usesLink: number;
  /** The probability that a person can come on a day within the next three days. */
  readonly suitsSoon: number;
  /** The probability that a person can come on a later day. */
  readonly suitsLater: number;
  /** They never answer an offer of the list. */
  readonly neverAnswers: number;
  /** They must be seen this week, as a social worker judges it. */
  readonly isUrgent: number;
  /** They wait until the desk calls with a time, and see nothing themselves. */
  readonly waitsToBeCalled: number;
}

export const HABITS: Habits = {
  comesForTheFirstTime: 0.35,
  cancels: 0.12,
  doesNotCome: 0.12,
  cancelsLate: 0.4,
  asksAgain: 0.5,
  isThere: 0.3,
  stays: 2,
  wouldSeeAnyone: 0.5,
  waitsForOwn: 28,
  wouldComeSooner: 0.8,
  agreesToShortNotice: 0.5,
  answersAfter: 4,
  answersSoonAfter: 1,
  isBroughtByReminder: 0.25,
  usesLink: 0.4,
  suitsSoon: 0.4,
  suitsLater: 0.75,
  neverAnswers: 0.1,
  isUrgent: 0.1,
  waitsToBeCalled: 0,
};

/** The same habits where people help less: fewer leave their worker, fewer come sooner or at short notice, more never answer. */
export const PESSIMISTIC: Habits = {
  ...HABITS,
  wouldSeeAnyone: 0.25,
  waitsForOwn: 56,
  wouldComeSooner: 0.4,
  agreesToShortNotice: 0.25,
  answersSoonAfter: 2,
  isBroughtByReminder: 0.1,
  usesLink: 0.2,
  suitsSoon: 0.2,
  neverAnswers: 0.3,
};

/** How a person can be told of a time. The groups who are harder to reach must not wait longer for it. */
export const CONTACTS = {
  text: 0.4,
  'voice, to them only': 0.2,
  'letter only': 0.1,
  'through someone': 0.05,
  suspended: 0.05,
  none: 0.2,
} as const;
/** One of `CONTACTS`. */
export type Contact = keyof typeof CONTACTS;
