import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { settleContactWords } from '../../src/jobs/tasks.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A stand-in, the worker of a second case, or a duty worker about a person whom somebody follows may say where letters go, a number, a
 * channel or an agreed word. It can be false. So it waits, until the worker who follows the person agrees, or for two working days.
 */
let stage: Stage;
let scene: Scene;
let jobs: ReturnType<typeof jobsOf>;
let suit: { id: string };
let deux: { id: string };
let asSuit: Requester;
let asDeux: Requester;
/** The case that the person had first. */
let file: BuiltCase;
const FRIEND = 'chez Mme Amie, 9 rue Sûre';
const FALSE = '66 rue Fausse';
const NUMBER = '06 39 98 00 02';
const OTHER = '06 39 98 00 66';

beforeAll(async () => {
  stage = await raiseStage();
  jobs = jobsOf(stage.database);
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 10, slots: 4 });
  suit = await builder;
  file = await builder.case();
  deux = await scene.worker('deux', { days: 10, slots: 4 });
  [asSuit, asDeux] = [await scene.as('suit'), await scene.as('deux')];
  await scene.sql(
    `update person set safe_contact = 'NEUTRAL_TEXT', phone = $2, family_name = $3 where id = $1`,
    [file.personId, NUMBER, `Petit ${scene.name}`],
  );
});
afterAll(async () => {
  await jobs.end();
  await stage.close();
});

const versionOf = async (): Promise<number> =>
  (await scene.sql<{ version: number }>('select version from person where id = $1', [file.personId]))[0]
    ?.version ?? 0;

async function send(
  who: Requester,
  mutation: string,
  type: string,
  input: Record<string, unknown>,
): Promise<Answer> {
  return who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
    input: { personId: file.personId, ...input },
  });
}

/** Says where letters go; null removes it. */
const address = async (who: Requester, line: string | null, more: Record<string, unknown> = {}) =>
  faultOf(await send(who, 'setSafeAddress', 'SetSafeAddressInput', { expectedVersion: 0, line, ...more }));

const contact = async (who: Requester, safeContact: string, more: Record<string, unknown> = {}) =>
  faultOf(
    await send(who, 'setSafeContact', 'SetSafeContactInput', {
      expectedVersion: await versionOf(),
      safeContact,
      ...more,
    }),
  );

const word = async (who: Requester, said: string | null) =>
  faultOf(await send(who, 'setAgreedWord', 'SetAgreedWordInput', { word: said }));

const update = async (who: Requester, more: Record<string, unknown>) =>
  faultOf(
    await who.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
      input: { id: file.personId, expectedVersion: await versionOf(), ...more },
    }),
  );

/** Where a letter goes now. */
const letter = async (): Promise<string | null> =>
  (await scene.sql<{ line: string }>('select line from letter_address($1)', [file.personId]))[0]?.line ??
  null;

const reached = async (): Promise<{ by: string; phone: string | null; suspended: boolean } | undefined> =>
  (
    await scene.sql<{ by: string; phone: string | null; suspended: boolean }>(
      `select safe_contact::text as by, phone, contact_suspended_at is not null as suspended from person where id = $1`,
      [file.personId],
    )
  )[0];
const BEFORE = { by: 'NEUTRAL_TEXT', phone: NUMBER, suspended: false };

/** Whether the desk, which is told this word, calls the duty worker by it. */
async function calls(said: string): Promise<boolean> {
  await scene.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
  const answer = await scene.desk.send(
    'mutation ($input: CallDutyWorkerInput!) { callDutyWorker(input: $input) { id } }',
    {
      input: {
        districtId: scene.districtId,
        workerId: deux.id,
        fullName: `Ana Petit ${scene.name}`,
        word: said,
      },
    },
  );
  const [visit] = await scene.sql<{ named: boolean }>(
    'select person_id is not null as named from visit where $1 in (id, known_id)',
    [answer.data?.['callDutyWorker'].id],
  );
  return visit?.named ?? false;
}

