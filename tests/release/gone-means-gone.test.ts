import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TYPES } from '../../policies/index.js';
import { judgementOf } from '../../policies/rules/rules.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { ANONYMOUS, type Viewer } from '../../src/viewer.js';
import { byHand } from '../support/by-hand.js';
import { ago } from '../support/days.js';
import { whileOpen } from '../support/while-open.js';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from './releases.js';

/** Rule 2: an author has left only if they have no post in the county. A departure may be false. */
let made: ReleaseCounty;
beforeAll(async () => {
  made = await releaseCounty();
});
afterAll(() => made.close());

const NO = { answer: 'NO', reason: 'PERSON_WISHES' };
const DAY_MS = 86_400_000;
const DENIED = '42501';

const ask = async (file: ReassignedCase, more: Record<string, unknown> = {}) =>
  made.send(
    'bruno',
    'requestRelease',
    { caseId: file.id, ground: 'COURT_ORDER', ...more },
    'id requestedAt waitsUntil',
  );
const idOf = async (file: ReassignedCase) => String((await ask(file)).data?.['id']);
const approve = (id: string, who = 'inès') => made.send(who, 'approveRelease', { id }, 'approvedAt');
const postsOf = (who: string) =>
  made.database.sql<{ id: string; version: number }>(
    'select id, version from membership where worker_id = $1 and end_confirmed_at is null order by starts_at',
    [made.ids[who]],
  );
/** Sam ends each post of a worker, and Tess confirms each end. */
async function leaves(who: string): Promise<void> {
  for (const { id, version } of await postsOf(who)) {
    expect((await made.send('sam', 'endMembership', { id, expectedVersion: version })).code).toBeUndefined();
    expect(
      (await made.send('tess', 'confirmDeparture', { id, expectedVersion: version + 1 })).code,
    ).toBeUndefined();
  }
}
/** The worker leaves Sevran, which two administrators confirm, and works in Gagny. */
async function moves(who: string, role: 'SOCIAL_WORKER' | 'RECEPTIONIST' = 'SOCIAL_WORKER'): Promise<void> {
  await leaves(who);
  const gagny = await made.gagny;
  await made.make.membership({ workerId: made.ids[who], districtId: gagny.id, role });
}
const waitOf = (data: Record<string, unknown> | null) =>
  (Date.parse(String(data?.['waitsUntil'])) - Date.parse(String(data?.['requestedAt']))) / DAY_MS;

describe('an author who works elsewhere in the county has not left', () => {
  test.each(['SOCIAL_WORKER', 'RECEPTIONIST'] as const)(
    'with a post in another district as %s, the release waits and opens nothing',
    async (role) => {
      const file = await made.newCase(['texte d’alice']);
      await moves(file.author, role);
      const { data } = await ask(file);
      expect(waitOf(data)).toBe(7);
      const id = String(data?.['id']);
      expect((await approve(id)).reason).toBe('STILL_WAITS');
      await made.daysPass(id, 7);
      expect((await approve(id)).code).toBeUndefined();
      expect(await brunoReads(made, file)).toEqual([]);
    },
  );
});

