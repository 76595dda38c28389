import * as enums from '../../prisma/generated/enums.js';
import { NEXT_FREE } from '../../src/services/agenda/online-types.js';
import { NO_SLOT_REASONS } from '../../src/services/agenda/slots.js';
import { describeEnum, enumOf } from '../describe-enum.js';

export const NoSlotReason = describeEnum(enumOf(NO_SLOT_REASONS), {
  name: 'NoSlotReason',
  description:
    'Why a search found no free time: the first reason that holds, in the order CASE_UNASSIGNED, NO_HOURS, TYPE_NOT_OFFERED, MODE_NOT_OFFERED, WORKERS_AWAY, ALL_TAKEN, NOT_IN_A_ROW, NOT_TOGETHER. Only colleagues of the district learn more than NO_HOURS or ALL_TAKEN.',
  values: {
    CASE_UNASSIGNED: 'The search is for the worker of a case, and nobody is assigned to it.',
    NO_HOURS: 'No hours are open in the period.',
    TYPE_NOT_OFFERED: 'Hours are open, but none for this appointment type.',
    MODE_NOT_OFFERED: 'Hours are open for the type, but none in this mode.',
    WORKERS_AWAY: 'Each worker with such hours is absent or has time off then.',
    ALL_TAKEN: 'Every time that would do is taken.',
    NOT_IN_A_ROW: 'Times are free, but not as many one after the other as `inARow` asks for.',
    NOT_TOGETHER: 'Each worker has free times, but they have none in common.',
  },
});

export const NextFree = describeEnum(enumOf(NEXT_FREE), {
  name: 'NextFree',
  description: 'The wait until the first free time of a type, as a band of days.',
  values: {
    WITHIN_A_WEEK: 'Less than 7 days from now.',
    WITHIN_A_MONTH: 'At least 7 and less than 30 days from now.',
    LATER: 'At least 30 days from now, within 92 days.',
    NONE: 'No time is free within 92 days.',
  },
});

export const TeamOptionKind = describeEnum(enums.TeamOptionKind, {
  name: 'TeamOptionKind',
  description: 'What a team may vote for, for itself. `TeamOption.textEn` says what it costs.',
  values: {
    GROUP_MEETING: 'Appointments with places for several persons.',
    CALL_BACK: 'Calls of ten minutes, beside appointments and never instead of one.',
    WALK_IN_HOUR: 'Hours in which people are received without an appointment.',
  },
});

export const TeamOptionStatus = describeEnum(enums.TeamOptionStatus, {
  name: 'TeamOptionStatus',
  description: 'What a team has decided on an option.',
  values: {
    PROPOSED: 'The team votes on it.',
    ADOPTED: 'More than half of the members were for it. It is in force between its two days.',
    REJECTED:
      'Half of the members or fewer were for it, the team has fewer than five members, or it adopted another one for these days.',
  },
});

export const AppointmentMode = describeEnum(enums.AppointmentMode, {
  name: 'AppointmentMode',
  description: 'Where or by what means an appointment is held.',
  values: {
    ON_SITE: 'On the premises of the district, or in another place that it names.',
    HOME: 'At the person’s home.',
    PHONE: 'By telephone.',
    VIDEO: 'By video call.',
  },
});
