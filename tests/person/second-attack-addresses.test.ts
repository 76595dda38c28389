import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { until } from '../support/until.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** A second attack on addresses and contact: by moving a visit, by two at once, by an innocent desk, by floods and by a letter. */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let deux: { id: string };
let asSuit: Requester;
let asDeux: Requester;
let file: BuiltCase;
const PLACE = 'Foyer du Refuge, 7 impasse Cachée';
const PHONE = '06 39 98 00 01';

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 20, slots: 6 });
  suit = await builder;
  file = await builder.case();
  deux = await scene.worker('deux', { days: 20, slots: 6 });
  [asSuit, asDeux] = [await scene.as('suit'), await scene.as('deux')];
  await scene.sql(
    `update person set safe_contact = 'NEUTRAL_TEXT', phone = $2, given_name = 'Rosa', birth_date = '1987-01-02' where id = $1`,
    [file.personId, PHONE],
  );
});
afterAll(() => stage.close());

const send = (who: Requester, mutation: string, type: string, input: unknown, fields = 'id') =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

const CONFIDENTIAL = `insert into person_address (person_id, line, confidential, case_id) values ($1, '7 impasse Cachée', true, $2)`;
const shelter = () =>
  scene.make.personAddress({
    personId: file.personId,
    caseId: file.id,
    line: '7 impasse Cachée',
    confidential: true,
  });

const book = (who: Requester, more: Record<string, unknown> = {}): Promise<Answer> =>
  send(who, 'bookAppointment', 'BookAppointmentInput', {
    districtId: scene.districtId,
    workerIds: [deux.id],
    typeCode: 'FIRST_RECEPTION',
    startsAt: scene.at('09:00'),
    personIds: [file.personId],
    ...more,
  });
const idOf = (answer: Answer, mutation = 'bookAppointment'): string => {
  if (answer.data?.[mutation] == null) throw new Error(answer.text);
  return answer.data[mutation].id;
};
const placeOf = async (id: string, who: Requester): Promise<string | null> => {
  const answer = await who.send('query ($id: ID!) { appointment(id: $id) { id place } }', { id });
  if (answer.data?.['appointment'] == null) throw new Error(answer.text);
  return answer.data['appointment'].place;
};
const contactAt = async (id: string, who: Requester) => {
  const answer = await who.send(
    'query ($id: ID!) { appointment(id: $id) { persons { displayName phone birthDate address { line } } } }',
    { id },
  );
  return answer.data?.['appointment']?.persons;
};
const NAME_ALONE = [{ displayName: 'Rosa Petit', phone: null, birthDate: null, address: null }];
const told = async (workerId: string, kind: string) =>
  (await scene.sql('select from notification where worker_id = $1 and kind::text = $2', [workerId, kind]))
    .length;
const inLog = async (workerId: string, action: string) =>
  (
    await scene.sql('select distinct operation_id from access_log where actor_id = $1 and action = $2', [
      workerId,
      action,
    ])
  ).length;

