import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { ahead } from '../support/days.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A home visit gives its address to both workers, that day, and to nobody else. One that nobody has checked in thirty minutes after its
 * end shows its address to the head and to who is on duty, and the log says so.
 */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let deux: { id: string };
let asSuit: Requester;
let asDeux: Requester;
let asHead: Requester;
let file: BuiltCase;
const HIDDEN = '7 impasse Cachée, 93999 Nulleville';
const OPEN = '1 rue Claire, 93270 Sevran';

beforeAll(async () => {
  stage = await raiseStage();
  // A county may let its desks book home visits.
  await stage.database.sql(
    `update appointment_type set bookable_by = bookable_by || '{RECEPTIONIST}' where code = 'HOME_VISIT'`,
  );
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 20, slots: 6 });
  suit = await builder;
  file = await builder.case();
  deux = await scene.worker('deux', { days: 20, slots: 6 });
  await scene.district.head(`tête.${scene.name}`);
  [asSuit, asDeux, asHead] = [await scene.as('suit'), await scene.as('deux'), await scene.as('tête')];
});
afterAll(() => stage.close());

const address = (line: string, confidential: boolean, caseId: string | null = null) =>
  scene.make.personAddress({
    personId: file.personId,
    line,
    postalCode: confidential ? '93999' : '93270',
    city: confidential ? 'Nulleville' : 'Sevran',
    confidential,
    caseId,
  });
const sheltered = () => address('7 impasse Cachée', true, file.id);
const openly = () => address('1 rue Claire', false);

const send = (who: Requester, mutation: string, type: string, input: unknown): Promise<Answer> =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, { input });

const idOf = (answer: Answer): string => {
  const id = answer.data?.['bookAppointment']?.id;
  if (id === undefined) throw new Error(answer.text);
  return id;
};
const soon = (minutes = 1) => new Date(Date.now() + minutes * 60_000).toISOString();

/** A home visit of her case, where nobody has typed a place, by who follows her and worker2. */
const visit = (who: Requester, more: Record<string, unknown> = {}): Promise<Answer> =>
  send(who, 'bookAppointment', 'BookAppointmentInput', {
    districtId: scene.districtId,
    workerIds: [suit.id, deux.id],
    typeCode: 'HOME_VISIT',
    mode: 'HOME',
    startsAt: soon(),
    caseId: file.id,
    personIds: [file.personId],
    ...more,
  });

const placeOf = async (id: string, who: Requester): Promise<string | null> => {
  const answer = await who.send('query ($id: ID!) { appointment(id: $id) { id place } }', { id });
  if (answer.data?.['appointment'] == null) throw new Error(answer.text);
  return answer.data['appointment'].place;
};
const inLog = (action: string) =>
  scene.sql<{ actor: string; person: string; case: string }>(
    `select distinct actor_id as actor, person_id as person, case_id as "case" from access_log where action = $1 and person_id = $2`,
    [action, file.personId],
  );

describe('the address reaches both workers of a home visit, that day, though nobody has typed a place', () => {
  test('where it is confidential', async () => {
    await sheltered();
    const id = idOf(await visit(asSuit));
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([HIDDEN, HIDDEN]);
    expect(await placeOf(id, scene.desk)).toBeNull();
    const list = await scene.desk.send('query ($id: ID!) { dayList(districtId: $id) }', {
      id: scene.districtId,
    });
    expect(list.text).not.toContain('Cachée');
    expect((await inLog('READ_WITHHELD_PLACE')).map(({ actor }) => actor).sort()).toEqual(
      [suit.id, deux.id].sort(),
    );
  });

  test('where it is open', async () => {
    await openly();
    const id = idOf(await visit(asSuit));
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([OPEN, OPEN]);
    expect(await placeOf(id, scene.desk)).toBeNull();
  });

  test('where it becomes confidential after the visit was booked', async () => {
    const id = idOf(await visit(asSuit));
    await send(asSuit, 'setPersonAddress', 'SetPersonAddressInput', {
      personId: file.personId,
      expectedVersion: 0,
      line: '7 impasse Cachée',
      postalCode: '93999',
      city: 'Nulleville',
      confidential: true,
    });
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([HIDDEN, HIDDEN]);
  });

  test('on its day only', async () => {
    await sheltered();
    const id = idOf(await visit(asSuit, { startsAt: scene.at('09:00', 5) }));
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([null, null]);
    await send(asSuit, 'moveAppointment', 'MoveAppointmentInput', {
      id,
      startsAt: soon(),
      expectedVersion: 1,
    });
    expect(await placeOf(id, asDeux)).toBe(HIDDEN);
  });

  test('not once it is called off', async () => {
    await sheltered();
    const id = idOf(await visit(asSuit));
    await scene.sql(`update appointment set status = 'CANCELLED_BY_PERSON' where id = $1`, [id]);
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([null, null]);
  });

  test('what somebody has typed comes first', async () => {
    await sheltered();
    const id = idOf(await visit(asSuit, { place: 'Parc de la mairie' }));
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([
      'Parc de la mairie',
      'Parc de la mairie',
    ]);
  });
});

