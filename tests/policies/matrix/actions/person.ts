import type { Action } from './action.js';

/** How persons are registered, and what is said of their contact changed. */
export const PERSON_ACTIONS: Readonly<Record<string, Action>> = {
  registerPerson: {
    input: (t) => ({
      districtId: t.District,
      givenName: 'Nouvelle',
      familyName: t.Case,
      birthDate: '1990-01-01',
    }),
    done: (t) => ['select count(*) = 1 as done from person where family_name = $1', t.Case],
  },
  updatePerson: {
    input: (t) => ({ id: t.Person, expectedVersion: 1, phone: t.Case.slice(0, 30) }),
    // The word of a stand-in about the number waits.
    done: (t) => [
      `select phone = $2 or exists (select from contact_word w where w.person_id = p.id and w.said ->> 'phone' = $2) as done
        from person p where id = $1`,
      t.Person,
      t.Case.slice(0, 30),
    ],
  },
  setPersonAddress: {
    input: (t) => ({
      personId: t.Person,
      expectedVersion: 1,
      line: `chez ${t.Case}`,
      confidential: false,
    }),
    done: (t) => [
      'select line = $2 as done from person_address where person_id = $1',
      t.Person,
      `chez ${t.Case}`,
    ],
  },
  setConfirmNothing: {
    input: (t) => ({ personId: t.Person, confirmNothing: true }),
    done: (t) => ['select confirm_nothing as done from person where id = $1', t.Person],
  },
  setAgreedWord: {
    input: (t) => ({ personId: t.Person, word: 'coquelicot' }),
    done: (t) => [
      `select (select count(*) from agreed_word where person_id = $1)
        + (select count(*) from contact_word where person_id = $1 and kind = 'AGREED_WORD') = 1 as done`,
      t.Person,
    ],
  },
  suspendContact: {
    input: (t) => ({ personId: t.Person }),
    done: (t) => ['select contact_suspended_at is not null as done from person where id = $1', t.Person],
  },
  setSafeContact: {
    input: (t) => ({ personId: t.Person, expectedVersion: 1, safeContact: 'VOICE_TO_ME_ONLY' }),
    // The word of a stand-in waits.
    done: (t) => [
      `select safe_contact = 'VOICE_TO_ME_ONLY' or exists (select from contact_word w
        where w.person_id = p.id and w.used_since is null and w.said ->> 'safe_contact' = 'VOICE_TO_ME_ONLY') as done from person p where id = $1`,
      t.Person,
    ],
  },
  proposeSafeContact: {
    input: (t) => ({ personId: t.Person, safeContact: 'LETTER' }),
    done: (t) => [
      `select safe_contact = 'LETTER' as done from contact_proposal where person_id = $1`,
      t.Person,
    ],
  },
  answerContactProposal: {
    // The proposal has the person's id: there is one of each.
    input: (t) => ({ personId: t.Person, proposalId: t.Person, expectedVersion: 1, accept: false }),
    done: (t) => [`select count(*) = 0 as done from contact_proposal where person_id = $1`, t.Person],
  },
  answerContactWord: {
    // The word has the person's id: there is one of each.
    input: (t) => ({ personId: t.Person, wordId: t.Person, agree: false }),
    done: (t) => [`select count(*) = 0 as done from contact_word where person_id = $1`, t.Person],
  },
  setCommunication: {
    input: (t) => ({ personId: t.Person, expectedVersion: 1, language: 'fsl' }),
    done: (t) => [`select language = 'fsl' as done from person where id = $1`, t.Person],
  },
  setSafeAddress: {
    input: (t) => ({ personId: t.Person, expectedVersion: 1, line: `chez ${t.Case}` }),
    done: (t) => [
      `select (select count(*) from safe_address where person_id = $1 and line = $2)
        + (select count(*) from contact_word where person_id = $1 and said -> 'address' ->> 'line' = $2) = 1 as done`,
      t.Person,
      `chez ${t.Case}`,
    ],
  },
  openConfidentialAddress: {
    input: (t) => ({ personId: t.sheltered, ground: 'DANGER' }),
    done: (t) => [
      `select count(*) > 0 as done from access_log where action = 'READ_ADDRESS_FOR_DANGER' and outcome = 'DONE' and person_id = $1
        and actor_id in (select id from worker)`,
      t.sheltered,
    ],
  },
  giveNotice: {
    input: (t) => ({ personId: t.Person, noticeId: t.notice, channel: 'PAPER' }),
    done: (t) => [
      `select count(*) > 0 as done from notice_receipt where person_id = $1 and channel = 'PAPER' and given_at > now() - interval '9 seconds'`,
      t.Person,
    ],
  },
};
