import type { Targets } from '../world/targets.js';
import { type Action, calledOff, OF_ALICE, version } from './action.js';

let meetings = 0;

/** When the last meeting of these rows was to begin. */
const meetingOf = new WeakMap<Targets, string>();

/** A meeting is longer than any appointment: one after the other, beyond all that is booked. */
function nextMeeting(t: Targets): string {
  meetings += 1;
  const startsAt = new Date(Date.now() + 300 * 86_400_000 + meetings * 2 * 3_600_000).toISOString();
  meetingOf.set(t, startsAt);
  return startsAt;
}

/** A client gives a name and manages by the secret, a person by the id. */
const managed = (t: Targets): Record<string, unknown> =>
  t.ownName === '' ? { id: t.OnlineBooking } : { secret: t.secret };

/** How appointments are booked, moved and held, hours cleared of them, and cases closed and opened again. */
export const APPOINTMENT_ACTIONS: Readonly<Record<string, Action>> = {
  closeCase: {
    input: (t) => ({ caseId: t.bareCase, expectedVersion: 1 }),
    done: (t) => [`select status = 'CLOSED' as done from "case" where id = $1`, t.bareCase],
  },
  reopenCase: {
    input: (t) => ({ caseId: t.closedCase, expectedVersion: 1, reason: 'MISTAKE' }),
    done: (t) => [`select status = 'OPEN' as done from "case" where id = $1`, t.closedCase],
  },
  bookAppointment: {
    input: (t) => ({
      districtId: t.District,
      workerIds: [t.Worker],
      typeCode: 'FIRST_RECEPTION',
      startsAt: t.startsAt,
      caseId: t.Case,
      personIds: [t.Person],
    }),
    done: (t) => [
      'select count(*) = 1 as done from appointment where case_id = $1 and starts_at = $2',
      t.Case,
      t.startsAt,
    ],
  },
  moveAppointment: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, startsAt: t.startsAt }),
    done: (t) => version('appointment', t.Appointment),
  },
  cancelAppointment: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, by: 'SERVICE', reason: 'WORKER_AWAY' }),
    done: (t) => version('appointment', t.Appointment),
  },
  recordOutcome: {
    input: (t) => ({ id: t.appointmentNow, expectedVersion: 1, outcome: 'HONOURED' }),
    done: (t) => version('appointment', t.appointmentNow),
  },
  openCollectiveAppointment: {
    input: (t) => ({
      districtId: t.District,
      workerIds: [t.Worker],
      typeCode: 'INFORMATION_MEETING',
      startsAt: nextMeeting(t),
      place: 'Salle des fêtes',
    }),
    // Which they hold themselves.
    answersOther: OF_ALICE,
    done: (t) => [
      `select count(*) = 1 as done from appointment where place = 'Salle des fêtes' and starts_at = $1`,
      meetingOf.get(t),
    ],
  },
  joinCollectiveAppointment: {
    input: (t) => ({ id: t.CollectiveAppointment }),
    done: (t) => [
      'select places_unnamed = 2 as done from appointment where id = $1',
      t.CollectiveAppointment,
    ],
  },
  leaveCollectiveAppointment: {
    input: (t) => ({ id: t.CollectiveAppointment, by: 'PERSON' }),
    done: (t) => [
      'select places_unnamed = 0 as done from appointment where id = $1',
      t.CollectiveAppointment,
    ],
  },
  recordAttendance: {
    input: (t) => ({ id: t.collectiveNow, personId: t.Person, expectedVersion: 1, outcome: 'HONOURED' }),
    done: (t) => [
      'select version > 1 as done from appointment_person where appointment_id = $1',
      t.collectiveNow,
    ],
  },
  expectReturn: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, expectedBackAt: null }),
    done: (t) => version('appointment', t.Appointment),
  },
  recordReturn: {
    input: (t) => ({ id: t.appointmentNow, expectedVersion: 1 }),
    done: (t) => version('appointment', t.appointmentNow),
  },
  confirmAppointment: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1 }),
    done: (t) => version('appointment', t.Appointment),
  },
  setParticipants: {
    input: (t) => ({ id: t.Appointment, expectedVersion: 1, participants: [{ kind: 'PARTNER' }] }),
    done: (t) => version('appointment', t.Appointment),
  },
  bookOnline: {
    input: (t) => ({
      districtId: t.District,
      typeCode: 'FIRST_RECEPTION',
      startsAt: t.publicSlot,
      name: t.ownName === '' ? null : t.ownName,
    }),
    // Their own, which is shown to them.
    answersOther: ['person-not-shown', 'person-household', 'person-other'],
    done: (t) => [
      'select count(*) = 1 as done from appointment a join online_booking b on b.appointment_id = a.id where a.starts_at = $1',
      t.publicSlot,
    ],
  },
  moveOnline: {
    input: (t) => ({ ...managed(t), expectedVersion: 1, startsAt: t.publicSlot }),
    done: (t) => version('appointment', t.OnlineBooking),
  },
  cancelOnline: {
    input: (t) => ({ ...managed(t), expectedVersion: 1 }),
    done: (t) => version('appointment', t.OnlineBooking),
  },
  cancelBookingsOfClient: {
    input: (t) => ({ districtId: t.District, clientId: t.bookingClient, hour: t.hourOfBooking }),
    done: (t) => [
      `select status = 'CANCELLED_BY_SERVICE' as done from appointment where id = $1`,
      t.bookingOfHour,
    ],
  },
  cancelByLink: {
    input: (t) => ({ secret: t.linkSecret }),
    done: (t) => version('appointment', t.linkedAppointment),
  },
  restoreByLink: {
    input: (t) => ({ secret: t.linkSecret }),
    done: (t) => calledOff(t.linkedAppointment),
  },
  recordNotice: {
    input: (t) => ({ id: t.AppointmentNotice, expectedVersion: 1, outcome: 'TOLD' }),
    done: (t) => version('appointment_notice', t.AppointmentNotice),
  },
  clearUnavailability: {
    input: (t) => ({ id: t.Unavailability, expectedVersion: 1, how: 'CANCEL' }),
    done: (t) => version('unavailability', t.Unavailability),
  },
};
