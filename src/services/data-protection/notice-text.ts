import type { AppointmentNoticeKind } from '../../../prisma/generated/enums.js';

export type { AppointmentNoticeKind as ToldKind } from '../../../prisma/generated/enums.js';

const WHEN = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
});

/** Writes an instant as the wall clock and calendar in Paris show it, in French: `mardi 2 mars à 10:00`. */
function when(instant: Date): string {
  return WHEN.format(instant).replace(/,? (?:à )?(\d\d)[:h](\d\d)$/, ' à $1:$2');
}

const DAY = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

/**
 * Writes the text that tells a person of an appointment, in French, to be read aloud or sent: the public label, the time and the address,
 * and neither the service nor a name. A phone may be shared (domain rule 8).
 */
export function noticeText(notice: {
  readonly kind: AppointmentNoticeKind;
  readonly publicLabelFr: string;
  readonly previousStartsAt: Date;
  readonly startsAt: Date;
  /** Null if the text names no place: at home, by phone. */
  readonly place: string | null;
  /** The link by which the person cancels it; none unless given. */
  readonly link?: string | null;
}): string {
  const change = notice.link == null ? '' : ` Pour annuler ou demander une autre date : ${notice.link}`;
  const before = `${notice.publicLabelFr} du ${when(notice.previousStartsAt)}`;
  const where = notice.place === null ? '' : `, ${notice.place}`;
  switch (notice.kind) {
    case 'CANCELLED':
      return `${before} : annulation.`;
    case 'MOVED':
      return `${before} : nouvelle date, le ${when(notice.startsAt)}${where}.${change}`;
    case 'REMINDER':
      return `Rappel : ${notice.publicLabelFr.toLowerCase()} le ${when(notice.startsAt)}${where}.${change}`;
  }
}

/**
 * Writes the text that asks several waiting persons for a time at short notice, in French; as neutral as a notice. It says that silence costs
 * nothing.
 */
export function questionText(offer: {
  readonly publicLabelFr: string;
  readonly startsAt: Date;
  readonly answerBy: Date;
}): string {
  return `${offer.publicLabelFr} : une place se libère le ${when(offer.startsAt)}. Elle va à la première réponse, avant le ${when(offer.answerBy)}. Sans réponse, rien ne change.`;
}

/** Writes the text that tells a waiting person of a time that is held for them, in French; as neutral as a notice. */
export function offerText(offer: {
  readonly publicLabelFr: string;
  readonly startsAt: Date;
  readonly answerBy: Date;
}): string {
  return `${offer.publicLabelFr} : une place se libère le ${when(offer.startsAt)}. Réponse attendue avant le ${when(offer.answerBy)}.`;
}

/**
 * Writes the text that tells a person that somebody called off their appointment by telephone, in French. It does not say who called or
 * when. It names only the day of the appointment, which the caller has said. So a caller who reads the text learns no hour.
 */
export function calledOffText(of: {
  readonly publicLabelFr: string;
  readonly startsAt: Date;
  /** Whether silence frees the time after two office hours. */
  readonly isFreed: boolean;
  /** The link by which the person confirms or refuses it; null for none. */
  readonly link: string | null;
}): string {
  const said = `${of.publicLabelFr} du ${DAY.format(of.startsAt)} : annulation demandée.`;
  if (of.link === null)
    return `${said} Si la demande ne vient pas de vous, dites-le à la personne qui vous reçoit.`;
  return `${said} Pour confirmer ou garder la date${of.isFreed ? ', sous deux heures ouvrées' : ''} : ${of.link}`;
}

/**
 * Writes the text that tells a person that somebody took their request off the waiting list, in French. It does not say who did, or what was
 * asked for.
 */
export function withdrawnText({ publicLabelFr }: { readonly publicLabelFr: string }): string {
  return `${publicLabelFr} : la demande de date est retirée. Si cela ne vient pas de vous, dites-le à la personne qui vous reçoit.`;
}
