import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import type { BuiltCase, WorkerBuilder } from '../support/county.js';
import { ago, ahead } from '../support/days.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A head and one colleague declare a whole team absent, and open relays for the colleague. On the day of the absence a head has relays for
 * two workers. A third waits for a technical adviser. A confidential address opens a day later, or on a ground that is told. A stand-in
 * lists the cases of one absent worker at a time.
 */
let stage: Stage;
let scene: Scene;
let asHead: Requester;
let asFriend: Requester;
let asAdviser: Requester;
let friend: string;
let adviser: string;
let team: { readonly id: string; readonly file: BuiltCase }[];

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  await scene.district.head(`tête.${scene.name}`);
  friend = (await scene.worker('ami')).id;
  ({ id: adviser } = await scene.worker('conseil'));
  await scene.sql(`update membership set role = 'TECHNICAL_ADVISER' where worker_id = $1`, [adviser]);
  team = [];
  for (const name of ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit']) {
    const builder: WorkerBuilder = scene.worker(name);
    const { id } = await builder;
    const file = await builder.case();
    await scene.make.personAddress({
      personId: file.personId,
      line: `Foyer ${name}`,
      confidential: true,
      caseId: file.id,
    });
    team.push({ id, file });
  }
  [asHead, asFriend, asAdviser] = [await scene.as('tête'), await scene.as('ami'), await scene.as('conseil')];
});
afterAll(() => stage.close());

const mate = (nth: number) => {
  const found = team[nth];
  if (found === undefined) throw new Error(`nobody is number ${nth}`);
  return found;
};
const declare = (workerId: string): Promise<Answer> =>
  asHead.send('mutation ($input: DeclareAbsenceInput!) { declareAbsence(input: $input) { id } }', {
    input: { districtId: scene.districtId, workerId, startsAt: ago(0.5), endsAt: ahead(9) },
  });
const relay = (absentWorkerId: string): Promise<Answer> =>
  asHead.send(
    'mutation ($input: OpenRelayInput!) { openRelay(input: $input) { id version confirmBefore } }',
    {
      input: {
        districtId: scene.districtId,
        absentWorkerId,
        standInId: friend,
        startsAt: ago(0.1),
        endsAt: ahead(8),
      },
    },
  );
/** Declares the worker absent and opens the relay. Returns until when the relay waits. */
const standIn = async (workerId: string): Promise<string | null> => {
  expect((await declare(workerId)).errors).toEqual([]);
  const answer = await relay(workerId);
  expect(answer.errors).toEqual([]);
  return answer.data?.['openRelay'].confirmBefore;
};
/** Moves every absence and relay of the scene this number of days back. */
const daysPass = (days: number) =>
  Promise.all([
    scene.sql(
      `update absence set declared_at = declared_at - make_interval(days => $2) where district_id = $1`,
      [scene.districtId, days],
    ),
    scene.sql(
      `update relay set opened_at = opened_at - make_interval(days => $2), addresses_from = addresses_from - make_interval(days => $2)
        where district_id = $1`,
      [scene.districtId, days],
    ),
  ]);
const told = async (workerId: string): Promise<readonly string[]> =>
  (
    await scene.sql<{ kind: string }>(
      'select kind::text as kind from notification where worker_id = $1 order by created_at, kind',
      [workerId],
    )
  ).map(({ kind }) => kind);
const addressOf = async ({ file }: { readonly file: BuiltCase }): Promise<unknown> => {
  const answer = await asFriend.send('query ($id: ID!) { case(id: $id) { persons { address { line } } } }', {
    id: file.id,
  });
  return answer.data?.['case']?.persons?.[0]?.address ?? null;
};
const cases = async (filter: Record<string, unknown> = {}): Promise<readonly string[]> => {
  const answer = await asFriend.send(
    'query ($f: CaseFilter) { cases(filter: $f) { edges { node { id } } } }',
    { f: filter },
  );
  return (answer.data?.['cases']?.edges ?? []).map(({ node }: { node: { id: string } }) => node.id);
};

