import type { Operation } from '../../operation.js';
import { loadAppointmentType } from '../agenda/appointment-types.js';
import type { AppointmentNoticeRow } from '../appointment/appointment-notices.js';
import { isPlaceTyped } from '../appointment/withheld-places.js';
import { noticeText, offerText } from '../data-protection/notice-text.js';
import { addressOf, loadDistrict } from '../directory/directory.js';
import type { OfferRow } from '../waiting-list/slot-offers.js';

/** What someone is told, in French, and the same for a letter that does not say where it comes from. */
export interface ToldText {
  readonly full: string;
  readonly withoutPlace: string;
}

/** What people read out or send of a notice; what is sent without anyone's doing also says a place that was typed. */
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

/** The same of an offer, which says no place. */
export async function textOfOffer(op: Operation, row: OfferRow): Promise<ToldText | null> {
  const type = await loadAppointmentType(op, row.typeCode);
  if (type === null) return null;
  const text = offerText({ ...row, publicLabelFr: type.publicLabelFr });
  return { full: text, withoutPlace: text };
}
