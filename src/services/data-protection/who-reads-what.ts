/**
 * The readers of each kind of data about a person: the one list from which the sentences of both privacy notices are made (GDPR articles
 * 13(1)(e) and 14(1)(e), recipients). The test `tests/data-protection/what-is-said-is-true` compares it with the matrix that was observed: a field
 * that opens to another reader makes the notices false, and the test fails.
 */

interface Words {
  readonly fr: string;
  readonly en: string;
}

/** The readers of data about a person, besides the person. Their names are short, since the short notice is read aloud. */
export const READERS = {
  ASSIGNED: { fr: 'votre référent', en: 'your worker' },
  STAND_IN: { fr: 'son suppléant', en: 'their stand-in' },
  RECEIVING: { fr: 'qui vous reçoit', en: 'whoever receives you' },
  ON_DUTY: { fr: 'l’agent de permanence', en: 'the worker on duty' },
  OPENER: { fr: 'qui l’a ouvert, jusqu’à son attribution', en: 'whoever opened it, until it is assigned' },
  COLLEAGUES: { fr: 'les travailleurs sociaux', en: 'the social workers' },
  HEAD: { fr: 'le responsable', en: 'the head' },
  DESK: { fr: 'l’accueil', en: 'the reception' },
  FORMER: { fr: 'votre ancien référent', en: 'your former worker' },
  TAKING_OVER: { fr: 'celui qui va lui succéder', en: 'the one who is to follow' },
  ADVISER: { fr: 'le conseiller technique', en: 'the technical adviser' },
  OFFICER: { fr: 'le délégué à la protection des données', en: 'the data protection officer' },
  LINK_HOLDER: { fr: 'qui détient ce lien', en: 'whoever holds this link' },
  BOOKING_SOFTWARE: { fr: 'l’application où il est pris', en: 'the application in which it is booked' },
} as const satisfies Readonly<Record<string, Words>>;

/** One of `READERS`. */
export type Reader = keyof typeof READERS;

/** A kind of data, its words and its readers. */
export interface KindOfData extends Words {
  readonly readers: readonly Reader[];
  /** Types of the schema and single coordinates. A coordinate goes before its type. */
  readonly holds: readonly string[];
}

const IDENTITY = ['id', 'chosenName', 'displayName', 'familyName', 'givenName'].map(
  (field) => `Person.${field}`,
);

