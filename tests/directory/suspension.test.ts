import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildCosmosSchema } from '../../schema/index.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { whileOpen } from '../support/while-open.js';

/**
 * Nobody shuts the others out: one administrator suspends those who watch, and the front end through which they watch, for 24 hours. Only a
 * second person's word makes it stay.
 */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let types: Record<string, string>;
let who: Record<string, string>;

const DENIED = '42501';
const CHECK = '23514';
const ONCE = { code: 'CONFLICT', reason: 'SUSPENDED_ONCE' };
const ALL = SCOPES.filter((scope) => scope !== 'booking');
const ROLES = {
  sam: 'ADMINISTRATOR',
  tess: 'ADMINISTRATOR',
  rose: 'DATA_PROTECTION_OFFICER',
  odile: 'DATA_PROTECTION_OFFICER',
  inès: 'TECHNICAL_ADVISER',
} as const;

beforeAll(async () => {
  const fields = (await buildCosmosSchema()).getMutationType()?.getFields() ?? {};
  types = Object.fromEntries(Object.entries(fields).map(([name, { args }]) => [name, String(args[0]?.type)]));
});
beforeEach(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  who = {};
  for (const [name, role] of Object.entries(ROLES)) {
    who[name] = (await sevran.worker(name)).id;
    await database.sql('update membership set district_id = null, role = $2::"Role" where worker_id = $1', [
      who[name],
      role,
    ]);
  }
  who['carla'] = (await sevran.worker('carla')).id;
});
afterEach(async () => {
  await app.close();
  await database.drop();
});

const send = async (by: string, mutation: string, input: Record<string, unknown>, clientId?: string) => {
  const { data, errors } = await (await app.as(by, clientId === undefined ? {} : { clientId })).send(
    `mutation ($input: ${types[mutation]}) { ${mutation}(input: $input) { id } }`,
    { input },
  );
  const extensions = errors[0]?.extensions;
  return {
    data: data?.[mutation] ?? null,
    code: extensions?.code,
    reason: extensions?.['reason'],
    errors,
  };
};
/** True if the worker's token is let in. */
const isIn = async (name: string, clientId?: string) =>
  (await (await app.as(name, clientId === undefined ? {} : { clientId })).send('{ viewer { kind } }'))
    .status === 200;
const disable = async (name: string, by = 'sam') => {
  const [row] = await database.sql<{ version: number }>('select version from worker where id = $1', [
    who[name],
  ]);
  return send(by, 'disableWorker', { id: who[name], expectedVersion: row?.version });
};
const postOf = async (name: string) =>
  (
    await database.sql<{ id: string; version: number }>(
      'select id, version from membership where worker_id = $1',
      [who[name]],
    )
  )[0];
const endPost = async (name: string, by = 'sam') => {
  const post = await postOf(name);
  return send(by, 'endMembership', { id: post?.id, expectedVersion: post?.version });
};
const rolesOf = async (name: string): Promise<string[]> => {
  const { data } = await (await app.as(name)).send('{ viewer { memberships { role } } }');
  return data?.['viewer'].memberships.map(({ role }: { role: string }) => role);
};
interface Shown {
  readonly id: string;
  readonly what: string;
}
const suspensions = async (by: string): Promise<Shown[]> =>
  (
    await (
      await app.as(by)
    ).send(
      '{ suspensions { id what worker { id } suspendedBy { id } suspendedAt lapsesAt confirmedAt liftedAt } }',
    )
  ).data?.['suspensions'] ?? [];
const last = async (by: string) => (await suspensions(by))[0]?.id;
/** The last suspension of a worker. */
const idOf = async (name: string) =>
  (
    await database.sql<{ id: string }>(
      'select id from suspension where worker_id = $1 order by suspended_at desc limit 1',
      [who[name]],
    )
  )[0]?.id;
