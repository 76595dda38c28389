import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CaseMoveOutcome as CaseMoveOutcomeValue } from '../../src/services/case/case-moves.js';
import { DateTime } from '../scalars.js';
import { CaseMoveOutcome } from './case.enums.js';

@ObjectType({
  description:
    'A case that will go to another worker by itself, within a minute of its time. Until then that worker reads nothing of it.',
})
export class PlannedReassignment {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'The reference of the case, as it stands on letters.' })
  caseReference!: string;

  @Field(() => DateTime, { nullable: true, description: 'When the case changes hands.' })
  takesEffectAt!: Date;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({
  description:
    'The result for one of several cases that are reassigned at once. The cases come in the order in which they were named.',
})
export class CaseMove {
  @Field(() => ID, { nullable: true, description: 'The `id` of the case; null where it was not found.' })
  caseId!: string | null;

  @Field(() => CaseMoveOutcome, {
    nullable: true,
    description: 'Whether the case can go, has gone, or what stands in the way.',
  })
  outcome!: CaseMoveOutcomeValue;
}