/** The kinds of data, in the order of the notices. */
export const KINDS_OF_DATA: readonly KindOfData[] = [
  {
    fr: 'votre nom, vos passages et vos demandes de rendez-vous',
    en: 'your name, your visits and your requests for an appointment',
    readers: ['DESK', 'RECEIVING', 'ASSIGNED', 'STAND_IN', 'HEAD'],
    holds: [...IDENTITY, 'AppointmentRequest', 'OfferSkip', 'Visit', 'VisitChange.visit'],
  },
  {
    fr: 'votre date de naissance, vos coordonnées, vos rendez-vous',
    en: 'your date of birth, your contact details, your appointments',
    readers: ['DESK', 'RECEIVING', 'ASSIGNED', 'STAND_IN'],
    holds: [
      'Person',
      'PersonAddress',
      'NoticeReceipt',
      'Appointment',
      'AppointmentNotice',
      'AppointmentParticipant',
      'CollectiveAppointment',
      'TakenPlace',
      'SlotOffer',
      'PersonTime',
      'TimesSentAgain',
      'TimeCalledOff',
    ],
  },
  {
    fr: 'que le service vous connaît, qu’un dossier existe et à qui il est attribué',
    en: 'that the service knows you, that a case exists and to whom it is assigned',
    readers: ['DESK', 'COLLEAGUES', 'ASSIGNED', 'STAND_IN', 'HEAD'],
    holds: ['PersonMatch', 'Case', 'ReferralMention', 'Notification', 'PlannedReassignment'],
  },
  {
    fr: 'ce que votre dossier concerne, une orientation, ce qu’un partenaire écrit à votre sujet',
    en: 'what your case is for, a referral, what a partner writes about you',
    readers: ['RECEIVING', 'ASSIGNED', 'STAND_IN', 'HEAD'],
    holds: ['Case.mission', 'Case.persons', 'Referral', 'IncomingRequest'],
  },
  {
    fr: 'l’objet d’un rendez-vous, le détail d’une orientation',
    en: 'the subject of an appointment, the detail of a referral',
    readers: ['RECEIVING', 'ASSIGNED', 'STAND_IN'],
    holds: [
      'Appointment.subject',
      'Appointment.type',
      'Appointment.case',
      'AppointmentRequest.type',
      'AppointmentRequest.case',
      'Referral.needs',
      'Referral.persons',
      'Referral.text',
    ],
  },
  {
    fr: 'vos besoins, notés dans le dossier',
    en: 'your needs, noted in the case',
    readers: ['OPENER', 'ASSIGNED', 'STAND_IN'],
    holds: ['Need', 'Case.needs'],
  },
  {
    fr: 'ce qui y est en cours, et l’adresse où vous écrire sans risque',
    en: 'what is under way in it, and the address at which to write to you safely',
    readers: ['ASSIGNED', 'STAND_IN'],
    holds: [
      'LooseEnds',
      'PersonToInform',
      'Case.appointments',
      'Case.nextAppointment',
      'Case.referrals',
      'Referral.case',
      'Referral.showOnline',
      'Referral.toOrganisation',
      'Person.safeAddress',
      'Person.contactProposal',
      'ContactProposal',
      'Person.contactWords',
      'ContactWord',
    ],
  },
  {
    fr: 'où une visite à domicile a lieu, si nul n’en est revenu trente minutes après sa fin',
    en: 'where a home visit is, if nobody is back thirty minutes after its end',
    readers: ['ON_DUTY', 'HEAD'],
    holds: ['HomeVisitNotBack'],
  },
  {
    fr: 'ce qu’un autre change de vos données, si personne ne vous suit',
    en: 'what somebody else changes of your data, if nobody follows you',
    readers: ['ON_DUTY'],
    holds: ['ChangeOfDay'],
  },
  {
    fr: 'un message que vous laissez, le texte d’un entretien d’accueil',
    en: 'a message that you leave, the text of a first conversation at the reception',
    readers: ['RECEIVING', 'ASSIGNED'],
    holds: ['Message', 'Encounter', 'GivenUpEncounter'],
  },
  {
    fr: 'les comptes rendus d’entretien qu’il a écrits, ou qui lui ont été transmis ou ouverts',
    en: 'interview notes that they wrote, or that were handed over or opened to them',
    readers: ['ASSIGNED'],
    holds: ['InterviewNote', 'Case.interviewNotes'],
  },
  {
    fr: 'qu’il est demandé de transmettre ou d’ouvrir des comptes rendus, sans leur texte',
    en: 'that notes are asked to be handed over or opened, without their text',
    readers: ['ASSIGNED', 'FORMER', 'TAKING_OVER', 'ADVISER', 'OFFICER'],
    holds: ['Handover', 'HandoverTask', 'Release', 'ReleaseAnswer', 'ReleaseReview', 'DangerStatement'],
  },
  {
    fr: 'qui a consulté votre dossier',
    en: 'who has consulted your file',
    readers: ['OFFICER'],
    holds: ['AccessLogEntry'],
  },
  {
    fr: 'un rendez-vous pris en ligne',
    en: 'an appointment booked online',
    readers: ['BOOKING_SOFTWARE'],
    holds: ['OnlineBooking'],
  },
  {
    fr: 'l’heure d’un rendez-vous, par le lien du message qui vous la rappelle',
    en: 'the time of an appointment, by the link in the message that reminds you of it',
    readers: ['LINK_HOLDER'],
    holds: ['LinkedAppointment'],
  },
];

function listed(readers: readonly Reader[], language: keyof Words, and: string): string {
  const words = readers.map((reader) => READERS[reader][language]);
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')}${and}${words.at(-1)}`;
}

/** The explanation of the words for readers. */
const MEANING: Words = {
  fr: 'Votre référent est le travailleur social à qui votre dossier est attribué. Qui vous reçoit, vous rappelle ou traite une demande à votre sujet lit ce qu’il lui faut pour cela. L’accueil, les travailleurs sociaux et le responsable sont ceux de votre circonscription.',
  en: 'Your worker is the social worker to whom your case is assigned. Whoever receives you, calls you back or handles a request about you reads what that takes. The reception, the social workers and the head are those of your district.',
};
const NOBODY_ELSE: Words = {
  fr: 'Personne d’autre dans le service ne lit ces informations, et chacun est tenu au secret.',
  en: 'Nobody else in the service reads this information, and everyone is bound to secrecy.',
};

function sentencesIn(language: keyof Words, title: string, colon: string, and: string): string {
  return [
    title,
    ...KINDS_OF_DATA.map((kind) => `– ${kind[language]}${colon}${listed(kind.readers, language, and)}.`),
    `${MEANING[language]} ${NOBODY_ELSE[language]}`,
  ].join('\n');
}

/** The sentences of both notices about the readers, a line for each kind of data: the same in the short notice and the full one. */
export const WHO_READS_WHAT: Words = {
  fr: sentencesIn('fr', 'Qui lit quoi dans le service ?', ' : ', ' et '),
  en: sentencesIn('en', 'Who reads what in the service?', ': ', ' and '),
};
