import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { VisitKind as KindValue, VisitOutcome as OutcomeValue } from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { DateTime, Day } from '../scalars.js';
import { VisitKind, VisitOutcome } from './reception.enums.js';

@ObjectType({
  description: 'Passage à l’accueil: someone who comes or calls, under no name if they wish.',
})
export class Visit {
  @Field(() => ID)
  id!: string;

  @Field(() => VisitKind, { nullable: true, description: 'Whether they came or called.' })
  kind!: string;

  @Field(() => Day, { nullable: true, description: 'The day of the visit in Paris.' })
  day!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'A number of the day, to be called out instead of a name.',
  })
  ticket!: number;

  @Field(() => DateTime, { nullable: true, description: 'When they came or called.' })
  arrivedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When a worker received them; null until then.' })
  takenInAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When the visit was over; null until then.' })
  closedAt!: Date | null;

  @Field(() => VisitOutcome, {
    nullable: true,
    description: 'The end of the visit, as a category; null until it is over.',
  })
  outcome!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: VisitConnection } = connectionOf('Visit', () => Visit);

@InputType({
  description:
    'The words of a person at the desk while nothing is confirmed of them: a reference, or the full name with the agreed word.',
})
export class CallDutyWorkerInput {
  @Field(() => ID, { description: 'The district of the desk.' })
  districtId!: string;

  @Field(() => ID, { description: 'The worker who is on duty.' })
  workerId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The person’s reference, that of their request, or the secret of what was booked online. Refused beside `word`.',
  })
  reference?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'First name and surname; required with `word`, and refused without it.',
  })
  fullName?: string | null;

  @Field(() => String, { nullable: true, description: 'The agreed word, instead of a reference.' })
  word?: string | null;
}

@InputType({ description: 'A visit or a call to record. Only the district and the kind are required.' })
export class RecordVisitInput {
  @Field(() => ID, { description: 'The district that they turned to.' })
  districtId!: string;

  @Field(() => VisitKind, { description: 'Whether they came or called.' })
  kind!: KindValue;

  @Field(() => ID, {
    nullable: true,
    description: 'The person who came or called. Left out for someone who gives no name.',
  })
  personId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The appointment of today that they come for: booked, and not a collective one.',
  })
  appointmentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The worker who is to receive them. Left out, the first worker of the appointment, or the social worker who records the visit.',
  })
  workerId?: string | null;
}

@InputType({ description: 'The visit, and who receives it.' })
export class DirectVisitInput {
  @Field(() => ID, { description: 'The `id` of the visit.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The worker who is to receive them; null or left out takes it back.',
  })
  workerId?: string | null;
}

@InputType({ description: 'The visit, and what became of it.' })
export class CloseVisitInput {
  @Field(() => ID, { description: 'The `id` of the visit.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => VisitOutcome, {
    description:
      'The end of the visit. RECEIVED is refused for someone who was not taken in, and LEFT for someone who was taken in.',
  })
  outcome!: OutcomeValue;
}
