import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { type RunningJobs, runJobs } from '../../src/jobs/run.js';
import { createLogger } from '../../src/log/logger.js';
import { cancel, later } from '../agenda/agenda.js';
import { TEST_LOGIN_SECRET } from '../support/login.js';
import { startProxy } from '../support/proxy.js';
import { until } from '../support/until.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';
import { type Offered, raiseStage, type Scene, type Stage } from './scene.js';

/** A job only wakes: who waits is offered what is free within moments, and what no job told of is found by a sweep. */
let stage: Stage;
let scene: Scene;
let jobs: RunningJobs | null = null;

beforeAll(async () => {
  stage = await raiseStage();
  scene = await stage.scene();
});
afterAll(async () => {
  await jobs?.close();
  await stage.close();
});

const start = async (): Promise<void> => {
  jobs = await runJobs({
    url: stage.database.urlAs('cosmos_jobs'),
    loginSecret: TEST_LOGIN_SECRET,
    logger: createLogger('silent'),
    senders: [],
    statisticsSecret: TEST_VAULT_KEY,
  });
};

/** What the jobs come to hold for someone. */
const offered = (at: Scene, id: string): Promise<Offered> => until('an offer', () => at.held(id));

describe('while the jobs run', () => {
  test('who asks is offered what is free, without anyone’s doing', async () => {
    await start();
    await scene.worker('alice');
    const id = await scene.waits();
    expect((await offered(scene, id)).startsAt).toBe(scene.at('09:00'));
  });

  test('what is cancelled, or opened, goes to who waits', async () => {
    const here = await stage.scene();
    const { id: bruno } = await here.worker('bruno');
    const appointment = await here.booked(bruno, here.at('09:00'));
    const [first, second] = [await here.waits(), await here.waits()];
    await cancel(here.desk, { id: appointment, expectedVersion: 1 });
    expect((await offered(here, first)).startsAt).toBe(here.at('09:00'));
    await here.desk.send(
      `mutation ($input: OpenAvailabilityInput!) { openAvailability(input: $input) { id } }`,
      {
        input: {
          districtId: here.districtId,
          workerId: bruno,
          startsOn: here.day(3),
          endsOn: later(here.day(3), 1),
          opensAt: '14:00',
          closesAt: '14:30',
          typeCodes: ['FIRST_RECEPTION'],
          modes: ['ON_SITE'],
        },
      },
    );
    expect((await offered(here, second)).startsAt).toBe(here.at('14:00', 3));
  });

  test('an offer declined goes to the next', async () => {
    const here = await stage.scene();
    await here.worker('alice');
    const [first, second] = [await here.waits(), await here.waits()];
    await here.answer(await offered(here, first), false);
    await offered(here, second);
  });

  test('a job is due at the deadline of each offer', async () => {
    const here = await stage.scene();
    await here.worker('alice');
    const id = await here.waits();
    const { answerBy } = await offered(here, id);
    const due = await here.sql<{ run_at: Date }>(
      `select run_at from graphile_worker._private_jobs where payload ->> 'districtId' = $1 and run_at > now()`,
      [here.districtId],
    );
    expect(due.map(({ run_at }) => run_at.toISOString())).toContain(answerBy);
  });
});

describe('while the database goes and comes back', () => {
  test('the jobs wait for it, and do what has come up meanwhile', async () => {
    await jobs?.close();
    const proxy = await startProxy(stage.database.url);
    const url = proxy.through(stage.database.urlAs('cosmos_jobs'));
    const connects = jest.spyOn(pg.Client.prototype, 'connect');
    try {
      jobs = await runJobs({
        url,
        loginSecret: TEST_LOGIN_SECRET,
        logger: createLogger('silent'),
        senders: [],
        statisticsSecret: TEST_VAULT_KEY,
      });
      const here = await stage.scene();
      await here.worker('alice');
      await proxy.refuse();
      connects.mockClear();
      const id = await here.waits();
      const theirs = Number(new URL(url).port);
      await until(
        'the jobs to have looked for the database in vain, again and again',
        () => connects.mock.contexts.filter((client) => (client as pg.Client).port === theirs).length > 3,
      );
      expect(await here.held(id)).toBeUndefined();
      await proxy.restore();
      await offered(here, id);
    } finally {
      connects.mockRestore();
      await jobs?.close();
      jobs = null;
      await proxy.close();
    }
  });
});

