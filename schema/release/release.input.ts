import { Field, ID, InputType } from 'type-graphql';
import type {
  AuthorCall as AuthorCallValue,
  HandoverAnswer as HandoverAnswerValue,
  KeepReason as KeepReasonValue,
  ReleaseGround as ReleaseGroundValue,
  ReviewOpinion as ReviewOpinionValue,
} from '../../prisma/generated/enums.js';
import { HandoverAnswer, KeepReason } from '../interview-note/interview-note.enums.js';
import { DateTime, Day } from '../scalars.js';
import { AuthorCall, ReleaseGround, ReviewOpinion } from './release.enums.js';

@InputType({
  description:
    'For the ground DANGER. Calling 15, 17, 119 or the prosecutor never waits for it: call them first.',
})
export class DangerInput {
  @Field(() => String, {
    description: 'What was seen or said, by whom and when. At most 2,000 characters.',
  })
  facts!: string;

  @Field(() => DateTime, { description: 'The author is called first: within the last day.' })
  authorCalledAt!: Date;

  @Field(() => AuthorCall)
  authorCall!: AuthorCallValue;
}

@InputType()
export class RequestReleaseInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => ReleaseGround)
  ground!: ReleaseGroundValue;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Until when the notes are to be open: after the wait, and 180 days at most, by when an appeal is over; for an access request 30 days from the approval at most. 30 days from the approval when absent. Not with the ground DANGER, which opens for 72 hours.',
  })
  openUntil?: Date | null;

  @Field(() => DangerInput, { nullable: true, description: 'With the ground DANGER, and with no other.' })
  danger?: DangerInput | null;
}

@InputType()
export class ReleaseInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class ApproveReleaseInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class AnswerReleaseInput {
  @Field(() => ID)
  id!: string;

  @Field(() => HandoverAnswer)
  answer!: HandoverAnswerValue;

  @Field(() => Day, {
    nullable: true,
    description: 'Handed over: one’s notes written since that day in Europe/Paris. All of them when absent.',
  })
  since?: Date | null;

  @Field(() => KeepReason, { nullable: true, description: 'With NO.' })
  reason?: KeepReasonValue | null;
}

@InputType()
export class ReviewReleaseInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ReviewOpinion)
  opinion!: ReviewOpinionValue;
}
