import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Rendez-vous pris en ligne: its time and place, and who books is not told who receives. */
export const OnlineBooking: TypePolicy = {
  id: forWhom.whoManagesTheBooking,
  startsAt: forWhom.whoManagesTheBooking,
  endsAt: forWhom.whoManagesTheBooking,
  status: forWhom.whoManagesTheBooking,
  mode: forWhom.whoManagesTheBooking,
  publicLabel: forWhom.whoManagesTheBooking,
  district: forWhom.whoManagesTheBooking,
  place: forWhom.whoManagesTheBooking,
  version: forWhom.whoManagesTheBooking,
  secret: forWhom.bookingClients,
};