describe('a home visit that is moved', () => {
  const soon = () => new Date(Date.now() + 60_000).toISOString();
  const move = async (id: string, who: Requester, startsAt: string, expectedVersion: number) =>
    faultOf(
      await send(
        who,
        'moveAppointment',
        'MoveAppointmentInput',
        { id, startsAt, expectedVersion },
        'version',
      ),
    );
  const visit = async (workerIds = [suit.id, deux.id]) =>
    idOf(
      await book(asSuit, {
        workerIds,
        typeCode: 'HOME_VISIT',
        mode: 'HOME',
        startsAt: scene.at('09:00', 5),
        place: PLACE,
      }),
    );

  test('by who takes part to today, and back, gives its place to nobody', async () => {
    await shelter();
    const id = await visit();
    expect(await move(id, asDeux, soon(), 1)).toBe('none');
    expect(await placeOf(id, asDeux)).toBeNull();
    expect(await move(id, asDeux, scene.at('09:00', 5), 2)).toBe('none');
    // Nor has it opened it on another day.
    await scene.sql(`update withheld_place set home_day = home_day - 1 where appointment_id = $1`, [id]);
    expect(await placeOf(id, asDeux)).toBeNull();
    expect(await placeOf(id, asSuit)).toBe(PLACE);
  });

  test('by who follows the person, or by the desk, gives it to who goes there', async () => {
    await shelter();
    for (const who of [asSuit, scene.desk]) {
      const id = await visit();
      expect(await move(id, who, soon(), 1)).toBe('none');
      expect(await placeOf(id, asDeux)).toBe(PLACE);
      await scene.sql(`delete from occupancy where appointment_id = $1`, [id]);
    }
  });

  test('by hand neither, nor by making a home visit of another', async () => {
    await shelter();
    const id = idOf(await book(asSuit, { workerIds: [suit.id, deux.id], place: PLACE }));
    const found = await byHand(stage.database, `deux.${scene.name}`, async (hand) => [
      await hand(`update appointment set mode = 'HOME', version = version + 1 where id = $1`, [id]),
      await hand(
        `update appointment set starts_at = now() + interval '1 minute', ends_at = now() + interval '31 minutes', version = version + 1 where id = $1`,
        [id],
      ),
      await hand('select from withheld_place where appointment_id = $1', [id]),
    ]);
    expect(found).toEqual(['1', '1', '0']);
  });

  test('each place that is read is in the log, and none that is not', async () => {
    await shelter();
    const id = await visit();
    await placeOf(id, asDeux);
    expect(await inLog(deux.id, 'READ_WITHHELD_PLACE')).toBe(0);
    // The worker who typed it knows it.
    await placeOf(id, asSuit);
    expect(await inLog(suit.id, 'READ_WITHHELD_PLACE')).toBe(0);
    expect(await move(id, asSuit, soon(), 1)).toBe('none');
    expect(await placeOf(id, asDeux)).toBe(PLACE);
    expect(await inLog(deux.id, 'READ_WITHHELD_PLACE')).toBe(1);
  });
});

describe('of two at once', () => {
  /** Lets one transaction stand open until the other has come to it and waits, or is over. */
  async function beside<T>(statements: readonly [string, unknown[]][], other: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: stage.database.url });
    await client.connect();
    try {
      await client.query('begin');
      for (const [sql, values] of statements) await client.query(sql, values);
      let over = false;
      const pending = other().finally(() => {
        over = true;
      });
      await until('the other', async () => {
        const waits = await scene.sql(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return over || waits.length > 0;
      });
      await client.query('commit');
      return await pending;
    } finally {
      await client.end();
    }
  }
  const reassigned = (to: string): [string, unknown[]][] => [
    ['update assignment set ends_at = now() where case_id = $1 and ends_at is null', [file.id]],
    ['insert into assignment (case_id, worker_id) values ($1, $2)', [file.id, to]],
  ];
  const setAddress = () =>
    send(asSuit, 'setPersonAddress', 'SetPersonAddressInput', {
      personId: file.personId,
      expectedVersion: 0,
      line: '7 impasse Cachée',
      confidential: true,
    });
  const rows = (statement: string) => scene.sql(statement, [file.personId]);

  test('an address is of who has the case, once it is reassigned meanwhile', async () => {
    await beside(reassigned(deux.id), setAddress);
    expect(
      (await rows('select assigned_worker_id as who from person_address where person_id = $1')).filter(
        ({ who }) => who === suit.id,
      ),
    ).toEqual([]);
  });

  test('and the other way round', async () => {
    await beside([[CONFIDENTIAL, [file.personId, file.id]]], async () => {
      const client = new pg.Client({ connectionString: stage.database.url });
      await client.connect();
      await client.query('begin');
      for (const [sql, values] of reassigned(deux.id)) await client.query(sql, values);
      await client.query('commit');
      await client.end();
    });
    expect(await rows('select assigned_worker_id as who from person_address where person_id = $1')).toEqual([
      { who: deux.id },
    ]);
  });
});

