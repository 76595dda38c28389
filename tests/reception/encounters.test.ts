import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { deleteOldEncounters } from '../../src/jobs/tasks.js';
import type { Answer, Requester } from '../support/app.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** Someone seen once on duty, without a case: one reader at a time, and 30 days. */
let stage: Stage;
let scene: Scene;
let alice: string;
let bruno: string;
let carla: string;
let asAlice: Requester;
let asBruno: Requester;
let asHead: Requester;
let jobs: pg.Pool;

beforeAll(async () => {
  stage = await raiseStage();
  jobs = jobsOf(stage.database);
});
beforeEach(async () => {
  scene = await stage.scene();
  [alice, bruno, carla] = (await Promise.all(
    ['alice', 'bruno', 'carla'].map(async (name) => (await scene.worker(name)).id),
  )) as [string, string, string];
  await scene.district.head(`head.${scene.name}`);
  [asAlice, asBruno, asHead] = (await Promise.all(
    ['alice', 'bruno', 'head'].map((name) => scene.as(name)),
  )) as [Requester, Requester, Requester];
});
afterAll(async () => {
  await jobs.end();
  await stage.close();
});

const TEXT = 'Elle dort chez une amie depuis trois nuits.';
const ENCOUNTER = `id text heldAt passedOnAt version heldBy { displayName } person { displayName } visit { id }
  appointment { id } district { id } case { id }`;

const record = (more: Record<string, unknown> = {}, who = asAlice): Promise<Answer> =>
  who.send(`mutation ($input: RecordEncounterInput!) { recordEncounter(input: $input) { ${ENCOUNTER} } }`, {
    input: { districtId: scene.districtId, text: TEXT, ...more },
  });

async function recorded(more: Record<string, unknown> = {}, who = asAlice): Promise<string> {
  const answer = await record(more, who);
  if (answer.data?.['recordEncounter'] == null) throw new Error(answer.text);
  return answer.data['recordEncounter'].id;
}

