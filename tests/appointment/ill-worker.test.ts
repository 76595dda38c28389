import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { noticeText } from '../../src/services/data-protection/notice-text.js';
import { inParis, later, today, wallClock, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder, type WorkerBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** A worker is ill: what is booked goes elsewhere or is called off at once, and nobody comes for nothing. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let built: Awaited<ReturnType<typeof county>>;
let here: DistrictBuilder;
let sevran: string;
let rachida: Requester;

/** Each test takes a worker and a week of its own. */
const days = workingDaysAfter(later(today(), 1));
let day: string;
let next: string;
let nth = 0;
let ill: string;
let builder: WorkerBuilder;
let colleague: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  built = await county(database);
  here = built.district('Sevran');
  sevran = (await here).id;
  await here.receptionist('rachida');
  rachida = await app.as('rachida');
});
beforeEach(async () => {
  nth += 1;
  day = days.next().value;
  next = days.next().value;
  const hours = { opensAt: '09:00', closesAt: '11:00', until: later(next, 1) };
  builder = here.worker(`ill-${nth}`).open({ ...hours, from: day });
  ill = (await builder).id;
  colleague = (await here.worker(`colleague-${nth}`).open({ ...hours, from: day, until: later(day, 1) })).id;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function send(
  who: Requester,
  mutation: string,
  input: Record<string, unknown>,
  fields: string,
): Promise<Answer> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  return who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });
}

/** Books with the worker who will be ill; the id. */
async function book(time: string, more: Record<string, unknown> = {}, who = rachida): Promise<string> {
  const answer = await send(
    who,
    'bookAppointment',
    {
      districtId: sevran,
      workerIds: [ill],
      typeCode: 'FIRST_RECEPTION',
      startsAt: inParis(day, time),
      ...more,
    },
    'id',
  );
  expect(answer.errors).toEqual([]);
  return answer.data?.['bookAppointment'].id;
}

/** Time off for the whole day: its id. */
async function fallIll(): Promise<string> {
  const answer = await send(
    rachida,
    'declareUnavailability',
    {
      districtId: sevran,
      workerId: ill,
      startsAt: inParis(day, '00:00'),
      endsAt: inParis(later(day, 1), '00:00'),
    },
    'id',
  );
  return answer.data?.['declareUnavailability'].id;
}

const clear = async (how: string, who = rachida): Promise<Answer> =>
  send(
    who,
    'clearUnavailability',
    { id: await fallIll(), expectedVersion: 1, how },
    'version appointmentsOver { id }',
  );

async function stateOf(id: string) {
  const [row] = await database.sql<{
    status: string;
    starts: Date;
    workers: string[];
    reason: string | null;
  }>(
    'select status::text, starts_at as starts, worker_ids as workers, cancellation_reason as reason from appointment where id = $1',
    [id],
  );
  if (row === undefined) throw new Error('gone');
  return { ...row, starts: wallClock(row.starts) };
}

const toGive = async (
  who = rachida,
  fields = 'id kind text version person { displayName safeContact phone } appointment { id }',
) => {
  const { data } = await who.send(
    `query ($id: ID!) { noticesToGive(districtId: $id, first: 100) { edges { node { ${fields} } } } }`,
    { id: sevran },
  );
  return (data?.['noticesToGive']?.edges ?? []).map(
    ({ node }: { node: { appointment: { id: string } } }) => node,
  );
};
const noticesOf = async (ids: readonly string[], who = rachida) =>
  (await toGive(who)).filter((node: { appointment: { id: string } }) => ids.includes(node.appointment?.id));

