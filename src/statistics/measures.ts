import type { DimensionCode } from './dimensions.js';

/** The unit that a figure counts, each once. */
export type Unit = 'PERSON' | 'CASE' | 'APPOINTMENT' | 'REQUEST' | 'VISIT' | 'REFERRAL';

/**
 * The kind of a figure. `STOCK`: at the end of the period. `FLOW`: in the period. `DISTINCT`: at any time of the period, each once.
 * `WAITING_TIME`: a flow by how long it took. `RATE`: whole per cent, from two counts that are each protected; it is a total, by no
 * dimension.
 */
export type Kind = 'STOCK' | 'FLOW' | 'DISTINCT' | 'WAITING_TIME' | 'RATE';

/** A way of counting what is recorded anyway: the function `records_of_…` of the database, and its columns in their order. */
export interface Measure {
  /** The recorded fact, in words. The kind says when and how it is counted. */
  readonly factFr: string;
  readonly factEn: string;
  readonly unit: Unit;
  readonly kind: Kind;
  readonly dimensions: readonly DimensionCode[];
  /** The dimensions that are given for the county alone: too fine for a district. */
  readonly ofCountyAlone?: readonly DimensionCode[];
  /** The two dimensions by which the county is given together, in a year; at most one pair. */
  readonly pair?: readonly [DimensionCode, DimensionCode];
  /** The dimensions that are given in the pair, and by themselves nowhere. */
  readonly ofPairAlone?: readonly DimensionCode[];
  /** The appointment types that are counted, if only some can be: those at which one person is received, or meetings of several. */
  readonly ofTypes?: 'RECEIVING' | 'MEETING';
  /** Set for a rate of which both parts are published counts: the cells of which it is made. It tells nothing that they do not tell. */
  readonly ratio?: Ratio;
  /** For a stock that each unit leaves within a few months: the dimension by which a district is given where each month ends. */
  readonly monthlyBy?: DimensionCode;
  /** Set if each quarter of the county is given: by this dimension, or as a total (null). */
  readonly quarterlyBy?: DimensionCode | null;
  /** True if nothing is given but the county's quarters. A district's figure would be one about a worker, or too fine. */
  readonly isOfQuartersAlone?: true;
}

/** The published counts of which a rate is made: categories of one dimension of another measure. */
export interface Ratio {
  readonly measure: 'APPOINTMENTS';
  readonly dimension: DimensionCode;
  readonly part: readonly string[];
  readonly rest: readonly string[];
}

