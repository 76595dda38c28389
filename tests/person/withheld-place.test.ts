import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * Her shelter, typed as `place`: on no board, list, feed, letter or notice. It leaves the appointment's row as soon as someone with a
 * confidential address comes, and is read by who may read the address; of a home visit by whoever goes there, on its day.
 */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let worker2: { id: string };
let asSuit: Requester;
let asWorker2: Requester;
let file: BuiltCase;
const SHELTER = 'Foyer du Refuge, 7 impasse Cachée';

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 5, slots: 6 });
  suit = await builder;
  file = await builder.case();
  worker2 = await scene.worker('deux', { days: 5, slots: 6 });
  [asSuit, asWorker2] = [await scene.as('suit'), await scene.as('deux')];
  await scene.sql(
    `update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 01', given_name = 'Rosa' where id = $1`,
    [file.personId],
  );
});
afterAll(() => stage.close());

const shelter = () =>
  scene.make.personAddress({
    personId: file.personId,
    caseId: file.id,
    line: '7 impasse Cachée',
    confidential: true,
  });

/** Of her case, at her shelter, by who follows her; with worker2. */
async function booked(more: Record<string, unknown> = {}, who = asSuit): Promise<string> {
  const answer = await who.send(
    'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
    {
      input: {
        districtId: scene.districtId,
        workerIds: [suit.id, worker2.id],
        typeCode: 'FIRST_RECEPTION',
        startsAt: scene.at('09:00'),
        personIds: [file.personId],
        place: SHELTER,
        ...more,
      },
    },
  );
  if (answer.data?.['bookAppointment'] == null) throw new Error(answer.text);
  return answer.data['bookAppointment'].id;
}

const placeOf = async (id: string, who: Requester): Promise<string | null> => {
  const answer = await who.send('query ($id: ID!) { appointment(id: $id) { id place } }', { id });
  if (answer.data?.['appointment'] == null) throw new Error(answer.text);
  return answer.data['appointment'].place;
};

/** Everything that the desk and worker2 can ask of the day. */
async function everywhere(id: string): Promise<string> {
  const day = scene.day(0);
  const texts: string[] = [];
  for (const who of [scene.desk, asWorker2]) {
    const answers = [
      await who.send('query ($id: ID!) { appointment(id: $id) { id place persons { displayName } } }', {
        id,
      }),
      await who.send(
        'query ($f: AppointmentFilter) { appointments(filter: $f, first: 100) { edges { node { id place } } } }',
        { f: { districtId: scene.districtId } },
      ),
      await who.send('query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }', {
        id: scene.districtId,
        day,
      }),
      await who.send(
        // Letters are printed at the desk.
        `query ($id: ID!) { noticesToGive(districtId: $id) { edges { node {
          text ${who === scene.desk ? 'letter' : ''} appointment { place } } } } }`,
        { id: scene.districtId },
      ),
    ];
    for (const answer of answers) {
      expect(answer.errors).toEqual([]);
      texts.push(answer.text);
    }
  }
  const feed = await asWorker2.send(
    'mutation ($input: OpenCalendarFeedInput!) { openCalendarFeed(input: $input) { address } }',
    { input: {} },
  );
  texts.push(await calendar(feed.data?.['openCalendarFeed'].address));
  return texts.join('\n');
}

async function calendar(address: string): Promise<string> {
  const response = await fetch(`${stage.app.url.replace(/\/graphql$/, '')}${address}`);
  expect(response.status).toBe(200);
  return response.text();
}

