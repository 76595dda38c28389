import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { book, cancel, inParis, later, today, wallClock } from '../agenda/agenda.js';
import { openHours } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** Who waits is offered the earliest time that suits them, in their turn, one at a time; nobody loses their place. */
let stage: Stage;
let scene: Scene;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
});
afterAll(() => stage.close());

describe('in their order', () => {
  test('the first who asked is offered the first time, the second the next', async () => {
    await scene.worker('alice', { slots: 2 });
    const first = await scene.waits();
    const second = await scene.waits();
    expect(await scene.offer()).toBe(2);
    expect((await scene.held(first))?.startsAt).toBe(scene.at('09:00'));
    expect((await scene.held(second))?.startsAt).toBe(scene.at('09:30'));
  });

  test('who must be seen this week goes before those who asked earlier, and today before all', async () => {
    await scene.worker('alice', { slots: 1 });
    const alice = await scene.as('alice');
    const ordinary = await scene.waits();
    const thisWeek = await scene.waits({ urgency: 'THIS_WEEK' }, alice);
    const today = await scene.waits({ urgency: 'TODAY' }, alice);
    await scene.offer();
    expect(await scene.held(today)).toBeDefined();
    expect([await scene.held(ordinary), await scene.held(thisWeek)]).toEqual([undefined, undefined]);
    const list = await scene.desk.send(
      `query ($id: ID!) { waitingList(districtId: $id) { edges { node { id rank urgency } } } }`,
      { id: scene.districtId },
    );
    expect(list.data?.['waitingList'].edges.map(({ node }: { node: object }) => node)).toEqual([
      { id: today, rank: 1, urgency: 'TODAY' },
      { id: thisWeek, rank: 2, urgency: 'THIS_WEEK' },
      { id: ordinary, rank: 3, urgency: 'ORDINARY' },
    ]);
  });

  test('a second run offers nothing twice', async () => {
    await scene.worker('alice', { slots: 3 });
    const only = await scene.waits();
    expect([await scene.offer(), await scene.offer()]).toEqual([1, 0]);
    expect((await scene.request(only)).offers).toHaveLength(1);
  });

  test('of two workers, one free, the free one is offered', async () => {
    const { id: alice } = await scene.worker('alice');
    const { id: bruno } = await scene.worker('bruno');
    await scene.booked(alice, scene.at('09:00'));
    const id = await scene.waits();
    expect((await scene.offered(id)).worker.id).toBe(bruno);
  });

  test('what is cancelled goes to the first who waits', async () => {
    const { id: alice } = await scene.worker('alice');
    const appointment = await scene.booked(alice, scene.at('09:00'));
    const id = await scene.waits();
    expect(await scene.offer()).toBe(0);
    await cancel(scene.desk, { id: appointment, expectedVersion: 1 });
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00'));
  });

  test('a time that is held is nobody else’s: not by search, not by booking', async () => {
    const { id: alice } = await scene.worker('alice');
    await scene.waits();
    await scene.offer();
    const found = await scene.desk.send(
      `query ($filter: SlotFilter!) { slots(filter: $filter) { whyNone slots { startsAt } } }`,
      { filter: { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION', workerIds: [alice] } },
    );
    expect(found.data?.['slots']).toEqual({ whyNone: 'ALL_TAKEN', slots: [] });
    const taken = await book(scene.desk, {
      districtId: scene.districtId,
      workerIds: [alice],
      startsAt: new Date(scene.at('09:00')),
    });
    expect(faultOf(taken)).toBe('CONFLICT SLOT_TAKEN');
  });
});

describe('what suits them', () => {
  test('days: the first that suits, and none from the day on that does not', async () => {
    await scene.worker('alice', { slots: 1, days: 4 });
    const from = await scene.waits({ wantedFrom: scene.day(2) });
    const until = await scene.waits({ wantedUntil: scene.day(0) });
    await scene.offer();
    expect((await scene.held(from))?.startsAt).toBe(scene.at('09:00', 2));
    expect(await scene.held(until)).toBeUndefined();
  });

  test('the assigned worker of their case alone, where that is wished; anyone where it is not', async () => {
    const alice = scene.worker('alice', { from: 2 });
    await scene.worker('bruno');
    const asAlice = await scene.as('alice');
    const asked = async (caseWorkerOnly: boolean) => {
      const { id: caseId, personId } = await alice.case();
      await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06' where id = $1`, [
        personId,
      ]);
      return scene.waits({ personId, caseId, caseWorkerOnly }, asAlice);
    };
    const [kept, anyone] = [await asked(true), await asked(false)];
    await scene.offer();
    expect((await scene.held(kept))?.startsAt).toBe(scene.at('09:00', 2));
    expect((await scene.held(anyone))?.startsAt).toBe(scene.at('09:00'));
  });

  test('at home where there is no other way, and for nobody else who has not asked for it', async () => {
    await scene.district.worker(`alice.${scene.name}`).open({
      from: scene.day(0),
      until: later(scene.day(0), 1),
      types: ['HOME_VISIT'],
      modes: ['HOME'],
    });
    const visit = await scene.waits({ typeCode: 'HOME_VISIT' }, await scene.as('alice'));
    expect((await scene.offered(visit)).startsAt).toBe(scene.at('09:00'));
    const [modes] = await scene.sql(
      `select offered_mode(null, '{HOME,PHONE,ON_SITE}') as any, offered_mode(null, '{HOME}') as none,
        offered_mode('HOME', '{HOME,ON_SITE}') as home, offered_mode('PHONE', '{ON_SITE}') as phone`,
    );
    expect(modes).toEqual({ any: 'ON_SITE', none: null, home: 'HOME', phone: null });
  });

  test('not while they are expected by someone else of the district', async () => {
    await scene.worker('alice', { slots: 2 });
    const { id: bruno } = await scene.worker('bruno');
    const { id: personId } = await scene.person();
    await scene.booked(bruno, scene.at('09:00'), { personIds: [personId] });
    const id = await scene.waits({ personId });
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:30'));
  });

  test('a sensitive file goes to no colleague, and waits for who is on duty', async () => {
    await scene.worker('alice', { from: 1 });
    await scene.worker('bruno');
    const alice = await scene.as('alice');
    const { id: personId } = await scene.person({ sensitiveFile: true });
    const id = await scene.waits({ personId }, alice);
    await scene.offer();
    expect((await scene.request(id, alice)).offers.map(({ startsAt }) => startsAt)).toEqual([
      scene.at('09:00', 1),
    ]);
  });

  test('everyone who was passed over is told of, with the reason, to the desk', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1, days: 2 });
    const bruno = scene.worker('bruno', { from: 4 });
    const ofBruno = await bruno.case();
    await scene.sql(`update person set safe_contact = 'THROUGH_SOMEONE' where id = $1`, [ofBruno.personId]);
    const { id: expected } = await scene.person();
    await scene.booked((await bruno).id, scene.at('09:00'), { personIds: [expected] });
    const waiting = {
      HAS_OFFER: await scene.waits({ wantedFrom: scene.day(1) }),
      NOT_WANTED_THEN: await scene.waits({ wantedFrom: scene.day(3), wantedUntil: scene.day(4) }),
      OTHER_MODE: await scene.waits({ mode: 'PHONE' }),
      NOT_REACHABLE: await scene.waits({ personId: (await scene.district.person()).id }),
      BUSY_THEN: await scene.waits({ personId: expected, wantedUntil: scene.day(2) }),
      OTHER_WORKER: await scene.waits({
        personId: ofBruno.personId,
        caseId: ofBruno.id,
        wantedUntil: scene.day(4),
      }),
    };
    const last = await scene.waits();
    await scene.offer();
    const startsAt = scene.at('09:00');
    expect(await scene.held(last)).toMatchObject({ startsAt, worker: { id: alice } });
    for (const [reason, id] of Object.entries(waiting))
      expect(await scene.skips(id)).toContainEqual({ reason, startsAt });
    expect(await scene.skips(last)).toEqual([]);
  });

  test('what they let go is not offered to them again, but to the next, with the reason', async () => {
    await scene.worker('alice');
    const [first, second] = [await scene.waits(), await scene.waits()];
    await scene.answer(await scene.offered(first), false);
    await scene.offer();
    expect(await scene.held(second)).toBeDefined();
    expect(await scene.skips(first)).toMatchObject([{ reason: 'OFFERED_BEFORE' }]);
  });
});

