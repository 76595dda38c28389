import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { byHand } from '../support/by-hand.js';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from './releases.js';

/** Rule 1: a release opens for as long as it says, and it says so when it is asked for. */
let made: ReleaseCounty;
beforeAll(async () => {
  made = await releaseCounty();
});
afterAll(() => made.close());

const DAY_MS = 86_400_000;
const CHECK = '23514';
const DENIED = '42501';
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const ask = (file: ReassignedCase, input: Record<string, unknown>) =>
  made.send('bruno', 'requestRelease', { caseId: file.id, ...input }, 'id openUntil');
const approve = (id: unknown) => made.send('inès', 'approveRelease', { id }, 'openUntil');
const DANGER = { facts: 'faits', authorCalledAt: new Date().toISOString(), authorCall: 'NO_ANSWER' };

async function absentAuthor(): Promise<ReassignedCase> {
  const file = await made.newCase(['texte d’alice']);
  await made.absent(file.author, 20);
  return file;
}

describe.each(['PERSON_AGREEMENT', 'APPEAL', 'COURT_ORDER'])('what %s opened was open for ever', (ground) => {
  test('it ends when it was asked to, which its author and the adviser read before they answer', async () => {
    const file = await absentAuthor();
    const openUntil = inDays(20);
    const { data } = await ask(file, { ground, openUntil });
    expect(data).toMatchObject({ openUntil });
    for (const [who, query] of [
      [file.author, 'releasesToAnswer'],
      ['inès', 'pendingReleases'],
      ['bruno', 'myReleases'],
    ] as const)
      expect(await made.list(who, query, 'id openUntil')).toContainEqual({ id: data?.['id'], openUntil });
    await made.daysPass(String(data?.['id']), 7);
    expect((await approve(data?.['id'])).data).toEqual({ openUntil });
    // Afterwards, too, the author reads who decided and until when.
    expect(
      await made.list(
        file.author,
        'releasesOfFormerCases',
        'id openUntil approvedBy { id } requestedBy { id }',
      ),
    ).toEqual([
      {
        id: data?.['id'],
        openUntil,
        approvedBy: { id: made.ids['inès'] },
        requestedBy: { id: made.ids['bruno'] },
      },
    ]);
    for (const who of ['carla', 'inès', 'hélène'])
      expect(await made.list(who, 'releasesOfFormerCases')).toEqual([]);
    expect(await brunoReads(made, file)).toEqual(['texte d’alice']);
    const rows = await made.database.sql<{ at: Date }>(
      'select readable_until as at from interview_note where case_id = $1',
      [file.id],
    );
    expect(rows.map(({ at }) => at.toISOString())).toEqual([openUntil]);
    await made.database.sql(
      `update interview_note set readable_until = readable_until - interval '20 days' where case_id = $1`,
      [file.id],
    );
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('thirty days after it is approved, where nobody said for how long', async () => {
    const file = await absentAuthor();
    const { data } = await ask(file, { ground });
    expect(data).toMatchObject({ openUntil: null });
    await made.daysPass(String(data?.['id']), 7);
    const until = Date.parse(String((await approve(data?.['id'])).data?.['openUntil']));
    expect((until - Date.now()) / DAY_MS).toBeCloseTo(30, 1);
    await made.database.sql(
      `update release set requested_at = requested_at - interval '31 days', waits_until = waits_until - interval '31 days',
         approved_at = approved_at - interval '31 days', open_until = open_until - interval '31 days' where id = $1`,
      [data?.['id']],
    );
    await made.database.sql('select reset_note_readers($1)', [file.id]);
    expect(await brunoReads(made, file)).toEqual([]);
  });
});

test('an access request has its month at most, and may ask for less', async () => {
  for (const [asked, days] of [
    [170, 30],
    [5, 5],
  ] as const) {
    const file = await absentAuthor();
    const { data } = await ask(file, { ground: 'ACCESS_REQUEST', openUntil: inDays(asked) });
    await made.daysPass(String(data?.['id']), 2);
    const until = Date.parse(String((await approve(data?.['id'])).data?.['openUntil']));
    expect((until - Date.now()) / DAY_MS).toBeCloseTo(days, 1);
  }
});

describe('an end that is none', () => {
  test.each([
    ['beyond 180 days', { ground: 'COURT_ORDER', openUntil: inDays(181) }],
    ['that has passed', { ground: 'COURT_ORDER', openUntil: inDays(-1) }],
    ['before the wait is over', { ground: 'COURT_ORDER', openUntil: inDays(6) }],
    ['of a danger, which has its 72 hours', { ground: 'DANGER', danger: DANGER, openUntil: inDays(1) }],
  ])('%s is not asked for', async (_how, input) => {
    const file = await made.newCase();
    expect((await ask(file, input)).code).toBe('INVALID_INPUT');
    expect(await made.told(file.author)).toEqual(['CASE_REASSIGNED']);
  });

  test('at half a year to the second is none: it is asked for and approved, and opens for no longer', async () => {
    const file = await absentAuthor();
    const openUntil = inDays(180);
    const { data } = await ask(file, { ground: 'COURT_ORDER', openUntil });
    expect(data).toMatchObject({ openUntil });
    await made.database.sql(`update release set waits_until = now() where id = $1`, [data?.['id']]);
    const { data: approved } = await approve(data?.['id']);
    expect(new Date(String(approved?.['openUntil'])) <= new Date(openUntil)).toBe(true);
  });

  test('that comes before the approval lets nobody approve', async () => {
    const file = await absentAuthor();
    const { data } = await ask(file, { ground: 'COURT_ORDER', openUntil: inDays(20) });
    await made.database.sql(
      `update release set requested_at = requested_at - interval '21 days', waits_until = waits_until - interval '21 days',
         asked_until = asked_until - interval '21 days' where id = $1`,
      [data?.['id']],
    );
    expect((await approve(data?.['id'])).code).toBe('CONFLICT');
    // It has lapsed.
    expect((await made.send('inès', 'refuseRelease', { id: data?.['id'] })).code).toBe('CONFLICT');
  });

  test('by hand, none is asked for beyond 180 days, nor moved once it is asked for', async () => {
    const file = await made.newCase();
    const asked = await byHand(made.database, 'bruno', async (by) => [
      await by(
        `insert into release (id, case_id, requested_by_id, ground, asked_until)
         values (gen_random_uuid(), $1, $2, 'COURT_ORDER', now() + interval '181 days')`,
        [file.id, made.ids['bruno']],
      ),
      await by(
        `insert into release (id, case_id, requested_by_id, ground, asked_until)
         values (gen_random_uuid(), $1, $2, 'COURT_ORDER', now() + interval '179 days')`,
        [file.id, made.ids['bruno']],
      ),
      await by(`update release set asked_until = now() + interval '170 days' where case_id = $1`, [file.id]),
    ]);
    expect(asked).toEqual([CHECK, '1', DENIED]);
    const [moved] = await byHand(made.database, 'inès', async (by) => [
      await by(`update release set open_until = now() + interval '900 days'`),
    ]);
    expect(moved).toBe(DENIED);
  });
});
