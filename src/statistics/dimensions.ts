/** A category and its labels, in the order in which tables show them. */
export interface Category {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** A dimension by which a count may be broken down. */
export interface Dimension {
  readonly labelFr: string;
  readonly labelEn: string;
  /** Null: the categories are kept in a table of the database, and taken as they are when a period is frozen. */
  readonly categories: readonly Category[] | null;
}

const categories = (labels: Readonly<Record<string, readonly [string, string]>>): readonly Category[] =>
  Object.entries(labels).map(([code, [labelFr, labelEn]]) => ({ code, labelFr, labelEn }));

const UNKNOWN = ['non renseigné', 'not recorded'] as const;
const YES_NO = categories({ YES: ['oui', 'yes'], NO: ['non', 'no'] });

/**
 * The closed list of dimensions. Bands are fixed, so that no two tables cut a group in two places. There is no worker, no post, no
 * district (a table is of one territory), and no place finer than that.
 */
export const DIMENSIONS = {
  VISIT_KIND: {
    labelFr: 'venue',
    labelEn: 'how they came',
    categories: categories({ WALK_IN: ['passage', 'walk-in'], CALL: ['appel', 'call'] }),
  },
  VISIT_OUTCOME: {
    labelFr: 'suite donnée',
    labelEn: 'what came of it',
    categories: categories({
      RECEIVED: ['reçu', 'received'],
      ANSWERED: ['réponse donnée', 'answered'],
      APPOINTMENT_GIVEN: ['rendez-vous donné', 'appointment given'],
      REFERRED: ['orienté', 'sent on'],
      LEFT: ['parti avant', 'left before'],
      NO_TIME: ['aucun créneau trouvé', 'no time was found'],
      UNKNOWN,
    }),
  },
  AGE_BAND: {
    labelFr: 'âge à la fin de la période',
    labelEn: 'age at the end of the period',
    categories: categories({
      UNDER_18: ['moins de 18 ans', 'under 18'],
      '18_TO_24': ['18 à 24 ans', '18 to 24'],
      '25_TO_39': ['25 à 39 ans', '25 to 39'],
      '40_TO_59': ['40 à 59 ans', '40 to 59'],
      '60_TO_74': ['60 à 74 ans', '60 to 74'],
      '75_OR_OVER': ['75 ans ou plus', '75 or over'],
      UNKNOWN,
    }),
  },
  RECEPTION: {
    labelFr: 'manière d’être reçu',
    labelEn: 'how they were received',
    categories: categories({
      BY_APPOINTMENT: ['sur rendez-vous', 'by appointment'],
      ON_DUTY: ['par la permanence', 'on duty'],
    }),
  },
  URGENCY: {
    labelFr: 'urgence',
    labelEn: 'urgency',
    categories: categories({
      TODAY: ['aujourd’hui', 'today'],
      THIS_WEEK: ['cette semaine', 'this week'],
      ORDINARY: ['ordinaire', 'ordinary'],
    }),
  },
  APPOINTMENT_TYPE: { labelFr: 'type de rendez-vous', labelEn: 'appointment type', categories: null },
  ASKED_BY: {
    labelFr: 'qui a demandé',
    labelEn: 'who asked',
    categories: categories({
      PERSON: ['la personne', 'the person'],
      RELATIVE: ['un proche', 'a relative'],
      PARTNER: ['un partenaire', 'a partner'],
      SERVICE: ['le service', 'the service'],
      UNKNOWN,
    }),
  },
  WAIT: {
    labelFr: 'attente, en jours du calendrier',
    labelEn: 'wait, in days of the calendar',
    categories: categories({
      '0_TO_2_DAYS': ['0 à 2 jours', '0 to 2 days'],
      '3_TO_7_DAYS': ['3 à 7 jours', '3 to 7 days'],
      '8_TO_14_DAYS': ['8 à 14 jours', '8 to 14 days'],
      '15_TO_30_DAYS': ['15 à 30 jours', '15 to 30 days'],
      '31_TO_60_DAYS': ['31 à 60 jours', '31 to 60 days'],
      OVER_60_DAYS: ['plus de 60 jours', 'over 60 days'],
    }),
  },
  MODE: {
    labelFr: 'modalité',
    labelEn: 'mode',
    categories: categories({
      ON_SITE: ['sur place', 'on site'],
      HOME: ['à domicile', 'at home'],
      PHONE: ['par téléphone', 'by phone'],
      VIDEO: ['en visioconférence', 'by video'],
    }),
  },
  APPOINTMENT_OUTCOME: {
    labelFr: 'ce qu’il en a été',
    labelEn: 'what became of it',
    categories: categories({
      HONOURED: ['honoré', 'honoured'],
      NOT_HONOURED: ['non honoré', 'not honoured'],
      LEFT_BEFORE_RECEIVED: ['parti avant d’être reçu', 'left before being received'],
      CANCELLED_BY_PERSON: ['annulé par la personne', 'cancelled by the person'],
      CANCELLED_BY_SERVICE: ['annulé par le service', 'cancelled by the service'],
      UNKNOWN,
    }),
  },
  CANCELLATION_REASON: {
    labelFr: 'motif du service',
    labelEn: 'the service’s reason',
    categories: categories({
      WORKER_AWAY: ['agent absent', 'worker away'],
      PREMISES_CLOSED: ['locaux fermés', 'premises closed'],
      BOOKED_BY_MISTAKE: ['pris par erreur', 'booked by mistake'],
      OTHER_TIME_AGREED: ['autre date convenue', 'other time agreed'],
      OTHER: ['autre', 'other'],
      UNKNOWN,
    }),
  },
  MISSION: {
    labelFr: 'mission',
    labelEn: 'mission',
    categories: categories({
      POLYVALENCE: ['polyvalence', 'general'],
      RSA: ['RSA', 'minimum income'],
      LOGEMENT: ['logement', 'housing'],
      EVALUATION: ['évaluation', 'assessment'],
      ENFANCE_FAMILLE: ['enfance et famille', 'children and family'],
    }),
  },
  CASE_AGE: {
    labelFr: 'ancienneté du dossier',
    labelEn: 'age of the case',
    categories: categories({
      UNDER_3_MONTHS: ['moins de 3 mois', 'under 3 months'],
      '3_TO_6_MONTHS': ['3 à 6 mois', '3 to 6 months'],
      '6_TO_12_MONTHS': ['6 à 12 mois', '6 to 12 months'],
      '1_TO_2_YEARS': ['1 à 2 ans', '1 to 2 years'],
      OVER_2_YEARS: ['plus de 2 ans', 'over 2 years'],
    }),
  },
  ASSIGNED: { labelFr: 'attribué', labelEn: 'assigned', categories: YES_NO },
  PERSONS_ON_CASE: {
    labelFr: 'personnes du dossier',
    labelEn: 'persons of the case',
    categories: categories({
      ONE: ['une', 'one'],
      TWO: ['deux', 'two'],
      THREE_OR_FOUR: ['trois ou quatre', 'three or four'],
      FIVE_OR_MORE: ['cinq ou plus', 'five or more'],
    }),
  },
  NEED_THEME: {
    labelFr: 'thème de besoin',
    labelEn: 'theme of need',
    categories: categories({
      ACCES_AUX_DROITS: ['accès aux droits', 'access to rights'],
      LOGEMENT: ['logement', 'housing'],
      BUDGET: ['budget', 'budget'],
      INSERTION: ['insertion', 'work and training'],
      ENFANCE_FAMILLE: ['enfance et famille', 'children and family'],
      SANTE: ['santé', 'health'],
      AUTONOMIE: ['autonomie', 'autonomy'],
      VIOLENCES: ['violences', 'violence'],
      URGENCE: ['urgence', 'emergency'],
      VIE_QUOTIDIENNE: ['vie quotidienne', 'daily life'],
    }),
  },
  NEED_CODE: { labelFr: 'besoin', labelEn: 'need', categories: null },
  DESTINATION: {
    labelFr: 'vers',
    labelEn: 'to',
    categories: categories({
      DISTRICT: ['une circonscription', 'a district'],
      ORGANISATION: ['une structure', 'an organisation'],
    }),
  },
  REFERRAL_ANSWER: {
    labelFr: 'réponse',
    labelEn: 'answer',
    categories: categories({
      SENT: ['sans réponse', 'none yet'],
      ACKNOWLEDGED: ['reçue', 'acknowledged'],
      ACCEPTED: ['acceptée', 'accepted'],
      REFUSED: ['refusée', 'refused'],
      WITHDRAWN: ['retirée', 'withdrawn'],
    }),
  },
  PARTNER: {
    labelFr: 'partenaire',
    labelEn: 'partner',
    categories: categories({
      SCHOOL: ['école', 'school'],
      HEALTH: ['santé', 'health'],
      TOWN_HALL: ['mairie', 'town hall'],
      POLICE: ['police', 'police'],
      JUSTICE: ['justice', 'justice'],
      LANDLORD: ['bailleur', 'landlord'],
      SOCIAL_SERVICE: ['service social', 'social service'],
      ORGANISATION: ['structure', 'organisation'],
      INDIVIDUAL: ['particulier', 'individual'],
      OTHER: ['autre', 'other'],
    }),
  },
  MANDATED: { labelFr: 'mandatée', labelEn: 'mandated', categories: YES_NO },
  REQUEST_ANSWER: {
    labelFr: 'réponse',
    labelEn: 'answer',
    categories: categories({
      RECEIVED: ['reçue', 'received'],
      ALLOCATED: ['attribuée', 'allocated'],
      ANSWERED: ['répondue', 'answered'],
      DECLINED: ['déclinée', 'declined'],
    }),
  },
} as const satisfies Readonly<Record<string, Dimension>>;

/** The first day of each band of a wait, by the code of the band; the next band begins where it ends. */
export const FIRST_DAY_OF_WAIT: Readonly<Record<string, number>> = {
  '0_TO_2_DAYS': 0,
  '3_TO_7_DAYS': 3,
  '8_TO_14_DAYS': 8,
  '15_TO_30_DAYS': 15,
  '31_TO_60_DAYS': 31,
  OVER_60_DAYS: 61,
};

/** The code of a dimension. */
export type DimensionCode = keyof typeof DIMENSIONS;

/** The themes of violence and health: given for the county alone. */
export const SENSITIVE_THEMES: readonly string[] = ['SANTE', 'VIOLENCES'];

/** True if a dimension has this code. */
export function isDimension(code: string): code is DimensionCode {
  return Object.hasOwn(DIMENSIONS, code);
}
