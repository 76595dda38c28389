import type { Sentence } from './rules.js';

// The conditions of services on a row, in words that several fields share.

/** The agendas that a social worker or a desk may manage. */
export const OWN_OR_DESK: Sentence = {
  fr: 'un travailleur social son propre agenda ; l’accueil, ceux de sa circonscription',
  en: 'for a social worker, their own agenda; for the desk, the agendas of its district',
};

/** The workers who work with the appointment. */
export const WHO_WORKS_WITH_IT: Sentence = {
  fr: 'l’accueil de la circonscription, les agents qui y participent et celui qui suit le dossier',
  en: 'the district’s desk, the appointment’s workers, the assigned worker and the stand-in',
};

/** The workers who give and take back places of an appointment. */
export const WHO_HOLDS_IT: Sentence = {
  fr: 'l’accueil de la circonscription, et les agents qui y participent',
  en: 'the district’s desk, and the appointment’s workers',
};

/** The workers who answer for a request on the waiting list, and the person. */
export const WHO_ANSWERS: Sentence = {
  fr: 'l’accueil de la circonscription, l’agent de permanence, celui qui suit le dossier ; la personne, pour les siennes montrées en ligne',
  en: 'the district’s desk, the duty worker, the assigned worker and the stand-in; for the person, their own requests that are shown online',
};

/** The requests on the waiting list that each role sees. */
export const WHO_WAITS: Sentence = {
  fr: 'celles de leur circonscription pour l’accueil et le responsable, celles dont ils sont de permanence ou suivent le dossier, celles montrées à la personne',
  en: 'for the desk and the head, the requests of their district; for social workers, the requests that they have on duty, and those of the cases that they follow; for the person, their own requests that are shown online',
};

/** The slot offers that each role sees. */
export const OFFERED: Sentence = {
  fr: 'aux personnes dont ils voient la demande, hors le responsable',
  en: 'for the requests that they see; the head is left out',
};

/** The workers who record, take in and close a visit. */
export const WHO_RECEIVES: Sentence = {
  fr: 'l’accueil de la circonscription ; l’agent qui reçoit, s’il est travailleur social',
  en: 'the district’s desk; the worker who is to receive the person, if a social worker',
};

/** The visits that each role sees. */
export const WHO_CAME: Sentence = {
  fr: 'ceux de leur circonscription pour l’accueil et le responsable ; les autres agents, ceux qu’ils reçoivent',
  en: 'for the desk and the head, the visits of their district; for other workers, the visits of the persons that they receive',
};

/** The worker who held the encounter. */
export const WHO_HELD_IT: Sentence = {
  fr: 'celui qui l’a tenu, tant qu’il n’est pas transmis',
  en: 'the worker who held the encounter, until it is passed on',
};

/** The workers who answer the referral. */
export const ITS_RECEIVER: Sentence = {
  fr: 'celui qui l’a reçue ; le responsable, tant que personne ne l’a ; celui qui suit le dossier, pour une structure',
  en: 'the worker who received the referral; the head, while no worker has it; for an organisation, the assigned worker and the stand-in',
};

/** The workers who send the referral. */
export const ITS_SENDER: Sentence = {
  fr: 'le référent du dossier et son suppléant',
  en: 'the assigned worker and the stand-in',
};

/** The partners' requests that a worker or a head sees. */
export const THEIRS_OR_NOBODYS: Sentence = {
  fr: 'celles qui leur sont attribuées ; le responsable, celles qui ne le sont à personne',
  en: 'the requests that are allocated to them; for the head, the requests that are allocated to nobody',
};

/** The workers who record needs. */
export const WHO_NOTES_NEEDS: Sentence = {
  fr: 'le référent du dossier et son suppléant ; le travailleur social qui l’a ouvert, jusqu’à la première attribution',
  en: 'the assigned worker and the stand-in; the social worker who opened the case, until it is first assigned',
};

/** The bookings that a person or a client manages. */
export const ITS_BOOKER: Sentence = {
  fr: 'ceux qui sont montrés à la personne ; ceux que l’application a pris, par leur secret',
  en: 'for the person, the bookings that are shown online; for a client, the bookings that it made, by their secret',
};

/** The cases of an absent worker that a head sees. */
export const AWAY: Sentence = {
  fr: 'dans sa circonscription, les dossiers d’un seul agent, absent sans le contester ou qui part ; jamais à lui-même',
  en: 'in their district, the cases of one worker who leaves, or who is away and has not contradicted the absence; never to themselves',
};

/** The cases that a viewer opens one at a time. */
export const ONE_CASE: Sentence = {
  fr: 'les dossiers de leur circonscription, un à la fois, ou montrés à la personne',
  en: 'the cases of their district, one at a time; for the person, the cases that are shown online',
};

/** Nobody knows who holds the link of a message. */
export const WHO_HOLDS_THE_LINK: Sentence = {
  fr: 'toute personne qui détient le lien du message, une seule fois',
  en: 'whoever holds the link of the message, once',
};