const frontEnd = async (clientId = 'front.demo') => {
  const [row] = await database.sql<{ id: string; version: number }>(
    'select id, version from client where client_id = $1',
    [clientId],
  );
  return { id: row?.id, expectedVersion: row?.version };
};
const disableFrontEnd = async (clientId?: string, by = 'sam', through?: string) =>
  send(by, 'disableClient', await frontEnd(clientId), through);
const withdraw = async (scope: string, by = 'sam') =>
  send(by, 'withdrawScope', { ...(await frontEnd()), scope });
/** Whether the API lets the worker read the access log. */
const readsLog = async (name: string, scopes: readonly string[] = ALL) =>
  (
    await (
      await app.as(name, { scopes })
    ).send(`{ accessLog(filter: { workerId: "${who['carla']}", ground: CONTROL }) { edges { cursor } } }`)
  ).codes.length === 0;
/** The scopes of a token that count, which the API and the locks of the database see alike. */
const scopesLeft = async (name: string, scopes: readonly string[] = ALL) => {
  const { data } = await (await app.as(name, { scopes })).send('{ viewer { scopes } }');
  const left = await scopesInDatabase(name, scopes);
  expect(data?.['viewer'].scopes).toEqual([...left].sort());
  return left;
};
const scopesInDatabase = (name: string, scopes: readonly string[]) =>
  byHand(
    database,
    name,
    async (by) => {
      const seen: string[] = [];
      for (const scope of scopes)
        if ((await by('select where viewer_has_scope($1)', [scope])) === '1') seen.push(scope);
      return seen;
    },
    scopes,
  );
const told = async (name: string) =>
  (
    await database.sql<{ kind: string }>(
      `select kind from notification where worker_id = $1 and kind::text like 'SUSPENSION%' order by created_at, kind`,
      [who[name]],
    )
  ).map(({ kind }) => kind);
/** Moves the suspensions this number of hours back. */
const hoursPass = async (hours: number) => {
  for (const [table, columns] of [
    ['suspension', ['suspended_at', 'lapses_at', 'confirmed_at', 'lifted_at']],
    ['worker', ['suspended_until']],
    ['membership', ['suspended_until']],
    ['client', ['suspended_until']],
  ] as const)
    await database.sql(
      `update ${table} set ${columns.map((column) => `${column} = ${column} - interval '1 hour' * $1`).join(', ')}`,
      [hours],
    );
};

