import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { byHand } from '../support/by-hand.js';
import { ago, ahead } from '../support/days.js';
import { brunoReads, type ReassignedCase, type ReleaseCounty, releaseCounty } from './releases.js';

/** The second attack by hand, on releases: each word opens what it says, for as long as it says, and nothing after. */
let made: ReleaseCounty;
beforeAll(async () => {
  made = await releaseCounty();
});
afterAll(() => made.close());

const DAY_MS = 86_400_000;
const DENIED = '42501';
const CHECK = '23514';
const NO = { answer: 'NO', reason: 'PERSON_WISHES' };

const ask = async (file: ReassignedCase, ground = 'PERSON_AGREEMENT', who = 'bruno') =>
  made.send(who, 'requestRelease', {
    caseId: file.id,
    ground,
    ...(ground === 'DANGER'
      ? { danger: { facts: 'faits', authorCalledAt: new Date().toISOString(), authorCall: 'NO_ANSWER' } }
      : {}),
  });
const approve = (id: unknown, who = 'inès') => made.send(who, 'approveRelease', { id }, 'openUntil');
async function reassign(file: ReassignedCase, to: string): Promise<void> {
  const [row] = await made.database.sql<{ version: number }>('select version from "case" where id = $1', [
    file.id,
  ]);
  const { code } = await made.send('hélène', 'reassignCase', {
    caseId: file.id,
    workerId: made.ids[to],
    expectedVersion: row?.version,
  });
  expect(code).toBeUndefined();
}
/** Asked for, waited for and approved: since its author is absent, or in danger. */
async function opened(ground = 'PERSON_AGREEMENT') {
  const file = await made.newCase(['texte d’alice']);
  const absence = await made.absent(file.author, 20);
  const { data } = await ask(file, ground);
  const id = String(data?.['id']);
  if (ground !== 'DANGER') await made.daysPass(id, 7);
  expect((await approve(id)).code).toBeUndefined();
  expect(await brunoReads(made, file)).toEqual(['texte d’alice']);
  return { file, absence, id };
}
const close = async () =>
  (await made.database.sql<{ n: number }>('select close_contradicted_releases() as n'))[0]?.n;
const offer = (who: string, file: ReassignedCase, to: string, noteIds = file.noteIds) =>
  made.send(who, 'offerHandover', { caseId: file.id, toWorkerId: made.ids[to], noteIds });

describe('what a release opened is not handed on', () => {
  test.each(['DANGER', 'PERSON_AGREEMENT', 'ACCESS_REQUEST'])(
    'though %s opened it: 72 hours do not become for ever by a handover there and back',
    async (ground) => {
      const { file } = await opened(ground);
      expect(await offer('bruno', file, 'carla')).toMatchObject({ code: 'INVALID_INPUT' });
      // Nor beside a note of one’s own.
      const own = await made.send('bruno', 'writeNote', { caseId: file.id, body: 'de bruno' });
      const both = [...file.noteIds, String(own.data?.['id'])];
      expect(await offer('bruno', file, 'carla', both)).toMatchObject({ code: 'INVALID_INPUT' });
      const alone = await offer('bruno', file, 'carla', both.slice(1));
      expect(alone.code).toBeUndefined();
      // The third lock says the same.
      const hand = await byHand(made.database, 'bruno', async (by) => [
        await by('insert into handover_note (handover_id, note_id) values ($1, $2)', [
          alone.data?.['id'],
          file.noteIds[0],
        ]),
      ]);
      expect(hand).toEqual([DENIED]);
    },
  );

  test('what was handed over may go on, hand by hand', async () => {
    const file = await made.newCase(['texte d’alice']);
    const [task] = await made.list(file.author, 'handoverTasks');
    await made.send(file.author, 'answerHandoverTask', { id: task?.['id'], answer: 'HANDED_OVER' });
    const offers = await made.list('bruno', 'pendingHandovers', 'id case { id }');
    const mine = offers.find(({ case: of }) => (of as { id: string }).id === file.id);
    expect((await made.send('bruno', 'acceptHandover', { id: mine?.['id'] })).code).toBeUndefined();
    const passed = await offer('bruno', file, 'carla');
    expect(passed.code).toBeUndefined();
    await reassign(file, 'carla');
    expect((await made.send('carla', 'acceptHandover', { id: passed.data?.['id'] })).code).toBeUndefined();
    const rows = await made.database.sql('select reader_id from interview_note where case_id = $1', [
      file.id,
    ]);
    expect(rows).toEqual([{ reader_id: made.ids['carla'] }]);
  });
});

