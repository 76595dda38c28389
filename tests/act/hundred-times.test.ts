import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A right that is small once is large in bulk. A login that is in a hurry, or does harm, stops at the measure of the hour. The head is told of the
 * number. The login or the head takes all of it back in one act.
 */
let stage: Stage;
let scene: Scene;
let head: Requester;
let worker: { id: string };
let asWorker: Requester;
let deskId: string;

beforeAll(async () => {
  stage = await raiseStage({}, 'real');
});
afterAll(() => stage.close());
beforeEach(async () => {
  scene = await stage.scene();
  await scene.district.head(`tête.${scene.name}`);
  head = await scene.as('tête');
  worker = await scene.worker('alice', { slots: 16, days: 3 });
  asWorker = await scene.as('alice');
  const [row] = await scene.sql<{ id: string }>('select id from worker where subject = $1', [
    `desk.${scene.name}`,
  ]);
  deskId = row?.id ?? '';
});

const codeOf = (answer: Answer): string => answer.errors[0]?.extensions['code'] ?? 'none';

async function toldTo(who: Requester, kind: string): Promise<Record<string, unknown>[]> {
  const answer = await who.send(
    '{ notifications(first: 50) { edges { node { kind act howMany aboutWorker { id } case { id } } } } }',
  );
  const edges: { node: Record<string, unknown> }[] = answer.data?.['notifications'].edges;
  return edges.map(({ node }) => node).filter((node) => node['kind'] === kind);
}

const takeBack = (kind: string, who = scene.desk, workerId?: string): Promise<Answer> =>
  who.send('mutation ($input: TakeBackActsInput!) { takeBackActs(input: $input) { howMany } }', {
    input: { kind, ...(workerId === undefined ? {} : { workerId }) },
  });

/** Appointments in the worker's agenda, half an hour each. Each has a person. */
async function appointments(count: number, personOf?: () => Promise<{ id: string }>): Promise<string[]> {
  const times = Array.from({ length: count }, (_, nth) => {
    const minutes = 9 * 60 + 30 * (nth % 16);
    const two = (value: number): string => String(value).padStart(2, '0');
    return scene.at(`${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`, Math.floor(nth / 16));
  });
  return Promise.all(
    times.map(async (startsAt) => {
      const { id: personId } = await (personOf ?? (() => scene.person()))();
      const endsAt = new Date(new Date(startsAt).getTime() + 1_800_000);
      const id = await scene.make.appointment({
        districtId: scene.districtId,
        startsAt: new Date(startsAt),
        endsAt,
      });
      await scene.make.appointmentWorker({ appointmentId: id, workerId: worker.id });
      await scene.make.appointmentPerson({ appointmentId: id, personId });
      await scene.make.occupancy({
        workerId: worker.id,
        districtId: scene.districtId,
        appointmentId: id,
        startsAt: new Date(startsAt),
        endsAt,
      });
      return id;
    }),
  );
}

const cancel = (id: string, who = scene.desk): Promise<Answer> =>
  scene.act('cancelAppointment', 'CancelAppointmentInput', { id, expectedVersion: 1, by: 'SERVICE' }, who);

async function oneAfterTheOther<T>(rows: readonly T[], act: (row: T) => Promise<Answer>): Promise<string[]> {
  const codes: string[] = [];
  for (const row of rows) codes.push(codeOf(await act(row)));
  return codes;
}