describe('is on no board, list, feed, letter or notice', () => {
  test('a place that is written later leaves the row as well', async () => {
    await shelter();
    const id = await booked({ place: null });
    await scene.sql('update appointment set place = $2 where id = $1', [id, SHELTER]);
    expect(await scene.sql('select place from appointment where id = $1', [id])).toEqual([{ place: null }]);
    expect(await everywhere(id)).not.toContain(SHELTER);
  });

  test('when it is typed after the address was confidential', async () => {
    await shelter();
    const id = await booked();
    expect(await everywhere(id)).not.toContain('Refuge');
    expect(await placeOf(id, asSuit)).toBe(SHELTER);
  });

  test('nor when it stood there before', async () => {
    const id = await booked();
    expect(await placeOf(id, scene.desk)).toBe(SHELTER);
    await shelter();
    expect(await everywhere(id)).not.toContain('Refuge');
    expect(await placeOf(id, asSuit)).toBe(SHELTER);
    // And is back once nothing is confidential any more.
    await scene.sql('delete from person_address where person_id = $1', [file.personId]);
    expect(await placeOf(id, scene.desk)).toBe(SHELTER);
  });

  test('nor of who lives with her', async () => {
    await shelter();
    const { id: child } = await scene.district.person({ givenName: 'Léo' });
    await scene.make.casePerson({ caseId: file.id, personId: child });
    const id = await booked({ personIds: [child] });
    expect(await everywhere(id)).not.toContain('Refuge');
    expect(await placeOf(id, asSuit)).toBe(SHELTER);
  });

  test('nor in what is sent or is to be said when it is moved', async () => {
    await shelter();
    const id = await booked();
    await scene.make.appointmentNotice({
      appointmentId: id,
      personId: file.personId,
      districtId: scene.districtId,
    });
    expect(await everywhere(id)).not.toContain('Refuge');
    await scene.sql(`select prepare_dispatches(array['TEXT']::"DispatchChannel"[], 100)`);
    await scene.sql(`update dispatch set due_at = now() - interval '1 minute'`);
    // By day, whatever the hour of this test.
    await scene.sql(
      `create or replace function by_day(p_at timestamptz) returns timestamptz language sql stable as 'select p_at'`,
    );
    const sent = await scene.sql('select recipient, place from take_dispatches(100)');
    expect(sent).toContainEqual({ recipient: '06 39 98 00 01', place: null });
  });

  test('nor on the calendar of her phone', async () => {
    await shelter();
    const scopes = ['cases:read', 'appointments:read', 'persons:read'];
    const rosa = await scene.asPerson(file.personId, 'rosa', scopes);
    const id = await booked();
    await scene.sql('update appointment_person set show_online = true where appointment_id = $1', [id]);
    const feed = await rosa.send(
      'mutation ($input: OpenCalendarFeedInput!) { openCalendarFeed(input: $input) { address } }',
      { input: {} },
    );
    const text = await calendar(feed.data?.['openCalendarFeed'].address);
    expect(text).toContain('BEGIN:VEVENT');
    expect(text).not.toContain('LOCATION');
    // To herself it is said.
    expect(await placeOf(id, rosa)).toBe(SHELTER);
  });
});

test('who else is there has no place of their own to type a shelter into', async () => {
  await shelter();
  const id = await booked({ participants: [{ kind: 'INTERPRETER', language: 'tam' }] });
  const typed = await asSuit.send(
    `mutation ($input: SetParticipantsInput!) { setParticipants(input: $input) { id } }`,
    {
      input: {
        id,
        expectedVersion: 1,
        participants: [{ kind: 'INTERPRETER', language: 'tam', place: SHELTER }],
      },
    },
  );
  expect(faultOf(typed)).toBe('INVALID_INPUT input.participants.0');
  for (const who of [scene.desk, asWorker2]) {
    const read = await who.send('query ($id: ID!) { appointment(id: $id) { participants { kind mode } } }', {
      id,
    });
    expect(read.data?.['appointment'].participants).toEqual([{ kind: 'INTERPRETER', mode: 'ON_SITE' }]);
    const fields = await who.send('{ __type(name: "AppointmentParticipant") { fields { name } } }', {});
    expect(fields.text).not.toContain('place');
  }
});

test('the desk that types it is answered as of anyone', async () => {
  await shelter();
  const { id: plain } = await scene.person();
  const ask = async (personId: string, at: string) =>
    (
      await scene.desk.send(
        'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { place version status } }',
        {
          input: {
            districtId: scene.districtId,
            workerIds: [worker2.id],
            typeCode: 'FIRST_RECEPTION',
            startsAt: scene.at(at),
            personIds: [personId],
            place: SHELTER,
          },
        },
      )
    ).text;
  expect(await ask(file.personId, '09:00')).toBe(await ask(plain, '09:30'));
});

