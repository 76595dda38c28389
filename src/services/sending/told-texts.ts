import type { Operation } from '../../operation.js';
import { loadAppointmentType } from '../agenda/appointment-types.js';
import type { AppointmentNoticeRow } from '../appointment/appointment-notices.js';
import { isPlaceTyped } from '../appointment/withheld-places.js';
import { noticeText, offerText, questionText } from '../data-protection/notice-text.js';
import { addressOf, loadDistrict } from '../directory/directory.js';
import type { OfferRow } from '../waiting-list/slot-offers.js';

/** A text for a person, in French, and the same text for a letter that does not say where it comes from. */
export interface ToldText {
  readonly full: string;
  readonly withoutPlace: string;
}

/**
 * Returns the text of a notice that a worker reads aloud or sends; null if its type or district is gone. A notice that the system sends
 * also names a typed place.
 */
export async function textOfNotice(op: Operation, row: AppointmentNoticeRow): Promise<ToldText | null> {
  const [type, district, typed] = await Promise.all([
    loadAppointmentType(op, row.typeCode),
    loadDistrict(op, row.districtId),
    isPlaceTyped(op, row.appointmentId),
  ]);
  if (type === null || district === null) return null;
  const place = row.mode === 'ON_SITE' && !typed ? (row.place ?? addressOf(district)) : null;
  const notice = { ...row, publicLabelFr: type.publicLabelFr };
  return { full: noticeText({ ...notice, place }), withoutPlace: noticeText({ ...notice, place: null }) };
}

/** Returns the text of an offer, which names no place; null if its type is gone. */
export async function textOfOffer(op: Operation, row: OfferRow): Promise<ToldText | null> {
  const type = await loadAppointmentType(op, row.typeCode);
  if (type === null) return null;
  const textFor = row.atShortNotice ? questionText : offerText;
  const text = textFor({ ...row, publicLabelFr: type.publicLabelFr });
  return { full: text, withoutPlace: text };
}