describe('a receptionist cancels one appointment after the other', () => {
  let ids: string[];
  let codes: string[];
  beforeEach(async () => {
    ids = await appointments(22);
    codes = await oneAfterTheOther(ids, (id) => cancel(id));
  });

  test('the receptionist stops at the measure, and nothing is written beyond it', async () => {
    expect(codes).toEqual([...Array(20).fill('none'), 'RATE_LIMITED', 'RATE_LIMITED']);
    const booked = await scene.sql(`select from appointment where id = any ($1) and status = 'BOOKED'`, [
      ids,
    ]);
    expect(booked).toHaveLength(2);
  });

  test('the answer says after how many seconds the receptionist may go on', async () => {
    const { errors } = await cancel(ids[21] ?? '');
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', field: 'input' });
    expect(errors[0]?.extensions['retryAfter']).toBeGreaterThan(3_000);
  });

  test('the head is told once, of the kind and the number', async () => {
    expect(await toldTo(head, 'MEASURE_REACHED')).toEqual([
      {
        kind: 'MEASURE_REACHED',
        act: 'CANCEL_APPOINTMENT',
        howMany: 20,
        aboutWorker: { id: deskId },
        case: null,
      },
    ]);
  });

  test('the worker of the appointments is told', async () => {
    expect(await toldTo(asWorker, 'APPOINTMENT_CANCELLED')).toHaveLength(1);
  });

  test('the receptionist takes all of it back in one act, and the times are taken again', async () => {
    const answer = await takeBack('CANCEL_APPOINTMENT');
    expect(answer.data?.['takeBackActs']).toEqual({ howMany: 20 });
    expect(
      await scene.sql(
        `select from appointment a join occupancy o on o.appointment_id = a.id where a.id = any ($1) and a.status = 'BOOKED'`,
        [ids],
      ),
    ).toHaveLength(22);
    expect(await toldTo(asWorker, 'APPOINTMENT_RESTORED')).toHaveLength(1);
    expect(codeOf(await takeBack('CANCEL_APPOINTMENT'))).toBe('NOT_FOUND');
  });

  test('nobody is told any more to give the persons a notice of it', async () => {
    await takeBack('CANCEL_APPOINTMENT');
    expect(await scene.sql('select from appointment_notice where appointment_id = any ($1)', [ids])).toEqual(
      [],
    );
  });

  test('a person who was told already is reminded that the appointment stands', async () => {
    await scene.sql(
      `update appointment_notice set done_at = now(), outcome = 'TOLD' where appointment_id = $1`,
      [ids[0]],
    );
    await takeBack('CANCEL_APPOINTMENT');
    expect(
      await scene.sql(
        'select kind, done_at is null as due from appointment_notice where appointment_id = $1 order by created_at',
        [ids[0]],
      ),
    ).toEqual([
      { kind: 'CANCELLED', due: false },
      { kind: 'REMINDER', due: true },
    ]);
  });

  test('the head takes it back, and the receptionist is told', async () => {
    expect((await takeBack('CANCEL_APPOINTMENT', head, deskId)).data?.['takeBackActs']).toEqual({
      howMany: 20,
    });
    expect(
      await scene.sql(`select from appointment where id = any ($1) and status = 'BOOKED'`, [ids]),
    ).toHaveLength(22);
    expect(await toldTo(scene.desk, 'ACTS_TAKEN_BACK')).toMatchObject([
      { act: 'CANCEL_APPOINTMENT', howMany: 20 },
    ]);
  });

  test('a head who was not told takes nothing back, and a colleague of the desk does not either', async () => {
    const other = await stage.scene();
    await other.district.head(`tête.${other.name}`);
    expect(codeOf(await takeBack('CANCEL_APPOINTMENT', await other.as('tête'), deskId))).toBe('NOT_FOUND');
    await scene.district.receptionist(`autre.${scene.name}`);
    expect(codeOf(await takeBack('CANCEL_APPOINTMENT', await scene.as('autre'), deskId))).toBe('NOT_FOUND');
  });

  test('the head takes back nothing that was done in another district', async () => {
    await scene.sql('update act set district_id = $1 where row_id = $2', [
      (await stage.scene()).districtId,
      ids[0],
    ]);
    expect((await takeBack('CANCEL_APPOINTMENT', head, deskId)).data?.['takeBackActs']).toEqual({
      howMany: 19,
    });
  });

  test('an appointment whose time somebody else has taken stays cancelled', async () => {
    const [time] = await scene.sql<{ at: Date }>('select starts_at as at from appointment where id = $1', [
      ids[3],
    ]);
    await scene.booked(worker.id, time?.at.toISOString() ?? '');
    expect((await takeBack('CANCEL_APPOINTMENT')).data?.['takeBackActs']).toEqual({ howMany: 20 });
    const [row] = await scene.sql('select status from appointment where id = $1', [ids[3]]);
    expect(row).toEqual({ status: 'CANCELLED_BY_SERVICE' });
  });
});