describe('a shelter is not read by a home visit of one’s own making', () => {
  beforeEach(async () => {
    await sheltered();
  });

  test('nor by naming who follows her as the second worker, nor with her case', async () => {
    for (const [workerIds, caseId] of [
      [[deux.id], null],
      [[deux.id], file.id],
      [[deux.id, suit.id], file.id],
    ] as const) {
      const id = idOf(await visit(asDeux, { workerIds, caseId }));
      expect(await placeOf(id, asDeux)).toBeNull();
      await scene.sql('delete from occupancy where appointment_id = $1', [id]);
    }
    // Nor once who follows her says the address again, which is no word about the visit.
    await scene.sql('update person_address set line = line where person_id = $1', [file.personId]);
    const [row] = await scene.sql<{ id: string }>(
      'select appointment_id as id from appointment_person where person_id = $1 limit 1',
      [file.personId],
    );
    expect(await placeOf(row?.id ?? '', asDeux)).toBeNull();
  });

  test('nor with a second case of one’s own', async () => {
    const caseId = await scene.make.case({ districtId: scene.districtId });
    await scene.make.casePerson({ caseId, personId: file.personId });
    await scene.make.assignment({ caseId, workerId: deux.id });
    for (const workerIds of [[deux.id], [deux.id, suit.id]]) {
      const id = idOf(await visit(asDeux, { workerIds, caseId }));
      expect(await placeOf(id, asDeux)).toBeNull();
      await scene.sql('delete from occupancy where appointment_id = $1', [id]);
    }
  });

  test('nor by the desk’s word without who follows her; that worker’s word gives it', async () => {
    const id = idOf(await visit(scene.desk, { workerIds: [deux.id] }));
    expect(await placeOf(id, asDeux)).toBeNull();
    expect(
      faultOf(await send(asSuit, 'confirmAppointment', 'VersionedInput', { id, expectedVersion: 1 })),
    ).toBe('none');
    expect(await placeOf(id, asDeux)).toBe(HIDDEN);
  });

  test('nor by the desk that passes on a visit of who follows her', async () => {
    const goesTo = async (): Promise<unknown> =>
      (await scene.sql<{ to: string | null }>('select home_case($1, true) as "to"', [id]))[0]?.to;
    const at = (time: string) => ({ startsAt: scene.at(time, 3), caseId: null });
    // Her hours are for home visits as well.
    await scene.sql(`update availability set modes = modes || '{HOME}' where worker_id = $1`, [deux.id]);
    await scene.sql(
      `insert into availability_type (availability_id, type_code) select id, 'HOME_VISIT' from availability where worker_id = $1`,
      [deux.id],
    );
    await scene.sql(
      `with gone as (delete from availability_occurrence o using availability v where v.id = o.availability_id and v.worker_id = $1
         returning o.availability_id, o.starts_at, o.ends_at)
       insert into availability_occurrence (availability_id, starts_at, ends_at) select * from gone`,
      [deux.id],
    );
    const id = idOf(await visit(scene.desk, { workerIds: [suit.id], ...at('09:00') }));
    await send(asSuit, 'expectReturn', 'ExpectReturnInput', {
      id,
      expectedVersion: 1,
      expectedBackAt: scene.at('10:30', 3),
    });
    expect(await goesTo()).toBe(file.id);
    const passed = await send(scene.desk, 'moveAppointment', 'MoveAppointmentInput', {
      id,
      startsAt: scene.at('09:30', 3),
      workerId: deux.id,
      expectedVersion: 2,
    });
    expect(passed.errors).toEqual([]);
    expect(await goesTo()).toBeNull();
  });

  test('nor by the desk that confirms it; who follows her reads where they go, and says so by when they are back', async () => {
    const id = idOf(await visit(asDeux, { workerIds: [deux.id, suit.id], caseId: null }));
    const confirmed = await send(scene.desk, 'confirmAppointment', 'VersionedInput', {
      id,
      expectedVersion: 1,
    });
    expect(faultOf(confirmed)).toBe('none');
    expect([await placeOf(id, asSuit), await placeOf(id, asDeux)]).toEqual([HIDDEN, null]);
    const said = await send(asSuit, 'expectReturn', 'ExpectReturnInput', {
      id,
      expectedVersion: 2,
      expectedBackAt: soon(150),
    });
    expect(faultOf(said)).toBe('none');
    expect(await placeOf(id, asDeux)).toBe(HIDDEN);
  });

  test('nor by putting who follows her down for a visit from which she falls ill', async () => {
    const hours = [suit.id, deux.id];
    await scene.sql(`update availability set modes = modes || '{HOME}' where worker_id = any ($1)`, [hours]);
    const id = idOf(
      await visit(asDeux, { workerIds: [deux.id, suit.id], caseId: null, startsAt: scene.at('09:00', 3) }),
    );
    const off = await asSuit.send(
      'mutation ($input: DeclareUnavailabilityInput!) { declareUnavailability(input: $input) { id version } }',
      {
        input: {
          workerId: suit.id,
          districtId: scene.districtId,
          startsAt: scene.at('08:00', 3),
          endsAt: scene.at('10:30', 3),
        },
      },
    );
    const { id: ill, version } = off.data?.['declareUnavailability'] ?? {};
    const cleared = await send(asSuit, 'clearUnavailability', 'ClearUnavailabilityInput', {
      id: ill,
      expectedVersion: version,
      how: 'MOVE',
    });
    expect(cleared.errors).toEqual([]);
    expect(
      await scene.sql('select from home_word where appointment_id = $1 and case_id is not null', [id]),
    ).toEqual([]);
  });

  test('nor by a word from before the case was theirs, nor once the relay of who said so is over', async () => {
    const tiers = await scene.worker('tiers', { days: 20, slots: 6 });
    const said = idOf(await visit(await scene.as('tiers'), { workerIds: [tiers.id, deux.id], caseId: null }));
    await scene.sql(`update "case" set assigned_worker_id = $2 where id = $1`, [file.id, tiers.id]);
    const goesTo = async (id: string) =>
      (await scene.sql<{ to: string | null }>('select home_case($1, true) as "to"', [id]))[0]?.to;
    expect(await goesTo(said)).toBeNull();
    await scene.sql(`update "case" set assigned_worker_id = $2 where id = $1`, [file.id, suit.id]);

    await scene.make.absence({ workerId: suit.id, districtId: scene.districtId, endsAt: ahead(9) });
    await scene.make.relay({ districtId: scene.districtId, absentWorkerId: suit.id, standInId: tiers.id });
    const relayed = idOf(
      await visit(await scene.as('tiers'), {
        workerIds: [tiers.id, deux.id],
        caseId: null,
        startsAt: soon(120),
      }),
    );
    expect(await goesTo(relayed)).toBe(file.id);
    // The column holds milliseconds, and rounds: now() itself may lie half a millisecond ahead of the question.
    await scene.sql(`update relay set ends_at = now() - interval '1 ms' where stand_in_id = $1`, [tiers.id]);
    expect(await goesTo(relayed)).toBeNull();
  });

  test('nor by moving it to today, nor by hand', async () => {
    const id = idOf(await visit(asSuit, { startsAt: scene.at('09:00', 5) }));
    await send(asDeux, 'moveAppointment', 'MoveAppointmentInput', {
      id,
      startsAt: soon(),
      expectedVersion: 1,
    });
    expect(await placeOf(id, asDeux)).toBeNull();
    const other = idOf(
      await visit(asSuit, { typeCode: 'FIRST_RECEPTION', mode: 'ON_SITE', startsAt: soon(90) }),
    );
    const found = await byHand(stage.database, `deux.${scene.name}`, async (hand) => [
      await hand(`update appointment set mode = 'HOME', version = version + 1 where id = $1`, [other]),
      await hand('select from home_addresses(array[$1::uuid])', [other]),
      await hand('select from home_address($1, $2)', [other, file.id]),
      await hand('select from home_word'),
      await hand('select begin_home_visit($1)', [other]),
      await hand('select home_case($1, true)', [other]),
    ]);
    expect(found).toEqual(['1', '0', '42501', '42501', '42501', '42501']);
  });
});

