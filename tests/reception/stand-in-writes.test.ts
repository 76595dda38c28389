import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { deleteOldEncounters, settleEncounters } from '../../src/jobs/tasks.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * Alice is away for 45 days. Bruno stands in for the first 20 days, then Carla. They write about a case of Alice. Only the stand-in reads the
 * text. It does not lapse, and goes to Alice when her absence ends (rule 1).
 */
let stage: Stage;
let scene: Scene;
let jobs: pg.Pool;
let alice: string;
let bruno: string;
let carla: string;
let zoe: string;
let asBruno: Requester;
let asHead: Requester;
let file: BuiltCase;

beforeAll(async () => {
  stage = await raiseStage();
  jobs = jobsOf(stage.database);
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('alice');
  alice = (await builder).id;
  file = await builder.case();
  [bruno, carla, zoe] = (await Promise.all(
    ['bruno', 'carla', 'zoe'].map(async (name) => (await scene.worker(name)).id),
  )) as [string, string, string];
  await scene.district.head(`head.${scene.name}`);
  [asBruno, asHead] = [await scene.as('bruno'), await scene.as('head')];
  await scene.make.absence({
    workerId: alice,
    districtId: scene.districtId,
    startsAt: at(0),
    endsAt: at(45),
  });
  await standsIn(bruno, 0, 20);
  await standsIn(carla, 20, 45);
});
afterAll(async () => {
  await jobs.end();
  await stage.close();
});

/** The instant this many days after the absence began, which was a minute ago. */
const at = (days: number): Date => new Date(Date.now() + days * 86_400_000 - 60_000);

const standsIn = (standInId: string, from: number, until: number): Promise<string> =>
  scene.make.relay({
    districtId: scene.districtId,
    absentWorkerId: alice,
    standInId,
    startsAt: at(from),
    endsAt: at(until),
  });

const TEXT = 'Le bailleur accepte un échéancier.';

const send = (who: Requester, mutation: string, type: string, input: object, fields = 'id') =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

const record = (more: object = {}, who = asBruno): Promise<Answer> =>
  send(
    who,
    'recordEncounter',
    'RecordEncounterInput',
    { districtId: scene.districtId, caseId: file.id, personId: file.personId, text: TEXT, ...more },
    'id text passedOnAt case { id } forCase { id }',
  );

async function recorded(more: object = {}, who = asBruno): Promise<string> {
  const answer = await record(more, who);
  if (answer.data?.['recordEncounter'] == null) throw new Error(answer.text);
  return answer.data['recordEncounter'].id;
}

/** The logins that read the text, in the list and by its id. */
async function readersOf(id: string): Promise<string[]> {
  const found = await Promise.all(
    ['alice', 'bruno', 'carla', 'zoe', 'head', 'desk'].map(async (name) => {
      const who = await scene.as(name);
      const { data } = await who.send('{ encounters { edges { node { id text } } } }');
      const listed = (data?.['encounters']?.edges ?? []).some(
        ({ node }: { node: { id: string; text: string } }) => node.id === id && node.text === TEXT,
      );
      const one = await who.send('query ($id: ID!) { encounter(id: $id) { text } }', { id });
      expect(one.data?.['encounter'] != null).toBe(listed);
      return listed ? [name] : [];
    }),
  );
  return found.flat();
}

/** Lets days pass: all dates move back. No trigger runs, as in real time. */
async function pass(days: number): Promise<void> {
  const triggers = (what: string) =>
    scene.sql(
      ['relay', 'absence'].map((table) => `alter table ${table} ${what} trigger stand_ins_changed`).join(';'),
    );
  await triggers('disable');
  // The relays move first, the earliest before the others: an absence that ends sooner would cut them short.
  const relays = await scene.sql<{ id: string }>(
    'select id from relay where district_id = $1 order by starts_at',
    [scene.districtId],
  );
  const by = `${days} days`;
  for (const { id } of relays)
    await scene.sql(
      'update relay set starts_at = starts_at - $2::interval, ends_at = ends_at - $2::interval where id = $1',
      [id, by],
    );
  await scene.sql(
    `update absence set starts_at = starts_at - $2::interval, ends_at = ends_at - $2::interval, declared_at = declared_at - $2::interval
      where district_id = $1`,
    [scene.districtId, by],
  );
  await scene.sql(
    'update encounter set held_at = held_at - $2::interval, kept_from = kept_from - $2::interval where district_id = $1',
    [scene.districtId, by],
  );
  await triggers('enable');
}

