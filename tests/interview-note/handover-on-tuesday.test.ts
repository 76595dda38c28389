import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from '../release/releases.js';
import { byHand } from '../support/by-hand.js';

/** On Mondays the head reassigns first. Who left the case hands over on Tuesday all the same, and reads nothing again. */
let made: ReleaseCounty;
beforeAll(async () => {
  made = await releaseCounty();
});
afterAll(() => made.close());

const tasksOf = (file: ReassignedCase) =>
  made.list(file.author, 'handoverTasks', 'id caseReference toWorker { id }');
const offersTo = (who: string, file: ReassignedCase) =>
  made
    .list(who, 'pendingHandovers', 'id case { id }')
    .then((all) => all.filter(({ case: of }) => (of as { id: string }).id === file.id));
const reassign = (file: ReassignedCase, who: string, expectedVersion: number) =>
  made.send('hélène', 'reassignCase', { caseId: file.id, workerId: made.ids[who], expectedVersion });
const reads = async (who: string, file: ReassignedCase): Promise<string[]> => {
  const answer = await (await made.app.as(who)).send(
    'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { body } } } } }',
    { id: file.id },
  );
  const edges = answer.data?.['case'].interviewNotes.edges as { node: { body: string } }[];
  return edges.map(({ node }) => node.body).sort();
};
/** What bruno has to hand over of the case. */
const brunosTask = async (file: ReassignedCase) =>
  (await made.list('bruno', 'handoverTasks', 'id caseReference')).find(
    ({ caseReference }) => caseReference === file.reference,
  );
const accept = async (file: ReassignedCase, who = 'bruno') =>
  made.send(who, 'acceptHandover', { id: (await offersTo(who, file))[0]?.['id'] }, 'acceptedAt');

async function handOver(file: ReassignedCase, answer: Record<string, unknown> = { answer: 'HANDED_OVER' }) {
  const [task] = await tasksOf(file);
  return made.send(file.author, 'answerHandoverTask', { id: task?.['id'], ...answer }, 'closedAt');
}

