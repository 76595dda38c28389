import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A colleague's own making opens nothing: what a worker records or books themselves tells them the name that they looked up, and no
 * phone, birth date or address. Contact opens by the word of the desk or of who follows the person, near the day, and that worker is
 * told.
 */
let stage: Stage;
let scene: Scene;
let follows: { id: string };
let colleague: { id: string };
let asFollows: Requester;
let asColleague: Requester;
let file: BuiltCase;
const PHONE = '06 39 98 77 11';
const LINE = '4 rue Ouverte';
const BORN = '1987-04-03';

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 20, slots: 4 });
  follows = await builder;
  file = await builder.case();
  colleague = await scene.worker('collègue', { days: 20, slots: 4 });
  asFollows = await scene.as('suit');
  asColleague = await scene.as('collègue');
  await scene.sql(`update person set phone = $2, birth_date = $3, given_name = 'Rosa' where id = $1`, [
    file.personId,
    PHONE,
    BORN,
  ]);
  await scene.make.personAddress({ personId: file.personId, line: LINE });
});
afterAll(() => stage.close());

const PERSON =
  'id displayName reference phone birthDate email safeContact version address { line } noticeReceipts { id }';
const NAME_ALONE = {
  id: '',
  displayName: 'Rosa Petit',
  phone: null,
  birthDate: null,
  address: null,
  reference: null,
};

const record = (mutation: string, type: string, input: Record<string, unknown>, who = asColleague) =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
    input: { districtId: scene.districtId, ...input },
  });

async function idOf(answer: Answer, mutation: string): Promise<string> {
  if (answer.data?.[mutation] == null) throw new Error(answer.text);
  return answer.data[mutation].id;
}

/** What the colleague reads of the person by a root field with a person, or persons. */
async function sees(root: string, id: string, who = asColleague) {
  const field = root === 'appointment' ? 'persons' : 'person';
  const answer = await who.send(`query ($id: ID!) { it: ${root}(id: $id) { ${field} { ${PERSON} } } }`, {
    id,
  });
  const found = answer.data?.['it']?.[field];
  return { answer, person: Array.isArray(found) ? (found[0] ?? null) : (found ?? null) };
}

async function expectNameAlone(root: string, id: string): Promise<void> {
  const { answer, person } = await sees(root, id);
  expect(person).toMatchObject({ ...NAME_ALONE, id: file.personId });
  for (const secret of [PHONE, BORN, LINE]) expect(answer.text).not.toContain(secret);
}

async function expectContact(root: string, id: string): Promise<void> {
  expect((await sees(root, id)).person).toMatchObject({
    displayName: 'Rosa Petit',
    phone: PHONE,
    birthDate: BORN,
    address: { line: LINE },
  });
}

const book = async (more: Record<string, unknown>, who = asColleague): Promise<string> =>
  idOf(
    await record(
      'bookAppointment',
      'BookAppointmentInput',
      {
        workerIds: [colleague.id],
        typeCode: 'FIRST_RECEPTION',
        startsAt: scene.at('09:00'),
        personIds: [file.personId],
        ...more,
      },
      who,
    ),
    'bookAppointment',
  );

const told = async (workerId: string) =>
  (
    await scene.sql<{ case_id: string }>(
      `select case_id from notification where worker_id = $1 and kind = 'CONTACT_OPENED'`,
      [workerId],
    )
  ).map((row) => row.case_id);

