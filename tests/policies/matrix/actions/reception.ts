import { type Action, COLLEAGUES, calledOff, OF_ALICE, version } from './action.js';

/** How visits, messages and encounters are recorded and closed. */
export const RECEPTION_ACTIONS: Readonly<Record<string, Action>> = {
  callDutyWorker: {
    input: (t) => ({
      districtId: t.District,
      workerId: t.newcomer,
      reference: `dite ${t.Person}`.slice(0, 40),
    }),
    done: (t) => [
      'select count(*) > 0 as done from visit where worker_id = $1 and person_id is null',
      t.newcomer,
    ],
  },
  sendTimesAgain: {
    input: (t) => ({ districtId: t.District, fullName: `Ana ${t.familyName}`, reference: t.personReference }),
    // Only the log says whom it found.
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'SEND_TIMES_AGAIN' and outcome = 'DONE' and person_id = $1`,
      t.Person,
    ],
  },
  noteTelephoneCancellation: {
    input: (t) => ({
      districtId: t.District,
      fullName: `Ana ${t.familyName}`,
      reference: t.personReference,
      day: t.dayOfAppointment,
    }),
    // Only the log says whom it found.
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'CALL_OFF_BY_TELEPHONE' and outcome = 'DONE' and person_id = $1`,
      t.Person,
    ],
  },
  restoreAppointment: {
    input: (t) => ({ id: t.Appointment }),
    done: (t) => calledOff(t.Appointment),
  },
  sendBlindMessage: {
    input: (t) => ({ fullName: `Ana ${t.familyName}`, reference: t.personReference, text: 'Rappelez-nous.' }),
    // Only the log says whom it found.
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'SEND_BLIND_MESSAGE' and outcome = 'DONE' and person_id = $1`,
      t.Person,
    ],
  },
  recordVisit: {
    input: (t) => ({ districtId: t.District, kind: 'CALL', personId: t.Person }),
    // Whom they receive themselves.
    answersOther: COLLEAGUES,
    done: (t) => [`select count(*) = 1 as done from visit where person_id = $1 and kind = 'CALL'`, t.Person],
  },
  directVisit: {
    input: (t) => ({ id: t.waitingVisit, expectedVersion: 1, workerId: t.newcomer }),
    done: (t) => version('visit', t.waitingVisit),
  },
  takeIn: {
    input: (t) => ({ id: t.waitingVisit, expectedVersion: 1 }),
    done: (t) => version('visit', t.waitingVisit),
  },
  closeVisit: {
    input: (t) => ({ id: t.waitingVisit, expectedVersion: 1, outcome: 'ANSWERED' }),
    done: (t) => version('visit', t.waitingVisit),
  },
  sendMessage: {
    input: (t) => ({ districtId: t.District, workerId: t.newcomer, personId: t.Person }),
    done: (t) => ['select count(*) = 1 as done from message where worker_id = $1', t.newcomer],
  },
  closeMessage: {
    input: (t) => ({ id: t.Message, expectedVersion: 1 }),
    done: (t) => version('message', t.Message),
  },
  recordEncounter: {
    input: (t) => ({ districtId: t.District, personId: t.Person }),
    // Which they have held themselves, of no visit.
    answersOther: [...COLLEAGUES, 'worker-reception'],
    done: (t) => [
      `select count(*) = 1 as done from encounter
        where person_id = $1 and visit_id is null and appointment_id is null`,
      t.Person,
    ],
  },
  writeEncounter: {
    input: (t) => ({ id: t.Encounter, expectedVersion: 1, text: 'y' }),
    // Passed on to them, and read only.
    conflictsFor: OF_ALICE,
    done: (t) => version('encounter', t.Encounter),
  },
  passOnEncounter: {
    input: (t) => ({ id: t.Encounter, expectedVersion: 1, caseId: t.Case }),
    conflictsFor: OF_ALICE,
    done: (t) => version('encounter', t.Encounter),
  },
  deleteEncounter: {
    input: (t) => ({ id: t.Encounter, expectedVersion: 1 }),
    conflictsFor: OF_ALICE,
    done: (t) => ['select count(*) = 0 as done from encounter where id = $1', t.Encounter],
  },
};
