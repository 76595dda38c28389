import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { later, today } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import { openHours } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** Whoever makes many requests takes nobody's turn: the honest request gets what it got before. */
const WAITING = 'CONFLICT ALREADY_WAITING';
const HOUR = 3_600_000;

let stage: Stage;
let scene: Scene;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
});
afterAll(() => stage.close());

/** Puts so many papers at the head of the list, all for days on which nothing is free. */
async function papersInFront(count: number, more: { from: string; until: string }): Promise<void> {
  await scene.sql(
    `insert into appointment_request (district_id, type_code, reference, contact, phone, wanted_from, wanted_until, asked_at,
       short_notice_from, short_notice_until)
     select $1, 'FIRST_RECEPTION', $2 || n, 'NEUTRAL_TEXT', '06 39 98 ' || n, $3::date, $4::date, now() - interval '30 days', '08:00', '20:00'
     from generate_series(1, $5) n`,
    [scene.districtId, `D-${scene.name}-`, more.from, more.until, count],
  );
}

/** A social worker of the district, logged in. */
async function colleague(name: string): Promise<Requester> {
  await scene.worker(name);
  return scene.as(name);
}

const faultsOf = async (answers: readonly Promise<Answer>[]): Promise<readonly string[]> =>
  (await Promise.all(answers)).map(faultOf).sort();

describe('papers for days on which nothing is free', () => {
  test('hide nobody behind them: who waits behind 1,002 of them is offered a time in the same run', async () => {
    await papersInFront(1_002, { from: scene.day(8), until: later(scene.day(8), 1) });
    const honest = await scene.waits();
    await scene.worker('alice');
    expect(await scene.offer()).toBe(1);
    expect((await scene.held(honest))?.startsAt).toBe(scene.at('09:00'));
  });

  test('are offered a time of their days, once one is free', async () => {
    await papersInFront(3, { from: scene.day(8), until: later(scene.day(8), 1) });
    await scene.worker('alice', { from: 8, slots: 2 });
    expect(await scene.offer()).toBe(2);
  });

  test('hide nobody who agreed to be asked at short notice', async () => {
    await stage.database.sql(`create or replace function asking_ends_at(p_request appointment_request) returns timestamptz
      language sql stable return case when p_request.short_notice_from is not null then now() + interval '5 hours' end`);
    await papersInFront(1_002, { from: scene.day(8), until: later(scene.day(8), 1) });
    const honest = await scene.waits({ shortNoticeFrom: '08:00', shortNoticeUntil: '20:00' });
    await opensSoon();
    expect(await scene.offer()).toBe(1);
    expect((await scene.request(honest)).offers).toMatchObject([{ status: 'ASKED' }]);
  });
});

/** A worker is open for one half-hour reception in four hours. */
async function opensSoon(): Promise<void> {
  const { id } = await scene.district.worker(`soon.${scene.name}`);
  const { id: availabilityId } = await openHours(stage.database, id, scene.districtId, {
    types: ['FIRST_RECEPTION'],
    until: later(today(), 5),
    weekdays: [],
  });
  const startsAt = new Date(Math.ceil((Date.now() + 4 * HOUR) / 900_000) * 900_000);
  await scene.make.availabilityOccurrence({
    availabilityId,
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR / 2),
  });
}

describe('papers of one telephone number', () => {
  test('have one question of a wave; the two others are asked as before', async () => {
    await stage.database.sql(`create or replace function asking_ends_at(p_request appointment_request) returns timestamptz
      language sql stable return case when p_request.short_notice_from is not null then now() + interval '5 hours' end`);
    const agrees = { shortNoticeFrom: '08:00', shortNoticeUntil: '20:00' };
    const numbers = [
      '06 39 98 55 55',
      '06.39.98.55.55',
      '+33 6 39 98 55 55',
      '0639985555',
      '0639985555',
      '0639985555',
    ];
    const papers: string[] = [];
    for (const phone of numbers)
      papers.push(await scene.waits({ personId: null, contact: 'NEUTRAL_TEXT', phone, ...agrees }));
    // The number of a known person is not compared: their own request is asked.
    const known = await scene.waits({
      personId: (await scene.person({ phone: '06 39 98 55 55' })).id,
      ...agrees,
    });
    const other = await scene.waits({
      personId: null,
      contact: 'NEUTRAL_TEXT',
      phone: '06 39 98 66 66',
      ...agrees,
    });
    await opensSoon();
    expect(await scene.offer()).toBe(3);
    const asked = async (id: string): Promise<number> => (await scene.request(id)).offers.length;
    expect(await Promise.all(papers.map(asked))).toEqual([1, 0, 0, 0, 0, 0]);
    expect(await Promise.all([known, other].map(asked))).toEqual([1, 1]);
    expect(await scene.skips(papers[1] ?? '')).toMatchObject([{ reason: 'OFFERED_BEFORE' }]);
  });
});