/** A case that the person has had for a shorter time, of the second worker. */
async function secondCase(workerId = deux.id): Promise<string> {
  const caseId = await scene.make.case({ districtId: scene.districtId, reference: `DEUX-${scene.name}` });
  await scene.make.casePerson({ caseId, personId: file.personId });
  await scene.make.assignment({ caseId, workerId });
  return caseId;
}

const relay = (standInId = deux.id): Promise<string> =>
  scene.make.relay({ districtId: scene.districtId, absentWorkerId: suit.id, standInId });

const relayEnds = (id: string) => scene.sql('update relay set ends_at = now() where id = $1', [id]);

interface Word {
  readonly id: string;
  readonly kind: string;
  readonly saidAs: string;
  readonly countsFrom: string | null;
  readonly usedSince: string | null;
  readonly removes: boolean | null;
  readonly safeContact: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

/** Returns the words of others that the viewer reads by the case. */
async function words(who: Requester, caseId = file.id): Promise<readonly Word[]> {
  const { data } = await who.send(
    `query ($id: ID!) { case(id: $id) { persons {
      contactWords { id kind saidAs countsFrom usedSince removes safeContact phone address } } } }`,
    { id: caseId },
  );
  return data?.['case']?.persons?.[0]?.contactWords ?? [];
}

/** The one word of a kind that the viewer reads. */
async function theWord(who: Requester, kind: string, caseId = file.id): Promise<Word> {
  const [one, ...more] = (await words(who, caseId)).filter((said) => said.kind === kind);
  if (one === undefined || more.length > 0) throw new Error(`not one word of ${kind}`);
  return one;
}

const answer = async (who: Requester, wordId: string, agree: boolean) =>
  faultOf(await send(who, 'answerContactWord', 'AnswerContactWordInput', { wordId, agree }));

/** Two working days pass, and the jobs run. */
async function twoDaysPass(): Promise<void> {
  await scene.sql(
    `update contact_word set counts_from = now() - interval '1 second', said_at = now() - interval '3 days' where person_id = $1`,
    [file.personId],
  );
  await settleContactWords(jobs);
}

const told = async (workerId: string) =>
  (
    await scene.sql<{ kind: string }>(
      `select kind from notification where worker_id = $1 and kind = 'CONTACT_WORD_WAITS'`,
      [workerId],
    )
  ).length;

describe('a second case', () => {
  let second: string;
  beforeEach(async () => {
    expect([await address(asSuit, FRIEND), await word(asSuit, 'coquelicot')]).toEqual(['none', 'none']);
    second = await secondCase();
  });

  test('sets an address for letters: letters go where they went, and the worker who follows is told once', async () => {
    expect(await address(asDeux, FALSE)).toBe('none');
    expect(await letter()).toBe(FRIEND);
    expect(await address(asDeux, '67 rue Fausse')).toBe('none');
    expect([await letter(), await told(suit.id), await told(deux.id)]).toEqual([FRIEND, 1, 0]);
    // The last word of an author is the one that waits.
    expect(await words(asSuit)).toMatchObject([
      { saidAs: 'OTHER_CASE', address: '67 rue Fausse', usedSince: null },
    ]);
    expect(await words(asDeux, second)).toMatchObject([{ address: '67 rue Fausse' }]);
  });

  test('sets a number or a channel, by either action: messages go where they went', async () => {
    expect(await contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER })).toBe('none');
    expect(await theWord(asSuit, 'SAFE_CONTACT')).toMatchObject({ phone: OTHER, safeContact: null });
    expect(await contact(asDeux, 'LETTER')).toBe('none');
    expect(await theWord(asSuit, 'SAFE_CONTACT')).toMatchObject({ phone: null, safeContact: 'LETTER' });
    expect(await update(asDeux, { phone: OTHER, givenName: 'Anna' })).toBe('none');
    expect(await update(asDeux, { safeContact: 'THROUGH_SOMEONE' })).toBe('none');
    expect([await reached(), await told(suit.id)]).toEqual([BEFORE, 1]);
    // The name is not contact.
    expect(await scene.sql('select given_name from person where id = $1', [file.personId])).toEqual([
      { given_name: 'Anna' },
    ]);
    // To say what stands takes the word back.
    expect(await contact(asDeux, 'NEUTRAL_TEXT')).toBe('none');
    expect(await words(asSuit)).toEqual([]);
  });