describe('one administrator shuts out those who watch for 24 hours only', () => {
  test.each(['rose', 'tess', 'inès'])(
    'the account of %s: at once, told to all of them, and it lapses',
    async (name) => {
      expect((await disable(name)).code).toBeUndefined();
      expect(await isIn(name)).toBe(false);
      for (const one of Object.keys(ROLES)) expect(await told(one)).toEqual(['SUSPENSION_MADE']);
      expect(await told('carla')).toEqual([]);
      await hoursPass(23.9);
      expect(await isIn(name)).toBe(false);
      await hoursPass(0.1);
      expect(await isIn(name)).toBe(true);
    },
  );

  test('one after the other: each suspension lapses, and none is repeated within thirty days', async () => {
    for (const name of ['rose', 'odile', 'tess', 'inès']) {
      expect((await disable(name)).code).toBeUndefined();
      expect(await isIn(name)).toBe(false);
      await hoursPass(24);
    }
    for (const name of ['rose', 'odile', 'tess', 'inès']) {
      expect(await isIn(name)).toBe(true);
      expect(await disable(name)).toMatchObject(ONCE);
      expect(await endPost(name)).toMatchObject(ONCE);
      expect(await isIn(name)).toBe(true);
    }
    await hoursPass(26 * 24);
    expect((await disable('rose')).code).toBeUndefined();
  });

  test.each(['rose', 'tess', 'inès'])('the post of %s', async (name) => {
    const [role] = await rolesOf(name);
    expect((await endPost(name)).code).toBeUndefined();
    expect(await rolesOf(name)).toEqual([]);
    expect(await suspensions('odile')).toMatchObject([{ what: role, worker: { id: who[name] } }]);
    await hoursPass(24);
    expect(await rolesOf(name)).toEqual([role]);
  });

  test('a front end, as a whole', async () => {
    await make.client({ clientId: 'front.second', kind: 'FRONT_END', scopes: [...SCOPES] });
    const [row] = await database.sql<{ id: string; version: number }>(
      `select id, version from client where client_id = 'front.demo'`,
    );
    const input = { id: row?.id, expectedVersion: row?.version };
    expect((await send('sam', 'disableClient', input, 'front.second')).code).toBeUndefined();
    expect(await isIn('carla')).toBe(false);
    expect(await isIn('carla', 'front.second')).toBe(true);
    await hoursPass(24);
    expect(await isIn('carla')).toBe(true);
  });

  test('one scope of a front end: every token counts without it, and with the rest', async () => {
    expect(await readsLog('rose')).toBe(true);
    expect((await withdraw('log:read')).code).toBeUndefined();
    for (const name of ['rose', 'carla']) expect(await isIn(name)).toBe(true);
    expect(await readsLog('rose')).toBe(false);
    expect(await scopesLeft('rose')).toEqual(ALL.filter((scope) => scope !== 'log:read'));
    expect(await suspensions('rose')).toMatchObject([{ what: 'front.demo log:read', worker: null }]);
    await hoursPass(24);
    expect(await readsLog('rose')).toBe(true);
  });

  test('for an ordinary worker, an integration and an ordinary post, the word of one administrator stays', async () => {
    const id = await make.client({ kind: 'INTEGRATION', scopes: ['persons:read'] });
    expect((await send('sam', 'disableClient', { id, expectedVersion: 1 })).code).toBeUndefined();
    expect((await disable('carla')).code).toBeUndefined();
    expect(await suspensions('rose')).toEqual([]);
    await hoursPass(24);
    expect(await isIn('carla')).toBe(false);
  });
});

describe('one administrator does not shut out all who watch', () => {
  test('one administrator suspends one worker at a time, the account or a post', async () => {
    expect((await disable('rose')).code).toBeUndefined();
    for (const name of ['odile', 'tess', 'inès']) {
      expect(await disable(name)).toMatchObject(ONCE);
      expect(await endPost(name)).toMatchObject(ONCE);
      expect(await isIn(name)).toBe(true);
      expect(await rolesOf(name)).toEqual([ROLES[name as keyof typeof ROLES]]);
    }
    // A front end beside it, an ordinary worker, and the word of another administrator.
    expect((await withdraw('notes:read')).code).toBeUndefined();
    expect((await disable('carla')).code).toBeUndefined();
    expect((await disable('inès', 'tess')).code).toBeUndefined();
    expect((await send('tess', 'liftSuspension', { id: await idOf('rose') })).code).toBeUndefined();
    // Once it is lifted, confirmed or over, the administrator may suspend the next one.
    expect((await endPost('odile')).code).toBeUndefined();
    const confirm = { id: await idOf('odile'), successorId: who['rose'] };
    await hoursPass(1);
    expect((await send('rose', 'confirmSuspension', confirm)).code).toBeUndefined();
    expect((await disable('tess')).code).toBeUndefined();
    expect(await disable('inès')).toMatchObject(ONCE);
    await hoursPass(24);
    expect((await disable('inès')).code).toBeUndefined();
  });

  test('requests at the same time suspend no more', async () => {
    const names = ['rose', 'odile', 'tess', 'inès'];
    const sent = await Promise.all(names.flatMap((name) => [disable(name), endPost(name)]));
    expect(sent.filter(({ code }) => code === undefined)).toHaveLength(1);
    for (const one of sent) if (one.code !== undefined) expect(one).toMatchObject(ONCE);
    expect(await suspensions('sam')).toHaveLength(1);
  });

  test('a second request before the first one is done suspends no more', async () => {
    const first = ['update worker set disabled_at = now() where id = $1', [who['rose']]] as const;
    expect(await whileOpen(database, 'sam', first, () => disable('tess'))).toMatchObject(ONCE);
    expect(await isIn('tess')).toBe(true);
  });

  test('one administrator suspends one front end at a time, so that another one lets everyone in', async () => {
    await make.client({ clientId: 'front.second', kind: 'FRONT_END', scopes: [...SCOPES] });
    expect((await disableFrontEnd('front.demo', 'sam', 'front.second')).code).toBeUndefined();
    expect(await disableFrontEnd('front.second', 'sam', 'front.second')).toMatchObject(ONCE);
    expect(await isIn('carla', 'front.second')).toBe(true);
    const lift = { id: await last('rose') };
    expect((await send('rose', 'liftSuspension', lift, 'front.second')).code).toBeUndefined();
    expect(await isIn('carla')).toBe(true);
  });
});