describe('a day that they let go', () => {
  test('is not offered to them again by the hour, but the next day is', async () => {
    await scene.worker('alice', { slots: 2, days: 2 });
    const id = await scene.waits();
    await scene.answer(await scene.offered(id), false);
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00', 1));
  });

  test('is, at another hour, once they are there', async () => {
    await scene.worker('alice', { slots: 2 });
    const id = await scene.waits();
    await scene.answer(await scene.offered(id), false);
    expect(await scene.offer()).toBe(0);
    await scene.present(id);
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:30'));
  });
});

describe('how they are told', () => {
  test.each([
    ['VOICE_TO_ME_ONLY', '06 39 98 00 00', 'VOICE_TO_ME_ONLY'],
    ['NEUTRAL_TEXT', '06 39 98 00 00', 'NEUTRAL_TEXT'],
    ['THROUGH_SOMEONE', undefined, 'THROUGH_SOMEONE'],
  ] as const)('%s: by their safe contact', async (safeContact, phone, channel) => {
    await scene.worker('alice');
    const { id: personId } = await scene.district.person({
      safeContact,
      ...(phone === undefined ? {} : { phone }),
    });
    expect((await scene.offered(await scene.waits({ personId }))).channel).toBe(channel);
  });

  test('whoever cannot be reached is offered at the desk, once they are there', async () => {
    await scene.worker('alice');
    const id = await scene.waits({ personId: (await scene.district.person()).id });
    expect(await scene.offer()).toBe(0);
    expect(faultOf(await scene.present(id))).toBe('none');
    expect((await scene.offered(id)).channel).toBe('AT_DESK');
  });

  test('a letter takes days: only what begins in more than ten is offered by one', async () => {
    await scene.worker('alice', { slots: 1, days: 12 });
    const { id: personId } = await scene.district.person({ safeContact: 'LETTER' });
    await scene.make.personAddress({ personId });
    const offer = await scene.offered(await scene.waits({ personId }));
    expect(offer.channel).toBe('LETTER');
    expect(Date.parse(offer.startsAt)).toBeGreaterThan(Date.now() + 10 * 86_400_000);
    expect(Date.parse(offer.answerBy)).toBeGreaterThan(Date.now() + 7 * 86_400_000 - 60_000);
  });

  test('the text says a label, a time and a deadline, and neither the service nor a name', async () => {
    await scene.worker('alice');
    const { text } = await scene.offered(await scene.waits());
    expect(text).toMatch(
      /^Entretien : une place se libère le \S+ \d+ \S+ à 09:00\. Réponse attendue avant le .+\.$/i,
    );
  });

  test('the desk sees of whom nobody told anyone, and says so once', async () => {
    await scene.worker('alice', { slots: 2 });
    const [first] = [await scene.waits(), await scene.waits()];
    const offer = await scene.offered(first);
    const toGive = async () =>
      (
        await scene.desk.send(
          `query ($id: ID!) { offersToGive(districtId: $id) { edges { node { id request { person { displayName } } } } } }`,
          { id: scene.districtId },
        )
      ).data?.['offersToGive'].edges.length;
    expect(await toGive()).toBe(2);
    const told = { id: offer.id, expectedVersion: offer.version };
    expect(faultOf(await scene.act('recordOffer', 'VersionedInput', told))).toBe('none');
    expect(await toGive()).toBe(1);
    expect(faultOf(await scene.act('recordOffer', 'VersionedInput', told))).toBe('CONFLICT STATE_CHANGED');
  });
});