  test('agrees on a word: only the first one calls the duty worker, and nobody reads the other', async () => {
    expect(await word(asDeux, 'pivoine')).toBe('none');
    expect([await calls('pivoine'), await calls('coquelicot')]).toEqual([false, true]);
    const { id, ...said } = await theWord(asSuit, 'AGREED_WORD');
    expect(said).toMatchObject({ saidAs: 'OTHER_CASE', removes: null, phone: null, address: null });
    expect(await answer(asSuit, id, true)).toBe('none');
    expect([await calls('pivoine'), await calls('coquelicot')]).toEqual([true, false]);
  });

  test('closes every channel, and removes the agreed word, at once', async () => {
    expect(await contact(asDeux, 'NONE', { phone: OTHER })).toBe('none');
    expect(await reached()).toEqual({ ...BEFORE, by: 'NONE' });
    expect(await theWord(asSuit, 'SAFE_CONTACT')).toMatchObject({ phone: OTHER, safeContact: null });
    expect(await word(asDeux, null)).toBe('none');
    expect(await calls('coquelicot')).toBe(false);
  });

  test('is used after two working days without a contradiction, and the worker who follows takes it back all the same', async () => {
    expect([
      await address(asDeux, FALSE),
      await contact(asDeux, 'VOICE_TO_ME_ONLY', { phone: OTHER }),
    ]).toEqual(['none', 'none']);
    expect(await word(asDeux, 'pivoine')).toBe('none');
    await settleContactWords(jobs);
    expect([await letter(), await reached()]).toEqual([FRIEND, BEFORE]);
    await twoDaysPass();
    expect([await letter(), await reached(), await calls('pivoine')]).toEqual([
      FALSE,
      { by: 'VOICE_TO_ME_ONLY', phone: OTHER, suspended: false },
      true,
    ]);
    for (const { id, usedSince } of await words(asSuit)) {
      expect(usedSince).not.toBeNull();
      expect(await answer(asSuit, id, false)).toBe('none');
    }
    expect([await letter(), await reached(), await calls('coquelicot')]).toEqual([FRIEND, BEFORE, true]);
    expect(await words(asSuit)).toEqual([]);
  });

  test('waits for two working days: from a Friday evening, until Tuesday evening', async () => {
    await address(asDeux, FALSE);
    const [row] = await scene.sql<{ long: boolean }>(
      `select counts_from > said_at + interval '1 day' as long from contact_word where person_id = $1`,
      [file.personId],
    );
    expect(row?.long).toBe(true);
    expect(
      await scene.sql(
        `select (in_working_time('2026-12-04 17:50 Europe/Paris', interval '18 hours') at time zone 'Europe/Paris')::text as at`,
      ),
    ).toEqual([{ at: '2026-12-08 17:50:00' }]);
  });

  test('ends where the worker who follows has spoken since, or anyone has closed every channel', async () => {
    expect([await address(asDeux, FALSE), await contact(asDeux, 'LETTER')]).toEqual(['none', 'none']);
    expect(await address(asSuit, '1 rue Neuve', { expectedVersion: 1 })).toBe('none');
    expect(faultOf(await send(scene.desk, 'suspendContact', 'SuspendContactInput', {}))).toBe('none');
    expect(await words(asSuit)).toEqual([]);
    await twoDaysPass();
    expect([await letter(), (await reached())?.by]).toEqual(['1 rue Neuve', 'NONE']);
  });