describe('through a suspended front end, those who watch log in to end a suspension', () => {
  test('with the post by which they watch, and nothing else', async () => {
    const sevran = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
    await make.membership({ workerId: who['inès'], districtId: sevran[0]?.id, role: 'SOCIAL_WORKER' });
    await make.personAccount({ personId: await make.person({ districtId: sevran[0]?.id }), subject: 'paul' });
    expect(await isIn('paul')).toBe(true);
    expect((await disable('tess')).code).toBeUndefined();
    expect((await disableFrontEnd()).code).toBeUndefined();
    for (const name of ['sam', 'rose', 'odile', 'inès']) expect(await isIn(name)).toBe(true);
    for (const name of ['tess', 'carla', 'paul']) expect(await isIn(name)).toBe(false);
    expect(await (await app.as('rose', { scopes: ['log:read'] })).send('{ viewer { kind } }')).toMatchObject({
      status: 401,
    });
    expect(await rolesOf('inès')).toEqual(['TECHNICAL_ADVISER']);
    expect(await scopesLeft('inès')).toEqual(['directory:read']);
    expect(await readsLog('rose')).toBe(false);
    expect((await disable('carla')).code).toBe('FORBIDDEN');
    expect((await send('inès', 'liftSuspension', { id: await idOf('tess') })).code).toBeUndefined();
    expect(await isIn('tess')).toBe(true);
    await hoursPass(24);
    expect(await isIn('carla')).toBe(true);
    expect(await rolesOf('inès')).toHaveLength(2);
  });

  test('a worker whose post is suspended does not log in', async () => {
    await endPost('rose');
    await disableFrontEnd();
    expect(await isIn('rose')).toBe(false);
    expect(await isIn('odile')).toBe(true);
  });

  test('it is lifted through itself after an hour, when each token that it held has expired', async () => {
    await disableFrontEnd();
    const id = await last('rose');
    for (const by of ['sam', 'rose', 'inès'])
      expect(await send(by, 'liftSuspension', { id })).toMatchObject({
        code: 'CONFLICT',
        reason: 'ENDED_ELSEWHERE',
      });
    await byHand(database, 'rose', async (by) =>
      expect(await by('update suspension set lifted_by_id = $1', [who['rose']])).toBe(DENIED),
    );
    await hoursPass(1);
    expect((await send('rose', 'liftSuspension', { id })).code).toBeUndefined();
    expect(await isIn('carla')).toBe(true);
  });

  test('what was suspended through a front end is confirmed through it after an hour, or through another one at once', async () => {
    await make.client({ clientId: 'front.second', kind: 'FRONT_END', scopes: [...SCOPES] });
    const waits = { code: 'CONFLICT', reason: 'ENDED_ELSEWHERE' };
    // A stolen front end holds the tokens of an administrator and of an adviser.
    await disable('tess');
    const confirm = { id: await idOf('tess') };
    expect(await send('inès', 'confirmSuspension', confirm)).toMatchObject(waits);
    await byHand(database, 'inès', async (by) =>
      expect(await by('update suspension set confirmed_by_id = $1', [who['inès']])).toBe(DENIED),
    );
    expect((await send('inès', 'confirmSuspension', confirm, 'front.second')).code).toBeUndefined();
    await disableFrontEnd();
    const id = await last('rose');
    expect(await send('rose', 'confirmSuspension', { id })).toMatchObject(waits);
    await hoursPass(1);
    expect((await send('rose', 'confirmSuspension', { id })).code).toBeUndefined();
    for (const name of ['sam', 'rose', 'inès', 'carla']) expect(await isIn(name)).toBe(false);
  });

  test('one administrator suspends the officer and withdraws the scope that ends it', async () => {
    expect((await disable('rose')).code).toBeUndefined();
    expect((await withdraw('directory:read')).code).toBeUndefined();
    expect(await scopesLeft('inès')).toEqual(['directory:read']);
    // Without this scope, or for somebody else, the token has the rest.
    expect(await scopesLeft('carla')).toEqual(ALL.filter((scope) => scope !== 'directory:read'));
    const rest = ['log:read', 'cases:read'];
    expect(await scopesLeft('odile', rest)).toEqual(rest);
    expect(await readsLog('odile', rest)).toBe(true);
    expect(await readsLog('odile')).toBe(false);
    expect((await send('inès', 'liftSuspension', { id: await idOf('rose') })).code).toBeUndefined();
    expect(await isIn('rose')).toBe(true);
  });
});

