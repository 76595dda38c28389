import type { Sentence } from './rules.js';

// The conditions of services on a row, in words that several fields share.

/** The agendas that a social worker or a desk may manage. */
export const OWN_OR_DESK: Sentence = {
  fr: 'un travailleur social son propre agenda ; l’accueil, ceux de sa circonscription',
  en: 'a social worker their own agenda; the desk, those of its district',
};

/** The workers who work with the appointment. */
export const WHO_WORKS_WITH_IT: Sentence = {
  fr: 'l’accueil de la circonscription, les agents qui y participent et celui qui suit le dossier',
  en: 'the district’s desk, who takes part and who follows the case',
};

/** The workers who hold the appointment. */
export const WHO_HOLDS_IT: Sentence = {
  fr: 'l’accueil de la circonscription, et les agents qui y participent',
  en: 'the district’s desk, and the workers who take part',
};

/** The workers who answer for a request on the waiting list, and the person. */
export const WHO_ANSWERS: Sentence = {
  fr: 'l’accueil de la circonscription, l’agent de permanence, celui qui suit le dossier ; la personne, pour les siennes montrées en ligne',
  en: 'the district’s desk, the worker on duty, who follows the case; the person, their own that are shown',
};

/** The requests on the waiting list that each role sees. */
export const WHO_WAITS: Sentence = {
  fr: 'celles de leur circonscription pour l’accueil et le responsable, celles dont ils sont de permanence ou suivent le dossier, celles montrées à la personne',
  en: 'those of their district to the desk and the head, those on which they are on duty or whose case they follow, those shown to the person',
};

/** The slot offers that each role sees. */
export const OFFERED: Sentence = {
  fr: 'aux personnes dont ils voient la demande, hors le responsable',
  en: 'to those whose request they see, the head left out',
};

/** The workers who receive a person at a visit. */
export const WHO_RECEIVES: Sentence = {
  fr: 'l’accueil de la circonscription ; l’agent qui reçoit, s’il est travailleur social',
  en: 'the district’s desk; whoever is to receive them, if a social worker',
};

/** The visits that each role sees. */
export const WHO_CAME: Sentence = {
  fr: 'ceux de leur circonscription pour l’accueil et le responsable ; les autres agents, ceux qu’ils reçoivent',
  en: 'those of their district to the desk and the head; to others, those whom they receive',
};

/** The worker who held the encounter. */
export const WHO_HELD_IT: Sentence = {
  fr: 'celui qui l’a tenu, tant qu’il n’est pas transmis',
  en: 'who held it, until it is passed on',
};

/** The worker who has the referral. */
export const ITS_RECEIVER: Sentence = {
  fr: 'celui qui l’a reçue ; le responsable, tant que personne ne l’a ; celui qui suit le dossier, pour une structure',
  en: 'who received it; the head, as long as nobody has it; who follows the case, for an organisation',
};

/** The workers who send the referral. */
export const ITS_SENDER: Sentence = {
  fr: 'le référent du dossier et son suppléant',
  en: 'the assigned worker and the stand-in',
};

/** The partners' requests that a worker or a head sees. */
export const THEIRS_OR_NOBODYS: Sentence = {
  fr: 'celles qui leur sont attribuées ; le responsable, celles qui ne le sont à personne',
  en: 'those allocated to them; the head, those allocated to nobody',
};

/** The workers who record needs. */
export const WHO_NOTES_NEEDS: Sentence = {
  fr: 'le référent du dossier et son suppléant ; qui l’a ouvert, jusqu’à la première attribution',
  en: 'the assigned worker and the stand-in; who opened it, until it is first assigned',
};

/** The bookings that a person or a client manages. */
export const ITS_BOOKER: Sentence = {
  fr: 'ceux qui sont montrés à la personne ; ceux que l’application a pris, par leur secret',
  en: 'those shown to the person; those that the client booked, by their secret',
};

/** The cases of an absent worker that a head sees. */
export const AWAY: Sentence = {
  fr: 'dans sa circonscription, les dossiers d’un seul agent, absent sans le contester ou qui part ; jamais à lui-même',
  en: 'in their district, cases of one worker who is away and does not contest it, or leaves; never to themselves',
};

/** The cases that are opened one at a time. */
export const ONE_CASE: Sentence = {
  fr: 'les dossiers de leur circonscription, un à la fois, ou montrés à la personne',
  en: 'cases of their district, one at a time, or shown to the person',
};