describe('a database that goes while every slot of the jobs works', () => {
  type Wants = 'to say how a job ended' | 'a next job';
  type Connect = () => Promise<pg.PoolClient>;

  /** Keeps the library's connections waiting by what it wants of them, and refuses them when told. */
  function heldConnections() {
    const held: { readonly wants: Wants; readonly refuse: () => void }[] = [];
    const connect = pg.Pool.prototype.connect as Connect;
    const spy = jest.spyOn(pg.Pool.prototype, 'connect').mockImplementation(function (
      this: pg.Pool,
      ...args: unknown[]
    ) {
      const caller = new Error('held').stack ?? '';
      const wants: Wants | null = /batch(Fail|Complete)Jobs/.test(caller)
        ? 'to say how a job ended'
        : /batchGetJobs/.test(caller)
          ? 'a next job'
          : null;
      if (wants === null) return Reflect.apply(connect, this, args);
      return new Promise<never>((_resolve, reject) => {
        held.push({ wants, refuse: () => reject(new Error('connect ECONNREFUSED')) });
      });
    } as Connect);
    const those = (wants: Wants) => held.filter((one) => one.wants === wants);
    return { those, letGo: () => spy.mockRestore() };
  }

  /** Starts the jobs, and cuts off both of their slots so that the library gives its runner up. */
  async function cutOffBothSlots(): Promise<void> {
    await jobs?.close();
    await start();
    const holder = new pg.Client({ connectionString: stage.database.url });
    await holder.connect();
    const theirs = `from pg_stat_activity where usename = 'cosmos_jobs' and datname = current_database() and wait_event_type = 'Lock'`;
    // What the sweep and the sending read, so that neither ends before it is cut off.
    // A job of the start may hold one of the tables. Waiting for it with a lock on the other table would be a deadlock.
    await until('the tables to be nobody’s', () =>
      holder.query('begin; lock table appointment_request, dispatch in access exclusive mode nowait').then(
        () => true,
        () => holder.query('rollback').then(() => false),
      ),
    );
    await stage.database.sql(
      `select graphile_worker.add_job(task, '{}'::json) from unnest(array['send', 'sweep']) task`,
    );
    const waiting = () => stage.database.sql<{ pid: number }>(`select pid ${theirs}`);
    await until('both slots to wait for a lock', async () => (await waiting()).length === 2);
    const connections = heldConnections();
    try {
      // The sending first, by itself: what could not be written of two jobs at once would be one failure.
      for (const [at, job] of ['send', 'sweep'].entries())
        await until(`${job} to be written down as failed`, async () => {
          await stage.database.sql(
            `select pg_terminate_backend(pid) ${theirs} and ($1 = 'sweep' or query like '%dispatches%')`,
            [job],
          );
          return connections.those('to say how a job ended').length > at;
        });
      for (const wants of ['to say how a job ended', 'a next job'] as const)
        for (const { refuse } of connections.those(wants)) {
          refuse();
          await new Promise((resolve) => setImmediate(resolve));
        }
    } finally {
      connections.letGo();
      await holder.end();
    }
  }

  test('the jobs are there again when it is, also if it refused to hear first how each job ended', async () => {
    await cutOffBothSlots();
    const here = await stage.scene();
    await here.worker('alice');
    await offered(here, await here.waits());
  });

  test('jobs that are closed while they start again leave nothing that runs', async () => {
    const theirs = `from pg_stat_activity where usename = 'cosmos_jobs' and datname = current_database()`;
    const holder = new pg.Client({ connectionString: stage.database.url });
    await holder.connect();
    try {
      await cutOffBothSlots();
      // The library reads this table first when it starts.
      await holder.query('begin; lock table graphile_worker.migrations in access exclusive mode');
      await until('the jobs to start again', async () => {
        const [waits] = await stage.database.sql(`select ${theirs} and wait_event_type = 'Lock'`);
        return waits !== undefined;
      });
      const closed = jobs?.close();
      jobs = null;
      await holder.query('commit');
      await closed;
    } finally {
      await holder.end();
    }
    await until(
      'the last connection to be closed',
      async () => (await stage.database.sql(`select ${theirs}`)).length === 0,
    );
  });
});

describe('without the jobs', () => {
  test('everyone goes on asking, booking and answering; the first sweep then does what was left', async () => {
    await jobs?.close();
    jobs = null;
    const here = await stage.scene();
    await here.worker('alice', { slots: 2 });
    const ids = [await here.waits(), await here.waits()];
    // Not even a wake-up is left of them.
    await here.sql('delete from graphile_worker._private_jobs');
    expect(await here.held(ids[0] ?? '')).toBeUndefined();
    await start();
    for (const id of ids) await offered(here, id);
  });

  test('without a queue at all, nothing is refused', async () => {
    await jobs?.close();
    jobs = null;
    await scene.sql('drop schema graphile_worker cascade');
    const here = await stage.scene();
    await here.worker('alice');
    const id = await here.waits();
    expect(await here.offer()).toBe(1);
    expect(
      (await here.answer(await here.held(id).then((offer) => offer ?? { id: '', version: 0 }), true)).codes,
    ).toEqual([]);
    await expect(start()).rejects.toThrow('run `npm run migrate`');
  });
});