describe('the deadline', () => {
  test('is never in the night, in the evening or on a day off, and before the time itself', async () => {
    const [row] = await scene.sql<{ answers: { from: string; starts: string; by: string }[] }>(
      `select jsonb_agg(jsonb_build_object('from', f, 'starts', s, 'by', answer_by(f, c::"OfferChannel", s))) as answers
        from (select f, c, f + i as s from generate_series(timestamptz '2027-03-22 00:17+01', '2027-05-10 00:17+02', interval '7 hours') f,
          unnest(array['NEUTRAL_TEXT', 'VOICE_TO_ME_ONLY', 'LETTER']) c,
          unnest(array[interval '25 hours', interval '4 days', interval '30 days']) i
          where c <> 'LETTER' or i > interval '10 days') x`,
    );
    expect(row?.answers.length).toBeGreaterThan(500);
    const holidays = ['2027-03-29', '2027-05-01', '2027-05-06', '2027-05-08'];
    for (const { from, starts, by } of row?.answers ?? []) {
      const atLatest = Date.parse(starts) - 2 * 3_600_000;
      expect(Date.parse(by)).toBeLessThanOrEqual(atLatest);
      expect(Date.parse(by)).toBeGreaterThan(Date.parse(from));
      if (Date.parse(by) === atLatest) continue;
      const [day = '', time = ''] = wallClock(by).split(' ');
      expect([from, by, time >= '09:00' && time < '18:00']).toEqual([from, by, true]);
      expect([0, 6]).not.toContain(new Date(`${day}T12:00:00Z`).getUTCDay());
      expect(holidays).not.toContain(day);
    }
  });

  /** Wall clocks of Paris: when it is offered, when it begins, until when it is held. */
  test.each([
    ['an hour, within three days', '2027-03-02 10:10', '2027-03-04 14:00', '2027-03-02 11:10'],
    [
      'that ends the next morning, in the evening',
      '2027-03-02 17:30',
      '2027-03-05 09:00',
      '2027-03-03 09:30',
    ],
    [
      'until the offices open, an hour before they close',
      '2027-03-02 17:00',
      '2027-03-05 09:00',
      '2027-03-03 09:00',
    ],
    ['of the next morning, in the night', '2027-03-03 02:00', '2027-03-05 09:00', '2027-03-03 10:00'],
    ['over a weekend', '2027-03-05 17:30', '2027-03-08 14:00', '2027-03-08 09:30'],
    ['over a holiday', '2027-05-05 17:30', '2027-05-07 14:00', '2027-05-07 09:30'],
    ['over the spring change of the clock', '2026-03-27 17:30', '2026-03-30 14:00', '2026-03-30 09:30'],
    ['over the autumn change of the clock', '2026-10-23 17:30', '2026-10-26 14:00', '2026-10-26 09:30'],
    ['until two hours before it begins', '2027-03-05 17:30', '2027-03-08 10:00', '2027-03-08 08:00'],
    ['two hours, within a week', '2027-03-02 10:10', '2027-03-08 14:00', '2027-03-02 12:10'],
    ['two hours over Easter', '2027-03-26 17:00', '2027-03-31 09:00', '2027-03-30 10:00'],
    ['a day, later', '2027-03-02 10:10', '2027-03-12 14:00', '2027-03-03 10:10'],
    ['a day that ends on a day off, at noon', '2027-03-05 10:10', '2027-03-19 14:00', '2027-03-08 12:00'],
  ])('%s', async (_what, from, starts, by) => {
    const instant = (wall: string) => inParis(wall.slice(0, 10), wall.slice(11));
    const [row] = await scene.sql<{ by: Date }>(`select answer_by($1, 'NEUTRAL_TEXT', $2) as by`, [
      instant(from),
      instant(starts),
    ]);
    expect(wallClock(row?.by ?? '')).toBe(by);
  });

  test('a letter keeps its week', async () => {
    const [row] = await scene.sql<{ by: Date }>(`select answer_by($1, 'LETTER', $2) as by`, [
      inParis('2027-03-02', '10:10'),
      inParis('2027-03-15', '10:00'),
    ]);
    expect(wallClock(row?.by ?? '')).toBe('2027-03-09 10:10');
  });

  test('passed, an answer is refused with OFFER_EXPIRED and changes nothing, whether or not the job has run', async () => {
    await scene.worker('alice');
    const id = await scene.waits();
    const offer = await scene.offered(id);
    await scene.deadlinePasses(offer.id);
    expect(faultOf(await scene.answer(offer, true))).toBe('CONFLICT OFFER_EXPIRED');
    await scene.offer();
    expect(faultOf(await scene.answer(offer, true))).toBe('CONFLICT OFFER_EXPIRED');
    expect(await scene.request(id)).toMatchObject({ status: 'WAITING', rank: 1 });
    const [{ appointments } = { appointments: -1 }] = await scene.sql<{ appointments: number }>(
      'select count(*)::integer as appointments from appointment where district_id = $1',
      [scene.districtId],
    );
    expect(appointments).toBe(0);
  });

  test('passed, the time goes to the next, and the first keeps their rank for the next time', async () => {
    await scene.worker('alice', { slots: 1, days: 2 });
    const [first, second] = [await scene.waits(), await scene.waits()];
    const offer = await scene.offered(first);
    const ofSecond = await scene.offered(second);
    await scene.deadlinePasses(offer.id);
    await scene.answer(ofSecond, false);
    await scene.offer();
    expect(await scene.request(first)).toMatchObject({ rank: 1 });
    // Each is offered what the other let go, and nothing that they let go themselves.
    expect((await scene.held(first))?.startsAt).toBe(ofSecond.startsAt);
    expect((await scene.held(second))?.startsAt).toBe(offer.startsAt);
  });

  test('passed, the hold gives way to who books, though no job has run', async () => {
    const { id: alice } = await scene.worker('alice');
    const offer = await scene.offered(await scene.waits());
    await scene.deadlinePasses(offer.id);
    await scene.booked(alice, offer.startsAt);
    const [{ status } = { status: '' }] = await scene.sql<{ status: string }>(
      'select status from slot_offer where id = $1',
      [offer.id],
    );
    expect(status).toBe('EXPIRED');
  });

  test('passed, the hold gives way to who books online as well', async () => {
    await scene.worker('alice');
    const offer = await scene.offered(await scene.waits());
    await scene.deadlinePasses(offer.id);
    // Free time is made anew with the hold's end, which the job brings.
    await scene.sql(
      `insert into free_time select o.id, 'FIRST_RECEPTION', o.starts_at, o.ends_at, o.worker_id, o.district_id, '{ON_SITE}', null
        from availability_occurrence o where o.district_id = $1`,
      [scene.districtId],
    );
    const client = await stage.app.as('client.booking');
    const booked = await client.send(
      `mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id status } }`,
      {
        input: {
          districtId: scene.districtId,
          typeCode: 'FIRST_RECEPTION',
          startsAt: offer.startsAt,
          name: 'Nour',
        },
      },
    );
    expect(booked.data?.['bookOnline']).toMatchObject({ status: 'BOOKED' });
  });
});

