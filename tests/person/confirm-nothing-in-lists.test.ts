import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cancel } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * "Confirm nothing" is said of one of twelve people who wait and have an appointment. A receptionist compares yesterday's lists with today's.
 * Meanwhile two others withdraw and cancel, and two people ask and book without a name. The lists must not tell her from these.
 */
let stage: Stage;
let scene: Scene;
let desk2: Requester;
let head: Requester;
let asSuit: Requester;
let asColleague: Requester;
let colleague: { id: string };
let suit: { id: string };
let files: BuiltCase[];
let hers: BuiltCase;
/** The request and the appointment of each person. */
let asked: string[];
let booked: string[];

const WAITS = `id status urgency rank askedAt askedBy closedAt publicLabel mode wantedFrom wantedUntil caseWorkerOnly shortNoticeFrom
  shortNoticeUntil presentUntil showOnline version district { id } person { id displayName }`;
const PAPER = `reference calledName contact phone dutyWorker { id } offers { id } skips { id } appointment { id }`;
const MEETS = `id status startsAt endsAt mode place publicLabel askedBy bookedAt cancellationReason expectedBackAt version
  warnings participants { kind } workers { id } persons { id displayName }`;

type Row = Record<string, unknown> & { readonly id: string };

async function list(who: Requester, root: string, fields: string): Promise<Row[]> {
  const answer = await who.send(`{ ${root} { edges { cursor node { ${fields} } } } }`);
  const [name = ''] = root.split('(');
  return answer.data?.[name].edges.map(({ node, cursor }: { node: Row; cursor: string }) => ({
    ...node,
    cursorHasId: Buffer.from(cursor, 'base64url').toString('utf8').includes(node.id),
  }));
}

const waiting = (who: Requester, paper = PAPER): Promise<Row[]> =>
  list(who, `waitingList(first: 100, districtId: "${scene.districtId}")`, `${WAITS} ${paper}`);
const meetings = (who: Requester): Promise<Row[]> =>
  list(who, `appointments(first: 100, filter: { districtId: "${scene.districtId}" })`, MEETS);

/** Reads a field that is closed to the viewer as null. */
async function one(who: Requester, root: string, id: string, fields: string): Promise<Row | null> {
  const answer = await who.send(`query ($id: ID!) { ${root}(id: $id) { ${fields} } }`, { id });
  return answer.data?.[root];
}

const confirmNothing = async (on = true, who = asSuit): Promise<void> => {
  const answer = await who.send(
    'mutation ($input: SetConfirmNothingInput!) { setConfirmNothing(input: $input) { id } }',
    { input: { personId: hers.personId, confirmNothing: on } },
  );
  expect(answer.errors).toEqual([]);
};

/** A row without its own id and the instants of this minute, which are new in every row. */
const looks = (row: Row | null, ...more: string[]): Record<string, unknown> => {
  const rest: Record<string, unknown> = { ...row };
  for (const key of ['id', 'askedAt', 'closedAt', 'bookedAt', 'startsAt', 'endsAt', 'rank', ...more])
    delete rest[key];
  if (typeof rest['reference'] === 'string') rest['reference'] = rest['reference'].replace(/[A-Z0-9]/g, 'X');
  return rest;
};

const isNameless = (row: Row): boolean =>
  row['person'] === null || (Array.isArray(row['persons']) && row['persons'].length === 0);

/** The rows that are in both lists, and have lost or got a name. */
const changed = (before: readonly Row[], after: readonly Row[]): readonly string[] =>
  after
    .filter((row) => before.some((old) => old.id === row.id && isNameless(old) !== isNameless(row)))
    .map(({ id }) => id);

const gone = (before: readonly Row[], after: readonly Row[]): string[] =>
  before.map(({ id }) => id).filter((id) => !after.some((row) => row.id === id));
