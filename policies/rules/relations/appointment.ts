import * as appointment from '../../../src/access/appointment/appointment.js';
import * as homeVisit from '../../../src/access/appointment/home-visit.js';
import * as online from '../../../src/access/appointment/online-booking.js';
import type { WithReach } from '../../../src/access/person/person.js';
import { rowRule, viewerRule } from '../rules.js';
import { isWorker, mayBe, mayFollow } from './viewers.js';

/** The rule `appointment.seesAppointment`, asked of each appointment. */
export const whoSeesTheAppointment = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil, les agents qui y participent, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk, the appointment’s workers, the assigned worker and the stand-in; the person, if it is shown online',
  },
  appointment.seesAppointment,
);
/** The rule `appointment.seesAppointmentContent`, asked of each appointment. */
export const whoKnowsItsSubject = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'les agents qui y participent et celui qui suit le dossier',
    en: 'the appointment’s workers, the assigned worker and the stand-in',
  },
  appointment.seesAppointmentContent,
  isWorker,
);
/** The rule `appointment.followsItsCase`, asked of each appointment. */
export const whoFollowsTheCaseOfTheAppointment = rowRule<appointment.AppointmentRelation>(
  { fr: 'celui qui suit le dossier', en: 'the assigned worker and the stand-in' },
  appointment.followsItsCase,
  mayFollow,
);
/** The rule `appointment.seesWhatBecameOfIt`, asked of each appointment. A desk never sees a worker and an outcome side by side (rule 3). */
export const whoSeesWhatBecameOfIt = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil, tant qu’il est pris et dans la réponse à sa propre saisie ; les agents qui y participent, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk, while the appointment is booked and in the answer to its own recording; the appointment’s workers, the assigned worker and the stand-in; the person, if it is shown online',
  },
  appointment.seesWhatBecameOfIt,
);
/** The rule `appointment.seesWhyCalledOff`, asked of each appointment. */
export const whoSeesWhyItWasCalledOff = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'les agents qui y participent, celui qui suit le dossier, l’accueil dans la réponse à qui le dit',
    en: 'the appointment’s workers, the assigned worker and the stand-in; the desk, only in the answer to its own cancellation',
  },
  appointment.seesWhyCalledOff,
);
/** The rule `appointment.seesWhoCame`, asked of each appointment. */
export const whoSeesWhoCame = rowRule<appointment.AppointmentRelation & { readonly outcome: string | null }>(
  {
    fr: 'les agents qui y participent et celui qui suit le dossier ; l’accueil, tant que la présence n’est pas notée et dans la réponse à sa propre saisie',
    en: 'the appointment’s workers, the assigned worker and the stand-in; the desk, until the attendance is recorded and in the answer to its own recording',
  },
  appointment.seesWhoCame,
);
/** The rule `appointment.seesWhoHoldsIt`, asked of each appointment. */
export const whoSeesWhoHoldsIt = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil, tant qu’il est pris ou que l’agent est en visite à domicile et dans la réponse à sa propre saisie ; les agents qui y participent, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk, while the appointment is booked or the worker is out on a home visit, and in the answer to its own recording; the appointment’s workers, the assigned worker and the stand-in; the person, if it is shown online',
  },
  appointment.seesWhoHoldsIt,
);

/** The rule `appointment.printsLetters`, asked of each appointment. */
export const whoPrintsTheLetterOfTheAppointment = rowRule<appointment.AppointmentRelation>(
  { fr: 'l’accueil et celui qui suit le dossier', en: 'the desk, the assigned worker and the stand-in' },
  appointment.printsLetters,
  isWorker,
);
/** The rule `appointment.worksWithAppointment`, asked of each appointment. */
export const whoWorksWithTheAppointment = rowRule<appointment.AppointmentRelation>(
  {
    fr: 'l’accueil, les agents qui y participent et celui qui suit le dossier',
    en: 'the desk, the appointment’s workers, the assigned worker and the stand-in',
  },
  appointment.worksWithAppointment,
  isWorker,
);

/** The rule `appointment.knowsHowToTell`, asked of each notice of an appointment. */
export const whoKnowsHowToTellOfIt = rowRule<appointment.AppointmentRelation & WithReach>(
  {
    fr: 'l’accueil, celui qui suit le dossier, et les agents qui y participent si quelqu’un d’autre leur a ouvert les coordonnées',
    en: 'the desk, the assigned worker and the stand-in, and the appointment’s workers to whom somebody else opened the contact',
  },
  appointment.knowsHowToTell,
  isWorker,
);

/** The rule `homeVisit.seesWhoIsNotBack`, asked of each home visit. */
export const whoLooksForWhoIsNotBack = rowRule<homeVisit.NotBackRelation>(
  {
    fr: 'le responsable de la circonscription, et l’agent de permanence ce jour',
    en: 'the head of the district, and the duty worker of that day',
  },
  homeVisit.seesWhoIsNotBack,
  mayBe('DISTRICT_HEAD', 'SOCIAL_WORKER'),
);

/** The rule `online.managesBooking`, asked of each online booking. */
export const whoManagesTheBooking = rowRule<online.OnlineBookingRelation>(
  {
    fr: 'l’application qui l’a pris, par son secret ; la personne, si c’est montré en ligne',
    en: 'the client that booked the appointment, by its secret; the person, if it is shown online',
  },
  online.managesBooking,
);
/** The rule `online.booksForOthers`, asked once of the viewer. */
export const bookingClients = viewerRule(
  { fr: 'les applications de prise de rendez-vous', en: 'booking clients' },
  online.booksForOthers,
);
/** The rule `online.booksOnline`, asked once of the viewer. */
export const whoBooksOnline = viewerRule(
  { fr: 'la personne, et les applications de prise de rendez-vous', en: 'the person, and booking clients' },
  online.booksOnline,
);
/** The rule `online.cancelsBookingsOfClients`, asked of the district of the bookings. */
export const whoCancelsBookingsOfClients = rowRule<{ readonly districtId: string }>(
  {
    fr: 'l’accueil et le responsable de la circonscription',
    en: 'the district’s desk and its head',
  },
  online.cancelsBookingsOfClients,
  mayBe('RECEPTIONIST', 'DISTRICT_HEAD'),
);

/** The rule `appointment.isAtTheDesk`, asked of the appointment’s district. */
export const theDeskOfTheAppointment = rowRule<{ readonly districtId: string }>(
  { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
  appointment.isAtTheDesk,
  mayBe('RECEPTIONIST'),
);
