import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { InformationGround as InformationGroundValue } from '../../prisma/generated/enums.js';
import { connectionOf } from '../connection.js';
import { InformationGround } from '../data-protection/data-protection.enums.js';
import { DateTime, Day } from '../scalars.js';

@ObjectType({
  description:
    'A person of the viewer’s own cases without a receipt of the full notice in force. It blocks nothing: notes can be written, and times booked.',
})
export class PersonToInform {
  @Field(() => DateTime, { nullable: true, description: 'When the case was opened.' })
  since!: Date;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the person was given some notice: the short one, or a full one that is no longer in force.',
  })
  givenANotice!: boolean;

  @Field(() => InformationGround, {
    nullable: true,
    description: 'Why the person is not informed for now; null otherwise.',
  })
  deferralGround!: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The day on which to look at that again; null if there is none.',
  })
  reviewOn!: Date | null;
}

export const { Connection: PersonToInformConnection } = connectionOf('PersonToInform', () => PersonToInform);

@InputType({ description: 'The person, and why they are not given the notice for now.' })
export class DeferNoticeInput {
  @Field(() => ID, { description: 'A case that is assigned to the viewer.' })
  caseId!: string;

  @Field(() => ID, { description: 'The person of that case.' })
  personId!: string;

  @Field(() => InformationGround, { description: 'Why the person is not informed for now.' })
  ground!: InformationGroundValue;

  @Field(() => Day, {
    description: 'The day on which to look at it again, in Paris: from tomorrow to a year ahead.',
  })
  reviewOn!: Date;
}