const added = (before: readonly Row[], after: readonly Row[]): Row[] =>
  after.filter(({ id }) => !before.some((row) => row.id === id));

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 5, slots: 14 });
  suit = await builder;
  files = await Promise.all(Array.from({ length: 12 }, () => builder.case()));
  const [first] = files;
  if (first === undefined) throw new Error('no case');
  hers = files[7] ?? first;
  colleague = await scene.worker('collègue', { days: 5, slots: 14 });
  await scene.district.receptionist(`desk2.${scene.name}`);
  await scene.district.head(`chef.${scene.name}`);
  [desk2, head, asSuit, asColleague] = (await Promise.all(
    ['desk2', 'chef', 'suit', 'collègue'].map((name) => scene.as(name)),
  )) as [Requester, Requester, Requester, Requester];
  asked = [];
  booked = [];
  for (const [nth, { personId }] of files.entries()) {
    const visit = await scene.comes(personId);
    const id = await scene.waits({ personId, dutyWorkerId: suit.id });
    await scene.sql('delete from visit where id = $1', [visit]);
    await scene.askedDaysAgo(id, 30 - nth);
    asked.push(id);
    const minutes = 9 * 60 + 30 * nth;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    booked.push(await scene.booked(colleague.id, scene.at(time), { personIds: [personId] }));
  }
});
afterAll(() => stage.close());

/** Two others withdraw, and two ask without a name; two cancel, and two book their times without a name. */
async function anOrdinaryDay(): Promise<void> {
  for (const nth of [2, 10]) {
    const id = asked[nth] ?? '';
    const { version } = await scene.request(id);
    expect(
      (await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: version }, desk2)).errors,
    ).toEqual([]);
    await scene.waits({ personId: null }, desk2);
    const appointment = await one(scene.desk, 'appointment', booked[nth] ?? '', 'startsAt version');
    await cancel(desk2, { id: booked[nth] ?? '', expectedVersion: Number(appointment?.['version']) });
    await scene.booked(colleague.id, String(appointment?.['startsAt']));
  }
}

/** Asserts that nothing in two lists tells her from the two others. */
async function tellsNothing(
  lists: { waits: [Row[], Row[]]; meets: [Row[], Row[]] },
  ends = 3,
): Promise<void> {
  for (const [before, after] of Object.values(lists)) {
    expect(changed(before, after)).toEqual([]);
    expect(gone(before, after)).toHaveLength(ends);
    const news = added(before, after);
    expect(news).toHaveLength(ends);
    const [like, ...others] = news.filter(isNameless).map((row) => looks(row));
    for (const other of others) expect(other).toEqual(like);
  }
  for (const [root, fields, [before, after]] of [
    ['appointmentRequest', `${WAITS} ${PAPER}`, lists.waits],
    ['appointment', MEETS, lists.meets],
  ] as const) {
    const old = await Promise.all(gone(before, after).map((id) => one(scene.desk, root, id, fields)));
    const [like, ...others] = old.map((row) => looks(row, 'wantedUntil'));
    for (const other of others) expect(other).toEqual(like);
  }
}