const LATE = `query ($id: ID!) { homeVisitsNotBack(districtId: $id) { id endsAt place workers { id } } }`;
const late = (who: Requester) => who.send(LATE, { id: scene.districtId });
/** The visit has ended so many minutes ago. Time passes by nobody's word: no trigger takes this for a move. */
const ended = (id: string, minutes: number) =>
  scene.sql(`begin; set local session_replication_role = replica;
    update appointment set starts_at = now() - interval '${minutes + 30} minutes', ends_at = now() - interval '${minutes} minutes'
      where id = '${id}';
    commit`);
/** The desk sends a person to a worker. */
const sendTo = async (workerId: string) => {
  const { id } = await scene.district.person({ givenName: 'Ana' });
  return scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
    input: { districtId: scene.districtId, kind: 'WALK_IN', personId: id, workerId },
  });
};
/** The desk sent a person to the worker before any visit of the test was overdue. */
const onDuty = async (workerId: string) => {
  await sendTo(workerId);
  await scene.sql(`update person_known set known_from = now() - interval '1 hour' where worker_id = $1`, [
    workerId,
  ]);
};
const placesRead = async (who: Requester) =>
  ((await late(who)).data?.['homeVisitsNotBack'] ?? []).map((row: { place: string | null }) => row.place);