describe('opens nothing', () => {
  test('a call that a colleague records for themselves', async () => {
    const id = await idOf(
      await record('recordVisit', 'RecordVisitInput', { kind: 'CALL', personId: file.personId }),
      'recordVisit',
    );
    await expectNameAlone('visit', id);
    expect(await told(follows.id)).toEqual([]);
  });

  test('an appointment 364 days ahead, at three in the morning', async () => {
    const startsAt = new Date(Date.now() + 364 * 86_400_000);
    startsAt.setUTCHours(2, 0, 0, 0);
    await expectNameAlone('appointment', await book({ startsAt: startsAt.toISOString() }));
  });

  test('one for tomorrow, nor one that is moved to tomorrow', async () => {
    await expectNameAlone('appointment', await book({}));
  });

  test('one that a colleague books for two, with a second colleague', async () => {
    const { id: third } = await scene.worker('tiers', { days: 3 });
    const id = await book({ workerIds: [third, colleague.id] }, await scene.as('tiers'));
    await expectNameAlone('appointment', id);
  });

  test('a message to oneself, nor to a second colleague', async () => {
    await scene.worker('tiers');
    for (const who of [asColleague, await scene.as('tiers')]) {
      await record(
        'sendMessage',
        'SendMessageInput',
        { workerId: colleague.id, personId: file.personId },
        who,
      );
    }
    const { text, data } = await asColleague.send(`{ messages { edges { node { person { ${PERSON} } } } } }`);
    const names = data?.['messages'].edges.map(
      ({ node }: { node: { person: { displayName: string } } }) => node.person.displayName,
    );
    expect(names).toEqual(['Rosa Petit', 'Rosa Petit']);
    for (const secret of [PHONE, BORN, LINE]) expect(text).not.toContain(secret);
  });

  test('a place on the waiting list for which one is on duty, nor what comes of it', async () => {
    const request = await idOf(
      await record('requestAppointment', 'RequestAppointmentInput', {
        typeCode: 'FIRST_RECEPTION',
        personId: file.personId,
      }),
      'requestAppointment',
    );
    await expectNameAlone('appointmentRequest', request);
  });

  test('an encounter that one writes oneself', async () => {
    await record('recordEncounter', 'RecordEncounterInput', { personId: file.personId, text: 'Vue.' });
    const { text, data } = await asColleague.send(
      `{ encounters { edges { node { person { ${PERSON} } } } } }`,
    );
    expect(data?.['encounters'].edges[0].node.person.displayName).toBe('Rosa Petit');
    for (const secret of [PHONE, BORN, LINE]) expect(text).not.toContain(secret);
  });

  test('a visit of one’s own that the desk closes', async () => {
    const id = await idOf(
      await record('recordVisit', 'RecordVisitInput', { kind: 'CALL', personId: file.personId }),
      'recordVisit',
    );
    const closed = await scene.desk.send(
      `mutation ($input: CloseVisitInput!) { closeVisit(input: $input) { id } }`,
      { input: { id, expectedVersion: 1, outcome: 'ANSWERED' } },
    );
    expect(faultOf(closed)).toBe('none');
    await expectNameAlone('visit', id);
  });
});

describe('opens their contact to the worker, and who follows them is told', () => {
  test('a visit that the desk sends to them', async () => {
    const id = await idOf(
      await record(
        'recordVisit',
        'RecordVisitInput',
        { kind: 'WALK_IN', personId: file.personId, workerId: colleague.id },
        scene.desk,
      ),
      'recordVisit',
    );
    await expectContact('visit', id);
    expect(await told(follows.id)).toEqual([file.id]);
    expect(await told(colleague.id)).toEqual([]);
  });

  test('an appointment that the desk books, near its day', async () => {
    await expectContact('appointment', await book({}, scene.desk));
    expect(await told(follows.id)).toEqual([file.id]);
  });

  test('one that who follows them books for both', async () => {
    await expectContact('appointment', await book({ workerIds: [follows.id, colleague.id] }, asFollows));
    // Who opens it knows.
    expect(await told(follows.id)).toEqual([]);
  });

  test('not before a week ahead, and until 30 days after', async () => {
    const id = await book({ startsAt: scene.at('09:00', 9) }, scene.desk);
    await expectNameAlone('appointment', id);
    // From now on, so that neither the hour nor the day of the week counts.
    const move = (days: number) =>
      scene.sql(
        `update appointment set starts_at = now() + make_interval(days => $2), ends_at = now() + make_interval(days => $2, mins => 30)
          where id = $1`,
        [id, days],
      );
    await move(6);
    await expectContact('appointment', id);
    await move(-32);
    expect((await sees('appointment', id)).person).toBeNull();
  });

  test('one of their own, once the desk has confirmed it; they do not confirm it themselves', async () => {
    const id = await book({});
    const confirm = (who: Requester, expectedVersion = 1) =>
      who.send(`mutation ($input: VersionedInput!) { confirmAppointment(input: $input) { id } }`, {
        input: { id, expectedVersion },
      });
    expect(faultOf(await confirm(asColleague))).toBe('FORBIDDEN');
    await expectNameAlone('appointment', id);
    expect(faultOf(await confirm(scene.desk))).toBe('none');
    await expectContact('appointment', id);
    expect(await told(follows.id)).toEqual([file.id]);
    expect(faultOf(await confirm(scene.desk))).toBe('CONFLICT VERSION_CHANGED');
  });
});