describe('the answer', () => {
  test('yes: it is booked at that time, with that worker, for them; and once', async () => {
    const { id: alice } = await scene.worker('alice');
    const { id: personId } = await scene.person({ givenName: 'Nour' });
    const id = await scene.waits({ personId, askedBy: 'RELATIVE' });
    const offer = await scene.offered(id);
    expect(faultOf(await scene.answer(offer, true))).toBe('none');
    const answer = await scene.desk.send(
      `query ($id: ID!) { appointmentRequest(id: $id) { status rank closedAt appointment { startsAt status askedBy workers { id } persons { id } } } }`,
      { id },
    );
    expect(answer.data?.['appointmentRequest']).toEqual({
      status: 'BOOKED',
      rank: null,
      closedAt: expect.any(String),
      appointment: {
        startsAt: offer.startsAt,
        status: 'BOOKED',
        askedBy: 'RELATIVE',
        workers: [{ id: alice }],
        persons: [{ id: personId }],
      },
    });
    expect(faultOf(await scene.answer({ ...offer, version: 2 }, true))).toBe('CONFLICT STATE_CHANGED');
    expect(faultOf(await scene.answer(offer, true))).toBe('CONFLICT VERSION_CHANGED');
  });

  test('yes, twice at once: it is booked once', async () => {
    await scene.worker('alice');
    const offer = await scene.offered(await scene.waits());
    const faults = (await Promise.all([1, 2, 3, 4].map(() => scene.answer(offer, true)))).map(faultOf).sort();
    expect(faults.filter((fault) => fault === 'none')).toHaveLength(1);
    const [{ count } = { count: 0 }] = await scene.sql<{ count: number }>(
      'select count(*)::integer as count from appointment where district_id = $1',
      [scene.districtId],
    );
    expect(count).toBe(1);
  });

  test('no: they wait on at the same rank, and the time goes to the next', async () => {
    await scene.worker('alice');
    const [first, second] = [await scene.waits(), await scene.waits()];
    const offer = await scene.offered(first);
    expect(faultOf(await scene.answer(offer, false))).toBe('none');
    await scene.offer();
    expect(await scene.request(first)).toMatchObject({ status: 'WAITING', rank: 1 });
    expect((await scene.held(second))?.startsAt).toBe(offer.startsAt);
  });

  test('the person answers their own, through their front end, and nobody else’s', async () => {
    await scene.worker('alice', { slots: 2 });
    const nour = await scene.online('nour');
    const other = await scene.online('other');
    const asked = await scene.ask({}, nour.as);
    const id = asked.data?.['requestAppointment'].id;
    await scene.offer();
    const own = `query ($id: ID!) { appointmentRequest(id: $id) { status offers { id startsAt answerBy version } } }`;
    const [offer] = (await nour.as.send(own, { id })).data?.['appointmentRequest'].offers ?? [];
    expect(faultOf(await scene.answer(offer, true, other.as))).toBe('NOT_FOUND input.id');
    expect(faultOf(await scene.answer(offer, true, nour.as))).toBe('none');
    const { data } = await nour.as.send('{ appointments { edges { node { startsAt workers { id } } } } }');
    expect(data?.['appointments'].edges).toEqual([
      { node: { startsAt: offer.startsAt, workers: [expect.any(Object)] } },
    ]);
  });
});