test('the third lock: whoever joins appointments of others by hand stops at a measure', async () => {
  const ids = await appointments(31);
  const found = await byHand(stage.database, `desk.${scene.name}`, async (hand) => [
    await hand(
      'insert into appointment_worker (appointment_id, worker_id) select a.id, $2 from appointment a where a.id = any ($1)',
      [ids, deskId],
    ),
  ]);
  expect(found).toEqual(['CS429']);
});

test('what a stand-in of an hour cancels or takes off is told to the absent worker and has a measure', async () => {
  const assia = scene.district.worker(`assia.${scene.name}`);
  const file = await assia.case();
  await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 01' where id = $1`, [
    file.personId,
  ]);
  const asAssia = await scene.as('assia');
  const request = await scene.waits({ personId: file.personId, caseId: file.id }, asAssia);
  const ids = await appointments(21, async () => ({ id: file.personId }));
  await scene.sql('update appointment set case_id = $2 where id = any ($1)', [ids, file.id]);
  const [{ worker: caseWorker } = { worker: null }] = await scene.sql<{ worker: string | null }>(
    'select case_worker_id as worker from appointment where id = $1',
    [ids[0]],
  );
  if (caseWorker === null)
    await scene.sql('update appointment set case_worker_id = $2 where id = any ($1)', [
      ids,
      (await assia).id,
    ]);
  const { id: standInId } = await scene.district.worker(`bruno.${scene.name}`);
  await scene.make.relay({ districtId: scene.districtId, absentWorkerId: (await assia).id, standInId });
  const standIn = await scene.as('bruno');
  const codes = await oneAfterTheOther(ids, (id) =>
    scene.act(
      'cancelAppointment',
      'CancelAppointmentInput',
      { id, expectedVersion: 1, by: 'PERSON' },
      standIn,
    ),
  );
  expect(codes).toEqual([...Array(20).fill('none'), 'RATE_LIMITED']);
  const off = await scene.act(
    'withdrawRequest',
    'VersionedInput',
    { id: request, expectedVersion: 1 },
    standIn,
  );
  expect(faultOf(off)).toBe('none');
  expect(await toldTo(asAssia, 'REQUEST_CHANGED')).toHaveLength(1);
  expect(await toldTo(asWorker, 'APPOINTMENT_CANCELLED')).toHaveLength(1);
  expect(await toldTo(asAssia, 'APPOINTMENT_CANCELLED')).toHaveLength(1);
  expect(
    await scene.sql(`select from appointment_notice where person_id = $1 and kind = 'CANCELLED'`, [
      file.personId,
    ]),
  ).toHaveLength(20);
});

test('an outcome that frees a time of later today is a cancellation: told, bounded and taken back', async () => {
  const ids = await appointments(22);
  await scene.sql(
    `update appointment set starts_at = now() + interval '1 minute', ends_at = now() + interval '31 minutes' where id = any ($1)`,
    [ids],
  );
  const codes = await oneAfterTheOther(ids, (id) =>
    scene.act('recordOutcome', 'RecordOutcomeInput', {
      id,
      expectedVersion: 1,
      outcome: 'LEFT_BEFORE_RECEIVED',
    }),
  );
  expect(codes).toEqual([...Array(20).fill('none'), 'RATE_LIMITED', 'RATE_LIMITED']);
  expect(await toldTo(asWorker, 'APPOINTMENT_CANCELLED')).toHaveLength(1);
  expect(await toldTo(head, 'MEASURE_REACHED')).toMatchObject([{ act: 'CANCEL_APPOINTMENT', howMany: 20 }]);
  expect(
    await scene.sql(`select from appointment_notice where appointment_id = $1 and kind = 'CANCELLED'`, [
      ids[0],
    ]),
  ).toHaveLength(1);
  expect((await takeBack('CANCEL_APPOINTMENT')).data?.['takeBackActs']).toEqual({ howMany: 20 });
});

