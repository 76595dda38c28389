import type { Operation } from '../operation.js';
import type { AppointmentNoticeRow } from './appointment-notices.js';
import { loadAppointmentType } from './appointment-types.js';
import { addressOf, loadDistrict } from './directory.js';
import { noticeText, offerText } from './notice-text.js';
import type { OfferRow } from './slot-offers.js';

/** What people read out or send of a notice, in French; word for word what is sent without anyone's doing. */
export async function textOfNotice(op: Operation, row: AppointmentNoticeRow): Promise<string | null> {
  const [type, district] = await Promise.all([
    loadAppointmentType(op, row.typeCode),
    loadDistrict(op, row.districtId),
  ]);
  if (type === null || district === null) return null;
  const place = row.mode === 'ON_SITE' ? (row.place ?? addressOf(district)) : null;
  return noticeText({ ...row, publicLabelFr: type.publicLabelFr, place });
}

/** The same of an offer. */
export async function textOfOffer(op: Operation, row: OfferRow): Promise<string | null> {
  const type = await loadAppointmentType(op, row.typeCode);
  return type === null ? null : offerText({ ...row, publicLabelFr: type.publicLabelFr });
}