test('the desk opens nobody’s contact that it does not know: who lets nothing be confirmed, and who comes to a meeting', async () => {
  const confirm = (id: string) =>
    scene.desk.send(`mutation ($input: VersionedInput!) { confirmAppointment(input: $input) { id } }`, {
      input: { id, expectedVersion: 1 },
    });
  const meeting = await book({ startsAt: scene.at('10:00') });
  await scene.sql(
    `update appointment set places = 20, type_code = 'INFORMATION_MEETING', ends_at = starts_at + interval '2 hours' where id = $1`,
    [meeting],
  );
  await confirm(meeting);
  await expectNameAlone('appointment', meeting);
  const id = await book({});
  await scene.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
  await confirm(id);
  await expectNameAlone('appointment', id);
});

test('moving what the desk has confirmed opens it neither sooner nor for longer', async () => {
  const far = await book({ startsAt: scene.at('09:00', 12) }, scene.desk);
  const move = (id: string, startsAt: string, expectedVersion = 1) =>
    asColleague.send(`mutation ($input: MoveAppointmentInput!) { moveAppointment(input: $input) { id } }`, {
      input: { id, expectedVersion, startsAt },
    });
  expect(faultOf(await move(far, scene.at('09:00')))).toBe('none');
  await expectNameAlone('appointment', far);
  const near = await book({ startsAt: scene.at('09:30') }, scene.desk);
  await expectContact('appointment', near);
  const before = await scene.sql('select contact_until from appointment_person where appointment_id = $1', [
    near,
  ]);
  expect(faultOf(await move(near, scene.at('10:00', 10)))).toBe('none');
  const after = await scene.sql('select contact_until from appointment_person where appointment_id = $1', [
    near,
  ]);
  expect(after).toEqual(before);
  await expectNameAlone('appointment', near);
});

test('the third lock: by hand, the row of someone met by one’s own doing is not there', async () => {
  const id = await book({});
  const found = await byHand(stage.database, `collègue.${scene.name}`, async (hand) => [
    await hand('select from person where id = $1', [file.personId]),
    await hand('select from person_address where person_id = $1', [file.personId]),
    await hand('select from appointment_person where appointment_id = $1', [id]),
    // Nor is it opened by adding a worker to one's own, or by the functions of the triggers.
    await hand('update appointment_person set contact_worker_ids = worker_ids'),
    await hand(`select keep_person_known(gen_random_uuid(), $1, $2, $3, 'infinity', true)`, [
      file.personId,
      colleague.id,
      scene.districtId,
    ]),
    await hand('select from names_of_met(array[$1]::uuid[])', [file.personId]),
  ]);
  expect(found).toEqual(['0', '0', '1', '42501', '42501', '1']);
});

test('what was read is in the access log, as a person who was read', async () => {
  const id = await book({});
  await sees('appointment', id);
  const lines = await scene.sql<{ action: string }>(
    'select distinct action from access_log where actor_id = $1 and person_id = $2 order by action',
    [colleague.id, file.personId],
  );
  expect(lines.map(({ action }) => action)).toEqual(['BOOK_APPOINTMENT', 'READ_PERSON']);
});
