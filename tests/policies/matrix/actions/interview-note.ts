import { type Action, version } from './action.js';

/** How notes are written and handed over. */
export const INTERVIEW_NOTE_ACTIONS: Readonly<Record<string, Action>> = {
  writeNote: {
    input: (t) => ({ caseId: t.Case, body: 'x' }),
    // One's own note.
    answersOther: ['worker-handed-over', 'worker-not-handed-over'],
    done: (t) => [
      `select count(*) > 0 as done from interview_note where case_id = $1 and written_at > now() - interval '1 hour'`,
      t.Case,
    ],
  },
  amendNote: {
    input: (t) => ({ id: t.InterviewNote, expectedVersion: 1, body: 'y' }),
    done: (t) => version('interview_note', t.InterviewNote),
  },
  offerHandover: {
    input: (t) => ({ caseId: t.Case, toWorkerId: t.newcomer, noteIds: [t.InterviewNote] }),
    done: (t) => ['select count(*) = 1 as done from handover where to_worker_id = $1', t.newcomer],
  },
  acceptHandover: {
    input: (t) => ({ id: t.offered }),
    done: (t) => [
      `select accepted_at > now() - interval '9 seconds' as done from handover where id = $1 and accepted_at is not null`,
      t.offered,
    ],
  },
  withdrawHandover: {
    input: (t) => ({ id: t.offeredHandover }),
    done: (t) => ['select withdrawn_at is not null as done from handover where id = $1', t.offeredHandover],
  },
  answerHandoverTask: {
    input: (t) => ({ id: t.handoverToMake, answer: 'NO', reason: 'OTHER' }),
    done: (t) => ['select closed_at is not null as done from handover_task where id = $1', t.handoverToMake],
  },
};
