import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from './releases.js';

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

  test('or none; and once', async () => {
    const file = await made.newCase();
    const [task] = await tasksOf(file);
    expect((await handOver(file, { answer: 'NO' })).code).toBeUndefined();
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

  test('nobody else answers it, and not once the case has changed hands again', async () => {
    const file = await made.newCase();
    const [task] = await tasksOf(file);
    const input = { id: task?.['id'], answer: 'HANDED_OVER' };
    expect((await made.send('bruno', 'answerHandoverTask', input)).code).toBe('NOT_FOUND');
    expect((await reassign(file, 'carla', 2)).code).toBeUndefined();
    expect(await tasksOf(file)).toEqual([]);
    expect((await made.send(file.author, 'answerHandoverTask', input)).code).toBe('CONFLICT');
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
