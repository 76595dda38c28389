import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from './releases.js';

/** Rule 2, the ground DANGER: what cannot wait opens for 72 hours, to the worker just assigned, and is reviewed. */
let made: ReleaseCounty;
beforeAll(async () => {
  made = await releaseCounty();
});
afterAll(() => made.close());

const FACTS = 'Le petit dit que son père l’a frappé hier soir.';
const stated = (danger: Record<string, unknown> = {}) => ({
  ground: 'DANGER',
  danger: { facts: FACTS, authorCalledAt: new Date().toISOString(), authorCall: 'NO_ANSWER', ...danger },
});
const ask = (file: ReassignedCase, input: Record<string, unknown> = stated()) =>
  made.send(
    'bruno',
    'requestRelease',
    { caseId: file.id, ...input },
    'id waitsUntil requestedAt answers { answer }',
  );
const approve = (id: unknown, who = 'inès') =>
  made.send(who, 'approveRelease', { id }, 'openUntil approvedAt');
const review = (who: string, id: unknown) =>
  made.send(who, 'reviewRelease', { id, opinion: 'JUSTIFIED' }, 'reviews { asRole opinion }');

async function opened(): Promise<{ file: ReassignedCase; id: unknown }> {
  const file = await made.newCase();
  const { data } = await ask(file);
  expect((await approve(data?.['id'])).code).toBeUndefined();
  return { file, id: data?.['id'] };
}

