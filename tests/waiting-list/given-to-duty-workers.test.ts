import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Requester, startTestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/**
 * A clerk and a colleague: the clerk gives the colleague one request after the other, and the colleague reads types, telephone numbers and
 * addresses, and moves them up. It takes the person at the desk, or a request without a name, and twelve a day.
 */
let stage: Stage;
let scene: Scene;
let duty: { id: string };
let asDuty: Requester;

/** The most requests that a login at the desk gives to duty workers on one day. */
const A_DAY = 12;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  duty = await scene.worker('garde', { days: 5, slots: 4 });
  asDuty = await scene.as('garde');
});
afterAll(() => stage.close());

const give = async (id: string, dutyWorkerId: string | null = duty.id, who = scene.desk): Promise<string> => {
  const [row] = await scene.sql<{ version: number }>(
    'select version from appointment_request where id = $1',
    [id],
  );
  return faultOf(
    await scene.act(
      'changeRequest',
      'ChangeRequestInput',
      { id, expectedVersion: row?.version ?? 1, dutyWorkerId },
      who,
    ),
  );
};
async function comes(personId: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await scene.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
    { input: { districtId: scene.districtId, kind: 'WALK_IN', personId, ...more } },
  );
  if (answer.data?.['recordVisit'] == null) throw new Error(answer.text);
  return answer.data['recordVisit'].id;
}
/** What the duty worker reads of those who wait. */
async function read(who = asDuty): Promise<{ type: unknown; phone: unknown; name: unknown }[]> {
  const { data, text } = await who.send(
    '{ waitingList(first: 100) { edges { node { type { code } person { phone displayName } } } } }',
  );
  if (data?.['waitingList'] == null) throw new Error(text);
  const nodes: {
    node: { type: { code: string } | null; person: { phone: string; displayName: string } | null };
  }[] = data['waitingList'].edges;
  return nodes.map(({ node }) => ({
    type: node.type?.code ?? null,
    phone: node.person?.phone ?? null,
    name: node.person?.displayName ?? null,
  }));
}
const NOT_HERE = 'INVALID_INPUT input.dutyWorkerId';
const SPENT = 'RATE_LIMITED input.dutyWorkerId';

describe('a clerk and a colleague', () => {
  test('read nothing of 24 persons who wait and are not there, nor do they move them up', async () => {
    const ids = await Promise.all(Array.from({ length: 24 }, () => scene.waits()));
    const faults = await Promise.all(ids.map((id) => give(id)));
    expect(faults).toEqual(Array(24).fill(NOT_HERE));
    expect(await read()).toEqual([]);
    const urgent = { id: ids[0] ?? '', expectedVersion: 1, urgency: 'TODAY' };
    expect(faultOf(await scene.act('setUrgency', 'SetUrgencyInput', urgent, asDuty))).toBe(
      'NOT_FOUND input.id',
    );
    expect(faultOf(await scene.ask({ personId: (await scene.person()).id, dutyWorkerId: duty.id }))).toBe(
      NOT_HERE,
    );
  });

  test('with 24 visits of persons who are not there, read twelve of a day; who follows the person is told', async () => {
    const builder = scene.worker('suit');
    const suit = await builder;
    const file = await builder.case();
    const persons = [
      file.personId,
      ...(await Promise.all(Array.from({ length: 23 }, () => scene.person()))).map((p) => p.id),
    ];
    const ids: string[] = [];
    for (const personId of persons) {
      ids.push(await scene.waits({ personId }));
      await comes(personId);
    }
    const faults = [await give(ids[0] ?? ''), ...(await Promise.all(ids.slice(1).map((id) => give(id))))];
    expect(faults.sort()).toEqual([...Array(24 - A_DAY).fill(SPENT), ...Array(A_DAY).fill('none')]);
    expect(await read()).toHaveLength(A_DAY);
    expect(
      await scene.sql(
        `select kind::text from notification where worker_id = $1 and kind = 'CONTACT_OPENED'`,
        [suit.id],
      ),
    ).toEqual([{ kind: 'CONTACT_OPENED' }]);
    // Nothing else of the clerk's stops: to take a duty worker back, to ask without one, to send somebody to the duty worker.
    const given = ids[0] ?? '';
    expect(await give(given, null)).toBe('none');
    expect(await give(given)).toBe(SPENT);
    expect(await scene.waits()).toBeDefined();
    expect(await comes((await scene.person()).id, { workerId: duty.id })).toBeDefined();
    // The next day, and another login, have theirs.
    await scene.sql(`update duty_worker_turn set day = day - 1`);
    expect(await give(given)).toBe('none');
  });

  test('through two processes at once, not one more', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => scene.waits({ personId: null })));
    const second = await startTestApp(stage.database);
    try {
      const there = await second.as(`desk.${scene.name}`);
      const faults = await Promise.all(
        ids.map((id, nth) => give(id, duty.id, nth % 2 === 0 ? scene.desk : there)),
      );
      expect(faults.sort()).toEqual([...Array(20 - A_DAY).fill(SPENT), ...Array(A_DAY).fill('none')]);
    } finally {
      await second.close();
    }
  });

  test('in one operation, not one more', async () => {
    const ids = await Promise.all(Array.from({ length: A_DAY + 2 }, () => scene.waits({ personId: null })));
    for (const id of ids.slice(0, A_DAY - 1)) expect(await give(id)).toBe('none');
    const [a, b] = ids.slice(A_DAY - 1);
    const answer = await scene.desk.send(
      `mutation ($a: ChangeRequestInput!, $b: ChangeRequestInput!) { a: changeRequest(input: $a) { id } b: changeRequest(input: $b) { id } }`,
      {
        a: { id: a, expectedVersion: 1, dutyWorkerId: duty.id },
        b: { id: b, expectedVersion: 1, dutyWorkerId: duty.id },
      },
    );
    expect(answer.errors).not.toEqual([]);
    expect((await read()).length).toBeLessThanOrEqual(A_DAY);
  });

  test('by hand, in the application’s role, neither', async () => {
    const { id: personId } = await scene.person();
    const named = await scene.waits({ personId });
    const papers = await Promise.all(
      Array.from({ length: A_DAY + 1 }, () => scene.waits({ personId: null })),
    );
    const set = `update appointment_request set duty_worker_id = $2, version = version + 1 where id = $1`;
    const found = await byHand(stage.database, `desk.${scene.name}`, async (hand) => {
      const answers = [await hand(set, [named, duty.id])];
      for (const id of papers) answers.push(await hand(set, [id, duty.id]));
      answers.push(
        await hand(
          `insert into appointment_request (id, district_id, person_id, type_code, duty_worker_id)
           values (gen_random_uuid(), $1, $2, 'FOLLOW_UP', $3)`,
          [scene.districtId, personId, duty.id],
        ),
      );
      answers.push(await hand('update duty_worker_turn set given = 0'));
      return answers;
    });
    expect(found).toEqual(['P0001', ...Array(A_DAY).fill('1'), 'P0001', 'P0001', '42501']);
  });

  test.each([
    ['by telephone', { kind: 'CALL' }],
    ['and gone again', {}],
  ])('not of a visit %s', async (name, more) => {
    const { id: personId } = await scene.person();
    const id = await scene.waits({ personId });
    const visit = await comes(personId, more);
    if (name === 'and gone again')
      await scene.desk.send('mutation ($input: CloseVisitInput!) { closeVisit(input: $input) { id } }', {
        input: { id: visit, expectedVersion: 1, outcome: 'LEFT' },
      });
    expect(await give(id)).toBe(NOT_HERE);
  });

  test('not of a visit of yesterday, nor of another district', async () => {
    const { id: personId } = await scene.person();
    const id = await scene.waits({ personId });
    await scene.make.visit({
      districtId: scene.districtId,
      personId,
      arrivedAt: new Date(Date.now() - 26 * 3_600_000),
    });
    const other = await stage.scene();
    await scene.make.visit({ districtId: other.districtId, personId });
    expect(await give(id)).toBe(NOT_HERE);
  });
});