describe('a sooner time than they have', () => {
  /** More than three days ahead, and more than twice as far. */
  const [SOON, LATE] = [3, 15];

  test('is offered before it, moves it when it is accepted, and frees what they had', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1, days: 1, from: LATE });
    const { id: bruno } = await scene.worker('bruno', { slots: 1, from: SOON });
    const early = await scene.booked(bruno, scene.at('09:00', SOON));
    const { id: personId } = await scene.person();
    const appointment = await scene.booked(alice, scene.at('09:00', LATE), { personIds: [personId] });
    const id = await scene.waits({ personId, insteadOfId: appointment });
    const next = await scene.waits();
    expect(await scene.offer()).toBe(0);
    await cancel(scene.desk, { id: early, expectedVersion: 1 });
    const offer = await scene.offered(id);
    expect(offer.startsAt).toBe(scene.at('09:00', SOON));
    expect(faultOf(await scene.answer(offer, true))).toBe('none');
    const { data } = await scene.desk.send(
      `query ($id: ID!) { appointment(id: $id) { startsAt status workers { id } version } }`,
      { id: appointment },
    );
    expect(data?.['appointment']).toMatchObject({
      startsAt: scene.at('09:00', SOON),
      workers: [{ id: bruno }],
    });
    // One moves up, and so does the next.
    expect((await scene.offered(next)).startsAt).toBe(scene.at('09:00', LATE));
  });

  test('stays with the worker who has it, where it is about a case', async () => {
    const alice = scene.worker('alice', { slots: 1, from: LATE });
    await scene.worker('bruno', { from: SOON });
    const ofAlice = await alice.case();
    const asAlice = await scene.as('alice');
    const booked = await book(asAlice, {
      districtId: scene.districtId,
      workerIds: [(await alice).id],
      startsAt: new Date(scene.at('09:00', LATE)),
      personIds: [ofAlice.personId],
      ...{ caseId: ofAlice.id },
    });
    await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06' where id = $1`, [
      ofAlice.personId,
    ]);
    await scene.waits(
      { personId: ofAlice.personId, insteadOfId: booked.data?.['bookAppointment'].id },
      asAlice,
    );
    expect(await scene.offer()).toBe(0);
  });

  test('is asked for still, from when it was asked, when the service calls off what they have', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1, days: 2 });
    const { id: personId } = await scene.person();
    const appointment = await scene.booked(alice, scene.at('09:00'), { personIds: [personId] });
    const id = await scene.waits({ personId, insteadOfId: appointment });
    await cancel(scene.desk, { id: appointment, expectedVersion: 1 });
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00'));
  });

  test('is asked for no longer once they themselves have cancelled', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1, days: 2 });
    const { id: personId } = await scene.person();
    const appointment = await scene.booked(alice, scene.at('09:00'), { personIds: [personId] });
    const id = await scene.waits({ personId, insteadOfId: appointment });
    await scene.act('cancelAppointment', 'CancelAppointmentInput', {
      id: appointment,
      expectedVersion: 1,
      by: 'PERSON',
      visitId: await scene.make.visit({ districtId: scene.districtId, personId }),
    });
    expect(await scene.offer()).toBe(0);
    expect((await scene.request(id)).status).toBe('LAPSED');
  });

  test('moved by the desk, they and whoever was to come with them are to be told', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1, from: LATE });
    await scene.worker('bruno', { from: SOON });
    const [{ id: personId }, { id: partner }] = [await scene.person(), await scene.person()];
    const appointment = await scene.booked(alice, scene.at('09:00', LATE), {
      personIds: [personId, partner],
    });
    const id = await scene.waits({ personId, insteadOfId: appointment });
    await scene.answer(await scene.offered(id), true);
    const notices = await scene.sql<{ person_id: string; kind: string }>(
      'select person_id, kind from appointment_notice where appointment_id = $1 order by person_id = $2',
      [appointment, partner],
    );
    expect(notices).toEqual([
      { person_id: personId, kind: 'MOVED' },
      { person_id: partner, kind: 'MOVED' },
    ]);
  });

  describe('is much sooner', () => {
    /** Someone has Alice's late time; Bruno is free once before it, and someone who has no time waits behind them. */
    async function waitsBehind(free: number) {
      const { id: alice } = await scene.worker('alice', { from: LATE });
      await scene.worker('bruno', { from: free, slots: 1 });
      const { id: personId } = await scene.person();
      const insteadOfId = await scene.booked(alice, scene.at('09:00', LATE), { personIds: [personId] });
      const id = await scene.waits({ personId, insteadOfId });
      return { id, next: await scene.waits() };
    }

    test('half of what they still have to wait; what spares them less goes to the next, with the reason', async () => {
      const { id, next } = await waitsBehind(LATE - 2);
      expect((await scene.offered(next)).startsAt).toBe(scene.at('09:00', LATE - 2));
      expect(await scene.held(id)).toBeUndefined();
      expect(await scene.skips(id)).toMatchObject([{ reason: 'HARDLY_SOONER' }]);
    });

    test('what is near is held for who has no time yet, with the reason', async () => {
      const { id, next } = await waitsBehind(0);
      // After a weekend the next working day but one is more than three days ahead.
      await scene.sql(
        `with o as (update availability_occurrence o set starts_at = now() + interval '60 hours', ends_at = now() + interval '60.5 hours'
            from worker w where w.id = o.worker_id and w.subject = $1 returning o.*)
          update free_time f set starts_at = o.starts_at, ends_at = o.ends_at from o where o.worker_id = f.worker_id`,
        [`bruno.${scene.name}`],
      );
      await scene.offered(next);
      expect(await scene.skips(id)).toMatchObject([{ reason: 'TOO_SHORT_NOTICE' }]);
    });

    test('one day, for who must be seen sooner, in their turn', async () => {
      const { id, next } = await waitsBehind(LATE - 2);
      await scene.sql(`update appointment_request set urgency = 'THIS_WEEK' where id = $1`, [id]);
      expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00', LATE - 2));
      expect(await scene.held(next)).toBeUndefined();
    });

    test('one day, for who is there anyway; not an hour', async () => {
      const { id } = await waitsBehind(LATE - 2);
      await scene.present(id);
      expect((await scene.offered(id)).channel).toBe('AT_DESK');
      scene = await stage.scene();
      const { id: alice } = await scene.worker('alice', { from: SOON, slots: 2 });
      const { id: personId } = await scene.person();
      const insteadOfId = await scene.booked(alice, scene.at('09:30', SOON), { personIds: [personId] });
      const same = await scene.waits({ personId, insteadOfId });
      await scene.present(same);
      expect(await scene.offer()).toBe(0);
    });
  });
});

