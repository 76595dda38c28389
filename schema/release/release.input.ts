import { Field, ID, InputType } from 'type-graphql';
import type {
  AuthorCall as AuthorCallValue,
  HandoverAnswer as HandoverAnswerValue,
  KeepReason as KeepReasonValue,
  ReleaseGround as ReleaseGroundValue,
  ReviewOpinion as ReviewOpinionValue,
} from '../../prisma/generated/enums.js';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { HandoverAnswer, KeepReason } from '../interview-note/interview-note.enums.js';
import { DateTime, Day } from '../scalars.js';
import { AuthorCall, ReleaseGround, ReviewOpinion } from './release.enums.js';

@InputType({
  description:
    'The statement for the ground DANGER. Calling 15, 17, 119 or the prosecutor never waits for a release: call them first.',
})
export class DangerInput {
  @Field(() => String, {
    description: `The facts: what was seen or said, by which person and when; at most ${charactersOf(LONGEST.paragraph)}.`,
  })
  facts!: string;

  @Field(() => DateTime, {
    description: 'When the author of the notes was called, which comes first: within the last day.',
  })
  authorCalledAt!: Date;

  @Field(() => AuthorCall, { description: 'The result of that call.' })
  authorCall!: AuthorCallValue;
}

@InputType({ description: 'The case, and why its earlier notes are to be opened.' })
export class RequestReleaseInput {
  @Field(() => ID, { description: 'A case that is assigned to the viewer.' })
  caseId!: string;

  @Field(() => ReleaseGround, { description: 'Why the notes are to be opened.' })
  ground!: ReleaseGroundValue;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the notes are to close again: after the wait, and at most 180 days ahead; for an access request, at most 30 days after the approval. Unless given, 30 days after the approval. Refused with DANGER, which opens for 72 hours.',
  })
  openUntil?: Date | null;

  @Field(() => DangerInput, {
    nullable: true,
    description: 'The statement of the danger; required with the ground DANGER, and refused with any other.',
  })
  danger?: DangerInput | null;
}

@InputType({ description: 'A release, for mutations that need nothing else.' })
export class ReleaseInput {
  @Field(() => ID, { description: 'The `id` of the release.' })
  id!: string;
}

@InputType({ description: 'A release that waits for a decision.' })
export class ApproveReleaseInput {
  @Field(() => ID, { description: 'The `id` of the release.' })
  id!: string;
}

@InputType({ description: 'The release, and the answer of a worker who held the case before.' })
export class AnswerReleaseInput {
  @Field(() => ID, { description: 'The `id` of the release.' })
  id!: string;

  @Field(() => HandoverAnswer, { description: 'Whether the viewer hands their notes over.' })
  answer!: HandoverAnswerValue;

  @Field(() => Day, {
    nullable: true,
    description:
      'With HANDED_OVER: only notes that were written on this day in Paris or later; all of them unless given.',
  })
  since?: Date | null;

  @Field(() => KeepReason, {
    nullable: true,
    description: 'Why the viewer does not hand over; required with NO, and refused otherwise.',
  })
  reason?: KeepReasonValue | null;
}

@InputType({ description: 'The opening in danger, and what the reviewer finds.' })
export class ReviewReleaseInput {
  @Field(() => ID, { description: 'The `id` of the release.' })
  id!: string;

  @Field(() => ReviewOpinion, { description: 'Whether it was justified to open the notes.' })
  opinion!: ReviewOpinionValue;
}
