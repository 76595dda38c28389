import { type Shape, seen } from './seen.js';

export const WAITING_LIST_SHAPES: readonly Shape[] = [
  [
    'requestAppointment',
    'RequestAppointmentInput',
    'districtId',
    ['foreignDistrict'],
    () => ({ typeCode: seen['type'], personId: seen['foreignPerson'] }),
  ],
  [
    'requestAppointment',
    'RequestAppointmentInput',
    'personId',
    ['foreignPerson', 'foreignSensitive'],
    () => ({ districtId: seen['sevran'], typeCode: seen['type'] }),
  ],
  ...(
    [
      ['caseId', 'foreignCase'],
      ['dutyWorkerId', 'foreignWorker'],
      ['insteadOfId', 'foreignAppointment'],
    ] as const
  ).map(
    ([field, name]): Shape => [
      'requestAppointment',
      'RequestAppointmentInput',
      field,
      [name],
      () => ({ districtId: seen['sevran'], typeCode: seen['type'], personId: seen['neighbour'] }),
    ],
  ),
  [
    'changeRequest',
    'ChangeRequestInput',
    'id',
    ['foreignRequest', 'colleaguesRequest'],
    () => ({ expectedVersion: 1, mode: 'PHONE' }),
  ],
  [
    'changeRequest',
    'ChangeRequestInput',
    'dutyWorkerId',
    ['foreignWorker'],
    () => ({ id: seen['request'], expectedVersion: 1 }),
  ],
  [
    'nameRequest',
    'NameRequestInput',
    'id',
    ['foreignRequest', 'colleaguesRequest', 'namelessRequest'],
    () => ({ expectedVersion: 1, personId: seen['neighbour'] }),
  ],
  [
    'nameRequest',
    'NameRequestInput',
    'personId',
    ['foreignPerson', 'foreignSensitive'],
    () => ({ id: seen['ownNamelessRequest'], expectedVersion: 1 }),
  ],
  [
    'setUrgency',
    'SetUrgencyInput',
    'id',
    ['foreignRequest', 'colleaguesRequest'],
    () => ({ expectedVersion: 1, urgency: 'TODAY' }),
  ],
  [
    'recordPresence',
    'RecordPresenceInput',
    'id',
    ['foreignRequest', 'colleaguesRequest'],
    () => ({ expectedVersion: 1, present: true }),
  ],
  [
    'withdrawRequest',
    'VersionedInput',
    'id',
    ['foreignRequest', 'colleaguesRequest'],
    () => ({ expectedVersion: 1 }),
  ],
  [
    'recordOffer',
    'VersionedInput',
    'id',
    ['foreignOffer', 'colleaguesOffer'],
    () => ({ expectedVersion: 1 }),
  ],
  [
    'answerOffer',
    'AnswerOfferInput',
    'id',
    ['foreignOffer', 'colleaguesOffer'],
    () => ({ expectedVersion: 1, accept: true }),
  ],
];