describe('an appointment of a colleague’s own making', () => {
  beforeEach(async () => {
    await scene.make.personAddress({ personId: file.personId, line: '4 rue Ouverte' });
  });

  test('at the desk of another district, by a login that stands there: the name alone, to it and to who receives', async () => {
    const other = await stage.scene();
    await scene.make.membership({ workerId: deux.id, districtId: other.districtId, role: 'RECEPTIONIST' });
    const there = await other.worker('b', { days: 5, slots: 6 });
    const id = idOf(
      await book(asDeux, {
        districtId: other.districtId,
        workerIds: [there.id],
        startsAt: other.at('09:00'),
      }),
    );
    for (const who of [asDeux, other.desk, await other.as('b')])
      expect(await contactAt(id, who)).toEqual(NAME_ALONE);
    expect(await told(suit.id, 'CONTACT_OPENED')).toBe(0);
    const rowsOf = (subject: string) =>
      byHand(stage.database, subject, async (hand) => [
        await hand('select from person where id = $1', [file.personId]),
        await hand('select from person_address where person_id = $1', [file.personId]),
        await hand('update person set phone = phone where id = $1', [file.personId]),
      ]);
    for (const subject of [`deux.${scene.name}`, `desk.${other.name}`, `b.${other.name}`])
      expect(await rowsOf(subject)).toEqual(['0', '0', '0']);
  });

  test('that who follows the person books there is one that its desk knows', async () => {
    const other = await stage.scene();
    await scene.make.membership({ workerId: suit.id, districtId: other.districtId });
    const id = idOf(
      await book(asSuit, { districtId: other.districtId, workerIds: [suit.id], startsAt: other.at('09:00') }),
    );
    expect(await contactAt(id, other.desk)).toEqual([
      {
        displayName: 'Rosa Petit',
        phone: PHONE,
        birthDate: '1987-01-02',
        address: { line: '4 rue Ouverte' },
      },
    ]);
  });

  const passedOn = async (by: Requester): Promise<string> => {
    const id = idOf(await book(by));
    const off = await send(asDeux, 'declareUnavailability', 'DeclareUnavailabilityInput', {
      districtId: scene.districtId,
      workerId: deux.id,
      startsAt: scene.at('08:00'),
      endsAt: scene.at('18:00'),
    });
    const cleared = await send(scene.desk, 'clearUnavailability', 'ClearUnavailabilityInput', {
      id: idOf(off, 'declareUnavailability'),
      expectedVersion: 1,
      how: 'MOVE',
    });
    expect(faultOf(cleared)).toBe('none');
    return id;
  };

  test('is passed on by no desk, innocent or not: it stays with the colleague, and opens the name alone', async () => {
    const id = await passedOn(asDeux);
    expect(await contactAt(id, asDeux)).toEqual(NAME_ALONE);
    // The only other who is open then follows the person.
    await scene.sql(`update assignment set ends_at = now() where case_id = $1`, [file.id]);
    expect(await contactAt(id, asSuit)).toBeUndefined();
  });

  test('what the desk has booked is passed on with its contact', async () => {
    const id = await passedOn(scene.desk);
    await scene.sql(`update assignment set ends_at = now() where case_id = $1`, [file.id]);
    expect(await contactAt(id, asSuit)).toMatchObject([{ phone: PHONE }]);
  });

  test('suspends nobody’s contact, before it has begun', async () => {
    idOf(await book(asDeux));
    const suspend = async () =>
      faultOf(await send(asDeux, 'suspendContact', 'SuspendContactInput', { personId: file.personId }));
    expect(await suspend()).toBe('FORBIDDEN');
    expect(await told(suit.id, 'CONTACT_SUSPENDED')).toBe(0);
    const call = { districtId: scene.districtId, personId: file.personId };
    idOf(await send(asDeux, 'recordVisit', 'RecordVisitInput', { ...call, kind: 'CALL' }), 'recordVisit');
    expect(await suspend()).toBe('FORBIDDEN');
    idOf(await send(asDeux, 'recordVisit', 'RecordVisitInput', { ...call, kind: 'WALK_IN' }), 'recordVisit');
    expect(await suspend()).toBe('none');
  });
});

