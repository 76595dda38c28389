import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { readBusyTimes } from '../../src/services/calendar-feed/calendar-content.js';
import { startOfToday } from '../../src/services/operation/period.js';
import { inWorkshop } from '../../src/workshop/workshop.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { book, inParis, later, search, starts, today, wallClock, workingDaysAfter } from './agenda.js';
import { CUSTOMIZED, calendarOf, eventOf, OUTLOOK, ROMANCE, written } from './calendars.js';

/** What this process has computed, in milliseconds of a processor: time in which the machine serves others is none. */
function computed(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** When someone is busy by another calendar, as the clock on the wall shows it: what is looked at from `day` on. */
async function busy(content: string, day = '2027-03-01', maxProcessorMs?: number): Promise<string[]> {
  const read = await readBusyTimes('input.content', content, inParis(day, '00:00'), maxProcessorMs);
  return read.busy.map(({ startsAt, endsAt }) =>
    wallClock(startsAt).slice(0, 10) === wallClock(endsAt).slice(0, 10)
      ? `${wallClock(startsAt)}–${wallClock(endsAt).slice(11)}`
      : `${wallClock(startsAt)}–${wallClock(endsAt).slice(11) === '00:00' ? '24:00' : wallClock(endsAt)}`,
  );
}

/** Why a calendar is refused. */
async function refusal(content: string, maxProcessorMs?: number): Promise<string> {
  return busy(content, undefined, maxProcessorMs).then(
    (found) => `${found.length} times`,
    (error: { messageKey: string; details: { field: string } }) =>
      `${error.details.field}: ${error.messageKey}`,
  );
}

/** As `refusal`, where the API has it read: in a thread of its own. */
async function refusalInThread(content: string, maxProcessorMs?: number): Promise<string> {
  return inWorkshop(
    'busyTimes',
    'input.content',
    content,
    inParis('2027-03-01', '00:00'),
    maxProcessorMs,
  ).then(
    ({ busy: found }) => `${found.length} times`,
    (error: { messageKey: string; details: { field: string } }) =>
      `${error.details.field}: ${error.messageKey}`,
  );
}

const at = (...lines: string[]): string => calendarOf(eventOf('UID:1', ...lines));

describe('when another calendar has someone busy', () => {
  test('a week as Outlook exports it: its recurrence, what is left out, what is moved, what takes no time', async () => {
    expect(await busy(OUTLOOK)).toEqual([
      '2027-03-02 09:30–11:00',
      '2027-03-17 14:00–15:00',
      '2027-03-23 09:30–11:00',
    ]);
  });

  test('a calendar that another library has written', async () => {
    const text = written(
      {
        id: 'a',
        start: inParis('2027-03-02', '09:00'),
        end: inParis('2027-03-02', '10:00'),
        summary: 'Réunion',
      },
      { id: 'b', start: inParis('2027-03-02', '09:30'), end: inParis('2027-03-02', '11:00') },
      { id: 'c', start: '2027-03-03', end: '2027-03-05', allDay: true },
      {
        id: 'd',
        start: '2027-03-08T14:00:00',
        end: '2027-03-08T15:00:00',
        timezone: 'Europe/Paris',
        repeating: { freq: 'WEEKLY' as never, count: 2 },
      },
    );
    expect(await busy(text)).toEqual([
      '2027-03-02 09:00–11:00',
      '2027-03-03 00:00–24:00',
      '2027-03-04 00:00–24:00',
      '2027-03-08 14:00–15:00',
      '2027-03-15 14:00–15:00',
    ]);
  });

  test('what overlaps or touches is one, and each is cut at midnight', async () => {
    const text = calendarOf(
      eventOf('UID:1', 'DTSTART:20270302T220000', 'DTEND:20270303T020000'),
      eventOf('UID:2', 'DTSTART:20270303T020000', 'DURATION:PT1H'),
      eventOf('UID:3', 'DTSTART:20270303T023000', 'DURATION:PT10M'),
    );
    expect(await busy(text)).toEqual(['2027-03-02 22:00–24:00', '2027-03-03 00:00–03:00']);
  });

  test('cancelled, transparent, without a length, or gone by: no time', async () => {
    const text = calendarOf(
      eventOf('UID:1', 'DTSTART:20270302T090000', 'DTEND:20270302T100000', 'STATUS:CANCELLED'),
      eventOf('UID:2', 'DTSTART:20270303T090000', 'DTEND:20270303T100000', 'TRANSP:TRANSPARENT'),
      eventOf('UID:3', 'DTSTART:20270304T090000'),
      eventOf('UID:4', 'DTSTART:20270305T090000', 'DTEND:20270305T080000'),
      eventOf('UID:5', 'DTSTART:20270228T090000', 'DTEND:20270228T100000'),
      eventOf('UID:6', 'DTSTART:20290228T090000', 'DTEND:20290228T100000'),
      'BEGIN:VTODO\r\nUID:7\r\nDTSTART:20270302T090000\r\nDURATION:PT1H\r\nEND:VTODO',
    );
    expect(await busy(text)).toEqual([]);
    expect(await busy(calendarOf())).toEqual([]);
  });

  test('of what goes on at the first midnight and at the last, the part that lies between', async () => {
    const text = at('DTSTART;VALUE=DATE:20250101', 'DTEND;VALUE=DATE:20300101');
    const days = await busy(text);
    expect(days).toHaveLength(182);
    expect([days[0], days.at(-1)]).toEqual(['2027-03-01 00:00–24:00', '2027-08-29 00:00–24:00']);
  });

  test('of an event changed from one day on, what it was before and what it is since', async () => {
    const text = calendarOf(
      eventOf(
        'UID:1',
        'DTSTART;TZID=Europe/Paris:20270301T090000',
        'DTEND;TZID=Europe/Paris:20270301T100000',
        'RRULE:FREQ=WEEKLY;COUNT=5',
      ),
      eventOf(
        'UID:1',
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20270315T080000Z',
        'DTSTART;TZID=Europe/Paris:20270316T140000',
        'DTEND;TZID=Europe/Paris:20270316T160000',
      ),
    );
    expect(await busy(text)).toEqual([
      '2027-03-01 09:00–10:00',
      '2027-03-08 09:00–10:00',
      '2027-03-16 14:00–16:00',
      '2027-03-23 14:00–16:00',
      '2027-03-30 14:00–16:00',
    ]);
  });

  test('days that are named one by one, one of them cancelled, and free-busy times', async () => {
    const text = calendarOf(
      eventOf(
        'UID:1',
        'DTSTART:20270302T090000',
        'DURATION:PT1H',
        'RDATE:20270304T090000,20270305T100000',
        'RDATE;VALUE=PERIOD:20270308T080000Z/PT2H',
      ),
      eventOf('UID:1', 'RECURRENCE-ID:20270305T100000', 'DTSTART:20270305T100000', 'STATUS:CANCELLED'),
      [
        'BEGIN:VFREEBUSY',
        'FREEBUSY;FBTYPE=BUSY:20270309T080000Z/20270309T090000Z,20270309T100000Z/PT30M',
        'FREEBUSY;FBTYPE=FREE:20270310T080000Z/PT1H',
        'END:VFREEBUSY',
      ].join('\r\n'),
    );
    expect(await busy(text)).toEqual([
      '2027-03-02 09:00–10:00',
      '2027-03-04 09:00–10:00',
      '2027-03-08 09:00–11:00',
      '2027-03-09 09:00–10:00',
      '2027-03-09 11:00–11:30',
    ]);
  });
});

describe('one event does not refuse all the others', () => {
  const LATER = eventOf('UID:b', 'DTSTART:20270302T090000', 'DURATION:PT1H');
  const withLater = (...lines: string[]): Promise<string[]> =>
    busy(calendarOf(eventOf('UID:a', ...lines), LATER));

  test.each([
    ['three days of 1990', 'DTSTART:19900101T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'],
    ['ten years of working days', 'DTSTART:19900101T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3653'],
    [
      'hundreds of weeks long ago',
      'DTSTART:19800101T100000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU;WKST=MO;COUNT=900',
    ],
    [
      'a hundred months long ago',
      'DTSTART:19800101T100000',
      'DURATION:PT1H',
      'RRULE:FREQ=MONTHLY;BYDAY=2WE;COUNT=100',
    ],
    [
      'hours that ended',
      'DTSTART:19900101T100000',
      'DURATION:PT1H',
      'RRULE:FREQ=HOURLY;UNTIL=19900102T100000Z',
    ],
    ['cancelled, without a beginning', 'STATUS:CANCELLED'],
    ['free, without a beginning', 'TRANSP:TRANSPARENT', 'RRULE:FREQ=HOURLY'],
    ['cancelled, somewhere on Mars', 'STATUS:Cancelled', 'DTSTART;TZID=Mars/Olympus:20270302T090000'],
  ])('by being over, or nowhere: %s', async (_what, ...lines) => {
    expect(await withLater(...lines)).toEqual(['2027-03-02 09:00–10:00']);
  });

  test('by a count that goes on until today', async () => {
    // 1 March 2027 is 12,112 days after the first one, and the 6,057th of them.
    expect(
      await withLater('DTSTART:19940101T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;INTERVAL=2;COUNT=6058'),
    ).toEqual(['2027-03-01 10:00–11:00', '2027-03-02 09:00–10:00', '2027-03-03 10:00–11:00']);
  });

  test('by a rule in small letters', async () => {
    expect(
      await withLater(
        'DTSTART:20270303T100000',
        'DURATION:PT1H',
        'RRULE:freq=weekly;byday=we;until=20270310t235959z',
      ),
    ).toEqual(['2027-03-02 09:00–10:00', '2027-03-03 10:00–11:00', '2027-03-10 10:00–11:00']);
  });

  test('by a date that does not say that it is one', async () => {
    expect(
      await withLater(
        'DTSTART:20270303',
        'DTEND;TZID="tzone://Microsoft/Utc":20270305',
        'RRULE:FREQ=WEEKLY;COUNT=3',
        'EXDATE:20270310,20270311',
      ),
    ).toEqual([
      '2027-03-02 09:00–10:00',
      '2027-03-03 00:00–24:00',
      '2027-03-04 00:00–24:00',
      '2027-03-17 00:00–24:00',
      '2027-03-18 00:00–24:00',
    ]);
    expect(await withLater('DTSTART;VALUE=DATE-TIME:20270304')).toEqual([
      '2027-03-02 09:00–10:00',
      '2027-03-04 00:00–24:00',
    ]);
    expect(await refusal(at('DTSTART:20270230'))).toBe('input.content: notACalendar');
  });

  test('by being cancelled from one day on, without a new beginning', async () => {
    const text = calendarOf(
      eventOf('UID:1', 'DTSTART:20270301T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=5'),
      eventOf('UID:1', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20270315T090000', 'STATUS:CANCELLED'),
    );
    expect(await busy(text)).toEqual(['2027-03-01 09:00–10:00', '2027-03-08 09:00–10:00']);
  });
});

describe('what the clock on the wall shows', () => {
  const DAILY = 'RRULE:FREQ=DAILY;COUNT=3';
  test.each([
    ['in spring', '20270327', '2027-03-27', ['2027-03-27T08:00Z', '2027-03-28T07:00Z', '2027-03-29T07:00Z']],
    ['in autumn', '20271030', '2027-10-30', ['2027-10-30T07:00Z', '2027-10-31T08:00Z', '2027-11-01T08:00Z']],
  ])('stays the same over the Sunday on which it changes, %s', async (_season, start, from, instants) => {
    for (const zone of [
      '',
      ';TZID=Europe/Paris',
      ';TZID=Romance Standard Time',
      ';TZID=Customized Time Zone',
      ';TZID=/mozilla.org/20050126_1/Europe/Paris',
    ]) {
      const text = calendarOf(
        CUSTOMIZED,
        eventOf(`DTSTART${zone}:${start}T090000`, `DTEND${zone}:${start}T100000`, DAILY),
      );
      const read = await readBusyTimes('input.content', text, inParis(from, '00:00'));
      expect(read.busy.map(({ startsAt }) => startsAt.toISOString().replace(':00.000', ''))).toEqual(
        instants,
      );
    }
  });

  test('a time that is skipped is counted by the clock before, and one that comes twice is the first', async () => {
    const read = async (text: string, day: string) =>
      (await readBusyTimes('f', text, inParis(day, '00:00'))).busy.map(({ startsAt, endsAt }) =>
        [startsAt, endsAt].map((instant) => instant.toISOString().slice(11, 16)).join('–'),
      );
    for (const zone of ['Europe/Paris', 'Customized Time Zone']) {
      const event = (day: string) =>
        calendarOf(CUSTOMIZED, eventOf(`DTSTART;TZID=${zone}:${day}T023000`, 'DURATION:PT15M'));
      expect(await read(event('20270328'), '2027-03-28')).toEqual(['01:30–01:45']);
      expect(await read(event('20271031'), '2027-10-31')).toEqual(['00:30–00:45']);
    }
  });

  test('a day is as long as it is: 23 hours, or 25', async () => {
    const hours = async (day: string) =>
      (
        await readBusyTimes('f', at(`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`), inParis(day, '00:00'))
      ).busy.map(({ startsAt, endsAt }) => (endsAt.getTime() - startsAt.getTime()) / 3_600_000);
    expect(await hours('2027-03-28')).toEqual([23]);
    expect(await hours('2027-10-31')).toEqual([25]);
  });

  test('29 February is a day of leap years', async () => {
    const text = at('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29');
    expect(await busy(text, '2027-12-01')).toEqual(['2028-02-29 00:00–24:00']);
    expect(await busy(text, '2026-12-01')).toEqual([]);
  });

  test('someone else’s zone, by any of its names', async () => {
    for (const zone of ['America/New_York', 'Eastern Standard Time'])
      expect(await busy(at(`DTSTART;TZID=${zone}:20270302T090000`, 'DURATION:PT1H'))).toEqual([
        '2027-03-02 15:00–16:00',
      ]);
    expect(await busy(at('DTSTART;TZID="tzone://Microsoft/Utc":20270302T090000', 'DURATION:PT1H'))).toEqual([
      '2027-03-02 10:00–11:00',
    ]);
  });

  test('recurrences are those that another library finds, whatever the rule', async () => {
    const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    const rule = fc.oneof(
      fc.record({ f: fc.constant('DAILY'), by: fc.constant('') }),
      fc.record({
        f: fc.constant('WEEKLY'),
        by: fc.subarray(days, { minLength: 1 }).map((some) => `;BYDAY=${some.join(',')}`),
      }),
      fc.record({
        f: fc.constant('MONTHLY'),
        by: fc.integer({ min: 1, max: 28 }).map((n) => `;BYMONTHDAY=${n}`),
      }),
      fc.record({
        f: fc.constant('MONTHLY'),
        by: fc
          .tuple(fc.constantFrom(1, 2, 3, 4, -1), fc.constantFrom(...days))
          .map(([n, d]) => `;BYDAY=${n}${d}`),
      }),
    );
    const end = fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 400 }).map((n) => `;COUNT=${n}`),
      fc.constantFrom(';UNTIL=20270401T070000Z', ';UNTIL=20270510T070000Z'),
    );
    await fc.assert(
      fc.asyncProperty(
        rule,
        fc.integer({ min: 1, max: 3 }),
        end,
        fc.integer({ min: 0, max: 600 }),
        async ({ f, by }, interval, ends, ago) => {
          const start = new Date(Date.UTC(2027, 2, 20) - ago * 86_400_000).toISOString().slice(0, 10);
          const dtstart = `${start.replaceAll('-', '')}T090000`;
          const textOf = (rule: string): string =>
            at(`DTSTART;TZID=Europe/Paris:${dtstart}`, 'DURATION:PT1H', `RRULE:${rule}`);
          const endless = `FREQ=${f};INTERVAL=${interval}${by}`;
          // The other library compares an end in UTC with a time that is not: here it is counted by hand.
          const [, until] = /UNTIL=(.*)/.exec(ends) ?? [];
          const event = new ICAL.Event(
            new ICAL.Component(
              ICAL.parse(textOf(until === undefined ? endless + ends : endless)) as unknown[],
            ).getFirstSubcomponent('vevent') ?? undefined,
          );
          // It leaves out a first day that the rule does not name; on it the event takes place all the same.
          const expected = new Set([start]);
          const iterator = event.iterator();
          for (let next = iterator.next(); next && next.year < 2028; next = iterator.next()) {
            const day = next.toString().slice(0, 10);
            const last = until === undefined ? '9' : until.replace(/^(\d{4})(\d{2})(\d{2}).*/, '$1-$2-$3');
            if (day <= last) expected.add(day);
          }
          const found = [...expected].filter((day) => day >= '2027-03-01' && day < '2027-08-30').sort();
          expect((await busy(textOf(endless + ends))).map((time) => time.slice(0, 10))).toEqual(found);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a calendar made to hurt is refused, or read as far as it reaches, at once', () => {
  const many = (count: number, event: (nth: number) => string): string =>
    calendarOf(...Array.from({ length: count }, (_, nth) => event(nth)));
  const refused = (why: string): string => `input.content: ${why}`;
  /** As many different ones as fit into the longest text that is taken. */
  const full = (around: (lines: string) => string, line: (nth: number) => string): string => {
    const count = Math.floor((199_000 - around('').length) / (line(9_999).length + 2));
    return around(Array.from({ length: count }, (_, nth) => line(nth)).join('\r\n'));
  };
  const zoneOf = (tzid: number | string, ...lines: string[]): string =>
    ['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...lines, 'END:VTIMEZONE'].join('\r\n');
  const observance = (...lines: string[]): string =>
    [
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      ...lines,
      'END:STANDARD',
    ].join('\r\n');
  const times = (count: number, text: (nth: number) => string): string[] =>
    Array.from({ length: count }, (_, nth) => text(nth));
  const DEAR = 'RRULE:FREQ=WEEKLY;BYMONTHDAY=30;COUNT=999';
  /** The most that is computed while nobody else is served, in milliseconds. */
  const blocked = async (work: () => Promise<unknown>): Promise<number> => {
    let [last, longest] = [computed(), 0];
    const tick = (): void => {
      longest = Math.max(longest, computed() - last);
      last = computed();
    };
    const timer = setInterval(tick, 1);
    await work().finally(() => clearInterval(timer));
    tick();
    return longest;
  };

  /** What a fast machine, too, does not follow to its end. */
  const LITTLE_MS = 200;
  /** What a slow machine, too, follows to its end. */
  const PLENTY_MS = 60_000;

  test.each<[string, () => string, string, number?]>([
    ['nothing', () => '', refused('notACalendar')],
    ['a page', () => '<html><body>Bonjour</body></html>', refused('notACalendar')],
    ['a visiting card', () => 'BEGIN:VCARD\r\nEND:VCARD\r\n', refused('notACalendar')],
    ['one that is cut off', () => OUTLOOK.slice(0, -300), refused('notACalendar')],
    [
      'more ends than beginnings',
      () => calendarOf('END:VCALENDAR', eventOf('DTSTART;VALUE=DATE:20270302')),
      refused('notACalendar'),
    ],
    ['30 February', () => at('DTSTART:20270230T090000', 'DURATION:PT1H'), refused('notACalendar')],
    ['no beginning', () => at('DTEND:20270302T090000'), refused('notACalendar')],
    ['no length that is one', () => at('DTSTART:20270302T090000', 'DURATION:long'), refused('notACalendar')],
    ['Mars', () => at('DTSTART;TZID=Mars/Olympus:20270302T090000', 'DURATION:PT1H'), refused('unknownZone')],
    [
      'every second',
      () => at('DTSTART:20270302T090000', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'),
      refused('recurrence'),
    ],
    [
      'a million of occurrences',
      () =>
        at('DTSTART:20260302T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;COUNT=1000000'),
      refused('recurrence'),
    ],
    [
      'a million of days, since long ago',
      () => at('DTSTART:00010302T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=1000000'),
      refused('recurrence'),
    ],
    [
      'days without end',
      () => at('DTSTART:20260302T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
      '182 times',
    ],
    [
      'a day that never comes',
      () => at('DTSTART:20260302T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'),
      '0 times',
    ],
    [
      'days a million years apart',
      () => at('DTSTART:20270302T090000', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;INTERVAL=1000000'),
      '1 times',
    ],
    ['a length of a million years', () => at('DTSTART:20270302T090000', 'DURATION:P52000000W'), '181 times'],
    [
      'two thousand events, each of every day',
      () =>
        many(
          1_900,
          (nth) =>
            `BEGIN:VEVENT\nUID:${nth}\nDTSTART:20270301T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEND:VEVENT`,
        ),
      refused('tooManyEvents'),
    ],
    [
      'rules that are dear to follow',
      () =>
        many(
          1_500,
          () =>
            'BEGIN:VEVENT\nDTSTART:20070301T090000\nRRULE:FREQ=WEEKLY;BYMONTHDAY=30;COUNT=999\nEND:VEVENT',
        ),
      refused('tooManyEvents'),
      LITTLE_MS,
    ],
    [
      'three thousand events',
      () => many(3_000, () => 'BEGIN:VEVENT\nDTSTART:20270301\nEND:VEVENT'),
      refused('tooManyEvents'),
    ],
    [
      'ten thousand in one another',
      () => calendarOf('BEGIN:VEVENT\r\n'.repeat(7_000) + 'END:VEVENT\r\n'.repeat(7_000)),
      refused('notACalendar'),
    ],
    ['a line without end', () => at(`DTSTART${';A=1'.repeat(40_000)}:20270302T090000`), refused('tooLong')],
    [
      'a line folded at every letter',
      () => at(`UID:${'x\r\n '.repeat(15_000)}`, 'DTSTART;VALUE=DATE:20270302'),
      '1 times',
    ],
    ['too much', () => calendarOf(`X-LONG:${'x'.repeat(200_000)}`), refused('tooLong')],
    [
      'one zone after the other',
      () => many(60, (nth) => `BEGIN:VTIMEZONE\nTZID:${nth}\nEND:VTIMEZONE`),
      refused('tooManyEvents'),
    ],
    [
      'a zone without rules',
      () => calendarOf('BEGIN:VTIMEZONE\nTZID:Nowhere\nEND:VTIMEZONE'),
      refused('unknownZone'),
    ],
    [
      'a zone that changes every second',
      () => calendarOf(CUSTOMIZED.replaceAll('FREQ=YEARLY;INTERVAL=1;', 'FREQ=SECONDLY;')),
      refused('recurrence'),
    ],
    [
      'a zone of ten thousand rules',
      () =>
        full(
          (lines) => calendarOf(zoneOf('Nowhere', observance(lines))),
          () => 'RRULE:FREQ=DAILY',
        ),
      refused('recurrence'),
    ],
    [
      'an event of ten thousand rules',
      () =>
        full(
          (lines) => at('DTSTART:20270302T090000', lines),
          () => 'RRULE:FREQ=DAILY',
        ),
      refused('recurrence'),
    ],
    [
      'two rules for one event',
      () => at('DTSTART:20270302T090000', ...times(2, () => DEAR)),
      refused('recurrence'),
    ],
    [
      'zones that change every day',
      () => calendarOf(...times(8, (nth) => zoneOf(nth, ...times(50, () => observance('RRULE:FREQ=DAILY'))))),
      refused('unknownZone'),
    ],
    [
      'zones of rules that are dear to follow',
      () =>
        calendarOf(
          ...times(8, (nth) =>
            zoneOf(nth, ...times(50, () => observance('RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'))),
          ),
        ),
      refused('tooManyEvents'),
      LITTLE_MS,
    ],
    [
      'as many winters as fit',
      () => full(calendarOf, (nth) => zoneOf(nth % 50, ...times(30, () => observance('RRULE:FREQ=YEARLY')))),
      refused('tooManyEvents'),
    ],
    [
      'a zone of as many days as fit',
      () =>
        full(
          (lines) => calendarOf(zoneOf('Nowhere', observance(lines))),
          (nth) => `RDATE:${19700101 + (nth % 28)}T000000`,
        ),
      refused('unknownZone'),
    ],
    [
      'as many calendars as fit, each of a zone of its own',
      () =>
        full(
          (lines) => lines,
          (nth) => calendarOf(zoneOf(nth, observance('RRULE:FREQ=YEARLY'))).trim(),
        ),
      refused('tooManyEvents'),
    ],
    [
      'one zone by as many names as fit',
      () =>
        full(
          (lines) => at('DTSTART:20270302T090000', 'DURATION:PT1H', lines),
          (nth) => `EXDATE;TZID=/${nth}/Europe/Paris:20270301T090000`,
        ),
      refused('tooManyEvents'),
    ],
    [
      'as many times left out as fit, of a clock that changes often',
      () =>
        full(
          (lines) =>
            calendarOf(
              zoneOf('Nowhere', ...times(200, () => observance())),
              eventOf(
                'UID:1',
                'DTSTART;TZID=Nowhere:20270302T090000',
                'DURATION:PT1H',
                'RRULE:FREQ=DAILY',
                lines,
              ),
            ),
          (nth) => `EXDATE;TZID=Nowhere:${20270301 + (nth % 28)}T090000`,
        ),
      '154 times',
      PLENTY_MS,
    ],
    [
      'events without a length, each of every day',
      () =>
        many(
          1_900,
          (nth) => `BEGIN:VEVENT\nUID:${nth}\nDTSTART:20270301T090000\nRRULE:FREQ=DAILY\nEND:VEVENT`,
        ),
      refused('tooManyEvents'),
    ],
    [
      'one event that is changed from a day on a thousand times',
      () =>
        calendarOf(
          eventOf('UID:1', 'DTSTART:20270301T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
          ...times(1_000, (nth) =>
            eventOf(
              'UID:1',
              `RECURRENCE-ID;RANGE=THISANDFUTURE:${20270302 + (nth % 27)}T090000`,
              'DTSTART:20270301T100000',
              'DURATION:PT1H',
            ),
          ),
        ),
      '156 times',
      PLENTY_MS,
    ],
  ])('%s', async (_what, content, expected, ...[maxProcessorMs]) => {
    const text = content();
    const since = computed();
    const longest = await blocked(async () =>
      expect(await refusalInThread(text, maxProcessorMs)).toBe(expected),
    );
    // What it may cost is two seconds, and reading and refusing it something more.
    expect(computed() - since).toBeLessThan(6_000);
    expect(longest).toBeLessThan(2_000);
  });

  test('others are served while one is followed, be it events or clocks', async () => {
    const never = 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30';
    for (const text of [
      calendarOf(...times(1_000, () => eventOf('DTSTART:20070301T090000', never))),
      calendarOf(zoneOf('Nowhere', ...times(400, () => observance(never)))),
    ]) {
      let served = 0;
      const timer = setInterval(() => {
        served += 1;
      }, 1);
      // A fast machine may come to its end: what counts is that others were served.
      await refusalInThread(text).finally(() => clearInterval(timer));
      expect(served).toBeGreaterThan(1);
    }
  });

  test('a calendar is read whole, however long others are served meanwhile', async () => {
    const everyDay = times(200, (nth) =>
      eventOf(`UID:${nth}`, 'DTSTART:20270301T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=10'),
    );
    let served = 0;
    const others = setInterval(() => {
      served += 1;
      // Once, and for longer than the reading may cost.
      if (served === 1) for (const until = computed() + 1_200; computed() < until; );
    }, 1);
    expect(await refusalInThread(calendarOf(...everyDay)).finally(() => clearInterval(others))).toBe(
      '10 times',
    );
    expect(served).toBeGreaterThan(0);
  });
});

/** Through the API: what is imported is busy to colleagues and not free to anyone, and nothing else of it is kept. */
describe('a worker imports their other calendar', () => {
  let database: TestDatabase;
  let app: TestApp;
  let sevran: string;
  let gagny: string;
  let alice: string;
  let asAlice: Requester;
  let bruno: Requester;
  let rachida: Requester;
  const days = workingDaysAfter(later(today(), 3));
  const nextDay = (): string => days.next().value;

  beforeAll(async () => {
    database = await cloneDatabase();
    app = await startTestApp(database);
    const builder = await county(database);
    const here = builder.district('Sevran');
    sevran = (await here).id;
    gagny = (await builder.district('Gagny')).id;
    alice = (await here.worker('alice').open()).id;
    await here.worker('bruno');
    await here.receptionist('rachida');
    [asAlice, bruno, rachida] = [await app.as('alice'), await app.as('bruno'), await app.as('rachida')];
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const IMPORT = `mutation ($input: ImportCalendarInput!) {
    importCalendar(input: $input) { id name importedAt reachesUntil removedAt district { id }
      appointmentsOver { id startsAt warnings } } }`;
  const bring = (
    content: string,
    name = 'Outlook',
    who: Requester = asAlice,
    headers: Record<string, string> = {},
    districtId = sevran,
  ): Promise<Answer> => who.send(IMPORT, { input: { districtId, name, content } }, headers);
  const remove = (id: string, who: Requester = asAlice): Promise<Answer> =>
    who.send('mutation ($id: ID!) { removeOutsideCalendar(input: { id: $id }) { id removedAt } }', {
      id,
    });
  const listed = async (who: Requester = asAlice) =>
    (await who.send('{ outsideCalendars { id name } }'))?.data?.['outsideCalendars'];
  const onDay = (day: string, from: string, until: string, ...lines: string[]): string =>
    eventOf(
      'UID:a',
      `DTSTART;TZID=Europe/Paris:${day.replaceAll('-', '')}T${from.replace(':', '')}00`,
      `DTEND;TZID=Europe/Paris:${day.replaceAll('-', '')}T${until.replace(':', '')}00`,
      ...lines,
    );
  const freeOn = async (day: string): Promise<string[]> =>
    starts(
      await search(
        rachida,
        {
          districtId: sevran,
          workerIds: [alice],
          from: inParis(day, '00:00'),
          to: inParis(later(day, 1), '00:00'),
        },
        20,
      ),
    ).map((time) => time.slice(11));
  const stored = () =>
    database.sql<{ id: string; at: Date }>(
      'select id, starts_at as at from unavailability where outside_calendar_id is not null order by starts_at, id',
    );

  test('its times are taken from what is free, and are busy times to a colleague, who learns nothing else', async () => {
    const day = nextDay();
    const before = await freeOn(day);
    expect(before.slice(0, 4)).toEqual(['09:00', '09:30', '10:00', '10:30']);
    const answer = await bring(
      calendarOf(
        onDay(day, '09:15', '10:15', 'SUMMARY:Canari', 'LOCATION:Canari', 'ATTENDEE;CN=Canari:mailto:a@b.fr'),
      ),
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data?.['importCalendar']).toMatchObject({
      name: 'Outlook',
      district: { id: sevran },
      removedAt: null,
    });
    expect(answer.data?.['importCalendar'].reachesUntil).toBe(
      inParis(later(today(), 182), '00:00').toISOString(),
    );
    expect((await freeOn(day)).slice(0, 2)).toEqual(['10:15', '10:45']);
    const { data } = await bruno.send(
      `query ($d: ID!, $w: ID!, $f: DateTime!, $t: DateTime!) { busyTimes(districtId: $d, workerId: $w, from: $f, to: $t) { startsAt endsAt } }`,
      { d: sevran, w: alice, f: inParis(day, '00:00'), t: inParis(later(day, 1), '00:00') },
    );
    expect(data?.['busyTimes']).toEqual([
      { startsAt: inParis(day, '09:15').toISOString(), endsAt: inParis(day, '10:15').toISOString() },
    ]);
    // Nor is it time off that the desk could end.
    const off = await rachida.send(
      `{ unavailabilities(districtId: "${sevran}", workerId: "${alice}") { id } }`,
    );
    expect(off.data?.['unavailabilities']).toEqual([]);
    const [tables] = await database.sql<{ text: string }>(
      `select string_agg(t::text, ' ') as text from (
        select to_jsonb(o) t from outside_calendar o union all select to_jsonb(u) from unavailability u
        union all select to_jsonb(l) from access_log l union all select to_jsonb(k) from idempotency_key k) t`,
    );
    expect(tables?.text).not.toMatch(/canari|a@b/i);
    expect(await remove(answer.data?.['importCalendar'].id)).toMatchObject({ errors: [] });
    expect(await freeOn(day)).toEqual(before);
  });

  test('what is booked then is flagged, and refuses nothing', async () => {
    const day = nextDay();
    const booked = await book(rachida, {
      districtId: sevran,
      workerIds: [alice],
      startsAt: inParis(day, '11:00'),
    });
    expect(booked.errors).toEqual([]);
    const answer = await bring(calendarOf(onDay(day, '10:00', '12:00')), 'Zimbra');
    expect(answer.data?.['importCalendar'].appointmentsOver).toEqual([
      {
        id: booked.data?.['bookAppointment'].id,
        startsAt: inParis(day, '11:00').toISOString(),
        warnings: ['WORKER_AWAY'],
      },
    ]);
    await remove(answer.data?.['importCalendar'].id);
  });

  test('the same content again changes nothing, and wakes nobody who waits; other content takes its place', async () => {
    const [first, second] = [nextDay(), nextDay()];
    const make = rowsOf(database);
    const personId = await make.person({ districtId: sevran, givenName: 'Claude', familyName: 'Attend' });
    await make.appointmentRequest({ districtId: sevran, personId });
    const text = calendarOf(
      onDay(first, '10:00', '11:00'),
      onDay(second, '10:00', '11:00').replace('UID:a', 'UID:b'),
    );
    const { data } = await bring(text);
    const id = data?.['importCalendar'].id;
    const before = await stored();
    await database.sql('delete from offer_wake');
    const wakes = async () => (await database.sql('select from offer_wake')).length;
    expect((await bring(text)).data?.['importCalendar'].id).toBe(id);
    expect(await stored()).toEqual(before);
    expect(await wakes()).toBe(0);
    // What stays keeps its row; what is freed is offered to who waits.
    await bring(calendarOf(onDay(second, '10:00', '11:00')));
    const after = await stored();
    expect(after).toEqual(before.filter(({ at: start }) => start > inParis(first, '12:00')));
    expect(await wakes()).toBe(1);
    expect((await freeOn(first)).includes('10:00')).toBe(true);
    await remove(id);
    expect(await stored()).toEqual([]);
  });

  test('the second of two who import at once puts theirs in the place of the first', async () => {
    const chosen = [nextDay(), nextDay(), nextDay()];
    await Promise.all(chosen.map((day) => bring(calendarOf(onDay(day, '10:00', '11:00')), 'Course')));
    expect((await listed()).map(({ name }: { name: string }) => name)).toEqual(['Course']);
    expect(await stored()).toHaveLength(1);
    for (const { id } of await listed()) await remove(id);
  });

  test('a repeated request has one effect, and another one under its key none', async () => {
    const text = calendarOf(onDay(nextDay(), '10:00', '11:00'));
    const key = { 'idempotency-key': 'import-1' };
    const first = await bring(text, 'Répété', asAlice, key);
    const again = await bring(text, 'Répété', asAlice, key);
    expect(again.data).toEqual(first.data);
    expect((await bring(calendarOf(), 'Répété', asAlice, key)).errors[0]?.extensions['reason']).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    await remove(first.data?.['importCalendar'].id);
    expect((await remove(first.data?.['importCalendar'].id)).codes).toEqual(['CONFLICT']);
  });

  test('bad content is refused by its field, and changes nothing', async () => {
    const day = nextDay();
    await bring(calendarOf(onDay(day, '10:00', '11:00')), 'Gardé');
    const before = await stored();
    for (const content of [
      '',
      'BEGIN:VCALENDAR',
      at('DTSTART:20270302T090000', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'),
    ]) {
      const { errors } = await bring(content, 'Gardé');
      expect(errors.map(({ extensions }) => extensions)).toEqual([
        { code: 'INVALID_INPUT', field: 'input.content' },
      ]);
    }
    expect((await bring(calendarOf(), ' ')).errors[0]?.extensions['field']).toBe('input.name');
    expect(await stored()).toEqual(before);
    for (const { id } of await listed()) await remove(id);
  });

  test('ten at most, each of its own name', async () => {
    for (let nth = 1; nth <= 10; nth += 1)
      expect((await bring(calendarOf(), `n° ${nth}`)).errors).toEqual([]);
    expect((await bring(calendarOf(), 'n° 11')).errors[0]?.extensions).toEqual({
      code: 'INVALID_INPUT',
      field: 'input.name',
    });
    expect((await bring(calendarOf(), 'n° 3')).errors).toEqual([]);
    expect((await listed())[0].name).toBe('n° 3');
    expect(await listed()).toHaveLength(10);
    for (const { id } of await listed()) await remove(id);
  });

  test('ten at most of those that come at once, too, and the list shows all', async () => {
    const names = Array.from({ length: 14 }, (_, nth) => `à la fois ${nth}`);
    const answers = await Promise.all(names.map((name) => bring(calendarOf(), name)));
    const refusals = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions));
    expect(refusals).toEqual(Array(4).fill({ code: 'INVALID_INPUT', field: 'input.name' }));
    expect(await listed()).toHaveLength(10);
    // More than may be imported, as there were once.
    await database.sql(
      `insert into outside_calendar (worker_id, district_id, name, reaches_until)
       select $1, $2, 'de trop ' || n, now() from generate_series(1, 3) n`,
      [alice, sevran],
    );
    expect(await listed()).toHaveLength(13);
    for (const { id } of await listed()) await remove(id);
    expect(await listed()).toEqual([]);
  });

  test('ten at most in all the districts together', async () => {
    await database.sql(
      `insert into outside_calendar (worker_id, district_id, name, reaches_until)
       select $1, $2, 'n° ' || n, now() from generate_series(1, 10) n`,
      [alice, gagny],
    );
    expect((await bring(calendarOf(), 'n° 1')).errors[0]?.extensions['field']).toBe('input.name');
    for (const { id } of await listed()) await remove(id);
  });

  test('their own alone, and where they have an agenda', async () => {
    const { data } = await bring(calendarOf(onDay(nextDay(), '10:00', '11:00')));
    const id = data?.['importCalendar'].id;
    for (const other of [bruno, rachida]) {
      expect(await listed(other)).toEqual([]);
      const [theirs, nobodys] = [
        await remove(id, other),
        await remove('00000000-0000-4000-8000-000000000000', other),
      ];
      expect(theirs.codes).toEqual(['NOT_FOUND']);
      expect(theirs.text).toBe(nobodys.text);
    }
    expect((await bring(calendarOf(), 'Ailleurs', asAlice, {}, gagny)).codes).toEqual(['FORBIDDEN']);
    const reader = await app.as('alice', { scopes: ['appointments:read'] });
    expect((await bring(calendarOf(), 'Lecture', reader)).codes).toEqual(['FORBIDDEN']);
    expect((await remove(id, reader)).codes).toEqual(['FORBIDDEN']);
    expect((await app.anonymous.send('{ outsideCalendars { id } }')).codes).toEqual(['FORBIDDEN']);
    await remove(id);
  });

  test('half a year of full days is imported in the time of one statement', async () => {
    const full = calendarOf(
      ROMANCE,
      ...['09', '11', '14', '16'].map((hour) =>
        eventOf(
          `UID:${hour}`,
          `DTSTART;TZID=Romance Standard Time:20240101T${hour}0000`,
          'DURATION:PT1H',
          'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
        ),
      ),
    );
    const answer = await bring(full);
    expect(answer.errors).toEqual([]);
    expect((await stored()).length).toBeGreaterThan(500);
    expect(startOfToday(new Date()).getTime()).toBeLessThanOrEqual((await stored())[0]?.at.getTime() ?? 0);
    expect((await remove(answer.data?.['importCalendar'].id)).errors).toEqual([]);
  });
});