/** How often a worker was told that somebody read the address. */
const told = async (workerId: string) =>
  (
    await scene.sql(`select from notification where worker_id = $1 and kind::text = 'ADDRESS_READ'`, [
      workerId,
    ])
  ).length;

describe('a visit that nobody has checked in thirty minutes after its end', () => {
  let id: string;
  let garde: { id: string };
  let asGarde: Requester;
  const shown = () => [
    { id, endsAt: expect.any(String), place: HIDDEN, workers: [{ id: suit.id }, { id: deux.id }] },
  ];

  beforeEach(async () => {
    await sheltered();
    id = idOf(await visit(asSuit));
    garde = await scene.worker('garde');
    asGarde = await scene.as('garde');
    await onDuty(garde.id);
  });

  test('shows its address to the head and the duty worker, and the log says to whom', async () => {
    await ended(id, 31);
    for (const who of [asHead, asGarde]) {
      const answer = await late(who);
      expect(answer.errors).toEqual([]);
      const [found] = answer.data?.['homeVisitsNotBack'] ?? [];
      found.workers.sort((a: { id: string }) => (a.id === suit.id ? -1 : 1));
      expect([found]).toEqual(shown());
    }
    const lines = await inLog('READ_HOME_VISIT_NOT_BACK');
    expect(lines).toHaveLength(2);
    expect(lines.every((line) => line.person === file.personId && line.case === file.id)).toBe(true);
  });

  test('and nothing before the thirty minutes, nor once the return is recorded, nor of what was called off', async () => {
    await ended(id, 29);
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toEqual([]);
    expect(await inLog('READ_HOME_VISIT_NOT_BACK')).toEqual([]);
    await ended(id, 31);
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toHaveLength(1);
    await scene.sql(`update appointment set status = 'CANCELLED_BY_PERSON' where id = $1`, [id]);
    await scene.sql(`update appointment set status_at = starts_at - interval '1 hour' where id = $1`, [id]);
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toEqual([]);
    await scene.sql(`update appointment set status = 'BOOKED' where id = $1`, [id]);
    expect(faultOf(await send(asSuit, 'recordReturn', 'VersionedInput', { id, expectedVersion: 1 }))).toBe(
      'none',
    );
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toEqual([]);
  });

  test('calling it off while they are out does not hide them', async () => {
    await ended(id, 31);
    await scene.sql(`update appointment set status = 'CANCELLED_BY_SERVICE' where id = $1`, [id]);
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toHaveLength(1);
  });

  test('nor of the day before yesterday', async () => {
    await ended(id, 2 * 24 * 60 + 1);
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toEqual([]);
  });

  test('nor to the desk, a colleague, who calls oneself on duty, or another district', async () => {
    await ended(id, 31);
    const colleague = await scene.worker('tiers');
    const asColleague = await scene.as('tiers');
    await asColleague.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
      input: {
        districtId: scene.districtId,
        kind: 'WALK_IN',
        personId: file.personId,
        workerId: colleague.id,
      },
    });
    expect((await late(asColleague)).data?.['homeVisitsNotBack']).toEqual([]);
    expect(faultOf(await late(scene.desk))).toBe('FORBIDDEN');
    const other = await stage.scene();
    await other.district.head(`tête.${other.name}`);
    expect(faultOf(await late(await other.as('tête')))).toBe('FORBIDDEN');
    const [hands] = await Promise.all(
      ['tiers', 'desk'].map((subject) =>
        byHand(stage.database, `${subject}.${scene.name}`, async (hand) => [
          await hand('select from home_visits_not_back($1)', [scene.districtId]),
          await hand('select from home_address($1, $2)', [id, file.id]),
        ]),
      ),
    );
    expect(hands).toEqual(['0', '42501']);
  });

  describe('what a colleague books with who follows her, who has not said a word, tells nobody the shelter', () => {
    let made: string;
    const passes = () => ended(made, 31);
    const expectNoShelter = async () => {
      await onDuty(deux.id);
      for (const who of [asHead, asGarde, asDeux]) {
        const rows = (await late(who)).data?.['homeVisitsNotBack'];
        expect(rows.find((row: { id: string }) => row.id === made)).toMatchObject({ place: null });
      }
    };
    const theirs = () => visit(asDeux, { workerIds: [deux.id, suit.id], caseId: null, startsAt: soon(120) });

    test('as it is', async () => {
      made = idOf(await theirs());
      await passes();
      await expectNoShelter();
    });

    test('where the address was open, and who follows her hides it afterwards', async () => {
      await scene.sql('delete from person_address where person_id = $1', [file.personId]);
      await openly();
      made = idOf(await theirs());
      await send(asSuit, 'setPersonAddress', 'SetPersonAddressInput', {
        personId: file.personId,
        expectedVersion: 1,
        line: '7 impasse Cachée',
        postalCode: '93999',
        city: 'Nulleville',
        confidential: true,
      });
      await passes();
      await expectNoShelter();
    });

    test('where the desk confirms and moves it', async () => {
      made = idOf(await theirs());
      await send(scene.desk, 'confirmAppointment', 'VersionedInput', { id: made, expectedVersion: 1 });
      const moved = await send(scene.desk, 'moveAppointment', 'MoveAppointmentInput', {
        id: made,
        startsAt: soon(180),
        expectedVersion: 2,
      });
      expect(faultOf(moved)).toBe('none');
      await passes();
      await expectNoShelter();
    });

    test('where who follows her says what became of it', async () => {
      made = idOf(await theirs());
      await scene.sql(`begin; set local session_replication_role = replica;
        update appointment set starts_at = now() - interval '10 minutes', ends_at = now() + interval '50 minutes' where id = '${made}';
        commit`);
      const said = await send(asSuit, 'recordOutcome', 'RecordOutcomeInput', {
        id: made,
        outcome: 'NOT_HONOURED',
        expectedVersion: 1,
      });
      expect(faultOf(said)).toBe('none');
      expect(await placeOf(made, asDeux)).toBeNull();
      await passes();
      await expectNoShelter();
    });
  });

  test('who went alone and says how it went is back: the list is none of whom one missed', async () => {
    await scene.sql('delete from appointment_worker where appointment_id = $1 and worker_id = $2', [
      id,
      deux.id,
    ]);
    await ended(id, 31);
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toHaveLength(1);
    const [{ version } = { version: 0 }] = await scene.sql<{ version: number }>(
      'select version from appointment where id = $1',
      [id],
    );
    const said = { id, outcome: 'NOT_HONOURED', expectedVersion: version };
    expect(faultOf(await send(asSuit, 'recordOutcome', 'RecordOutcomeInput', said))).toBe('none');
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toEqual([]);
  });

  test('of two who went, neither says for the other that they are back', async () => {
    await ended(id, 31);
    const said = { id, outcome: 'HONOURED', expectedVersion: 1 };
    expect(faultOf(await send(asDeux, 'recordOutcome', 'RecordOutcomeInput', said))).toBe('none');
    expect((await late(asHead)).data?.['homeVisitsNotBack']).toHaveLength(1);
  });

  test('the desk books a visit for the worker who follows her alone: the worker’s word gives the address, and not the booking', async () => {
    const made = idOf(await visit(scene.desk, { workerIds: [suit.id], caseId: null, startsAt: soon(120) }));
    const place = async () =>
      (await late(asHead)).data?.['homeVisitsNotBack'].find((row: { id: string }) => row.id === made)?.place;
    const word = { id: made, expectedVersion: 1, expectedBackAt: soon(240) };
    await ended(made, 31);
    expect(await place()).toBeNull();
    await scene.sql(`begin; set local session_replication_role = replica;
      update appointment set starts_at = now() + interval '2 hours', ends_at = now() + interval '3 hours' where id = '${made}'; commit`);
    expect(faultOf(await send(asSuit, 'expectReturn', 'ExpectReturnInput', word))).toBe('none');
    await ended(made, 31);
    expect(await place()).toBe(HIDDEN);
  });

  test('the worker who follows her is told that somebody reads where they went, once an hour at most', async () => {
    await ended(id, 31);
    expect(await told(suit.id)).toBe(0);
    expect(await placesRead(asHead)).toEqual([HIDDEN]);
    expect(await told(suit.id)).toBe(1);
    await scene.sql(
      `update notification set created_at = now() - interval '61 minutes' where worker_id = $1`,
      [suit.id],
    );
    for (const who of [asGarde, asHead]) expect(await placesRead(who)).toEqual([HIDDEN]);
    expect(await told(suit.id)).toBe(2);
  });

  describe('the attack: the desk moves a visit with a word to today, nobody goes, and the alarm comes', () => {
    const movedToToday = async (who: Requester, more: Record<string, unknown> = {}) => {
      await ended(id, -600);
      const made = idOf(
        await visit(asSuit, { workerIds: [suit.id], startsAt: scene.at('09:00', 5), ...more }),
      );
      const moved = await send(who, 'moveAppointment', 'MoveAppointmentInput', {
        id: made,
        startsAt: soon(180),
        expectedVersion: 1,
      });
      expect(faultOf(moved)).toBe('none');
      await ended(made, 31);
    };

    test('nobody reads the shelter, and nobody is told that it was read', async () => {
      await movedToToday(scene.desk);
      for (const who of [asHead, asGarde]) expect(await placesRead(who)).toEqual([null]);
      expect(await told(suit.id)).toBe(0);
    });

    test('nobody reads a place that the worker who follows her has typed', async () => {
      await movedToToday(scene.desk, { place: HIDDEN });
      for (const who of [asHead, asGarde]) expect(await placesRead(who)).toEqual([null]);
    });

    test('if the worker who follows her moves it, the alarm finds the worker', async () => {
      await movedToToday(asSuit, { place: HIDDEN });
      for (const who of [asHead, asGarde]) expect(await placesRead(who)).toEqual([HIDDEN]);
      expect(await told(suit.id)).toBe(1);
    });
  });

  test('the desk puts nobody on duty by sending somebody: not once the visit is overdue, nor a third worker in half a day', async () => {
    const friends = await Promise.all(['ami', 'deuxième', 'troisième'].map((name) => scene.worker(name)));
    const as = (name: string) => scene.as(name);
    await ended(id, 31);
    await sendTo(friends[0]?.id ?? '');
    // Shortly after midnight in Paris the visit is one of yesterday, and every duty worker of the new day looks for its worker.
    const [night] = await scene.sql<{ passed: boolean }>(
      `select day_in_paris(ends_at) < day_in_paris(now()) as passed from appointment where id = $1`,
      [id],
    );
    expect(await placesRead(await as('ami'))).toEqual([night?.passed === true ? HIDDEN : null]);
    expect(await told(suit.id)).toBe(night?.passed === true ? 1 : 0);
    // The desk sent somebody to two workers before: the next one is not on duty, and reads nothing.
    await scene.sql('delete from person_known where worker_id = $1', [friends[0]?.id]);
    for (const friend of friends.slice(1)) await onDuty(friend.id);
    await scene.sql(
      `update person_known set known_from = now() - interval '59 minutes' where worker_id = $1`,
      [friends[2]?.id],
    );
    expect(await placesRead(await as('deuxième'))).toEqual([HIDDEN]);
    expect(await placesRead(await as('troisième'))).toEqual([]);
    // A worker who receives somebody whom they follow, or by appointment, is not on duty by this.
    await scene.sql('delete from person_known where worker_id = any ($1)', [[garde.id, friends[1]?.id]]);
    expect(await placesRead(await as('troisième'))).toEqual([HIDDEN]);
    await scene.sql(
      `update visit set appointment_id = $2 where worker_id = $1 and id = (select source_id from person_known where worker_id = $1)`,
      [friends[2]?.id, id],
    );
    expect(await placesRead(await as('troisième'))).toEqual([]);
  });

  test('a visit that a colleague moves is a new one, within the day or to another day', async () => {
    const day = 3;
    const made = idOf(await visit(asSuit, { startsAt: scene.at('09:00', day) }));
    const goesTo = async () =>
      (await scene.sql<{ to: string | null }>('select home_case($1, true) as "to"', [made]))[0]?.to;
    const move = (startsAt: string, expectedVersion: number) =>
      send(asDeux, 'moveAppointment', 'MoveAppointmentInput', { id: made, startsAt, expectedVersion });
    expect(await goesTo()).toBe(file.id);
    expect(faultOf(await move(scene.at('10:30', day), 1))).toBe('none');
    expect(await goesTo()).toBeNull();
    await send(asSuit, 'moveAppointment', 'MoveAppointmentInput', {
      id: made,
      startsAt: scene.at('09:30', day),
      expectedVersion: 2,
    });
    expect(await goesTo()).toBe(file.id);
    expect(faultOf(await move(scene.at('10:30', day + 1), 3))).toBe('none');
    expect(await goesTo()).toBeNull();
  });

  test('an open address is not told of a visit of one’s own making', async () => {
    await scene.sql('delete from person_address where person_id = $1', [file.personId]);
    await openly();
    const tiers = await scene.worker('tiers', { days: 20, slots: 6 });
    const made = idOf(
      await visit(await scene.as('tiers'), { workerIds: [tiers.id], caseId: null, startsAt: soon(120) }),
    );
    await ended(made, 31);
    await onDuty(tiers.id);
    for (const who of [asHead, await scene.as('tiers')]) {
      const rows = (await late(who)).data?.['homeVisitsNotBack'];
      expect(rows.find((row: { id: string }) => row.id === made)).toMatchObject({ place: null });
    }
  });

  test('what the desk of a friend books of her case tells a head no shelter', async () => {
    const made = idOf(await visit(scene.desk, { workerIds: [deux.id], startsAt: soon(120) }));
    await ended(made, 31);
    const rows = (await late(asHead)).data?.['homeVisitsNotBack'];
    expect(rows.find((row: { id: string }) => row.id === made)).toMatchObject({ place: null });
  });
});
