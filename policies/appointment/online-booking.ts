import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Rendez-vous pris en ligne: its time and place. The client or the person who books is not told which worker receives. */
export const OnlineBooking: TypePolicy = {
  fr: 'Rendez-vous pris en ligne',
  en: 'Appointment booked online',
  fields: {
    startsAt: { to: forWhom.whoManagesTheBooking, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.whoManagesTheBooking, fr: 'fin', en: 'end' },
    status: {
      to: forWhom.whoManagesTheBooking,
      fr: 'état (prévu, honoré, annulé…)',
      en: 'state (booked, honoured, cancelled…)',
    },
    mode: {
      to: forWhom.whoManagesTheBooking,
      fr: 'sur place, par téléphone, en visio',
      en: 'on site, by phone, by video',
    },
    publicLabel: { to: forWhom.whoManagesTheBooking, fr: 'intitulé neutre', en: 'neutral label' },
    district: { to: forWhom.whoManagesTheBooking, fr: 'circonscription', en: 'district' },
    place: {
      to: forWhom.whoManagesTheBooking,
      fr: 'lieu, si ce n’est pas l’adresse de la circonscription',
      en: 'place, unless it is the district’s address',
    },
    secret: {
      to: forWhom.bookingClients,
      fr: 'secret par lequel il est géré, donné une fois',
      en: 'secret by which it is managed, given once',
    },
    id: { to: forWhom.whoManagesTheBooking, ...ID },
    version: { to: forWhom.whoManagesTheBooking, ...VERSION },
  },
};

/** The answer after the bookings of a client are cancelled: a number. */
export const CancelledBookings: TypePolicy = {
  fr: 'Rendez-vous annulés ensemble',
  en: 'Bookings cancelled together',
  where: {
    fr: 'en réponse à l’accueil ou au responsable qui les annule',
    en: 'in the answer to the desk or the head that cancels them',
  },
  fields: {
    cancelled: { to: forWhom.whoCancelsBookingsOfClients, fr: 'nombre', en: 'number' },
  },
};
