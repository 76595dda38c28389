import * as enums from '../../prisma/generated/enums.js';
import { describeEnum } from '../describe-enum.js';

export const Role = describeEnum(enums.Role, {
  name: 'Role',
  description: 'A role that a worker holds in a district, or in the whole county.',
  values: {
    RECEPTIONIST: 'Works at the desk of a district: receives visits and calls, looks persons up, books.',
    SOCIAL_WORKER: 'Helps persons: is assigned cases, holds appointments, is on duty.',
    TRAINEE: 'Learns the work of a social worker beside a tutor, for a time.',
    DISTRICT_HEAD: 'Heads a district: allocates cases and requests, opens relays. Reads no interview note.',
    TECHNICAL_ADVISER:
      'Advises teams, decides on releases as the second person, and decides on indicators. Sees no text of a note.',
    DATA_PROTECTION_OFFICER:
      'Watches over the protection of data: reads the access log, gives opinions on privacy notices.',
    ADMINISTRATOR: 'Runs the software for the county: accounts, memberships, clients, privacy notices.',
  },
});

export const ClientKind = describeEnum(enums.ClientKind, {
  name: 'ClientKind',
  description: 'The purpose of a registered API client.',
  values: {
    FRONT_END: 'Shows the API to workers or persons, who log in by themselves.',
    INTEGRATION:
      'Software of another service that acts on its own account, such as one that books appointments.',
    REPORTING: 'Reads protected statistics and nothing else.',
  },
});

export const ViewerKind = describeEnum(
  { ANONYMOUS: 'ANONYMOUS', WORKER: 'WORKER', PERSON: 'PERSON', CLIENT: 'CLIENT' },
  {
    name: 'ViewerKind',
    description: 'The kind of user who makes a request.',
    values: {
      ANONYMOUS: 'Nobody known: the request has no token, and reads what is public.',
      WORKER: 'Someone who works for the service.',
      PERSON: 'A person with an account, who sees what is their own and shown online.',
      CLIENT: 'Software that acts on its own account, without a user.',
    },
  },
);
