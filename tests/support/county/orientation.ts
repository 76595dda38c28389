import { ahead, dayAhead } from '../days.js';
import { ownId, type UsualRows } from './table.js';

export const orientationTables = {
  sector: () => ({ ...ownId(), communeCode: '93071', streets: '', validFrom: '2020-01-01' }),
  organisation: ownId,
  organisationTheme: () => ({}),
  referral: () => ({ ...ownId(), answerBy: ahead(10) }),
  referralPerson: ownId,
  referralContent: () => ({ text: 'Orientation', needCodes: [] }),
  incomingRequest: () => ({ ...ownId(), partner: 'JUSTICE', receivedOn: dayAhead(-5), answerBy: ahead(10) }),
  incomingRequestContent: () => ({ text: 'Saisine' }),
} satisfies UsualRows;