describe('of several suspensions, each ends by itself', () => {
  const idBy = async (name: string, scope: string | null = null) =>
    (
      await database.sql<{ id: string }>(
        'select id from suspension where suspended_by_id = $1 and scope is not distinct from $2 order by suspended_at desc',
        [who[name], scope],
      )
    )[0]?.id;
  const lift = async (id: string | undefined) => (await send('rose', 'liftSuspension', { id })).code;

  test.each(['liftSuspension', 'confirmSuspension'])(
    '%s of one scope does not open a front end that is suspended as a whole',
    async (end) => {
      await withdraw('statistics:write');
      expect((await disableFrontEnd(undefined, 'tess')).code).toBeUndefined();
      await hoursPass(1);
      expect((await send('rose', end, { id: await idBy('sam', 'statistics:write') })).code).toBeUndefined();
      // Without this scope, since a token that names a withdrawn scope is refused.
      const rest = ALL.filter((scope) => scope !== 'statistics:write');
      const as = (name: string) => app.as(name, { scopes: rest });
      expect((await (await as('carla')).send('{ viewer { kind } }')).status).toBe(401);
      expect(await scopesLeft('rose', rest)).toEqual(['directory:read']);
      const whole = await (await as('rose')).send(
        'mutation ($id: ID!) { liftSuspension(input: { id: $id }) { liftedAt } }',
        { id: await idBy('tess') },
      );
      expect(whole.errors).toEqual([]);
      expect(await scopesLeft('carla', rest)).toEqual(rest);
    },
  );

  test('a second scope does not open the first', async () => {
    await withdraw('persons:read');
    expect((await withdraw('statistics:write', 'tess')).code).toBeUndefined();
    const open = (...shut: string[]) => ALL.filter((scope) => !shut.includes(scope));
    expect(await scopesLeft('carla')).toEqual(open('persons:read', 'statistics:write'));
    await hoursPass(1);
    expect(await lift(await idBy('tess', 'statistics:write'))).toBeUndefined();
    expect(await scopesLeft('carla')).toEqual(open('persons:read'));
    await hoursPass(23);
    expect(await scopesLeft('carla')).toEqual(ALL);
  });

  test('who has suspended a scope may suspend the whole front end, and not the other way round', async () => {
    expect((await withdraw('statistics:write')).code).toBeUndefined();
    expect(await withdraw('statistics:read')).toMatchObject(ONCE);
    expect((await disableFrontEnd()).code).toBeUndefined();
    expect(await isIn('carla')).toBe(false);
    await hoursPass(24);
    expect(await withdraw('notes:read')).toMatchObject(ONCE);
    expect(await disableFrontEnd()).toMatchObject(ONCE);
  });

  test('an account that two administrators suspended is open once both suspensions are lifted', async () => {
    await disable('rose');
    expect((await disable('rose', 'tess')).code).toBeUndefined();
    expect((await send('inès', 'liftSuspension', { id: await idBy('sam') })).code).toBeUndefined();
    expect(await isIn('rose')).toBe(false);
    expect((await send('inès', 'liftSuspension', { id: await idBy('tess') })).code).toBeUndefined();
    expect(await isIn('rose')).toBe(true);
  });
});

