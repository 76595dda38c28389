import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from './releases.js';

/** Rule 2: a release waits for an objection; who held the case answers; two people say that someone has gone. */
let made: ReleaseCounty;
beforeAll(async () => {
  made = await releaseCounty();
});
afterAll(() => made.close());

async function ask(file: ReassignedCase, ground = 'COURT_ORDER'): Promise<string> {
  const { data, code } = await made.send('bruno', 'requestRelease', { caseId: file.id, ground });
  if (data === null) throw new Error(code);
  return String(data['id']);
}
const approve = (id: string, who = 'inès') => made.send(who, 'approveRelease', { id }, 'approvedAt');
const answer = (who: string, id: string, said: Record<string, unknown>) =>
  made.send(who, 'answerRelease', { id, ...said }, 'objectedAt');
const NO = { answer: 'NO', reason: 'PERSON_WISHES' };

/** Ended by Sam, confirmed by Tess, as the administrators of the county. */
async function leaves(file: ReassignedCase): Promise<void> {
  const [row] = await made.database.sql<{ id: string }>('select id from membership where worker_id = $1', [
    made.ids[file.author],
  ]);
  expect((await made.send('sam', 'endMembership', { id: row?.id, expectedVersion: 1 })).code).toBeUndefined();
  const confirmed = await made.send('tess', 'confirmDeparture', { id: row?.id, expectedVersion: 2 });
  expect(confirmed.code).toBeUndefined();
}

