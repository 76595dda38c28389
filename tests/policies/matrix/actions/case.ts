import { type Action, COLLEAGUES, inDays, version } from './action.js';

/** How cases are opened and assigned, needs recorded, and absences and relays declared. */
export const CASE_ACTIONS: Readonly<Record<string, Action>> = {
  openCase: {
    input: (t) => ({ districtId: t.District, mission: 'EVALUATION', personIds: [t.Person] }),
    // Which they have opened themselves.
    answersOther: [...COLLEAGUES, 'worker-reception'],
    done: (t) => [
      `select count(*) > 0 as done from "case" c join case_person p on p.case_id = c.id where p.person_id = $1 and c.mission = 'EVALUATION' and c.opened_at > now() - interval '9 seconds'`,
      t.Person,
    ],
  },
  assignCase: {
    input: (t) => ({ caseId: t.unassignedCase, workerId: t.newcomer, expectedVersion: 1 }),
    done: (t) => [
      'select assigned_worker_id = $2 as done from "case" where id = $1',
      t.unassignedCase,
      t.newcomer,
    ],
  },
  reassignCase: {
    input: (t) => ({ caseId: t.Case, workerId: t.newcomer, expectedVersion: 1 }),
    done: (t) => ['select assigned_worker_id = $2 as done from "case" where id = $1', t.Case, t.newcomer],
  },
  reassignCases: {
    input: (t) => ({
      fromWorkerId: t.absentee,
      moves: [{ caseId: t.absentCase, workerId: t.newcomer, expectedVersion: 1 }],
    }),
    done: (t) => [
      'select assigned_worker_id = $2 as done from "case" where id = $1',
      t.absentCase,
      t.newcomer,
    ],
  },
  planReassignment: {
    input: (t) => ({
      caseId: t.Case,
      workerId: t.newcomer,
      takesEffectAt: inDays(4),
      expectedVersion: 1,
    }),
    done: (t) => ['select count(*) = 1 as done from planned_reassignment where case_id = $1', t.Case],
  },
  withdrawPlannedReassignment: {
    input: (t) => ({ id: t.PlannedReassignment, expectedVersion: 1 }),
    done: (t) => version('planned_reassignment', t.PlannedReassignment),
  },
  recordNeed: {
    input: (t) => ({ caseId: t.Case, code: t.needCode, personId: t.Person, startsOn: '2026-03-03' }),
    done: (t) => ['select count(*) = 2 as done from need where case_id = $1', t.Case],
  },
  endNeed: {
    input: (t) => ({ id: t.Need, expectedVersion: 1, endsOn: '2026-04-04' }),
    done: (t) => version('need', t.Need),
  },
  declareAbsence: {
    input: (t) => ({ districtId: t.District, workerId: t.newcomer, startsAt: inDays(1), endsAt: inDays(9) }),
    done: (t) => ['select count(*) = 1 as done from absence where worker_id = $1', t.newcomer],
  },
  openRelay: {
    input: (t) => ({
      districtId: t.District,
      absentWorkerId: t.absentee,
      standInId: t.newcomer,
      startsAt: inDays(0.1),
      endsAt: inDays(9),
    }),
    done: (t) => ['select count(*) = 1 as done from relay where absent_worker_id = $1', t.absentee],
  },
  changeAbsence: {
    input: (t) => ({ id: t.openAbsence, expectedVersion: 1, endsAt: inDays(40) }),
    done: (t) => version('absence', t.openAbsence),
  },
  contradictAbsence: {
    input: (t) => ({ id: t.ownAbsence, expectedVersion: 1 }),
    done: (t) => ['select contradicted_at is not null as done from absence where id = $1', t.ownAbsence],
  },
  confirmRelay: {
    input: (t) => ({ id: t.waitingRelay, expectedVersion: 1 }),
    done: (t) => version('relay', t.waitingRelay),
  },
  endRelay: {
    input: (t) => ({ id: t.Relay, expectedVersion: 1 }),
    done: (t) => version('relay', t.Relay),
  },
};