describe('after a reassignment', () => {
  test('who leaves the case and who takes it are told', async () => {
    const before = (await made.told('bruno')).length;
    const file = await made.newCase();
    expect(await made.told(file.author)).toEqual(['CASE_REASSIGNED']);
    expect((await made.told('bruno')).slice(before)).toEqual(['CASE_ASSIGNED']);
  });

  test('who left it hands over all, without reading again; only what is accepted opens', async () => {
    const file = await made.newCase(['un', 'deux']);
    expect(await tasksOf(file)).toMatchObject([
      { caseReference: file.reference, toWorker: { id: made.ids['bruno'] } },
    ]);
    expect((await handOver(file)).code).toBeUndefined();
    expect(await tasksOf(file)).toEqual([]);
    expect(await brunoReads(made, file)).toEqual([]);
    expect((await accept(file)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['deux', 'un']);
    const again = await (await made.app.as(file.author)).send(
      'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { id } } } } }',
      { id: file.id },
    );
    expect(again.data?.['case'].interviewNotes).toBeNull();
  });

  test('or says why not, which is told to who has the case, and to nobody else', async () => {
    const file = await made.newCase();
    const before = (await made.told('bruno')).length;
    for (const answer of [
      { answer: 'NO' },
      { answer: 'HANDED_OVER', reason: 'OTHER' },
      { answer: 'NO', reason: 'OTHER', since: '2026-01-05' },
      // A no in other words, without a reason.
      { answer: 'HANDED_OVER', since: '9999-12-31' },
    ])
      expect((await handOver(file, answer)).code).toBe('INVALID_INPUT');
    const refusals = (who: string) =>
      made.list(who, 'refusedHandovers', 'caseReference worker { id } answer reason');
    expect(await refusals('bruno')).toEqual([]);
    expect((await handOver(file, { answer: 'NO', reason: 'CONCERNS_OTHERS' })).code).toBeUndefined();
    expect((await made.told('bruno')).slice(before)).toEqual(['HANDOVER_ANSWERED_NO']);
    const said = {
      caseReference: file.reference,
      worker: { id: made.ids[file.author] },
      answer: 'NO',
      reason: 'CONCERNS_OTHERS',
    };
    expect(await refusals('bruno')).toEqual([said]);
    for (const who of ['carla', 'hélène', file.author]) expect(await refusals(who)).toEqual([]);
    // Whoever has the case no longer lists nobody’s answers.
    await reassign(file, 'carla', 2);
    for (const who of ['bruno', 'carla']) expect(await refusals(who)).toEqual([]);
    // The third lock: a task that waits is its worker’s alone.
    const waits = await made.newCase();
    const READ = 'select from handover_task where case_id = $1';
    const hands = await Promise.all(
      ['bruno', 'carla', waits.author].map((who) =>
        byHand(made.database, who, async (by) => [await by(READ, [file.id]), await by(READ, [waits.id])]),
      ),
    );
    // To bruno the no, and what he may hand over himself.
    expect(hands).toEqual([
      ['2', '0'],
      ['0', '0'],
      ['0', '1'],
    ]);
  });

  test('or none; and once', async () => {
    const file = await made.newCase();
    const [task] = await tasksOf(file);
    expect((await handOver(file, { answer: 'NO', reason: 'OTHER' })).code).toBeUndefined();
    expect(await offersTo('bruno', file)).toEqual([]);
    const again = await made.send(file.author, 'answerHandoverTask', {
      id: task?.['id'],
      answer: 'HANDED_OVER',
    });
    expect(again.code).toBe('CONFLICT');
    expect(await offersTo('bruno', file)).toEqual([]);
  });

  test('what its author marked keep back when writing is left out, and is theirs to mark alone', async () => {
    const file = await made.newCase(['à transmettre']);
    expect((await reassign(file, file.author, 2)).code).toBeUndefined();
    const kept = await made.send(
      file.author,
      'writeNote',
      { caseId: file.id, body: 'gardé', keepBack: true },
      'keptBack',
    );
    expect(kept.data).toEqual({ keptBack: true });
    expect((await reassign(file, 'bruno', 3)).code).toBeUndefined();
    expect((await handOver(file)).code).toBeUndefined();
    expect((await accept(file)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['à transmettre']);
  });

  test('nobody else answers it', async () => {
    const file = await made.newCase();
    const [task] = await tasksOf(file);
    const input = { id: task?.['id'], answer: 'HANDED_OVER' };
    expect((await made.send('bruno', 'answerHandoverTask', input)).code).toBe('NOT_FOUND');
  });
});

describe('Tuesday loses no note', () => {
  test('what who leaves was handed goes along as well, at the version that they accepted', async () => {
    const file = await made.newCase(['d’alice']);
    await handOver(file);
    await accept(file);
    await made.send('bruno', 'writeNote', { caseId: file.id, body: 'de bruno' });
    await reassign(file, 'carla', 2);
    const task = await brunosTask(file);
    const said = await made.send('bruno', 'answerHandoverTask', { id: task?.['id'], answer: 'HANDED_OVER' });
    expect(said.code).toBeUndefined();
    expect((await accept(file, 'carla')).code).toBeUndefined();
    expect(await reads('carla', file)).toEqual(['de bruno', 'd’alice']);
  });

  test('what who leaves was never handed does not', async () => {
    const file = await made.newCase(['d’alice']);
    await made.send('bruno', 'writeNote', { caseId: file.id, body: 'de bruno' });
    await reassign(file, 'carla', 2);
    const task = await brunosTask(file);
    await made.send('bruno', 'answerHandoverTask', { id: task?.['id'], answer: 'HANDED_OVER' });
    await accept(file, 'carla');
    expect(await reads('carla', file)).toEqual(['de bruno']);
  });

  test('a second reassignment on the same day takes no choice: the author’s task goes on to who has the case', async () => {
    const file = await made.newCase();
    const [before] = await tasksOf(file);
    expect((await reassign(file, 'carla', 2)).code).toBeUndefined();
    expect(await tasksOf(file)).toMatchObject([{ toWorker: { id: made.ids['carla'] } }]);
    expect(await made.told(file.author)).toEqual(['CASE_REASSIGNED', 'CASE_REASSIGNED']);
    // Whoever answers what they saw before chose another colleague.
    const late = { id: before?.['id'], answer: 'HANDED_OVER' };
    expect((await made.send(file.author, 'answerHandoverTask', late)).code).toBe('CONFLICT');
    expect((await handOver(file)).code).toBeUndefined();
    expect((await accept(file, 'carla')).code).toBeUndefined();
    expect(await reads('carla', file)).toEqual(['texte']);
  });

  test('nor does one after the offer, which who had the case for an hour did not accept', async () => {
    const file = await made.newCase();
    await handOver(file);
    await reassign(file, 'carla', 2);
    expect(await tasksOf(file)).toMatchObject([{ toWorker: { id: made.ids['carla'] } }]);
    await handOver(file);
    await accept(file, 'carla');
    expect(await reads('carla', file)).toEqual(['texte']);
  });

  test('what was answered is asked no more: a no, an offer that was accepted, a case that came back', async () => {
    const [no, accepted, back] = [await made.newCase(), await made.newCase(), await made.newCase()];
    await handOver(no, { answer: 'NO', reason: 'PERSON_WISHES' });
    await handOver(accepted);
    await accept(accepted);
    for (const file of [no, accepted]) await reassign(file, 'carla', 2);
    await reassign(back, back.author, 2);
    for (const file of [no, accepted, back]) expect(await tasksOf(file)).toEqual([]);
  });
});

describe('an offer', () => {
  test('is withdrawn by who made it, until it is accepted', async () => {
    const file = await made.newCase();
    await handOver(file);
    const [offer] = await offersTo('bruno', file);
    const withdraw = (who: string) =>
      made.send(who, 'withdrawHandover', { id: offer?.['id'] }, 'withdrawnAt');
    for (const who of ['bruno', 'carla']) expect((await withdraw(who)).code).toBe('NOT_FOUND');
    expect((await withdraw(file.author)).data?.['withdrawnAt']).not.toBeNull();
    expect(await offersTo('bruno', file)).toEqual([]);
    expect((await made.send('bruno', 'acceptHandover', { id: offer?.['id'] })).code).toBe('CONFLICT');
    expect((await withdraw(file.author)).code).toBe('CONFLICT');
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('falls when the case comes back to who made it', async () => {
    const file = await made.newCase();
    await handOver(file);
    await reassign(file, file.author, 2);
    await reassign(file, 'bruno', 3);
    expect(await offersTo('bruno', file)).toEqual([]);
  });

  test('is of a note as it was then: what its author added since stays shut', async () => {
    const file = await made.newCase(['première version', 'autre']);
    await reassign(file, file.author, 2);
    const [changed] = file.noteIds;
    const offered = await made.send(file.author, 'offerHandover', {
      caseId: file.id,
      toWorkerId: made.ids['bruno'],
      noteIds: file.noteIds,
    });
    expect(offered.code).toBeUndefined();
    const amended = await made.send(file.author, 'amendNote', {
      id: changed,
      expectedVersion: 1,
      body: 'première version, et ce que le voisin a dit',
    });
    expect(amended.code).toBeUndefined();
    await reassign(file, 'bruno', 3);
    expect((await accept(file)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['autre']);
    // Nor at the next look of the database.
    await made.database.sql('select reset_note_readers($1)', [file.id]);
    expect(await brunoReads(made, file)).toEqual(['autre']);
  });
});
