import { ahead } from '../../support/days.js';
import { ENCOUNTERS, seen } from './seen.js';

/** A query, the name of a row, and the variables of the query around the id of that row. */
export type Query = readonly [
  document: string,
  name: string,
  variables: (id: string) => Record<string, unknown>,
];

const cursor = (id: string) => Buffer.from(`2026-01-01T00:00:00.000Z|${id}`).toString('base64url');

/** Each query that takes an id, with a row that few viewers may know of. */
export function queriesOfForeign(): readonly Query[] {
  const absence = { from: ahead(0), to: ahead(40) };
  return [
    [
      'query ($id: ID!) { case(id: $id) { id version interviewNotes { edges { cursor } pageInfo { hasNextPage } } } }',
      'foreignCase',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { appointment(id: $id) { id case { id } persons { id } } }',
      'foreignAppointment',
      (id) => ({ id }),
    ],
    ['query ($id: ID!) { relays(districtId: $id) { id } }', 'foreignDistrict', (id) => ({ id })],
    [
      'query ($id: ID!) { cases(filter: { districtId: $id }) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { cases(filter: { absentWorkerId: $id, purpose: RELAY }) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
      'foreignWorker',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { cases(filter: { absentWorkerId: $id, purpose: URGENCY, unassigned: true, mission: RSA }) { edges { cursor } } }',
      'foreignWorker',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { appointments(filter: { districtId: $id }) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!, $from: DateTime!, $to: DateTime!) { appointments(filter: { workerId: $id, from: $from, to: $to }) { edges { cursor } } }',
      'foreignWorker',
      (id) => ({ id, ...absence }),
    ],
    [
      'query ($d: ID!, $id: ID!, $from: DateTime!, $to: DateTime!) { busyTimes(districtId: $d, workerId: $id, from: $from, to: $to) { startsAt } }',
      'foreignWorker',
      (id) => ({ d: seen['sevran'], id, ...absence }),
    ],
    [
      'query ($id: ID!, $w: ID!, $from: DateTime!, $to: DateTime!) { busyTimes(districtId: $id, workerId: $w, from: $from, to: $to) { startsAt } }',
      'foreignDistrict',
      (id) => ({ w: seen['foreignWorker'], id, ...absence }),
    ],
    ...(['availabilities', 'unavailabilities'] as const).flatMap((list): readonly Query[] => [
      [
        `query ($d: ID!, $id: ID!) { ${list}(districtId: $d, workerId: $id) { id } }`,
        'foreignWorker',
        (id) => ({ d: seen['sevran'], id }),
      ],
      [
        `query ($id: ID!, $w: ID!) { ${list}(districtId: $id, workerId: $w) { id } }`,
        'foreignDistrict',
        (id) => ({ w: seen['foreignWorker'], id }),
      ],
    ]),
    [
      'query ($f: SlotFilter!) { slots(filter: $f) { whyNone slots { startsAt } } }',
      'foreignWorker',
      (id) => ({ f: { typeCode: seen['type'], districtId: seen['sevran'], workerIds: [id] } }),
    ],
    [
      'query ($f: SlotFilter!) { slots(filter: $f) { whyNone slots { startsAt } } }',
      'foreignCase',
      (id) => ({ f: { typeCode: seen['type'], districtId: seen['sevran'], caseId: id } }),
    ],
    [
      'query ($id: ID!) { collectiveAppointment(id: $id) { id placesLeft takenPlaces { version } } }',
      'foreignMeeting',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { collectiveAppointments(districtId: $id, typeCode: "INFORMATION_MEETING") { id placesLeft } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { visits(districtId: $id) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { changesOfDay(districtId: $id) { kind personName } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    ['query ($id: ID!) { dayList(districtId: $id) }', 'foreignDistrict', (id) => ({ id })],
    [
      'query ($id: String!) { appointmentRequestByReference(reference: $id) { id status phone version } }',
      'namelessRequest',
      (id) => ({ id }),
    ],
    ...(['foreignRequest', 'colleaguesRequest'] as const).map(
      (name): Query => [
        'query ($id: ID!) { urgentSlots(requestId: $id) { startsAt } }',
        name,
        (id) => ({ id }),
      ],
    ),
    ...(['foreignVisit', 'colleaguesVisit'] as const).map(
      (name): Query => [
        'query ($id: ID!) { timesOfPresent(visitId: $id) { startsAt publicLabel } }',
        name,
        (id) => ({ id }),
      ],
    ),
    ...(['foreignVisit', 'colleaguesVisit'] as const).map(
      (name): Query => [
        'query ($id: ID!) { visit(id: $id) { id ticket status worker { id } person { id } attestation version } }',
        name,
        (id) => ({ id }),
      ],
    ),
    ...ENCOUNTERS.map(
      (name): Query => [
        'query ($id: ID!) { encounter(id: $id) { id text heldAt version person { id } case { id } } }',
        name,
        (id) => ({ id }),
      ],
    ),
    ...(['receivedReferrals', 'incomingRequests'] as const).map(
      (list): Query => [
        `query ($id: ID!) { ${list}(districtId: $id) { edges { cursor } pageInfo { hasNextPage endCursor } } }`,
        'foreignDistrict',
        (id) => ({ id }),
      ],
    ),
    ...(['foreignReferral', 'colleaguesReferral'] as const).map(
      (name): Query => [
        'query ($id: ID!) { referral(id: $id) { id version text names persons { id } toWorker { id } case { id } } }',
        name,
        (id) => ({ id }),
      ],
    ),
    ...(['foreignAsked', 'colleaguesAsked'] as const).map(
      (name): Query => [
        'query ($id: ID!) { incomingRequest(id: $id) { id version text name worker { id } person { id } } }',
        name,
        (id) => ({ id }),
      ],
    ),
    [
      'query ($id: ID!) { waitingList(districtId: $id) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    [
      'query ($id: ID!) { offersToGive(districtId: $id) { edges { cursor } pageInfo { hasNextPage endCursor } } }',
      'foreignDistrict',
      (id) => ({ id }),
    ],
    ...(['foreignRequest', 'colleaguesRequest'] as const).map(
      (name): Query => [
        'query ($id: ID!) { appointmentRequest(id: $id) { id version rank offers { id } skips { id } case { id } } }',
        name,
        (id) => ({ id }),
      ],
    ),
    ...(['foreignOffer', 'colleaguesOffer'] as const).map(
      (name): Query => [
        'query ($id: ID!) { slotOffer(id: $id) { id version request { id } worker { id } text } }',
        name,
        (id) => ({ id }),
      ],
    ),
    [
      'query ($c: ID!, $after: String) { case(id: $c) { interviewNotes(after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } } } }',
      'foreignNote',
      (id) => ({ c: seen['mine'], after: cursor(id) }),
    ],
  ];
}
