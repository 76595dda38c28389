import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { offerSlots } from '../../src/jobs/tasks.js';
import { endAll, startJobs } from '../process/cosmos-process.js';
import { makeIt } from '../sending/day.js';
import { type FakeGateway, startFakeGateway } from '../sending/fake-gateway.js';
import { type FakeMailServer, startFakeMailServer } from '../sending/fake-mail-server.js';
import { jobsOf } from '../support/jobs.js';
import { say } from '../support/say.js';
import { until } from '../support/until.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

const PROCESSES = 2;
const WORKERS = ['alice', 'bruno', 'carla', 'dalila'];
const SLOTS = 16;
const DAYS = 6;
const WAITING = 60;

/** How much of it is done. */
export interface Form {
  readonly kills: number;
  /** How many people are to be reminded. */
  readonly reminded: number;
}

/**
 * The process of the jobs is killed again and again, as kill -9 does, half of the times in the middle of a transaction, while a desk
 * goes on: people ask, appointments are cancelled, offers are answered, or not in time. Meanwhile people are to be reminded, by
 * text and by mail.
 */
export function killJobs({ kills, reminded }: Form): void {
  let stage: Stage;
  let scene: Scene;
  let jobs: pg.Pool;
  let killed = 0;
  let killedAtWork = 0;
  /** The number of people who are to be reminded. More of them are made when texts run out. */
  let expected = 0;
  let gateway: FakeGateway;
  let mail: FakeMailServer;
  let isOver = false;

  beforeAll(async () => {
    stage = await raiseStage();
    await makeIt('day', stage.database.sql);
    scene = await stage.scene();
    jobs = jobsOf(stage.database);
    gateway = await startFakeGateway();
    mail = await startFakeMailServer();
    gateway.answers(202, 40);
    await expectSome(reminded);
    for (const name of WORKERS) await scene.worker(name, { slots: SLOTS, days: DAYS });
    await Promise.all(Array.from({ length: WAITING }, () => scene.waits()));
    const asking = [ask(), cancelSome(), answerSome(), passSomeDeadlines(), passSomeTime()];
    await Promise.all(Array.from({ length: PROCESSES }, killOneAfterTheOther));
    isOver = true;
    await Promise.all(asking);
    await letOneFinish();
  });
  afterAll(async () => {
    isOver = true;
    endAll();
    await jobs?.end();
    await gateway?.close();
    await mail?.close();
    await stage?.close();
  });

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** They die while a text is sent, whenever it may be, at work on offers, or when mail has just been taken. */
  async function killOneAfterTheOther(): Promise<void> {
    const cutOffTooFew = (): boolean => gateway.cutOff() <= kills / 20;
    // It goes on while too few texts were cut off, or too few offers were accepted. How many there are depends on the machine.
    const goesOn = async (): Promise<boolean> =>
      killed < kills || cutOffTooFew() || (await accepted()) <= kills / 5;
    for (let nth = 0; await goesOn(); nth += 1) {
      killed += 1;
      // No text is left at which a process could be killed.
      if (killed > kills && cutOffTooFew() && !(await isToSend('TEXT'))) await expectSome(30);
      if (killed % 10 === 0) say(`${killed} of ${kills} processes killed`);
      // On a slow machine the gateway has answered a text before the process is killed. So the gateway takes longer after each try.
      const late = Math.max(0, killed - kills) / PROCESSES;
      gateway.answers(202, cutOffTooFew() ? Math.min(40 * 2 ** late, 5_000) : 40);
      const name = `jobs-${killed}`;
      const process = startJobs(`${stage.database.urlAs('cosmos_jobs')}?application_name=${name}`, sending());
      await process.running();
      const mailsBefore = mail.received.length;
      const atText = async (): Promise<boolean> => gateway.answering() > 0 || !(await isToSend('TEXT'));
      // At texts first, while there are any.
      const dying: (() => boolean | Promise<boolean>)[] = [
        atText,
        () => Math.random() < 0.03,
        () => isAtWork(name),
        async () => mail.received.length > mailsBefore || !(await isToSend('EMAIL')),
      ];
      // After so many kills, a process lives until it has brought what is still missing. Else a slow machine would kill each of them
      // before it does anything.
      const acceptedBefore = await accepted();
      const isAccepted = async (): Promise<boolean> => (await accepted()) > acceptedBefore;
      const missing = cutOffTooFew() ? atText : isAccepted;
      const dies = killed > kills ? missing : dying[nth % dying.length];
      while (!(await dies?.())) await pause(3);
      const atWork = await isAtWork(name);
      process.signal('SIGKILL');
      await process.ended;
      if (atWork) killedAtWork += 1;
    }
  }

  /** Whether this very process is in the middle of it. */
  async function isAtWork(name: string): Promise<boolean> {
    const rows = await scene.sql(
      `select from pg_stat_activity where datname = current_database() and application_name = $1 and state = 'active'
      and query like '%offer_slots%' limit 1`,
      [name],
    );
    return rows.length > 0;
  }

  /** How many offers were accepted. */
  async function accepted(): Promise<number> {
    const [row] = await scene.sql<{ n: number }>(
      `select count(*)::integer as n from slot_offer where status = 'ACCEPTED'`,
    );
    return row?.n ?? 0;
  }

  /** Whether anything is left to be sent by this channel: else nobody can be killed at it. What the dead have taken waits. */
  async function isToSend(channel: 'TEXT' | 'EMAIL'): Promise<boolean> {
    const rows = await scene.sql(
      `select from dispatch where channel = $1 and status in ('DUE', 'RETRYING') limit 1`,
      [channel],
    );
    return rows.length > 0;
  }

  /** By what the processes send. */
  const sending = (): Record<string, string> => ({
    COSMOS_TEXT_GATEWAY_URL: gateway.url,
    COSMOS_TEXT_GATEWAY_SECRET: gateway.secret,
    COSMOS_SMTP_URL: mail.url,
    COSMOS_MAIL_FROM: 'Rendez-vous <rdv@example.org>',
  });

  /** People who are expected within two days, each with a number or an address of their own; two in three by text. */
  async function expectSome(many: number): Promise<void> {
    const from = expected;
    expected += many;
    await scene.sql(
      `with persons as (
       insert into person (district_id, reference, safe_contact, phone, email)
       select $1, 'R' || n, 'NEUTRAL_TEXT', case when n % 3 > 0 then '06 39 98 ' || n end, 'n' || n || '@example.org'
       from generate_series($2::integer + 1, $2::integer + $3::integer) n returning id
     ), appointments as (
       insert into appointment (district_id, type_code, starts_at, ends_at, booked_at)
       select $1, 'FIRST_RECEPTION', now() + interval '30 hours', now() + interval '31 hours', now() - interval '3 days'
       from persons returning id
     )
     insert into appointment_person (appointment_id, person_id)
     select a.id, p.id from (select id, row_number() over () as n from appointments) a
     join (select id, row_number() over () as n from persons) p on p.n = a.n`,
      [scene.districtId, from, many],
    );
    for (let made = 1; made > 0; ) {
      const { rows } = await jobs.query<{ made: number }>(
        `select prepare_dispatches('{TEXT,EMAIL}', 100) as made`,
      );
      made = rows[0]?.made ?? 0;
    }
  }

  /** What is tried again in a while is tried now. */
  const passSomeTime = (): Promise<void> =>
    each(30, () =>
      scene.sql(
        `update dispatch set due_at = now() - interval '1 second' where status in ('DUE', 'RETRYING') and due_at > now()`,
      ),
    );

  async function each(every: number, act: () => Promise<unknown>): Promise<void> {
    while (!isOver) {
      await act();
      await pause(Math.random() * every);
    }
  }

  const ask = (): Promise<void> =>
    each(80, async () => {
      const [row] = await scene.sql<{ waiting: number; offered: number }>(
        `select (select count(*) from appointment_request where status = 'WAITING')::integer as waiting,
          (select count(*) from slot_offer where status = 'HELD')::integer as offered`,
      );
      // Who was offered a time on each day is offered no more: somebody else comes, so that offers are accepted until there are enough.
      const nobodyIsLeft = killed > kills && row?.offered === 0;
      if ((row?.waiting ?? 0) < WAITING || nobodyIsLeft) await scene.waits();
    });

  const cancelSome = (): Promise<void> =>
    each(40, async () => {
      const [row] = await scene.sql<{ id: string; version: number }>(
        `select id, version from appointment a where status = 'BOOKED'
         and exists (select from occupancy o where o.appointment_id = a.id) order by random() limit 1`,
      );
      if (row === undefined) return;
      const input = { id: row.id, expectedVersion: row.version, by: 'SERVICE' };
      await scene.act('cancelAppointment', 'CancelAppointmentInput', input);
    });

  const answerSome = (): Promise<void> =>
    each(30, async () => {
      const [offer] = await scene.sql<{ id: string; version: number }>(
        `select id, version from slot_offer where status = 'HELD' order by random() limit 1`,
      );
      if (offer !== undefined) await scene.answer(offer, Math.random() < 0.6);
    });

  const passSomeDeadlines = (): Promise<void> =>
    each(60, async () => {
      const [offer] = await scene.sql<{ id: string }>(
        `select id from slot_offer where status = 'HELD' order by random() limit 1`,
      );
      // One statement: nothing happens in between. Where it and a job wait for each other, PostgreSQL ends one of them.
      if (offer !== undefined)
        await scene
          .sql(
            `with late as (update slot_offer set offered_at = now() - interval '2 days', answer_by = now() - interval '1 minute'
              where id = $1 and status = 'HELD' returning id)
            update occupancy o set expires_at = now() - interval '1 minute' from late where o.offer_id = late.id`,
            [offer.id],
          )
          .catch((error: { code?: string }) => expect(error.code).toBe('40P01'));
    });

  /** One is left alone, and wakes at once: it does what the dead have left, without anyone’s telling. */
  async function letOneFinish(): Promise<void> {
    // Two minutes have passed since the last was taken.
    await jobs.query(`select prepare_dispatches('{TEXT,EMAIL}', 10000)`);
    await scene.sql(`update dispatch set due_at = now() - interval '1 second' where sent_at is null`);
    const process = startJobs(stage.database.urlAs('cosmos_jobs'), sending());
    await process.running();
    await until('nothing to offer and nothing to send', async () => {
      const [row] = await scene.sql<{ left: number }>(
        `select (select count(*) from offer_wake where due_at <= now())::integer
          + (select count(*) from slot_offer where status = 'HELD' and answer_by <= now())::integer
        + (select count(*) from dispatch where status = 'SENDING' or status in ('DUE', 'RETRYING') and due_at <= now())::integer as left`,
      );
      return row?.left === 0;
    });
    process.signal('SIGTERM');
    expect(await process.ended).toBe(0);
  }

  /** What is wrong, row by row. */
  const wrong = async (query: string): Promise<unknown[]> => scene.sql(query);

  test(`it was killed ${kills === 100 ? 'a hundred' : kills} times, many times at work`, async () => {
    const [row] = await scene.sql<Record<string, number>>(
      `select count(*)::integer as offers, count(*) filter (where status = 'ACCEPTED')::integer as accepted,
      count(*) filter (where status = 'EXPIRED')::integer as expired from slot_offer`,
    );
    say(
      `${killed} processes killed, ${killedAtWork} of them at work, ${gateway.cutOff()} texts cut off; ${row?.['offers']} offers, ${row?.['accepted']} accepted, ${row?.['expired']} expired`,
    );
    expect(killed).toBeGreaterThanOrEqual(kills);
    expect(killedAtWork).toBeGreaterThan(kills / 20);
    expect(gateway.cutOff()).toBeGreaterThan(kills / 20);
    expect(row?.['accepted']).toBeGreaterThan(kills / 5);
  });

  test('no time is taken twice', async () => {
    const twice = `select a.id from occupancy a join occupancy b on b.worker_id = a.worker_id and b.id > a.id
    and b.starts_at < a.ends_at and b.ends_at > a.starts_at`;
    expect(await wrong(twice)).toEqual([]);
  });

  test('no offer is doubled: one at a time, no time twice to the same person, each hold of one offer', async () => {
    expect(
      await wrong(`select request_id from slot_offer where status = 'HELD' group by 1 having count(*) > 1`),
    ).toEqual([]);
    expect(
      await wrong(`select 1 from slot_offer group by request_id, starts_at having count(*) > 1`),
    ).toEqual([]);
    expect(
      await wrong(`select o.id from slot_offer o left join occupancy h on h.offer_id = o.id
      where (o.status = 'HELD') <> (h.id is not null)
        or (h.id is not null and (h.starts_at, h.worker_id, h.expires_at) is distinct from (o.starts_at, o.worker_id, o.answer_by))`),
    ).toEqual([]);
  });

  test('no booking is lost or doubled: each acceptance is one appointment, and each of those one acceptance', async () => {
    expect(
      await wrong(`select r.id from appointment_request r
      left join lateral (select count(*) as accepted from slot_offer o where o.request_id = r.id and o.status = 'ACCEPTED') o on true
      where (r.status = 'BOOKED') <> (o.accepted = 1) or o.accepted > 1`),
    ).toEqual([]);
    expect(
      await wrong(`select o.id from slot_offer o join appointment_request r on r.id = o.request_id
      left join appointment a on a.id = r.appointment_id
      where o.status = 'ACCEPTED' and (a.starts_at, a.worker_ids) is distinct from (o.starts_at, array[o.worker_id])`),
    ).toEqual([]);
    expect(
      await wrong(
        `select appointment_id from appointment_request where appointment_id is not null group by 1 having count(*) > 1`,
      ),
    ).toEqual([]);
    expect(
      // Those who are to be reminded take up nobody.
      await wrong(`select a.id from appointment a left join occupancy o on o.appointment_id = a.id
      where cardinality(a.worker_ids) > 0 and (a.status = 'BOOKED') <> (o.id is not null)`),
    ).toEqual([]);
  });

  test('no offer is lost: nothing is left that is free and suits someone who waits for one', async () => {
    expect(await wrong(`select id from slot_offer where status = 'HELD' and answer_by <= now()`)).toEqual([]);
    expect(await offerSlots(jobs, scene.districtId, true)).toBe(0);
    expect(
      await wrong(`select r.id from appointment_request r join free_time f on f.district_id = r.district_id
      where r.status = 'WAITING' and not exists (select from slot_offer h where h.request_id = r.id and h.status = 'HELD')
        and not exists (select from slot_offer o where o.request_id = r.id and o.status in ('DECLINED', 'EXPIRED')
          and (o.starts_at at time zone 'Europe/Paris')::date = (f.starts_at at time zone 'Europe/Paris')::date)`),
    ).toEqual([]);
  });

  test('no reminder is lost or doubled: each is one notice, and was sent once, or people see that it may have been', async () => {
    expect(
      await wrong(`select a.id from appointment a join appointment_person ap on ap.appointment_id = a.id
      join person p on p.id = ap.person_id and p.reference like 'R%'
      left join appointment_notice n on n.appointment_id = a.id left join dispatch d on d.notice_id = n.id
      group by a.id having count(n.id) <> 1 or count(d.id) <> 1
        or bool_and(d.status = 'SENT' and n.outcome = 'TOLD') is not true
          and bool_and(d.status = 'UNCERTAIN' and n.sending = 'UNCERTAIN' and d.channel = 'EMAIL' and n.done_at is null) is not true`),
    ).toEqual([]);
    const idsByNumber = new Map<string, Set<string>>();
    for (const { id, to, text, signed } of gateway.received.filter(({ text }) => text.startsWith('Rappel'))) {
      idsByNumber.set(to, (idsByNumber.get(to) ?? new Set()).add(`${id} ${text}`));
      expect(signed).toBe(true);
    }
    expect([...idsByNumber.values()].filter((ids) => ids.size > 1)).toEqual([]);
    expect(idsByNumber.size).toBe(expected - Math.floor(expected / 3));
    const addresses = mail.received.flatMap(({ to }) => to);
    expect(new Set(addresses).size).toBe(addresses.length);
    const [row] = await scene.sql<{ sent: number; uncertain: number }>(
      `select count(*) filter (where status = 'SENT')::integer as sent,
      count(*) filter (where status = 'UNCERTAIN')::integer as uncertain from dispatch where channel = 'EMAIL'`,
    );
    say(
      `${gateway.received.length} texts taken by the gateway, ${new Set(gateway.received.map(({ id }) => id)).size} of them different; ${addresses.length} mails, ${row?.uncertain} of which nobody knows`,
    );
    expect(row?.sent).toBeLessThanOrEqual(addresses.length);
    expect((row?.sent ?? 0) + (row?.uncertain ?? 0)).toBe(Math.floor(expected / 3));
    expect(gateway.received.length).toBeGreaterThan(idsByNumber.size);
  });

  test('no offer is told twice', () => {
    const ids = new Map<string, string>();
    for (const { id, text } of gateway.received) {
      expect(ids.get(id) ?? text).toBe(text);
      ids.set(id, text);
    }
  });
}