describe('everyone who is told lifts it at once', () => {
  test.each(['odile', 'tess', 'inès', 'sam'])('%s; it is told and logged', async (by) => {
    await disable('rose');
    expect((await send(by, 'liftSuspension', { id: await last(by) })).code).toBeUndefined();
    expect(await isIn('rose')).toBe(true);
    for (const one of Object.keys(ROLES))
      expect(await told(one)).toEqual(['SUSPENSION_MADE', 'SUSPENSION_LIFTED']);
    expect((await send(by, 'liftSuspension', { id: await last(by) })).code).toBe('CONFLICT');
    expect(
      await database.sql(`select actor_id, target_worker_id, outcome from access_log where action = 'LIFT_SUSPENSION'
        and outcome = 'DONE'`),
    ).toEqual([{ actor_id: who[by], target_worker_id: who['rose'], outcome: 'DONE' }]);
  });

  test('except the worker concerned; a worker who is not told does not lift it', async () => {
    const sevran = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
    await make.membership({ workerId: who['inès'], districtId: sevran[0]?.id, role: 'TECHNICAL_ADVISER' });
    await endPost('inès');
    const id = await last('rose');
    expect((await send('inès', 'liftSuspension', { id })).code).toBe('FORBIDDEN');
    expect((await send('carla', 'liftSuspension', { id })).code).toBe('FORBIDDEN');
    expect(await suspensions('carla')).toEqual([]);
  });
});

describe('it stays if a second person outside the county’s IT confirms it', () => {
  test('an adviser, with a successor named for an officer', async () => {
    await disable('rose');
    const id = await last('inès');
    const confirm = (by: string, successorId?: unknown) => send(by, 'confirmSuspension', { id, successorId });
    for (const by of ['sam', 'tess', 'carla'])
      expect((await confirm(by, who['odile'])).code).toBe('FORBIDDEN');
    for (const none of [undefined, who['rose'], who['inès'], who['carla'], 'x'])
      expect((await confirm('inès', none)).code).toBe('INVALID_INPUT');
    await hoursPass(1);
    expect((await confirm('inès', who['odile'])).code).toBeUndefined();
    await hoursPass(48);
    expect(await isIn('rose')).toBe(false);
    for (const one of Object.keys(ROLES)) expect(await told(one)).toContain('SUSPENSION_CONFIRMED');
    expect((await send('odile', 'liftSuspension', { id })).code).toBe('CONFLICT');
  });

  test('the only officer goes only once another is there', async () => {
    await database.sql('delete from membership where worker_id = $1', [who['odile']]);
    await endPost('rose');
    const id = await last('inès');
    expect((await send('inès', 'confirmSuspension', { id, successorId: who['odile'] })).code).toBe(
      'INVALID_INPUT',
    );
    await make.membership({ workerId: who['odile'], role: 'DATA_PROTECTION_OFFICER' });
    await hoursPass(1);
    expect((await send('inès', 'confirmSuspension', { id, successorId: who['odile'] })).code).toBeUndefined();
    await hoursPass(48);
    expect(await rolesOf('rose')).toEqual([]);
  });

  test('an officer confirms that of the second administrator; nobody confirms one that has lapsed', async () => {
    await disable('tess');
    await hoursPass(1);
    expect((await send('rose', 'confirmSuspension', { id: await last('rose') })).code).toBeUndefined();
    await disable('inès');
    await hoursPass(24);
    const id = await last('rose');
    expect((await send('rose', 'confirmSuspension', { id })).code).toBe('CONFLICT');
    expect((await send('rose', 'liftSuspension', { id })).code).toBe('CONFLICT');
    expect(await isIn('tess')).toBe(false);
    expect(await isIn('inès')).toBe(true);
  });

  test('not the administrator who suspended, even if they are also an adviser and an officer', async () => {
    await make.membership({ workerId: who['sam'], role: 'TECHNICAL_ADVISER' });
    await disable('rose');
    expect(
      (await send('sam', 'confirmSuspension', { id: await last('sam'), successorId: who['odile'] })).code,
    ).toBe('FORBIDDEN');
  });
});