describe('three attacks', () => {
  test('by sight: no list has a row with neither a name nor a paper reference', async () => {
    await confirmNothing();
    // Somebody asks for her while nothing is confirmed of her.
    await scene.waits({ personId: hers.personId }, asSuit);
    for (const who of [scene.desk, desk2]) {
      const rows = await waiting(who);
      expect(rows.filter((row) => isNameless(row))).toHaveLength(2);
      expect(rows.filter((row) => isNameless(row) && row['reference'] === null)).toEqual([]);
    }
  });

  test('yesterday’s list and today’s: rows end and rows begin, hers like those of the two others', async () => {
    const before = { waits: await waiting(scene.desk), meets: await meetings(scene.desk) };
    await confirmNothing();
    await anOrdinaryDay();
    const after = { waits: await waiting(scene.desk), meets: await meetings(scene.desk) };
    await tellsNothing({ waits: [before.waits, after.waits], meets: [before.meets, after.meets] });
    for (const row of [...after.waits, ...after.meets]) expect(row['cursorHasId']).toBe(true);
    // The rows are in the order of asking, and have ranks in this order.
    expect(after.waits.map((row) => row['rank'])).toEqual(after.waits.map((_row, nth) => nth + 1));
    const times = after.waits.map((row) => Date.parse(String(row['askedAt'])));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const dayList = async () =>
      (
        await scene.desk.send('query ($id: ID!, $day: Date) { dayList(districtId: $id, day: $day) }', {
          id: scene.districtId,
          day: scene.day(0),
        })
      ).data?.['dayList'];
    expect(String(await dayList()).match(/Ana Petit/g)).toHaveLength(9);
  });

  test('the same holds when it is taken back', async () => {
    await confirmNothing();
    const before = { waits: await waiting(scene.desk), meets: await meetings(scene.desk) };
    await confirmNothing(false);
    const after = { waits: await waiting(scene.desk), meets: await meetings(scene.desk) };
    for (const part of ['waits', 'meets'] as const) {
      expect(changed(before[part], after[part])).toEqual([]);
      expect(gone(before[part], after[part])).toHaveLength(1);
      const [begun, ...more] = added(before[part], after[part]);
      expect(more).toEqual([]);
      expect(begun === undefined || isNameless(begun)).toBe(false);
    }
    const [withdrawn] = gone(before.waits, after.waits);
    const reference = before.waits.find(({ id }) => id === withdrawn)?.['reference'];
    const answer = await scene.desk.send(
      'query ($text: String!) { appointmentRequestByReference(reference: $text) { status person { id } } }',
      { text: reference },
    );
    expect(answer.data?.['appointmentRequestByReference']).toEqual({ status: 'WITHDRAWN', person: null });
  });

  test('the head and a receptionist read the same names', async () => {
    const before = await waiting(head, '');
    await confirmNothing();
    await anOrdinaryDay();
    const [theirs, ours] = [await waiting(head, ''), await waiting(scene.desk, '')];
    const names = (rows: Row[]) => rows.map(({ id, person }) => ({ id, person }));
    expect(names(theirs)).toEqual(names(ours));
    expect(changed(before, theirs)).toEqual([]);
    expect(names(theirs).filter(({ person }) => person === null)).toHaveLength(3);
    // If nobody follows her, the head allocates the case without a name.
    await scene.sql(
      'with ended as (update assignment set ends_at = now() where case_id = $1 and ends_at is null) update "case" set assigned_worker_id = null where id = $1',
      [hers.id],
    );
    const seen = await one(head, 'case', hers.id, 'id persons { displayName }');
    expect(seen).toEqual({ id: hers.id, persons: [] });
    const given = await head.send(
      'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { id } }',
      { input: { caseId: hers.id, workerId: colleague.id, expectedVersion: 1 } },
    );
    expect(faultOf(given)).not.toBe('NOT_FOUND input.caseId');
  });
});

test('a receptionist who writes under an old id gets the same answers as for the others', async () => {
  await confirmNothing();
  await anOrdinaryDay();
  const tries = async (nth: number): Promise<unknown[]> => {
    const request = { id: asked[nth], expectedVersion: 1 };
    const appointment = await one(scene.desk, 'appointment', booked[nth] ?? '', 'id version');
    const said = { id: appointment?.id, expectedVersion: appointment?.['version'] };
    const answers: Answer[] = [
      await scene.act('withdrawRequest', 'VersionedInput', request),
      await scene.act('changeRequest', 'ChangeRequestInput', {
        ...request,
        expectedVersion: 2,
        wantedUntil: null,
      }),
      await scene.act('recordPresence', 'RecordPresenceInput', { ...request, present: true }),
      await scene.desk.send('mutation ($input: NameRequestInput!) { nameRequest(input: $input) { id } }', {
        input: { ...request, expectedVersion: 2, personId: files[0]?.personId },
      }),
      await cancel(scene.desk, said as { id: string; expectedVersion: number }),
      await scene.act('recordOutcome', 'RecordOutcomeInput', { ...said, outcome: 'HONOURED' }),
      await scene.act('confirmAppointment', 'VersionedInput', said),
      await scene.desk.send('query ($id: ID!) { urgentSlots(requestId: $id) { startsAt } }', {
        id: asked[nth],
      }),
    ];
    return [...answers.map(faultOf), answers.at(-1)?.data];
  };
  expect(await tries(7)).toEqual(await tries(2));
  // Her own rows are as they were.
  expect((await scene.request(asked[7] ?? '', asSuit)).status).toBe('WAITING');
  expect(await one(asColleague, 'appointment', booked[7] ?? '', 'status')).toEqual({ status: 'BOOKED' });
});