test('cancellations that are sent at the same time do not pass the measure', async () => {
  const ids = await appointments(24);
  const answers = await Promise.all(ids.map((id) => cancel(id)));
  expect(answers.filter((answer) => codeOf(answer) === 'none')).toHaveLength(20);
  expect(answers.filter((answer) => codeOf(answer) === 'RATE_LIMITED')).toHaveLength(4);
});

test('a worker cancels in their own agenda without a measure', async () => {
  const ids = await appointments(24);
  expect(await oneAfterTheOther(ids, (id) => cancel(id, asWorker))).toEqual(Array(24).fill('none'));
  expect(await toldTo(head, 'MEASURE_REACHED')).toEqual([]);
});

test('a head who does an act a hundred times is told of to the technical adviser', async () => {
  await scene.make.membership({ workerId: deskId, districtId: scene.districtId, role: 'DISTRICT_HEAD' });
  await scene.district.worker(`conseil.${scene.name}`, 'TECHNICAL_ADVISER');
  const ids = await appointments(20);
  await oneAfterTheOther(ids, (id) => cancel(id));
  expect(await toldTo(await scene.as('conseil'), 'MEASURE_REACHED')).toMatchObject([
    { howMany: 20, aboutWorker: { id: deskId } },
  ]);
});

/** Closes the channels of so many persons of a scene, as its desk or another one. */
async function closeAll(count: number, who = scene.desk, of = scene): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) {
    const answer = await who.send(
      'mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }',
      { input: { personId: (await of.person()).id } },
    );
    expect(faultOf(answer)).toBe('none');
  }
}

test('the heads of all districts in which the acts were done are told, whichever had the last one', async () => {
  const other = await stage.scene();
  await other.district.head(`tête.${other.name}`);
  await scene.make.membership({ workerId: deskId, districtId: other.districtId, role: 'RECEPTIONIST' });
  await closeAll(29);
  await closeAll(1, scene.desk, other);
  const told = [{ act: 'CHANGE_CONTACT', howMany: 30, aboutWorker: { id: deskId } }];
  expect(await toldTo(head, 'MEASURE_REACHED')).toMatchObject(told);
  expect(await toldTo(await other.as('tête'), 'MEASURE_REACHED')).toMatchObject(told);
  expect((await takeBack('CHANGE_CONTACT', head, deskId)).data?.['takeBackActs']).toEqual({ howMany: 29 });
});

test('without a technical adviser, another head of the district is told of a head, or else the officer', async () => {
  await scene.make.membership({ workerId: deskId, districtId: scene.districtId, role: 'DISTRICT_HEAD' });
  await scene.sql(
    `update membership set ends_at = now() where role = 'TECHNICAL_ADVISER' and ends_at is null`,
  );
  await closeAll(30);
  expect(await toldTo(head, 'MEASURE_REACHED')).toMatchObject([{ aboutWorker: { id: deskId } }]);
  const alone = await stage.scene();
  const { id: aloneId } = await alone.district.head(`seul.${alone.name}`);
  await alone.make.membership({ workerId: aloneId, districtId: alone.districtId, role: 'RECEPTIONIST' });
  const officer = await alone.make.worker({
    subject: `déléguée.${alone.name}`,
    givenName: 'Dé',
    familyName: 'Léguée',
  });
  await alone.make.membership({ workerId: officer, role: 'DATA_PROTECTION_OFFICER' });
  await closeAll(30, await alone.as('seul'), alone);
  expect(await toldTo(await alone.as('déléguée'), 'MEASURE_REACHED')).toMatchObject([
    { aboutWorker: { id: aloneId } },
  ]);
  await scene.sql(`delete from membership where worker_id = $1`, [officer]);
});