  test('does not agree to its own word, and takes it back', async () => {
    await address(asDeux, FALSE);
    const { id } = await theWord(asDeux, 'SAFE_ADDRESS', second);
    expect(await answer(asDeux, id, true)).toBe('FORBIDDEN');
    expect(await answer(scene.desk, id, true)).toBe('FORBIDDEN');
    expect(await answer(asDeux, id, false)).toBe('none');
    expect(await answer(asSuit, id, true)).toBe('CONFLICT STATE_CHANGED');
    expect(await words(asSuit)).toEqual([]);
  });

  test('removes its address, which is used: no letter goes until the worker who follows agrees', async () => {
    await address(asDeux, FALSE);
    await answer(asSuit, (await theWord(asSuit, 'SAFE_ADDRESS')).id, true);
    expect(await letter()).toBe(FALSE);
    expect(await address(asDeux, null, { expectedVersion: 1 })).toBe('none');
    expect(await letter()).toBeNull();
    const { id, removes } = await theWord(asSuit, 'SAFE_ADDRESS');
    expect(removes).toBe(true);
    expect(await answer(asSuit, id, true)).toBe('none');
    expect(await letter()).toBe(FRIEND);
  });

  test('that hides: no letter goes to the address of the first case, and none to its own before it counts', async () => {
    await scene.make.personAddress({
      personId: file.personId,
      caseId: second,
      line: '7 impasse du Refuge',
      confidential: true,
    });
    expect(await address(asDeux, FALSE)).toBe('none');
    expect(await letter()).toBeNull();
    // The worker of the first case reads that it exists, and whose it is.
    const { id, ...said } = await theWord(asSuit, 'SAFE_ADDRESS');
    expect(said).toMatchObject({ saidAs: 'OTHER_CASE', address: null, removes: null });
    // What they say of their own case is no contradiction.
    expect(await address(asSuit, '1 rue Neuve', { expectedVersion: 1 })).toBe('none');
    expect(await letter()).toBeNull();
    expect(await answer(asSuit, id, true)).toBe('none');
    expect(await letter()).toBe(FALSE);
  });

  test('accepts what was proposed online: it waits', async () => {
    const proposalId = await scene.make.contactProposal({ personId: file.personId, safeContact: 'LETTER' });
    const input = { proposalId, expectedVersion: await versionOf(), accept: true };
    expect(faultOf(await send(asDeux, 'answerContactProposal', 'AnswerContactProposalInput', input))).toBe(
      'none',
    );
    expect([await reached(), await theWord(asSuit, 'SAFE_CONTACT')]).toMatchObject([
      BEFORE,
      { safeContact: 'LETTER' },
    ]);
  });

  test('writes an open address: no letter goes there until the worker who follows has written it', async () => {
    await address(asSuit, null, { expectedVersion: 1 });
    const open = (who: Requester, expectedVersion: number) =>
      send(who, 'setPersonAddress', 'SetPersonAddressInput', {
        expectedVersion,
        line: FALSE,
        confidential: false,
      });
    expect(faultOf(await open(asDeux, 0))).toBe('none');
    expect(await letter()).toBeNull();
    expect(faultOf(await open(asSuit, 1))).toBe('none');
    expect(await letter()).toBe(FALSE);
  });

