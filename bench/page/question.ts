/** A worker's page: their open cases, newest first, with all that a Monday morning needs. */
export const PAGE = `query Page($first: Int!, $after: String) {
  cases(first: $first, after: $after, filter: { assignedToMe: true, status: OPEN }) {
    edges {
      node {
        id
        reference
        mission
        status
        openedAt
        persons { id displayName birthDate phone }
        needs { id code { code labelFr } startsOn endsOn }
        nextAppointment { id startsAt endsAt mode publicLabel }
        interviewNotes(first: 3) { edges { node { id writtenAt body } } }
      }
    }
  }
}`;

export const CASES_OF_A_PAGE = 25;

/** The login whose page it is. */
export const WHOSE = 'worker.sevran';
