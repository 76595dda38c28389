import { randomUUID } from 'node:crypto';
import { openHours } from '../../support/county.js';
import { ahead, dayAhead, minutesAfter } from '../../support/days.js';
import { type Action, ofPerson, type Scene, versionOne } from './scene.js';

/** Ana waits, for her case with alice. Bruno is on duty. */
const newRequest = async ({ make, made, file }: Scene) =>
  versionOne(
    await make.appointmentRequest({
      districtId: made.district,
      personId: file.personId,
      caseId: file.id,
      typeCode: 'FOLLOW_UP',
      dutyWorkerId: made.who['bruno'],
    }),
  );

/** Someone waits who gave no name. It is for a call: Ana waits for an interview. */
const newNamelessRequest = async ({ make, made }: Scene) =>
  versionOne(
    await make.appointmentRequest({
      districtId: made.district,
      reference: `D-${randomUUID().toUpperCase()}`,
      typeCode: 'PHONE_CALL',
    }),
  );

let offered = 0;
/** A time of alice is offered to Ana, on a day that no other offer takes. */
export async function newOffer(scene: Scene) {
  const { make, made } = scene;
  offered += 2;
  const day = 200 + offered;
  const startsAt = ahead(day);
  const { id: requestId } = await newRequest(scene);
  const alice = made.who['alice'] ?? '';
  // An offer stands as long as its worker is open at that time.
  const { id: availabilityId } = await openHours(made.database, alice, made.district, {
    from: dayAhead(day - 1),
    until: dayAhead(day + 2),
    opensAt: '06:00',
    closesAt: '18:00',
    weekdays: [],
  });
  await make.availabilityOccurrence({
    availabilityId,
    startsAt: minutesAfter(startsAt, -60),
    endsAt: minutesAfter(startsAt, 120),
  });
  return versionOne(
    await make.slotOffer({
      requestId,
      districtId: made.district,
      workerId: alice,
      startsAt,
      // Exactly as long as the appointment that it may replace.
      endsAt: minutesAfter(startsAt, 45),
      channel: 'NEUTRAL_TEXT',
      answerBy: ahead(1 / 24),
    }),
  );
}

export const waitingListActions = (scene: Scene): readonly Action[] => [
  [
    'requestAppointment',
    'rachida',
    () => ({ districtId: scene.made.district, typeCode: 'FIRST_RECEPTION', ...ofPerson(scene) }),
    ['REQUEST_APPOINTMENT Ana by rachida: DONE'],
  ],
  [
    'changeRequest',
    'bruno',
    async () => ({ ...(await newRequest(scene)), mode: 'PHONE' }),
    ['CHANGE_APPOINTMENT_REQUEST the case Ana by bruno: DONE'],
  ],
  [
    'setUrgency',
    'bruno',
    async () => ({ ...(await newRequest(scene)), urgency: 'TODAY' }),
    ['SET_URGENCY the case Ana by bruno: DONE'],
  ],
  [
    'recordPresence',
    'rachida',
    async () => ({ ...(await newRequest(scene)), present: true }),
    ['RECORD_PRESENCE the case Ana by rachida: DONE'],
  ],
  [
    'nameRequest',
    'rachida',
    async () => ({ ...(await newNamelessRequest(scene)), ...ofPerson(scene) }),
    ['CHANGE_APPOINTMENT_REQUEST Ana by rachida: DONE'],
  ],
  [
    'withdrawRequest',
    'alice',
    () => newRequest(scene),
    ['WITHDRAW_APPOINTMENT_REQUEST the case Ana by alice: DONE'],
  ],
  ['recordOffer', 'rachida', () => newOffer(scene), ['RECORD_OFFER Ana by rachida: DONE']],
  [
    'answerOffer',
    'rachida',
    async () => ({ ...(await newOffer(scene)), accept: true }),
    ['ANSWER_OFFER Ana by rachida: DONE', 'BOOK_APPOINTMENT the case Ana by rachida: DONE'],
  ],
];
