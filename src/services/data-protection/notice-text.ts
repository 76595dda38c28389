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

/** What a clock and a calendar on the wall show then, in French: `mardi 2 mars à 10:00`. */
function when(instant: Date): string {
  return WHEN.format(instant).replace(/,? (?:à )?(\d\d)[:h](\d\d)$/, ' à $1:$2');
}

/**
 * What someone is told of an appointment, in French, to be read out or sent: the public label, the time and the address, and
 * neither the service nor a name. A phone may be shared (domain rule 8).
 */
export function noticeText(notice: {
  readonly kind: AppointmentNoticeKind;
  readonly publicLabelFr: string;
  readonly previousStartsAt: Date;
  readonly startsAt: Date;
  /** Null is said by nobody: at home, by phone. */
  readonly place: string | null;
}): string {
  const before = `${notice.publicLabelFr} du ${when(notice.previousStartsAt)}`;
  const where = notice.place === null ? '' : `, ${notice.place}`;
  switch (notice.kind) {
    case 'CANCELLED':
      return `${before} : annulation.`;
    case 'MOVED':
      return `${before} : nouvelle date, le ${when(notice.startsAt)}${where}.`;
    case 'REMINDER':
      return `Rappel : ${notice.publicLabelFr.toLowerCase()} le ${when(notice.startsAt)}${where}.`;
  }
}

/** What someone who waits is told of a time that is held for them, in French; as neutral as a notice. */
export function offerText(offer: {
  readonly publicLabelFr: string;
  readonly startsAt: Date;
  readonly answerBy: Date;
}): string {
  return `${offer.publicLabelFr} : une place se libère le ${when(offer.startsAt)}. Réponse attendue avant le ${when(offer.answerBy)}.`;
}
