import type { Action } from './action.js';

/** How releases are asked for, decided, answered and reviewed. */
export const RELEASE_ACTIONS: Readonly<Record<string, Action>> = {
  requestRelease: {
    input: (t) => ({ caseId: t.Case, ground: 'COURT_ORDER' }),
    done: (t) => [
      `select count(*) = 1 as done from release where case_id = $1 and ground = 'COURT_ORDER'`,
      t.Case,
    ],
  },
  approveRelease: {
    input: (t) => ({ id: t.Release }),
    // Approved already.
    conflictsFor: ['adviser-none'],
    done: (t) => [
      `select approved_at > now() - interval '9 seconds' as done from release where id = $1 and approved_at is not null`,
      t.Release,
    ],
  },
  answerRelease: {
    input: (t) => ({ id: t.Release, answer: 'NO', reason: 'OTHER' }),
    done: (t) => [
      `select count(*) = 1 as done from release_answer where release_id = $1 and answer = 'NO'`,
      t.Release,
    ],
  },
  recordReleaseTold: {
    input: (t) => ({ id: t.objectedRelease }),
    done: (t) => ['select person_told_at is not null as done from release where id = $1', t.objectedRelease],
  },
  refuseRelease: {
    input: (t) => ({ id: t.Release }),
    // Approved already.
    conflictsFor: ['adviser-none'],
    done: (t) => ['select refused_at is not null as done from release where id = $1', t.Release],
  },
  agreeToRelease: {
    input: (t) => ({ id: t.objectedRelease }),
    done: (t) => ['select agreed_at is not null as done from release where id = $1', t.objectedRelease],
  },
  closeRelease: {
    input: (t) => ({ id: t.Release }),
    done: (t) => ['select closed_by_id is not null as done from release where id = $1', t.Release],
  },
  reviewRelease: {
    input: (t) => ({ id: t.dangerRelease, opinion: 'JUSTIFIED' }),
    done: (t) => [
      `select count(*) = 1 as done from release_review where release_id = $1 and as_role = 'DATA_PROTECTION_OFFICER'`,
      t.dangerRelease,
    ],
  },
};
