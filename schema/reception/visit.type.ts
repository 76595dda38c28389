import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { VisitKind as KindValue, VisitOutcome as OutcomeValue } from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { DateTime, Day } from '../scalars.js';
import { VisitKind, VisitOutcome } from './reception.enums.js';

@ObjectType({
  description: 'Passage à l’accueil: someone who comes or calls, under no name if they wish.',
})
export class Visit {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => VisitKind, { nullable: true })
  kind!: string;

  @Field(() => Day, { nullable: true, description: 'The day that it was in Paris.' })
  day!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'A number of the day, to be called out instead of a name.',
  })
  ticket!: number;

  @Field(() => DateTime, { nullable: true })
  arrivedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null until they are received.' })
  takenInAt!: Date | null;

  @Field(() => DateTime, { nullable: true })
  closedAt!: Date | null;

  @Field(() => VisitOutcome, { nullable: true })
  outcome!: string | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: VisitConnection } = connectionOf('Visit', () => Visit);

@InputType()
export class CallDutyWorkerInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID, { description: 'Who is on duty.' })
  workerId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What she says: her reference, that of her request, or the secret of what was booked online.',
  })
  reference?: string | null;

  @Field(() => String, { nullable: true, description: 'With the agreed word: her full name.' })
  fullName?: string | null;

  @Field(() => String, { nullable: true, description: 'The agreed word, in place of a reference.' })
  word?: string | null;
}

@InputType()
export class RecordVisitInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => VisitKind)
  kind!: KindValue;

  @Field(() => ID, { nullable: true, description: 'Left out, they come under no name.' })
  personId?: string | null;

  @Field(() => ID, { nullable: true, description: 'One of today, for which they come.' })
  appointmentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Who is to receive them; whoever holds the appointment unless said otherwise.',
  })
  workerId?: string | null;
}

@InputType()
export class DirectVisitInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, { nullable: true })
  workerId?: string | null;
}

@InputType()
export class CloseVisitInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => VisitOutcome)
  outcome!: OutcomeValue;
}