describe('a typed place tells a desk no shelter', () => {
  /** Booked by the desk at nine, without a case: of her on the first day, of someone else on the second. */
  const ofBoth = async (): Promise<readonly [string, string]> => {
    await shelter();
    const { id: plain } = await scene.person();
    const typed = (personId: string, nth: number) =>
      booked({ workerIds: [suit.id], personIds: [personId], startsAt: scene.at('09:00', nth) }, scene.desk);
    return [await typed(file.personId, 0), await typed(plain, 1)];
  };
  const act = (mutation: string, type: string, input: Record<string, unknown>, fields = 'id version') =>
    scene.desk.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

  test('by whom the desk may give it to', async () => {
    const [hers, another] = await ofBoth();
    const withColleague = async (id: string) => {
      const { data } = await scene.desk.send(
        'query ($id: ID!) { appointment(id: $id) { startsAt proposedMoves { startsAt workers { id } } } }',
        { id },
      );
      const { startsAt, proposedMoves } = data?.['appointment'] ?? {};
      return proposedMoves.filter((move: { startsAt: string }) => move.startsAt === startsAt).length;
    };
    expect([await withColleague(hers), await withColleague(another)]).toEqual([0, 0]);
  });

  test('by what is cleared when its worker is ill', async () => {
    const ids = await ofBoth();
    for (const nth of [0, 1]) {
      const off = await act('declareUnavailability', 'DeclareUnavailabilityInput', {
        districtId: scene.districtId,
        workerId: suit.id,
        startsAt: scene.at('08:00', nth),
        endsAt: scene.at('12:00', nth),
      });
      const { id, version } = off.data?.['declareUnavailability'] ?? {};
      const cleared = await act('clearUnavailability', 'ClearUnavailabilityInput', {
        id,
        expectedVersion: version,
        how: 'MOVE',
      });
      expect(cleared.errors).toEqual([]);
    }
    const workers = await scene.sql<{ who: string[] }>(
      'select worker_ids as who from appointment where id = any ($1) order by starts_at',
      [ids],
    );
    expect(workers).toEqual([{ who: [suit.id] }, { who: [suit.id] }]);
  });

  test('at the counter', async () => {
    await ofBoth();
    const persons = await scene.sql<{ id: string }>(
      `select distinct person_id as id from appointment_person where district_id = $1`,
      [scene.districtId],
    );
    expect(persons).toHaveLength(2);
    for (const { id } of persons) expect(await timesOf(id)).toEqual([{ place: null }]);
  });

  test('on the printed list of the day', async () => {
    await ofBoth();
    const rooms = async (nth: number): Promise<string | undefined> => {
      const list = await scene.desk.send(
        'query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }',
        {
          id: scene.districtId,
          day: scene.day(nth),
        },
      );
      const line = String(list.data?.['dayList'])
        .split('\n')
        .find((text) => text.startsWith('09:00-'));
      return line?.split(' | ')[4]?.trim();
    };
    expect([await rooms(0), await rooms(1)]).toEqual(['', '']);
  });

  test('by where it is held once it is moved', async () => {
    const ids = await ofBoth();
    const opened = await act('openAvailability', 'OpenAvailabilityInput', {
      districtId: scene.districtId,
      workerId: suit.id,
      startsOn: scene.day(2),
      endsOn: scene.day(3),
      opensAt: '14:00',
      closesAt: '17:00',
      modes: ['ON_SITE'],
      place: 'Annexe',
      typeCodes: ['FIRST_RECEPTION'],
    });
    expect(opened.errors).toEqual([]);
    for (const [nth, id] of ids.entries()) {
      const moved = await act('moveAppointment', 'MoveAppointmentInput', {
        id,
        expectedVersion: 1,
        startsAt: scene.at(`1${nth + 4}:00`, 2),
      });
      expect(moved.errors).toEqual([]);
    }
    // On no board either is it in hours where it is not.
    expect(await scene.sql('select place from appointment where id = $1', [ids[0]])).toEqual([
      { place: null },
    ]);
    expect([await placeOf(ids[0], scene.desk), await placeOf(ids[1], scene.desk)]).toEqual([
      SHELTER,
      SHELTER,
    ]);
    expect([await placeOf(ids[0], asSuit), await placeOf(ids[1], asSuit)]).toEqual([SHELTER, SHELTER]);
  });
});

/** Of who stands at the counter. */
async function timesOf(personId: string): Promise<unknown> {
  const visit = await scene.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
    { input: { districtId: scene.districtId, kind: 'WALK_IN', personId } },
  );
  const times = await scene.desk.send('query ($id: ID!) { timesOfPresent(visitId: $id) { place } }', {
    id: visit.data?.['recordVisit'].id,
  });
  return times.data?.['timesOfPresent'];
}

