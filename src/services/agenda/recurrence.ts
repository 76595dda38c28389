import { RRuleTemporal } from 'rrule-temporal';
import { InvalidInputError } from '../../errors.js';

/** Longer than any agenda is opened at once; also the most days that a rule is followed for. */
export const MAX_DAYS = 731;

/** Days that a rule counts from more than twenty years ago, if each takes long to find. */
const MAX_COUNT_OF_OLD = 1_000;

const FREQUENCY = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/;
/** Parts of a rule that speak of days: hours are the availability's own. */
const PARTS = /^[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*$/;
const OF_TIME = /(^|;)BY(HOUR|MINUTE|SECOND)=/;
/** Days and weeks by their weekdays alone: the library counts thousands of them in a millisecond. */
const QUICK = /^FREQ=(DAILY|WEEKLY)(;((INTERVAL|COUNT)=\d+|(BYDAY|WKST)=[A-Z,]+))*$/;
/** The two ways to end, which exclude one another. */
const TWO_ENDS = /(?=.*COUNT=).*UNTIL=/;

/** @throws InvalidInputError for what is no recurrence rule of days (RFC 5545, section 3.3.10) */
export function requireRecurrence(field: string, text: string): string {
  const rule = text.trim().replace(/^RRULE:/, '');
  if (
    rule.length > 200 ||
    !FREQUENCY.test(rule) ||
    !PARTS.test(rule) ||
    OF_TIME.test(rule) ||
    TWO_ENDS.test(rule)
  )
    throw new InvalidInputError(field, 'recurrence');
  try {
    parse(rule, '2024-01-01');
  } catch (error) {
    // The library's reason speaks of its own ways, in English.
    throw Object.assign(new InvalidInputError(field, 'recurrence'), { cause: error });
  }
  return rule;
}

/** How many days a rule says that it has; none where it does not count them. */
function countOf(rule: string): number {
  return Number(/(?:^|;)COUNT=(\d+)/.exec(rule)?.[1] ?? 0);
}

/** Whether the rule says itself when it ends. */
export function endsByItself(rule: string): boolean {
  return /(^|;)(UNTIL|COUNT)=/.test(rule);
}

function parse(rule: string, startsOn: string, maxIterations = 10_000): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${startsOn.replaceAll('-', '')}T000000\nRRULE:${rule}`,
    maxIterations,
  });
}

/**
 * The days of a recurrence, each `YYYY-MM-DD`: days of the calendar, which have no clock to change. A first day that
 * the rule does not name is none of them.
 * @param rule null is every day
 * @param endsOn the first day that is left out
 */
export function daysOf(rule: string | null, startsOn: string, endsOn: string): readonly string[] {
  const days: string[] = [];
  parse(rule ?? 'FREQ=DAILY', startsOn).all((at) => {
    const day = at.toPlainDate().toString();
    if (day >= endsOn || days.length >= MAX_DAYS) return false;
    days.push(day);
    return true;
  });
  return days;
}

/**
 * The same between two days, the second left out, however long before it began. A rule that counts its days is gone through
 * from the first on, so that one of a thousand has begun twenty years ago at most, unless it is quick to follow.
 * @throws InvalidInputError for a rule that comes to no end of looking for its next day
 */
export function daysBetween(
  field: string,
  rule: string,
  startsOn: string,
  from: string,
  until: string,
): readonly string[] {
  if (until <= from || until <= startsOn) return [];
  const isQuick = QUICK.test(rule);
  const isOld = startsOn < `${Number(from.slice(0, 4)) - 20}`;
  if (isOld && !isQuick && countOf(rule) > MAX_COUNT_OF_OLD) throw new InvalidInputError(field, 'recurrence');
  try {
    return parse(rule, startsOn, isQuick ? 10_000 : 3_000)
      .between(new Date(`${from}T00:00:00Z`), new Date(`${until}T00:00:00Z`), true)
      .map((at) => at.toPlainDate().toString())
      .filter((day) => day < until);
  } catch (error) {
    throw Object.assign(new InvalidInputError(field, 'recurrence'), { cause: error });
  }
}
