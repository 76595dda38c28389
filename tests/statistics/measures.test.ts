import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DIMENSIONS, type DimensionCode } from '../../src/statistics/dimensions.js';
import { MEASURES, type Measure, type MeasureCode } from '../../src/statistics/measures.js';
import type { Given } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { raiseStatistics, type StatisticsStage } from './scene.js';
import { instantInParis, type Team } from './waiting-time/scene.js';

/** What each measure takes from the records: the functions of the database, as they are before anything is protected. */
interface Row {
  readonly unit_id: string;
  readonly part: boolean | null;
  readonly categories: readonly string[];
}

const NAMES = Object.keys(MEASURES) as MeasureCode[];
/** The measures of which the demonstration has no record. */
const HAS_NONE: readonly MeasureCode[] = ['MEETING_ATTENDANCE', 'FOUND_NO_TIME', 'URGENT_SEEN_IN_TIME'];

describe('of the demonstration', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
  });
  afterAll(() => database.drop());

  test.each(NAMES)('%s: a category of each of its dimensions, in their order', async (code) => {
    const measure: Measure = MEASURES[code];
    const tables = await database.sql<{ dimension: string; category: string }>(
      'select dimension, category from statistics_categories()',
    );
    const known = (dimension: DimensionCode): readonly string[] =>
      DIMENSIONS[dimension].categories?.map((category) => category.code) ??
      tables.filter((row) => row.dimension === dimension).map((row) => row.category);
    const rows = await database.sql<Row>(
      `select unit_id, part, categories from statistics_records($1, now() - interval '800 days', now() + interval '400 days',
         array(select id from district))`,
      [code],
    );
    if (!HAS_NONE.includes(code)) expect(rows.length).toBeGreaterThan(0);
    for (const { categories, part } of rows) {
      for (const [nth, dimension] of measure.dimensions.entries())
        expect(known(dimension)).toContain(categories[nth]);
      expect(part === null).toBe(measure.kind !== 'RATE');
    }
    expect(rows.map(({ unit_id }) => unit_id)).toEqual(rows.map(({ unit_id }) => unit_id).sort());
  });

  test('there is a function for each measure, and for nothing else', async () => {
    const rows = await database.sql<{ name: string }>(
      `select upper(substr(proname, 12)) as name from pg_proc where proname like 'records\\_of\\_%' order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...NAMES].sort());
  });
});

describe('of a district', () => {
  let stage: StatisticsStage;
  let team: Team;
  beforeAll(async () => {
    stage = await raiseStatistics('VISITS');
    team = await stage.district(3);
  });
  afterAll(() => stage.close());

  /** The records of March 2026, as categories. */
  const recordsOf = async (code: MeasureCode, month = '2026-03-01'): Promise<Row[]> =>
    stage.database.sql<Row>(
      `select unit_id, part, categories from statistics_records($1, $2::timestamp at time zone 'Europe/Paris',
         ($2::timestamp + interval '1 month') at time zone 'Europe/Paris', array[$3::uuid])`,
      [code, month, team.id],
    );
  const categories = (rows: readonly Row[]): string[] => rows.map((row) => row.categories.join('/')).sort();

  test('a month begins and ends at midnight in Paris, the end left out', async () => {
    for (const at of [
      '2026-02-28 23:59:59',
      '2026-03-01 00:00:00',
      '2026-03-31 23:59:59',
      '2026-04-01 00:00:00',
    ])
      await team.appointment(0, at);
    expect(await recordsOf('APPOINTMENTS')).toHaveLength(2);
  });

  test('an appointment is one, with each of its workers', async () => {
    await team.meeting('2026-03-05 10:00', { persons: 3 });
    expect(categories(await recordsOf('APPOINTMENTS'))).toEqual([
      'HONOURED/FIRST_RECEPTION/ON_SITE',
      'HONOURED/FIRST_RECEPTION/ON_SITE',
    ]);
    const id = await team.appointment(1, '2026-03-06 10:00', { status: 'NOT_HONOURED' });
    await stage.make.appointmentWorker({ appointmentId: id, workerId: team.worker(2) });
    const rows = (await recordsOf('APPOINTMENTS')).filter(({ unit_id }) => unit_id === id);
    expect(rows).toHaveLength(2);
  });

  test('a rate is of those that were honoured or not; an unknown outcome is another', async () => {
    await team.appointment(2, '2026-03-07 10:00', { status: 'BOOKED' });
    await team.appointment(2, '2026-03-08 10:00', { status: 'CANCELLED_BY_PERSON' });
    await team.appointment(2, '2026-03-09 10:00', { status: 'LEFT_BEFORE_RECEIVED' });
    const parts = async (code: MeasureCode): Promise<(boolean | null)[]> => {
      const rows = new Map((await recordsOf(code)).map((row) => [row.unit_id, row.part]));
      return [...rows.values()].sort();
    };
    expect(await parts('NOT_HONOURED')).toEqual([false, false, true]);
    expect(await parts('UNKNOWN_OUTCOMES')).toEqual([false, false, false, false, true]);
  });

  test('a first reception is that of someone who was never received there before', async () => {
    const [old, fresh, onDuty] = [await team.person(20), await team.person(21), await team.person(22)];
    await team.appointment(1, '2026-01-10 10:00', { person: 20 });
    await team.appointment(1, '2026-03-10 10:00', { person: 20 });
    await team.appointment(1, '2026-03-11 10:00', { person: 21 });
    await team.appointment(1, '2026-03-12 10:00', { person: 21 });
    await stage.visit(team.id, '2026-03-13', { person: onDuty, worker: team.worker(0) });
    await stage.visit(team.id, '2026-03-14', { person: await team.person(23), outcome: 'ANSWERED' });
    const found = new Map(
      (await recordsOf('FIRST_RECEPTIONS')).map((row) => [row.unit_id, row.categories[0]]),
    );
    expect(found.has(old)).toBe(false);
    expect([found.get(fresh), found.get(onDuty)]).toEqual(['BY_APPOINTMENT', 'ON_DUTY']);
    expect(found.has(await team.person(23))).toBe(false);
  });

  test('waits are in days of the calendar, and of nobody whom the service asked', async () => {
    await team.appointment(0, '2026-03-20 08:00', { bookedAt: '2026-03-17 23:00', person: 24 });
    await team.appointment(0, '2026-03-20 10:00', {
      bookedAt: '2026-03-01 08:00',
      person: 25,
      askedBy: 'SERVICE',
    });
    const waits = categories(await recordsOf('ASKED_TO_HELD')).map((row) => row.split('/')[0]);
    expect(waits.filter((wait) => wait !== '0_TO_2_DAYS')).toEqual(['3_TO_7_DAYS']);
  });

  test('a wait begins when they first asked to wait, if that was before the booking', async () => {
    const id = await team.appointment(0, '2026-03-24 09:00', { bookedAt: '2026-03-23 09:00', person: 30 });
    await team.asks(30, '2026-02-25 09:00', {
      status: 'BOOKED',
      closedAt: '2026-03-23T08:00:00Z',
      appointmentId: id,
    });
    const waits = categories(await recordsOf('ASKED_TO_HELD')).map((row) => row.split('/')[0]);
    expect(waits.filter((wait) => wait === '15_TO_30_DAYS')).toHaveLength(1);
  });

  test('who still waits is counted on the last day, whatever comes after', async () => {
    await team.asks(26, '2026-03-01 09:00');
    await team.asks(27, '2026-03-30 09:00', { status: 'WITHDRAWN', closedAt: '2026-04-02T10:00:00Z' });
    await team.asks(28, '2026-02-01 09:00', { status: 'WITHDRAWN', closedAt: '2026-03-20T10:00:00Z' });
    await team.asks(29, '2026-04-01 09:00');
    expect(categories(await recordsOf('STILL_WAITING'))).toEqual([
      '0_TO_2_DAYS/ORDINARY/FIRST_RECEPTION',
      '15_TO_30_DAYS/ORDINARY/FIRST_RECEPTION',
    ]);
    expect(await recordsOf('APPOINTMENT_REQUESTS')).toHaveLength(2);
  });

  test('a wait ends with the first offer, whatever comes of it, and nobody waits for a collective appointment', async () => {
    const before = (await recordsOf('ASKED_TO_HELD')).length;
    await team.meeting('2026-03-12 14:00', { bookedAt: '2026-01-05 09:00', persons: 3 });
    expect(await recordsOf('ASKED_TO_HELD')).toHaveLength(before);
    const request = await team.asks(31, '2026-02-20 09:00');
    await team.offered(request, 0, '2026-03-02 09:00');
    await team.offered(request, 0, '2026-03-20 09:00');
    const earlier = await team.asks(32, '2026-01-20 09:00');
    await team.offered(earlier, 0, '2026-02-27 09:00');
    await team.offered(earlier, 0, '2026-03-03 09:00');
    expect(categories(await recordsOf('ASKED_TO_OFFERED'))).toEqual(['8_TO_14_DAYS/ORDINARY']);
  });

  test('who objects is in no figure, nor are their cases and appointments', async () => {
    const before = await Promise.all(NAMES.map((code) => recordsOf(code)));
    const person = await team.person(21);
    await stage.database.sql(`update person set statistics_objection_on = '2026-04-01' where id = $1`, [
      person,
    ]);
    const after = await Promise.all(NAMES.map((code) => recordsOf(code)));
    const theirs = new Set([
      person,
      ...(
        await stage.database.sql<{ id: string }>(
          'select appointment_id as id from appointment_person where person_id = $1',
          [person],
        )
      ).map(({ id }) => id),
    ]);
    const units = (all: readonly (readonly Row[])[]): string[] => all.flat().map(({ unit_id }) => unit_id);
    expect(units(before).filter((id) => theirs.has(id)).length).toBeGreaterThan(3);
    expect(units(after)).toEqual(units(before).filter((id) => !theirs.has(id)));
  });

  test('nothing measures what is not on the list', async () => {
    await expect(recordsOf('MOOD' as MeasureCode)).rejects.toThrow('nothing measures MOOD');
    await expect(recordsOf(`visits(now(), now()) union select` as MeasureCode)).rejects.toThrow();
  });

  /** Of each unit of a rate: whether it is part of it. */
  const partsOf = async (code: MeasureCode, month: string): Promise<Map<string, boolean | null>> =>
    new Map((await recordsOf(code, month)).map((row) => [row.unit_id, row.part]));

  test('who called off or did not come has asked again if they booked or waited within thirty days', async () => {
    const ended = async (nth: number, status: 'CANCELLED_BY_PERSON' | 'NOT_HONOURED'): Promise<string> => {
      const id = await team.appointment(nth, '2026-01-12 10:00', { status, bookedAt: '2026-01-02 09:00' });
      await stage.database.sql(`update appointment set status_at = '2026-01-10T09:00:00Z' where id = $1`, [
        id,
      ]);
      return id;
    };
    const booked = await ended(50, 'CANCELLED_BY_PERSON');
    await team.appointment(50, '2026-03-02 10:00', { bookedAt: '2026-01-11 09:00' });
    const waited = await ended(51, 'NOT_HONOURED');
    await team.asks(51, '2026-02-05 09:00');
    const late = await ended(52, 'NOT_HONOURED');
    await team.asks(52, '2026-02-20 09:00');
    const never = await ended(53, 'CANCELLED_BY_PERSON');
    const waits = await ended(54, 'NOT_HONOURED');
    await team.asks(54, '2026-01-05 09:00');
    const before = await ended(55, 'NOT_HONOURED');
    await team.asks(55, '2026-01-05 09:00', {
      status: 'WITHDRAWN',
      closedAt: instantInParis('2026-01-08 09:00'),
    });
    const byService = await ended(56, 'NOT_HONOURED');
    await team.appointment(56, '2026-03-02 10:00', { bookedAt: '2026-01-14 09:00', askedBy: 'SERVICE' });
    const parts = await partsOf('ASKED_AGAIN', '2026-02-01');
    expect([booked, waited, waits].map((id) => parts.get(id))).toEqual([true, true, true]);
    expect([late, never, before, byService].map((id) => parts.get(id))).toEqual([false, false, false, false]);
    // They are counted thirty days after their time, and not in the month of their time.
    expect((await partsOf('ASKED_AGAIN', '2026-01-01')).has(booked)).toBe(false);
  });

  test('a freed time is used if someone else has an appointment in it, of the same worker', async () => {
    const freed = async (nth: number, at: string): Promise<string> => {
      const id = await team.appointment(nth, at, { status: 'CANCELLED_BY_PERSON' });
      await stage.database.sql(
        `update appointment set status_at = starts_at - interval '2 days' where id = $1`,
        [id],
      );
      return id;
    };
    const takenBy = async (nth: number, at: string): Promise<void> => {
      const appointmentId = await team.appointment(nth, at);
      const startsAt = instantInParis(at);
      const endsAt = instantInParis(at, 1_800_000);
      await stage.make.occupancy({
        districtId: team.id,
        workerId: team.worker(nth),
        appointmentId,
        startsAt,
        endsAt,
      });
    };
    const used = await freed(40, '2026-04-07 10:00');
    await takenBy(40 + team.workers.length, '2026-04-07 10:15');
    const empty = await freed(41, '2026-04-08 10:00');
    await takenBy(41 + team.workers.length, '2026-04-08 10:30');
    const ofAnother = await freed(42, '2026-04-09 10:00');
    await takenBy(43, '2026-04-09 10:00');
    const bySame = await freed(44, '2026-04-13 10:00');
    const again = await team.appointment(44, '2026-04-13 10:15');
    const time = { startsAt: instantInParis('2026-04-13 10:15'), endsAt: instantInParis('2026-04-13 10:45') };
    await stage.make.occupancy({
      ...time,
      districtId: team.id,
      workerId: team.worker(44),
      appointmentId: again,
    });
    const afterwards = await freed(43, '2026-04-10 10:00');
    await stage.database.sql('update appointment set status_at = starts_at where id = $1', [afterwards]);
    const parts = await partsOf('FREED_TIMES_USED', '2026-04-01');
    expect([used, empty, ofAnother, bySame].map((id) => parts.get(id))).toEqual([true, false, false, false]);
    expect(parts.has(afterwards)).toBe(false);
  });

  test('a wait from the first request goes back over what was called off or missed, if they asked again within thirty days', async () => {
    const bandsOf = async () =>
      new Map(
        (await recordsOf('FIRST_ASKED_TO_HELD', '2026-05-01')).map((row) => [row.unit_id, row.categories[0]]),
      );
    const ended = async (
      nth: number,
      at: string,
      status: Given<'appointment'>['status'],
      statusAt: string,
      bookedAt: string,
      askedBy?: 'SERVICE',
    ) => {
      const id = await team.appointment(nth, at, { status, bookedAt, askedBy });
      await stage.database.sql('update appointment set status_at = $2 where id = $1', [
        id,
        instantInParis(statusAt),
      ]);
    };
    // Asked on 1 March, missed on 20 March, cancelled by the service on 20 April, held on 5 May: 65 days.
    await ended(60, '2026-03-20 10:00', 'NOT_HONOURED', '2026-03-20 11:00', '2026-03-01 09:00');
    await ended(60, '2026-04-22 10:00', 'CANCELLED_BY_SERVICE', '2026-04-20 10:00', '2026-04-01 09:00');
    const chain = await team.appointment(60, '2026-05-05 10:00', { bookedAt: '2026-04-21 09:00' });
    // Missed, and asked again only 40 days later: 3 days.
    await ended(61, '2026-03-20 10:00', 'NOT_HONOURED', '2026-03-20 11:00', '2026-03-01 09:00');
    const late = await team.appointment(61, '2026-05-05 10:00', { bookedAt: '2026-05-02 09:00' });
    // An earlier appointment that was honoured, or that the service had asked for, is another story.
    await team.appointment(62, '2026-04-20 10:00', { bookedAt: '2026-03-01 09:00' });
    const after = await team.appointment(62, '2026-05-05 10:00', { bookedAt: '2026-05-02 09:00' });
    await ended(63, '2026-04-20 10:00', 'NOT_HONOURED', '2026-04-20 11:00', '2026-03-01 09:00', 'SERVICE');
    const wanted = await team.appointment(63, '2026-05-05 10:00', { bookedAt: '2026-05-02 09:00' });
    const found = await bandsOf();
    expect([chain, late, after, wanted].map((id) => found.get(id))).toEqual([
      'OVER_60_DAYS',
      '3_TO_7_DAYS',
      '3_TO_7_DAYS',
      '3_TO_7_DAYS',
    ]);
    // As many as of the wait from the last request.
    expect([...found.keys()].sort()).toEqual(
      [...new Set((await recordsOf('ASKED_TO_HELD', '2026-05-01')).map(({ unit_id }) => unit_id))].sort(),
    );
  });

  test('who asked is each person once: by booking, by waiting, or in vain; from the list on the day of the list', async () => {
    const askedIn = async (month: string) =>
      new Set((await recordsOf('ASKED', month)).map(({ unit_id }) => unit_id));
    const [booked, waits, inVain, ofService, fromList] = await Promise.all(
      [70, 71, 72, 73, 74].map((nth) => team.person(nth)),
    );
    await team.appointment(70, '2026-07-20 10:00', { bookedAt: '2026-06-10 09:00', status: 'BOOKED' });
    await team.appointment(70, '2026-07-21 10:00', {
      bookedAt: '2026-06-11 09:00',
      status: 'CANCELLED_BY_PERSON',
    });
    await team.asks(71, '2026-06-12 09:00');
    await stage.visit(team.id, '2026-06-13', { person: inVain ?? '', outcome: 'NO_TIME' });
    await stage.visit(team.id, '2026-06-13', { outcome: 'NO_TIME' });
    await team.appointment(73, '2026-07-20 11:00', {
      bookedAt: '2026-06-10 09:00',
      askedBy: 'SERVICE',
      status: 'BOOKED',
    });
    const appointmentId = await team.appointment(74, '2026-07-22 10:00', {
      bookedAt: '2026-07-02 09:00',
      status: 'BOOKED',
    });
    await team.asks(74, '2026-06-14 09:00', {
      status: 'BOOKED',
      closedAt: instantInParis('2026-07-02 09:00'),
      appointmentId,
    });
    expect([...(await askedIn('2026-06-01'))].sort()).toEqual([booked, waits, inVain, fromList].sort());
    expect((await askedIn('2026-07-01')).has(fromList ?? '')).toBe(false);
    expect((await askedIn('2026-06-01')).has(ofService ?? '')).toBe(false);
    // Somebody without a name is counted here.
    expect(await recordsOf('FOUND_NO_TIME', '2026-06-01')).toHaveLength(2);
  });

  test('an urgent person was judged so on the list, or got a time that was still kept; seen in time is within five days', async () => {
    const held = async (nth: number, day: string, bookedAt: string) =>
      team.appointment(nth, `${day} 10:00`, { bookedAt });
    const judged = async (nth: number, day: string, askedAt: string, urgency: 'THIS_WEEK' | 'ORDINARY') => {
      const appointmentId = await held(nth, day, `${day} 08:00`);
      await team.asks(nth, askedAt, {
        urgency,
        status: 'BOOKED',
        closedAt: instantInParis(`${day} 08:00`),
        appointmentId,
      });
      return appointmentId;
    };
    const soon = await judged(80, '2026-08-10', '2026-08-05 09:00', 'THIS_WEEK');
    const late = await judged(81, '2026-08-11', '2026-08-05 09:00', 'THIS_WEEK');
    const ordinary = await judged(82, '2026-08-12', '2026-08-11 09:00', 'ORDINARY');
    const availabilityId = await stage.make.availability({
      workerId: team.worker(83),
      districtId: team.id,
      modes: ['ON_SITE'],
      startsOn: '2026-08-20',
      endsOn: '2026-08-21',
      opensAt: '09:00',
      closesAt: '12:00',
      keptForUrgent: true,
    });
    await stage.make.availabilityOccurrence({
      availabilityId,
      workerId: team.worker(83),
      districtId: team.id,
      startsAt: instantInParis('2026-08-20 09:00'),
      endsAt: instantInParis('2026-08-20 12:00'),
    });
    const kept = await team.appointment(83, '2026-08-20 10:00', { bookedAt: '2026-08-14 09:00' });
    // Two working days before, the hours are everyone's.
    const opened = await team.appointment(83, '2026-08-20 10:30', {
      bookedAt: '2026-08-20 08:00',
      person: 84,
    });
    const parts = await partsOf('URGENT_SEEN_IN_TIME', '2026-08-01');
    expect([soon, late, kept].map((id) => parts.get(id))).toEqual([true, false, false]);
    expect([ordinary, opened].map((id) => parts.has(id))).toEqual([false, false]);
  });

  test('the own worker is whoever a case of theirs was assigned to then, in this district', async () => {
    const assigned = async (nth: number, workerId: string, from: string, until?: string) => {
      const caseId = await stage.make.case({ districtId: team.id, openedAt: instantInParis(from) });
      await stage.make.casePerson({ caseId, personId: await team.person(nth) });
      await stage.make.assignment({
        caseId,
        workerId,
        startsAt: instantInParis(from),
        ...(until === undefined ? {} : { endsAt: instantInParis(until) }),
      });
    };
    await assigned(90, team.worker(90), '2026-08-01 09:00');
    await assigned(91, team.worker(92), '2026-08-01 09:00');
    await assigned(93, team.worker(93), '2026-08-01 09:00', '2026-08-20 09:00');
    await assigned(94, team.worker(94), '2026-09-20 09:00');
    const closed = await stage.make.case({
      districtId: team.id,
      openedAt: instantInParis('2026-02-02 09:00'),
      closedAt: instantInParis('2026-08-30 09:00'),
      status: 'CLOSED',
    });
    await stage.make.casePerson({ caseId: closed, personId: await team.person(96) });
    await stage.make.assignment({
      caseId: closed,
      workerId: team.worker(96),
      startsAt: instantInParis('2026-02-02 09:00'),
    });
    const afterClosing = await team.appointment(96, '2026-09-15 10:00', { bookedAt: '2026-09-01 09:00' });
    const own = await team.appointment(90, '2026-09-07 10:00', { bookedAt: '2026-09-01 09:00' });
    const other = await team.appointment(91, '2026-09-08 10:00', { bookedAt: '2026-09-01 09:00' });
    const byService = await team.appointment(90, '2026-09-09 10:00', {
      bookedAt: '2026-09-01 09:00',
      askedBy: 'SERVICE',
    });
    const ended = await team.appointment(93, '2026-09-10 10:00', { bookedAt: '2026-09-01 09:00' });
    const toCome = await team.appointment(94, '2026-09-11 10:00', { bookedAt: '2026-09-01 09:00' });
    const none = await team.appointment(95, '2026-09-14 10:00', { bookedAt: '2026-09-01 09:00' });
    const parts = await partsOf('OWN_WORKER_KEPT', '2026-09-01');
    expect([own, other].map((id) => parts.get(id))).toEqual([true, false]);
    expect([byService, ended, toCome, none, afterClosing].filter((id) => parts.has(id))).toEqual([]);
  });

  test('someone who asked and found no time is counted among the visits', async () => {
    await stage.visit(team.id, '2026-04-14', { person: await team.person(45), outcome: 'NO_TIME' });
    expect(categories(await recordsOf('VISITS', '2026-04-01'))).toEqual(['WALK_IN/NO_TIME']);
  });
});
