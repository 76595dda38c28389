import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type LoggedCounty, startLoggedCounty } from '../data-protection/logged.js';
import type { Answer } from '../support/app.js';
import type { BuiltCase } from '../support/county.js';
import { ago, dayAhead, minutesAfter } from '../support/days.js';
import { askAs, type Booked, bookedFor, inMinutes, told } from './refusals/desk.js';

/** A refusal is no oracle: what a viewer may not read decides no branch that they can see, and each guess is in the log. */
let made: LoggedCounty;
let file: BuiltCase;
let nth = 0;

beforeAll(async () => {
  made = await startLoggedCounty();
  await made.make.personAccount({ personId: (await made.newCase()).personId, subject: 'ana' });
});
beforeEach(async () => {
  nth += 1;
  file = await made.newCase();
});
afterAll(() => made.close());

const sql = (text: string, values: readonly unknown[] = []) => made.database.sql(text, [...values]);
const ask = (
  by: string,
  mutation: string,
  input: Record<string, unknown>,
  payload: string,
): Promise<Answer> => askAs(made, by, mutation, input, payload);
/** An appointment in five days, at an hour of this test's own, unless the test says when. */
const booked = (of: Booked = {}): Promise<string> =>
  bookedFor(made, file, { startsIn: 5 * 24 * 60 + nth * 120, ...of });

describe('a desk that guesses the type of an appointment', () => {
  /** All of an hour, with one worker, on site. */
  const TYPES = ['SOCIAL_ASSESSMENT', 'RSA_CONTRACT'];
  const sooner = (insteadOfId: string, typeCode: string) => ({
    districtId: made.district,
    personId: file.personId,
    typeCode,
    insteadOfId,
  });

  test.each([
    ['and has it undone by a field that it may not read', 'id type { code }'],
    ['and lets it be done', 'id status publicLabel'],
  ])(
    'by asking for a sooner one of each type %s, is told nothing, and is in the log each time',
    async (_name, payload) => {
      const answers: string[] = [];
      for (const hidden of TYPES)
        for (const guess of TYPES) {
          const id = await booked({ typeCode: hidden, minutes: 60 });
          const lines = await made.logged(async () => {
            answers.push(told(await ask('rachida', 'requestAppointment', sooner(id, guess), payload)));
          });
          expect(lines.map((line) => line.replace('CONFLICT', 'REFUSED').split(':')[0])).toEqual([
            'REQUEST_APPOINTMENT Ana by rachida',
          ]);
          await sql('delete from appointment_request where person_id = $1', [file.personId]);
          await sql('delete from appointment where id = $1', [id]);
        }
      expect([...new Set(answers)]).toHaveLength(1);
    },
  );

  test('who reads the type is told that it is another', async () => {
    const id = await booked({ typeCode: 'SOCIAL_ASSESSMENT', minutes: 60 });
    const answer = await ask(
      'alice',
      'requestAppointment',
      { ...sooner(id, 'RSA_CONTRACT'), caseId: file.id },
      'id',
    );
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'input.insteadOfId' });
  });

  test('what is accepted moves the appointment, which keeps its type', async () => {
    const id = await booked({ typeCode: 'SOCIAL_ASSESSMENT', minutes: 60, startsIn: 40 * 24 * 60 });
    const asked = await ask('rachida', 'requestAppointment', sooner(id, 'RSA_CONTRACT'), 'id');
    const startsAt = inMinutes(6 * 24 * 60 + nth);
    const workerId = made.who['alice'];
    const availabilityId = await made.make.availability({
      workerId,
      districtId: made.district,
      modes: ['ON_SITE'],
      startsOn: dayAhead(0),
      endsOn: dayAhead(30),
      opensAt: '06:00',
      closesAt: '18:00',
    });
    await made.make.availabilityOccurrence({
      availabilityId,
      startsAt: minutesAfter(startsAt, -60),
      endsAt: minutesAfter(startsAt, 180),
    });
    const offer = await made.make.slotOffer({
      requestId: asked.data?.['requestAppointment'].id,
      districtId: made.district,
      workerId,
      startsAt,
      endsAt: minutesAfter(startsAt, 60),
      channel: 'NEUTRAL_TEXT',
    });
    const { errors } = await made.send('rachida', 'answerOffer', {
      id: offer,
      expectedVersion: 1,
      accept: true,
    });
    expect(errors).toEqual([]);
    expect(
      await sql(
        'select type_code as type, starts_at = $2::timestamptz as moved from appointment where id = $1',
        [id, startsAt],
      ),
    ).toEqual([{ type: 'SOCIAL_ASSESSMENT', moved: true }]);
  });

  test('by the ways in which a request may be held is told nothing', async () => {
    const waiting = (typeCode: string): Promise<string> =>
      made.make.appointmentRequest({ districtId: made.district, personId: file.personId, typeCode });
    const answers: string[] = [];
    for (const hidden of ['FOLLOW_UP', 'RSA_CONTRACT']) {
      const id = await waiting(hidden);
      for (const mode of ['PHONE', 'VIDEO', 'HOME'])
        answers.push(
          `${mode} ${told(await ask('rachida', 'changeRequest', { id, expectedVersion: 1, mode }, 'mode skips { id } urgency case { id }'))}`,
        );
    }
    expect(answers.slice(0, 3)).toEqual(answers.slice(3));
    // And done: a way that the type lacks is answered like one that it has, and the request is offered in any way but at home.
    const done = await Promise.all(['FOLLOW_UP', 'RSA_CONTRACT'].map(waiting));
    for (const id of done) {
      const { data } = await ask(
        'rachida',
        'changeRequest',
        { id, expectedVersion: 1, mode: 'PHONE' },
        'mode',
      );
      expect(data).toEqual({ changeRequest: { mode: 'PHONE' } });
    }
    expect(
      await sql(
        `select mode_to_offer(r)::text as mode from appointment_request r where id = any ($1) order by type_code`,
        [done],
      ),
    ).toEqual([{ mode: 'PHONE' }, { mode: null }]);
  });
});

