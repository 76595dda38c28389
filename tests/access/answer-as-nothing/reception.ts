import { ENCOUNTERS, type Shape, seen } from './seen.js';

export const RECEPTION_SHAPES: readonly Shape[] = [
  ['recordVisit', 'RecordVisitInput', 'districtId', ['foreignDistrict'], () => ({ kind: 'CALL' })],
  ...(
    [
      ['personId', ['foreignPerson', 'foreignSensitive']],
      ['appointmentId', ['foreignAppointment']],
      ['workerId', ['foreignWorker']],
    ] as const
  ).map(
    ([field, names]): Shape => [
      'recordVisit',
      'RecordVisitInput',
      field,
      names,
      () => ({ districtId: seen['sevran'], kind: 'CALL' }),
    ],
  ),
  ['directVisit', 'DirectVisitInput', 'id', ['foreignVisit'], () => ({ expectedVersion: 1 })],
  ['restoreAppointment', 'RestoreAppointmentInput', 'id', ['foreignAppointment'], () => ({})],
  [
    'restoreAppointment',
    'RestoreAppointmentInput',
    'visitId',
    ['foreignVisit', 'colleaguesVisit'],
    () => ({}),
  ],
  [
    'directVisit',
    'DirectVisitInput',
    'workerId',
    ['foreignWorker'],
    () => ({ id: seen['colleaguesVisit'], expectedVersion: 1 }),
  ],
  ['takeIn', 'VersionedInput', 'id', ['foreignVisit', 'colleaguesVisit'], () => ({ expectedVersion: 1 })],
  [
    'closeVisit',
    'CloseVisitInput',
    'id',
    ['foreignVisit', 'colleaguesVisit'],
    () => ({ expectedVersion: 1, outcome: 'ANSWERED' }),
  ],
  [
    'sendMessage',
    'SendMessageInput',
    'districtId',
    ['foreignDistrict'],
    () => ({ workerId: seen['foreignWorker'], name: 'Nour' }),
  ],
  ...(
    [
      ['personId', ['foreignPerson', 'foreignSensitive']],
      ['workerId', ['foreignWorker']],
    ] as const
  ).map(
    ([field, names]): Shape => [
      'sendMessage',
      'SendMessageInput',
      field,
      names,
      () => ({
        districtId: seen['sevran'],
        name: 'Nour',
        ...(field === 'workerId' ? {} : { workerId: seen['me'] }),
      }),
    ],
  ),
  [
    'closeMessage',
    'VersionedInput',
    'id',
    ['foreignMessage', 'colleaguesMessage'],
    () => ({ expectedVersion: 1 }),
  ],
  ...(
    [
      ['districtId', ['foreignDistrict']],
      ['personId', ['foreignPerson', 'foreignSensitive']],
      ['visitId', ['foreignVisit', 'colleaguesVisit']],
      ['appointmentId', ['foreignAppointment']],
      ['caseId', ['foreignCase']],
    ] as const
  ).map(
    ([field, names]): Shape => [
      'recordEncounter',
      'RecordEncounterInput',
      field,
      names,
      () => ({ districtId: seen['sevran'] }),
    ],
  ),
  ['writeEncounter', 'WriteEncounterInput', 'id', ENCOUNTERS, () => ({ expectedVersion: 1, text: 'x' })],
  [
    'passOnEncounter',
    'PassOnEncounterInput',
    'id',
    ENCOUNTERS,
    () => ({ expectedVersion: 1, caseId: seen['mine'] }),
  ],
  [
    'passOnEncounter',
    'PassOnEncounterInput',
    'caseId',
    ['foreignCase'],
    () => ({ id: seen['myEncounter'], expectedVersion: 1 }),
  ],
  ['deleteEncounter', 'VersionedInput', 'id', ENCOUNTERS, () => ({ expectedVersion: 1 })],
];
