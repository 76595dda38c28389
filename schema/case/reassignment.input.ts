import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../scalars.js';

@InputType()
export class PlanReassignmentInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ID)
  workerId!: string;

  @Field(() => DateTime, { description: 'From a minute to five days ahead.' })
  takesEffectAt!: Date;

  @Field(() => Int, { description: 'Of the case.' })
  expectedVersion!: number;
}

@InputType()
export class WithdrawPlannedReassignmentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class CaseMoveInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ID, { description: 'To whom it goes.' })
  workerId!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class ReassignCasesInput {
  @Field(() => ID, {
    description: 'Whose cases they are: with an absence that they do not contest, or a departure.',
  })
  fromWorkerId!: string;

  @Field(() => [CaseMoveInput], { description: '50 at most, each case once.' })
  moves!: CaseMoveInput[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'From a minute to five days ahead; at once unless given.',
  })
  takesEffectAt?: Date | null;
}
