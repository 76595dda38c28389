import type { DimensionCode } from './dimensions.js';
import type { MeasureCode } from './measures.js';

/** A unit that a life leaves in a measure: in which month, and in which categories, where the question is about them. */
export interface LivedUnit {
  readonly measure: MeasureCode;
  /** 1 to 12. Of a stock: each month at whose end the unit is there. */
  readonly months: readonly number[];
  readonly is?: Readonly<Partial<Record<DimensionCode, string>>>;
}

/** What a person leaves in a year, over every measure. */
export interface Life {
  readonly labelFr: string;
  readonly labelEn: string;
  readonly units: readonly LivedUnit[];
  /** True if adopting an indicator may not make this life easier to guess than 70 in 100. */
  readonly isBounded: boolean;
}

const once = (measure: MeasureCode, month: number, is?: LivedUnit['is']): LivedUnit => ({
  measure,
  months: [month],
  ...(is === undefined ? {} : { is }),
});

const VISIT = [once('VISITS', 3), once('PERSONS_AT_RECEPTION', 3)];
const ASKED = once('ASKED', 4);
const HONOURED = [
  once('APPOINTMENTS', 4, { APPOINTMENT_OUTCOME: 'HONOURED' }),
  once('NOT_HONOURED', 4, { APPOINTMENT_OUTCOME: 'HONOURED' }),
  once('UNKNOWN_OUTCOMES', 4, { APPOINTMENT_OUTCOME: 'HONOURED' }),
  once('ASKED_TO_HELD', 4),
  once('FIRST_ASKED_TO_HELD', 4),
];
const MISSED = [
  once('APPOINTMENTS', 4, { APPOINTMENT_OUTCOME: 'NOT_HONOURED' }),
  once('NOT_HONOURED', 4, { APPOINTMENT_OUTCOME: 'NOT_HONOURED' }),
  once('UNKNOWN_OUTCOMES', 4, { APPOINTMENT_OUTCOME: 'NOT_HONOURED' }),
  once('ASKED_AGAIN', 5),
];
/** Who asks to wait has asked then, and not when a time is found. */
const LISTED = [
  once('APPOINTMENT_REQUESTS', 3),
  once('ASKED', 3),
  { measure: 'STILL_WAITING', months: [3] } as const,
];
const OFFERED = once('ASKED_TO_OFFERED', 4);
const followed = (mission: string): readonly LivedUnit[] => [
  { measure: 'OPEN_CASES', months: [4, 5, 6, 7, 8, 9, 10, 11, 12], is: { MISSION: mission } },
  once('CASES_OPENED', 4, { MISSION: mission }),
  once('PERSONS_HELPED', 4, { MISSION: mission }),
];
const needed = (mission: string): readonly LivedUnit[] => [
  once('NEEDS', 5, { MISSION: mission }),
  once('PERSONS_IN_NEED', 5),
];

