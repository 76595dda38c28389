import type { TeamOptionKind } from '../../../prisma/generated/enums.js';

/** What an option is, and what it costs. Front ends show it beside the vote. */
export const OPTION_WORDS: Readonly<Record<TeamOptionKind, { readonly fr: string; readonly en: string }>> = {
  GROUP_MEETING: {
    fr: 'Réunion d’information : plusieurs personnes entendent ensemble ce qui se dit à tout le monde. Elle ne remplace pas l’entretien : qui le demande est reçu seul. Elle se prend dans l’agenda de l’agent qui la tient, comme les autres rendez-vous.',
    en: 'Group meeting: several persons hear together what is said to everyone. It does not replace a meeting: whoever asks for one is received alone. It is booked in the agenda of the worker who holds it, like other appointments.',
  },
  CALL_BACK: {
    fr: 'Rappel de dix minutes, pour une question simple. Ce n’est jamais un refus : une demande de rendez-vous garde sa place sur la liste d’attente, et personne n’attend un rappel à sa place. Chacun ouvre lui-même ses heures d’appel, ou n’en ouvre pas.',
    en: 'Call-back of ten minutes, for a simple question. It is never a refusal: a request for an appointment keeps its place on the waiting list, and nobody waits for a call-back instead. Each worker opens their own hours for calls, or none.',
  },
  WALK_IN_HOUR: {
    fr: 'Heure sans rendez-vous, pour que qui vient soit reçu dignement. Elle coûte de l’attente : une heure prise sur les rendez-vous, ce sont deux entretiens d’une demi-heure en moins. Un travailleur social peut simuler une demi-journée de moins. Chacun ouvre lui-même ses heures, ou n’en ouvre pas.',
    en: 'Hour without appointment, so that people who come are received with dignity. It costs wait: an hour that is taken from appointments is two meetings of half an hour less. A social worker can simulate half a day less. Each worker opens their own hours, or none.',
  },
};
