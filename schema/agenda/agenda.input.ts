import { Field, ID, InputType, Int } from 'type-graphql';
import type { AppointmentMode as AppointmentModeValue } from '../../prisma/generated/enums.js';
import type { Clearing as ClearingValue } from '../../src/services/clearing.js';
import { AppointmentMode } from '../appointment/appointment.enums.js';
import { DateTime, Day } from '../scalars.js';
import { Clearing } from './agenda.enums.js';

@InputType({
  description:
    'What is asked for. To colleagues of the district each slot says who is free; to everyone else, public types alone, and no worker.',
})
export class SlotFilter {
  @Field(() => String)
  typeCode!: string;

  @Field(() => ID, { nullable: true })
  districtId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'An INSEE code: the districts whose sectors it is in, if no district is named.',
  })
  communeCode?: string | null;

  @Field(() => [ID], { nullable: true, description: 'With one of these, at most eight weeks ahead. Logged.' })
  workerIds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'With all of these workers at once.' })
  together?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'With the worker to whom the case is assigned.' })
  caseId?: string | null;

  @Field(() => AppointmentMode, { nullable: true })
  mode?: AppointmentModeValue | null;

  @Field(() => Int, { nullable: true, description: 'So many one after the other: 1 to 8.' })
  inARow?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Now, unless given.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'At most 92 days ahead, which it is unless given.' })
  to?: Date | null;
}

@InputType()
export class OpenAvailabilityInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID)
  workerId!: string;

  @Field(() => [String])
  typeCodes!: string[];

  @Field(() => [AppointmentMode])
  modes!: AppointmentModeValue[];

  @Field(() => String, {
    nullable: true,
    description:
      'The district’s address, unless given. It is sent to those who come: a room or an address, and nothing of the service.',
  })
  place?: string | null;

  @Field(() => Day)
  startsOn!: Date;

  @Field(() => Day, {
    nullable: true,
    description:
      'The first day that is left out, at most 731 days later. Not needed where the recurrence ends by itself, or for one day.',
  })
  endsOn?: Date | null;

  @Field(() => String, { description: '`HH:MM`, not before 06:00.' })
  opensAt!: string;

  @Field(() => String, { description: '`HH:MM`, not after 22:00.' })
  closesAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A recurrence rule of days (RFC 5545): `FREQ=WEEKLY;BYDAY=MO,TH`. Every day, unless given.',
  })
  recurrence?: string | null;
}

@InputType()
export class EndAvailabilityInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Day, { description: 'The first day that is left out.' })
  endsOn!: Date;
}

@InputType()
export class CloseAvailabilityOnInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Day)
  day!: Date;
}

@InputType()
export class DeclareUnavailabilityInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID)
  workerId!: string;

  @Field(() => DateTime)
  startsAt!: Date;

  @Field(() => DateTime)
  endsAt!: Date;
}

@InputType()
export class ClearUnavailabilityInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Clearing, {
    description:
      'Moved: without a case, to a colleague who is free then, if the desk does it; otherwise to the first time after.',
  })
  how!: ClearingValue;
}
