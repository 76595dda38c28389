import { Field, ID, InputType } from 'type-graphql';
import type { ReleaseGround as ReleaseGroundValue } from '../../prisma/generated/enums.js';
import { ReleaseGround } from '../enums.js';

@InputType()
export class RequestReleaseInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ReleaseGround)
  ground!: ReleaseGroundValue;
}

@InputType()
export class ApproveReleaseInput {
  @Field(() => ID)
  id!: string;
}