describe('a receptionist closes the channels of one person after the other', () => {
  const suspend = (personId: string, who = scene.desk): Promise<Answer> =>
    who.send('mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }', {
      input: { personId },
    });
  let persons: { id: string }[];
  beforeEach(async () => {
    persons = await Promise.all(Array.from({ length: 32 }, () => scene.person()));
  });

  test('the receptionist stops at the measure, and takes all of it back', async () => {
    const codes = await oneAfterTheOther(persons, ({ id }) => suspend(id));
    expect(codes).toEqual([...Array(30).fill('none'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await toldTo(head, 'MEASURE_REACHED')).toMatchObject([{ act: 'CHANGE_CONTACT', howMany: 30 }]);
    expect((await takeBack('CHANGE_CONTACT')).data?.['takeBackActs']).toEqual({ howMany: 30 });
    expect(
      await scene.sql(
        `select from person where id = any ($1) and safe_contact = 'NEUTRAL_TEXT' and contact_suspended_at is null`,
        [persons.map(({ id }) => id)],
      ),
    ).toHaveLength(32);
  });

  test('a contact that somebody else has closed too stays closed', async () => {
    const { personId } = await scene.district.worker(`assia.${scene.name}`).case();
    await scene.sql(
      `update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 01' where id = $1`,
      [personId],
    );
    await suspend(personId);
    expect(faultOf(await suspend(personId, await scene.as('assia')))).toBe('none');
    await takeBack('CHANGE_CONTACT');
    expect(await scene.sql('select safe_contact from person where id = $1', [personId])).toEqual([
      { safe_contact: 'NONE' },
    ]);
  });

  test('a suspension of somebody whose channels are closed already counts alike', async () => {
    const [{ id } = { id: '' }] = persons;
    const codes = await oneAfterTheOther(Array(31).fill(id), suspend);
    expect(codes).toEqual([...Array(30).fill('none'), 'RATE_LIMITED']);
  });
});

describe('a receptionist changes persons', () => {
  const update = async (id: string, what: Record<string, unknown>, who = scene.desk): Promise<Answer> => {
    const [row] = await scene.sql<{ version: number }>('select version from person where id = $1', [id]);
    return who.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
      input: { id, expectedVersion: row?.version, ...what },
    });
  };

  test('ten objections to statistics are the measure of an hour, and are taken back', async () => {
    const persons = await Promise.all(Array.from({ length: 11 }, () => scene.person()));
    const codes = await oneAfterTheOther(persons, ({ id }) => update(id, { objectsToStatistics: true }));
    expect(codes).toEqual([...Array(10).fill('none'), 'RATE_LIMITED']);
    await takeBack('SET_OBJECTION', head, deskId);
    expect(
      await scene.sql('select from person where id = any ($1) and statistics_objection_on is not null', [
        persons.map(({ id }) => id),
      ]),
    ).toEqual([]);
  });

  test('names come back, so that the true name finds the person again', async () => {
    const { id } = await scene.person({ givenName: 'Rosa', familyName: 'Luz', birthDate: '1980-01-01' });
    await update(id, { familyName: 'Nada' });
    await update(id, { familyName: 'Nadie', birthDate: '1999-01-01' });
    expect((await takeBack('CHANGE_IDENTITY')).data?.['takeBackActs']).toEqual({ howMany: 2 });
    expect(await scene.sql(`select family_name, birth_date::text from person where id = $1`, [id])).toEqual([
      { family_name: 'Luz', birth_date: '1980-01-01' },
    ]);
  });

  test('an accomplice who writes what stands already keeps nothing from coming back', async () => {
    const { id } = await scene.person({ familyName: 'Luz' });
    await update(id, { familyName: 'Nada' });
    await scene.district.receptionist(`deux.${scene.name}`);
    expect(faultOf(await update(id, { familyName: 'Nada' }, await scene.as('deux')))).toBe('none');
    await takeBack('CHANGE_IDENTITY', head, deskId);
    await takeBack('CHANGE_IDENTITY');
    expect(await scene.sql('select family_name from person where id = $1', [id])).toEqual([
      { family_name: 'Luz' },
    ]);
  });

  test('the worker who follows the person is told, and not the receptionist', async () => {
    const file = await scene.district.worker(`assia.${scene.name}`).case();
    await update(file.personId, { familyName: 'Nada', objectsToStatistics: true });
    const asAssia = await scene.as('assia');
    expect(await toldTo(asAssia, 'IDENTITY_CHANGED')).toMatchObject([{ case: { id: file.id } }]);
    expect(await toldTo(asAssia, 'OBJECTION_CHANGED')).toMatchObject([{ case: { id: file.id } }]);
    expect(await toldTo(scene.desk, 'IDENTITY_CHANGED')).toEqual([]);
  });

  describe('and nobody follows the person', () => {
    const changes = (who: Requester): Promise<Answer> =>
      who.send('query ($id: ID!) { changesOfDay(districtId: $id) { kind personName personReference } }', {
        id: scene.districtId,
      });
    let rosa: { id: string; reference: string };
    let duty: Requester;
    beforeEach(async () => {
      rosa = await scene.district.person({ givenName: 'Rosa', familyName: 'Luz' });
      const { id: dutyId } = await scene.worker('garde');
      duty = await scene.as('garde');
      const there = await scene.desk.send(
        'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
        {
          input: {
            districtId: scene.districtId,
            kind: 'WALK_IN',
            personId: (await scene.person()).id,
            workerId: dutyId,
          },
        },
      );
      expect(faultOf(there)).toBe('none');
      await update(rosa.id, { birthDate: '1999-01-01' });
    });

    test('the worker on duty reads that something was changed, and neither what nor by whom', async () => {
      expect((await changes(duty)).data?.['changesOfDay']).toEqual([
        { kind: 'CHANGE_IDENTITY', personName: 'Rosa Luz', personReference: rosa.reference },
      ]);
    });

    test('a colleague to whom nobody was sent today is refused', async () => {
      expect(codeOf(await changes(asWorker))).toBe('FORBIDDEN');
      expect(codeOf(await changes(scene.desk))).toBe('FORBIDDEN');
      expect(codeOf(await changes(head))).toBe('FORBIDDEN');
    });

    test.each([
      ['confirm nothing', 'confirm_nothing = true'],
      ['a sensitive file', 'sensitive_file = true'],
    ])('a person with %s is not in the list', async (_, hidden) => {
      await scene.sql(`update person set ${hidden} where id = $1`, [rosa.id]);
      expect((await changes(duty)).data?.['changesOfDay']).toEqual([]);
    });

    test('a contact that is opened again by taking back is in the list', async () => {
      await scene.desk.send(
        'mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }',
        { input: { personId: rosa.id } },
      );
      await takeBack('CHANGE_CONTACT');
      expect((await changes(duty)).data?.['changesOfDay']).toMatchObject([
        { kind: 'CHANGE_CONTACT', personReference: rosa.reference },
        { kind: 'CHANGE_IDENTITY', personReference: rosa.reference },
      ]);
    });

    test('what a colleague on duty says for a person who may not be there is in the list, and is taken back', async () => {
      const { id: otherId } = await scene.worker('autre');
      const other = await scene.as('autre');
      const nour = await scene.district.person({ phone: '06 39 98 00 01', safeContact: 'NEUTRAL_TEXT' });
      const sent = await scene.desk.send(
        'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
        {
          input: {
            districtId: scene.districtId,
            kind: 'WALK_IN',
            personId: nour.id,
            workerId: otherId,
          },
        },
      );
      expect(faultOf(sent)).toBe('none');
      const said = await other.send(
        'mutation ($input: SetSafeContactInput!) { setSafeContact(input: $input) { id } }',
        {
          input: {
            personId: nour.id,
            expectedVersion: 1,
            safeContact: 'NEUTRAL_TEXT',
            phone: '06 39 98 00 66',
            presentAndAlone: true,
          },
        },
      );
      expect(faultOf(said)).toBe('none');
      const line = { kind: 'CHANGE_CONTACT', personReference: nour.reference };
      expect((await changes(duty)).data?.['changesOfDay'][0]).toMatchObject(line);
      expect((await takeBack('CHANGE_CONTACT', other)).data?.['takeBackActs']).toEqual({ howMany: 1 });
      expect(await scene.sql('select phone from person where id = $1', [nour.id])).toEqual([
        { phone: '06 39 98 00 01' },
      ]);
    });

    test('nobody buries a change under a hundred others', async () => {
      const others = await Promise.all(Array.from({ length: 3 }, () => scene.person()));
      for (const kind of ['CHANGE_CONTACT', 'CHANGE_REQUEST', 'WITHDRAW_REQUEST', 'SET_OBJECTION'] as const)
        for (let times = 0; times < 40; times += 1)
          await scene.make.act({
            kind,
            workerId: deskId,
            districtId: scene.districtId,
            personIds: [others[times % 3]?.id ?? ''],
          });
      const { data } = await changes(duty);
      expect(data?.['changesOfDay']).toHaveLength(13);
      expect(data?.['changesOfDay']).toContainEqual(
        expect.objectContaining({ kind: 'CHANGE_IDENTITY', personReference: rosa.reference }),
      );
    });

    test('what was taken back is not in the list', async () => {
      await takeBack('CHANGE_IDENTITY');
      expect((await changes(duty)).data?.['changesOfDay']).toEqual([]);
    });
  });
});