  test('waits on after its reassignment; the worker who then speaks first answers', async () => {
    await address(asDeux, FALSE);
    const trois = await scene.worker('trois');
    for (const [caseId, workerId] of [
      [file.id, trois.id],
      [second, suit.id],
    ] as const) {
      await scene.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
        caseId,
      ]);
      await scene.make.assignment({ caseId, workerId });
    }
    const { id } = await theWord(await scene.as('trois'), 'SAFE_ADDRESS');
    expect(await answer(asSuit, id, true)).toBe('FORBIDDEN');
    expect(await answer(await scene.as('trois'), id, true)).toBe('none');
    expect(await letter()).toBe(FALSE);
  });

  test('a closed first case still answers; one without a worker does not', async () => {
    await scene.sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [file.id]);
    expect(await contact(asDeux, 'LETTER')).toBe('none');
    expect((await reached())?.by).toBe('NEUTRAL_TEXT');
    await scene.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
    expect(await contact(asDeux, 'LETTER')).toBe('none');
    expect((await reached())?.by).toBe('LETTER');
  });

  test('a case that was closed long ago does not answer before the one of today', async () => {
    await scene.sql(
      `update "case" set status = 'CLOSED', opened_at = now() - interval '5 years', closed_at = now() - interval '31 days' where id = $1`,
      [second],
    );
    expect(await contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER })).toBe('none');
    expect(await reached()).toEqual(BEFORE);
    expect(await contact(asSuit, 'LETTER')).toBe('none');
    expect((await reached())?.by).toBe('LETTER');
  });

  test('the third lock: by hand it changes nothing that is used', async () => {
    await address(asDeux, FALSE);
    const { id } = await theWord(asDeux, 'SAFE_ADDRESS', second);
    const person = [file.personId];
    const found = await byHand(stage.database, `deux.${scene.name}`, async (hand) => [
      await hand(`insert into safe_address (case_id, person_id, line) values ($2, $1, 'x')`, [
        ...person,
        second,
      ]),
      await hand(`update safe_address set line = 'x'`),
      await hand('delete from safe_address'),
      await hand('select from contact_word'),
      await hand(`update contact_word set counts_from = now()`),
      await hand('select settle_contact_word()'),
      await hand(`select from safe_address where line = $1`, [FALSE]),
      await hand(`update person set phone = '0' where id = $1`, person),
      await hand(`select from person where id = $1 and phone = $2`, [...person, NUMBER]),
      await hand(`select say_safe_contact($1, ${await versionOf()}, 'LETTER', false)`, person),
      await hand(`select from person where id = $1 and safe_contact = 'NEUTRAL_TEXT'`, person),
      await hand(
        `select from answer_contact_word($1, '${id}', true) as done where done = 'FORBIDDEN'`,
        person,
      ),
      await hand(
        `insert into "case" (id, district_id, mission, opened_at) values (gen_random_uuid(), $1, 'RSA', '2000-01-01')`,
        [scene.districtId],
      ),
    ]);
    expect(found).toEqual([
      '42501',
      '42501',
      '42501',
      '42501',
      '42501',
      '42501',
      '0',
      '1',
      '1',
      '1',
      '1',
      '1',
      '42501',
    ]);
    const others = await byHand(stage.database, `desk.${scene.name}`, async (hand) => [
      await hand('select from contact_words_of($1)', [person]),
      await hand(
        `select from answer_contact_word($1, '${id}', false) as done where done = 'FORBIDDEN'`,
        person,
      ),
      await hand(`select keeps_contact_as_word($1, '{"phone":"0"}')`, person),
      await hand(`select say_safe_address($1, $2, 0, 'x', null, null)`, [...person, second]),
    ]);
    expect(others).toEqual(['0', '1', '42501', '42501']);
  });
});

test('what a colleague says whose case it is for an hour is told to the worker to whom it comes back', async () => {
  await scene.district.head(`tête.${scene.name}`);
  const head = await scene.as('tête');
  const give = async (workerId: string) => {
    const [row] = await scene.sql<{ version: number }>('select version from "case" where id = $1', [file.id]);
    const input = { caseId: file.id, workerId, expectedVersion: row?.version };
    return faultOf(
      await head.send('mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }', {
        input,
      }),
    );
  };
  const toldOfContact = () =>
    scene.sql(`select from notification where worker_id = $1 and kind = 'CONTACT_CHANGED'`, [suit.id]);
  expect([await give(deux.id), await give(suit.id)]).toEqual(['none', 'none']);
  expect(await toldOfContact()).toHaveLength(0);
  expect(await give(deux.id)).toBe('none');
  expect(await contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER })).toBe('none');
  expect(await give(suit.id)).toBe('none');
  expect(await toldOfContact()).toHaveLength(1);
});