describe('an author who changed posts within the county', () => {
  test('is asked, has seven days to answer, and the NO holds for the next request, too', async () => {
    const file = await made.newCase(['texte d’alice']);
    await moves(file.author);
    const id = await idOf(file);
    expect(await made.told(file.author)).toContain('RELEASE_REQUESTED');
    expect(await made.list(file.author, 'releasesToAnswer')).toEqual([{ id }]);
    expect((await made.send(file.author, 'answerRelease', { id, ...NO })).code).toBeUndefined();
    await made.daysPass(id, 7);
    // An adviser of another district approves, and nothing opens: the author is there.
    for (const who of ['inès', 'jules']) expect((await approve(id, who)).code).toBe('FORBIDDEN');
    expect((await approve(id, 'louise')).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
    const again = await idOf(file);
    await made.daysPass(again, 7);
    expect((await approve(again)).code).toBe('FORBIDDEN');
  });

  test('is absent only if they are absent from each district where they work', async () => {
    const file = await made.newCase(['texte d’alice']);
    await moves(file.author);
    const [sevran, gagny] = [await made.sevran, await made.gagny];
    const absence = (districtId: string) =>
      made.make.absence({
        workerId: made.ids[file.author],
        districtId,
        startsAt: ago(20),
        declaredAt: ago(20),
      });
    const opens = async () => {
      const id = await idOf(file);
      await made.daysPass(id, 7);
      expect((await approve(id)).code).toBeUndefined();
      return brunoReads(made, file);
    };
    // The head of the former district says so.
    await absence(sevran.id);
    expect(await opens()).toEqual([]);
    const theirs = await absence(gagny.id);
    expect(await opens()).toEqual(['texte d’alice']);
    const said = await made.send(file.author, 'contradictAbsence', { id: theirs, expectedVersion: 1 });
    expect(said.code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('has not left if one of the ends is the word of one administrator alone', async () => {
    const file = await made.newCase(['texte d’alice']);
    const gagny = await made.gagny;
    await made.make.membership({
      workerId: made.ids[file.author],
      districtId: gagny.id,
      role: 'SOCIAL_WORKER',
    });
    const [first, second] = await postsOf(file.author);
    await made.send('sam', 'endMembership', { id: first?.id, expectedVersion: 1 });
    await made.send('tess', 'confirmDeparture', { id: first?.id, expectedVersion: 2 });
    await made.send('sam', 'endMembership', { id: second?.id, expectedVersion: 1 });
    const id = await idOf(file);
    await made.daysPass(id, 7);
    await approve(id);
    expect(await brunoReads(made, file)).toEqual([]);
  });
});

describe('a false departure, by two administrators and the worker who asks', () => {
  const falsely = async () => {
    const file = await made.newCase(['texte d’alice', 'second texte']);
    await leaves(file.author);
    return file;
  };
  const contradict = async (who: string) => {
    const [row] = await made.database.sql<{ id: string; version: number }>(
      'select id, version from membership where worker_id = $1',
      [made.ids[who]],
    );
    return made.send(
      who,
      'contradictDeparture',
      { id: row?.id, expectedVersion: row?.version },
      'endContradictedAt',
    );
  };

  test('the head and the officer are told who has left, and nobody else is told', async () => {
    const file = await falsely();
    const about = { kind: 'DEPARTURE_CONFIRMED', aboutWorker: { id: made.ids[file.author] } };
    for (const who of ['hélène', 'rose']) {
      const { data } = await (await made.app.as(who)).send(
        '{ notifications(first: 1) { edges { node { kind aboutWorker { id } } } } }',
      );
      expect(data?.['notifications'].edges).toEqual([{ node: about }]);
    }
    for (const who of ['inès', 'jules', 'louise', 'carla', 'sam', 'tess'])
      expect(await made.told(who)).not.toContain('DEPARTURE_CONFIRMED');
  });

  test.each([
    ['COURT_ORDER', 7],
    ['ACCESS_REQUEST', 2],
    ['APPEAL', 2],
  ])('the release waits all the same: %s, %i days', async (ground, days) => {
    const file = await falsely();
    const { data } = await ask(file, { ground });
    expect(waitOf(data)).toBe(days);
    expect((await approve(String(data?.['id']))).reason).toBe('STILL_WAITS');
    await made.daysPass(String(data?.['id']), days);
    expect((await approve(String(data?.['id']))).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual(['second texte', 'texte d’alice']);
  });

  test('the author, who has no post, answers: NO, or hands over', async () => {
    const [no, yes] = [await falsely(), await falsely()];
    const id = await idOf(no);
    expect(await made.list(no.author, 'releasesToAnswer', 'id requestedBy { id }')).toEqual([
      { id, requestedBy: { id: made.ids['bruno'] } },
    ]);
    expect((await made.send(no.author, 'answerRelease', { id, ...NO })).code).toBeUndefined();
    await made.daysPass(id, 7);
    for (const who of ['inès', 'jules']) expect((await approve(id, who)).code).toBe('FORBIDDEN');
    const hers = await idOf(yes);
    expect(
      (await made.send(yes.author, 'answerRelease', { id: hers, answer: 'HANDED_OVER' })).code,
    ).toBeUndefined();
    const [offer] = await made.list('bruno', 'pendingHandovers', 'id fromWorker { id }');
    expect(offer?.['fromWorker']).toEqual({ id: made.ids[yes.author] });
  });

  test('the author contradicts it: nothing opens, and what was open closes', async () => {
    const [before, after] = [await falsely(), await falsely()];
    expect((await contradict(before.author)).data?.['endContradictedAt']).not.toBeNull();
    const id = await idOf(before);
    await made.daysPass(id, 7);
    await approve(id);
    expect(await brunoReads(made, before)).toEqual([]);
    const later = await idOf(after);
    await made.daysPass(later, 7);
    await approve(later);
    expect(await brunoReads(made, after)).toHaveLength(2);
    expect((await contradict(after.author)).code).toBeUndefined();
    expect(await brunoReads(made, after)).toEqual([]);
    expect((await contradict(after.author)).reason).toBe('STATE_CHANGED');
    for (const who of ['hélène', 'rose', 'sam', 'tess'])
      expect(await made.told(who)).toContain('DEPARTURE_CONTRADICTED');
    // They have left once they have had a later post, and this post has ended, too.
    await made.make.membership({
      workerId: made.ids[before.author],
      districtId: (await made.sevran).id,
      startsAt: new Date(),
    });
    await leaves(before.author);
    const again = await idOf(before);
    await made.daysPass(again, 7);
    await approve(again);
    expect(await brunoReads(made, before)).toHaveLength(2);
  });

  test('nobody else contradicts it, nor does a worker who has a post', async () => {
    const file = await falsely();
    const [row] = await made.database.sql<{ id: string }>('select id from membership where worker_id = $1', [
      made.ids[file.author],
    ]);
    for (const who of ['bruno', 'hélène', 'rose', 'sam', 'inès'])
      expect((await made.send(who, 'contradictDeparture', { id: row?.id, expectedVersion: 3 })).code).toBe(
        'FORBIDDEN',
      );
    await made.make.membership({ workerId: made.ids[file.author], districtId: (await made.gagny).id });
    expect((await contradict(file.author)).code).toBe('FORBIDDEN');
    // The database says the same: to the worker, and to an administrator.
    const set = (by: (sql: string, values: unknown[]) => Promise<unknown>, what: string) =>
      by(`update membership set ${what} where id = $1`, [row?.id]);
    const hers = await byHand(made.database, file.author, async (by) => [
      await set(by, 'end_contradicted_at = now()'),
      await set(by, 'ends_at = now()'),
    ]);
    expect(hers).toEqual([DENIED, DENIED]);
    expect(
      await byHand(made.database, 'sam', async (by) => [await set(by, 'end_contradicted_at = now()')]),
    ).toEqual([DENIED]);
  });

  test('the officer closes the release, while it waits or is open; the workers concerned are told', async () => {
    const [waits, open] = [await falsely(), await falsely()];
    const id = await idOf(waits);
    const list = await made.list('rose', 'releasesInForce', 'id requestedBy { id } answers { answer }');
    expect(list).toContainEqual({
      id,
      requestedBy: { id: made.ids['bruno'] },
      answers: [{ answer: null }],
    });
    for (const who of ['bruno', 'hélène', 'sam', 'inès', 'jules', 'carla', waits.author])
      expect((await made.send(who, 'closeRelease', { id })).code).toBe('FORBIDDEN');
    const closed = await made.send('rose', 'closeRelease', { id }, 'closedBy { id } lapsedAt');
    expect(closed.data).toMatchObject({ closedBy: { id: made.ids['rose'] } });
    expect(closed.data?.['lapsedAt']).not.toBeNull();
    await made.daysPass(id, 7);
    expect((await approve(id)).code).toBe('CONFLICT');
    expect((await made.send('rose', 'closeRelease', { id })).code).toBe('CONFLICT');

    const later = await idOf(open);
    await made.daysPass(later, 7);
    await approve(later);
    expect(await brunoReads(made, open)).toHaveLength(2);
    expect((await made.send('rose', 'closeRelease', { id: later })).code).toBeUndefined();
    expect(await brunoReads(made, open)).toEqual([]);
    for (const who of ['bruno', waits.author, open.author])
      expect(await made.told(who)).toContain('RELEASE_CLOSED');
    const lines = await made.database.sql(
      `select distinct outcome from access_log where action = 'CLOSE_NOTE_RELEASE' and actor_id = $1 and case_id = $2`,
      [made.ids['rose'], open.id],
    );
    expect(lines).toEqual([{ outcome: 'DONE' }]);
  });

  test('nobody but the worker who asked reads a note of it', async () => {
    await made.sevran.worker('rachida', 'RECEPTIONIST');
    const file = await falsely();
    const id = await idOf(file);
    await made.daysPass(id, 7);
    await approve(id);
    for (const who of ['hélène', 'inès', 'jules', 'louise', 'carla', 'rose', 'sam', 'tess', file.author]) {
      const { data } = await (await made.app.as(who)).send(
        'query ($id: ID!) { case(id: $id) { reference interviewNotes { edges { node { body } } } } }',
        { id: file.id },
      );
      expect([who, data?.['case']?.interviewNotes ?? null]).toEqual([who, null]);
    }
    expect(await brunoReads(made, file)).toHaveLength(2);
  });

  test('a worker without a post may answer, contradict, and do what every worker may; nothing else', () => {
    const withoutPost: Viewer = {
      ...ANONYMOUS,
      kind: 'WORKER',
      workerId: '00000000-0000-4000-8000-000000000000',
      clientKind: 'FRONT_END',
      scopes: new Set(SCOPES),
    };
    const opened = [TYPES['Query'], TYPES['Mutation']].flatMap((type) =>
      Object.entries(type?.fields ?? {})
        .filter(([, { to }]) => {
          const judged = judgementOf(to);
          return judged !== undefined && !judged.readsRow && judged.judge(withoutPost, undefined as never);
        })
        .map(([name]) => name),
    );
    // The questions look at each row, and no row is of this worker.
    expect(opened.sort()).toEqual([
      'answerRelease',
      'appointment',
      'appointmentRequest',
      'appointmentRequestByReference',
      'appointments',
      'calendarFeeds',
      'case',
      'caseByReference',
      'cases',
      'contradictDeparture',
      'notifications',
      'openCalendarFeed',
      'outsideCalendars',
      'referral',
      'releasesToAnswer',
      'removeOutsideCalendar',
      'revokeCalendarFeed',
      'slotOffer',
      'waitingList',
    ]);
  });
});

describe('one administrator does not silence an author who has left', () => {
  const disable = async (who: string, by = 'sam') => {
    const [row] = await made.database.sql<{ version: number }>('select version from worker where id = $1', [
      made.ids[who],
    ]);
    return made.send(by, 'disableWorker', { id: made.ids[who], expectedVersion: row?.version });
  };
  const isIn = async (who: string) =>
    (await (await made.app.as(who)).send('{ viewer { kind } }')).status === 200;
  /** Moves the suspension of the account this number of hours back. */
  const hoursPass = async (who: string, hours: number) => {
    await made.database.sql(
      `update worker set suspended_until = suspended_until - interval '1 hour' * $2 where id = $1`,
      [made.ids[who], hours],
    );
    await made.database.sql(
      `update suspension set suspended_at = suspended_at - interval '1 hour' * $2,
         lapses_at = lapses_at - interval '1 hour' * $2, confirmed_at = confirmed_at - interval '1 hour' * $2 where worker_id = $1`,
      [made.ids[who], hours],
    );
  };
  const suspensionOf = async (who: string) =>
    (
      await made.database.sql<{ id: string }>(
        'select id from suspension where worker_id = $1 order by suspended_at desc limit 1',
        [made.ids[who]],
      )
    )[0]?.id;
  const contradict = async (who: string) => {
    const [row] = await made.database.sql<{ id: string; version: number }>(
      'select id, version from membership where worker_id = $1',
      [made.ids[who]],
    );
    return made.send(who, 'contradictDeparture', { id: row?.id, expectedVersion: row?.version });
  };
  /** The orders of a false departure and of the word that shuts the account. */
  const ORDERS: Record<string, (who: string) => Promise<void>> = {
    'after the departure': async (who) => {
      await leaves(who);
      expect((await disable(who)).code).toBeUndefined();
    },
    'before the departure': async (who) => {
      expect((await disable(who)).code).toBeUndefined();
      await leaves(who);
    },
    'between the two words of the departure': async (who) => {
      const [post] = await postsOf(who);
      await made.send('sam', 'endMembership', { id: post?.id, expectedVersion: post?.version });
      expect((await disable(who)).code).toBeUndefined();
      const second = { id: post?.id, expectedVersion: Number(post?.version) + 1 };
      expect((await made.send('tess', 'confirmDeparture', second)).code).toBeUndefined();
    },
  };

  test.each(Object.keys(ORDERS))(
    '%s, the account is shut for a day, and those who watch are told',
    async (order) => {
      const file = await made.newCase(['texte d’alice']);
      await ORDERS[order]?.(file.author);
      expect(await isIn(file.author)).toBe(false);
      for (const who of ['rose', 'inès', 'jules', 'louise', 'sam', 'tess', file.author])
        expect(await made.told(who)).toContain('SUSPENSION_MADE');
      const list = await made.list('rose', 'suspensions', 'what worker { id }');
      expect(list).toContainEqual({ what: 'ACCOUNT', worker: { id: made.ids[file.author] } });
      const id = await idOf(file);
      await hoursPass(file.author, 24);
      expect(await isIn(file.author)).toBe(true);
      // Nobody shuts it for a second day.
      for (const by of ['sam', 'tess'])
        expect(await disable(file.author, by)).toMatchObject({ code: 'CONFLICT', reason: 'SUSPENDED_ONCE' });
      expect(await made.list(file.author, 'releasesToAnswer')).toEqual([{ id }]);
      expect((await made.send(file.author, 'answerRelease', { id, ...NO })).code).toBeUndefined();
      expect((await contradict(file.author)).code).toBeUndefined();
      await made.daysPass(id, 7);
      await approve(id, 'louise');
      expect(await brunoReads(made, file)).toEqual([]);
    },
  );

  test('while the account is shut, no release opens the notes', async () => {
    const file = await made.newCase(['texte d’alice']);
    await leaves(file.author);
    const id = await idOf(file);
    await made.daysPass(id, 7);
    await disable(file.author);
    expect((await approve(id)).code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('while a front end or one of its scopes is suspended, no release opens the notes', async () => {
    const file = await made.newCase(['texte d’alice']);
    await leaves(file.author);
    const id = await idOf(file);
    await made.daysPass(id, 7);
    const [client] = await made.database.sql<{ id: string; version: number }>(
      `select id, version from client where client_id = 'front.demo'`,
    );
    const input = { id: client?.id, expectedVersion: client?.version, scope: 'notes:write' };
    expect((await made.send('sam', 'withdrawScope', input)).code).toBeUndefined();
    // The author could not say now that they have not left.
    expect((await contradict(file.author)).code).toBe('FORBIDDEN');
    await made.database.sql(`update release set approved_at = now(), approved_by_id = $2 where id = $1`, [
      id,
      made.ids['inès'],
    ]);
    expect(await brunoReads(made, file)).toEqual([]);
    await made.database.sql('delete from suspension where client_id is not null');
    await made.database.sql('update client set suspended_until = null');
  });

  test('once an officer or an adviser has confirmed it, it stays, and the departure opens the notes', async () => {
    const [before, after] = [await made.newCase(['texte d’alice']), await made.newCase(['texte d’alice'])];
    await ORDERS['before the departure']?.(before.author);
    // A worker who has left does not watch. So the same administrator may suspend the next one.
    await ORDERS['after the departure']?.(after.author);
    for (const [file, by] of [
      [before, 'rose'],
      [after, 'inès'],
    ] as const) {
      const confirm = { id: await suspensionOf(file.author) };
      for (const who of ['sam', 'tess'])
        expect((await made.send(who, 'confirmSuspension', confirm)).code).toBe('FORBIDDEN');
      await hoursPass(file.author, 1);
      expect((await made.send(by, 'confirmSuspension', confirm)).code).toBeUndefined();
      await hoursPass(file.author, 48);
      expect(await isIn(file.author)).toBe(false);
      const id = await idOf(file);
      await made.daysPass(id, 7);
      expect((await approve(id)).code).toBeUndefined();
      expect(await brunoReads(made, file)).toEqual(['texte d’alice']);
    }
  });

  test('an account that a second person has confirmed stays disabled when the departure is confirmed', async () => {
    const file = await made.newCase();
    const post = await made.make.membership({ workerId: made.ids[file.author], role: 'ADMINISTRATOR' });
    await disable(file.author);
    await hoursPass(file.author, 1);
    await made.send('rose', 'confirmSuspension', { id: await suspensionOf(file.author) });
    await made.database.sql('delete from suspension where membership_id = $1', [post]);
    await made.database.sql('delete from membership where id = $1', [post]);
    await leaves(file.author);
    await hoursPass(file.author, 48);
    expect(await isIn(file.author)).toBe(false);
  });

  test('one word disables a worker who has a post, and no release opens their notes', async () => {
    const file = await made.newCase(['texte d’alice']);
    await disable(file.author);
    expect(await suspensionOf(file.author)).toBeUndefined();
    expect(await isIn(file.author)).toBe(false);
    const id = await idOf(file);
    await made.daysPass(id, 7);
    await approve(id);
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test.each([
    ['the account is disabled', 'the departure is confirmed'],
    ['the departure is confirmed', 'the account is disabled'],
  ])('%s, and before that is done %s: the account is suspended', async (first) => {
    const file = await made.newCase();
    const [post] = await postsOf(file.author);
    await made.send('sam', 'endMembership', { id: post?.id, expectedVersion: post?.version });
    const confirm = () =>
      made.send('tess', 'confirmDeparture', { id: post?.id, expectedVersion: Number(post?.version) + 1 });
    const isFirst = first === 'the account is disabled';
    const second = await whileOpen(
      made.database,
      isFirst ? 'sam' : 'tess',
      isFirst
        ? [
            'update worker set disabled_at = now(), version = version + 1 where id = $1',
            [made.ids[file.author]],
          ]
        : [
            `update membership set end_confirmed_at = now(), end_confirmed_by_id = viewer_worker(), version = version + 1
             where id = $1`,
            [post?.id],
          ],
      () => (isFirst ? confirm() : disable(file.author)),
    );
    expect(second.code).toBeUndefined();
    const [row] = await made.database.sql(
      `select disabled_at is null and suspended_until > now() as is_suspended from worker where id = $1`,
      [made.ids[file.author]],
    );
    expect(row).toEqual({ is_suspended: true });
  });
});

describe('after a NO, if no adviser of another district exists', () => {
  test('the officer and an adviser decide together', async () => {
    const file = await made.newCase(['texte d’alice']);
    await made.absent(file.author, 20);
    const id = await idOf(file);
    await made.send(file.author, 'answerRelease', { id, ...NO });
    await made.daysPass(id, 7);
    const agree = (who: string) => made.send(who, 'agreeToRelease', { id }, 'agreedBy { id } agreedAt');
    // Louise of Gagny could decide.
    expect((await agree('rose')).reason).toBe('STATE_CHANGED');
    await made.database.sql(`update worker set disabled_at = now() where id = $1`, [made.ids['louise']]);
    try {
      for (const who of ['inès', 'jules']) expect((await approve(id, who)).code).toBe('FORBIDDEN');
      for (const who of ['inès', 'bruno', 'hélène', 'sam']) expect((await agree(who)).code).toBe('FORBIDDEN');
      expect((await agree('rose')).data).toMatchObject({ agreedBy: { id: made.ids['rose'] } });
      expect(await brunoReads(made, file)).toEqual([]);
      expect((await approve(id, 'rose')).code).toBe('FORBIDDEN');
      expect(await made.list('inès', 'pendingReleases')).toContainEqual({ id });
      expect((await approve(id)).code).toBeUndefined();
      expect(await brunoReads(made, file)).toEqual(['texte d’alice']);
    } finally {
      await made.database.sql(`update worker set disabled_at = null where id = $1`, [made.ids['louise']]);
    }
  });
});

describe('a request lapses on its last day', () => {
  test('then nobody decides or answers it, no list shows it, and the worker may ask again', async () => {
    const file = await made.newCase();
    const openUntil = new Date(Date.now() + 8 * DAY_MS).toISOString();
    const id = String((await ask(file, { openUntil })).data?.['id']);
    expect((await ask(file)).code).toBe('CONFLICT');
    await made.database.sql(
      `update release set requested_at = requested_at - interval '8 days', waits_until = waits_until - interval '8 days',
         asked_until = asked_until - interval '8 days' where id = $1`,
      [id],
    );
    expect(await made.list('inès', 'pendingReleases')).not.toContainEqual({ id });
    expect(await made.list(file.author, 'releasesToAnswer')).toEqual([]);
    expect(await made.list('rose', 'releasesInForce')).not.toContainEqual({ id });
    expect((await approve(id)).code).toBe('CONFLICT');
    expect((await made.send('inès', 'refuseRelease', { id })).code).toBe('CONFLICT');
    expect((await made.send(file.author, 'answerRelease', { id, ...NO })).code).toBe('CONFLICT');
    const [mine] = (await made.list('bruno', 'myReleases', 'id lapsedAt openUntil')).filter(
      (row) => row['id'] === id,
    );
    expect(mine?.['lapsedAt']).toBe(mine?.['openUntil']);
    const looks = await (await made.app.as('inès')).send('query ($id: ID!) { case(id: $id) { id } }', {
      id: file.id,
    });
    expect(looks.data).toEqual({ case: null });
    expect((await ask(file)).code).toBeUndefined();
  });

  test('without a last day it lapses after 180 days', async () => {
    const file = await made.newCase();
    const id = await idOf(file);
    await made.daysPass(id, 180);
    expect((await approve(id)).code).toBe('CONFLICT');
    expect((await ask(file)).code).toBeUndefined();
  });
});
