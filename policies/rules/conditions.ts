import type { Sentence } from './rules.js';

// What services ask of a row, in words that several fields share.

export const OWN_OR_DESK: Sentence = {
  fr: 'un travailleur social son propre agenda ; l’accueil, ceux de sa circonscription',
  en: 'a social worker their own agenda; the desk, those of its district',
};

export const WHO_WORKS_WITH_IT: Sentence = {
  fr: 'l’accueil de la circonscription, les agents qui y participent et celui qui suit le dossier',
  en: 'the district’s desk, who takes part and who follows the case',
};

export const WHO_HOLDS_IT: Sentence = {
  fr: 'l’accueil de la circonscription, et les agents qui y participent',
  en: 'the district’s desk, and the workers who take part',
};

export const WHO_ANSWERS: Sentence = {
  fr: 'l’accueil de la circonscription, l’agent de permanence, celui qui suit le dossier ; la personne, pour les siennes montrées en ligne',
  en: 'the district’s desk, the worker on duty, who follows the case; the person, their own that are shown',
};

export const WHO_WAITS: Sentence = {
  fr: 'celles de leur circonscription pour l’accueil et le responsable, celles dont ils sont de permanence ou suivent le dossier, celles montrées à la personne',
  en: 'those of their district to the desk and the head, those on which they are on duty or whose case they follow, those shown to the person',
};

export const OFFERED: Sentence = {
  fr: 'aux personnes dont ils voient la demande, hors le responsable',
  en: 'to those whose request they see, the head left out',
};

export const WHO_RECEIVES: Sentence = {
  fr: 'l’accueil de la circonscription ; l’agent qui reçoit, s’il est travailleur social',
  en: 'the district’s desk; whoever is to receive them, if a social worker',
};

export const WHO_CAME: Sentence = {
  fr: 'ceux de leur circonscription pour l’accueil et le responsable ; les autres agents, ceux qu’ils reçoivent',
  en: 'those of their district to the desk and the head; to others, those whom they receive',
};

export const WHO_HELD_IT: Sentence = {
  fr: 'celui qui l’a tenu, tant qu’il n’est pas transmis',
  en: 'who held it, until it is passed on',
};

export const ITS_RECEIVER: Sentence = {
  fr: 'celui qui l’a reçue ; le responsable, tant que personne ne l’a ; celui qui suit le dossier, pour une structure',
  en: 'who received it; the head, as long as nobody has it; who follows the case, for an organisation',
};

export const ITS_SENDER: Sentence = {
  fr: 'le référent du dossier et son suppléant',
  en: 'the assigned worker and the stand-in',
};

export const THEIRS_OR_NOBODYS: Sentence = {
  fr: 'celles qui leur sont attribuées ; le responsable, celles qui ne le sont à personne',
  en: 'those allocated to them; the head, those allocated to nobody',
};

export const WHO_NOTES_NEEDS: Sentence = {
  fr: 'le référent du dossier et son suppléant ; qui l’a ouvert, jusqu’à la première attribution',
  en: 'the assigned worker and the stand-in; who opened it, until it is first assigned',
};

export const ITS_BOOKER: Sentence = {
  fr: 'ceux qui sont montrés à la personne ; ceux que l’application a pris, par leur secret',
  en: 'those shown to the person; those that the client booked, by their secret',
};

export const AWAY: Sentence = {
  fr: 'dans sa circonscription, les dossiers d’un seul agent, absent sans le contester ou qui part ; jamais à lui-même',
  en: 'in their district, cases of one worker who is away and does not contest it, or leaves; never to themselves',
};

export const ONE_CASE: Sentence = {
  fr: 'les dossiers de leur circonscription, un à la fois, ou montrés à la personne',
  en: 'cases of their district, one at a time, or shown to the person',
};
