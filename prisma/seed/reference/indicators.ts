import { MEASURES, type Measure, type MeasureCode } from '../../../src/statistics/measures.js';

/** An indicator as it is proposed: in words that a team can agree on, or not. */
export interface IndicatorReference {
  /** The code of the indicator. It never changes, and is that of the measure by which the indicator is counted. */
  readonly code: MeasureCode;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  /** Examples of what counts. */
  readonly countsFr: string;
  readonly doesNotCountFr: string;
}

/**
 * The first catalogue of indicators: who and what comes to the service, what it answers, how long people wait, and for what. All of it is
 * counted from facts that are recorded anyway.
 *
 * Source: written for Cosmos, after what counties report of their social service (polyvalence de secteur) to the assembly.
 */
export const INDICATORS: readonly IndicatorReference[] = [
  {
    code: 'VISITS',
    labelFr: 'Passages à l’accueil',
    labelEn: 'Visits to reception',
    definitionFr: 'Chaque venue ou appel enregistré à l’accueil pendant la période.',
    countsFr: 'Une venue sans rendez-vous ; un appel ; une venue anonyme.',
    doesNotCountFr: 'Un courrier ; un appel entre services.',
  },
  {
    code: 'PERSONS_AT_RECEPTION',
    labelFr: 'Personnes venues à l’accueil',
    labelEn: 'Persons at reception',
    definitionFr: 'Les personnes connues du service qui sont venues ou ont appelé, chacune une fois.',
    countsFr: 'Une personne venue trois fois compte une fois.',
    doesNotCountFr: 'Un passage anonyme.',
  },
  {
    code: 'FIRST_RECEPTIONS',
    labelFr: 'Premiers accueils',
    labelEn: 'First receptions',
    definitionFr:
      'Les personnes que la circonscription a reçues pour la première fois, sur rendez-vous ou par la permanence.',
    countsFr: 'Un premier rendez-vous honoré ; une première réception par la permanence.',
    doesNotCountFr: 'Une réponse donnée au guichet ; une réunion ; le retour d’une personne déjà reçue.',
  },
  {
    code: 'APPOINTMENT_REQUESTS',
    labelFr: 'Demandes de rendez-vous',
    labelEn: 'Requests for an appointment',
    definitionFr: 'Les inscriptions sur la liste d’attente pendant la période.',
    countsFr: 'Une demande sans date libre ; une demande d’avancer un rendez-vous.',
    doesNotCountFr: 'Un rendez-vous donné aussitôt.',
  },
  {
    code: 'STILL_WAITING',
    labelFr: 'Demandes en attente',
    labelEn: 'Still waiting',
    definitionFr: 'Les demandes encore en attente à la fin de la période, selon leur ancienneté.',
    countsFr: 'Une demande à laquelle un créneau est proposé sans réponse.',
    doesNotCountFr: 'Une demande retirée ou satisfaite avant la fin de la période.',
  },
  {
    code: 'ASKED_TO_OFFERED',
    labelFr: 'De la demande à la proposition',
    labelEn: 'From asking to an offer',
    definitionFr: 'Les demandes qui ont reçu leur première proposition pendant la période, selon l’attente.',
    countsFr: 'Une proposition laissée sans réponse.',
    doesNotCountFr: 'Une deuxième proposition ; un rendez-vous donné aussitôt.',
  },
  {
    code: 'ASKED_TO_HELD',
    labelFr: 'De la demande au rendez-vous',
    labelEn: 'From asking to the appointment',
    definitionFr: 'Les rendez-vous honorés pendant la période, selon l’attente depuis la demande.',
    countsFr: 'Un rendez-vous pris par la personne ou pour elle.',
    doesNotCountFr: 'Un rendez-vous voulu par le service ; une réunion ; un rendez-vous saisi après coup.',
  },
  {
    code: 'FIRST_ASKED_TO_HELD',
    labelFr: 'De la première demande au rendez-vous',
    labelEn: 'From the first request to the appointment',
    definitionFr:
      'Les rendez-vous honorés du trimestre, selon l’attente depuis la première demande : un rendez-vous annulé ou manqué entre les deux ne remet pas le compte à zéro.',
    countsFr: 'Un rendez-vous manqué, puis un autre demandé dans les trente jours.',
    doesNotCountFr: 'Un rendez-vous voulu par le service ; une demande dans une autre circonscription.',
  },
  {
    code: 'ASKED',
    labelFr: 'Personnes qui ont demandé un rendez-vous',
    labelEn: 'Persons who asked for an appointment',
    definitionFr:
      'Les personnes connues qui ont demandé un rendez-vous pendant le trimestre, qu’une date ait été trouvée ou non, chacune une fois.',
    countsFr: 'Un rendez-vous pris ; une inscription sur la liste d’attente ; une venue sans créneau trouvé.',
    doesNotCountFr: 'Un rendez-vous voulu par le service ; une réunion ; une personne sans nom.',
  },
  {
    code: 'FOUND_NO_TIME',
    labelFr: 'Passages sans créneau trouvé',
    labelEn: 'Visits without a time found',
    definitionFr: 'Les venues et appels du trimestre pour lesquels l’accueil n’a trouvé aucun créneau.',
    countsFr: 'Une personne qui repart sans date.',
    doesNotCountFr: 'Une personne qui a eu une date ; une personne partie avant.',
  },
  {
    code: 'URGENT_SEEN_IN_TIME',
    labelFr: 'Part des personnes à recevoir sans tarder, reçues dans les cinq jours',
    labelEn: 'Share of persons to be seen soon who were seen within five days',
    definitionFr:
      'Parmi les rendez-vous honorés de personnes à recevoir sans tarder, ceux qui ont eu lieu dans les cinq jours de la demande.',
    countsFr: 'Une demande jugée à servir aujourd’hui ou cette semaine ; un créneau réservé à ces personnes.',
    doesNotCountFr: 'Une personne reçue par la permanence sans rendez-vous.',
  },
  {
    code: 'OWN_WORKER_KEPT',
    labelFr: 'Part des rendez-vous tenus par le travailleur social référent',
    labelEn: 'Share of appointments with the assigned worker',
    definitionFr:
      'Parmi les rendez-vous demandés et honorés de personnes dont un dossier est attribué dans la circonscription, ceux que leur référent a tenus.',
    countsFr: 'Un rendez-vous où le référent était l’un de deux agents.',
    doesNotCountFr: 'Un rendez-vous voulu par le service ; une personne sans dossier attribué.',
  },
  {
    code: 'APPOINTMENTS',
    labelFr: 'Rendez-vous',
    labelEn: 'Appointments',
    definitionFr: 'Les rendez-vous dont la date est dans la période, selon ce qu’il en a été.',
    countsFr: 'Un rendez-vous annulé ; un rendez-vous non honoré.',
    doesNotCountFr: 'Une réunion ; un rendez-vous déplacé à une autre période.',
  },
  {
    code: 'NOT_HONOURED',
    labelFr: 'Part des rendez-vous non honorés',
    labelEn: 'Share of appointments not honoured',
    definitionFr: 'Non honorés ÷ (honorés + non honorés). À lire avec la part dont on ignore la suite.',
    countsFr: 'Une absence sans prévenir.',
    doesNotCountFr: 'Une annulation, même le jour même ; un départ avant d’être reçu.',
  },
  {
    code: 'UNKNOWN_OUTCOMES',
    labelFr: 'Part des rendez-vous sans suite connue',
    labelEn: 'Share of appointments of unknown outcome',
    definitionFr:
      'Parmi les rendez-vous passés et non annulés, ceux dont personne n’a dit ce qu’il en a été.',
    countsFr: 'Un rendez-vous passé, encore « pris ».',
    doesNotCountFr: 'Un rendez-vous annulé.',
  },
  {
    code: 'ASKED_AGAIN',
    labelFr: 'Part des rendez-vous annulés ou manqués dont la personne redemande',
    labelEn: 'Share of appointments called off or missed after which the person asks again',
    definitionFr:
      'Parmi les rendez-vous annulés par la personne ou non honorés, ceux dont la personne a redemandé dans les trente jours. Ils sont comptés trente jours après leur date.',
    countsFr:
      'Un autre rendez-vous dans la circonscription ; une inscription sur sa liste d’attente, même d’avant.',
    doesNotCountFr:
      'Une demande dans une autre circonscription ; une réunion ; un rendez-vous voulu par le service ; une personne sans nom.',
  },
  {
    code: 'FREED_TIMES_USED',
    labelFr: 'Part des créneaux libérés qui ont servi',
    labelEn: 'Share of freed times that were used',
    definitionFr:
      'Parmi les créneaux que la personne a libérés avant l’heure, ceux où quelqu’un d’autre a eu un rendez-vous.',
    countsFr: 'Un créneau donné à deux personnes à la suite.',
    doesNotCountFr: 'Un créneau que le service a annulé, ou que la même personne a repris.',
  },
  {
    code: 'CANCELLED_BY_SERVICE',
    labelFr: 'Rendez-vous annulés par le service',
    labelEn: 'Appointments cancelled by the service',
    definitionFr: 'Les rendez-vous de la période que le service a annulés, selon son motif.',
    countsFr: 'Une annulation pour absence d’un agent.',
    doesNotCountFr: 'Une annulation par la personne, dont on ne demande pas le motif.',
  },
  {
    code: 'MEETING_ATTENDANCE',
    labelFr: 'Personnes venues à une réunion',
    labelEn: 'Persons who came to a meeting',
    definitionFr: 'Les personnes venues à un rendez-vous collectif pendant la période, chacune une fois.',
    countsFr: 'Une personne venue à deux réunions compte une fois.',
    doesNotCountFr: 'Une place prise sans nom ; une inscription sans venue.',
  },
  {
    code: 'PERSONS_HELPED',
    labelFr: 'Personnes accompagnées',
    labelEn: 'Persons helped',
    definitionFr: 'Les personnes d’un dossier ouvert à un moment de la période, chacune une fois.',
    countsFr: 'Chaque membre d’un foyer qui est dans le dossier.',
    doesNotCountFr: 'Une personne reçue sans dossier.',
  },
  {
    code: 'OPEN_CASES',
    labelFr: 'Dossiers ouverts',
    labelEn: 'Open cases',
    definitionFr: 'Les dossiers ouverts à la fin de la période, selon leur mission et leur ancienneté.',
    countsFr: 'Un dossier en attente d’attribution.',
    doesNotCountFr: 'Un dossier clos pendant la période.',
  },
  {
    code: 'CASES_OPENED',
    labelFr: 'Dossiers ouverts dans la période',
    labelEn: 'Cases opened',
    definitionFr: 'Les dossiers ouverts pendant la période.',
    countsFr: 'Un dossier ouvert puis clos dans la période.',
    doesNotCountFr: 'La réattribution d’un dossier.',
  },
  {
    code: 'CASES_CLOSED',
    labelFr: 'Dossiers clos dans la période',
    labelEn: 'Cases closed',
    definitionFr: 'Les dossiers clos pendant la période, selon leur ancienneté à la clôture.',
    countsFr: 'Une clôture, quel qu’en soit le motif.',
    doesNotCountFr: 'Un dossier sans activité, encore ouvert.',
  },
  {
    code: 'NEEDS',
    labelFr: 'Dossiers par besoin',
    labelEn: 'Cases by need',
    definitionFr:
      'Les dossiers où un besoin de la nomenclature est présent à un moment de la période, chacun une fois par besoin.',
    countsFr: 'Un besoin dit par la personne, ou nommé avec elle.',
    doesNotCountFr: 'Un besoin supposé ; ce qui n’a pas été demandé.',
  },
  {
    code: 'PERSONS_IN_NEED',
    labelFr: 'Personnes par thème de besoin',
    labelEn: 'Persons by theme of need',
    definitionFr:
      'Les personnes qu’un besoin de ce thème concerne à un moment de la période, chacune une fois par thème.',
    countsFr: 'Toutes les personnes du dossier, si le besoin est celui du foyer.',
    doesNotCountFr: 'Les autres membres du foyer, si le besoin est celui d’une personne.',
  },
  {
    code: 'REFERRALS_SENT',
    labelFr: 'Orientations envoyées',
    labelEn: 'Referrals sent',
    definitionFr: 'Les orientations faites pendant la période, selon leur destination et la réponse.',
    countsFr: 'Une orientation retirée ensuite.',
    doesNotCountFr: 'Un conseil donné sans orientation.',
  },
  {
    code: 'REFERRALS_RECEIVED',
    labelFr: 'Orientations reçues',
    labelEn: 'Referrals received',
    definitionFr: 'Les orientations faites vers la circonscription pendant la période.',
    countsFr: 'Une orientation vers l’un de ses agents.',
    doesNotCountFr: 'Une saisine d’un partenaire.',
  },
  {
    code: 'REFERRALS_ANSWERED_IN_TIME',
    labelFr: 'Part des orientations répondues à temps',
    labelEn: 'Share of referrals answered in time',
    definitionFr:
      'Parmi les orientations dont le délai finit dans la période, celles qui ont eu une réponse avant.',
    countsFr: 'Un refus à temps.',
    doesNotCountFr: 'Une orientation retirée ; un simple accusé de réception.',
  },
  {
    code: 'INCOMING_REQUESTS',
    labelFr: 'Saisines reçues',
    labelEn: 'Requests from partners',
    definitionFr: 'Les saisines de partenaires reçues pendant la période.',
    countsFr: 'Une saisine au sujet d’une personne inconnue du service.',
    doesNotCountFr: 'Une orientation entre circonscriptions.',
  },
  {
    code: 'INCOMING_REQUESTS_ANSWERED_IN_TIME',
    labelFr: 'Part des saisines répondues à temps',
    labelEn: 'Share of partners’ requests answered in time',
    definitionFr:
      'Parmi les saisines dont le délai finit dans la période, celles qui ont eu une réponse avant.',
    countsFr: 'Une réponse négative à temps.',
    doesNotCountFr: 'Une saisine attribuée, sans réponse encore.',
  },
];

/** Returns the unit, the kind and the dimensions that the measure has. */
export function measured(code: MeasureCode): {
  readonly measure: string;
  readonly unit: string;
  readonly kind: string;
  readonly dimensions: readonly string[];
} {
  const { unit, kind, dimensions }: Measure = MEASURES[code];
  return { measure: code, unit, kind, dimensions };
}
