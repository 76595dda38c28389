import { RRuleTemporal } from 'rrule-temporal';
import { InvalidInputError } from '../../errors.js';

/** The most days for which a rule is followed: longer than any agenda is opened at once. */
export const MAX_DAYS = 731;

/** The most days that a slow rule may count, if it began more than twenty years ago. */
const MAX_COUNT_OF_OLD = 1_000;

const FREQUENCY = /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/;
/** A rule that speaks of days only: the hours are the availability's own. */
const PARTS = /^[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*$/;
const OF_TIME = /(^|;)BY(HOUR|MINUTE|SECOND)=/;
/** A rule of days or weeks by weekdays alone: the library counts thousands of them in a millisecond. */
const QUICK = /^FREQ=(DAILY|WEEKLY)(;((INTERVAL|COUNT)=\d+|(BYDAY|WKST)=[A-Z,]+))*$/;
/** A rule with both ends, COUNT and UNTIL, which exclude one another. */
const TWO_ENDS = /(?=.*COUNT=).*UNTIL=/;

/**
 * Returns the rule without its name.
 * @throws InvalidInputError recurrence for a text that is no recurrence rule of days (RFC 5545, section 3.3.10)
 */
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
    // The library's own message is in English and about its internals, so it is only the cause.
    throw Object.assign(new InvalidInputError(field, 'recurrence'), { cause: error });
  }
  return rule;
}

/** Returns the number of days that a rule counts; 0 if it does not count them. */
function countOf(rule: string): number {
  return Number(/(?:^|;)COUNT=(\d+)/.exec(rule)?.[1] ?? 0);
}

/** True if the rule says when it ends. */
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
 * Lists the days of a recurrence, each `YYYY-MM-DD`. They are calendar days, which no change of the clock touches. The first day is left
 * out if the rule does not name it.
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
 * As `daysOf`, between two days, the second left out, however long ago the rule began. A rule that counts its days is followed from its
 * first day. So a slow rule of more than a thousand days is refused if it began more than twenty years ago.
 * @throws InvalidInputError recurrence for such a rule, and for a rule whose next day is never found
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
