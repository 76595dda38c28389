import { STANDPOINTS } from '../../../../policies/standpoints.js';
import { type Action, OF_ALICE, version } from './action.js';

/** How hours are opened and closed, time off declared, and other calendars imported. */
export const AGENDA_ACTIONS: Readonly<Record<string, Action>> = {
  importCalendar: {
    input: (t) => ({
      districtId: t.District,
      name: t.Case,
      content: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//FR\r\nEND:VCALENDAR\r\n',
    }),
    // Their own.
    answersOther: STANDPOINTS.map(({ key }) => key).filter((key) => !OF_ALICE.includes(key)),
    done: (t) => ['select count(*) = 1 as done from outside_calendar where name = $1', t.Case],
  },
  removeOutsideCalendar: {
    input: (t) => ({ id: t.OutsideCalendar }),
    done: (t) => [
      'select removed_at is not null as done from outside_calendar where id = $1',
      t.OutsideCalendar,
    ],
  },
  openAvailability: {
    input: (t) => ({
      districtId: t.District,
      workerId: t.Worker,
      typeCodes: ['FIRST_RECEPTION'],
      modes: ['ON_SITE'],
      startsOn: t.day,
      opensAt: t.opensAt,
      closesAt: t.closesAt,
    }),
    done: (t) => [
      'select count(*) = 1 as done from availability where worker_id = $1 and starts_on = $2::date and opens_at = $3::time',
      t.Worker,
      t.day,
      t.opensAt,
    ],
  },
  endAvailability: {
    input: (t) => ({ id: t.Availability, expectedVersion: 1, endsOn: t.dayOfAvailability }),
    done: (t) => version('availability', t.Availability),
  },
  closeAvailabilityOn: {
    input: (t) => ({ id: t.Availability, expectedVersion: 1, day: t.dayOfAvailability }),
    done: (t) => version('availability', t.Availability),
  },
  declareUnavailability: {
    input: (t) => ({
      districtId: t.District,
      workerId: t.Worker,
      startsAt: `${t.day}T${t.opensAt}:00Z`,
      endsAt: `${t.day}T${t.closesAt}:00Z`,
    }),
    done: (t) => [
      'select count(*) = 1 as done from unavailability where worker_id = $1 and starts_at = $2',
      t.Worker,
      `${t.day}T${t.opensAt}:00Z`,
    ],
  },
  // Each attempt proposes other days.
  proposeOption: {
    input: (t) => ({
      districtId: t.District,
      kind: 'CALL_BACK',
      startsOn: t.optionStartsOn,
      endsOn: t.optionEndsOn,
    }),
    done: (t) => [
      'select count(*) = 1 as done from team_option where district_id = $1 and starts_on = $2::date and ends_on = $3::date',
      t.District,
      t.optionStartsOn,
      t.optionEndsOn,
    ],
  },
  voteOnOption: {
    input: (t) => ({ id: t.TeamOption, inFavour: true }),
    done: (t) => ['select count(*) = 1 as done from team_vote where option_id = $1', t.TeamOption],
  },
  endUnavailability: {
    input: (t) => ({ id: t.Unavailability, expectedVersion: 1 }),
    done: (t) => version('unavailability', t.Unavailability),
  },
};