test('for her worker nothing changes: the same rows, the same rank, and the paper reference works', async () => {
  const before = await one(asSuit, 'appointmentRequest', asked[7] ?? '', `${WAITS} offers { id }`);
  const meets = await one(asColleague, 'appointment', booked[7] ?? '', MEETS);
  await confirmNothing();
  expect(await one(asSuit, 'appointmentRequest', asked[7] ?? '', `${WAITS} offers { id }`)).toEqual(before);
  expect(await one(asColleague, 'appointment', booked[7] ?? '', MEETS)).toEqual(meets);
  expect((await waiting(asSuit)).map(({ id }) => id)).toEqual(asked);
  // She is offered a time in the order of her own asking.
  await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 00' where id = $1`, [
    hers.personId,
  ]);
  await scene.offer();
  expect((await scene.request(asked[7] ?? '', asSuit)).offers).toHaveLength(1);
  const nameless = (await waiting(scene.desk)).filter(isNameless);
  expect(nameless).toHaveLength(1);
  expect(nameless[0]?.['offers']).toEqual([]);
  const told = await one(asSuit, 'appointmentRequest', asked[7] ?? '', 'reference');
  expect(told?.['reference']).toBe(nameless[0]?.['reference']);
  const called = await scene.desk.send(
    'mutation ($input: CallDutyWorkerInput!) { callDutyWorker(input: $input) { id } }',
    {
      input: { districtId: scene.districtId, workerId: colleague.id, reference: nameless[0]?.['reference'] },
    },
  );
  const visit = await one(asColleague, 'visit', called.data?.['callDutyWorker'].id, 'person { displayName }');
  expect(visit).toEqual({ person: { displayName: 'Ana Petit' } });
});

test('the desk withdraws, changes and books by the row that stands there', async () => {
  await confirmNothing();
  const [row] = (await waiting(scene.desk)).filter(isNameless);
  const id = row?.id ?? '';
  expect((await scene.present(id)).errors).toEqual([]);
  const [hold] = await scene.sql<{ there: boolean }>(
    'select present_until > now() as there from appointment_request where id = $1',
    [asked[7]],
  );
  expect(hold?.there).toBe(true);
  const offer = await scene.offered(id);
  expect(offer.channel).toBe('AT_DESK');
  expect((await scene.answer(offer, true)).errors).toEqual([]);
  expect(await scene.request(id)).toMatchObject({ status: 'BOOKED' });
  expect(await scene.request(asked[7] ?? '', asSuit)).toMatchObject({ status: 'BOOKED' });
  await scene.waits({ personId: hers.personId }, asSuit);
  const [again] = (await waiting(scene.desk)).filter(isNameless);
  await scene.act('withdrawRequest', 'VersionedInput', {
    id: again?.id,
    expectedVersion: again?.['version'],
  });
  expect(
    await scene.sql(
      `select count(*)::integer as waits from appointment_request where person_id = $1 and status = 'WAITING'`,
      [hers.personId],
    ),
  ).toEqual([{ waits: 0 }]);
  const [shown] = (await meetings(scene.desk)).filter(isNameless);
  const cancelled = await cancel(scene.desk, {
    id: shown?.id ?? '',
    expectedVersion: Number(shown?.['version']),
  });
  expect(cancelled.errors).toEqual([]);
  expect(cancelled.data?.['cancelAppointment'].id).toBe(shown?.id);
  // A notice without a person is on no list of the desk.
  await scene.sql(
    `insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
      select id, $2, district_id, 'CANCELLED', starts_at from appointment where id = $1`,
    [booked[7], hers.personId],
  );
  const notices = (who: Requester) =>
    list(who, `noticesToGive(first: 100, districtId: "${scene.districtId}")`, 'id person { id }');
  expect(await notices(scene.desk)).toEqual([]);
  expect(await notices(asColleague)).toHaveLength(1);
});