test('a receptionist takes people off the waiting list up to the measure; each comes back at their rank', async () => {
  const ids: string[] = [];
  for (let nth = 0; nth < 16; nth += 1) ids.push(await scene.waits());
  const before = await Promise.all(ids.map(async (id) => (await scene.request(id)).rank));
  const codes = await oneAfterTheOther(ids, (id) =>
    scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 }),
  );
  expect(codes).toEqual([...Array(15).fill('none'), 'RATE_LIMITED']);
  expect((await takeBack('WITHDRAW_REQUEST')).data?.['takeBackActs']).toEqual({ howMany: 15 });
  expect(await Promise.all(ids.map(async (id) => (await scene.request(id)).rank))).toEqual(before);
});

describe('what was cancelled or taken off before a person was hidden', () => {
  const hide = async (personId: string): Promise<void> => {
    const caseId = await scene.make.case({ districtId: scene.districtId });
    await scene.make.casePerson({ caseId, personId });
    await scene.make.assignment({ caseId, workerId: worker.id });
    const hidden = await asWorker.send(
      'mutation ($input: SetConfirmNothingInput!) { setConfirmNothing(input: $input) { id } }',
      { input: { personId, confirmNothing: true } },
    );
    expect(faultOf(hidden)).toBe('none');
  };

  test('a request does not come back to the list under the id that the receptionist knows', async () => {
    const { id: personId } = await scene.person();
    const id = await scene.waits({ personId });
    await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 });
    await hide(personId);
    expect((await takeBack('WITHDRAW_REQUEST')).data?.['takeBackActs']).toEqual({ howMany: 1 });
    expect((await scene.request(id)).status).toBe('WITHDRAWN');
  });

  test('an appointment does not either', async () => {
    const { id: personId } = await scene.person();
    const [id = ''] = await appointments(1, async () => ({ id: personId }));
    await cancel(id);
    await hide(personId);
    expect((await takeBack('CANCEL_APPOINTMENT')).data?.['takeBackActs']).toEqual({ howMany: 1 });
    expect(await scene.sql('select status::text from appointment where id = $1', [id])).toEqual([
      { status: 'CANCELLED_BY_SERVICE' },
    ]);
  });
});

