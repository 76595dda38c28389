/** Why a question answers nothing: the policy lets the role ask it, and the service finds no row for this viewer. */
export const NO_ROW =
  'The question is put by the role; its service then answers the rows in reach alone, and here there is none.';

/** Why an action is refused: the policy lets the role try it, and the service refuses this row. */
export const REFUSED =
  'The action is opened to the role; its service then judges the row (src/access), and here refuses.';

/** Why an action is refused that everyone may try: the row is somebody else’s. */
export const NOT_THEIR_OWN =
  'The action is opened to everyone for their own; its service then judges the row (src/access), and here refuses.';

/** Why a question of one district is refused: the policy knows that the viewer is at a desk, and the service knows at which. */
export const ASKED_BY_ITS_DESK =
  'It is asked by the role; its service is for the desk of that district alone.';

/** Why a look-up finds nobody: the person is known in another district. */
export const NOT_LOOKED_UP = 'A look-up finds the persons of one’s own districts only.';

/** Why a row does not lead to its appointment: who reads the row may not read the appointment. */
export const APPOINTMENT_APART =
  'The appointment is a row of its own, of which who is on duty, or receives, knows by its own rules alone.';
