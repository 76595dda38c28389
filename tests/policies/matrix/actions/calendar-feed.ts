import { STANDPOINTS } from '../../../../policies/standpoints.js';
import { type Action, OF_ALICE } from './action.js';

/** How calendar feeds are opened and revoked. */
export const CALENDAR_FEED_ACTIONS: Readonly<Record<string, Action>> = {
  openCalendarFeed: {
    input: (t) => ({ label: t.Case }),
    // Their own.
    answersOther: STANDPOINTS.map(({ key }) => key).filter((key) => !OF_ALICE.includes(key)),
    done: (t) => ['select count(*) = 1 as done from calendar_feed where label = $1', t.Case],
  },
  revokeCalendarFeed: {
    input: (t) => ({ id: t.CalendarFeed }),
    done: (t) => ['select revoked_at is not null as done from calendar_feed where id = $1', t.CalendarFeed],
  },
};