describe('whom nobody can call', () => {
  const LIST = `query ($id: ID!) { appointmentsWithoutContact(districtId: $id, first: 100) { edges { node {
    id status proposedMoves { startsAt endsAt workers { id } } } } } }`;

  const listed = async (who = rachida): Promise<string[]> => {
    const { data } = await who.send(LIST, { id: sevran });
    return (data?.['appointmentsWithoutContact']?.edges ?? []).map(
      ({ node }: { node: { id: string } }) => node.id,
    );
  };

  /** In so many hours, whether anyone is open then or not. */
  const inHours = (hours: number): Date =>
    new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000);

  const away = (from: Date, until: Date): Promise<Answer> =>
    send(
      rachida,
      'declareUnavailability',
      { districtId: sevran, workerId: ill, startsAt: from, endsAt: until },
      'id',
    );

  const proposed = async (id: string, who = rachida) => {
    const { data } = await who.send(
      'query ($id: ID!) { appointment(id: $id) { proposedMoves { startsAt endsAt workers { id } } } }',
      { id },
    );
    const slots: { startsAt: string; workers: { id: string }[] }[] | null =
      data?.['appointment'].proposedMoves;
    return (
      slots?.map(
        (slot) =>
          `${wallClock(new Date(slot.startsAt))} ${slot.workers
            .map((worker) => (worker.id === ill ? 'ill' : worker.id === colleague ? 'colleague' : 'another'))
            .join()}`,
      ) ?? null
    );
  };

  const move = (
    id: string,
    more: Record<string, unknown>,
    who = rachida,
    expectedVersion = 1,
  ): Promise<Answer> => send(who, 'moveAppointment', { id, expectedVersion, ...more }, 'id');

  test('is listed, by no contact, a suspended one or no name; who can be told is told as ever', async () => {
    const at = { startsAt: inHours(1) };
    const [none, told, suspended] = [
      (await here.person()).id,
      (await here.person({ safeContact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' })).id,
      (await here.person({ safeContact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 02' })).id,
    ];
    await database.sql('update person set contact_suspended_at = now() where id = $1', [suspended]);
    const byContact = await book('09:00', { ...at, personIds: [none] });
    const reached = await book('09:00', { startsAt: inHours(2), personIds: [told] });
    const closed = await book('09:00', { startsAt: inHours(3), personIds: [suspended] });
    const nameless = await book('09:00', { startsAt: inHours(4) });
    const couple = await book('09:00', { startsAt: inHours(5), personIds: [none, told] });
    const afterwards = await book('09:00', { startsAt: inHours(120), personIds: [none] });
    expect(await listed()).toEqual([]);
    await away(inHours(0), inHours(130));
    expect(await listed()).toEqual([byContact, closed, nameless, couple]);
    expect(await listed()).not.toContain(reached);
    expect(await listed()).not.toContain(afterwards);
    await send(rachida, 'cancelAppointment', { id: closed, expectedVersion: 1, by: 'SERVICE' }, 'id');
    expect(await listed()).toEqual([byContact, nameless, couple]);
  });

  test('someone hidden from the desk is in it whatever their contact', async () => {
    const reached = { safeContact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' } as const;
    const [hidden, secret] = [
      (await here.person({ ...reached, sensitiveFile: true })).id,
      (await here.person(reached)).id,
    ];
    await database.sql('update person set confirm_nothing = true where id = $1', [secret]);
    const ids = [
      await book('09:00', { startsAt: inHours(6) }),
      await book('09:00', { startsAt: inHours(7) }),
    ];
    for (const [nth, personId] of [hidden, secret].entries())
      await make.appointmentPerson({ appointmentId: ids[nth], personId });
    await away(inHours(0), inHours(80));
    expect(await listed()).toEqual(expect.arrayContaining(ids));
  });

  test('the list and what is proposed are the desk’s of the district alone', async () => {
    const id = await book('09:30');
    await fallIll();
    await here.head(`head-${nth}`);
    const elsewhere = built.district(`Ailleurs${nth}`);
    await elsewhere.receptionist(`desk-${nth}`);
    for (const login of [`ill-${nth}`, `colleague-${nth}`, `head-${nth}`, `desk-${nth}`])
      expect((await (await app.as(login)).send(LIST, { id: sevran })).codes).toEqual(['FORBIDDEN']);
    expect(await proposed(id, await app.as(`ill-${nth}`))).toBeNull();
  });

  test('a colleague at its time is proposed first, then the next times; the desk accepts one, and nothing is sent', async () => {
    const { id: ana } = await here.person();
    const id = await book('09:30', { personIds: [ana] });
    await fallIll();
    const times = (await proposed(id)) ?? [];
    expect(times[0]).toBe(`${day} 09:30 colleague`);
    expect(times).toHaveLength(5);
    expect(times.slice(1)).toEqual(times.slice(1).sort());
    const answer = await move(id, { startsAt: inParis(day, '09:30'), workerId: colleague });
    expect(answer.errors).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      status: 'BOOKED',
      starts: `${day} 09:30`,
      workers: [colleague],
    });
    expect(
      await database.sql('select worker_id as id from occupancy where appointment_id = $1', [id]),
    ).toEqual([{ id: colleague }]);
    // The desk opens the contact to who receives them by then, and to nobody any more who does not.
    expect(
      await database.sql(
        'select contact_worker_ids as who from appointment_person where appointment_id = $1',
        [id],
      ),
    ).toEqual([{ who: [colleague] }]);
    expect(await noticesOf([id])).toEqual([]);
  });

  test('who comes second to a colleague’s time is told so, with the next free ones, and changes nothing', async () => {
    const ids = [await book('09:30'), await book('10:00')];
    await fallIll();
    const to = { startsAt: inParis(day, '09:30'), workerId: colleague };
    const answers = await Promise.all(ids.map((id) => move(id, to)));
    const refused = answers.find(({ errors }) => errors.length > 0);
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(refused?.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'SLOT_TAKEN' });
    expect(refused?.errors[0]?.extensions['nextFreeSlots']).not.toEqual([]);
    const states = await Promise.all(ids.map(stateOf));
    expect(states.map(({ workers }) => workers[0]).sort()).toEqual([ill, colleague].sort());
  });

  test('what is about a case stays with its worker: no colleague is proposed, or takes it', async () => {
    const { id: caseId, personId } = await builder.case();
    const id = await book('09:30', { caseId, personIds: [personId] });
    await fallIll();
    expect(await proposed(id)).toEqual([`${next} 09:00 ill`]);
    expect((await move(id, { startsAt: inParis(day, '09:30'), workerId: colleague })).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await move(id, { startsAt: inParis(next, '09:00'), workerId: ill })).errors).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ starts: `${next} 09:00`, workers: [ill] });
  });

  test('a desk does not learn by what stays with its worker which has a case, a subject or a hidden person', async () => {
    const own = await app.as(`ill-${nth}`);
    const { id: caseId, personId } = await builder.case();
    const { id: hidden } = await here.person({ sensitiveFile: true });
    const { id: ana } = await here.person();
    const booked = [
      { caseId, personIds: [personId] },
      { subject: 'Violences', personIds: [ana] },
      { personIds: [hidden] },
      { personIds: [ana] },
    ];
    await database.sql('update person set confirm_nothing = true where id = $1', [personId]);
    const told: unknown[] = [];
    for (const more of booked) {
      const id = await book('09:30', more, own);
      const off = await fallIll();
      told.push([
        await proposed(id),
        (await move(id, { startsAt: inParis(day, '09:30'), workerId: colleague })).codes,
      ]);
      await send(own, 'cancelAppointment', { id, expectedVersion: 1, by: 'SERVICE' }, 'id');
      await database.sql('delete from unavailability where id = $1', [off]);
    }
    expect(told).toEqual(booked.map(() => [[`${next} 09:00 ill`], ['FORBIDDEN']]));
  });

  test('nor by what of an ill worker’s day goes to a colleague', async () => {
    const own = await app.as(`ill-${nth}`);
    const ids = [await book('09:00', {}, own), await book('09:30', { subject: 'Violences' }, own)];
    await clear('MOVE');
    expect((await Promise.all(ids.map(stateOf))).map(({ workers }) => workers)).toEqual([[ill], [ill]]);
  });

  test('what was booked online for somebody, which has no case, goes to a colleague as what the desk booked does', async () => {
    const { id: personId } = await here.person();
    const id = await book('09:30', { personIds: [personId] }, await app.as(`ill-${nth}`));
    const [client] = await database.sql<{ id: string }>('select id from client order by client_id limit 1');
    await make.onlineBooking({
      appointmentId: id,
      clientId: client?.id,
      personId,
      secretHash: Buffer.from('a secret of theirs'),
    });
    await fallIll();
    expect((await proposed(id))?.[0]).toBe(`${day} 09:30 colleague`);
  });

  test('a worker gives nothing to a colleague, and a desk nothing to a stranger', async () => {
    const id = await book('09:30');
    const to = { startsAt: inParis(day, '09:30'), workerId: colleague };
    expect((await move(id, to, await app.as(`ill-${nth}`))).codes).toEqual(['FORBIDDEN']);
    const { id: stranger } = await built.district(`Loin${nth}`).worker(`stranger-of-${nth}`);
    const answer = await move(id, { ...to, workerId: stranger });
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'input.workerId' });
    expect(await stateOf(id)).toMatchObject({ starts: `${day} 09:30`, workers: [ill] });
  });

  test('nothing is proposed for what is over, or was called off', async () => {
    const id = await book('09:30');
    await database.sql(
      `update appointment set starts_at = now() - interval '2 days', ends_at = now() - interval '47 hours' where id = $1`,
      [id],
    );
    expect(await proposed(id)).toEqual([]);
    const off = await book('10:00');
    await send(rachida, 'cancelAppointment', { id: off, expectedVersion: 1, by: 'SERVICE' }, 'id');
    expect(await proposed(off)).toEqual([]);
  });
});

