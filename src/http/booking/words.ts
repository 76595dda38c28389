import type { NextFree, OnlineTypeRow } from '../../services/agenda/online-types.js';

/** The languages of the page. */
export type Language = 'fr' | 'en';

/** The page's own words. */
export interface Words {
  readonly title: string;
  readonly skip: string;
  readonly other: string;
  readonly introduction: string;
  readonly choose: string;
  readonly elsewhere: string;
  readonly commune: string;
  readonly where: string;
  readonly all: string;
  readonly online: string;
  readonly noneOnline: string;
  readonly minutes: string;
  readonly held: string;
  readonly soon: string;
  readonly called: string;
  readonly how: string;
  readonly byLink: string;
  readonly byPhone: string;
  readonly byComing: string;
  readonly bring: string;
  readonly language: string;
  readonly address: string;
  readonly phone: string;
  readonly hours: string;
  readonly noHours: string;
  readonly communes: string;
  readonly danger: string;
  readonly notFound: string;
  readonly days: readonly string[];
  readonly modes: Readonly<Record<OnlineTypeRow['modes'][number], string>>;
  readonly nextFree: Readonly<Record<NextFree, string>>;
}

/** The words in each language. */
export const WORDS: Readonly<Record<Language, Words>> = {
  fr: {
    title: 'Prendre rendez-vous',
    skip: 'Aller au contenu',
    other: 'English',
    introduction:
      'Un rendez-vous avec un travailleur social est gratuit. Il n’y a rien à apporter, et personne ne demande pourquoi vous venez.',
    choose: 'Où aller, selon votre commune',
    elsewhere:
      'Cette liste propose, et n’oblige à rien : si vous êtes hébergé, à l’hôtel ou domicilié ailleurs, vous pouvez demander un autre lieu.',
    commune: 'Commune',
    where: 'Lieu',
    all: 'Tous les lieux',
    online: 'Ce qui se prend en ligne',
    noneOnline: 'Aucun rendez-vous ne se prend en ligne ici pour le moment. Téléphonez, ou venez.',
    minutes: 'minutes',
    held: 'Comment',
    soon: 'Place libre',
    called: 'Dans vos rappels',
    how: 'Comment prendre rendez-vous',
    byLink: 'En ligne : le site où choisir une heure',
    byPhone: 'Par téléphone :',
    byComing: 'En venant à l’accueil, aux heures ci-dessous, sans rendez-vous.',
    bring: 'Il n’y a rien à apporter. Un nom suffit, celui que vous choisissez.',
    language:
      'Si vous parlez une autre langue, ou la langue des signes, dites-le : un interprète peut être là.',
    address: 'Adresse',
    phone: 'Téléphone',
    hours: 'Heures d’ouverture',
    noHours: 'Les heures ne sont pas indiquées : téléphonez.',
    communes: 'Communes',
    danger:
      'En cas de danger, n’attendez pas un rendez-vous : 15, 17, 18 ou 112 ; 114 par SMS si vous n’entendez pas ; 119 pour un enfant ; 115 pour un hébergement cette nuit.',
    notFound: 'Ce lieu n’existe pas.',
    days: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    modes: { ON_SITE: 'sur place', HOME: 'chez vous', PHONE: 'par téléphone', VIDEO: 'en visio' },
    nextFree: {
      WITHIN_A_WEEK: 'dans les 7 jours',
      WITHIN_A_MONTH: 'dans les 30 jours',
      LATER: 'dans plus de 30 jours',
      NONE: 'aucune pour le moment ; téléphonez',
    },
  },
  en: {
    title: 'Book an appointment',
    skip: 'Skip to the content',
    other: 'Français',
    introduction:
      'An appointment with a social worker is free of charge. There is nothing to bring, and nobody asks why you come.',
    choose: 'Where to go, by where you live',
    elsewhere:
      'This list is a suggestion: if you stay with someone, in a hotel, or have your address elsewhere, you may ask for another place.',
    commune: 'Town',
    where: 'Place',
    all: 'All places',
    online: 'What can be booked online',
    noneOnline: 'Nothing can be booked online here at present. Call, or come.',
    minutes: 'minutes',
    held: 'How',
    soon: 'Free time',
    called: 'In your reminders',
    how: 'How to book',
    byLink: 'Online: the site where to choose a time',
    byPhone: 'By telephone:',
    byComing: 'By coming to the desk at the hours below, without an appointment.',
    bring: 'There is nothing to bring. A name is enough, the one that you choose.',
    language: 'If you speak another language, or sign language, say so: an interpreter can be there.',
    address: 'Address',
    phone: 'Telephone',
    hours: 'Opening hours',
    noHours: 'The hours are not given: call.',
    communes: 'Towns',
    danger:
      'In danger, do not wait for an appointment: 15, 17, 18 or 112; 114 by text message if you do not hear; 119 for a child; 115 for a shelter tonight.',
    notFound: 'There is no such place.',
    days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    modes: { ON_SITE: 'on site', HOME: 'at your home', PHONE: 'by telephone', VIDEO: 'by video' },
    nextFree: {
      WITHIN_A_WEEK: 'within 7 days',
      WITHIN_A_MONTH: 'within 30 days',
      LATER: 'in more than 30 days',
      NONE: 'none at present; call',
    },
  },
};
