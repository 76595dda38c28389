import { hasScope, type Viewer } from '../../viewer.js';

/** The columns of an online booking that its rules compare. */
export interface OnlineBookingRelation {
  /** The client that booked it, if it was one. */
  readonly clientId: string | null;
  readonly onlinePersonIds: readonly string[];
}

/** Book public slots for others: a registered client with the scope for it. */
export function booksForOthers(viewer: Viewer): boolean {
  return viewer.kind === 'CLIENT' && viewer.clientKind === 'INTEGRATION' && hasScope(viewer, 'booking');
}

/** Book public slots without a worker's help: the person for themselves, or such a client. */
export function booksOnline(viewer: Viewer): boolean {
  return booksForOthers(viewer) || (viewer.personId !== null && hasScope(viewer, 'appointments:write'));
}

/** Read, move and cancel it: the client that booked it, by its secret; the person to whom it is shown. */
export function managesBooking(viewer: Viewer, row: OnlineBookingRelation): boolean {
  return booksForOthers(viewer)
    ? row.clientId === viewer.clientId
    : viewer.personId !== null && booksOnline(viewer) && row.onlinePersonIds.includes(viewer.personId);
}