describe('whom the desk does not read', () => {
  test.each(['sensitive_file', 'confirm_nothing'])(
    '%s: is answered as anybody who is not there, visit or not',
    async (flag) => {
      const { id: hidden } = await scene.person();
      const { id: plain } = await scene.person();
      const answers: string[][] = [];
      for (const personId of [hidden, plain]) {
        const id = await scene.waits({ personId });
        if (personId === hidden) {
          await scene.make.visit({ districtId: scene.districtId, personId });
          await scene.sql(`update person set ${flag} = true where id = $1`, [personId]);
        }
        const answer = await scene.act('changeRequest', 'ChangeRequestInput', {
          id,
          expectedVersion: (
            await scene.sql<{ version: number }>('select version from appointment_request where id = $1', [
              id,
            ])
          )[0]?.version,
          dutyWorkerId: duty.id,
        });
        answers.push(answer.errors.map((error) => JSON.stringify(error.extensions)));
      }
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toHaveLength(1);
      expect(await read()).toEqual([]);
    },
  );
});

describe('at a visit', () => {
  test('the duty worker reads the type while the request is theirs, and the contact for thirty days as by a visit', async () => {
    const { id: personId } = await scene.person({ givenName: 'Nour' });
    const id = await scene.waits({ personId });
    await comes(personId);
    expect(await give(id)).toBe('none');
    expect(await read()).toMatchObject([{ type: 'FIRST_RECEPTION', phone: '06 39 98 00 00' }]);
    expect(
      await scene.sql(
        `select contact, contact_until between now() + interval '29 days' and now() + interval '30 days' as soon from person_known where source_id = $1`,
        [id],
      ),
    ).toEqual([{ contact: true, soon: true }]);
    await scene.sql(
      `update person_known set contact_until = now() - interval '1 second' where source_id = $1`,
      [id],
    );
    const [later] = await read();
    expect(later).toMatchObject({ type: 'FIRST_RECEPTION', phone: null });
    expect(later?.name).toContain('Nour');
    // No change of the request opens it again.
    const { version } = await scene.request(id);
    await scene.act('changeRequest', 'ChangeRequestInput', {
      id,
      expectedVersion: version,
      wantedFrom: scene.day(1),
    });
    expect((await read())[0]?.phone).toBeNull();
  });

  test('of a request without a name that gets one later, the contact opens only if the person is there', async () => {
    for (const there of [false, true]) {
      const { id: personId } = await scene.person();
      const id = await scene.waits({ personId: null });
      expect(await give(id)).toBe('none');
      if (there) await comes(personId);
      const { version } = await scene.request(id);
      const named = await scene.act('nameRequest', 'NameRequestInput', {
        id,
        expectedVersion: version,
        personId,
      });
      expect(faultOf(named)).toBe('none');
      expect(await scene.sql('select contact from person_known where source_id = $1', [id])).toEqual([
        { contact: there },
      ]);
    }
  });
});