test('the place of a meeting stands beside no name of who comes, on no list, notice or letter, and the meeting stays', async () => {
  await shelter();
  const { id: plain } = await scene.person();
  await scene.make.teamOption({ districtId: scene.districtId });
  const act = (mutation: string, type: string, input: Record<string, unknown>) =>
    scene.desk.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, { input });
  const meeting = await act('openCollectiveAppointment', 'OpenCollectiveAppointmentInput', {
    districtId: scene.districtId,
    workerIds: [worker2.id],
    typeCode: 'INFORMATION_MEETING',
    startsAt: scene.at('09:00'),
    place: SHELTER,
  });
  const id = meeting.data?.['openCollectiveAppointment'].id;
  for (const personId of [file.personId, plain]) {
    const joined = await act('joinCollectiveAppointment', 'JoinCollectiveAppointmentInput', { id, personId });
    expect(joined.errors).toEqual([]);
    await scene.make.appointmentNotice({ appointmentId: id, personId, districtId: scene.districtId });
  }
  const list = await scene.desk.send('query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }', {
    id: scene.districtId,
    day: scene.day(0),
  });
  expect(list.text).toContain('Rosa');
  expect(list.text).not.toContain('Refuge');
  const notices = await scene.desk.send(
    'query ($id: ID!) { noticesToGive(districtId: $id) { edges { node { text letter } } } }',
    { id: scene.districtId },
  );
  expect(notices.data?.['noticesToGive'].edges).toHaveLength(2);
  expect(notices.text).not.toContain('Refuge');
  // Alike of who is not sheltered: else it would tell who is.
  for (const personId of [file.personId, plain]) expect(await timesOf(personId)).toEqual([{ place: null }]);
  await scene.sql(`select prepare_dispatches(array['TEXT']::"DispatchChannel"[], 100)`);
  await scene.sql(`update dispatch set due_at = now() - interval '1 minute'`);
  await scene.sql(
    `create or replace function by_day(p_at timestamptz) returns timestamptz language sql stable as 'select p_at'`,
  );
  const sent = await scene.sql('select recipient, place from take_dispatches(100)');
  expect(sent).toContainEqual({ recipient: '06 39 98 00 01', place: null });
  expect(sent).toContainEqual({ recipient: '06 39 98 00 00', place: SHELTER });
  // Who holds it, and the desk, know where it is.
  for (const who of [scene.desk, asWorker2]) expect(await placeOf(id, who)).toBe(SHELTER);
});

test('the place of hours is the service’s own, and stays', async () => {
  await shelter();
  await scene.sql(`update availability set place = 'Annexe' where worker_id = $1`, [worker2.id]);
  const id = await booked({ workerIds: [worker2.id], place: null }, scene.desk);
  expect(await placeOf(id, scene.desk)).toBe('Annexe');
});

test('a home visit gives it to both workers, that day', async () => {
  await shelter();
  const id = await booked({ mode: 'HOME', typeCode: 'HOME_VISIT' });
  expect(await placeOf(id, asWorker2)).toBeNull();
  const toNow = `update appointment set starts_at = now() + interval '1 minute', ends_at = now() + interval '31 minutes' where id = $1`;
  await scene.sql(toNow, [id]);
  expect(await placeOf(id, asWorker2)).toBe(SHELTER);
  expect(await placeOf(id, scene.desk)).toBeNull();
});

test('it passes with the assignment, and the third lock holds by hand', async () => {
  await shelter();
  const id = await booked();
  const found = (subject: string) =>
    byHand(stage.database, `${subject}.${scene.name}`, async (hand) => [
      await hand('select from withheld_place where appointment_id = $1', [id]),
      await hand('select from appointment where id = $1 and place is not null', [id]),
      await hand('update withheld_place set worker_ids = array[viewer_worker()]'),
    ]);
  expect(await found('suit')).toEqual(['1', '0', '42501']);
  for (const subject of ['desk', 'deux']) expect(await found(subject)).toEqual(['0', '0', '42501']);
  const { id: next } = await scene.worker('suivante');
  await scene.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await scene.make.assignment({ caseId: file.id, workerId: next });
  expect(await found('suit')).toEqual(['0', '0', '42501']);
  expect(await found('suivante')).toEqual(['1', '0', '42501']);
  expect(faultOf(await asSuit.send('query ($id: ID!) { appointment(id: $id) { place } }', { id }))).toBe(
    'none',
  );
});
