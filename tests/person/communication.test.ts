import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { book } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** Someone who is deaf, or speaks little French, comes again: nobody asks anew, and the interpreter is there. */
let stage: Stage;
let scene: Scene;
let alice: string;
let asAlice: Requester;
let rosa: { id: string };

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  alice = (await scene.worker('alice', { days: 3, slots: 4 })).id;
  asAlice = await scene.as('alice');
  rosa = await scene.person({ givenName: 'Rosa', familyName: `Luz ${scene.name}` });
});
afterAll(() => stage.close());

const SAID = 'id version language { code labelFr labelEn } communicationNeeds';

const say = (input: Record<string, unknown>, who = scene.desk): Promise<Answer> =>
  who.send(`mutation ($input: SetCommunicationInput!) { setCommunication(input: $input) { ${SAID} } }`, {
    input: { personId: rosa.id, expectedVersion: 1, ...input },
  });
const signs = () => say({ language: 'fsl', communicationNeeds: ['INTERPRETER', 'LARGE_PRINT'] });

const kept = async () =>
  (
    await scene.sql<{ language: string | null; needs: string[]; version: number }>(
      'select language, communication_needs::text[] as needs, version from person where id = $1',
      [rosa.id],
    )
  )[0];

/** What stands at an appointment beside the workers, by its row. */
const interpreters = (appointment: string) =>
  scene.sql(
    `select kind::text, language, mode::text from appointment_participant where appointment_id = $1 order by language`,
    [appointment],
  );

async function bookedFor(who: Requester, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await book(who, {
    districtId: scene.districtId,
    workerIds: [alice],
    startsAt: new Date(scene.at('09:00')),
    personIds: [rosa.id],
    ...more,
  });
  if (answer.data?.['bookAppointment'] == null) throw new Error(answer.text);
  return answer.data['bookAppointment'].id;
}

describe('a language and what someone needs to be understood', () => {
  test('are said at the desk, by their code, and have a name in French', async () => {
    expect((await signs()).data?.['setCommunication']).toEqual({
      id: rosa.id,
      version: 2,
      language: { code: 'fsl', labelFr: 'langue des signes française', labelEn: 'French Sign Language' },
      communicationNeeds: ['INTERPRETER', 'LARGE_PRINT'],
    });
  });

  test('stay as they are where nothing is said of them, and are cleared by null', async () => {
    await signs();
    await say({ expectedVersion: 2, communicationNeeds: ['LIP_READING', 'LIP_READING'] });
    expect(await kept()).toEqual({ language: 'fsl', needs: ['LIP_READING'], version: 3 });
    await say({ expectedVersion: 3, language: null });
    expect(await kept()).toEqual({ language: null, needs: ['LIP_READING'], version: 4 });
    await say({ expectedVersion: 4, communicationNeeds: null });
    expect(await kept()).toEqual({ language: null, needs: [], version: 5 });
  });

  test('move no version where they are said again, which would take the row out of the hands of others', async () => {
    await signs();
    for (let nth = 0; nth < 3; nth += 1)
      expect((await say({ expectedVersion: 2, language: 'fsl' })).data?.['setCommunication'].version).toBe(2);
  });

  test('are compulsory for nobody, and may be said as someone is registered', async () => {
    const register = (more: Record<string, unknown>) =>
      scene.desk.send('mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id } }', {
        input: { districtId: scene.districtId, ...more },
      });
    const [silent, said] = [await register({}), await register({ language: 'tr' })];
    const rows = await scene.sql(
      'select language, communication_needs::text[] as needs from person where id = any ($1) order by language',
      [[silent, said].map((answer) => answer.data?.['registerPerson'].id)],
    );
    expect(rows).toEqual([
      { language: 'tur', needs: [] },
      { language: null, needs: [] },
    ]);
  });

  test.each([
    ['a name in place of a code', { language: 'tamoul' }, 'INVALID_INPUT input.language'],
    ['a code of no language', { language: 'zzz' }, 'INVALID_INPUT input.language'],
    ['what stands for no language', { language: 'und' }, 'INVALID_INPUT input.language'],
    ['an interpreter of none', { communicationNeeds: ['INTERPRETER'] }, 'INVALID_INPUT input.language'],
    ['an earlier version', { language: 'ara', expectedVersion: 0 }, 'CONFLICT VERSION_CHANGED'],
    ['someone unknown', { language: 'ara', personId: randomUUID() }, 'NOT_FOUND input.personId'],
  ])('%s is refused, and changes nothing', async (_what, input, fault) => {
    expect(faultOf(await say(input))).toBe(fault);
    expect(await kept()).toEqual({ language: null, needs: [], version: 1 });
  });

  test('are said and read by who receives them on duty, by the word of the desk', async () => {
    expect(faultOf(await say({ language: 'fsl' }, asAlice))).toBe('NOT_FOUND input.personId');
    await scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
      input: { districtId: scene.districtId, kind: 'WALK_IN', personId: rosa.id, workerId: alice },
    });
    expect((await say({ language: 'fsl' }, asAlice)).data?.['setCommunication'].language.code).toBe('fsl');
    const lines = await scene.sql(
      `select outcome::text as came from access_log where action = 'SET_COMMUNICATION' and person_id = $1 order by id`,
      [rosa.id],
    );
    expect(lines.map(({ came }) => came)).toEqual(['REFUSED', 'DONE']);
  });

  test('are not changed by hand in the database by who does not read the person', async () => {
    await byHand(stage.database, `alice.${scene.name}`, async (hand) => {
      expect(await hand(`select set_communication($1, 1, 'fsl', '{}')`, [rosa.id])).toBe('42501');
    });
    await byHand(stage.database, `desk.${scene.name}`, async (hand) => {
      expect(await hand(`select set_communication($1, 1, 'fsl', '{}')`, [rosa.id])).toBe('1');
      expect(await hand(`update person set language = 'ara' where id = $1`, [rosa.id])).toBe('42501');
    });
  });
});