describe('in danger', () => {
  test('the notes open at once to the worker just assigned, for 72 hours, though their author is there', async () => {
    const file = await made.newCase();
    const { data } = await ask(file);
    expect(data).toMatchObject({ waitsUntil: data?.['requestedAt'], answers: [] });
    const approved = await approve(data?.['id']);
    const { openUntil, approvedAt } = approved.data as Record<string, string>;
    expect(Date.parse(openUntil ?? '') - Date.parse(approvedAt ?? '')).toBe(72 * 3_600_000);
    expect(await brunoReads(made, file)).toEqual(['texte']);
  });

  test('nobody reads them after that, though nothing was done meanwhile', async () => {
    const { file } = await opened();
    await made.database.sql(
      `update interview_note set readable_until = readable_until - interval '72 hours' where case_id = $1`,
      [file.id],
    );
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('an author who contradicts an absence closes nothing of it', async () => {
    const file = await made.newCase();
    const absence = await made.absent(file.author, 20);
    const { data } = await ask(file);
    expect((await approve(data?.['id'])).code).toBeUndefined();
    expect(
      (await made.send(file.author, 'contradictAbsence', { id: absence, expectedVersion: 1 })).code,
    ).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['texte']);
  });

  test('what bruno wrote, or was handed over, has no end', async () => {
    const { file } = await opened();
    expect(
      (await made.send('bruno', 'writeNote', { caseId: file.id, body: 'de bruno' })).code,
    ).toBeUndefined();
    await made.database.sql(
      `update release set approved_at = approved_at - interval '73 hours', open_until = open_until - interval '73 hours',
         requested_at = requested_at - interval '73 hours', waits_until = waits_until - interval '73 hours' where case_id = $1`,
      [file.id],
    );
    await made.database.sql('select reset_note_readers($1)', [file.id]);
    expect(await brunoReads(made, file)).toEqual(['de bruno']);
  });

  test('the author, who held the case, the advisers and the officer are told in the same transaction', async () => {
    const file = await made.newCase();
    const before = { inès: (await made.told('inès')).length, rose: (await made.told('rose')).length };
    const { data } = await ask(file);
    await approve(data?.['id']);
    expect(await made.told(file.author)).toEqual([
      'CASE_REASSIGNED',
      'RELEASE_REQUESTED',
      'RELEASE_APPROVED',
      'DANGER_NOTES_OPENED',
    ]);
    for (const who of ['inès', 'rose'] as const)
      expect((await made.told(who)).slice(before[who])).toEqual(['RELEASE_REQUESTED', 'DANGER_NOTES_OPENED']);
  });

  test('what was stated is read by who asked, the advisers and the officer, and not by the author', async () => {
    const { id } = await opened();
    const read = (who: string, query: string) => made.list(who, query, 'id danger { facts authorCall }');
    const danger = { facts: FACTS, authorCall: 'NO_ANSWER' };
    expect(await read('bruno', 'myReleases')).toContainEqual({ id, danger });
    expect(await read('louise', 'releasesToReview')).toContainEqual({ id, danger });
    expect(await read('rose', 'releasesToReview')).toContainEqual({ id, danger });
  });
});

test('whoever reads what was stated of a danger is in the log, once for a case; who reads of none is not', async () => {
  const { id } = await opened();
  await made.database.sql('truncate access_log');
  await made.list('louise', 'releasesToReview', 'id danger { facts } again: danger { authorCall }');
  await made.list('louise', 'releasesToReview', 'id');
  const lines = await made.database.sql<{ n: number }>(
    `select count(*)::integer as n from access_log where action = 'READ_DANGER' and actor_id = $1
       and case_id = (select case_id from release where id = $2)`,
    [made.ids['louise'], id],
  );
  expect(lines).toEqual([{ n: 1 }]);
});

describe('a false danger', () => {
  test.each([
    ['without facts', { ground: 'DANGER' }, 'INVALID_INPUT'],
    ['with blank facts', stated({ facts: '  ' }), 'INVALID_INPUT'],
    ['with facts that nobody sees', stated({ facts: '\u200b\u2060' }), 'INVALID_INPUT'],
    ['where the author was not called', stated({ authorCalledAt: '2020-01-01T00:00:00Z' }), 'INVALID_INPUT'],
    ['where the author will be called', stated({ authorCalledAt: '2100-01-01T00:00:00Z' }), 'INVALID_INPUT'],
    ['under another ground', { ...stated(), ground: 'COURT_ORDER' }, 'INVALID_INPUT'],
  ])('%s is not asked for', async (_how, input, code) => {
    const file = await made.newCase();
    expect((await ask(file, input)).code).toBe(code);
    expect(await made.told(file.author)).toEqual(['CASE_REASSIGNED']);
  });

  test('is never approved by who assigned the case, nor by who asked', async () => {
    const file = await made.newCase();
    // Hélène, who assigned it, is an adviser too.
    await made.make.membership({ workerId: made.ids['hélène'], role: 'TECHNICAL_ADVISER' });
    const { data } = await ask(file);
    expect((await approve(data?.['id'], 'hélène')).code).toBe('FORBIDDEN');
    expect((await approve(data?.['id'], 'bruno')).code).toBe('FORBIDDEN');
    expect(await made.list('hélène', 'pendingReleases')).not.toContainEqual({ id: data?.['id'] });
    expect((await approve(data?.['id'])).code).toBeUndefined();
    await made.database.sql(`delete from membership where worker_id = $1 and role = 'TECHNICAL_ADVISER'`, [
      made.ids['hélène'],
    ]);
  });

  test('opens once; what an adviser refused may be asked for again', async () => {
    const file = await made.newCase();
    const first = await ask(file);
    expect((await ask(file)).code).toBe('CONFLICT');
    await made.send('inès', 'refuseRelease', { id: first.data?.['id'] });
    const second = await ask(file);
    expect((await approve(second.data?.['id'])).code).toBeUndefined();
    expect((await ask(file)).code).toBe('CONFLICT');
  });

  const toCarla = async (file: ReassignedCase) => {
    const { code } = await made.send('hélène', 'reassignCase', {
      caseId: file.id,
      workerId: made.ids['carla'],
      expectedVersion: 2,
    });
    expect(code).toBeUndefined();
  };
  const carlaAsks = (file: ReassignedCase) =>
    made.send('carla', 'requestRelease', { caseId: file.id, ...stated() });

  test('opens once for an event: a colleague who is assigned next does not have the same 72 hours again', async () => {
    const { file, id } = await opened();
    await toCarla(file);
    expect(await carlaAsks(file)).toMatchObject({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    expect(await made.told('carla')).not.toContain('RELEASE_APPROVED');
    // After fifteen days, in which whoever was just assigned could have asked, what is stated is another event.
    await made.database.sql(
      `update release set requested_at = requested_at - interval '15 days', waits_until = waits_until - interval '15 days',
         approved_at = approved_at - interval '15 days', open_until = open_until - interval '15 days' where case_id = $1`,
      [file.id],
    );
    expect((await carlaAsks(file)).code).toBeUndefined();
    for (const who of ['rose', 'louise']) expect((await review(who, id)).code).toBeUndefined();
  });

  test('opens again sooner once both reviewers have found the last one justified', async () => {
    const { file, id } = await opened();
    await toCarla(file);
    expect((await review('rose', id)).code).toBeUndefined();
    expect((await carlaAsks(file)).code).toBe('CONFLICT');
    expect((await review('louise', id)).code).toBeUndefined();
    expect((await carlaAsks(file)).code).toBeUndefined();
  });

  test('does not, where a reviewer found it was not', async () => {
    const { file, id } = await opened();
    await toCarla(file);
    await review('rose', id);
    await made.send('louise', 'reviewRelease', { id, opinion: 'NOT_JUSTIFIED' });
    expect((await carlaAsks(file)).code).toBe('CONFLICT');
  });

  test('nor where one that waits was asked for before the last was approved: the approval asks again', async () => {
    const { file } = await opened();
    await made.database.sql('alter table release disable trigger user');
    const [late] = await made.database.sql<{ id: string }>(
      `insert into release (case_id, requested_by_id, ground, district_id, waits_until)
       values ($1, $2, 'DANGER', $3, now()) returning id`,
      [file.id, made.ids['carla'], (await made.sevran).id],
    );
    await made.database.sql('alter table release enable trigger user');
    await made.make.dangerStatement({ releaseId: late?.id });
    expect((await approve(late?.id)).code).toBe('CONFLICT');
  });

  test('is not asked for by who has had the case for long', async () => {
    const file = await made.newCase();
    await made.database.sql('alter table assignment disable trigger user');
    await made.database.sql(
      `update assignment set starts_at = starts_at - interval '16 days', ends_at = ends_at - interval '16 days' where case_id = $1`,
      [file.id],
    );
    await made.database.sql('alter table assignment enable trigger user');
    expect((await ask(file)).code).toBe('CONFLICT');
  });

  test('lapses with the assignment', async () => {
    const { file } = await opened();
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
    expect(await brunoReads(made, file)).toEqual([]);
  });
});

describe('a danger is reviewed', () => {
  test('by an adviser of another district and by the officer, each once', async () => {
    const { id } = await opened();
    expect((await review('rose', id)).code).toBeUndefined();
    const second = await review('louise', id);
    expect(second.data?.['reviews']).toEqual([
      { asRole: 'DATA_PROTECTION_OFFICER', opinion: 'JUSTIFIED' },
      { asRole: 'TECHNICAL_ADVISER', opinion: 'JUSTIFIED' },
    ]);
    expect((await review('rose', id)).code).toBe('CONFLICT');
    for (const who of ['rose', 'louise'])
      expect(await made.list(who, 'releasesToReview')).not.toContainEqual({ id });
  });

  test('not by who approved it, nor by an adviser of the district or of the county', async () => {
    const file = await made.newCase();
    const { data } = await ask(file);
    await approve(data?.['id'], 'louise');
    for (const who of ['louise', 'inès', 'jules'])
      expect((await review(who, data?.['id'])).code).toBe('FORBIDDEN');
    expect((await review('bruno', data?.['id'])).code).toBe('FORBIDDEN');
  });

  test('within ten days: the first due stands first, until it is reviewed', async () => {
    const [late, recent] = [await opened(), await opened()];
    await made.database.sql(
      `update release set requested_at = requested_at - interval '9 days', waits_until = waits_until - interval '9 days',
         approved_at = approved_at - interval '9 days', open_until = open_until - interval '9 days' where id = $1`,
      [late.id],
    );
    const listed = await made.list('louise', 'releasesToReview', 'id reviewDueAt');
    const places = [late.id, recent.id].map((id) => listed.findIndex((release) => release['id'] === id));
    expect(places[0]).toBe(0);
    expect(places[1]).toBeGreaterThan(0);
    const due = Date.parse(String(listed[0]?.['reviewDueAt'])) - Date.now();
    expect(due / 86_400_000).toBeCloseTo(1, 1);
  });

  test('no other release is', async () => {
    const file = await made.newCase();
    const { data } = await ask(file, { ground: 'COURT_ORDER' });
    expect((await review('louise', data?.['id'])).code).toBe('FORBIDDEN');
    expect((await review('rose', data?.['id'])).code).toBe('FORBIDDEN');
  });
});