describe('cancelled', () => {
  test('all that is booked then and not begun, with its reason, its time given back, and everyone to be told', async () => {
    const { id: ana } = await here.person({ phone: '06 39 98 00 01' });
    const { id: luc } = await here.person({ givenName: 'Luc' });
    const [one, two, after] = [
      await book('09:00', { personIds: [ana] }),
      await book('10:00', { personIds: [ana, luc] }),
      await book('09:00', { startsAt: inParis(next, '09:00'), personIds: [luc] }),
    ];
    const answer = await clear('CANCEL');
    expect(answer.data?.['clearUnavailability']).toEqual({ version: 2, appointmentsOver: [] });
    for (const id of [one, two])
      expect(await stateOf(id)).toMatchObject({ status: 'CANCELLED_BY_SERVICE', reason: 'WORKER_AWAY' });
    expect(await stateOf(after)).toMatchObject({ status: 'BOOKED' });
    expect(
      await database.sql('select 1 from occupancy where appointment_id = any ($1)', [[one, two]]),
    ).toEqual([]);
    const notices = await noticesOf([one, two, after]);
    expect(
      notices
        .map(({ kind, appointment }: { kind: string; appointment: { id: string } }) => [kind, appointment.id])
        .sort(),
    ).toEqual(
      [
        ['CANCELLED', one],
        ['CANCELLED', two],
        ['CANCELLED', two],
      ].sort(),
    );
    // None by default: the desk sees that nobody is to be rung up.
    expect(
      notices.every(({ person }: { person: { safeContact: string } }) => person.safeContact === 'NONE'),
    ).toBe(true);
  });
});

