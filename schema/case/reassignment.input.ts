import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../scalars.js';

@InputType({ description: 'The case, the worker who gets it, and when.' })
export class PlanReassignmentInput {
  @Field(() => ID, { description: 'The `id` of an open case that is assigned to a worker.' })
  caseId!: string;

  @Field(() => ID, {
    description:
      'The worker who gets the case: a social worker of the district who does not head it, and never the viewer.',
  })
  workerId!: string;

  @Field(() => DateTime, { description: 'When the case changes hands: one minute to five days ahead.' })
  takesEffectAt!: Date;

  @Field(() => Int, {
    description:
      'The `version` of the case that was last read. If the case has changed since, it is a CONFLICT with the reason VERSION_CHANGED.',
  })
  expectedVersion!: number;
}

@InputType({ description: 'A planned reassignment that will not take place.' })
export class WithdrawPlannedReassignmentInput {
  @Field(() => ID, { description: 'The `id` of the planned reassignment.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({ description: 'One case that goes to another worker.' })
export class CaseMoveInput {
  @Field(() => ID, { description: 'An open case of the worker who is away or leaves.' })
  caseId!: string;

  @Field(() => ID, {
    description:
      'The worker who gets the case: a social worker of the district who does not head it, and never the viewer.',
  })
  workerId!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({
  description:
    'Cases of one worker that go to other workers; for `reassignCases` and `previewReassignments`.',
})
export class ReassignCasesInput {
  @Field(() => ID, {
    description:
      'The worker who has the cases: with a departure, or with an absence that the worker has not contradicted.',
  })
  fromWorkerId!: string;

  @Field(() => [CaseMoveInput], { description: 'Which case goes to which worker: 1 to 50, each case once.' })
  moves!: CaseMoveInput[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the cases change hands: one minute to five days ahead; at once unless given.',
  })
  takesEffectAt?: Date | null;
}
