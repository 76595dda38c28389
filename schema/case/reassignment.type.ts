import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CaseMoveOutcome as CaseMoveOutcomeValue } from '../../src/services/case-moves.js';
import { DateTime } from '../scalars.js';
import { CaseMoveOutcome } from './case.enums.js';

@ObjectType({
  description:
    'A case that will go to another worker by itself, within a minute of its time; until then they read nothing of it.',
})
export class PlannedReassignment {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true })
  caseReference!: string;

  @Field(() => DateTime, { nullable: true })
  takesEffectAt!: Date;

  @Field(() => Int, { nullable: true, description: 'To be sent back as `expectedVersion`.' })
  version!: number;
}

@ObjectType({
  description: 'One case of several to be reassigned at once: in the order in which they are asked for.',
})
export class CaseMove {
  @Field(() => ID, { nullable: true, description: 'Null where it is not found.' })
  caseId!: string | null;

  @Field(() => CaseMoveOutcome, { nullable: true })
  outcome!: CaseMoveOutcomeValue;
}