/** The jobs of every minute and of every night. */
async function jobsRun(): Promise<void> {
  await settleEncounters(jobs);
  await deleteOldEncounters(jobs);
}

async function reassign(workerId: string): Promise<void> {
  const [row] = await scene.sql<{ version: number }>('select version from "case" where id = $1', [file.id]);
  const input = { caseId: file.id, workerId, expectedVersion: row?.version };
  expect(faultOf(await send(asHead, 'reassignCase', 'AssignCaseInput', input))).toBe('none');
}

const told = async (workerId: string): Promise<string[]> =>
  (
    await scene.sql<{ kind: string }>(
      `select kind::text as kind from notification where worker_id = $1 and case_id = $2 order by created_at, kind`,
      [workerId, file.id],
    )
  ).map(({ kind }) => kind);

describe('in an absence of 45 days', () => {
  test('the stand-in has it, then the next stand-in, and the worker once the worker is back', async () => {
    const id = await recorded();
    expect(await readersOf(id)).toEqual(['bruno']);
    await pass(19);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['bruno']);
    // Bruno's relay is over: he reads it no longer, even before a job has run.
    await pass(2);
    expect(await readersOf(id)).toEqual([]);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['carla']);
    await pass(10);
    await jobsRun();
    const second = await recorded({}, await scene.as('carla'));
    expect([await readersOf(id), await readersOf(second)]).toEqual([['carla'], ['carla']]);
    expect(await told(alice)).toEqual([]);
    await pass(15);
    expect([await readersOf(id), await readersOf(second)]).toEqual([[], []]);
    await jobsRun();
    expect([await readersOf(id), await readersOf(second)]).toEqual([['alice'], ['alice']]);
    expect(await told(alice)).toEqual(['ENCOUNTER_PASSED_ON', 'ENCOUNTER_PASSED_ON']);
    await pass(60);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['alice']);
  });

  test('it gives the case for which it is written, and is not passed on', async () => {
    expect((await record()).data?.['recordEncounter']).toEqual({
      id: expect.any(String),
      text: TEXT,
      passedOnAt: null,
      case: null,
      forCase: { id: file.id },
    });
  });

  test('nobody reads it while nobody stands in, and it stays', async () => {
    const id = await recorded();
    await scene.sql('delete from relay where stand_in_id = $1', [carla]);
    await pass(35);
    await jobsRun();
    expect(await readersOf(id)).toEqual([]);
    await standsIn(carla, 0, 5);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['carla']);
  });

  test('the end of the relay and the end of the absence count in the transaction of the act', async () => {
    const id = await recorded();
    const [relay] = await scene.sql<{ id: string }>('select id from relay where stand_in_id = $1', [bruno]);
    const ended = { id: relay?.id, expectedVersion: 1 };
    expect(faultOf(await send(asHead, 'endRelay', 'EndRelayInput', ended))).toBe('none');
    expect(await readersOf(id)).toEqual([]);
    await scene.sql('delete from relay where stand_in_id = $1', [bruno]);
    await standsIn(zoe, 0, 5);
    expect(await readersOf(id)).toEqual(['zoe']);
    await scene.sql('update absence set ends_at = date_trunc($$milliseconds$$, now()) where worker_id = $1', [
      alice,
    ]);
    expect(await readersOf(id)).toEqual(['alice']);
  });

  test('a worker who says that they were there gets it', async () => {
    const id = await recorded();
    await scene.sql(
      'update absence set contradicted_at = date_trunc($$milliseconds$$, now()) where worker_id = $1',
      [alice],
    );
    expect(await readersOf(id)).toEqual(['alice']);
  });

  test('the stand-in writes and deletes it; the next stand-in does neither, and nobody passes it on', async () => {
    const id = await recorded();
    const pass_on = { id, expectedVersion: 1, caseId: file.id };
    expect(faultOf(await send(asBruno, 'passOnEncounter', 'PassOnEncounterInput', pass_on))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    const written = { id, expectedVersion: 1, text: TEXT };
    expect(faultOf(await send(asBruno, 'writeEncounter', 'WriteEncounterInput', written))).toBe('none');
    await pass(21);
    await jobsRun();
    const late = { id, expectedVersion: 2 };
    const asCarla = await scene.as('carla');
    expect(faultOf(await send(asCarla, 'deleteEncounter', 'VersionedInput', late))).toBe('FORBIDDEN');
    expect(faultOf(await send(asBruno, 'deleteEncounter', 'VersionedInput', late))).toBe(
      'NOT_FOUND input.id',
    );
    expect(await readersOf(id)).toEqual(['carla']);
  });

  test('an earlier encounter that the stand-in passes on to the case waits for the end of the absence, too', async () => {
    const id = await recorded({ caseId: undefined });
    const input = { id, expectedVersion: 1, caseId: file.id };
    expect(faultOf(await send(asBruno, 'passOnEncounter', 'PassOnEncounterInput', input))).toBe('none');
    expect(await readersOf(id)).toEqual(['bruno']);
    await pass(40);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['carla']);
  });

  test('the stand-in writes it after an appointment of the case', async () => {
    const appointmentId = await scene.booked(bruno, scene.at('09:00'), { personIds: [file.personId] });
    await scene.sql('update appointment set case_id = $2 where id = $1', [appointmentId, file.id]);
    expect(faultOf(await record({ appointmentId, caseId: undefined }))).toBe(
      'INVALID_INPUT input.appointmentId',
    );
    expect(faultOf(await record({ appointmentId }))).toBe('none');
  });
});

