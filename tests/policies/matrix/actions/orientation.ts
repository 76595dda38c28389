import { type Action, inDays, version } from './action.js';

/** How referrals and partners’ requests are sent, allocated and answered, and persons informed. */
export const ORIENTATION_ACTIONS: Readonly<Record<string, Action>> = {
  sendReferral: {
    input: (t) => ({
      caseId: t.Case,
      personIds: [t.Person],
      toDistrictId: t.District,
      text: `vers ${t.Case}`,
    }),
    done: (t) => [
      `select count(*) = 1 as done from referral r join referral_content c on c.referral_id = r.id
       where r.case_id = $1 and c.body is not null and r.sent_at > now() - interval '1 hour'`,
      t.Case,
    ],
  },
  allocateReferral: {
    input: (t) => ({ id: t.waitingReferral, expectedVersion: 1, workerId: t.newcomer }),
    done: (t) => version('referral', t.waitingReferral),
  },
  answerReferral: {
    input: (t) => ({ id: t.openReferral, expectedVersion: 1, answer: 'ACCEPTED' }),
    done: (t) => version('referral', t.openReferral),
  },
  withdrawReferral: {
    input: (t) => ({ id: t.openReferral, expectedVersion: 1 }),
    done: (t) => version('referral', t.openReferral),
  },
  showReferral: {
    input: (t) => ({ id: t.openReferral, expectedVersion: 1, showOnline: true }),
    done: (t) => ['select online_person_id is not null as done from referral where id = $1', t.openReferral],
  },
  recordIncomingRequest: {
    input: (t) => ({ districtId: t.District, partner: 'SCHOOL', name: `de ${t.Case}` }),
    done: (t) => ['select count(*) = 1 as done from incoming_request where name = $1', `de ${t.Case}`],
  },
  allocateIncomingRequest: {
    input: (t) => ({ id: t.waitingIncoming, expectedVersion: 1, workerId: t.newcomer }),
    done: (t) => version('incoming_request', t.waitingIncoming),
  },
  answerIncomingRequest: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => version('incoming_request', t.openIncoming),
  },
  declineIncomingRequest: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => version('incoming_request', t.openIncoming),
  },
  markChildProtection: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => ['select child_protection as done from incoming_request where id = $1', t.openIncoming],
  },
  recordInformation: {
    input: (t) => ({ id: t.openIncoming, expectedVersion: 1 }),
    done: (t) => version('incoming_request', t.openIncoming),
  },
  deferNotice: {
    input: (t) => ({
      caseId: t.Case,
      personId: t.Person,
      ground: 'SECRECY',
      reviewOn: inDays(30).slice(0, 10),
    }),
    done: (t) => ['select count(*) = 1 as done from notice_deferral where case_id = $1', t.Case],
  },
  deferInformation: {
    input: (t) => ({
      id: t.openIncoming,
      expectedVersion: 1,
      ground: 'NOT_REACHABLE',
      reviewOn: inDays(30).slice(0, 10),
    }),
    done: (t) => ['select review_by is not null as done from incoming_request where id = $1', t.openIncoming],
  },
};
