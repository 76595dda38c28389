import { Field, ID, InputType, Int } from 'type-graphql';
import type { AppointmentMode as AppointmentModeValue } from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { DateTime, Day } from '../scalars.js';
import { AppointmentMode } from './agenda.enums.js';

@InputType({
  description:
    'A search for free times. Colleagues of the district learn which workers are free. Everyone else finds times of public types only, and no worker.',
})
export class SlotFilter {
  @Field(() => String, { description: 'The `code` of the appointment type, not of a collective one.' })
  typeCode!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The district to search in. Without it and without `communeCode`, public times of the whole county are searched.',
  })
  districtId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The INSEE code of a commune: the districts that serve it today are searched. It counts only if no district is named.',
  })
  communeCode?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Free times of any of these workers, 1 to 10, at most 56 days ahead. Only colleagues of the district may name workers. Naming a colleague is logged.',
  })
  workerIds?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True finds times at which all workers of `workerIds` are free together. False finds times of any of them.',
  })
  together?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Free times of the assigned worker of this case, at most 56 days ahead. A person may name a case of their own that is shown online.',
  })
  caseId?: string | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description:
      'The way in which the appointment is to be held. Unless given, any mode that the type allows.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The length that is needed in one piece, as a multiple of the length of the type: 1 to 8; 1 unless given.',
  })
  inARow?: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The earliest start, rounded up to five minutes. Now, unless given.',
  })
  from?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Free times start before this instant: at most 92 days ahead, or 56 with `workerIds` or `caseId`. That limit holds unless given.',
  })
  to?: Date | null;
}

@InputType({
  description:
    'The days, the hours and the types for which a worker can be booked. The worker themselves and the desk may open hours.',
})
export class OpenAvailabilityInput {
  @Field(() => ID, { description: 'The district for which the worker receives.' })
  districtId!: string;

  @Field(() => ID, { description: 'The worker whose agenda is opened, a member of the district today.' })
  workerId!: string;

  @Field(() => [String], {
    description:
      'The `code` of each appointment type that can be booked in these hours: one at least, and no collective type.',
  })
  typeCodes!: string[];

  @Field(() => [AppointmentMode], {
    description:
      'The ways in which appointments in these hours can be held: one mode at least. Each type must allow one of them.',
  })
  modes!: AppointmentModeValue[];

  @Field(() => String, {
    nullable: true,
    description: `One of the \`places\` of the district; its address unless given. A worker may type another place for their own hours, at most ${charactersOf(LONGEST.placeOfHours)}, with at most three digits beside a postal code, and no mail or web address. It is sent to those who come, so it says nothing of the service. If somebody else gives it, the worker is told.`,
  })
  place?: string | null;

  @Field(() => Day, { description: 'The first day, from today on and at most 366 days ahead.' })
  startsOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description:
      'The first day without these hours, at most 731 days after `startsOn`. Unless given, the recurrence must have an end of its own. Without a recurrence, the hours are of one day.',
  })
  endsOn?: Date | null;

  @Field(() => String, {
    description: 'When the hours begin: local time in Paris, `HH:MM`, not before 06:00.',
  })
  opensAt!: string;

  @Field(() => String, {
    description:
      'When the hours end: local time in Paris, `HH:MM`, not after 22:00 and at most twelve hours after `opensAt`.',
  })
  closesAt!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'On which days, as a recurrence rule of days (RFC 5545): `FREQ=WEEKLY;BYDAY=MO,TH`. Every day, unless given.',
  })
  recurrence?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True keeps the hours for persons who must be seen soon, as a social worker judged it. Two working days before, they are for everyone. No, unless given.',
  })
  keptForUrgent?: boolean | null;
}

@InputType({ description: 'The hours, and the day from which on they are closed.' })
export class EndAvailabilityInput {
  @Field(() => ID, { description: 'The `id` of the hours.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Day, {
    description:
      'The first day on which the hours are closed, in Paris: today or later, and before their present end.',
  })
  endsOn!: Date;
}

@InputType({ description: 'The hours, and the one day on which they are closed.' })
export class CloseAvailabilityOnInput {
  @Field(() => ID, { description: 'The `id` of the hours.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Day, { description: 'A day in Paris, today or later, on which the hours are open.' })
  day!: Date;
}

@InputType({
  description:
    'Time off of a worker. There is no field for its cause. The worker themselves and the desk may declare it.',
})
export class DeclareUnavailabilityInput {
  @Field(() => ID, {
    description:
      'The district that keeps the record. The time off is in force in every district of the worker.',
  })
  districtId!: string;

  @Field(() => ID, { description: 'The worker who is away.' })
  workerId!: string;

  @Field(() => DateTime, {
    description: 'The first instant of the time off: not before today, and at most 731 days ahead.',
  })
  startsAt!: Date;

  @Field(() => DateTime, {
    description:
      'The end, at which the worker can be booked again: after now, and at most 366 days after the start.',
  })
  endsAt!: Date;
}
