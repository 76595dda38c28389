import { expect } from '@jest/globals';
import { ago, ahead, dayAfter, minutesAfter } from '../../support/days.js';
import { type Action, READS_CASE, type Scene, versionOne } from './scene.js';

export const booking = ({ made, file, nth }: Scene) => ({
  districtId: made.district,
  workerIds: [made.who['alice']],
  typeCode: 'FOLLOW_UP',
  startsAt: ahead(nth),
  caseId: file.id,
  personIds: [file.personId],
});

export async function newAppointment(scene: Scene) {
  const { made, file } = scene;
  expect((await made.send('alice', 'bookAppointment', booking(scene))).errors).toEqual([]);
  return versionOne(await made.one('select id from appointment where case_id = $1', [file.id]));
}

/** A meeting that alice holds. */
async function newMeeting({ make, made }: Scene): Promise<string> {
  const appointmentId = await make.appointment({
    districtId: made.district,
    typeCode: 'INFORMATION_MEETING',
    startsAt: ahead(1),
    endsAt: ahead(25 / 24),
    places: 12,
  });
  await make.appointmentWorker({ appointmentId, workerId: made.who['alice'] });
  return appointmentId;
}

/** A meeting that alice holds. Ana has a place. */
async function newMeetingOfAna(scene: Scene): Promise<string> {
  const appointmentId = await newMeeting(scene);
  await scene.make.appointmentPerson({ appointmentId, personId: scene.file.personId });
  return appointmentId;
}

async function newNotice(scene: Scene) {
  const { make, made, file } = scene;
  const { id: appointmentId } = await newAppointment(scene);
  return versionOne(
    await make.appointmentNotice({
      appointmentId,
      personId: file.personId,
      districtId: made.district,
      previousStartsAt: ago(0),
    }),
  );
}

/** A home visit that began an hour ago. Alice is not back. */
async function newHomeVisit({ make, made, file }: Scene) {
  const now = ago(0);
  const appointmentId = await make.appointment({
    districtId: made.district,
    caseId: file.id,
    typeCode: 'HOME_VISIT',
    mode: 'HOME',
    startsAt: minutesAfter(now, -60),
    endsAt: now,
    expectedBackAt: now,
  });
  await make.appointmentWorker({ appointmentId, workerId: made.who['alice'] });
  return versionOne(appointmentId);
}

export const appointmentActions = (scene: Scene): readonly Action[] => [
  [
    'bookAppointment',
    'alice',
    () => booking(scene),
    [`${READS_CASE} alice: DONE`, 'BOOK_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'moveAppointment',
    'alice',
    async () => ({ ...(await newAppointment(scene)), startsAt: ahead(scene.nth + 100) }),
    ['MOVE_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'cancelAppointment',
    'alice',
    async () => ({ ...(await newAppointment(scene)), by: 'PERSON' }),
    ['CANCEL_APPOINTMENT the case Ana by alice: DONE'],
  ],
  [
    'openCollectiveAppointment',
    'alice',
    async () => {
      const startsAt = ahead(scene.nth + 100);
      await scene.make.teamOption({
        districtId: scene.made.district,
        proposedOn: dayAfter(startsAt, -15),
        votedUntil: dayAfter(startsAt, -8),
        startsOn: dayAfter(startsAt, 0),
        endsOn: dayAfter(startsAt, 2),
      });
      return {
        districtId: scene.made.district,
        workerIds: [scene.made.who['alice']],
        typeCode: 'INFORMATION_MEETING',
        startsAt,
      };
    },
    ['BOOK_APPOINTMENT by alice: DONE'],
  ],
  [
    'joinCollectiveAppointment',
    'alice',
    async () => ({ id: await newMeeting(scene), personId: scene.file.personId }),
    ['BOOK_APPOINTMENT Ana by alice: DONE'],
  ],
  [
    'leaveCollectiveAppointment',
    'alice',
    async () => ({ id: await newMeetingOfAna(scene), personId: scene.file.personId, by: 'PERSON' }),
    ['CANCEL_APPOINTMENT Ana by alice: DONE'],
  ],
  [
    'recordAttendance',
    'alice',
    async () => {
      const id = await newMeetingOfAna(scene);
      await scene.made.database.sql(
        `update appointment set starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour' where id = $1`,
        [id],
      );
      return { id, personId: scene.file.personId, expectedVersion: 1, outcome: 'HONOURED' };
    },
    ['RECORD_OUTCOME Ana by alice: DONE'],
  ],
  [
    'recordNotice',
    'rachida',
    async () => ({ ...(await newNotice(scene)), outcome: 'TOLD' }),
    ['RECORD_NOTICE Ana by rachida: DONE'],
  ],
];

/** What is done with an appointment shortly before it and after it. */
export const appointmentDayActions = (scene: Scene): readonly Action[] => [
  [
    'setParticipants',
    'alice',
    async () => ({
      ...(await newAppointment(scene)),
      participants: [{ kind: 'INTERPRETER', language: 'ta' }],
    }),
    ['CHANGE_PARTICIPANTS the case Ana by alice: DONE'],
  ],
  [
    'recordOutcome',
    'alice',
    async () => ({ ...(await newHomeVisit(scene)), outcome: 'NOT_HONOURED' }),
    ['RECORD_OUTCOME the case by alice: DONE'],
  ],
  [
    'expectReturn',
    'alice',
    async () => ({ ...(await newHomeVisit(scene)), expectedBackAt: null }),
    ['MOVE_APPOINTMENT the case by alice: DONE'],
  ],
  ['recordReturn', 'alice', () => newHomeVisit(scene), ['RECORD_RETURN the case by alice: DONE']],
  ['confirmAppointment', 'alice', () => newHomeVisit(scene), ['CONFIRM_APPOINTMENT the case by alice: DONE']],
];