describe('a case that changes hands in the absence', () => {
  test('a reassignment opens it to nobody: the stand-in has it for 30 more days, is told, and may pass it on', async () => {
    const id = await recorded();
    await pass(15);
    await reassign(zoe);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['bruno']);
    expect(await told(bruno)).toEqual(['CASE_REASSIGNED']);
    await pass(29);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['bruno']);
    const input = { id, expectedVersion: 1, caseId: file.id };
    expect(faultOf(await send(asBruno, 'passOnEncounter', 'PassOnEncounterInput', input))).toBe('none');
    expect(await readersOf(id)).toEqual(['zoe']);
  });

  test('if the stand-in does nothing, it is deleted 30 days after the reassignment', async () => {
    const id = await recorded();
    await pass(15);
    await reassign(carla);
    await pass(31);
    expect(await readersOf(id)).toEqual([]);
    await jobsRun();
    expect(await scene.sql('select from encounter where id = $1', [id])).toEqual([]);
  });

  test('a stand-in who wrote it and is assigned the case keeps it', async () => {
    const id = await recorded();
    await reassign(bruno);
    await pass(60);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['bruno']);
  });

  test('a case that is closed takes nothing new, and gives what was written when the absence ends', async () => {
    const id = await recorded();
    await scene.sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [file.id]);
    expect(faultOf(await record())).toBe('CONFLICT CASE_CLOSED');
    await pass(46);
    await jobsRun();
    expect(await readersOf(id)).toEqual(['alice']);
  });
});

describe('refused', () => {
  test('to a colleague, to the assigned worker, who writes notes, and for a case that does not exist', async () => {
    const asZoe = await scene.as('zoe');
    expect(faultOf(await record({}, asZoe))).toBe('NOT_FOUND input.caseId');
    expect(faultOf(await record({ caseId: scene.districtId }, asZoe))).toBe('NOT_FOUND input.caseId');
    expect(faultOf(await record({}, await scene.as('alice')))).toBe('NOT_FOUND input.caseId');
  });

  test('by the database: a colleague writes for no case, and a stand-in gives it to nobody too early', async () => {
    const id = await recorded();
    const insert = `insert into encounter (id, district_id, held_by_id, for_case_id) values (gen_random_uuid(), $1, viewer_worker(), $2)`;
    const by = (name: string) =>
      byHand(stage.database, `${name}.${scene.name}`, async (hand) => [
        await hand(insert, [scene.districtId, file.id]),
        await hand('update encounter set for_case_id = null where id = $1', [id]),
        await hand('update encounter set for_case_id = null, case_id = $2 where id = $1', [id, file.id]),
        await hand('update encounter set stands_for_id = null where id = $1', [id]),
      ]);
    expect(await by('zoe')).toEqual(['40001', '0', '0', '42501']);
    expect(await by('bruno')).toEqual(['1', '42501', '42501', '42501']);
  });

  test('the log of the case has a confidential part for it', async () => {
    await recorded();
    expect(
      await scene.sql(
        `select action, outcome from access_log where case_id = $1 and actor_id = $2 and action like '%ENCOUNTER%' order by id`,
        [file.id, bruno],
      ),
    ).toEqual([{ action: 'RECORD_ENCOUNTER_NOTE', outcome: 'DONE' }]);
  });
});