describe('cancelled by the worker themselves', () => {
  test('their persons are to be told, whom they would not know any more once it is cancelled', async () => {
    const { id: ana } = await here.person();
    const id = await book('09:30', { personIds: [ana] });
    await clear('CANCEL', await app.as(`ill-${nth}`));
    expect(await noticesOf([id])).toMatchObject([{ kind: 'CANCELLED' }]);
  });
});

describe('moved', () => {
  test('what has no case goes to a colleague who is free at its time, and nobody need be told', async () => {
    const { id: ana } = await here.person();
    const id = await book('09:30', { personIds: [ana] });
    expect((await clear('MOVE')).data?.['clearUnavailability'].appointmentsOver).toEqual([]);
    expect(await stateOf(id)).toMatchObject({
      status: 'BOOKED',
      starts: `${day} 09:30`,
      workers: [colleague],
    });
    expect(
      await database.sql('select worker_id as id from occupancy where appointment_id = $1', [id]),
    ).toEqual([{ id: colleague }]);
    // The desk opens the contact to who receives them by then, and to nobody any more who does not.
    expect(
      await database.sql(
        'select contact_worker_ids as who from appointment_person where appointment_id = $1',
        [id],
      ),
    ).toEqual([{ who: [colleague] }]);
    expect(await noticesOf([id])).toEqual([]);
  });

  test('what is about a case stays with its worker, at the first time after, and its person is told both times', async () => {
    const { id: caseId, personId } = await builder.case();
    const id = await book('09:30', { caseId, personIds: [personId] });
    await clear('MOVE');
    expect(await stateOf(id)).toMatchObject({ status: 'BOOKED', starts: `${next} 09:00`, workers: [ill] });
    const [notice] = await noticesOf([id]);
    expect(notice).toMatchObject({ kind: 'MOVED', person: { displayName: 'Ana Petit' } });
    expect(notice.text).toMatch(
      /^Entretien du .* à 09:30 : nouvelle date, le .* à 09:00, [^,]+, 93270 Sevran\.$/,
    );
  });

  test('several go to several times, none of them twice', async () => {
    const ids = [await book('09:00'), await book('09:30'), await book('10:00')];
    // The colleague takes one of them: another is booked there already at the other two.
    for (const time of ['09:30', '10:00']) await book(time, { workerIds: [colleague] });
    await clear('MOVE');
    const states = await Promise.all(ids.map(stateOf));
    expect(states.map(({ starts, workers }) => [starts, workers[0]])).toEqual([
      [`${day} 09:00`, colleague],
      [`${next} 09:00`, ill],
      [`${next} 09:30`, ill],
    ]);
  });

  test('what finds no place stays as it is, flagged, and in the answer', async () => {
    await book('09:00', { workerIds: [colleague] });
    for (const time of ['09:00', '09:30', '10:00', '10:30'])
      await book(time, { startsAt: inParis(next, time) });
    const id = await book('09:00');
    const answer = await clear('MOVE');
    expect(answer.data?.['clearUnavailability'].appointmentsOver).toEqual([{ id }]);
    const { data } = await rachida.send('query ($id: ID!) { appointment(id: $id) { warnings } }', { id });
    expect(data?.['appointment'].warnings).toEqual(['WORKER_AWAY']);
    expect(await noticesOf([id])).toEqual([]);
  });

  test('what a colleague is not to learn is not theirs to take: a subject, a sensitive file', async () => {
    const { id: hidden } = await here.person({ sensitiveFile: true });
    const own = await app.as(`ill-${nth}`);
    const ids = [
      await book('09:00', { subject: 'Violences' }, own),
      await book('09:30', { personIds: [hidden] }, own),
      await book('10:00'),
    ];
    await clear('MOVE');
    const states = await Promise.all(ids.map(stateOf));
    expect(states.map(({ workers }) => workers[0])).toEqual([ill, ill, colleague]);
  });

  test('a colleague whose hours are elsewhere is not free for it: nobody is sent to the wrong door', async () => {
    await database.sql(`update availability set place = 'Annexe' where worker_id = $1`, [colleague]);
    await database.sql(`update free_time set place = 'Annexe' where worker_id = $1`, [colleague]);
    const id = await book('09:30');
    await clear('MOVE');
    expect(await stateOf(id)).toMatchObject({ starts: `${next} 09:00`, workers: [ill] });
  });

  test('two workers stay together: to the first time that both have', async () => {
    const other = (
      await here
        .worker(`pair-${nth}`)
        .open({ opensAt: '10:00', closesAt: '11:00', from: day, until: later(next, 1) })
    ).id;
    const id = await book('10:00', { workerIds: [ill, other], caseId: (await here.case()).id });
    await clear('MOVE');
    expect(await stateOf(id)).toMatchObject({ starts: `${next} 10:00`, workers: [ill, other].sort() });
  });

  test('a worker clears their own agenda, and gives nothing to a colleague', async () => {
    const id = await book('09:30');
    await clear('MOVE', await app.as(`ill-${nth}`));
    expect(await stateOf(id)).toMatchObject({ starts: `${next} 09:00`, workers: [ill] });
    await here.worker(`stranger-${nth}`);
    expect((await clear('CANCEL', await app.as(`stranger-${nth}`))).codes).toEqual(['NOT_FOUND']);
  });
});