describe('the database holds the same without the API', () => {
  test('no statement of an administrator shuts out for good those who watch', async () => {
    await byHand(database, 'sam', async (by) => {
      expect(await by('update worker set disabled_at = now() where id = $1', [who['rose']])).toBe('1');
      // A second one at a time is refused.
      const post = 'update membership set ends_at = now() where worker_id = $1';
      expect(await by(post, [who['odile']])).toBe(CHECK);
      expect(
        await by(`update client set scopes = '{}', disabled_at = now() where client_id = 'front.demo'`),
      ).toBe('1');
      expect(await by(`select from worker where disabled_at is not null and id = $1`, [who['rose']])).toBe(
        '0',
      );
      expect(
        await by(
          `select from client where client_id = 'front.demo' and disabled_at is null and cardinality(scopes) > 5`,
        ),
      ).toBe('1');
      expect(await by('select from suspension')).toBe('2');
      // No statement suspends a second time, or for longer.
      expect(await by('update worker set disabled_at = now() where id = $1', [who['rose']])).toBe(CHECK);
      for (const longer of [
        `update worker set suspended_until = now() + interval '1 year'`,
        `update membership set suspended_until = now() + interval '1 year'`,
        `update client set suspended_until = now() + interval '1 year'`,
        `update suspension set lapses_at = now() + interval '1 year'`,
        "insert into suspension (worker_id, what, suspended_by_id, lapses_at) select id, 'x', id, now() from worker limit 1",
        'delete from suspension',
        'update worker set subject = issuer',
        'update worker set issuer = subject',
        'update client set client_id = issuer',
        'update district set name = slug',
      ])
        expect([longer, await by(longer)]).toEqual([longer, DENIED]);
      expect(await by('update suspension set confirmed_by_id = $1', [who['sam']])).toBe(DENIED);
      expect(await by('update suspension set confirmed_by_id = $1', [who['inès']])).toBe(DENIED);
    });
    await byHand(database, 'sam', async (by) => {
      expect(await by('update membership set ends_at = now() where worker_id = $1', [who['odile']])).toBe(
        '1',
      );
      expect(
        await by(`select from membership where ends_at is not null and worker_id = $1`, [who['odile']]),
      ).toBe('0');
      // No statement suspends all of them at once.
      expect(await by('update worker set disabled_at = now() where id <> $1', [who['sam']])).toBe(CHECK);
    });
  });

  test('the application may change only what an administrator’s acts need', async () => {
    const granted = await database.sql<{ what: string }>(
      `select table_name || '.' || column_name as what from information_schema.column_privileges
       where grantee = 'cosmos_app' and privilege_type = 'UPDATE'
         and table_name in ('worker', 'membership', 'client', 'district', 'login_key', 'suspension') order by 1`,
    );
    expect(granted.map(({ what }) => what)).toEqual([
      'client.disabled_at',
      'client.scopes',
      'client.version',
      'membership.end_confirmed_at',
      'membership.end_confirmed_by_id',
      'membership.end_contradicted_at',
      'membership.ended_by_id',
      'membership.ends_at',
      'membership.version',
      'suspension.confirmed_by_id',
      'suspension.lifted_by_id',
      'suspension.successor_id',
      'worker.disabled_at',
      'worker.version',
    ]);
  });
});
