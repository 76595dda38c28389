import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A place that somebody typed is on no board, list, feed, letter or notice, whoever comes. So its absence tells of no shelter. The worker who
 * typed it and the workers of the appointment read it. The workers of a home visit read it on its day.
 */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let worker2: { id: string };
let asSuit: Requester;
let asWorker2: Requester;
/** A second clerk of the desk, who has typed no place. */
let clerk: Requester;
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
  await scene.district.receptionist(`clerk.${scene.name}`);
  clerk = await scene.as('clerk');
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

/**
 * An appointment of her case, at her shelter, booked by the worker who follows her. A desk types no place any more: one that it typed before is
 * still there.
 */
async function booked(
  { place = SHELTER, ...more }: Record<string, unknown> = {},
  who = asSuit,
): Promise<string> {
  const answer = await who.send(
    'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
    {
      input: {
        districtId: scene.districtId,
        workerIds: [suit.id],
        typeCode: 'FIRST_RECEPTION',
        startsAt: scene.at('09:00'),
        personIds: [file.personId],
        place: who === scene.desk ? null : place,
        ...more,
      },
    },
  );
  if (answer.data?.['bookAppointment'] == null) throw new Error(answer.text);
  const { id } = answer.data['bookAppointment'];
  if (who === scene.desk && place !== null)
    await scene.sql(
      'update appointment set place = $2, place_by_id = (select id from worker where subject = $3) where id = $1',
      [id, place, `desk.${scene.name}`],
    );
  return id;
}

const placeOf = async (id: string, who: Requester): Promise<string | null> => {
  const answer = await who.send('query ($id: ID!) { appointment(id: $id) { id place } }', { id });
  if (answer.data?.['appointment'] == null) throw new Error(answer.text);
  return answer.data['appointment'].place;
};