test('whoever asks again after their request was taken off waits once', async () => {
  const { id: personId } = await scene.person();
  const first = await scene.waits({ personId });
  await scene.act('withdrawRequest', 'VersionedInput', { id: first, expectedVersion: 1 });
  await scene.waits({ personId });
  expect((await takeBack('WITHDRAW_REQUEST')).data?.['takeBackActs']).toEqual({ howMany: 1 });
  expect(
    await scene.sql(`select from appointment_request where person_id = $1 and status = 'WAITING'`, [
      personId,
    ]),
  ).toHaveLength(1);
});

describe('a receptionist writes into the agenda of a colleague', () => {
  test('time off that is declared is told to the colleague, and is taken back', async () => {
    const declare = (): Promise<Answer> =>
      scene.desk.send(
        'mutation ($input: DeclareUnavailabilityInput!) { declareUnavailability(input: $input) { id } }',
        {
          input: {
            districtId: scene.districtId,
            workerId: worker.id,
            startsAt: scene.at('09:00'),
            endsAt: scene.at('17:00'),
          },
        },
      );
    const codes = await oneAfterTheOther(Array(13).fill(null), declare);
    expect(codes).toEqual([...Array(12).fill('none'), 'RATE_LIMITED']);
    expect(await toldTo(asWorker, 'AGENDA_CHANGED')).toHaveLength(1);
    expect((await takeBack('DECLARE_TIME_OFF')).data?.['takeBackActs']).toEqual({ howMany: 12 });
    expect(
      await scene.sql('select from unavailability where worker_id = $1 and ends_at > starts_at', [worker.id]),
    ).toEqual([]);
  });

  test('an appointment that was moved comes back to its time and its worker', async () => {
    const [id = ''] = await appointments(1);
    await scene.act('moveAppointment', 'MoveAppointmentInput', {
      id,
      expectedVersion: 1,
      startsAt: scene.at('16:00'),
    });
    expect((await takeBack('MOVE_APPOINTMENT')).data?.['takeBackActs']).toEqual({ howMany: 1 });
    const [row] = await scene.sql(
      `select a.starts_at = $2 and o.starts_at = $2 as same, a.worker_ids from appointment a join occupancy o on o.appointment_id = a.id where a.id = $1`,
      [id, scene.at('09:00')],
    );
    expect(row).toEqual({ same: true, worker_ids: [worker.id] });
  });
});