describe('a release waits for an objection', () => {
  test.each([
    ['COURT_ORDER', 7],
    ['PERSON_AGREEMENT', 7],
    ['ACCESS_REQUEST', 2],
    ['APPEAL', 2],
  ])('on the ground %s for %i days', async (ground, days) => {
    const file = await made.newCase();
    await made.absent(file.author, 20);
    const id = await ask(file, ground);
    await made.daysPass(id, days - 0.01);
    expect(await approve(id)).toMatchObject({ code: 'CONFLICT', reason: 'STILL_WAITS' });
    expect(await brunoReads(made, file)).toEqual([]);
    await made.daysPass(id, 0.01);
    expect((await approve(id)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['texte']);
  });

  test('an answer and an approval at once: one of them comes second, and is told so', async () => {
    for (let round = 0; round < 8; round += 1) {
      const file = await made.newCase();
      await made.absent(file.author, 20);
      const id = await ask(file);
      await made.daysPass(id, 7);
      const codes = await Promise.all([answer(file.author, id, NO), approve(id)]);
      expect(codes.filter(({ code }) => code === undefined)).toHaveLength(1);
      // After the no, an adviser of the district may not decide any more.
      for (const { code } of codes) expect([undefined, 'CONFLICT', 'FORBIDDEN']).toContain(code);
    }
  });

  test('also once all who held the case have left, since their departure may be false', async () => {
    const file = await made.newCase();
    await leaves(file);
    const id = await ask(file);
    expect((await approve(id)).reason).toBe('STILL_WAITS');
    await made.daysPass(id, 7);
    expect((await approve(id)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['texte']);
  });

  test('also if only one of the two workers who held it has left', async () => {
    const file = await made.newCase();
    await made.send('hélène', 'reassignCase', {
      caseId: file.id,
      workerId: made.ids['carla'],
      expectedVersion: 2,
    });
    await made.send('hélène', 'reassignCase', {
      caseId: file.id,
      workerId: made.ids['bruno'],
      expectedVersion: 3,
    });
    await leaves(file);
    expect((await approve(await ask(file))).reason).toBe('STILL_WAITS');
  });

  test('the wait tells nothing of who wrote: it is the same where who held the case wrote nothing', async () => {
    const [written, empty] = [await made.newCase(), await made.newCase([])];
    const waits = async (file: ReassignedCase) => {
      const { data } = await made.send(
        'bruno',
        'requestRelease',
        { caseId: file.id, ground: 'COURT_ORDER' },
        'requestedAt waitsUntil answers { worker { id } answer }',
      );
      const { requestedAt, waitsUntil, answers } = data as Record<string, string>;
      return [Date.parse(waitsUntil ?? '') - Date.parse(requestedAt ?? ''), (answers ?? []).length];
    };
    expect(await waits(empty)).toEqual(await waits(written));
  });
});

describe('who held the case has a task: to hand over, or to say why not', () => {
  test('it is theirs until they answer, and is told at once', async () => {
    const file = await made.newCase();
    const id = await ask(file);
    expect(await made.told(file.author)).toEqual(['CASE_REASSIGNED', 'RELEASE_REQUESTED']);
    expect(await made.list(file.author, 'releasesToAnswer', 'id ground caseReference')).toEqual([
      { id, ground: 'COURT_ORDER', caseReference: file.reference },
    ]);
    expect(await made.list('carla', 'releasesToAnswer')).not.toContainEqual({ id });
    expect((await answer(file.author, id, NO)).code).toBeUndefined();
    expect(await made.list(file.author, 'releasesToAnswer')).toEqual([]);
    expect((await answer(file.author, id, NO)).code).toBe('CONFLICT');
  });

  test.each([
    ['all of them', {}, ['old', 'recent']],
    [
      'those since a day',
      { since: new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10) },
      ['recent'],
    ],
  ])('they hand over %s without reading again, but for what they kept back', async (_which, since, texts) => {
    const file = await made.newCase(['old', 'recent', 'mine']);
    const [old, , kept] = file.noteIds;
    await made.database.sql('alter table interview_note disable trigger user');
    await made.database.sql(
      `update interview_note set written_at = now() - interval '30 days' where id = $1`,
      [old],
    );
    await made.database.sql('update interview_note set kept_back = true where id = $1', [kept]);
    await made.database.sql('alter table interview_note enable trigger user');
    const id = await ask(file);
    expect((await answer(file.author, id, { answer: 'HANDED_OVER', ...since })).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
    const [handover] = await made.list('bruno', 'pendingHandovers', 'id fromWorker { id }');
    expect(handover?.['fromWorker']).toEqual({ id: made.ids[file.author] });
    expect((await made.send('bruno', 'acceptHandover', { id: handover?.['id'] })).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(texts);
    // Whoever handed over reads nothing again.
    const again = await (await made.app.as(file.author)).send(
      'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { id } } } } }',
      { id: file.id },
    );
    expect(again.data?.['case'].interviewNotes).toBeNull();
  });

  test('an offer without a note looks like any other to who receives it', async () => {
    const file = await made.newCase([]);
    const id = await ask(file);
    expect((await answer(file.author, id, { answer: 'HANDED_OVER' })).code).toBeUndefined();
    const offers = await made.list('bruno', 'pendingHandovers', 'fromWorker { id }');
    expect(offers).toContainEqual({ fromWorker: { id: made.ids[file.author] } });
  });

  test.each([
    ['a no without a reason', { answer: 'NO' }, 'INVALID_INPUT'],
    ['a reason without a no', { answer: 'HANDED_OVER', reason: 'OTHER' }, 'INVALID_INPUT'],
    ['a no since a day', { ...NO, since: '2026-01-01' }, 'INVALID_INPUT'],
    ['all that will be written', { answer: 'HANDED_OVER', since: '9999-12-31' }, 'INVALID_INPUT'],
  ])('%s changes nothing', async (_what, said, code) => {
    const file = await made.newCase();
    const id = await ask(file);
    expect((await answer(file.author, id, said)).code).toBe(code);
    expect(await made.list(file.author, 'releasesToAnswer')).toEqual([{ id }]);
  });

  test('nobody answers for them, and not once it is decided', async () => {
    const file = await made.newCase();
    const id = await ask(file);
    expect((await answer('bruno', id, NO)).code).toBe('FORBIDDEN');
    expect((await answer('carla', id, NO)).code).toBe('NOT_FOUND');
    expect((await made.send('inès', 'refuseRelease', { id })).code).toBeUndefined();
    expect((await answer(file.author, id, NO)).code).toBe('CONFLICT');
  });

  test('a no is told to who asked, who tells the person; nobody else records it', async () => {
    const file = await made.newCase();
    const id = await ask(file);
    expect((await made.send('bruno', 'recordReleaseTold', { id })).code).toBe('CONFLICT');
    await answer(file.author, id, NO);
    expect(await made.told('bruno')).toContain('RELEASE_ANSWERED_NO');
    expect(
      await made.list('bruno', 'myReleases', 'id personToldAt answers { answer reason worker { id } }'),
    ).toContainEqual({ id, personToldAt: null, answers: [{ ...NO, worker: { id: made.ids[file.author] } }] });
    expect((await made.send(file.author, 'recordReleaseTold', { id })).code).toBe('FORBIDDEN');
    const told = await made.send('bruno', 'recordReleaseTold', { id }, 'personToldAt');
    expect(told.data?.['personToldAt']).not.toBeNull();
    expect((await made.send('bruno', 'recordReleaseTold', { id })).code).toBe('CONFLICT');
  });
});

describe('an author who is away and says no is decided against by another district’s adviser alone', () => {
  test('not by the county’s, nor by the district’s own', async () => {
    const file = await made.newCase();
    await made.absent(file.author, 20);
    const id = await ask(file);
    await answer(file.author, id, NO);
    await made.daysPass(id, 7);
    for (const who of ['inès', 'jules']) {
      expect((await approve(id, who)).code).toBe('FORBIDDEN');
      expect((await made.send(who, 'refuseRelease', { id })).code).toBe('FORBIDDEN');
      expect(await made.list(who, 'pendingReleases')).not.toContainEqual({ id });
    }
    expect(await made.list('louise', 'pendingReleases')).toContainEqual({ id });
    expect((await approve(id, 'louise')).code).toBeUndefined();
    // To answer is not to have come back.
    expect(await brunoReads(made, file)).toEqual(['texte']);
  });

  test('of an author who is there, nothing opens, whoever approves', async () => {
    const file = await made.newCase();
    const id = await ask(file);
    await answer(file.author, id, NO);
    await made.daysPass(id, 7);
    expect((await approve(id, 'louise')).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('an approval that comes at the same time as the no is one or the other', async () => {
    const file = await made.newCase();
    await made.absent(file.author, 20);
    const id = await ask(file);
    await made.daysPass(id, 7);
    const [said, approved] = await Promise.all([answer(file.author, id, NO), approve(id)]);
    expect([said.code, approved.code].filter((code) => code === undefined)).toHaveLength(1);
  });
});

describe('a refusal', () => {
  test('ends the release, is told to who asked, and opens nothing', async () => {
    const file = await made.newCase();
    await leaves(file);
    const id = await ask(file);
    expect(
      (await made.send('inès', 'refuseRelease', { id }, 'refusedAt')).data?.['refusedAt'],
    ).not.toBeNull();
    expect(await made.told('bruno')).toContain('RELEASE_REFUSED');
    expect((await approve(id)).code).toBe('CONFLICT');
    expect(await made.list('inès', 'pendingReleases')).not.toContainEqual({ id });
    expect(await brunoReads(made, file)).toEqual([]);
  });
});

describe('two people say that someone has gone', () => {
  test('one administrator’s word opens nothing, and nobody confirms their own; the worker is told', async () => {
    const file = await made.newCase();
    const [row] = await made.database.sql<{ id: string }>('select id from membership where worker_id = $1', [
      made.ids[file.author],
    ]);
    const confirm = (who: string, expectedVersion: number) =>
      made.send(who, 'confirmDeparture', { id: row?.id, expectedVersion }, 'endConfirmedAt');
    // She is there: no other version would help.
    expect(await confirm('tess', 1)).toMatchObject({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    expect(await confirm('tess', 7)).toMatchObject({ code: 'CONFLICT', reason: 'VERSION_CHANGED' });
    await made.send('sam', 'endMembership', { id: row?.id, expectedVersion: 1 });
    expect(await made.told(file.author)).toContain('MEMBERSHIP_ENDED');
    const id = await ask(file);
    await made.daysPass(id, 7);
    expect((await approve(id)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
    expect(await confirm('sam', 2)).toMatchObject({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    expect((await confirm('hélène', 2)).code).toBe('FORBIDDEN');
    expect((await confirm('tess', 2)).data?.['endConfirmedAt']).not.toBeNull();
    const again = await ask(file);
    await made.daysPass(again, 7);
    expect((await approve(again)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['texte']);
  });
});

describe('an absent author who acts contradicts the absence', () => {
  test('what was opened closes; what a departure opened stays, and so does a relay', async () => {
    const [absent, left] = [await made.newCase(['of the absent']), await made.newCase(['of who left'])];
    await made.absent(absent.author, 20);
    await leaves(left);
    const id = await ask(absent);
    await made.daysPass(id, 7);
    await approve(id);
    const gone = await ask(left);
    await made.daysPass(gone, 7);
    await approve(gone);
    const close = async () =>
      (await made.database.sql<{ n: number }>('select close_contradicted_releases() as n'))[0]?.n;
    expect(await close()).toBe(0);
    expect(await brunoReads(made, absent)).toEqual(['of the absent']);
    // She opens a case: a line of the log.
    const person = await made.sevran.person();
    const opened = await made.send(absent.author, 'openCase', {
      districtId: (await made.sevran).id,
      mission: 'RSA',
      personIds: [person.id],
    });
    expect(opened.code).toBeUndefined();
    expect(await close()).toBe(1);
    expect(await brunoReads(made, absent)).toEqual([]);
    expect(await brunoReads(made, left)).toEqual(['of who left']);
  });
});
