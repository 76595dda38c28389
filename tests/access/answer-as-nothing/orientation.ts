import { dayAhead } from '../../support/days.js';
import { type Shape, seen } from './seen.js';

export const ORIENTATION_SHAPES: readonly Shape[] = [
  [
    'sendReferral',
    'SendReferralInput',
    'caseId',
    ['foreignCase'],
    () => ({ personIds: [seen['neighbour']], toDistrictId: seen['sevran'] }),
  ],
  [
    'sendReferral',
    'SendReferralInput',
    'personIds',
    ['foreignPerson', 'foreignSensitive'],
    () => ({ caseId: seen['mine'], toDistrictId: seen['sevran'] }),
  ],
  [
    'sendReferral',
    'SendReferralInput',
    'toWorkerId',
    ['foreignWorker'],
    () => ({ caseId: seen['mine'], personIds: [seen['ofMine']], toDistrictId: seen['sevran'] }),
  ],
  [
    'allocateReferral',
    'AllocateReferralInput',
    'id',
    ['foreignReferral', 'colleaguesReferral'],
    () => ({ expectedVersion: 1, workerId: seen['me'] }),
  ],
  [
    'allocateReferral',
    'AllocateReferralInput',
    'workerId',
    ['foreignWorker'],
    () => ({ id: seen['colleaguesReferral'], expectedVersion: 1 }),
  ],
  [
    'answerReferral',
    'AnswerReferralInput',
    'id',
    ['foreignReferral', 'colleaguesReferral'],
    () => ({ expectedVersion: 1, answer: 'ACCEPTED' }),
  ],
  [
    'withdrawReferral',
    'VersionedInput',
    'id',
    ['foreignReferral', 'colleaguesReferral'],
    () => ({ expectedVersion: 1 }),
  ],
  [
    'showReferral',
    'ShowReferralInput',
    'id',
    ['foreignReferral', 'colleaguesReferral'],
    () => ({ expectedVersion: 1, showOnline: true }),
  ],
  [
    'recordIncomingRequest',
    'RecordIncomingRequestInput',
    'districtId',
    ['foreignDistrict'],
    () => ({ partner: 'SCHOOL' }),
  ],
  [
    'recordIncomingRequest',
    'RecordIncomingRequestInput',
    'personId',
    ['foreignPerson', 'foreignSensitive'],
    () => ({ districtId: seen['sevran'], partner: 'SCHOOL' }),
  ],
  [
    'allocateIncomingRequest',
    'AllocateIncomingRequestInput',
    'id',
    ['foreignAsked', 'colleaguesAsked'],
    () => ({ expectedVersion: 1, workerId: seen['me'] }),
  ],
  [
    'allocateIncomingRequest',
    'AllocateIncomingRequestInput',
    'workerId',
    ['foreignWorker'],
    () => ({ id: seen['colleaguesAsked'], expectedVersion: 1 }),
  ],
  ...(
    ['answerIncomingRequest', 'declineIncomingRequest', 'recordInformation', 'markChildProtection'] as const
  ).map(
    (mutation): Shape => [
      mutation,
      'VersionedInput',
      'id',
      ['foreignAsked', 'colleaguesAsked'],
      () => ({ expectedVersion: 1 }),
    ],
  ),
  [
    'deferInformation',
    'DeferInformationInput',
    'id',
    ['foreignAsked', 'colleaguesAsked'],
    () => ({ expectedVersion: 1, ground: 'SECRECY', reviewOn: dayAhead(30) }),
  ],
];
