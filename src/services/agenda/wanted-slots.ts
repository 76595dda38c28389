import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import { InvalidInputError } from '../../errors.js';
import type { SlotFilter } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { daysAfter, requirePeriod } from '../operation/period.js';
import { type AppointmentTypeRow, requireTypes } from './appointment-types.js';

/** The number of days ahead in which agendas are searched. */
export const MAX_DAYS_AHEAD = 92;
/** The same if a worker is named: a filter by worker looks eight weeks ahead at most. */
export const MAX_DAYS_AHEAD_BY_WORKER = 56;
/** The most appointments in a row that a search may want. `free_time.in_a_row` counts no further. */
export const MOST_IN_A_ROW = 8;
const MAX_SLOTS = 50;
const FIVE_MINUTES = 5 * 60_000;

/** A search whose input has been checked. */
export interface Wanted {
  readonly type: AppointmentTypeRow;
  readonly mode: AppointmentMode | null;
  readonly inARow: number;
  /** The length of the appointment, in minutes. */
  readonly minutes: number;
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  /** Also the times that are kept for persons who must be seen soon. */
  readonly keptToo: boolean;
  /** Also the times that are spared, since they would leave a rest in which nothing fits. */
  readonly sparedToo: boolean;
  /** Another time that the person could have. A spared time must be much sooner. */
  readonly other: Date | null;
}

/** Rounds up to the next full five minutes: nobody books for 9:03. */
export function nextFiveMinutes(instant: Date): Date {
  return new Date(Math.ceil(instant.getTime() / FIVE_MINUTES) * FIVE_MINUTES);
}

/**
 * Checks the input of a search.
 * @throws InvalidInputError for an unknown type, a mode that the type lacks, a past or too long a period, too many slots
 */
export async function requireWanted(op: Operation, filter: SlotFilter, first: number): Promise<Wanted> {
  if (first < 1 || first > MAX_SLOTS) throw new InvalidInputError('first', 'slotCount');
  const [type] = await requireTypes(op, 'filter.typeCode', [filter.typeCode]);
  // Nobody books in hours without appointment: `walkInHours` lists them.
  if (type === undefined || type.bookableBy.length === 0)
    throw new InvalidInputError('filter.typeCode', 'unknownCode');
  if (filter.mode != null && !type.modes.includes(filter.mode))
    throw new InvalidInputError('filter.mode', 'invalidValue');
  const inARow = filter.inARow ?? 1;
  if (inARow < 1 || inARow > MOST_IN_A_ROW) throw new InvalidInputError('filter.inARow', 'invalidValue');
  if (filter.from != null && filter.from < daysAfter(op.now, -1))
    throw new InvalidInputError('filter.from', 'past');
  const from = nextFiveMinutes(filter.from == null || filter.from < op.now ? op.now : filter.from);
  const named = filter.workerIds != null || filter.caseId != null;
  const days = named ? MAX_DAYS_AHEAD_BY_WORKER : MAX_DAYS_AHEAD;
  const to = filter.to ?? daysAfter(op.now, days);
  requirePeriod('filter.to', from, to, days);
  requirePeriod('filter.to', op.now, to, days);
  return {
    type,
    mode: filter.mode ?? null,
    inARow,
    minutes: inARow * type.durationMinutes,
    from,
    to,
    count: first,
    keptToo: false,
    // The rule looks at one appointment, and not at several in a row.
    sparedToo: inARow > 1,
    other: null,
  };
}