describe('said online by the person', () => {
  const told = (workerId: string) =>
    scene.sql(`select case_id from notification where kind = 'COMMUNICATION_CHANGED' and worker_id = $1`, [
      workerId,
    ]);

  test('of themselves, who need not come to the desk for it; who follows them is told, once it is said', async () => {
    const online = await scene.online('rosa');
    rosa = online;
    const file = { id: await scene.make.case({ districtId: scene.districtId }) };
    await scene.make.casePerson({ caseId: file.id, personId: rosa.id });
    await scene.make.assignment({ caseId: file.id, workerId: alice });
    const stale = await say({ language: 'ara', expectedVersion: 7 }, online.as);
    expect(faultOf(stale)).toBe('CONFLICT VERSION_CHANGED');
    expect(await told(alice)).toEqual([]);
    const answer = await say({ language: 'ara', communicationNeeds: ['INTERPRETER'] }, online.as);
    expect(answer.data?.['setCommunication']).toMatchObject({
      language: { code: 'ara' },
      communicationNeeds: ['INTERPRETER'],
    });
    expect(await told(alice)).toEqual([{ case_id: file?.id }]);
    // Said again and again, it is told once an hour.
    expect(faultOf(await say({ language: 'fsl', expectedVersion: 2 }, online.as))).toBe('none');
    expect(await told(alice)).toEqual([{ case_id: file?.id }]);
    // The worker who follows the person is told of what the desk says, too.
    await scene.sql('delete from notification where worker_id = $1', [alice]);
    expect(faultOf(await say({ language: 'tur', expectedVersion: 3 }))).toBe('none');
    expect(await told(alice)).toEqual([{ case_id: file?.id }]);
  });

  test('of nobody else, neither in the API nor by hand', async () => {
    const online = await scene.online('rosa');
    const other = await scene.person({ givenName: 'Ben', familyName: `Luz ${scene.name}` });
    const answer = await say({ personId: other.id, language: 'ara' }, online.as);
    expect(faultOf(answer)).toBe('NOT_FOUND input.personId');
    expect(await scene.sql('select language from person where id = $1', [other.id])).toEqual([
      { language: null },
    ]);
    await byHand(
      stage.database,
      `rosa.${scene.name}`,
      async (hand) => {
        expect(await hand(`select set_communication($1, 1, 'ara', '{}')`, [other.id])).toBe('42501');
        expect(await hand(`select set_communication($1, 1, 'ara', '{}')`, [online.id])).toBe('1');
      },
      ['persons:read'],
      'front.person',
    );
  });
});

