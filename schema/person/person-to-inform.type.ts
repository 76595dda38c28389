import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { InformationGround as InformationGroundValue } from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { InformationGround } from '../data-protection/data-protection.enums.js';
import { DateTime, Day } from '../scalars.js';

@ObjectType({
  description:
    'Someone of one’s own cases without a receipt of the full notice in force. It blocks nothing: a note is written, a time is booked.',
})
export class PersonToInform {
  @Field(() => DateTime, { nullable: true, description: 'When the case was opened.' })
  since!: Date;

  @Field(() => Boolean, {
    nullable: true,
    description: 'They were given some notice: the short one, or a full one that is no longer in force.',
  })
  givenANotice!: boolean;

  @Field(() => InformationGround, { nullable: true, description: 'Why they are not informed for now.' })
  deferralGround!: string | null;

  @Field(() => Day, { nullable: true, description: 'When to look at it again.' })
  reviewOn!: Date | null;
}

export const { Connection: PersonToInformConnection } = connectionOf('PersonToInform', () => PersonToInform);

@InputType()
export class DeferNoticeInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ID)
  personId!: string;

  @Field(() => InformationGround)
  ground!: InformationGroundValue;

  @Field(() => Day, { description: 'When to look at it again: from tomorrow to a year ahead.' })
  reviewOn!: Date;
}
