import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AppointmentMode as AppointmentModeValue } from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { AppointmentMode } from '../agenda/agenda.enums.js';
import { charactersOf } from '../characters-of.js';
import { DateTime } from '../scalars.js';
import { AppointmentOutcome, CancelledBy } from './appointment.enums.js';

@ObjectType({
  description:
    'Rendez-vous collectif: an appointment with places, as the desk and its workers see it. A person who has a place sees the appointment alone, and nothing of the others.',
})
export class CollectiveAppointment {
  @Field(() => ID, { description: 'The `id` of its appointment.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The number of persons who can come.' })
  places!: number;
}

@ObjectType({ description: 'The place of one person in a collective appointment.' })
export class TakenPlace {
  @Field(() => AppointmentOutcome, {
    nullable: true,
    description: 'Whether the person came; null until someone says so.',
  })
  outcome!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Counts the changes of this place, from 1. `recordAttendance` sends it back as `expectedVersion`.',
  })
  version!: number;
}

@InputType({ description: 'A collective appointment to open, at a chosen time.' })
export class OpenCollectiveAppointmentInput {
  @Field(() => ID, { description: 'The district that holds it.' })
  districtId!: string;

  @Field(() => [ID], { description: 'The workers who hold it, 1 to 10. The agenda is that of the first.' })
  workerIds!: string[];

  @Field(() => String, { description: 'The `code` of a collective type: one that has `places`.' })
  typeCode!: string;

  @Field(() => DateTime, {
    description: 'The start: not in the past, and at most 366 days ahead. The length is that of the type.',
  })
  startsAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of persons who can come: 2 to 200; as many as the type has unless given.',
  })
  places?: number | null;

  @Field(() => AppointmentMode, {
    nullable: true,
    description: 'The way in which it is held; the first mode of the type unless given.',
  })
  mode?: AppointmentModeValue | null;

  @Field(() => String, {
    nullable: true,
    description: `One of the \`places\` of the district. Unless given, it is the place of the first worker’s hours. A worker of the appointment may type another place, at most ${charactersOf(LONGEST.place)}, without a telephone number, a mail or a web address; it is in no message.`,
  })
  place?: string | null;
}

@InputType({ description: 'The collective appointment, and who takes a place in it.' })
export class JoinCollectiveAppointmentInput {
  @Field(() => ID, { description: 'The `id` of the collective appointment.' })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The person who takes the place. Left out for someone who gives no name.',
  })
  personId?: string | null;
}

@InputType({ description: 'The collective appointment, and whose place is taken back.' })
export class LeaveCollectiveAppointmentInput {
  @Field(() => ID, { description: 'The `id` of the collective appointment.' })
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The person who had the place. Left out for someone who gave no name.',
  })
  personId?: string | null;

  @Field(() => CancelledBy, {
    description: 'The one who gives the place up. If the service takes it back, the person has to be told.',
  })
  by!: 'PERSON' | 'SERVICE';
}

@InputType({ description: 'A person’s place in a collective appointment, and whether the person came.' })
export class RecordAttendanceInput {
  @Field(() => ID, { description: 'The `id` of the collective appointment.' })
  id!: string;

  @Field(() => ID, { description: 'The person who has the place.' })
  personId!: string;

  @Field(() => Int, {
    description:
      'The `version` of the person’s place that was last read. If the place has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;

  @Field(() => AppointmentOutcome, {
    description: 'Whether the person came. Refused before the appointment begins.',
  })
  outcome!: 'HONOURED' | 'NOT_HONOURED' | 'LEFT_BEFORE_RECEIVED';
}