describe('the attack: a head and a colleague open relays for a whole team within seconds', () => {
  test('two relays open on the day on which the absences were declared; the others wait, and give nothing', async () => {
    const waits = [];
    for (const { id } of team) waits.push(await standIn(id));
    expect(waits.map((until) => until !== null)).toEqual([false, false, true, true, true, true, true, true]);
    const seen = [];
    for (const { file } of team) {
      const answer = await asFriend.send(
        'query ($id: ID!) { case(id: $id) { persons { phone address { line } } } }',
        {
          id: file.id,
        },
      );
      seen.push(answer.data?.['case']?.persons);
    }
    expect(seen.filter((persons) => persons !== null)).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toContain('Foyer');
  });

  test('a relay that was ended still counts as one of the two', async () => {
    expect([await standIn(mate(0).id), await standIn(mate(1).id)]).toEqual([null, null]);
    await scene.sql('update relay set ends_at = now() where district_id = $1', [scene.districtId]);
    expect(await standIn(mate(2).id)).not.toBeNull();
  });

  test('once the absences are a day old, all relays open', async () => {
    for (const { id } of team) expect((await declare(id)).errors).toEqual([]);
    await daysPass(1);
    for (const { id } of team) expect((await relay(id)).data?.['openRelay'].confirmBefore).toBeNull();
  });

  test('the absent worker and the adviser are told of a relay that waits; the stand-in is told once it runs', async () => {
    for (const nth of [0, 1, 2]) await standIn(mate(nth).id);
    expect(await told(mate(0).id)).toEqual(expect.arrayContaining(['ABSENCE_DECLARED', 'RELAY_OPENED']));
    expect([...(await told(mate(2).id))].sort()).toEqual(['ABSENCE_DECLARED', 'RELAY_TO_CONFIRM']);
    expect(await told(adviser)).toContain('RELAY_TO_CONFIRM');
    expect(await told(friend)).toEqual(['RELAY_OPENED', 'RELAY_OPENED']);
  });
});

describe('a relay that waits', () => {
  let waiting: { readonly id: string; readonly version: number };
  const confirm = (who: Requester, { id, version } = waiting): Promise<Answer> =>
    who.send('mutation ($input: VersionedInput!) { confirmRelay(input: $input) { id confirmBefore } }', {
      input: { id, expectedVersion: version },
    });
  beforeEach(async () => {
    for (const nth of [0, 1]) await standIn(mate(nth).id);
    await declare(mate(2).id);
    waiting = (await relay(mate(2).id)).data?.['openRelay'];
  });

  test('runs once a technical adviser has said yes', async () => {
    const listed = await asAdviser.send('{ relays { id absentWorker { id } standIn { id } confirmBefore } }');
    expect(listed.data?.['relays']).toContainEqual({
      id: waiting.id,
      absentWorker: { id: mate(2).id },
      standIn: { id: friend },
      confirmBefore: expect.any(String),
    });
    expect(await cases({ absentWorkerId: mate(2).id })).toEqual([]);
    expect((await confirm(asAdviser)).data?.['confirmRelay']).toEqual({
      id: waiting.id,
      confirmBefore: null,
    });
    expect(await cases({ absentWorkerId: mate(2).id })).toEqual([mate(2).file.id]);
    expect(await told(mate(2).id)).toContain('RELAY_OPENED');
    expect((await told(friend)).filter((kind) => kind === 'RELAY_OPENED')).toHaveLength(3);
    expect((await confirm(asAdviser)).codes).toEqual(['CONFLICT']);
  });

  test('is not confirmed by its head, its stand-in or a colleague', async () => {
    for (const who of [asHead, asFriend, await scene.as('huit')])
      expect((await confirm(who)).codes).toEqual(['FORBIDDEN']);
    await scene.sql(
      `insert into membership (worker_id, district_id, role, starts_at) select $1, district_id, 'TECHNICAL_ADVISER', starts_at
        from membership where worker_id = $1`,
      [friend],
    );
    expect((await confirm(await scene.as('ami'))).codes).toEqual(['CONFLICT']);
  });

  test('ends with its day, and when the absent worker contradicts the absence', async () => {
    await scene.sql('update absence set contradicted_at = now() where worker_id = $1', [mate(2).id]);
    expect((await confirm(asAdviser)).codes).toEqual(['CONFLICT']);
    await scene.sql('update absence set contradicted_at = null where worker_id = $1', [mate(2).id]);
    await scene.sql(`update relay set pending_until = now() - interval '1 second' where id = $1`, [
      waiting.id,
    ]);
    expect((await confirm(asAdviser)).codes).toEqual(['NOT_FOUND']);
    expect((await asAdviser.send('{ relays { id } }')).text).not.toContain(waiting.id);
  });
});