/** The closed list of measures. Nothing is recorded for the sake of a figure, so that an indicator is of one of these or of nothing. */
export const MEASURES = {
  VISITS: {
    factFr: 'venues et appels inscrits à l’accueil',
    factEn: 'visits and calls entered at reception',
    unit: 'VISIT',
    kind: 'FLOW',
    dimensions: ['VISIT_KIND', 'VISIT_OUTCOME'],
    pair: ['VISIT_KIND', 'VISIT_OUTCOME'],
  },
  PERSONS_AT_RECEPTION: {
    factFr: 'personnes inscrites à l’accueil',
    factEn: 'persons entered at reception',
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: ['VISIT_KIND', 'AGE_BAND'],
    pair: ['VISIT_KIND', 'AGE_BAND'],
  },
  FIRST_RECEPTIONS: {
    factFr: 'personnes dont une première réception est enregistrée',
    factEn: 'persons whose first reception is recorded',
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: ['RECEPTION', 'AGE_BAND'],
    pair: ['RECEPTION', 'AGE_BAND'],
  },
  APPOINTMENT_REQUESTS: {
    factFr: 'inscriptions sur la liste d’attente',
    factEn: 'entries of the waiting list',
    unit: 'REQUEST',
    kind: 'FLOW',
    dimensions: ['URGENCY', 'APPOINTMENT_TYPE', 'ASKED_BY'],
    pair: ['URGENCY', 'ASKED_BY'],
  },
  STILL_WAITING: {
    factFr: 'inscriptions sur la liste d’attente sans rendez-vous',
    factEn: 'entries of the waiting list without an appointment',
    unit: 'REQUEST',
    kind: 'STOCK',
    dimensions: ['WAIT', 'URGENCY', 'APPOINTMENT_TYPE'],
    pair: ['WAIT', 'URGENCY'],
    monthlyBy: 'WAIT',
  },
  ASKED_TO_OFFERED: {
    factFr: 'jours de l’inscription sur la liste d’attente à la première proposition',
    factEn: 'days from the entry of the waiting list to the first offer',
    unit: 'REQUEST',
    kind: 'WAITING_TIME',
    dimensions: ['WAIT', 'URGENCY'],
    pair: ['WAIT', 'URGENCY'],
  },
  ASKED_TO_HELD: {
    factFr: 'jours de la demande enregistrée au rendez-vous honoré',
    factEn: 'days from the recorded request to the appointment that was honoured',
    unit: 'APPOINTMENT',
    kind: 'WAITING_TIME',
    ofTypes: 'RECEIVING',
    dimensions: ['WAIT', 'APPOINTMENT_TYPE'],
    pair: ['WAIT', 'APPOINTMENT_TYPE'],
    quarterlyBy: 'WAIT',
  },
  FIRST_ASKED_TO_HELD: {
    factFr:
      'jours de la première demande au rendez-vous honoré, à travers les rendez-vous annulés ou manqués après lesquels la personne a redemandé dans les trente jours',
    factEn:
      'days from the first request to the appointment that was honoured, over appointments that were called off or missed and after which the person asked again within thirty days',
    unit: 'APPOINTMENT',
    kind: 'WAITING_TIME',
    dimensions: ['WAIT'],
    quarterlyBy: 'WAIT',
    isOfQuartersAlone: true,
  },
  ASKED: {
    factFr: 'personnes connues qui ont demandé un rendez-vous, avec ou sans date trouvée',
    factEn: 'known persons who asked for an appointment, whether a time was found or not',
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: [],
    quarterlyBy: null,
    isOfQuartersAlone: true,
  },
  FOUND_NO_TIME: {
    factFr: 'venues et appels pour lesquels aucun créneau n’a été trouvé',
    factEn: 'visits and calls for which no time was found',
    unit: 'VISIT',
    kind: 'FLOW',
    dimensions: [],
    quarterlyBy: null,
    isOfQuartersAlone: true,
  },
  URGENT_SEEN_IN_TIME: {
    factFr:
      'rendez-vous honorés dans les cinq jours de la demande, parmi ceux de personnes à recevoir sans tarder',
    factEn: 'appointments honoured within five days of the request, among those of persons to be seen soon',
    unit: 'APPOINTMENT',
    kind: 'RATE',
    dimensions: [],
    quarterlyBy: null,
    isOfQuartersAlone: true,
  },
  OWN_WORKER_KEPT: {
    factFr:
      'rendez-vous demandés et honorés avec le travailleur social référent, parmi ceux de personnes qui en ont un',
    factEn:
      'appointments asked for and honoured with the assigned worker, among those of persons who have one',
    unit: 'APPOINTMENT',
    kind: 'RATE',
    dimensions: [],
    quarterlyBy: null,
    isOfQuartersAlone: true,
  },
  APPOINTMENTS: {
    factFr: 'rendez-vous de l’agenda',
    factEn: 'appointments of the agenda',
    unit: 'APPOINTMENT',
    kind: 'FLOW',
    ofTypes: 'RECEIVING',
    dimensions: ['APPOINTMENT_OUTCOME', 'APPOINTMENT_TYPE', 'MODE'],
    pair: ['APPOINTMENT_OUTCOME', 'MODE'],
    ofPairAlone: ['MODE'],
    quarterlyBy: 'APPOINTMENT_OUTCOME',
  },
  NOT_HONOURED: {
    factFr: 'rendez-vous enregistrés comme non honorés, parmi les honorés et les non honorés',
    factEn: 'appointments recorded as not honoured, among those honoured and not honoured',
    unit: 'APPOINTMENT',
    kind: 'RATE',
    dimensions: [],
    ratio: {
      measure: 'APPOINTMENTS',
      dimension: 'APPOINTMENT_OUTCOME',
      part: ['NOT_HONOURED'],
      rest: ['HONOURED'],
    },
    quarterlyBy: null,
  },
  UNKNOWN_OUTCOMES: {
    factFr: 'rendez-vous passés dont la suite n’est pas enregistrée',
    factEn: 'past appointments of which no outcome is recorded',
    unit: 'APPOINTMENT',
    kind: 'RATE',
    dimensions: [],
    ratio: {
      measure: 'APPOINTMENTS',
      dimension: 'APPOINTMENT_OUTCOME',
      part: ['UNKNOWN'],
      rest: ['HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'],
    },
    quarterlyBy: null,
  },
  ASKED_AGAIN: {
    factFr:
      'rendez-vous annulés par la personne ou non honorés, dont la personne a redemandé dans les trente jours',
    factEn: 'appointments that the person called off or missed, and who asked again within thirty days',
    unit: 'APPOINTMENT',
    kind: 'RATE',
    dimensions: [],
    quarterlyBy: null,
  },
  FREED_TIMES_USED: {
    factFr: 'créneaux libérés par la personne, qui ont servi à quelqu’un d’autre',
    factEn: 'times that the person called off, and that someone else used',
    unit: 'APPOINTMENT',
    kind: 'RATE',
    dimensions: [],
  },
  CANCELLED_BY_SERVICE: {
    factFr: 'rendez-vous enregistrés comme annulés par le service',
    factEn: 'appointments recorded as cancelled by the service',
    unit: 'APPOINTMENT',
    kind: 'FLOW',
    ofTypes: 'RECEIVING',
    dimensions: ['CANCELLATION_REASON', 'APPOINTMENT_TYPE'],
    pair: ['CANCELLATION_REASON', 'APPOINTMENT_TYPE'],
  },
  MEETING_ATTENDANCE: {
    factFr: 'personnes enregistrées présentes à un rendez-vous collectif',
    factEn: 'persons recorded as present at a collective appointment',
    unit: 'PERSON',
    kind: 'DISTINCT',
    ofTypes: 'MEETING',
    dimensions: ['APPOINTMENT_TYPE', 'AGE_BAND'],
    pair: ['APPOINTMENT_TYPE', 'AGE_BAND'],
  },
  PERSONS_HELPED: {
    factFr: 'personnes d’un dossier ouvert',
    factEn: 'persons of an open case',
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: ['AGE_BAND', 'MISSION'],
    pair: ['AGE_BAND', 'MISSION'],
  },
  OPEN_CASES: {
    factFr: 'dossiers ouverts',
    factEn: 'open cases',
    unit: 'CASE',
    kind: 'STOCK',
    dimensions: ['MISSION', 'CASE_AGE', 'ASSIGNED'],
    pair: ['MISSION', 'CASE_AGE'],
  },
  CASES_OPENED: {
    factFr: 'ouvertures de dossier',
    factEn: 'cases opened',
    unit: 'CASE',
    kind: 'FLOW',
    dimensions: ['MISSION', 'PERSONS_ON_CASE'],
    pair: ['MISSION', 'PERSONS_ON_CASE'],
  },
  CASES_CLOSED: {
    factFr: 'clôtures de dossier',
    factEn: 'cases closed',
    unit: 'CASE',
    kind: 'FLOW',
    dimensions: ['MISSION', 'CASE_AGE'],
    pair: ['MISSION', 'CASE_AGE'],
  },
  NEEDS: {
    factFr: 'dossiers où un besoin de la nomenclature est enregistré',
    factEn: 'cases in which a need of the nomenclature is recorded',
    unit: 'CASE',
    kind: 'DISTINCT',
    dimensions: ['NEED_THEME', 'NEED_CODE', 'MISSION'],
    ofCountyAlone: ['NEED_CODE'],
    pair: ['NEED_THEME', 'MISSION'],
  },
  PERSONS_IN_NEED: {
    factFr: 'personnes pour qui un besoin de la nomenclature est enregistré',
    factEn: 'persons for whom a need of the nomenclature is recorded',
    unit: 'PERSON',
    kind: 'DISTINCT',
    dimensions: ['NEED_THEME', 'AGE_BAND'],
    pair: ['NEED_THEME', 'AGE_BAND'],
  },
  REFERRALS_SENT: {
    factFr: 'orientations envoyées',
    factEn: 'referrals sent',
    unit: 'REFERRAL',
    kind: 'FLOW',
    dimensions: ['DESTINATION', 'MISSION', 'REFERRAL_ANSWER'],
    pair: ['MISSION', 'REFERRAL_ANSWER'],
  },
  REFERRALS_RECEIVED: {
    factFr: 'orientations reçues',
    factEn: 'referrals received',
    unit: 'REFERRAL',
    kind: 'FLOW',
    dimensions: ['MISSION', 'REFERRAL_ANSWER'],
    pair: ['MISSION', 'REFERRAL_ANSWER'],
  },
  REFERRALS_ANSWERED_IN_TIME: {
    factFr: 'orientations dont la réponse est enregistrée à temps',
    factEn: 'referrals whose answer is recorded in time',
    unit: 'REFERRAL',
    kind: 'RATE',
    dimensions: [],
  },
  INCOMING_REQUESTS: {
    factFr: 'saisines de partenaires enregistrées',
    factEn: 'requests of partners recorded',
    unit: 'REQUEST',
    kind: 'FLOW',
    dimensions: ['PARTNER', 'MANDATED', 'REQUEST_ANSWER'],
    pair: ['PARTNER', 'REQUEST_ANSWER'],
  },
  INCOMING_REQUESTS_ANSWERED_IN_TIME: {
    factFr: 'saisines de partenaires dont la réponse est enregistrée à temps',
    factEn: 'requests of partners whose answer is recorded in time',
    unit: 'REQUEST',
    kind: 'RATE',
    dimensions: [],
  },
} as const satisfies Readonly<Record<string, Measure>>;

/** The code of a measure. */
export type MeasureCode = keyof typeof MEASURES;

/** Returns the measure of that code; null if nothing measures it. */
export function measureOf(code: string): Measure | null {
  return Object.hasOwn(MEASURES, code) ? MEASURES[code as MeasureCode] : null;
}

/** The words for how each kind is counted. */
const COUNTED: Readonly<Record<Kind, { readonly fr: string; readonly en: string }>> = {
  STOCK: { fr: 'à la fin de la période', en: 'at the end of the period' },
  FLOW: { fr: 'pendant la période', en: 'in the period' },
  DISTINCT: { fr: 'pendant la période, chacun une fois', en: 'in the period, each once' },
  WAITING_TIME: { fr: 'pendant la période', en: 'in the period' },
  RATE: { fr: 'pendant la période, en pour cent', en: 'in the period, in per cent' },
};

/** Returns what a measure counts, in French and English: made from the measure alone. */
export function wordsOfMeasure({ kind, factFr, factEn }: Measure): {
  readonly fr: string;
  readonly en: string;
} {
  return { fr: `${factFr}, ${COUNTED[kind].fr}`, en: `${factEn}, ${COUNTED[kind].en}` };
}