describe('a stand-in', () => {
  let first: string;
  beforeEach(async () => {
    expect([await address(asSuit, FRIEND), await word(asSuit, 'coquelicot')]).toEqual(['none', 'none']);
    first = await relay();
  });
  const saysAll = async () => {
    expect(await address(asDeux, FALSE, { expectedVersion: 1 })).toBe('none');
    expect(await contact(asDeux, 'VOICE_TO_ME_ONLY', { phone: OTHER })).toBe('none');
    expect(await word(asDeux, 'pivoine')).toBe('none');
  };
  const NEW = { by: 'VOICE_TO_ME_ONLY', phone: OTHER, suspended: false };

  test('of an hour sets address, number and word: none is used, then or later, and the worker may keep it', async () => {
    await saysAll();
    expect([await letter(), await reached(), await told(suit.id)]).toEqual([FRIEND, BEFORE, 1]);
    await relayEnds(first);
    await settleContactWords(jobs);
    await twoDaysPass();
    expect([await letter(), await reached()]).toEqual([FRIEND, BEFORE]);
    expect([await calls('pivoine'), await calls('coquelicot')]).toEqual([false, true]);
    const left = await words(asSuit);
    expect(left).toHaveLength(3);
    for (const said of left) {
      expect(said).toMatchObject({ saidAs: 'STAND_IN', countsFrom: null, usedSince: null });
      expect(await answer(asSuit, said.id, true)).toBe('none');
    }
    expect([await letter(), await reached(), await calls('pivoine')]).toEqual([FALSE, NEW, true]);
  });

  test('is believed after two working days; with the relay, what stood before stands again', async () => {
    await saysAll();
    await twoDaysPass();
    expect([await letter(), await reached(), await calls('pivoine')]).toEqual([FALSE, NEW, true]);
    await relayEnds(first);
    await settleContactWords(jobs);
    expect([await letter(), await reached(), await calls('coquelicot')]).toEqual([FRIEND, BEFORE, true]);
    expect(await words(asSuit)).toHaveLength(3);
    await scene.sql(`update contact_word set ended_at = now() - interval '31 days' where person_id = $1`, [
      file.personId,
    ]);
    await settleContactWords(jobs);
    expect(await words(asSuit)).toEqual([]);
  });

  test('is believed for good where the worker agrees meanwhile', async () => {
    await saysAll();
    for (const { id } of await words(asSuit)) expect(await answer(asSuit, id, true)).toBe('none');
    await relayEnds(first);
    await settleContactWords(jobs);
    expect([await letter(), await reached(), await calls('pivoine')]).toEqual([FALSE, NEW, true]);
  });

  test('does not agree to their own word', async () => {
    await saysAll();
    for (const { id } of await words(asDeux)) expect(await answer(asDeux, id, true)).toBe('FORBIDDEN');
    expect([await letter(), await reached()]).toEqual([FRIEND, BEFORE]);
  });

  test('what closes outlives the relay: nobody opens a channel again but the worker', async () => {
    expect(await contact(asDeux, 'NONE')).toBe('none');
    await relayEnds(first);
    await settleContactWords(jobs);
    expect(await reached()).toEqual({ ...BEFORE, by: 'NONE' });
  });

  test('what somebody else has said over it goes on; what comes back after that is what the worker said', async () => {
    await contact(asDeux, 'VOICE_TO_ME_ONLY', { phone: OTHER });
    await twoDaysPass();
    const trois = await scene.worker('trois');
    await scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
      input: { districtId: scene.districtId, kind: 'WALK_IN', personId: file.personId, workerId: trois.id },
    });
    const third = { phone: '06 39 98 00 77', presentAndAlone: true };
    expect(await contact(await scene.as('trois'), 'VOICE_TO_ME_ONLY', third)).toBe('none');
    await twoDaysPass();
    expect(await reached()).toEqual({ ...NEW, phone: '06 39 98 00 77' });
    await relayEnds(first);
    await settleContactWords(jobs);
    expect(await reached()).toEqual({ ...BEFORE, phone: '06 39 98 00 77' });
    const [said] = (await words(asSuit)).filter(({ saidAs }) => saidAs === 'DUTY_WORKER');
    expect(await answer(asSuit, said?.id ?? '', false)).toBe('none');
    expect(await reached()).toEqual(BEFORE);
  });

  test('a second relay that follows at once goes on with the word of the same stand-in; of another it does not', async () => {
    await saysAll();
    await twoDaysPass();
    const goesOn = async (standInId: string, from: string) => {
      await relayEnds(from);
      const [{ at } = { at: new Date() }] = await scene.sql<{ at: Date }>(
        'select ends_at as at from relay where id = $1',
        [from],
      );
      const next = await scene.make.relay({
        districtId: scene.districtId,
        absentWorkerId: suit.id,
        standInId,
        startsAt: at,
      });
      await settleContactWords(jobs);
      return next;
    };
    const next = await goesOn(deux.id, first);
    expect([await letter(), await reached()]).toEqual([FALSE, NEW]);
    await goesOn((await scene.worker('trois')).id, next);
    expect([await letter(), await reached()]).toEqual([FRIEND, BEFORE]);
  });

  test('its word ends when the case is another worker’s', async () => {
    await saysAll();
    await twoDaysPass();
    const trois = await scene.worker('trois');
    await scene.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
    await scene.make.assignment({ caseId: file.id, workerId: trois.id });
    await settleContactWords(jobs);
    expect([await letter(), await reached()]).toEqual([FRIEND, BEFORE]);
    expect(await words(await scene.as('trois'))).toHaveLength(3);
  });

  test('what the worker has said since stays when the relay ends', async () => {
    await saysAll();
    await twoDaysPass();
    expect(await contact(asSuit, 'LETTER', { phone: OTHER })).toBe('none');
    expect(await address(asSuit, FALSE, { expectedVersion: 2 })).toBe('none');
    await relayEnds(first);
    await settleContactWords(jobs);
    expect([await letter(), await reached()]).toEqual([
      FALSE,
      { by: 'LETTER', phone: OTHER, suspended: false },
    ]);
  });

  test('no contact gets a message of it: not the one that is replaced, nor the one that comes back', async () => {
    await scene.booked(suit.id, scene.at('09:00', 8), { personIds: [file.personId] });
    const messages = async () => {
      await scene.sql(`select prepare_dispatches('{TEXT,EMAIL}', 100)`);
      const [{ sent } = { sent: -1 }] = await scene.sql<{ sent: number }>(
        `select count(*)::integer as sent from appointment_notice where person_id = $1`,
        [file.personId],
      );
      return sent;
    };
    await scene.sql('delete from appointment_notice where person_id = $1', [file.personId]);
    await contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER });
    const said = await messages();
    await twoDaysPass();
    const used = await messages();
    await relayEnds(first);
    await settleContactWords(jobs);
    expect([said, used, await messages()]).toEqual([0, 0, 0]);
  });

  test('a job that dies halfway has changed nothing, and the next one does it', async () => {
    await contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER });
    await scene.sql('update contact_word set counts_from = now() where person_id = $1', [file.personId]);
    const client = await jobs.connect();
    await client.query('begin');
    await client.query('select settle_contact_word()');
    await client.query('rollback');
    client.release();
    expect(await reached()).toEqual(BEFORE);
    await settleContactWords(jobs);
    expect((await reached())?.phone).toBe(OTHER);
  });

  test('what was hidden meanwhile is not named by an older word', async () => {
    await contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER });
    await scene.make.personAddress({
      personId: file.personId,
      line: '7 impasse du Refuge',
      confidential: true,
    });
    await scene.sql(`update person_address set recorded_at = now() - interval '1 day' where person_id = $1`, [
      file.personId,
    ]);
    await twoDaysPass();
    const named = async () =>
      (await scene.sql<{ named: boolean }>('select contact_is_named($1) as named', [file.personId]))[0]
        ?.named;
    expect([(await reached())?.phone, await named()]).toEqual([OTHER, false]);
    // A word from after it names the contact, and its end takes that back.
    expect(await contact(asDeux, 'NEUTRAL_TEXT')).toBe('none');
    expect(await named()).toBe(false);
    await scene.sql(
      `update contact_word set counts_from = now() where person_id = $1 and used_since is null`,
      [file.personId],
    );
    await settleContactWords(jobs);
    expect(await named()).toBe(true);
    await relayEnds(first);
    await settleContactWords(jobs);
    expect([(await reached())?.phone, await named()]).toEqual([NUMBER, false]);
  });
});