describe('a flood', () => {
  test('of suspensions is one, and is told once', async () => {
    idOf(await book(scene.desk));
    const before = await scene.sql('select version from person where id = $1', [file.personId]);
    for (let nth = 0; nth < 5; nth += 1) {
      const input = { personId: file.personId };
      expect(faultOf(await send(asDeux, 'suspendContact', 'SuspendContactInput', input))).toBe('none');
    }
    expect(await told(suit.id, 'CONTACT_SUSPENDED')).toBe(1);
    expect(
      await scene.sql('select version - 1 as version from person where id = $1', [file.personId]),
    ).toEqual(before);
  });

  test('of bookings and of open addresses is told once, with its last time', async () => {
    await shelter();
    for (const [nth, at] of ['09:00', '09:30', '10:00'].entries()) {
      idOf(await book(scene.desk, { startsAt: scene.at(at) }));
      const input = {
        personId: file.personId,
        expectedVersion: nth,
        line: `${nth} rue Ouverte`,
        confidential: false,
      };
      expect(faultOf(await send(scene.desk, 'setPersonAddress', 'SetPersonAddressInput', input))).toBe(
        'none',
      );
    }
    expect(await told(suit.id, 'CONTACT_OPENED')).toBe(1);
    expect(await told(suit.id, 'OPEN_ADDRESS_WRITTEN')).toBe(1);
    // What is told an hour later is told again.
    await scene.sql(
      `update notification set created_at = created_at - interval '2 hours' where worker_id = $1`,
      [suit.id],
    );
    idOf(await book(scene.desk, { startsAt: scene.at('10:30') }));
    expect(await told(suit.id, 'CONTACT_OPENED')).toBe(2);
  });

  test('of receipts is one a notice, a day and a channel, and none by a call', async () => {
    const [notice] = await scene.sql<{ id: string }>(`select id from privacy_notice limit 1`);
    const give = async (channel = 'ORAL') =>
      faultOf(
        await send(asDeux, 'giveNotice', 'GiveNoticeInput', {
          personId: file.personId,
          noticeId: notice?.id,
          channel,
        }),
      );
    const visit = { districtId: scene.districtId, personId: file.personId };
    idOf(await send(asDeux, 'recordVisit', 'RecordVisitInput', { ...visit, kind: 'CALL' }), 'recordVisit');
    expect(await give()).toBe('FORBIDDEN');
    idOf(await send(asDeux, 'recordVisit', 'RecordVisitInput', { ...visit, kind: 'WALK_IN' }), 'recordVisit');
    for (let nth = 0; nth < 5; nth += 1) expect(await give()).toBe('none');
    expect(await give('PAPER')).toBe('none');
    expect(
      await scene.sql('select channel::text from notice_receipt where person_id = $1 order by 1', [
        file.personId,
      ]),
    ).toEqual([{ channel: 'ORAL' }, { channel: 'PAPER' }]);
  });
});

test('a letter to the safe postal address is for the desk and who follows, says no place, and is in the log', async () => {
  await shelter();
  await scene.make.safeAddress({
    caseId: file.id,
    personId: file.personId,
    line: '3 rue Boite-Sure',
    city: 'Lyon',
  });
  await scene.sql(`update person set safe_contact = 'LETTER' where id = $1`, [file.personId]);
  const id = idOf(await book(scene.desk));
  await scene.make.appointmentNotice({
    appointmentId: id,
    personId: file.personId,
    districtId: scene.districtId,
  });
  const letter = async (who: Requester): Promise<string | null> => {
    const { data } = await who.send(
      'query ($d: ID!) { noticesToGive(districtId: $d) { edges { node { text letter } } } }',
      { d: scene.districtId },
    );
    return data?.['noticesToGive'].edges[0].node.letter;
  };
  // A colleague to whom their contact is open.
  expect(await contactAt(id, asDeux)).toMatchObject([{ phone: PHONE }]);
  expect(await letter(asDeux)).toBeNull();
  expect(await inLog(deux.id, 'READ_SAFE_ADDRESS')).toBe(0);
  expect(await letter(scene.desk)).not.toBeNull();
  const lines = await scene.sql(`select person_id from access_log where action = 'READ_SAFE_ADDRESS'`);
  expect(lines).toEqual([{ person_id: file.personId }]);
  // The third lock alone.
  const found = (subject: string) =>
    byHand(stage.database, `${subject}.${scene.name}`, (hand) =>
      hand('select from letter_address_for_viewer($1)', [file.personId]),
    );
  expect([await found('deux'), await found('desk'), await found('suit')]).toEqual(['0', '1', '1']);
});