describe('freed within a day', () => {
  /** Alice is open from the next full quarter of an hour on, today or at the beginning of tomorrow. */
  async function openSoon(): Promise<string> {
    const { id } = await scene.district.worker(`alice.${scene.name}`);
    const hours = await openHours(stage.database, id, scene.districtId, {
      types: ['FIRST_RECEPTION'],
      until: later(today(), 1),
      weekdays: [],
    });
    const soon = new Date(Math.ceil((Date.now() + 30 * 60_000) / 900_000) * 900_000);
    await scene.make.availabilityOccurrence({
      availabilityId: hours.id,
      startsAt: soon,
      endsAt: new Date(soon.getTime() + 30 * 60_000),
    });
    return soon.toISOString();
  }

  test('a time goes to people who are there, and to nobody who would have to come', async () => {
    const startsAt = await openSoon();
    const [away, there] = [await scene.waits(), await scene.waits()];
    expect(await scene.offer()).toBe(0);
    await scene.present(there);
    const offer = await scene.offered(there);
    expect(offer).toMatchObject({ startsAt, channel: 'AT_DESK' });
    expect(Date.parse(offer.answerBy)).toBeLessThanOrEqual(Date.now() + 20 * 60_000);
    expect(await scene.held(away)).toBeUndefined();
    expect(await scene.skips(away)).toEqual([{ reason: 'TOO_SHORT_NOTICE', startsAt }]);
  });

  test('whoever has left is offered nothing more of that kind', async () => {
    await openSoon();
    const id = await scene.waits();
    await scene.present(id);
    await scene.present(id, false);
    expect(await scene.offer()).toBe(0);
  });
});