describe('who is to be told', () => {
  test('is told once, of the last change, beside the time that they know', async () => {
    const { id: ana } = await here.person();
    const id = await book('09:30', { personIds: [ana] });
    const off = await fallIll();
    await send(
      rachida,
      'declareUnavailability',
      {
        districtId: sevran,
        workerId: colleague,
        startsAt: inParis(day, '00:00'),
        endsAt: inParis(later(day, 1), '00:00'),
      },
      'id',
    );
    await send(rachida, 'clearUnavailability', { id: off, expectedVersion: 1, how: 'MOVE' }, 'id');
    const [moved] = await noticesOf([id]);
    expect(moved).toMatchObject({ kind: 'MOVED', version: 1 });
    const again = await send(
      rachida,
      'declareUnavailability',
      {
        districtId: sevran,
        workerId: ill,
        startsAt: inParis(next, '00:00'),
        endsAt: inParis(later(next, 1), '00:00'),
      },
      'id',
    );
    await send(
      rachida,
      'clearUnavailability',
      { id: again.data?.['declareUnavailability'].id, expectedVersion: 1, how: 'CANCEL' },
      'id',
    );
    const notices = await noticesOf([id]);
    expect(notices).toMatchObject([{ id: moved.id, kind: 'CANCELLED', version: 2 }]);
    expect(notices[0].text).toMatch(/à 09:30 : annulation\.$/);
    const told = await send(
      rachida,
      'recordNotice',
      { id: moved.id, expectedVersion: 2, outcome: 'TOLD' },
      'doneAt outcome',
    );
    expect(told.data?.['recordNotice']).toEqual({ doneAt: expect.any(String), outcome: 'TOLD' });
    expect(await noticesOf([id])).toEqual([]);
    const twice = await send(
      rachida,
      'recordNotice',
      { id: moved.id, expectedVersion: 3, outcome: 'NOT_REACHED' },
      'id',
    );
    expect(twice.errors[0]?.extensions.reason).toBe('STATE_CHANGED');
  });

  test('hears of a cancellation instead of a move, and of the time that they know where they were not reached', async () => {
    const { id: ana } = await here.person();
    const { id: caseId, personId } = await builder.case();
    const moved = await book('09:00', { caseId, personIds: [personId] });
    const twice = await book('09:30', { caseId, personIds: [ana] });
    await clear('MOVE');
    const versionOf = async (id: string) =>
      (await database.sql<{ version: number }>('select version from appointment where id = $1', [id]))[0]
        ?.version;
    await send(
      rachida,
      'cancelAppointment',
      { id: moved, expectedVersion: await versionOf(moved), by: 'SERVICE' },
      'id',
    );
    expect((await noticesOf([moved]))[0].text).toMatch(/à 09:00 : annulation\.$/);
    const [notice] = await noticesOf([twice]);
    await send(rachida, 'recordNotice', { id: notice.id, expectedVersion: 1, outcome: 'NOT_REACHED' }, 'id');
    const again = await send(
      rachida,
      'declareUnavailability',
      {
        districtId: sevran,
        workerId: ill,
        startsAt: inParis(next, '00:00'),
        endsAt: inParis(later(next, 1), '00:00'),
      },
      'id',
    );
    await send(
      rachida,
      'clearUnavailability',
      { id: again.data?.['declareUnavailability'].id, expectedVersion: 1, how: 'CANCEL' },
      'id',
    );
    expect((await noticesOf([twice]))[0].text).toMatch(/à 09:30 : annulation\.$/);
  });

  test('is known to the desk and to who receives, not to a colleague; of a sensitive file the desk knows no name', async () => {
    const { id: hidden } = await here.person({ sensitiveFile: true });
    const id = await book('09:30');
    await make.appointmentPerson({ appointmentId: id, personId: hidden });
    await clear('CANCEL');
    expect(await noticesOf([id])).toMatchObject([{ person: null }]);
    expect(await noticesOf([id], await app.as(`colleague-${nth}`))).toEqual([]);
    expect(await noticesOf([id], await app.as(`ill-${nth}`))).toHaveLength(1);
  });

  test('hears the public label, the times and the address, and neither the service nor a name', () => {
    const notice = {
      publicLabelFr: 'Entretien',
      previousStartsAt: new Date('2027-03-28T08:00:00Z'),
      startsAt: new Date('2027-03-29T07:30:00Z'),
      place: '1 rue des Écoles, 93270 Sevran',
    };
    expect(noticeText({ ...notice, kind: 'CANCELLED' })).toBe(
      'Entretien du dimanche 28 mars à 10:00 : annulation.',
    );
    expect(noticeText({ ...notice, kind: 'MOVED' })).toBe(
      'Entretien du dimanche 28 mars à 10:00 : nouvelle date, le lundi 29 mars à 09:30, 1 rue des Écoles, 93270 Sevran.',
    );
  });
});

test('time off that is over, another version, and time off that is nobody’s change nothing', async () => {
  const id = await book('09:30');
  const off = await fallIll();
  const stale = await send(
    rachida,
    'clearUnavailability',
    { id: off, expectedVersion: 9, how: 'CANCEL' },
    'id',
  );
  expect(stale.errors[0]?.extensions.reason).toBe('VERSION_CHANGED');
  await database.sql('update unavailability set ends_at = starts_at where id = $1', [off]);
  const over = await send(
    rachida,
    'clearUnavailability',
    { id: off, expectedVersion: 1, how: 'CANCEL' },
    'id',
  );
  expect(over.errors[0]?.extensions.reason).toBe('STATE_CHANGED');
  expect(await stateOf(id)).toMatchObject({ status: 'BOOKED', starts: `${day} 09:30` });
});
