import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ReferralRefusal as RefusalValue } from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import type { ReferralAnswer as AnswerValue } from '../../src/services/orientation/referral-answers.js';
import { Mission } from '../case/case.enums.js';
import { charactersOf } from '../characters-of.js';
import { connectionOf } from '../connection.js';
import { DateTime, Day } from '../scalars.js';
import { ReferralAnswer, ReferralRefusal, ReferralStatus } from './orientation.enums.js';

@ObjectType({
  description:
    'Orientation: persons are sent on to a district, to one of its workers, or to an organisation. Accepting it opens nothing of the case.',
})
export class Referral {
  @Field(() => ID)
  id!: string;

  @Field(() => ReferralStatus, { nullable: true, description: 'The stage that it has reached.' })
  status!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which a worker sent it.' })
  sentAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was accepted, refused or withdrawn; null until then.',
  })
  closedAt!: Date | null;

  @Field(() => ReferralRefusal, {
    nullable: true,
    description: 'Why it was refused, as a category; null otherwise.',
  })
  refusal!: string | null;

  @Field(() => Mission, { nullable: true, description: 'The mission of the case when it was sent.' })
  mission!: string;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: ReferralConnection } = connectionOf('Referral', () => Referral);

@ObjectType({
  description: 'The bare fact that a person was sent on, for a desk: neither the workers nor the reason.',
})
export class ReferralMention {
  @Field(() => ID, { description: 'The `id` of the referral.' })
  id!: string;

  @Field(() => ReferralStatus, { nullable: true, description: 'The stage that the referral has reached.' })
  status!: string;
}

@InputType({ description: 'A referral to send, to a district or to an organisation.' })
export class SendReferralInput {
  @Field(() => ID, { description: 'An open case that the viewer follows.' })
  caseId!: string;

  @Field(() => [ID], { description: 'The persons of the case that it concerns, 1 to 12.' })
  personIds!: string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The district that receives. Either this or `toOrganisationId` is named.',
  })
  toDistrictId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'A social worker of that district who receives. Left out, its head allocates it.',
  })
  toWorkerId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The organisation that receives, and none that has closed.',
  })
  toOrganisationId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The needs of the persons, by the `code` of items of the nomenclature; 20 at most.',
  })
  needCodes?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: `A text for the receiver, at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  text?: string | null;

  @Field(() => Day, {
    nullable: true,
    description:
      'The last day on which to answer, in Paris: in 15 days unless given, and at most 366 days ahead.',
  })
  answerBy?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is shown online to the one person that it concerns; no unless given.',
  })
  showOnline?: boolean | null;
}

@InputType({ description: 'The referral, and the worker who receives it.' })
export class AllocateReferralInput {
  @Field(() => ID, { description: 'The `id` of the referral.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ID, {
    description: 'A social worker of the receiving district who does not head it, and never the viewer.',
  })
  workerId!: string;
}

@InputType({ description: 'The referral, and what its receiver says.' })
export class AnswerReferralInput {
  @Field(() => ID, { description: 'The `id` of the referral.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => ReferralAnswer, { description: 'The answer of the receiver.' })
  answer!: AnswerValue;

  @Field(() => ReferralRefusal, {
    nullable: true,
    description: 'Why the receiver refuses; required with REFUSED, and not accepted otherwise.',
  })
  refusal?: RefusalValue | null;
}

@InputType({ description: 'The referral, and whether the person sees it.' })
export class ShowReferralInput {
  @Field(() => ID, { description: 'The `id` of the referral.' })
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;

  @Field(() => Boolean, {
    description: 'True shows it online, false hides it again. A referral of several persons cannot be shown.',
  })
  showOnline!: boolean;
}