describe('a confidential address', () => {
  beforeEach(async () => {
    for (const nth of [0, 1]) await standIn(mate(nth).id);
  });
  const open = (nth: number, ground: string): Promise<Answer> =>
    asFriend.send(
      'mutation ($input: OpenConfidentialAddressInput!) { openConfidentialAddress(input: $input) { line } }',
      { input: { personId: mate(nth).file.personId, ground } },
    );

  test('opens to a stand-in once the absence is a day old', async () => {
    expect(await addressOf(mate(0))).toBeNull();
    await daysPass(1);
    expect(await addressOf(mate(0))).toEqual({ line: 'Foyer un' });
  });

  test('opens earlier on a ground, which is in the log, and the absent worker is told', async () => {
    expect(await told(mate(0).id)).not.toContain('ADDRESS_READ');
    expect((await open(0, 'HOME_VISIT')).data?.['openConfidentialAddress']).toEqual({ line: 'Foyer un' });
    expect(await told(mate(0).id)).toContain('ADDRESS_READ');
    expect(
      await scene.sql(
        `select from access_log where actor_id = $1 and action = 'READ_ADDRESS_FOR_A_VISIT' and case_id = $2`,
        [friend, mate(0).file.id],
      ),
    ).toHaveLength(1);
    expect((await open(5, 'DANGER')).codes).toEqual(['NOT_FOUND']);
  });

  test('opens for three cases a day on a ground, and for any number in danger', async () => {
    for (let count = 0; count < 3; count += 1) {
      const caseId = await scene.make.case({ districtId: scene.districtId });
      await scene.make.assignment({ caseId, workerId: mate(0).id });
      const { id: personId } = await scene.district.person({ givenName: 'Ana' });
      await scene.make.casePerson({ caseId, personId });
      await scene.make.personAddress({ personId, line: 'Abri', confidential: true, caseId });
      const answer = await asFriend.send(
        'mutation ($input: OpenConfidentialAddressInput!) { openConfidentialAddress(input: $input) { line } }',
        { input: { personId, ground: 'PERSON_ASKS' } },
      );
      expect(answer.errors).toEqual([]);
    }
    expect((await open(1, 'HOME_VISIT')).codes).toEqual(['NOT_FOUND']);
    expect((await open(1, 'DANGER')).data?.['openConfidentialAddress']).toEqual({ line: 'Foyer deux' });
  });

  test('is not read by a home visit that the stand-in books', async () => {
    const booked = await asFriend.send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id place } }',
      {
        input: {
          districtId: scene.districtId,
          workerIds: [friend],
          typeCode: 'HOME_VISIT',
          mode: 'HOME',
          startsAt: new Date(Date.now() + 60_000).toISOString(),
          caseId: mate(0).file.id,
          personIds: [mate(0).file.personId],
        },
      },
    );
    expect(booked.errors).toEqual([]);
    expect(booked.data?.['bookAppointment'].place).toBeNull();
  });
});

describe('a stand-in lists one absent worker at a time', () => {
  test('the queue has the cases of one absent worker, and none of several', async () => {
    await standIn(mate(0).id);
    expect(await cases()).toEqual([mate(0).file.id]);
    await standIn(mate(1).id);
    expect(await cases()).toEqual([]);
    expect(await cases({ absentWorkerId: mate(0).id })).toEqual([mate(0).file.id]);
    expect(await cases({ absentWorkerId: mate(1).id })).toEqual([mate(1).file.id]);
    const both = await asFriend.send(
      `query ($a: ID!, $b: ID!) { a: cases(filter: { absentWorkerId: $a }) { edges { node { id } } }
        b: cases(filter: { absentWorkerId: $b }) { edges { node { id } } } }`,
      { a: mate(0).id, b: mate(1).id },
    );
    expect(both.codes).toEqual(['INVALID_INPUT']);
  });

  test('the lists of their appointments, and of the persons to inform, follow the same rule', async () => {
    const ids: string[] = [];
    for (const nth of [0, 1]) {
      await standIn(mate(nth).id);
      const id = await scene.make.appointment({
        districtId: scene.districtId,
        caseId: mate(nth).file.id,
        typeCode: 'FOLLOW_UP',
        startsAt: ahead(2),
        endsAt: ahead(49 / 24),
      });
      await scene.make.appointmentWorker({ appointmentId: id, workerId: mate(nth).id });
      ids.push(id);
    }
    const list = async (filter: Record<string, unknown>) =>
      (
        await asFriend.send(
          'query ($f: AppointmentFilter) { appointments(filter: $f) { edges { node { id } } } }',
          {
            f: filter,
          },
        )
      ).text;
    expect(await list({})).not.toMatch(new RegExp(ids.join('|')));
    expect(await list({ workerId: mate(0).id })).toContain(ids[0]);
    expect(await list({ workerId: mate(0).id })).not.toContain(ids[1]);
    expect(await list({ workerId: mate(1).id })).toContain(ids[1]);
    const inform = await asFriend.send('{ personsToInform { edges { node { case { id } } } } }');
    expect(inform.text).not.toMatch(new RegExp([mate(0), mate(1)].map(({ file }) => file.id).join('|')));
  });
});