/** The ordinary lives by which the programme of all indicators together is measured. */
export const LIVES = {
  ONE_APPOINTMENT: {
    labelFr: 'a eu un rendez-vous honoré',
    labelEn: 'had one appointment, which was honoured',
    units: [...HONOURED, ASKED],
    isBounded: true,
  },
  MISSED_ONE: {
    labelFr: 'a manqué un rendez-vous',
    labelEn: 'missed one appointment',
    units: [...MISSED, ASKED],
    isBounded: true,
  },
  CAME_WITHOUT_APPOINTMENT: {
    labelFr: 'est passé une fois, et a eu une réponse',
    labelEn: 'came once, and was answered',
    units: VISIT,
    isBounded: true,
  },
  ASKED_IN_VAIN: {
    labelFr: 'est passé une fois, et aucun créneau n’a été trouvé',
    labelEn: 'came once, and no time was found',
    units: [...VISIT, once('FOUND_NO_TIME', 3), once('ASKED', 3)],
    isBounded: true,
  },
  CAME_ONCE: {
    labelFr: 'est venu une fois sur rendez-vous',
    labelEn: 'came once by appointment',
    units: [...VISIT, ...HONOURED, ASKED, once('FIRST_RECEPTIONS', 4)],
    isBounded: true,
  },
  CAME_URGENTLY: {
    labelFr: 'était à recevoir sans tarder, et est venu sur rendez-vous quelques jours après',
    labelEn: 'was to be seen soon, and came by appointment some days later',
    units: [
      ...VISIT,
      once('APPOINTMENT_REQUESTS', 4),
      OFFERED,
      ...HONOURED,
      ASKED,
      once('URGENT_SEEN_IN_TIME', 4),
      once('FIRST_RECEPTIONS', 4),
    ],
    isBounded: true,
  },
  CAME_ONCE_FROM_THE_LIST: {
    labelFr: 'est venu une fois sur rendez-vous, après la liste d’attente',
    labelEn: 'came once by appointment, from the waiting list',
    units: [...VISIT, ...LISTED, OFFERED, ...HONOURED, once('FIRST_RECEPTIONS', 4)],
    isBounded: true,
  },
  GAVE_UP: {
    labelFr: 'était sur la liste d’attente, et a renoncé',
    labelEn: 'was on the waiting list, and gave up',
    units: [...VISIT, ...LISTED],
    isBounded: true,
  },
  ONE_CASE: {
    labelFr: 'a un dossier',
    labelEn: 'has one case',
    units: followed('POLYVALENCE'),
    isBounded: true,
  },
  ONE_NEED: {
    labelFr: 'a un dossier, et un besoin y est enregistré',
    labelEn: 'has a case with one need',
    units: [...followed('POLYVALENCE'), ...needed('POLYVALENCE')],
    isBounded: true,
  },
  ONE_REFERRAL: {
    labelFr: 'a été orienté une fois',
    labelEn: 'was referred once',
    units: [once('REFERRALS_SENT', 6), once('REFERRALS_ANSWERED_IN_TIME', 6)],
    isBounded: true,
  },
  FIRST_RECEPTION_AND_CASE: {
    labelFr: 'est venu sur rendez-vous, et a depuis un dossier avec un besoin',
    labelEn: 'came by appointment, and has a case with one need since',
    units: [
      ...VISIT,
      ...HONOURED,
      ASKED,
      once('FIRST_RECEPTIONS', 4),
      ...followed('POLYVALENCE'),
      ...needed('POLYVALENCE'),
    ],
    isBounded: false,
  },
  HELPED_FOR_A_YEAR: {
    labelFr: 'a été aidé toute l’année : quatre rendez-vous, un dossier, un besoin, une orientation',
    labelEn: 'was helped for a year: four appointments, a case, a need, a referral',
    units: [
      ...VISIT,
      ...LISTED,
      OFFERED,
      ...HONOURED,
      ...[5, 7, 10].flatMap((month) => HONOURED.slice(0, 3).map((unit) => ({ ...unit, months: [month] }))),
      // The worker asked for two of the three that followed, and the person for one.
      ...[...HONOURED.slice(3), once('OWN_WORKER_KEPT', 7), ASKED].map((unit) => ({ ...unit, months: [7] })),
      once('FIRST_RECEPTIONS', 4),
      ...followed('POLYVALENCE'),
      ...needed('POLYVALENCE'),
      once('REFERRALS_SENT', 6),
      once('REFERRALS_ANSWERED_IN_TIME', 6),
    ],
    isBounded: false,
  },
} as const satisfies Readonly<Record<string, Life>>;

/** Two lives that differ in one thing alone: what the figures tell of it to somebody who knows all else. */
export const ATTRIBUTES: readonly {
  readonly labelFr: string;
  readonly labelEn: string;
  readonly one: readonly LivedUnit[];
  readonly other: readonly LivedUnit[];
}[] = [
  {
    labelFr: 'honoré ou manqué, d’un rendez-vous',
    labelEn: 'honoured or missed, of one appointment',
    one: HONOURED,
    other: MISSED,
  },
  {
    labelFr: 'quelle mission, de deux, d’un dossier avec un besoin',
    labelEn: 'which mission, of two, of a case with one need',
    one: [...followed('POLYVALENCE'), ...needed('POLYVALENCE')],
    other: [...followed('RSA'), ...needed('RSA')],
  },
];
