/** The ways in which an appointment is held. */
export type AppointmentMode = 'ON_SITE' | 'HOME' | 'PHONE' | 'VIDEO';

/** The roles and clients that may book an appointment of a type. */
export type AppointmentBooker = 'RECEPTIONIST' | 'SOCIAL_WORKER' | 'BOOKING_CLIENT';

/** A type of appointment. Only the public labels leave the service: in reminders, in calendars, to partners. */
export interface AppointmentTypeReference {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly publicLabelFr: 'Entretien' | 'Visite' | 'Appel' | 'Réunion';
  readonly publicLabelEn: 'Meeting' | 'Visit' | 'Call' | 'Group meeting';
  readonly durationMinutes: number;
  readonly modes: readonly AppointmentMode[];
  readonly bookableBy: readonly AppointmentBooker[];
  /** The number of persons who can come, unless another is said. Only for a collective type. */
  readonly places?: number;
  /** The option that a team votes for before anyone holds this type. */
  readonly option?: 'GROUP_MEETING' | 'CALL_BACK' | 'WALK_IN_HOUR';
}

/**
 * The appointment types of a polyvalence team.
 *
 * Source: written for Cosmos from the usual practice of a circonscription (premier accueil social
 * inconditionnel, suivi, visite à domicile). The public label says the form of the meeting, never its subject.
 */
export const APPOINTMENT_TYPES: readonly AppointmentTypeReference[] = [
  {
    code: 'FIRST_RECEPTION',
    labelFr: 'Premier accueil',
    labelEn: 'First reception',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 30,
    modes: ['ON_SITE', 'PHONE', 'VIDEO'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER', 'BOOKING_CLIENT'],
  },
  {
    code: 'FOLLOW_UP',
    labelFr: 'Entretien de suivi',
    labelEn: 'Follow-up meeting',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 45,
    modes: ['ON_SITE', 'PHONE', 'VIDEO'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER', 'BOOKING_CLIENT'],
  },
  {
    code: 'SOCIAL_ASSESSMENT',
    labelFr: 'Évaluation sociale',
    labelEn: 'Social assessment',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 60,
    modes: ['ON_SITE', 'VIDEO'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER'],
  },
  {
    code: 'RSA_CONTRACT',
    labelFr: "Contrat d'engagement RSA",
    labelEn: 'RSA engagement contract',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 60,
    modes: ['ON_SITE', 'VIDEO'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER'],
  },
  {
    code: 'URGENT_RECEPTION',
    labelFr: "Accueil d'urgence",
    labelEn: 'Urgent reception',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 30,
    modes: ['ON_SITE', 'PHONE'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER'],
  },
  {
    code: 'JOINT_MEETING',
    labelFr: 'Entretien avec un partenaire',
    labelEn: 'Meeting with a partner',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 60,
    modes: ['ON_SITE', 'VIDEO'],
    bookableBy: ['SOCIAL_WORKER'],
  },
  {
    code: 'HOME_VISIT',
    labelFr: 'Visite à domicile',
    labelEn: 'Home visit',
    publicLabelFr: 'Visite',
    publicLabelEn: 'Visit',
    durationMinutes: 60,
    modes: ['HOME'],
    bookableBy: ['SOCIAL_WORKER'],
  },
  {
    code: 'PHONE_CALL',
    labelFr: 'Point téléphonique',
    labelEn: 'Phone call',
    publicLabelFr: 'Appel',
    publicLabelEn: 'Call',
    durationMinutes: 20,
    modes: ['PHONE'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER', 'BOOKING_CLIENT'],
  },
  {
    code: 'INFORMATION_MEETING',
    labelFr: "Réunion d'information collective",
    labelEn: 'Collective information meeting',
    publicLabelFr: 'Réunion',
    publicLabelEn: 'Group meeting',
    durationMinutes: 90,
    modes: ['ON_SITE', 'VIDEO'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER'],
    places: 12,
    option: 'GROUP_MEETING',
  },
  {
    code: 'CALL_BACK',
    labelFr: 'Rappel de dix minutes',
    labelEn: 'Call-back of ten minutes',
    publicLabelFr: 'Appel',
    publicLabelEn: 'Call',
    durationMinutes: 10,
    modes: ['PHONE'],
    bookableBy: ['RECEPTIONIST', 'SOCIAL_WORKER'],
    option: 'CALL_BACK',
  },
  {
    // Hours without an appointment: nobody books them.
    code: 'WALK_IN_HOUR',
    labelFr: 'Heure sans rendez-vous',
    labelEn: 'Hour without appointment',
    publicLabelFr: 'Entretien',
    publicLabelEn: 'Meeting',
    durationMinutes: 15,
    modes: ['ON_SITE'],
    bookableBy: [],
    option: 'WALK_IN_HOUR',
  },
];