describe('a second case about someone', () => {
  let second: BuiltCase;
  beforeEach(async () => {
    await scene.district.head(`tête.${scene.name}`);
    const opened = await send(
      asDeux,
      'openCase',
      'OpenCaseInput',
      { districtId: scene.districtId, mission: 'RSA', personIds: [file.personId] },
      'id version',
    );
    const { id, version } = opened.data?.['openCase'] ?? {};
    const input = { caseId: id, workerId: deux.id, expectedVersion: version };
    expect(faultOf(await send(await scene.as('tête'), 'assignCase', 'AssignCaseInput', input))).toBe('none');
    second = { ...file, id };
  });
  const version = async () =>
    (await scene.sql<{ version: number }>('select version from person where id = $1', [file.personId]))[0]
      ?.version;
  const update = async (who: Requester, more: Record<string, unknown>) =>
    faultOf(
      await send(who, 'updatePerson', 'UpdatePersonInput', {
        id: file.personId,
        expectedVersion: await version(),
        ...more,
      }),
    );
  const confirmNothing = async (who: Requester, said: boolean) =>
    faultOf(
      await send(who, 'setConfirmNothing', 'SetConfirmNothingInput', {
        personId: file.personId,
        confirmNothing: said,
      }),
    );
  const suspend = async (who: Requester) =>
    faultOf(await send(who, 'suspendContact', 'SuspendContactInput', { personId: file.personId }));
  const say = async (who: Requester) =>
    faultOf(
      await send(who, 'setSafeContact', 'SetSafeContactInput', {
        personId: file.personId,
        expectedVersion: await version(),
        safeContact: 'NEUTRAL_TEXT',
      }),
    );
  const setOpen = async (who: Requester, expectedVersion: number, more: object = {}) =>
    faultOf(
      await send(who, 'setPersonAddress', 'SetPersonAddressInput', {
        personId: file.personId,
        expectedVersion,
        line: '4 rue Ouverte',
        confidential: false,
        ...more,
      }),
    );

  test('is told to who follows the first', async () => {
    expect(await told(suit.id, 'CONTACT_OPENED')).toBe(1);
    expect(await told(deux.id, 'CONTACT_OPENED')).toBe(0);
  });

  test('takes back neither a suspension nor "confirm nothing" of the first', async () => {
    expect([await confirmNothing(asSuit, true), await suspend(asSuit)]).toEqual(['none', 'none']);
    expect(await confirmNothing(asDeux, false)).toBe('FORBIDDEN');
    expect(await say(asDeux)).toBe('FORBIDDEN');
    expect(await update(asDeux, { safeContact: 'NEUTRAL_TEXT' })).toBe('FORBIDDEN');
    const found = await byHand(stage.database, `deux.${scene.name}`, async (hand) => [
      await hand(`update person set safe_contact = 'NEUTRAL_TEXT' where id = $1`, [file.personId]),
      await hand(`select say_safe_contact($1, 1, 'NEUTRAL_TEXT', false)`, [file.personId]),
    ]);
    expect(found).toEqual(['42501', '42501']);
    expect([await confirmNothing(asSuit, false), await say(asSuit)]).toEqual(['none', 'none']);
  });

  test('the first takes back what the second has said, and so does whoever the first is reassigned to', async () => {
    expect([await confirmNothing(asDeux, true), await suspend(asDeux)]).toEqual(['none', 'none']);
    expect([await confirmNothing(asSuit, false), await say(asSuit)]).toEqual(['none', 'none']);
    expect(await suspend(asSuit)).toBe('none');
    const third = await scene.worker('tiers');
    await scene.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
    // Nobody is there to say so: who follows the person does.
    expect(await say(asDeux)).toBe('none');
    await scene.make.assignment({ caseId: file.id, workerId: third.id });
    expect(await suspend(await scene.as('tiers'))).toBe('none');
    expect(await say(asDeux)).toBe('FORBIDDEN');
  });

  test('that changes a number tells who follows the first, and so does the desk', async () => {
    for (const [nth, [who, kind]] of (
      [
        [asDeux, 'CONTACT_WORD_WAITS'],
        [scene.desk, 'CONTACT_CHANGED'],
      ] as const
    ).entries()) {
      await scene.sql('delete from notification where worker_id = $1', [suit.id]);
      expect(await update(who, { phone: `06 00 00 66 6${nth}` })).toBe('none');
      expect(await told(suit.id, kind)).toBe(1);
    }
    // Whoever changes it knows, and a name is no contact.
    await scene.sql('delete from notification where worker_id = any ($1)', [[suit.id, deux.id]]);
    expect(await update(asSuit, { phone: '06 00 00 66 69' })).toBe('none');
    expect([await told(suit.id, 'CONTACT_CHANGED'), await told(deux.id, 'CONTACT_CHANGED')]).toEqual([0, 1]);
    await scene.sql('delete from notification where worker_id = $1', [deux.id]);
    expect(await update(asSuit, { chosenName: 'Rose' })).toBe('none');
    expect(await told(deux.id, 'CONTACT_CHANGED')).toBe(0);
  });

  test('that makes the open address its own tells who follows the first, and of its own address nobody is told', async () => {
    expect(await setOpen(asSuit, 0)).toBe('none');
    await scene.sql('delete from notification where worker_id = any ($1)', [[suit.id, deux.id]]);
    expect(await setOpen(asDeux, 1, { confidential: true })).toBe('none');
    expect(await told(suit.id, 'CONTACT_CHANGED')).toBe(1);
    await scene.sql('delete from notification where worker_id = $1', [suit.id]);
    expect(await setOpen(asDeux, 2, { confidential: true, line: '5 rue Ouverte' })).toBe('none');
    expect(await told(suit.id, 'CONTACT_CHANGED')).toBe(0);
    expect(second.id).not.toBe(file.id);
  });
});

