import { type Action, version } from './action.js';

/** How persons wait for an appointment, and are offered one. */
export const WAITING_LIST_ACTIONS: Readonly<Record<string, Action>> = {
  requestAppointment: {
    // With another public label: the person waits already.
    input: (t) => ({ districtId: t.District, typeCode: 'PHONE_CALL', personId: t.Person }),
    // On which they are on duty themselves; and their own, which is shown to them.
    answersOther: [
      'worker-formerly-assigned',
      'worker-appointment',
      'worker-reception',
      'worker-recipient',
      'worker-same-district',
      'person-not-shown',
    ],
    done: (t) => [
      `select count(*) = 1 as done from appointment_request
        where person_id = $1 and status = 'WAITING' and case_id is null`,
      t.Person,
    ],
  },
  changeRequest: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1, wantedFrom: t.dayOfAvailability }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  setUrgency: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1, urgency: 'TODAY' }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  recordPresence: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1, present: true }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  nameRequest: {
    input: (t) => ({ id: t.namelessRequest, expectedVersion: 1, personId: t.Person }),
    // It is answered on that request, which no longer is of who gave no name.
    done: (t) => [
      'select person_id = $2 as done from appointment_request where id = $1',
      t.namelessRequest,
      t.Person,
    ],
  },
  withdrawRequest: {
    input: (t) => ({ id: t.AppointmentRequest, expectedVersion: 1 }),
    done: (t) => version('appointment_request', t.AppointmentRequest),
  },
  recordOffer: {
    input: (t) => ({ id: t.SlotOffer, expectedVersion: 1 }),
    // Its version tells the person nothing of it.
    done: (t) => ['select told_at is not null as done from slot_offer where id = $1', t.SlotOffer],
  },
  answerOffer: {
    input: (t) => ({ id: t.SlotOffer, expectedVersion: 1, accept: true }),
    done: (t) => version('slot_offer', t.SlotOffer),
  },
};