describe('taken back', () => {
  test('when the worker is away after all: the time is free of the hold, and they are offered another', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1, days: 2 });
    const id = await scene.waits();
    const offer = await scene.offered(id);
    await scene.desk.send(
      `mutation ($input: DeclareUnavailabilityInput!) { declareUnavailability(input: $input) { id } }`,
      {
        input: {
          districtId: scene.districtId,
          workerId: alice,
          startsAt: inParis(scene.day(0), '00:00'),
          endsAt: inParis(later(scene.day(0), 1), '00:00'),
        },
      },
    );
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00', 1));
    expect((await scene.request(id)).offers.find((known) => known.id === offer.id)?.status).toBe('WITHDRAWN');
    expect(faultOf(await scene.answer({ ...offer, version: 2 }, true))).toBe('CONFLICT STATE_CHANGED');
  });

  test('when they wait no longer', async () => {
    const { id: alice } = await scene.worker('alice');
    const id = await scene.waits();
    const offer = await scene.offered(id);
    expect(faultOf(await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 }))).toBe(
      'none',
    );
    await scene.booked(alice, offer.startsAt);
    expect((await scene.request(id)).offers).toMatchObject([{ status: 'WITHDRAWN' }]);
  });

  test('when the case has another worker, where only its worker will do', async () => {
    const alice = scene.worker('alice');
    const { id: bruno } = await scene.worker('bruno', { from: 1 });
    await scene.district.head(`head.${scene.name}`);
    const ofAlice = await alice.case();
    await scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06' where id = $1`, [
      ofAlice.personId,
    ]);
    const id = await scene.waits({ personId: ofAlice.personId, caseId: ofAlice.id });
    const offer = await scene.offered(id);
    const moved = await (await stage.app.as(`head.${scene.name}`)).send(
      `mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }`,
      { input: { caseId: ofAlice.id, workerId: bruno, expectedVersion: 1 } },
    );
    expect(faultOf(moved)).toBe('none');
    expect(faultOf(await scene.answer(offer, true))).toBe('CONFLICT STATE_CHANGED');
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00', 1));
  });
});