describe('whether someone has a confidential address, nobody learns', () => {
  let plain: BuiltCase;
  beforeEach(async () => {
    await shelter();
    plain = await scene.district.worker(`autre.${scene.name}`).case();
  });

  test('by typing a place, and reading it again', async () => {
    await scene.make.districtPlace({ districtId: scene.districtId, place: 'Salle bleue' });
    // The desk chooses a place of the district, and a worker types one.
    for (const [who, times, place, named] of [
      [scene.desk, ['09:00', '09:30'], 'Salle bleue', ', Salle bleue'],
      [asDeux, ['10:00', '10:30'], 'Salle rouge', ''],
    ] as const) {
      const texts: string[] = [];
      for (const [nth, personId] of [file.personId, plain.personId].entries()) {
        const startsAt = scene.at(times[nth] ?? '');
        const id = idOf(await book(who, { personIds: [personId], startsAt, place }));
        expect(await placeOf(id, who)).toBe(place);
        await scene.make.appointmentNotice({ appointmentId: id, personId, districtId: scene.districtId });
        const { data } = await who.send(
          'query ($d: ID!) { noticesToGive(districtId: $d) { edges { node { text } } } }',
          {
            d: scene.districtId,
          },
        );
        texts.push(data?.['noticesToGive'].edges[0].node.text);
        await scene.sql('delete from appointment_notice where appointment_id = $1', [id]);
      }
      for (const text of texts) expect(text).toMatch(new RegExp(` à \\d\\d:\\d\\d${named}\\.$`));
    }
  });

  test('after the case is another’s, the worker who typed it still reads it, hidden or not', async () => {
    const id = idOf(await book(asSuit, { workerIds: [suit.id], place: PLACE }));
    await scene.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
    expect(await placeOf(id, asSuit)).toBe(PLACE);
  });

  test('by writing an open address, and looking for a letter: none goes there until who follows them has written it', async () => {
    const letters: (string | null)[] = [];
    const each = [
      [file, suit.id, '09:00'],
      [plain, deux.id, '09:30'],
    ] as const;
    const written = (personId: string, who: Requester, expectedVersion: number) =>
      send(who, 'setPersonAddress', 'SetPersonAddressInput', {
        personId,
        expectedVersion,
        line: '5 rue du Bureau',
        confidential: false,
      });
    const letterOf = async (appointmentId: string) => {
      const { data } = await scene.desk.send(
        'query ($d: ID!) { noticesToGive(districtId: $d) { edges { node { letter appointment { id } } } } }',
        { d: scene.districtId },
      );
      return data?.['noticesToGive'].edges.find(
        ({ node }: { node: { appointment: { id: string } } }) => node.appointment.id === appointmentId,
      ).node.letter;
    };
    let last = '';
    for (const [of, workerId, at] of each) {
      await scene.sql(`update person set safe_contact = 'LETTER' where id = $1`, [of.personId]);
      last = idOf(
        await book(scene.desk, { personIds: [of.personId], workerIds: [workerId], startsAt: scene.at(at) }),
      );
      await scene.make.appointmentNotice({
        appointmentId: last,
        personId: of.personId,
        districtId: scene.districtId,
      });
      expect(faultOf(await written(of.personId, scene.desk, 0))).toBe('none');
      letters.push(await letterOf(last));
    }
    expect(letters).toEqual([null, null]);
    const [author] = await scene.sql<{ id: string }>(
      'select assigned_worker_id as id from "case" where id = $1',
      [plain.id],
    );
    expect(await told(author?.id ?? '', 'OPEN_ADDRESS_WRITTEN')).toBe(1);
    expect(await told(suit.id, 'OPEN_ADDRESS_WRITTEN')).toBe(1);
    expect(faultOf(await written(plain.personId, await scene.as('autre'), 1))).toBe('none');
    expect(await letterOf(last)).not.toBeNull();
  });
});