const change = (
  mutation: 'writeEncounter' | 'passOnEncounter' | 'deleteEncounter',
  input: Record<string, unknown>,
  who = asAlice,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const type = {
    writeEncounter: 'WriteEncounterInput',
    passOnEncounter: 'PassOnEncounterInput',
    deleteEncounter: 'VersionedInput',
  }[mutation];
  return who.send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { id ${mutation === 'writeEncounter' ? 'text version' : ''} } }`,
    { input: { expectedVersion: 1, ...input } },
    headers,
  );
};

async function read(who: Requester): Promise<Record<string, unknown>[]> {
  const { data } = await who.send(`{ encounters { edges { node { ${ENCOUNTER} } } } }`);
  return data?.['encounters']?.edges.map(({ node }: { node: object }) => node) ?? [];
}

/** How many of these read it, by the list and by its id. */
async function readersOf(id: string): Promise<string[]> {
  const names = ['alice', 'bruno', 'carla', 'head', 'desk', 'trainee'];
  const found = await Promise.all(
    names.map(async (name) => {
      const who = await scene.as(name);
      const listed = (await read(who)).some((row) => row['id'] === id);
      const { data } = await who.send('query ($id: ID!) { encounter(id: $id) { text } }', { id });
      expect(data?.['encounter'] != null).toBe(listed);
      return listed ? [name] : [];
    }),
  );
  return found.flat();
}

const caseOf = async (name: string): Promise<string> => {
  const { id } = await scene.district.case();
  await scene.make.assignment({ caseId: id, workerId: { alice, bruno, carla }[name] });
  return id;
};

async function reassign(caseId: string, workerId: string): Promise<void> {
  const [row] = await scene.sql<{ version: number }>('select version from "case" where id = $1', [caseId]);
  const answer = await asHead.send(
    `mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }`,
    { input: { caseId, workerId, expectedVersion: row?.version } },
  );
  expect(faultOf(answer)).toBe('none');
}

const age = (id: string, days: number): Promise<unknown> =>
  scene.sql(`update encounter set held_at = now() - make_interval(days => $2) where id = $1`, [id, days]);

describe('recorded', () => {
  test('a district is enough: nothing is asked, of anyone', async () => {
    const answer = await record({ text: undefined });
    expect(answer.data?.['recordEncounter']).toMatchObject({
      text: null,
      person: null,
      visit: null,
      appointment: null,
      case: null,
      passedOnAt: null,
      version: 1,
      heldBy: { displayName: expect.stringContaining('alice') },
    });
  });

  test('who held it reads it, and nobody else: no colleague, not the head, not the desk, no stand-in, no trainee', async () => {
    await scene.district.worker(`trainee.${scene.name}`, 'TRAINEE');
    await scene.make.relay({ districtId: scene.districtId, absentWorkerId: alice, standInId: carla });
    expect(await readersOf(await recorded())).toEqual(['alice']);
    expect(faultOf(await record({}, await scene.as('trainee')))).toBe('FORBIDDEN');
  });

  test('after a visit in which one receives, which says nothing of it to the desk', async () => {
    const visit = await scene.desk.send(
      `mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }`,
      { input: { districtId: scene.districtId, kind: 'WALK_IN', workerId: alice } },
    );
    const visitId = visit.data?.['recordVisit'].id;
    const look = () =>
      scene.desk.send(
        `query ($id: ID!) { visit(id: $id) { id kind status ticket arrivedAt version worker { id } outcome } }`,
        { id: visitId },
      );
    const before = (await look()).text;
    expect((await record({ visitId })).data?.['recordEncounter'].visit).toEqual({ id: visitId });
    expect((await look()).text).toBe(before);
    // A second one of the same visit is refused to nobody: that would tell of the first.
    expect(faultOf(await record({ visitId }))).toBe('none');
    expect(faultOf(await record({ visitId }, asBruno))).toBe('NOT_FOUND input.visitId');
  });

  test('after an appointment in which one takes part, unless it is of a case that one follows', async () => {
    const own = await scene.booked(alice, scene.at('09:00'));
    expect((await record({ appointmentId: own })).data?.['recordEncounter'].appointment).toEqual({ id: own });
    expect(faultOf(await record({ appointmentId: own }, asBruno))).toBe('NOT_FOUND input.appointmentId');
    // Of a colleague's, nobody tells them that there is one.
    await scene.sql('update appointment set case_id = $2 where id = $1', [own, await caseOf('bruno')]);
    expect(faultOf(await record({ appointmentId: own }))).toBe('none');
    await scene.sql('update appointment set case_id = $2 where id = $1', [own, await caseOf('alice')]);
    expect(faultOf(await record({ appointmentId: own }))).toBe('INVALID_INPUT input.appointmentId');
  });

  test('with someone who is known, makes them known to its reader for 30 days, and no longer', async () => {
    const { id: personId } = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
    const id = await recorded({ personId });
    expect(await read(asAlice)).toMatchObject([{ id, person: { displayName: 'Nour Benali' } }]);
    const [known] = await scene.sql(
      `select known_until - e.held_at = interval '30 days' as days from person_known k join encounter e on e.id = k.source_id
        where k.source_id = $1`,
      [id],
    );
    expect(known).toEqual({ days: true });
    await change('deleteEncounter', { id });
    expect(await scene.sql('select from person_known where source_id = $1', [id])).toEqual([]);
  });

  test.each([
    ['another district', () => ({ districtId: randomUUID() }), 'FORBIDDEN'],
    ['no such visit', () => ({ visitId: randomUUID() }), 'NOT_FOUND input.visitId'],
    ['no such appointment', () => ({ appointmentId: randomUUID() }), 'NOT_FOUND input.appointmentId'],
    [
      'both',
      () => ({ visitId: randomUUID(), appointmentId: randomUUID() }),
      'INVALID_INPUT input.appointmentId',
    ],
    ['no such person', () => ({ personId: randomUUID() }), 'NOT_FOUND input.personId'],
    ['a text as long as a novel', () => ({ text: 'x'.repeat(50_001) }), 'INVALID_INPUT input.text'],
  ])('refused, and nothing is written: %s', async (_what, input, fault) => {
    expect(faultOf(await record(input()))).toBe(fault);
    expect(await scene.sql('select from encounter where held_by_id = $1', [alice])).toEqual([]);
  });

  test('again with the same Idempotency-Key, it is one', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const again = () =>
      asAlice.send(
        `mutation ($input: RecordEncounterInput!) { recordEncounter(input: $input) { id text } }`,
        { input: { districtId: scene.districtId, text: TEXT } },
        key,
      );
    expect((await again()).text).toBe((await again()).text);
    expect(await read(asAlice)).toHaveLength(1);
  });

  test('the desk and the head record none', async () => {
    expect(faultOf(await record({}, scene.desk))).toBe('FORBIDDEN');
    expect(faultOf(await record({}, asHead))).toBe('FORBIDDEN');
  });
});

describe('written', () => {
  test('left out it stays, null clears it, and a lost race is a conflict', async () => {
    const id = await recorded();
    expect((await change('writeEncounter', { id })).data?.['writeEncounter']).toMatchObject({
      text: TEXT,
      version: 2,
    });
    expect(faultOf(await change('writeEncounter', { id, text: 'Autre' }))).toBe('CONFLICT VERSION_CHANGED');
    const cleared = await change('writeEncounter', { id, text: null, expectedVersion: 2 });
    expect(cleared.data?.['writeEncounter']).toMatchObject({ text: null, version: 3 });
    const written = await change('writeEncounter', { id, text: 'Elle rappellera.', expectedVersion: 3 });
    expect(written.data?.['writeEncounter']).toMatchObject({ text: 'Elle rappellera.', version: 4 });
  });

  test('another’s is not there, to be written, passed on or deleted', async () => {
    const id = await recorded();
    const caseId = await caseOf('bruno');
    for (const mutation of ['writeEncounter', 'passOnEncounter', 'deleteEncounter'] as const) {
      const more = {
        ...(mutation === 'writeEncounter' ? { text: 'x' } : {}),
        ...(mutation === 'passOnEncounter' ? { caseId } : {}),
      };
      expect(faultOf(await change(mutation, { id, ...more }, asBruno))).toBe('NOT_FOUND input.id');
      expect(faultOf(await change(mutation, { id: randomUUID(), ...more }, asBruno))).toBe(
        'NOT_FOUND input.id',
      );
    }
    expect(await read(asAlice)).toMatchObject([{ id, text: TEXT, version: 1 }]);
  });

  test('deleted before its time, its key goes with it', async () => {
    const id = await recorded();
    expect(faultOf(await change('deleteEncounter', { id, expectedVersion: 7 }))).toBe(
      'CONFLICT VERSION_CHANGED',
    );
    expect((await change('deleteEncounter', { id })).data?.['deleteEncounter']).toEqual({ id });
    expect(await scene.sql('select from encounter_key where encounter_id = $1', [id])).toEqual([]);
    expect(await readersOf(id)).toEqual([]);
  });
});

describe('passed on', () => {
  test('the worker to whom the case is assigned reads it, and is told; who held it does no longer', async () => {
    const { id: personId } = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
    const [id, caseId] = [await recorded({ personId }), await caseOf('bruno')];
    expect((await change('passOnEncounter', { id, caseId })).data?.['passOnEncounter']).toEqual({ id });
    expect(await readersOf(id)).toEqual(['bruno']);
    expect(await read(asBruno)).toMatchObject([
      {
        text: TEXT,
        case: { id: caseId },
        person: { displayName: 'Nour Benali' },
        passedOnAt: expect.any(String),
      },
    ]);
    const told = await asBruno.send(`{ notifications { edges { node { kind case { id } } } } }`);
    expect(told.data?.['notifications'].edges).toEqual([
      { node: { kind: 'ENCOUNTER_PASSED_ON', case: { id: caseId } } },
    ]);
    // Who held it knows the person by it no longer.
    const knows = await scene.sql('select worker_id as id from person_known where source_id = $1', [id]);
    expect(knows).toEqual([{ id: bruno }]);
  });

  test('it stays as it is: nobody writes, deletes or passes it on again', async () => {
    const [id, caseId] = [await recorded(), await caseOf('bruno')];
    await change('passOnEncounter', { id, caseId });
    for (const mutation of ['writeEncounter', 'passOnEncounter', 'deleteEncounter'] as const) {
      const input = { id, expectedVersion: 2, ...(mutation === 'passOnEncounter' ? { caseId } : {}) };
      expect(faultOf(await change(mutation, input, asBruno))).toBe('CONFLICT STATE_CHANGED');
      expect(faultOf(await change(mutation, input, asAlice))).toBe('NOT_FOUND input.id');
    }
    expect(await read(asBruno)).toMatchObject([{ id, text: TEXT, version: 2 }]);
  });

  test('a reassignment opens it to nobody, and it comes back with the case', async () => {
    const [id, caseId] = [await recorded(), await caseOf('bruno')];
    await change('passOnEncounter', { id, caseId });
    await reassign(caseId, carla);
    expect(await readersOf(id)).toEqual([]);
    expect(await scene.sql('select from person_known where source_id = $1', [id])).toEqual([]);
    await reassign(caseId, bruno);
    expect(await readersOf(id)).toEqual(['bruno']);
  });

  test('who held it reads it again once the case is theirs: they wrote it', async () => {
    const [id, caseId] = [await recorded(), await caseOf('bruno')];
    await change('passOnEncounter', { id, caseId });
    await reassign(caseId, alice);
    expect(await readersOf(id)).toEqual(['alice']);
  });

  test('to a case of one’s own, it is kept, and one goes on reading it', async () => {
    const [id, caseId] = [await recorded(), await caseOf('alice')];
    await change('passOnEncounter', { id, caseId });
    await age(id, 40);
    expect(await readersOf(id)).toEqual(['alice']);
    expect(await scene.sql('select from notification where case_id = $1', [caseId])).toEqual([]);
  });

  test('while the case is reassigned, it goes to who has it in the end, or to nobody: never to both', async () => {
    const [id, caseId] = [await recorded(), await caseOf('bruno')];
    await Promise.all([change('passOnEncounter', { id, caseId }), reassign(caseId, carla)]);
    const [row] = await scene.sql<{ to: string; reader: string | null }>(
      'select passed_to_id as to, reader_id as reader from encounter where id = $1',
      [id],
    );
    expect(row?.reader).toBe(row?.to === carla ? carla : null);
  });

  test.each([
    ['no such case', async () => randomUUID(), 'NOT_FOUND input.caseId'],
    ['nobody’s case', async () => (await scene.district.case()).id, 'CONFLICT STATE_CHANGED'],
    [
      'a closed case',
      async () => {
        const id = await caseOf('bruno');
        await scene.sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [id]);
        return id;
      },
      'CONFLICT CASE_CLOSED',
    ],
    [
      'a case of another district, in which one works too',
      async () => {
        const there = await stage.scene();
        await scene.make.membership({ workerId: alice, districtId: there.districtId });
        return (await there.district.worker(`zoe.${there.name}`).case()).id;
      },
      'NOT_FOUND input.caseId',
    ],
  ])('refused, and it stays: %s', async (_what, of, fault) => {
    const id = await recorded();
    expect(faultOf(await change('passOnEncounter', { id, caseId: await of() }))).toBe(fault);
    expect(await readersOf(id)).toEqual(['alice']);
  });

  test('again with the same Idempotency-Key, it is passed on once', async () => {
    const [id, caseId, key] = [await recorded(), await caseOf('bruno'), { 'idempotency-key': randomUUID() }];
    const first = await change('passOnEncounter', { id, caseId }, asAlice, key);
    expect((await change('passOnEncounter', { id, caseId }, asAlice, key)).text).toBe(first.text);
    expect(await scene.sql('select from notification where case_id = $1', [caseId])).toHaveLength(1);
  });

  test('the officer reads in the log of the case that there was a confidential part that day, and no more', async () => {
    const [id, caseId] = [await recorded(), await caseOf('bruno')];
    await change('passOnEncounter', { id, caseId });
    await read(asBruno);
    const lines = await scene.sql<{ action: string }>(
      'select action from access_log where case_id = $1 order by id',
      [caseId],
    );
    // What else the same operations did would tell when, and by whom.
    expect(lines.map(({ action }) => action).sort()).toEqual([
      'PASS_ON_ENCOUNTER_NOTE',
      'READ_CASE',
      'READ_CASE',
      'READ_ENCOUNTER_NOTES',
    ]);
    const { id: dpo } = await scene.district.worker(`dpo.${scene.name}`);
    await scene.sql(
      `update membership set role = 'DATA_PROTECTION_OFFICER', district_id = null where worker_id = $1`,
      [dpo],
    );
    const log = await (await scene.as('dpo')).send(
      `query ($of: String!) { accessLog(filter: { caseReference: $of, ground: CONTROL }) {
        edges { node { action occurredAt worker { id } } } } }`,
      { of: (await scene.sql('select reference from "case" where id = $1', [caseId]))[0]?.['reference'] },
    );
    expect(log.data?.['accessLog'].edges).toEqual([
      { node: { action: 'CONFIDENTIAL_PART', occurredAt: null, worker: null } },
    ]);
  });
});

describe('after 30 days', () => {
  test('what nobody passed on is read, written, passed on and deleted by nobody, before any job has run', async () => {
    const [id, caseId] = [await recorded(), await caseOf('bruno')];
    await age(id, 30);
    expect(await readersOf(id)).toEqual([]);
    expect(faultOf(await change('writeEncounter', { id, text: 'x' }))).toBe('NOT_FOUND input.id');
    expect(faultOf(await change('passOnEncounter', { id, caseId }))).toBe('NOT_FOUND input.id');
    expect(faultOf(await change('deleteEncounter', { id }))).toBe('NOT_FOUND input.id');
    await age(id, 29);
    expect(await readersOf(id)).toEqual(['alice']);
  });

  test('the job deletes them with their keys, so many at a time, and nothing else; again, it finds nothing', async () => {
    const { id: personId } = await scene.person();
    const old = await Promise.all(Array.from({ length: 5 }, () => recorded({ personId })));
    const [young, passedOn] = [await recorded(), await recorded()];
    await change('passOnEncounter', { id: passedOn, caseId: await caseOf('bruno') });
    for (const id of [...old, passedOn]) await age(id, 31);
    expect(await deleteOldEncounters(jobs, 2)).toBe(5);
    expect(await deleteOldEncounters(jobs, 2)).toBe(0);
    const left = await scene.sql<{ id: string }>('select id from encounter where held_by_id = $1', [alice]);
    expect(left.map(({ id }) => id).sort()).toEqual([young, passedOn].sort());
    const keys = await scene.sql('select from encounter_key where encounter_id = any ($1)', [old]);
    const known = await scene.sql('select from person_known where source_id = any ($1)', [old]);
    expect([keys, known]).toEqual([[], []]);
    expect(await readersOf(passedOn)).toEqual(['bruno']);
  });

  test('two that run at once share the work', async () => {
    const old = await Promise.all(Array.from({ length: 6 }, () => recorded()));
    for (const id of old) await age(id, 31);
    const counts = await Promise.all([deleteOldEncounters(jobs, 1), deleteOldEncounters(jobs, 1)]);
    await deleteOldEncounters(jobs);
    expect(await scene.sql('select from encounter where id = any ($1)', [old])).toEqual([]);
    expect(counts[0] + counts[1]).toBeLessThanOrEqual(6);
  });

  test('the role of the jobs deletes nothing else, and reads none', async () => {
    await recorded();
    await expect(jobs.query('select from encounter')).rejects.toThrow('permission denied');
    await expect(jobs.query('delete from encounter')).rejects.toThrow('permission denied');
  });
});