describe('a desk that asks what became of an appointment', () => {
  const OUTCOMES = [
    'HONOURED',
    'NOT_HONOURED',
    'LEFT_BEFORE_RECEIVED',
    'CANCELLED_BY_PERSON',
    'CANCELLED_BY_SERVICE',
  ] as const;
  const REFUSED = 'id case { id }';

  test.each([
    ['over', -180],
    ['going on', -10],
  ])('by recording each outcome of one that is %s is told nothing', async (_name, startsIn) => {
    for (const outcome of OUTCOMES.slice(0, 3))
      for (const payload of [REFUSED, 'id']) {
        const answers = [];
        for (const hidden of OUTCOMES) {
          const id = await booked({ status: hidden, startsIn });
          // As it is left: the time of who came is theirs until its end.
          if (hidden === 'HONOURED')
            await made.make.occupancy({
              workerId: made.who['alice'],
              districtId: made.district,
              appointmentId: id,
              startsAt: inMinutes(startsIn),
              endsAt: inMinutes(startsIn + 45),
            });
          answers.push(
            told(await ask('rachida', 'recordOutcome', { id, expectedVersion: 1, outcome }, payload)),
          );
          await sql('delete from occupancy where appointment_id = $1', [id]);
        }
        expect(new Set(answers).size).toBe(1);
      }
  });

  test('by the expected return from a visit is told nothing', async () => {
    const answers = [];
    for (const hidden of OUTCOMES) {
      const id = await booked({
        status: hidden,
        typeCode: 'HOME_VISIT',
        mode: 'HOME',
        startsIn: -120,
        minutes: 60,
        expectedBackIn: 30,
      });
      const input = { id, expectedVersion: 1, expectedBackAt: inMinutes(90) };
      answers.push(told(await ask('rachida', 'expectReturn', input, REFUSED)));
      answers.push(told(await ask('rachida', 'expectReturn', input, 'id')));
      // What was called off takes nobody's time.
      const taken = await sql('select from occupancy where appointment_id = $1', [id]);
      expect(taken).toHaveLength(hidden.startsWith('CANCELLED') ? 0 : 1);
      await sql('delete from occupancy where appointment_id = $1', [id]);
    }
    expect(new Set(answers.filter((_answer, at) => at % 2 === 0)).size).toBe(1);
    expect(new Set(answers.filter((_answer, at) => at % 2 === 1)).size).toBe(1);
  });

  test('by who came to a meeting is told nothing of the meeting', async () => {
    const answers = [];
    for (const hidden of ['HONOURED', 'CANCELLED_BY_SERVICE'] as const) {
      const id = await made.make.appointment({
        districtId: made.district,
        typeCode: 'INFORMATION_MEETING',
        status: hidden,
        startsAt: ago(3 / 24),
        endsAt: ago(2 / 24),
        places: 12,
      });
      await made.make.appointmentPerson({ appointmentId: id, personId: file.personId });
      const input = { id, personId: file.personId, expectedVersion: 1, outcome: 'HONOURED' };
      answers.push(told(await ask('rachida', 'recordAttendance', input, 'id')));
    }
    expect(new Set(answers).size).toBe(1);
  });

  test('whose it is is told that it was called off', async () => {
    const id = await booked({ status: 'CANCELLED_BY_PERSON', startsIn: -180 });
    const { codes } = await made.send('alice', 'recordOutcome', {
      id,
      expectedVersion: 1,
      outcome: 'HONOURED',
    });
    expect(codes).toEqual(['CONFLICT']);
  });
});

test('who takes part in an appointment is not told whether it is of a case, by writing down that they held it', async () => {
  const answers = [];
  for (const ofCase of [true, false]) {
    const id = await booked({ ofCase, worker: 'bruno', startsIn: -60 });
    answers.push(
      told(
        await ask('bruno', 'recordEncounter', { districtId: made.district, appointmentId: id }, 'id text'),
      ),
    );
  }
  expect(new Set(answers).size).toBe(1);
  // Who follows the case writes a note of it.
  const id = await booked({ startsIn: -60 });
  const { errors } = await made.send('alice', 'recordEncounter', {
    districtId: made.district,
    appointmentId: id,
  });
  expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'input.appointmentId' });
});