describe('a person waits once for a type in a district', () => {
  test('a worker who asks for one person many times, as urgent, stands once before the others', async () => {
    const alice = await colleague('alice');
    const { id: personId } = await scene.person();
    const asks = Array.from({ length: 6 }, () => scene.ask({ personId, urgency: 'TODAY' }, alice));
    expect(await faultsOf(asks)).toEqual([...Array(5).fill(WAITING), 'none']);
    expect((await scene.request(await scene.waits())).rank).toBe(2);
    // Another type, which this worker reads, is another request.
    expect(faultOf(await scene.ask({ personId, typeCode: 'FOLLOW_UP' }, alice))).toBe('none');
  });

  test('the desk waits for its other requests at once; a closed one counts no more', async () => {
    const { id: personId } = await scene.person();
    const asks = Array.from({ length: 5 }, () => scene.ask({ personId }));
    expect(await faultsOf(asks)).toEqual([...Array(4).fill(WAITING), 'none']);
    const [first] = await scene.sql<{ id: string }>(
      'select id from appointment_request where person_id = $1',
      [personId],
    );
    await scene.act('withdrawRequest', 'VersionedInput', { id: first?.id, expectedVersion: 1 });
    expect(faultOf(await scene.ask({ personId }))).toBe('none');
  });

  test('a change and a name do not get around it', async () => {
    const { id: personId } = await scene.person();
    const first = await scene.waits({ personId });
    const change = { id: first, expectedVersion: 1, showOnline: true, wantedFrom: scene.day(3) };
    expect(faultOf(await scene.act('changeRequest', 'ChangeRequestInput', change))).toBe('none');
    expect(faultOf(await scene.ask({ personId }))).toBe(WAITING);
    const paper = { id: await scene.waits({ personId: null }), expectedVersion: 1, personId };
    expect(faultOf(await scene.act('nameRequest', 'NameRequestInput', paper))).toBe(WAITING);
  });

  test('a worker names the person of one paper of their own', async () => {
    const alice = await colleague('alice');
    const { id: personId } = await scene.person();
    const papers = [
      await scene.waits({ personId: null }, alice),
      await scene.waits({ personId: null }, alice),
    ];
    const name = (id: string): Promise<Answer> =>
      scene.act('nameRequest', 'NameRequestInput', { id, expectedVersion: 1, personId }, alice);
    expect(await faultsOf(papers.map(name))).toEqual([WAITING, 'none']);
  });

  test('what the asker may not know does not count: another agenda, the account, the desk', async () => {
    const [alice, bruno] = [await colleague('alice'), await colleague('bruno')];
    const nour = await scene.online('nour');
    const ask = { personId: nour.id };
    expect(faultOf(await scene.ask(ask))).toBe('none');
    expect(faultOf(await scene.ask(ask, alice))).toBe('none');
    expect(faultOf(await scene.ask(ask, bruno))).toBe('none');
    expect(faultOf(await scene.ask(ask, nour.as))).toBe('none');
    expect(await faultsOf([alice, bruno, nour.as].map((who) => scene.ask(ask, who)))).toEqual([
      WAITING,
      WAITING,
      WAITING,
    ]);
  });

  test('a person whose request is no longer shown to them is not told that it waits', async () => {
    const nour = await scene.online('nour');
    const id = await scene.waits({ personId: nour.id }, nour.as);
    await scene.act('changeRequest', 'ChangeRequestInput', { id, expectedVersion: 1, showOnline: false });
    expect(faultOf(await scene.ask({ personId: nour.id }, nour.as))).toBe('none');
    const again = { id, expectedVersion: 2, showOnline: true };
    expect(faultOf(await scene.act('changeRequest', 'ChangeRequestInput', again))).toBe('none');
  });
});