describe('the interpreter', () => {
  test('is put down with what the desk books, and with what is booked on the waiting list', async () => {
    await signs();
    expect(await interpreters(await bookedFor(scene.desk))).toEqual([
      { kind: 'INTERPRETER', language: 'fsl', mode: 'ON_SITE' },
    ]);
    const request = await scene.waits({ personId: rosa.id });
    const offer = await scene.offered(request);
    expect(faultOf(await scene.answer(offer, true))).toBe('none');
    const [made] = await scene.sql<{ id: string }>(
      'select appointment_id as id from appointment_request where id = $1',
      [request],
    );
    expect(await interpreters(made?.id ?? '')).toHaveLength(1);
  });

  test('is put down with what the person books online', async () => {
    const online = await scene.online('rosa');
    rosa = online;
    await say({ language: 'ara', communicationNeeds: ['INTERPRETER', 'FRENCH_SIGN_LANGUAGE'] });
    const answer = await online.as.send(
      'mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id } }',
      { input: { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION', startsAt: scene.at('09:30') } },
    );
    const [made] = await scene.sql<{ id: string }>(
      'select appointment_id as id from appointment_person where person_id = $1',
      [rosa.id],
    );
    expect(faultOf(answer)).toBe('none');
    expect((await interpreters(made?.id ?? '')).map(({ language }) => language)).toEqual(['ara', 'fsl']);
  });

  test('is whom the desk says, or nobody, where it says who else is there', async () => {
    await signs();
    const said = [{ kind: 'INTERPRETER', language: 'por', mode: 'PHONE' }];
    expect(await interpreters(await bookedFor(scene.desk, { participants: said }))).toEqual(said);
    const startsAt = new Date(scene.at('09:30'));
    expect(await interpreters(await bookedFor(scene.desk, { participants: [], startsAt }))).toEqual([]);
  });

  test('tells a worker nothing of someone whom they have looked up and book themselves', async () => {
    await signs();
    const own = await bookedFor(asAlice);
    expect(await interpreters(own)).toEqual([]);
    const read = await asAlice.send(
      `query ($id: ID!) { appointment(id: $id) { participants { language } persons { ${SAID} } } }`,
      { id: own },
    );
    expect(read.data?.['appointment']).toMatchObject({
      participants: [],
      persons: [{ language: null, communicationNeeds: null }],
    });
    expect(read.text).not.toContain('fsl');
  });

  test('is of a booking that is being made, and not put down later by hand in the database', async () => {
    await signs();
    const id = await bookedFor(scene.desk);
    await scene.sql('delete from appointment_participant where appointment_id = $1', [id]);
    await byHand(stage.database, `desk.${scene.name}`, async (hand) => {
      await hand('select invite_interpreters($1)', [id]);
      expect(await hand('select from appointment_participant where appointment_id = $1', [id])).toBe('0');
    });
  });
});

describe('languages', () => {
  const found = async (search: string) =>
    (
      await stage.app.anonymous.send(
        'query ($search: String!) { languages(search: $search) { code labelFr } }',
        {
          search,
        },
      )
    ).data?.['languages'];

  test('are found by anyone, by code or by name, with or without accents, twenty at most', async () => {
    expect(await found('fsl')).toEqual([{ code: 'fsl', labelFr: 'langue des signes française' }]);
    expect((await found('creole haitien'))[0]).toEqual({ code: 'hat', labelFr: 'créole haïtien' });
    expect((await found('ara'))[0]).toEqual({ code: 'ara', labelFr: 'arabe' });
    expect(await found('sign')).toHaveLength(20);
    expect(await found('x')).toBeUndefined();
  });
});

test('no printed list of the day has a language, and nothing counts by one', async () => {
  await signs();
  await bookedFor(scene.desk);
  const dimensions = await stage.app.anonymous.send('{ indicators { dimensions { code } } }');
  expect(dimensions.text).not.toMatch(/langu|communication/i);
  const list = await scene.desk.send(
    'query ($districtId: ID!, $day: Date!) { dayList(districtId: $districtId, day: $day) }',
    { districtId: scene.districtId, day: scene.day(0) },
  );
  expect(list.data?.['dayList']).toContain('Luz');
  expect(list.text).not.toMatch(/fsl|signes|INTERPRETER|interprète/i);
});
