import { InvalidInputError, NotFoundError, RateLimitedError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { mayBeAssigned } from '../directory/directory.js';
import { parseId } from '../operation/input.js';
import { dayAfter, dayInParis, endOfDay, toDay } from '../operation/period.js';
import { isWallTime } from '../operation/wall-time.js';

/** The most days ahead for which a person may wish. */
const MAX_DAYS_WANTED = 366;
/** The first day that the table accepts. A wished day that has passed since is no fault of a waiting request. */
const FIRST_DAY_WANTED = '2000-01-01';

/** The days that suit the person, the last left out. */
export interface Wanted {
  readonly wantedFrom?: Date | null;
  readonly wantedUntil?: Date | null;
}

/** @throws InvalidInputError for days that are past, too far away, or none */
export function requireWanted(op: Operation, { wantedFrom, wantedUntil }: Wanted): void {
  const today = dayInParis(op.now);
  const last = dayAfter(today, MAX_DAYS_WANTED);
  if (wantedFrom != null && toDay(wantedFrom) < FIRST_DAY_WANTED)
    throw new InvalidInputError('input.wantedFrom', 'past');
  if (wantedFrom != null && toDay(wantedFrom) > last)
    throw new InvalidInputError('input.wantedFrom', 'tooFar');
  if (wantedUntil == null) return;
  if (toDay(wantedUntil) <= today) throw new InvalidInputError('input.wantedUntil', 'past');
  if (toDay(wantedUntil) > last) throw new InvalidInputError('input.wantedUntil', 'tooFar');
  if (wantedFrom != null && wantedUntil <= wantedFrom)
    throw new InvalidInputError('input.wantedUntil', 'interval');
}

/** The hours of a day in which anyone may be asked at short notice, as messages are sent (`by_day`). */
const FIRST_HOUR = '08:00';
const LAST_HOUR = '20:00';

/**
 * Returns the hours in which the person agrees to be asked at short notice, `HH:MM` in Paris; null if they do not agree. Both hours are given
 * together.
 * @throws InvalidInputError for one hour alone, an hour that is none or at night, or an end before the beginning
 */
export function requireShortNotice({
  shortNoticeFrom: from,
  shortNoticeUntil: until,
}: {
  readonly shortNoticeFrom?: string | null;
  readonly shortNoticeUntil?: string | null;
}): { readonly from: string; readonly until: string } | null {
  if (from == null && until == null) return null;
  if (from == null) throw new InvalidInputError('input.shortNoticeFrom', 'required');
  if (until == null) throw new InvalidInputError('input.shortNoticeUntil', 'required');
  if (!isWallTime(from)) throw new InvalidInputError('input.shortNoticeFrom', 'wallTime');
  if (!isWallTime(until)) throw new InvalidInputError('input.shortNoticeUntil', 'wallTime');
  if (from < FIRST_HOUR) throw new InvalidInputError('input.shortNoticeFrom', 'atNight');
  if (until > LAST_HOUR) throw new InvalidInputError('input.shortNoticeUntil', 'atNight');
  if (until <= from) throw new InvalidInputError('input.shortNoticeUntil', 'interval');
  return { from, until };
}

/**
 * Returns the id of the duty worker: a social worker of the district. Nobody else is asked to judge.
 * @throws NotFoundError at `input.dutyWorkerId`
 */
export async function requireDutyWorker(
  op: Operation,
  districtId: string,
  wanted: string | null | undefined,
): Promise<string | null> {
  if (wanted == null) return null;
  const id = parseId(wanted);
  if (id === null || !(await mayBeAssigned(op, id, districtId)))
    throw new NotFoundError('input.dutyWorkerId');
  return id;
}

/**
 * Checks that the desk may give a request to a duty worker: the person stands at this desk, or gave no name. A request opens the person's
 * contact, its type and its rank to the duty worker. Whom the desk does not read is never here, and is answered as anybody who is not.
 * @throws InvalidInputError notHere at `input.dutyWorkerId`; RateLimitedError when the desk has given those of the day
 */
export async function requireGivable(
  op: Operation,
  { personId, districtId }: { readonly personId: string | null; readonly districtId: string },
): Promise<void> {
  const [answer] = await op.tx.rows<{ gives: string }>`
    select gives_to_duty_worker(${personId}::uuid, ${districtId}::uuid) as gives`;
  if (answer?.gives === 'HERE') return;
  if (answer?.gives !== 'SPENT') throw new InvalidInputError('input.dutyWorkerId', 'notHere');
  const midnight = endOfDay(dayInParis(op.now));
  const seconds = Math.max(1, Math.ceil((midnight.getTime() - op.now.getTime()) / 1_000));
  throw new RateLimitedError('input.dutyWorkerId', 'handsSpent', seconds);
}