describe('who is on duty, present and alone', () => {
  const sentBy = (who: Requester, workerId: string | undefined = deux.id) =>
    who.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id version } }', {
      input: {
        districtId: scene.districtId,
        kind: 'WALK_IN',
        personId: file.personId,
        ...(workerId && { workerId }),
      },
    });
  const saysNumber = () => contact(asDeux, 'NEUTRAL_TEXT', { phone: OTHER, presentAndAlone: true });

  test('says a number of a person whom somebody follows: it waits, and the worker who follows agrees', async () => {
    await sentBy(scene.desk);
    expect(await saysNumber()).toBe('none');
    expect([await reached(), await told(suit.id)]).toEqual([BEFORE, 1]);
    const { id, saidAs } = await theWord(asSuit, 'SAFE_CONTACT');
    expect(saidAs).toBe('DUTY_WORKER');
    expect(await answer(asDeux, id, true)).toBe('FORBIDDEN');
    expect(await answer(asSuit, id, true)).toBe('none');
    expect((await reached())?.phone).toBe(OTHER);
  });

  test('closes every channel at once, and ends no suspension', async () => {
    await sentBy(scene.desk);
    expect(await contact(asDeux, 'NONE', { presentAndAlone: true })).toBe('none');
    expect((await reached())?.by).toBe('NONE');
    expect(faultOf(await send(asSuit, 'suspendContact', 'SuspendContactInput', {}))).toBe('none');
    expect(await saysNumber()).toBe('FORBIDDEN');
  });

  test('says it at once of a person whom nobody follows, by a ticket that somebody else has addressed', async () => {
    await scene.sql('delete from assignment where case_id = $1', [file.id]);
    await sentBy(scene.desk);
    expect(await saysNumber()).toBe('none');
    expect((await reached())?.phone).toBe(OTHER);
  });

  test('not by a ticket of their own, as a worker or at the desk, nor by one that they took over', async () => {
    await scene.sql('delete from assignment where case_id = $1', [file.id]);
    await sentBy(asDeux, undefined);
    expect(await saysNumber()).toBe('FORBIDDEN');
    // At a small desk a worker is a receptionist too.
    await scene.make.membership({ workerId: deux.id, districtId: scene.districtId, role: 'RECEPTIONIST' });
    const asBoth = await scene.as('deux');
    await sentBy(asBoth);
    expect(await saysNumber()).toBe('FORBIDDEN');
    const trois = await scene.worker('trois');
    const { data } = await sentBy(scene.desk, trois.id);
    const { id, version } = data?.['recordVisit'] ?? {};
    const taken = await asBoth.send(
      'mutation ($input: DirectVisitInput!) { directVisit(input: $input) { id } }',
      {
        input: { id, expectedVersion: version, workerId: deux.id },
      },
    );
    expect(faultOf(taken)).toBe('none');
    expect(await saysNumber()).toBe('FORBIDDEN');
    expect(await reached()).toEqual(BEFORE);
  });
});
