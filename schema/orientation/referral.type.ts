import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ReferralRefusal as RefusalValue } from '../../prisma/generated/enums.js';
import type { ReferralAnswer as AnswerValue } from '../../src/services/referral-answers.js';
import { Mission } from '../case/case.enums.js';
import { connectionOf } from '../connection.js';
import { DateTime, Day } from '../scalars.js';
import { ReferralAnswer, ReferralRefusal, ReferralStatus } from './orientation.enums.js';

@ObjectType({
  description:
    'Orientation: someone is sent on, to a district, to one of its workers, or to an organisation. Accepting it opens nothing of the case.',
})
export class Referral {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => ReferralStatus, { nullable: true })
  status!: string;

  @Field(() => DateTime, { nullable: true })
  sentAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was accepted, refused or withdrawn.' })
  closedAt!: Date | null;

  @Field(() => ReferralRefusal, { nullable: true, description: 'Why not: a category.' })
  refusal!: string | null;

  @Field(() => Mission, { nullable: true, description: 'Of the case, as it was then.' })
  mission!: string;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: ReferralConnection } = connectionOf('Referral', () => Referral);

@ObjectType({
  description: 'That someone was sent on, for a desk: not by whom, to whom, nor why.',
})
export class ReferralMention {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => ReferralStatus, { nullable: true })
  status!: string;
}

@InputType()
export class SendReferralInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => [ID], { description: 'Whom it concerns, of those whom the case is about.' })
  personIds!: string[];

  @Field(() => ID, { nullable: true, description: 'A district, or else an organisation.' })
  toDistrictId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A social worker of that district; its head allocates otherwise.',
  })
  toWorkerId?: string | null;

  @Field(() => ID, { nullable: true })
  toOrganisationId?: string | null;

  @Field(() => [String], { nullable: true, description: 'What they need, of the nomenclature; 20 at most.' })
  needCodes?: string[] | null;

  @Field(() => String, { nullable: true, description: 'For who receives it; 2,000 characters at most.' })
  text?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: 'The last day on which to answer, in Paris; in 15 days unless said otherwise.',
  })
  answerBy?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'To the person whom alone it concerns; off unless said otherwise.',
  })
  showOnline?: boolean | null;
}

@InputType()
export class AllocateReferralInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID)
  workerId!: string;
}

@InputType()
export class AnswerReferralInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ReferralAnswer)
  answer!: AnswerValue;

  @Field(() => ReferralRefusal, { nullable: true, description: 'Of a refusal, and of nothing else.' })
  refusal?: RefusalValue | null;
}

@InputType()
export class ShowReferralInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean)
  showOnline!: boolean;
}
