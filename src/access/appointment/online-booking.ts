import { hasScope, holdsRoleIn, type Viewer } from '../../viewer.js';

/** The columns of an online booking that the rules below compare. */
export interface OnlineBookingRelation {
  /** The client that booked it; null if a person did. */
  readonly clientId: string | null;
  readonly onlinePersonIds: readonly string[];
}

/** True if the viewer may book public slots for other people: a registered integration client with the scope `booking`. */
export function booksForOthers(viewer: Viewer): boolean {
  return viewer.kind === 'CLIENT' && viewer.clientKind === 'INTEGRATION' && hasScope(viewer, 'booking');
}

/** True if the viewer may book public slots without a worker's help: the person for themselves, or such a client for others. */
export function booksOnline(viewer: Viewer): boolean {
  return booksForOthers(viewer) || (viewer.personId !== null && hasScope(viewer, 'appointments:write'));
}

/**
 * True if the viewer may read, move and cancel the booking: the client that booked it, by its secret, or the person, if it is shown to
 * them online.
 */
export function managesBooking(viewer: Viewer, row: OnlineBookingRelation): boolean {
  return booksForOthers(viewer)
    ? row.clientId === viewer.clientId
    : viewer.personId !== null && booksOnline(viewer) && row.onlinePersonIds.includes(viewer.personId);
}

/** True if the viewer may cancel together what one client booked in the district: its desk and its head. */
export function cancelsBookingsOfClients(viewer: Viewer, row: { readonly districtId: string }): boolean {
  return (
    hasScope(viewer, 'appointments:write') &&
    (holdsRoleIn(viewer, 'RECEPTIONIST', row.districtId) ||
      holdsRoleIn(viewer, 'DISTRICT_HEAD', row.districtId))
  );
}