test('who receives a referral is not told by its version that it is shown to the person', async () => {
  const id = await made.make.referral({
    caseId: file.id,
    toDistrictId: made.district,
    toWorkerId: made.who['bruno'],
    sentById: made.who['alice'],
  });
  await made.make.referralPerson({ referralId: id, caseId: file.id, personId: file.personId });
  const bruno = await made.app.as('bruno');
  const read = async () =>
    (await bruno.send('query ($id: ID!) { referral(id: $id) { version status } }', { id })).text;
  const before = await read();
  expect(
    (await made.send('alice', 'showReferral', { id, expectedVersion: 1, showOnline: true })).errors,
  ).toEqual([]);
  expect(await read()).toBe(before);
  const answered = await made.send('bruno', 'answerReferral', { id, expectedVersion: 1, answer: 'ACCEPTED' });
  expect(answered.errors).toEqual([]);
});

describe('a field that is never theirs', () => {
  test('is refused before anything is written, at its place, and the attempt is in the log', async () => {
    const input = { caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 };
    const lines = await made.logged(async () => {
      const answer = await ask(
        'hélène',
        'reassignCase',
        input,
        'id notes: interviewNotes { edges { node { id } } } needs { id }',
      );
      expect(answer.data).toEqual({ reassignCase: null });
      expect(answer.errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
        [['reassignCase', 'notes'], 'FORBIDDEN'],
        [['reassignCase', 'needs'], 'FORBIDDEN'],
      ]);
    });
    expect(lines).toEqual([
      'READ_CASE the case by hélène: REFUSED',
      'REASSIGN_CASE the case for bruno by hélène: REFUSED',
    ]);
    const [held] = await sql('select assigned_worker_id as worker, version from "case" where id = $1', [
      file.id,
    ]);
    expect(held).toEqual({ worker: made.who['alice'], version: 1 });
  });

  test('holds nobody up: the case is not taken meanwhile', async () => {
    const input = { caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 };
    await sql('create sequence if not exists locked');
    await sql(
      `create or replace function count_locks() returns trigger language plpgsql security definer as $$
       begin perform nextval('locked'); return null; end $$`,
    );
    await sql(
      `create or replace trigger count_locks before update on "case" for each statement execute function count_locks()`,
    );
    for (let count = 0; count < 5; count += 1)
      await ask('hélène', 'reassignCase', input, 'interviewNotes { edges { cursor } }');
    expect(await sql('select is_called from locked')).toEqual([{ is_called: false }]);
    await sql('drop trigger count_locks on "case"');
  });

  test.each([
    ['left out', '($input: AssignCaseInput!, $asked: Boolean!)', 'needs @include(if: $asked) { id }', false],
    [
      'skipped',
      '($input: AssignCaseInput!, $asked: Boolean!)',
      '... on Case @skip(if: true) { needs { id } ok: id @skip(if: $asked) }',
      false,
    ],
    ['in a fragment', '($input: AssignCaseInput!)', '...Whole', true],
    ['in an inline fragment', '($input: AssignCaseInput!)', '... on Case { n: needs { id } }', true],
  ])('is judged where it is asked for: %s', async (_name, variables, selection, isRefused) => {
    const fragment = selection === '...Whole' ? 'fragment Whole on Case { mission needs { id } }' : '';
    const { codes } = await (await made.app.as('hélène')).send(
      `mutation ${variables} { reassignCase(input: $input) { id ${selection} } } ${fragment}`,
      { input: { caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 }, asked: false },
    );
    expect(codes).toEqual(isRefused ? ['FORBIDDEN'] : []);
  });

  test('what the row refuses is answered as ever, and in the log', async () => {
    const input = { caseId: file.id, workerId: made.who['hélène'], expectedVersion: 1 };
    const answer = await ask('hélène', 'reassignCase', input, 'needs { id }');
    expect(answer.codes).toEqual(['INVALID_INPUT']);
  });

  test('under an idempotency key it is refused as well, and the key is kept for what is done', async () => {
    const hélène = await made.app.as('hélène');
    const input = { caseId: file.id, workerId: made.who['bruno'], expectedVersion: 1 };
    const send = (payload: string) =>
      hélène.send(
        `mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { ${payload} } }`,
        { input },
        { 'idempotency-key': `refused-${nth}` },
      );
    expect((await send('needs { id }')).codes).toEqual(['FORBIDDEN']);
    expect((await send('id')).errors).toEqual([]);
    // Repeated, it was done; what is refused of it stays so.
    expect((await send('needs { id }')).codes).toEqual(['FORBIDDEN']);
    expect((await send('id')).errors).toEqual([]);
  });
});