describe('a no is not asked away', () => {
  test('one request of an assignment waits at a time, whatever its ground; a danger beside it', async () => {
    const file = await made.newCase();
    const first = await ask(file);
    for (const ground of ['PERSON_AGREEMENT', 'COURT_ORDER'])
      expect(await ask(file, ground)).toMatchObject({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    expect((await ask(file, 'DANGER')).code).toBeUndefined();
    await made.send('inès', 'refuseRelease', { id: first.data?.['id'] });
    expect((await ask(file)).code).toBeUndefined();
  });

  test.each([
    [
      'once it was refused',
      async (_file: ReassignedCase, id: string) => {
        expect((await made.send('louise', 'refuseRelease', { id })).code).toBeUndefined();
      },
    ],
    [
      'once the case went away and came back',
      async (file: ReassignedCase) => {
        await reassign(file, 'carla');
        await reassign(file, 'bruno');
      },
    ],
  ])('asked again %s, another district’s adviser decides all the same', async (_when, then) => {
    const file = await made.newCase(['texte d’alice']);
    await made.absent(file.author, 20);
    const id = String((await ask(file)).data?.['id']);
    expect((await made.send(file.author, 'answerRelease', { id, ...NO })).code).toBeUndefined();
    await then(file, id);
    const again = String((await ask(file)).data?.['id']);
    await made.daysPass(again, 7);
    for (const who of ['jules', 'inès']) expect((await approve(again, who)).code).toBe('FORBIDDEN');
    expect(await brunoReads(made, file)).toEqual([]);
    expect((await approve(again, 'louise')).code).toBeUndefined();
  });

  test('nor does it bind another worker, whom the author answers anew', async () => {
    const file = await made.newCase();
    await made.absent(file.author, 20);
    const id = String((await ask(file)).data?.['id']);
    await made.send(file.author, 'answerRelease', { id, ...NO });
    await reassign(file, 'carla');
    const hers = String((await ask(file, 'PERSON_AGREEMENT', 'carla')).data?.['id']);
    expect(await made.list(file.author, 'releasesToAnswer')).toEqual([{ id: hers }]);
    await made.daysPass(hers, 7);
    expect((await approve(hers, 'jules')).code).toBeUndefined();
  });
});

describe('a head who ends the absence takes no word away', () => {
  const end = async (absence: string) => {
    const { code } = await made.send('hélène', 'changeAbsence', {
      id: absence,
      expectedVersion: 1,
      endsAt: new Date().toISOString(),
    });
    expect(code).toBeUndefined();
  };

  test('it is still the worker’s to contradict, and closes what it had opened', async () => {
    const { file, absence } = await opened();
    await end(absence);
    expect(await made.list(file.author, 'myAbsences', 'id version')).toEqual([{ id: absence, version: 2 }]);
    const said = await made.send(file.author, 'contradictAbsence', { id: absence, expectedVersion: 2 });
    expect(said.code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
    expect(await made.list(file.author, 'myAbsences')).toEqual([]);
  });

  test.each(['a head has ended', 'ended by itself'])(
    'whoever acts after an absence that %s has come back',
    async (how) => {
      const { file, absence } = await opened();
      if (how === 'a head has ended') await end(absence);
      else
        await made.database.sql(`update absence set ends_at = now() - interval '1 ms' where id = $1`, [
          absence,
        ]);
      expect(await close()).toBe(0);
      const person = await made.sevran.person();
      const acted = await made.send(file.author, 'openCase', {
        districtId: (await made.sevran).id,
        mission: 'RSA',
        personIds: [person.id],
      });
      expect(acted.code).toBeUndefined();
      expect(await close()).toBe(1);
      expect(await brunoReads(made, file)).toEqual([]);
    },
  );

  test('of which nothing stands is over', async () => {
    const file = await made.newCase();
    const absence = await made.absent(file.author, 20);
    await end(absence);
    expect(await made.list(file.author, 'myAbsences')).toEqual([]);
    const said = await made.send(file.author, 'contradictAbsence', { id: absence, expectedVersion: 2 });
    expect(said.code).toBe('CONFLICT');
  });

  test('by hand, no end is put before the approval, and nobody takes a contradiction back', async () => {
    const { file, absence } = await opened();
    const [head] = await byHand(made.database, 'hélène', async (by) => [
      await by(`update absence set ends_at = now() - interval '1 day' where id = $1`, [absence]),
    ]);
    expect(head).toBe(DENIED);
    await made.send(file.author, 'contradictAbsence', { id: absence, expectedVersion: 1 });
    const [author] = await byHand(made.database, file.author, async (by) => [
      await by('update absence set contradicted_at = null where id = $1', [absence]),
    ]);
    expect(author).toBe(DENIED);
  });
});

describe('a relay ends with its absence', () => {
  async function relayed(name: string) {
    const builder = made.sevran.worker(name);
    (made.ids as Record<string, string>)[name] = (await builder).id;
    const file = await builder.case();
    const districtId = (await made.sevran).id;
    const [now, worker] = [Date.now(), made.ids[name]];
    const absence = await made.send(
      'hélène',
      'declareAbsence',
      { districtId, workerId: worker, startsAt: new Date(now - 1000).toISOString() },
      'id version',
    );
    // These absences are older: on the day of an absence, a head opens relays for two workers only.
    await made.database.sql(
      "update absence set declared_at = now() - interval '1 day' where worker_id = $1",
      [worker],
    );
    const open = (startsAt: number, endsAt: number) =>
      made.send('hélène', 'openRelay', {
        districtId,
        absentWorkerId: worker,
        standInId: made.ids['carla'],
        startsAt: new Date(startsAt).toISOString(),
        endsAt: new Date(endsAt).toISOString(),
      });
    return { file, districtId, absence: absence.data, open, now };
  }
  const carlaFollows = async (id: string): Promise<boolean> => {
    const answer = await (await made.app.as('carla')).send(
      'query ($id: ID!) { case(id: $id) { persons { displayName } } }',
      { id },
    );
    return answer.data?.['case'].persons !== null;
  };

  test('the stand-in follows nothing once the head has ended the absence', async () => {
    const { file, absence, open, now } = await relayed('présente');
    expect((await open(now - 500, now + 364 * DAY_MS)).code).toBeUndefined();
    expect((await open(now + 365 * DAY_MS, now + 370 * DAY_MS)).code).toBeUndefined();
    expect(await carlaFollows(file.id)).toBe(true);
    await made.send('hélène', 'changeAbsence', {
      id: absence?.['id'],
      expectedVersion: absence?.['version'],
      endsAt: new Date().toISOString(),
    });
    expect(await carlaFollows(file.id)).toBe(false);
    const rows = await made.database.sql(
      `select ends_at - starts_at < interval '1 minute' as over from relay where absent_worker_id = $1`,
      [made.ids['présente']],
    );
    expect(rows).toEqual([{ over: true }, { over: true }]);
  });

  test('one that ends later shortens it, and one that goes on leaves it', async () => {
    const { absence, open, now } = await relayed('absente');
    await open(now - 500, now + 10 * DAY_MS);
    const endAt = (at: number, expectedVersion: number) =>
      made.send('hélène', 'changeAbsence', {
        id: absence?.['id'],
        expectedVersion,
        endsAt: new Date(at).toISOString(),
      });
    const ends = async () =>
      (
        await made.database.sql<{ at: Date; version: number }>(
          'select ends_at as at, version from relay where absent_worker_id = $1',
          [made.ids['absente']],
        )
      ).map(({ at, version }) => [at.getTime(), version]);
    expect((await endAt(now + 20 * DAY_MS, 1)).code).toBeUndefined();
    expect(await ends()).toEqual([[now + 10 * DAY_MS, 1]]);
    expect((await endAt(now + 5 * DAY_MS, 2)).code).toBeUndefined();
    expect(await ends()).toEqual([[now + 5 * DAY_MS, 2]]);
  });

  test('on one that its worker has contradicted none is opened anew; one that runs goes on', async () => {
    const { file, districtId, absence, open, now } = await relayed('contredite');
    expect((await open(now - 500, now + DAY_MS)).code).toBeUndefined();
    const said = await made.send('contredite', 'contradictAbsence', {
      id: absence?.['id'],
      expectedVersion: absence?.['version'],
    });
    expect(said.code).toBeUndefined();
    expect(await carlaFollows(file.id)).toBe(true);
    expect((await open(now + 2 * DAY_MS, now + 3 * DAY_MS)).code).toBe('INVALID_INPUT');
    const hand = await byHand(made.database, 'hélène', async (by) => [
      await by(
        `insert into relay (id, district_id, absent_worker_id, stand_in_id, starts_at, ends_at)
         values (gen_random_uuid(), $1, $2, $3, now() + interval '2 days', now() + interval '3 days')`,
        [districtId, made.ids['contredite'], made.ids['bruno']],
      ),
    ]);
    expect(hand).toEqual([CHECK]);
  });

  test('by hand, none is opened without an absence, and none is made longer', async () => {
    const { districtId, open, now } = await relayed('lointaine');
    await open(now - 500, now + DAY_MS);
    const INSERT = `insert into relay (id, district_id, absent_worker_id, stand_in_id, starts_at, ends_at)
      values (gen_random_uuid(), $1, $2, $3, now(), now() + interval '1 day')`;
    const said = await byHand(made.database, 'hélène', async (by) => [
      await by(INSERT, [districtId, made.ids['bruno'], made.ids['carla']]),
      await by(`update relay set ends_at = ends_at + interval '1 day' where absent_worker_id = $1`, [
        made.ids['lointaine'],
      ]),
    ]);
    expect(said).toEqual([CHECK, DENIED]);
  });
});

describe('72 hours are 72 hours', () => {
  test('also where the case is taken away and given back: once in fifteen days', async () => {
    const { file } = await opened('DANGER');
    await reassign(file, 'carla');
    await reassign(file, 'bruno');
    expect(await ask(file, 'DANGER')).toMatchObject({ code: 'CONFLICT', reason: 'STATE_CHANGED' });
    await made.database.sql(
      `update release set requested_at = requested_at - interval '16 days', waits_until = waits_until - interval '16 days',
         approved_at = approved_at - interval '16 days', open_until = open_until - interval '16 days' where case_id = $1`,
      [file.id],
    );
    expect((await ask(file, 'DANGER')).code).toBeUndefined();
  });

  test('what a reviewer finds not justified closes at once', async () => {
    const { file, id } = await opened('DANGER');
    const said = await made.send('rose', 'reviewRelease', { id, opinion: 'NOT_JUSTIFIED' });
    expect(said.code).toBeUndefined();
    expect(await brunoReads(made, file)).toEqual([]);
  });

  test('an access request has its month', async () => {
    const file = await made.newCase();
    await made.absent(file.author, 20);
    const id = String((await ask(file, 'ACCESS_REQUEST')).data?.['id']);
    await made.daysPass(id, 2);
    const until = Date.parse(String((await approve(id)).data?.['openUntil']));
    expect(until - Date.now()).toBeGreaterThan(29.9 * DAY_MS);
    expect(until - Date.now()).toBeLessThan(30.1 * DAY_MS);
    await made.database.sql(
      `update interview_note set readable_until = readable_until - interval '30 days' where case_id = $1`,
      [file.id],
    );
    expect(await brunoReads(made, file)).toEqual([]);
  });
});

describe('who decides says so now', () => {
  test('an adviser’s approval of a time to come skips no wait', async () => {
    const file = await made.newCase();
    const { data } = await ask(file);
    const said = await byHand(made.database, 'jules', async (by) => [
      await by(
        `update release set approved_at = now() + interval '8 days', approved_by_id = $2 where id = $1`,
        [data?.['id'], made.ids['jules']],
      ),
    ]);
    expect(said).toEqual([CHECK]);
  });

  test('an offer that was withdrawn, or has fallen, is not made again', async () => {
    const file = await made.newCase();
    const [task] = await made.list(file.author, 'handoverTasks');
    await made.send(file.author, 'answerHandoverTask', { id: task?.['id'], answer: 'HANDED_OVER' });
    const [row] = await made.database.sql<{ id: string }>('select id from handover where case_id = $1', [
      file.id,
    ]);
    await made.send(file.author, 'withdrawHandover', { id: row?.id });
    const said = await byHand(made.database, file.author, async (by) => [
      await by('update handover set withdrawn_at = null where id = $1', [row?.id]),
    ]);
    expect(said).toEqual([DENIED]);
  });

  test('a departure that nobody is named to have said takes two, as any other', async () => {
    const name = 'parti';
    const { id } = await made.sevran.worker(name);
    await made.database.sql(`update membership set ends_at = now() - interval '1 ms' where worker_id = $1`, [
      id,
    ]);
    const [row] = await made.database.sql<{ id: string; version: number }>(
      'select id, version from membership where worker_id = $1',
      [id],
    );
    const confirm = (who: string, more: number) =>
      made.send(
        who,
        'confirmDeparture',
        { id: row?.id, expectedVersion: (row?.version ?? 0) + more },
        'endConfirmedAt',
      );
    expect((await confirm('sam', 0)).data).toEqual({ endConfirmedAt: null });
    expect((await confirm('sam', 1)).code).toBe('CONFLICT');
    expect((await confirm('tess', 1)).data?.['endConfirmedAt']).not.toBeNull();
  });
});

describe('what waits for an adviser is reached whole', () => {
  test('page by page, though more than a hundred wait', async () => {
    const before = await made.list('inès', 'pendingReleases');
    const files = await Promise.all(Array.from({ length: 105 }, () => made.sevran.case()));
    await made.database.sql(
      `insert into release (case_id, requested_by_id, ground, requested_at)
       select unnest($1::uuid[]), $2, 'COURT_ORDER', now()`,
      [files.map(({ id }) => id), made.ids['bruno']],
    );
    const seen: unknown[] = [];
    let after: unknown = null;
    for (;;) {
      const answer = await (await made.app.as('inès')).send(
        'query ($after: ID) { pendingReleases(after: $after) { id } }',
        { after },
      );
      const page = answer.data?.['pendingReleases'] as { id: string }[];
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(100);
      seen.push(...page.map(({ id }) => id));
      after = seen.at(-1);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(before.length + files.length);
  });
});

test('who read the facts of a danger is in the officer’s log, also beside a decision', async () => {
  const file = await made.newCase();
  const { data } = await ask(file, 'DANGER');
  await made.send('inès', 'refuseRelease', { id: data?.['id'] }, 'id danger { facts }');
  const lines = await made.database.sql(
    `select action, blanked from access_log where case_id = $1 and actor_id = $2 order by action`,
    [file.id, made.ids['inès']],
  );
  expect(lines).toEqual([
    { action: 'READ_DANGER', blanked: false },
    { action: 'REFUSE_NOTE_RELEASE', blanked: false },
  ]);
});

describe('a minute’s absence lists nobody', () => {
  const listed = async (name: string, who = 'hélène') => {
    const answer = await (await made.app.as(who)).send(
      'query ($id: ID!) { cases(filter: { absentWorkerId: $id, purpose: REASSIGNMENT }) { edges { node { id } } } }',
      { id: made.ids[name] },
    );
    return answer.data?.['cases']?.edges.length ?? answer.codes;
  };
  async function away(name: string, days: number | null, declaredHoursAgo = 0): Promise<void> {
    const builder = made.sevran.worker(name);
    (made.ids as Record<string, string>)[name] = (await builder).id;
    await builder.case();
    await made.make.absence({
      workerId: made.ids[name],
      districtId: (await made.sevran).id,
      startsAt: ago(3),
      endsAt: days === null ? null : ahead(days),
      declaredAt: ago(declaredHoursAgo / 24),
    });
  }

  test('nor one of two days, whenever it is said to have begun', async () => {
    await away('minute', 1 / 1440);
    await away('deux jours', 1, 30);
    expect(await listed('minute')).toBe(0);
    expect(await listed('deux jours')).toBe(0);
  });

  test('of absences of today two workers are listed a day, and told; of older ones any', async () => {
    for (const name of ['malade', 'partie', 'troisième']) await away(name, name === 'partie' ? null : 5);
    await away('depuis hier', 5, 25);
    await made.sevran.head('henri');
    expect(await listed('malade', 'henri')).toBe(1);
    expect(await listed('malade', 'henri')).toBe(1);
    expect(await listed('partie', 'henri')).toBe(1);
    expect(await listed('troisième', 'henri')).toEqual(['RATE_LIMITED']);
    // Nor by what a refusal tells of many at once.
    const many = (name: string) => ({
      fromWorkerId: made.ids[name],
      moves: [{ caseId: randomUUID(), workerId: made.ids['carla'], expectedVersion: 1 }],
    });
    const preview = async (name: string) =>
      (
        await (
          await made.app.as('henri')
        ).send('query ($input: ReassignCasesInput!) { previewReassignments(input: $input) { outcome } }', {
          input: many(name),
        })
      ).codes;
    expect(await preview('troisième')).toEqual(['RATE_LIMITED']);
    expect(await preview('malade')).toEqual([]);
    const reassign = (name: string) => made.send('henri', 'reassignCases', many(name), 'outcome');
    expect(await reassign('troisième')).toMatchObject({ code: 'RATE_LIMITED' });
    expect(await reassign('malade')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await listed('depuis hier', 'henri')).toBe(1);
    expect(await listed('malade', 'henri')).toBe(1);
    expect(await made.told('malade')).toEqual(['ABSENCE_DECLARED', 'CASES_LISTED']);
    expect(await made.told('depuis hier')).toEqual(['ABSENCE_DECLARED', 'CASES_LISTED']);
  });
});