test('a visit that goes on is closed for the desk, and goes on without a name', async () => {
  const came = await scene.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id ticket version } }',
    {
      input: {
        districtId: scene.districtId,
        kind: 'WALK_IN',
        personId: hers.personId,
        workerId: colleague.id,
      },
    },
  );
  const { id, version } = came.data?.['recordVisit'] ?? {};
  const VISIT =
    'id ticket status day kind arrivedAt takenInAt closedAt outcome version worker { id } person { displayName } appointment { id } attestation';
  const visits = (who: Requester) =>
    list(who, `visits(first: 100, districtId: "${scene.districtId}")`, VISIT);
  await confirmNothing();
  const after = await visits(scene.desk);
  // The old visit stays on the list, closed and without a name, like each visit that is over. So no number of the day is missing.
  expect(after.map(({ ticket }) => ticket)).toEqual([1, 2]);
  expect(after[0]).toMatchObject({ id, status: 'CLOSED', person: null });
  expect(after[1]?.id).not.toBe(id);
  expect(after[1]).toMatchObject({ person: null, ticket: 2, version: 1 });
  const other = await scene.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id version } }',
    {
      input: {
        districtId: scene.districtId,
        kind: 'WALK_IN',
        personId: files[1]?.personId,
        workerId: colleague.id,
      },
    },
  );
  await desk2.send('mutation ($input: CloseVisitInput!) { closeVisit(input: $input) { id } }', {
    input: { id: other.data?.['recordVisit'].id, expectedVersion: 1, outcome: 'LEFT' },
  });
  const old = [id, other.data?.['recordVisit'].id].map((each) => one(scene.desk, 'visit', each, VISIT));
  const [hidden, closed] = (await Promise.all(old)).map((row) =>
    looks(row, 'ticket', 'arrivedAt', 'attestation'),
  );
  expect(hidden).toEqual(closed);
  // The worker whom she came to see takes her in by the id on the worker's screen.
  const taken = await asColleague.send(
    'mutation ($input: VersionedInput!) { takeIn(input: $input) { status person { displayName } } }',
    { input: { id, expectedVersion: version } },
  );
  expect(taken.data?.['takeIn']).toEqual({ status: 'TAKEN_IN', person: { displayName: 'Ana Petit' } });
});

describe('other accounts', () => {
  test('what the other person of the appointment reads, and what she reads herself, does not change', async () => {
    const his = await scene.person({ givenName: 'Paul' });
    const both = await scene.booked(suit.id, scene.at('09:00', 1), { personIds: [hers.personId, his.id] });
    await scene.sql('update appointment_person set show_online = true where appointment_id = $1', [both]);
    await scene.sql('update appointment_request set show_online = true where id = $1', [asked[7]]);
    const scopes = ['cases:read', 'appointments:read', 'persons:read', 'directory:read'];
    const accounts = [
      await scene.asPerson(hers.personId, 'ana', scopes),
      await scene.asPerson(his.id, 'paul', scopes),
    ];
    const read = (): Promise<string[]> =>
      Promise.all(
        accounts.map(
          async (who) =>
            (
              await who.send(`{ appointments { edges { cursor node { id status startsAt version bookedAt persons { displayName } } } }
                waitingList { edges { cursor node { id status askedAt version offers { id status } } } } }`)
            ).text,
        ),
      );
    const before = await read();
    await confirmNothing();
    expect(await read()).toEqual(before);
    expect(before[0]).toContain(both);
    // For the desk he has an appointment at the same time, without her.
    const rows = (await meetings(scene.desk)).filter(({ persons }) =>
      JSON.stringify(persons).includes('Paul'),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.id).not.toBe(both);
    await confirmNothing(false);
    expect(await read()).toEqual(before);
  });

  test('a look-up still finds the other person of her case, and the case', async () => {
    const { id: his } = await scene.person({ givenName: 'Paul', familyName: 'Petit' });
    await scene.make.casePerson({ caseId: hers.id, personId: his });
    const [row] = await scene.sql<{ reference: string }>('select reference from person where id = $1', [his]);
    const read = async (): Promise<string[]> => {
      const answers: string[] = [];
      for (const who of [scene.desk, asColleague])
        for (const [text, variables] of [
          [
            'query ($id: String!) { personLookUp(input: { fullName: "Paul Petit", reference: $id }) { id displayName } }',
            row?.reference,
          ],
          ['query ($id: ID!) { casesOfPerson(personId: $id) { id reference status } }', his],
          [
            'query ($id: String!) { caseByReference(reference: $id) { id reference status } }',
            hers.reference,
          ],
        ] as const)
          answers.push((await who.send(text, { id: variables })).text);
      return answers;
    };
    const before = await read();
    await confirmNothing();
    expect(await read()).toEqual(before);
    expect(before.join(' ').match(new RegExp(hers.id, 'g'))).toHaveLength(4);
  });

  test('figures count each wait once', async () => {
    const count = async () =>
      (
        await scene.sql<{ waits: number; asks: number }>(
          `select (select count(*)::integer from records_of_still_waiting(now() - interval '1 month', now() + interval '1 day') r
              where district_id = $1) as waits,
            (select count(*)::integer from records_of_appointment_requests(now() - interval '2 months', now() + interval '1 day')
              where district_id = $1) as asks`,
          [scene.districtId],
        )
      )[0];
    const before = await count();
    await confirmNothing();
    await confirmNothing(false);
    expect(await count()).toEqual(before);
  });
});