test('acts are forgotten after two days', async () => {
  const { forgetActs } = await import('../../src/jobs/tasks.js');
  const { jobsOf } = await import('../support/jobs.js');
  const pool = jobsOf(stage.database);
  await scene.sql(`update act set done_at = now() - interval '49 hours'`);
  await forgetActs(pool);
  await pool.end();
  expect(await scene.sql('select from act')).toEqual([]);
});

test('an open address that was hidden meanwhile does not come back in the open', async () => {
  const file = await scene.district.worker(`assia.${scene.name}`).case();
  await scene.make.personAddress({ personId: file.personId });
  const write = (who: Requester, more: Record<string, unknown>): Promise<Answer> =>
    who.send('mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id } }', {
      input: { personId: file.personId, postalCode: '93270', city: 'Sevran', ...more },
    });
  const open = { confidential: false, line: null, expectedVersion: 1 };
  expect(faultOf(await write(scene.desk, open))).toBe('none');
  const hidden = { confidential: true, line: '3 rue des Lilas', expectedVersion: 0 };
  expect(faultOf(await write(await scene.as('assia'), hidden))).toBe('none');
  expect((await takeBack('CHANGE_CONTACT')).data?.['takeBackActs']).toEqual({ howMany: 1 });
  const rows = await scene.sql('select confidential from person_address where person_id = $1', [
    file.personId,
  ]);
  expect(rows).toEqual([{ confidential: true }]);
});