/** Everything that both clerks of the desk can ask of the day, and the calendar of the appointment's worker. */
async function everywhere(id: string): Promise<string> {
  const day = scene.day(0);
  const texts: string[] = [];
  for (const who of [scene.desk, clerk]) {
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
        `query ($id: ID!) { noticesToGive(districtId: $id) { edges { node { text letter appointment { place } } } } }`,
        { id: scene.districtId },
      ),
    ];
    for (const answer of answers) {
      expect(answer.errors).toEqual([]);
      texts.push(answer.text);
    }
  }
  const feed = await asSuit.send(
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
  test.each(['somebody with a confidential address', 'anybody'])('of %s', async (who) => {
    if (who !== 'anybody') await shelter();
    const id = await booked();
    await scene.make.appointmentNotice({
      appointmentId: id,
      personId: file.personId,
      districtId: scene.districtId,
    });
    expect(await scene.sql('select place from appointment where id = $1', [id])).toEqual([{ place: null }]);
    expect(await everywhere(id)).not.toContain('Refuge');
    expect(await placeOf(id, asSuit)).toBe(SHELTER);
  });

  test('when it is written later', async () => {
    const id = await booked({ place: null });
    await scene.sql('update appointment set place = $2 where id = $1', [id, SHELTER]);
    expect(await scene.sql('select place from appointment where id = $1', [id])).toEqual([{ place: null }]);
    expect(await everywhere(id)).not.toContain('Refuge');
  });

  test('hiding somebody changes nothing of it: both clerks read the same before and after', async () => {
    await booked();
    const id = await booked({ startsAt: scene.at('10:00') }, scene.desk);
    const before = await everywhere(id);
    await shelter();
    expect((await everywhere(id)).replaceAll(/calendar\S+/g, '')).toBe(before.replaceAll(/calendar\S+/g, ''));
  });

  test('nor in a text, which is sent to a person with a confidential address once the contact is named', async () => {
    const { id: plain } = await scene.person({ phone: '06 39 98 00 12' });
    await scene.sql(`update person set phone = '06 39 98 00 11' where id = $1`, [file.personId]);
    await shelter();
    for (const [nth, personId] of [file.personId, plain].entries()) {
      const id = await booked({ personIds: [personId], startsAt: scene.at(`1${nth}:00`) }, scene.desk);
      await scene.make.appointmentNotice({ appointmentId: id, personId, districtId: scene.districtId });
    }
    const sent = async () => {
      await scene.sql(`select prepare_dispatches(array['TEXT']::"DispatchChannel"[], 100)`);
      await scene.sql(`update dispatch set due_at = now() - interval '1 minute' where status = 'DUE'`);
      return (
        await scene.sql<{ recipient: string }>('select recipient, place from take_dispatches(100)')
      ).filter(({ recipient }) => /1[12]$/.test(recipient));
    };
    // By day, whatever the hour of this test.
    await scene.sql(
      `create or replace function by_day(p_at timestamptz) returns timestamptz language sql stable as 'select p_at'`,
    );
    expect(await sent()).toEqual([{ recipient: '06 39 98 00 12', place: null }]);
    const [{ version } = { version: 0 }] = await scene.sql<{ version: number }>(
      'select version from person where id = $1',
      [file.personId],
    );
    const said = await asSuit.send(
      'mutation ($input: SetSafeContactInput!) { setSafeContact(input: $input) { id } }',
      { input: { personId: file.personId, expectedVersion: version, safeContact: 'NEUTRAL_TEXT' } },
    );
    expect(said.errors).toEqual([]);
    expect(await sent()).toEqual([{ recipient: '06 39 98 00 11', place: null }]);
  });

  test('nor on the calendar of the person, nor in their account, hidden or not', async () => {
    const scopes = ['cases:read', 'appointments:read', 'persons:read'];
    const rosa = await scene.asPerson(file.personId, 'rosa', scopes);
    const [typed, plain] = [await booked(), await booked({ startsAt: scene.at('10:00'), place: null })];
    await scene.sql('update appointment_person set show_online = true where appointment_id = any ($1)', [
      [typed, plain],
    ]);
    const feed = await rosa.send(
      'mutation ($input: OpenCalendarFeedInput!) { openCalendarFeed(input: $input) { address } }',
      { input: {} },
    );
    const both = async () => {
      const text = await calendar(feed.data?.['openCalendarFeed'].address);
      expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
      // The appointment without a typed place has the address of the district.
      expect(text.match(/^LOCATION.*$/gm)).toHaveLength(1);
      expect(text).not.toContain('Refuge');
      for (const id of [typed, plain]) expect(await placeOf(id, rosa)).toBeNull();
      return text.replaceAll(/^DTSTAMP.*$/gm, '');
    };
    const before = await both();
    await shelter();
    expect(await both()).toBe(before);
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
  for (const who of [scene.desk, clerk]) {
    const read = await who.send('query ($id: ID!) { appointment(id: $id) { participants { kind mode } } }', {
      id,
    });
    expect(read.data?.['appointment'].participants).toEqual([{ kind: 'INTERPRETER', mode: 'ON_SITE' }]);
    const fields = await who.send('{ __type(name: "AppointmentParticipant") { fields { name } } }', {});
    expect(fields.text).not.toContain('place');
  }
});

test('the desk types none, and is answered as of anyone', async () => {
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
  const answer = await ask(file.personId, '09:00');
  expect(answer).toContain('input.place');
  expect(answer).toBe(await ask(plain, '09:30'));
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

  test('by whom the desk may give it to: a typed place changes nothing', async () => {
    const [hers, another] = await ofBoth();
    const untyped = await booked(
      { workerIds: [suit.id], startsAt: scene.at('09:30'), place: null },
      scene.desk,
    );
    for (const who of [scene.desk, clerk]) {
      const withColleague = async (id: string) => {
        const { data } = await who.send(
          'query ($id: ID!) { appointment(id: $id) { place startsAt proposedMoves { startsAt workers { id } } } }',
          { id },
        );
        const { startsAt, proposedMoves } = data?.['appointment'] ?? {};
        return proposedMoves.filter((move: { startsAt: string }) => move.startsAt === startsAt).length;
      };
      expect([await withColleague(hers), await withColleague(another), await withColleague(untyped)]).toEqual(
        [1, 1, 1],
      );
    }
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
    await scene.make.districtPlace({ districtId: scene.districtId, place: 'Annexe' });
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
    expect([await placeOf(ids[0], clerk), await placeOf(ids[1], clerk)]).toEqual([null, null]);
  });

  test('by giving it to a colleague: a worker whom the desk puts there reads no place that another worker typed', async () => {
    await shelter();
    const [hers, another] = [
      await booked({ startsAt: scene.at('09:00') }, scene.desk),
      await booked({ personIds: [(await scene.person()).id], startsAt: scene.at('09:30') }, scene.desk),
    ];
    for (const [nth, id] of [hers, another].entries()) {
      const moved = await clerk.send(
        'mutation ($input: MoveAppointmentInput!) { moveAppointment(input: $input) { id } }',
        {
          input: {
            id,
            expectedVersion: 1,
            startsAt: scene.at(`1${nth}:00`, 1),
            workerId: worker2.id,
          },
        },
      );
      expect(moved.errors).toEqual([]);
      expect(await placeOf(id, asWorker2)).toBeNull();
      expect(await placeOf(id, scene.desk)).toBe(SHELTER);
    }
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
  await scene.sql(`update person set phone = '06 39 98 00 21' where id = $1`, [file.personId]);
  await shelter();
  const { id: plain } = await scene.person({ phone: '06 39 98 00 22' });
  await scene.make.teamOption({ districtId: scene.districtId });
  const act = (mutation: string, type: string, input: Record<string, unknown>) =>
    scene.desk.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, { input });
  const meeting = await asWorker2.send(
    'mutation ($input: OpenCollectiveAppointmentInput!) { openCollectiveAppointment(input: $input) { id } }',
    {
      input: {
        districtId: scene.districtId,
        workerIds: [worker2.id],
        typeCode: 'INFORMATION_MEETING',
        startsAt: scene.at('09:00'),
        place: SHELTER,
      },
    },
  );
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
  const sent = await scene.sql<{ recipient: string }>('select recipient, place from take_dispatches(100)');
  // Nothing is sent to the number that was known before she was hidden, and no text names a typed place.
  expect(sent.filter(({ recipient }) => /2[12]$/.test(recipient))).toEqual([
    { recipient: '06 39 98 00 22', place: null },
  ]);
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
  for (const hidden of [false, true]) {
    if (hidden) await shelter();
    const id = await booked({ mode: 'HOME', typeCode: 'HOME_VISIT', workerIds: [suit.id, worker2.id] });
    expect(await placeOf(id, asWorker2)).toBeNull();
    const toNow = `update appointment set starts_at = now() + interval '1 minute', ends_at = now() + interval '31 minutes' where id = $1`;
    await scene.sql(toNow, [id]);
    expect(await placeOf(id, asWorker2)).toBe(SHELTER);
    expect(await placeOf(id, scene.desk)).toBeNull();
    await scene.sql('delete from occupancy where appointment_id = $1', [id]);
  }
});

test('the third lock holds without the API', async () => {
  const id = await booked({ workerIds: [suit.id] }, scene.desk);
  const found = (subject: string) =>
    byHand(stage.database, `${subject}.${scene.name}`, async (hand) => [
      await hand('select from withheld_place where appointment_id = $1', [id]),
      await hand('select from appointment where id = $1 and place is not null', [id]),
      await hand('update withheld_place set worker_ids = array[viewer_worker()]'),
    ]);
  for (const subject of ['suit', 'desk']) expect(await found(subject)).toEqual(['1', '0', '42501']);
  for (const subject of ['clerk', 'deux']) expect(await found(subject)).toEqual(['0', '0', '42501']);
});
